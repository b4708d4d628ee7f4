"""The terminal: messages, tables, questions, help. Used by the commands alone."""
