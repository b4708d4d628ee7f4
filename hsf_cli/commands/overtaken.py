"""What a command says when others have changed what it builds on, and it writes nothing."""

from collections.abc import Collection, Iterator
from itertools import islice

from hsf_cli.commands.telling import line
from hsf_cli.errors import Stopped
from hsf_cli.grounds import Record
from hsf_cli.registers.history import Effects, change_sets
from hsf_cli.store import Store

_MOST_LINES = 8
_AGAIN = "Se over det som er nytt, og gjør det en gang til."


def overtaken(store: Store, since: int, records: Collection[Record]) -> Stopped:
    """The error that tells what others have done after that change set, in those records if any."""
    lines = list(islice(_lines(store, since, records), _MOST_LINES + 1))
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES:] = ["  … Se alt: hsf data logg"]
    told = "".join(f"\n{line}" for line in lines)
    return Stopped(f"Noen andre har endret noe imens. Ingenting er lagret.{told}\n", _AGAIN)


def _lines(store: Store, since: int, records: Collection[Record]) -> Iterator[str]:
    for one in change_sets(store):
        if one.number <= since:
            return
        effects = Effects.of(store, one.number)
        for table, number, outcome in effects.outcomes():
            if not records or (table, number) in records:
                what = line(store, effects, table, number, outcome)
                yield f"  {what} ({one.made_by}, {one.when})"
