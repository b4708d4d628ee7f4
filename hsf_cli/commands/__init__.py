"""One module per group of commands. A command parses, calls one thing and shows the result."""
