"""hsf: a Home-Start department's year, and its annual report, from one encrypted file."""

__version__ = "0.1.0"
