"""A department's own form: what it asks otherwise than the editions, and what it does not ask."""

from hsf_cli.report.control import control
from hsf_cli.report.forms import load
from hsf_cli.store import Store
from tests.builders import course, taken_in
from tests.report.control.conftest import AFTERWARDS, named
from tests.report.control.department import sound
from tests.report.own_form import FORM


def test_volunteers_are_looked_at_also_where_the_form_counts_none(store: Store) -> None:
    taken_in(
        store,
        *sound("1", volunteer_says={"født": "2010"}),
        *sound("2", volunteer_says={"godkjent": ""}),
    )
    found = {one.kind: one for one in control(store, load(FORM, "eget.toml"), 2023, AFTERWARDS)}
    assert named([found["under_18"]]) == ["V1"]
    assert named([found["ikke_tilknyttet"]]) == ["V2"]
    assert found["under_18"].section == ""  # it shows in none of the form's rows


OF_ASSIGNMENTS = """\
edition = 2023
chapter = { number = "1.0", title = "Våre tall" }
[[section]]
number = "1.1"
title = "Oppdragene"
[[section.table]]
heading = ""
of = "assignments"
rows = [{ key = "all", label = "Alle oppdrag" }]
[[section.table]]
heading = ""
of = "assignments"
part_of = "all"
rows = [{ key = "short", label = "Avsluttet etter et halvt år", where.months = { to = 6 } }]
"""


def test_what_follows_from_dates_is_never_missing_and_may_have_no_row(store: Store) -> None:
    """How many months an assignment lasted is not known before it has ended."""
    taken_in(
        store,
        *sound("1", assignment_says={"avsluttet": "2023-05-01"}),
        *sound("2"),  # still running
    )
    found = control(store, load(OF_ASSIGNMENTS, "eget.toml"), 2023, AFTERWARDS)
    kinds = {one.kind: one for one in found}
    assert "mangler" not in kinds
    assert named([kinds["uten_rad"]]) == ["O2"]
    # The table has no heading to call the split by.
    assert kinds["uten_rad"].text == (
        "Skjemaet har ingen rad for 1 oppdrag i «Avsluttet etter et halvt år»"
    )


OF_COURSES = """\
edition = 2023
chapter = { number = "1.0", title = "Våre tall" }
[[section]]
number = "1.1"
title = "Kursene"
[[section.table]]
heading = "Kurs:"
of = "courses"
part_of = "all"
rows = [
  { key = "spring", label = "Om våren", where.season = "vår" },
  { key = "all", label = "Alle kurs" },
]
"""


def test_what_follows_from_dates_alone_has_no_command_that_gives_it_a_row(store: Store) -> None:
    taken_in(store, course("K1", "2023-02-01"), course("K2", "2023-09-01"))
    found = control(store, load(OF_COURSES, "eget.toml"), 2023, AFTERWARDS)
    (finding,) = [one for one in found if one.kind == "uten_rad"]
    assert [(one.number, one.command) for one in finding.records] == [("K2", "")]
