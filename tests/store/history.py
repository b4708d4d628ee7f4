"""Another history of the schema than the program's own."""

from collections.abc import Sequence

import pytest

from hsf_cli import migrations


def history_is(patch: pytest.MonkeyPatch, scripts: Sequence[str]) -> None:
    """Has the program know these migrations, and no others."""
    patch.setattr(migrations, "scripts", lambda: scripts)
    patch.setattr(migrations, "newest", lambda: len(scripts))
