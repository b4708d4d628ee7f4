"""What may come next at an option: words, codes, yes or no. `completion` gives them to a shell."""

from collections.abc import Callable, Iterable
from typing import Any

from hsf_cli.spelling import folded
from hsf_cli.ui.commandline import spelled_alike

# A word that may come next, and what it means.
Choice = tuple[str, str]
Completer = Callable[..., list[Choice]]

_BETWEEN_CODES = ","


class Offered(str):
    """A value that typer does not leave out, though it is not spelled as it was begun."""

    __slots__ = ()

    def startswith(self, *_: Any) -> bool:
        """Always true: what fits has been chosen already, whatever its case or its æ, ø, å."""
        return True


def words(*known: str) -> Completer:
    """For an option's `autocompletion`: one of these words."""

    def complete(incomplete: str) -> list[Choice]:
        return begun(((word, "") for word in known), incomplete)

    return complete


def yes_no() -> Completer:
    """For an option's `autocompletion`: ja or nei."""
    return words("ja", "nei")


def codes(name: str, *, several: bool = False) -> Completer:
    """For an option's `autocompletion`: a code of that list, or several with commas between."""

    def complete(incomplete: str) -> list[Choice]:
        from hsf_cli.codes import code_list

        before, comma, last = (
            incomplete.rpartition(_BETWEEN_CODES) if several else ("", "", incomplete)
        )
        there = {folded(code) for code in before.split(_BETWEEN_CODES)}
        left = (
            (code, label)
            for code, label in code_list(name).labels.items()
            if folded(code) not in there
        )
        return [(Offered(before + comma + code), label) for code, label in begun(left, last)]

    return complete


def begun(choices: Iterable[Choice], typed: str) -> list[Choice]:
    """The choices that begin so, in any spelling."""
    beginning = spelled_alike(typed)
    return [
        (Offered(word), help) for word, help in choices if spelled_alike(word).startswith(beginning)
    ]
