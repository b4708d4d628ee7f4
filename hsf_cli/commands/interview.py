"""A long interview at a terminal that can be broken off, and taken up where it stopped."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hsf_cli import dates
from hsf_cli.errors import BrokenOff, HsfError
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen


@contextmanager
def interview(
    store: Store, name: str, again: str, what: str = "Svarene"
) -> Iterator[dict[str, Any]]:
    """The answers given so far, to fill in; kept when it is broken off or something stops it.

    `name` is what the answers are kept under, `again` the command that goes on with them, and
    `what` they are called. Whoever writes them as records, best inside the interview, forgets
    them there.
    """
    answers = _taken_up(store, name)
    try:
        yield answers
    except (KeyboardInterrupt, EOFError, HsfError) as stopped:
        if not answers:
            raise
        store.set_aside(name, json.dumps(answers, ensure_ascii=False))
        go_on = f"Fortsett der du slapp: {again}"
        if not isinstance(stopped, HsfError):
            raise BrokenOff(f"{what} er tatt vare på.", go_on) from None
        kept = f"{what} er likevel tatt vare på. {go_on}"
        stopped.advice = f"{stopped.advice}\n{kept}".strip()  # the advice may end in a command
        raise


def begun(store: Store, name: str) -> str:
    """When the answers that are kept under that name were given; empty where none are."""
    with store.looking():
        when = store.value("SELECT begun_at FROM draft WHERE name = :name", name=name)
    return dates.written_moment(when) if when else ""


def _taken_up(store: Store, name: str) -> dict[str, Any]:
    when = begun(store, name)
    if not when:
        return {}
    with store.looking():
        kept = store.value("SELECT answers FROM draft WHERE name = :name", name=name)
    answers: dict[str, Any] = json.loads(kept)
    screen.tell(f"Du begynte på dette {when}.")
    if questions.choice(
        "Vil du fortsette?", {True: "Fortsett der jeg slapp", False: "Begynn på nytt"}
    ):
        return answers
    store.set_aside(name, None)
    return {}
