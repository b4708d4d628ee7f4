"""The documents, and in `making` the program that makes those that are made."""
