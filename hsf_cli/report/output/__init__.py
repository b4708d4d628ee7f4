"""Figures and proofs as they are shown and written: none of these counts anything."""
