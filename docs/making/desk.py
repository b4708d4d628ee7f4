"""Where the pictures are taken: the demo's department, on a day and with a key that stand still."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, chdir, contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from unittest.mock import patch

from hsf_cli import dates
from hsf_cli.app import OWNER_ONLY
from hsf_cli.demo import demo_path, made_up

# A Saturday in November: this year is well under way, and last year's report is there to be shown.
NOW = datetime(2026, 11, 21, 10, 15, tzinfo=timezone(timedelta(hours=1)))

# What a terminal says of itself; everything else in the environment that changes what is shown
# is taken away.
_TERMINAL = {"TERM": "xterm-256color", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
_LEFT_OUT = ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "LINES")


@contextmanager
def at_the_desk() -> Iterator[None]:
    """The demo's department where the program looks for one, and a folder to write files in.

    Nothing is left of either afterwards, and no department of the user's own is touched.
    """
    with tempfile.TemporaryDirectory(prefix="hsf-docs-") as temporary, ExitStack() as stack:
        folder = Path(temporary)
        stack.enter_context(patch.dict(os.environ, _environment(folder), clear=True))
        stack.enter_context(patch("hsf_cli.places.user_data", lambda: folder / "data"))
        stack.enter_context(patch.object(dates, "today", NOW.date))
        stack.enter_context(patch.object(dates, "now", lambda: NOW))
        stack.enter_context(patch("os.urandom", Random(NOW.year).randbytes))
        with made_up(NOW.date()):
            os.environ["HSF_DATABASE"] = str(demo_path())
        stack.enter_context(chdir(folder))
        stack.callback(os.umask, os.umask(OWNER_ONLY))  # which the program sets, and leaves
        yield


def _environment(folder: Path) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    return {**kept, **_TERMINAL, "HSF_KONFIG": str(folder / "konfig")}
