"""One module per noun: what a coordinator does with it, and the SQL for that."""
