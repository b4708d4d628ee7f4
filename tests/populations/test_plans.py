"""How the database finds what is asked for: by an index, never by reading all the hours or the log.

A department of 25 years has 800,000 hours entries, and every one of them in the log. Plans do not
depend on how much there is (no statistics are kept), so a small department shows them.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from hsf_cli import populations
from hsf_cli import store as store_module
from hsf_cli.populations.handed_in import _HANDED_IN
from hsf_cli.store import Store
from tests.builders import activity, course, registration, taken_in
from tests.report.control.department import sound

YEAR = {"first": "2023-01-01", "last": "2023-12-31", "year": 2023}
LARGE = ("hours", "change")

# The indexes that each population goes by.
GOES_BY = {
    "activities": {"activity_held"},
    "activity_families": {"activity_held", "activity_family_once", "assignment_ended"},
    "assignments": {"assignment_ended"},
    "children": {"assignment_ended", "child_family"},
    "courses": {"course_starts"},
    "families": {"assignment_ended", "child_family"},
    "hours": {"hours_worked"},
    "inquiries": {"inquiry_received"},
    "new_volunteers": {"volunteer_left", "earlier_period_volunteer"},
    "registrations": {"course_starts", "course_registration_course"},
    "unmatched": {"inquiry_closed", "assignment_inquiry"},
    "volunteers": {"volunteer_left", "assignment_ended", "hours_worked"},
}
# What is asked every day, and what is asked of a whole year.
COMMANDS = [
    "",
    "aktivitet liste",
    "aktivitet vis A1",
    "data logg",
    "familie liste --søk f1",
    "familie vis F1",
    "henvendelse liste",
    "henvendelse vis H1",
    "kontakt liste --søk v1",
    "kontakt vis V1",
    "kurs vis K1",
    "oppdrag forslag H1",
    "oppdrag liste",
    "oppdrag vis O1",
    "rapport bevis 2023",
    "rapport kontroll 2023",
    "rapport sammenlign 2022 2023",
    "rapport vis 2023",
    "timer endre T1 --timer 6",
    "timer liste --kontakt V1",
    "timer liste --år 2023",
    "timer mangler",
    "timer ny --kontakt V1 --type veiledning --dato 2024-03-01 --timer 2",
    "timer slett T1 --ja",
    "venteliste --per 2023-12-31",
]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that the database is given, with its values in it."""
    statements: list[str] = []
    connected = store_module.connected

    def listening(*arguments: Any, **options: Any) -> Any:
        connection = connected(*arguments, **options)
        connection.set_trace_callback(statements.append)
        return connection

    monkeypatch.setattr(store_module, "connected", listening)
    return statements


def plan(store: Store, sql: str, **values: object) -> list[str]:
    """The steps of the plan for a statement."""
    return [row["detail"] for row in store.rows(f"EXPLAIN QUERY PLAN {sql}", **values)]


def indexes(steps: Iterable[str]) -> set[str]:
    """The indexes that the steps use, without those that SQLite makes for the occasion."""
    found = (re.search(r"(?<!AUTOMATIC) (?:COVERING )?INDEX ([a-z]\w*)", step) for step in steps)
    return {match[1] for match in found if match}


def scanned(sql: str, steps: Iterable[str], tables: Iterable[str]) -> Iterator[str]:
    """Those of the tables that the statement reads from end to end."""
    for table in tables:
        called = re.findall(rf"\b(?:FROM|JOIN)\s+{table}\s+(?:AS\s+)?(\w+)", sql)
        names = {table, *called}
        for step in steps:
            if (scan := re.match(r"SCAN (\w+)", step)) and scan[1] in names:
                yield table


@pytest.mark.parametrize("population", sorted(populations.POPULATIONS))
def test_a_population_goes_by_these_indexes(store: Store, population: str) -> None:
    assert indexes(plan(store, populations._sql(population), **YEAR)) == GOES_BY[population]


@pytest.mark.parametrize(
    "sql", [populations._sql("hours"), populations._sql("volunteers"), _HANDED_IN]
)
def test_a_years_hours_are_read_from_their_index_alone(store: Store, sql: str) -> None:
    (step,) = [step for step in plan(store, sql, **YEAR) if "hours_worked" in step]
    assert step.endswith("USING COVERING INDEX hours_worked (worked_on>? AND worked_on<?)")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command or "hsf")
def test_no_command_reads_all_the_hours_or_the_log(
    store: Store, asked: list[str], hsf: Callable[..., Any], command: str
) -> None:
    taken_in(store, *sound(), activity(), course(), registration())
    asked.clear()
    assert hsf(*command.split()).code in (0, 4)
    assert not [*_scans(store, asked, LARGE)]


@pytest.mark.parametrize(
    "command", ["", "venteliste", "rapport vis 2023", "rapport kontroll 2023", "timer mangler"]
)
def test_what_is_asked_of_now_or_of_a_year_reads_no_case_or_assignment_of_other_years(
    store: Store, asked: list[str], hsf: Callable[..., Any], command: str
) -> None:
    taken_in(store, *sound())
    asked.clear()
    assert hsf(*command.split()).code in (0, 4)
    assert not [*_scans(store, asked, ("inquiry", "assignment"))]


def _scans(store: Store, asked: list[str], tables: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The tables that were read from end to end, each with the statement that did so."""
    statements = [sql for sql in asked if re.match(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b", sql)]
    assert statements
    for sql in dict.fromkeys(statements):
        for table in scanned(sql, plan(store, sql), tables):
            yield table, sql
