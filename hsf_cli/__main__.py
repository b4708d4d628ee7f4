"""`hsf`, and `python -m hsf_cli`: a process that is soon at work, and soon gone."""

import gc
import os
import sys
from typing import NoReturn

# A command is over before there is much to collect: looking for it was a tenth of the time.
gc.set_threshold(100_000)

from hsf_cli.app import main  # noqa: E402


def run() -> NoReturn:
    """Runs the command line, and leaves with its exit code.

    All is written and closed by then. Python would take itself apart, object by object, before it
    leaves, which was another tenth of the time.
    """
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
