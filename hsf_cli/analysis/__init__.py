"""The department's records without names, as an ordinary SQLite file for those who analyse."""
