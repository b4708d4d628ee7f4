"""The ways a report is written: each takes a counted Report, none counts anything."""
