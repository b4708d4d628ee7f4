"""Documents: blocks of text, tables and charts, and the files that they become."""
