"""Makes what is made in docs/: pictures of the program at work, and texts that it can tell itself.

`python -m docs.making` writes all of it; `everything.py` lists what that is.
"""
