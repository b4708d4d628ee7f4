"""The annual form: what it counts, to the last edge of `definitions.md`, and how it is written."""
