"""The records behind every figure, as they are shown and written."""
