"""How what a form asks of its records is written, where it is not: by which option of a command."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Recorded(NamedTuple):
    """An attribute as a population has it."""

    population: str
    attribute: str

    @property
    def word(self) -> str:
        """What it is called where it is written."""
        from hsf_cli.populations.words import words_for  # only who writes of it needs the words

        return _WRITTEN_AS.get(self) or words_for(self.population).attributes[self.attribute].name


# The command that changes a record of each kind.
CHANGE: Mapping[str, str] = {
    "family": "hsf familie endre {}",
    "child": "hsf familie barn {}",
    "inquiry": "hsf henvendelse endre {}",
    "volunteer": "hsf kontakt endre {}",
    "assignment": "hsf oppdrag endre {}",
    "activity": "hsf aktivitet endre {}",
    "hours": "hsf timer endre {}",
}
# What a person writes, and the option that takes it. Everything else follows from dates, is
# always there, or has a blank that says something.
OPTIONS: Mapping[Recorded, str] = {
    Recorded("families", "civil_status"): "--sivilstatus KODE",
    Recorded("families", "background"): "--bakgrunn KODE",
    Recorded("families", "reception_centre"): "--asylmottak JA/NEI",
    Recorded("families", "introduction_programme"): "--introduksjonsprogram JA/NEI",
    Recorded("families", "found_us"): "--fant-oss KODE",
    Recorded("children", "special_needs"): "--særskilte-behov JA/NEI",
    Recorded("volunteers", "gender"): "--kjønn KODE",
    Recorded("volunteers", "age"): "--født ÅR",
    Recorded("volunteers", "occupation"): "--yrkesstatus KODE",
    Recorded("volunteers", "has_children"): "--har-barn JA/NEI",
    Recorded("volunteers", "found_us"): "--fant-oss KODE",
    Recorded("inquiries", "source"): "--kilde KODE",
    Recorded("assignments", "starts_at"): "--klokkeslett KL",
    Recorded("activities", "parents"): "--foreldre ANTALL",
    Recorded("activities", "children"): "--barn ANTALL",
    Recorded("hours", "visits"): "--besøk ANTALL",
}
_WRITTEN_AS = {Recorded("volunteers", "age"): "fødselsår"}
# What is written on a record of another population than the one that a form asks it of.
_WRITTEN_ON = {
    Recorded("families", "special_needs"): Recorded("children", "special_needs"),
    Recorded("children", "special_sibling"): Recorded("children", "special_needs"),
    Recorded("children", "background"): Recorded("families", "background"),
}


def written_on(population: str, attribute: str) -> Recorded | None:
    """Where a person writes what a form asks of that population; None where nobody does."""
    asked = Recorded(population, attribute)
    recorded = _WRITTEN_ON.get(asked, asked)
    return recorded if recorded in OPTIONS else None


def option_of(recorded: Recorded) -> str:
    """The option alone: `--kjønn`."""
    return OPTIONS[recorded].split()[0]


def change(table: str, attributes: Iterable[Recorded] = ()) -> str:
    """The command that writes those of a record of that kind: `{}` is the record's short name."""
    if table not in CHANGE:
        return ""
    return " ".join([CHANGE[table], *(OPTIONS[one] for one in attributes)])
