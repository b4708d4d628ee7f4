"""The annual report: forms, counting, and every way it is written."""
