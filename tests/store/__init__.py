"""The database and its key, and the readers and writers of dates and numbers."""
