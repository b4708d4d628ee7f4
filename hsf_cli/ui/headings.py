"""Where in the help an option stands: under «Valg», or under the heading of its family.

Where there are few options nobody needs headings. Where there are more, what many commands take
stands by itself; where a command's own are still many, they stand by what they tell of: whom,
when, how much. An option says that by its flag, or by the kind of text that it takes.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

_MANY = 7  # so many can be read in one go
_OPTIONS, _WHAT, _WHO, _WHEN, _AMOUNT = "Valg", "Hva", "Hvem", "Når", "Hvor mye"


class Listed(NamedTuple):
    """An option as the help shows it: its flag, what to write after it, and what it does."""

    flag: str
    value: str
    help: str


Group = tuple[str, list[Listed]]

# What commands have in common; it stands after their own options, in this order.
SHARED = {
    "Hvilke tall": ("--utgave", "--skjema", "--som-kjent", "--nå"),
    "Slik vises det": ("--sorter", "--omvendt", "--uten-navn", "--format"),
    "Regler": ("--likevel",),
    "Ellers": ("--notat", "--slett", "--ja", "--hjelp"),
}
# What commands have of their own, where they have many.
OWN = {
    _WHO: (
        "--navn", "--kontaktperson", "--telefon", "--epost", "--adresse", "--område", "--språk",
        "--kjønn", "--født", "--har-barn", "--yrkesstatus", "--yrkesstatus-annet", "--koordinator",
        "--ring-tilbake", "--familie", "--ny-familie", "--henvendelse", "--oppdrag", "--kontakt",
        "--familiekontakt", "--aktivitet", "--kurs",
    ),
    _WHEN: ("--foretrekker", "--måned", "--år"),
    _AMOUNT: ("--kapasitet",),
    "De fire kravene": (
        "--hjemmebesøk", "--politiattest-utstedt", "--politiattest-vist", "--politiattest-sett-av",
        "--taushetserklæring",
    ),
    "Hvordan familien har det": (
        "--sivilstatus", "--bakgrunn", "--asylmottak", "--introduksjonsprogram",
    ),
    "Hva familien trenger": (
        "--utfordringer", "--utfordringer-annet", "--støtte", "--støtte-annet", "--nettverk",
        "--nettverk-annet", "--hjelp-før", "--hjelp-etter",
    ),
    "Hvordan de fant dere": ("--kilde", "--fant-oss", "--fant-oss-annet"),
    "Avslutningen": ("--avslutningsgrunn", "--avslutning-annet"),
}  # fmt: skip
_BY_VALUE = {
    "DATO": _WHEN, "KL": _WHEN, "TIMER": _AMOUNT, "ANTALL": _AMOUNT, "FAMILIE": _WHO,
    "FAMILIEKONTAKT": _WHO, "BARN": _WHO,
}  # fmt: skip
_HEADINGS = {flag: name for name, flags in {**OWN, **SHARED}.items() for flag in flags}


def under_headings(options: Sequence[Listed]) -> list[Group]:
    """The options in the order they are shown in, under their headings."""
    if len(options) <= _MANY + 1:  # and --hjelp
        return [(_OPTIONS, list(options))]
    shared = _grouped(options, SHARED)
    own = [one for one in options if _heading(one) not in SHARED]
    if len(own) <= _MANY:
        return [(_OPTIONS, own), *shared]
    return [*_grouped(own, (_WHAT, *OWN)), *shared]


def _grouped(options: Sequence[Listed], headings: Iterable[str]) -> list[Group]:
    groups = ((name, [one for one in options if _heading(one) == name]) for name in headings)
    return [(name, there) for name, there in groups if there]


def _heading(option: Listed) -> str:
    return _HEADINGS.get(option.flag) or _BY_VALUE.get(option.value) or _WHAT
