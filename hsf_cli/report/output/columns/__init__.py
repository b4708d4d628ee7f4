"""Several figures in a row: years, or departments, side by side."""
