"""The schema as history: one numbered SQL file per step, never changed once released."""
