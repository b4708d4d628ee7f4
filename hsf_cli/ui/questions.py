"""Questions at a terminal. Elsewhere nothing is asked: the error names the option instead."""

from collections.abc import Callable

from hsf_cli.errors import Stopped, Unreadable, WrongUse
from hsf_cli.spelling import folded
from hsf_cli.ui import screen

_YES, _NO = {"j", "ja"}, {"n", "nei", ""}


def text(question: str, option: str, hint: str) -> str:
    """An answer in words, never blank. Without a terminal raises WrongUse naming the option."""
    _refuse_without_terminal(option)
    import questionary

    answer: str = questionary.text(
        question, validate=lambda typed: bool(typed.strip()) or hint
    ).unsafe_ask()
    return answer.strip()


def optional(question: str, check: Callable[[str], object], default: str = "") -> str:
    """An answer in words, which may be left blank or as suggested, and which `check` can read."""
    import questionary

    def told(typed: str) -> bool | str:
        try:
            check(typed.strip() or default)
        except Unreadable as unreadable:
            return unreadable.remedy
        return True

    answer: str = questionary.text(question, default=default, validate=told).unsafe_ask()
    return answer.strip() or default


def secret(question: str, option: str) -> str:
    """A secret that does not show while it is typed."""
    _refuse_without_terminal(option)
    import questionary

    answer: str = questionary.password(
        question, validate=lambda typed: bool(typed) or "Skriv et passord."
    ).unsafe_ask()
    return answer


def new_secret(question: str, option: str) -> str:
    """A secret that is typed twice. Raises Stopped where the two are not the same."""
    first = secret(question, option)
    if secret("Gjenta passordet:", option) != first:
        raise Stopped("Passordene er ikke like. Ingenting er laget.", "Prøv igjen.")
    return first


def confirm(question: str, *, already: bool) -> None:
    """Goes on when the answer is yes, or `--ja` already said so. Raises Stopped for no."""
    if already:
        return
    if not screen.at_terminal():
        raise Stopped(f"{question} Det er ikke bekreftet.", "Bekreft med --ja.")
    import questionary

    answer: str = questionary.text(
        f"{question} (j/N)",
        validate=lambda typed: folded(typed) in _YES | _NO or "Svar ja eller nei.",
    ).unsafe_ask()
    if folded(answer) not in _YES:
        raise Stopped("Ingenting er endret.")


def _refuse_without_terminal(option: str) -> None:
    if not screen.at_terminal():
        raise WrongUse(f"{option} mangler.", f"Legg til {option}. Se «hsf --hjelp».")
