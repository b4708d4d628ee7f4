"""A department's records as files: a folder of CSV files or a workbook, both ways."""
