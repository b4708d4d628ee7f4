"""A long interview at a terminal that can be broken off, and taken up where it stopped."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hsf_cli import dates
from hsf_cli.errors import BrokenOff
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen


@contextmanager
def interview(store: Store, name: str, again: str) -> Iterator[dict[str, Any]]:
    """The answers given so far, to fill in; kept when it is broken off by Ctrl-C.

    `name` is what the answers are kept under, `again` the command that goes on with them. They
    are forgotten when the interview comes to its end, by `Change.forget_draft` with the records.
    """
    answers = _taken_up(store, name)
    try:
        yield answers
    except (KeyboardInterrupt, EOFError):
        if not answers:
            raise
        store.set_aside(name, json.dumps(answers, ensure_ascii=False))
        raise BrokenOff("Svarene er tatt vare på.", f"Fortsett der du slapp: {again}") from None


def _taken_up(store: Store, name: str) -> dict[str, Any]:
    rows = store.rows("SELECT answers, begun_at FROM draft WHERE name = :name", name=name)
    if not rows:
        return {}
    answers: dict[str, Any] = json.loads(rows[0]["answers"])
    when = f"{dates.written(rows[0]['begun_at'])} kl. {rows[0]['begun_at'][11:16]}"
    screen.tell(f"Du begynte på dette {when}.")
    if questions.choice(
        "Vil du fortsette?", {True: "Fortsett der jeg slapp", False: "Begynn på nytt"}
    ):
        return answers
    store.set_aside(name, None)
    return {}
