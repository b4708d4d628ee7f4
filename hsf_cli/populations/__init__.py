"""The populations of `docs/definitions.md`: who and what a figure can count, one SQL file each.

A population gives one row per record, with the record's number, the id it was imported with, its
name, and every attribute that a form may split it by. The report counts them, and so does
everything else that asks the same question: the waiting list is the population `unmatched` on a
day.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from hsf_cli.records import KINDS, Kind
from hsf_cli.store import Row, Store


class Attribute(NamedTuple):
    """What a form may ask of a record: a number, yes or no, or codes of a list."""

    type: Literal["number", "yes_no", "code", "codes"]
    codes: str = ""


class Population(NamedTuple):
    """One population: the kind of record it gives, and its attributes by name."""

    name: str
    kind: Kind
    attributes: Mapping[str, Attribute]


class Period(NamedTuple):
    """From the first day to the last, both included."""

    first: date
    last: date

    @classmethod
    def year(cls, year: int) -> "Period":
        """From 1 January to 31 December of that year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def day(cls, day: date) -> "Period":
        """From that day to the same day."""
        return cls(day, day)

    @property
    def days(self) -> dict[str, str]:
        """The two, as statements take them."""
        return {"first": self.first.isoformat(), "last": self.last.isoformat()}


# What a population may refer to: the assignments that ran in the period, and the volunteers who
# belonged to the department in it.
_SHARED = ("running", "present")

_NUMBER = Attribute("number")
_YES_NO = Attribute("yes_no")


def _code(name: str) -> Attribute:
    return Attribute("code", name)


def _codes(name: str) -> Attribute:
    return Attribute("codes", name)


def _population(name: str, table: str, **attributes: Attribute) -> Population:
    return Population(name, KINDS[table], attributes)


POPULATIONS = {
    population.name: population
    for population in (
        _population("courses", "course", season=_code("season")),
        _population("registrations", "course_registration", season=_code("season")),
        _population("new_volunteers", "volunteer"),
        _population(
            "volunteers",
            "volunteer",
            occupation=_code("occupation"),
            gender=_code("gender"),
            age=_NUMBER,
            has_children=_YES_NO,
            found_us=_code("found_volunteer"),
            linked=_YES_NO,
            other_activity=_YES_NO,
        ),
        _population(
            "families",
            "family",
            civil_status=_code("civil_status"),
            background=_code("background"),
            reception_centre=_YES_NO,
            introduction_programme=_YES_NO,
            special_needs=_YES_NO,
            children=_NUMBER,
            challenges=_codes("challenge"),
            support=_codes("support"),
            network=_codes("network"),
            help_before=_codes("help"),
            help_after=_codes("help"),
            found_us=_code("found_family"),
        ),
        _population(
            "children",
            "child",
            age=_NUMBER,
            special_needs=_YES_NO,
            background=_code("background"),
            special_sibling=_YES_NO,
        ),
        _population("activity_families", "family", linked=_YES_NO),
        _population("activities", "activity", parents=_NUMBER, children=_NUMBER),
        _population("inquiries", "inquiry", source=_code("inquiry_source")),
        _population(
            "assignments",
            "assignment",
            running=_YES_NO,
            months=_NUMBER,
            starts_at=_code("time_of_day"),
        ),
        _population("unmatched", "inquiry", outcome=_code("outcome")),
        _population(
            "hours",
            "hours",
            kind=_code("hours_kind"),
            visits=_NUMBER,
            minutes=_NUMBER,
            driving_minutes=_NUMBER,
        ),
    )
}


def records(store: Store, population: str, period: Period) -> list[Row]:
    """The population's records in that period, in the order of their numbers."""
    return store.rows(_sql(population), **period.days, year=period.last.year)


@cache
def _sql(population: str) -> str:
    """The statement of a population, over what every one of them may refer to."""
    shared = ", ".join(f"{name} AS MATERIALIZED (\n{_file(name)})" for name in _SHARED)
    return f"WITH {shared} SELECT * FROM (\n{_file(population)}) ORDER BY id"


@cache
def _file(name: str) -> str:
    return Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")
