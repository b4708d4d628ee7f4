"""The figures counted a second time, in plain Python, over made-up departments."""
