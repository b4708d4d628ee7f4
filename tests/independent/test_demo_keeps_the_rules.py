"""The made-up department keeps Home-Start's rules, judged in plain Python from its rows alone."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from dateutil.relativedelta import relativedelta

from hsf_cli import demo
from hsf_cli.demo import rows
from hsf_cli.exchange.sheets import SHEETS

Row = dict[str, str]
Sheets = dict[str, list[Row]]

DAYS = [date(2019, 1, 1), date(2020, 2, 29), date(2023, 7, 1), date(2024, 3, 15),
        date(2024, 12, 31), date(2026, 11, 1), date(2033, 9, 20)]  # fmt: skip
# What a department that keeps the rules has none of, or has very seldom.
WITHOUT = {"bekymringsmeldinger", "perioder", "unntak", "årsrapporter", "rapporttall"}
EARLIEST, LATEST = "0000-00-00", "9999-99-99"


@pytest.fixture(params=DAYS, ids=str)
def sheets(request: pytest.FixtureRequest) -> Sheets:
    return made_up(request.param)


@cache
def made_up(day: date) -> Sheets:
    return rows(day)


def by_id(sheet: list[Row]) -> dict[str, Row]:
    return {row["id"]: row for row in sheet}


def of(sheet: list[Row], header: str, id: str) -> Iterator[Row]:
    """The rows of a sheet that refer to a record."""
    return (row for row in sheet if row[header] == id)


def months_after(day: str, months: int) -> str:
    return (date.fromisoformat(day) + relativedelta(months=months)).isoformat()


def minutes(hours: str) -> int:
    whole, _, rest = hours.partition(":")
    return int(whole) * 60 + int(rest or 0)


def small_child(sheets: Sheets, family: str, day: str) -> bool:
    """Whether the family has a child that is not of school age that day."""
    children = of(sheets["barn"], "familie", family)
    return any(day < f"{int(child['født']) + 6}-08-01" for child in children)


def test_it_uses_every_sheet_but_those_of_what_seldom_happens(sheets: Sheets) -> None:
    assert {sheet.name for sheet in SHEETS} - set(sheets) <= WITHOUT | {"pauser"}


def test_every_family_is_in_the_target_group(sheets: Sheets) -> None:
    inquiries = by_id(sheets["henvendelser"])
    for inquiry in inquiries.values():
        assert small_child(sheets, inquiry["familie"], inquiry["mottatt"]), inquiry
    for assignment in sheets["oppdrag"]:
        family = inquiries[assignment["henvendelse"]]["familie"]
        assert small_child(sheets, family, assignment["startet"]), assignment


def test_every_candidate_signed_up_and_those_approved_met_the_requirements(sheets: Sheets) -> None:
    courses = by_id(sheets["kurs"])
    for one in sheets["familiekontakter"]:
        assert one["meldt_seg"], one
        if not one["godkjent"]:
            continue
        taken = [
            row
            for row in of(sheets["kursdeltakere"], "familiekontakt", one["id"])
            if "" < courses[row["kurs"]]["slutt"] < one["godkjent"]
        ]
        assert sum(minutes(row["timer"]) for row in taken) >= 20 * 60, one
        assert all(row["fullført"] <= one["godkjent"] for row in taken), one
        issued, shown = one["politiattest_utstedt"], one["politiattest_vist"]
        assert "" < issued <= shown <= min(months_after(issued, 3), one["godkjent"]), one
        assert one["politiattest_sett_av"], one
        for header in ("hjemmebesøk", "taushetserklæring"):
            assert one["meldt_seg"] < one[header] <= one["godkjent"], (header, one)


def test_an_assignment_starts_with_an_approved_volunteer_who_has_room(sheets: Sheets) -> None:
    volunteers = by_id(sheets["familiekontakter"])
    for one in sheets["oppdrag"]:
        volunteer, start = volunteers[one["familiekontakt"]], one["startet"]
        assert "" < volunteer["godkjent"] <= start < (volunteer["sluttet"] or LATEST), one
        assert not [
            pause
            for pause in of(sheets.get("pauser", []), "familiekontakt", volunteer["id"])
            if pause["fra"] <= start <= (pause["til"] or LATEST)
        ], one
        running = [
            other
            for other in of(sheets["oppdrag"], "familiekontakt", volunteer["id"])
            if other["startet"] <= start < (other["avsluttet"] or LATEST)
        ]
        assert running == [one]


def test_nobody_has_a_pause_while_on_an_assignment(sheets: Sheets) -> None:
    for pause in sheets.get("pauser", []):
        for one in of(sheets["oppdrag"], "familiekontakt", pause["familiekontakt"]):
            apart = (one["avsluttet"] or LATEST) < pause["fra"] or "" < pause["til"] < one[
                "startet"
            ]
            assert apart, (pause, one)


def test_an_assignment_is_planned_for_six_months_and_was_extended_where_it_was_longer(
    sheets: Sheets,
) -> None:
    for one in sheets["oppdrag"]:
        planned = one["planlagt_slutt"]
        assert planned == months_after(one["startet"], 6)
        extensions = list(of(sheets["forlengelser"], "oppdrag", one["id"]))
        assert all(row["begrunnelse"] and row["besluttet"] < row["til"] for row in extensions)
        covered = max([planned, *(row["til"] for row in extensions)])
        assert one["avsluttet"] <= covered, one


def test_a_visit_lasts_two_to_four_hours_in_the_mean(sheets: Sheets) -> None:
    for row in of(sheets["timer"], "type", "oppdrag"):
        assert 120 <= minutes(row["timer"]) / int(row["besøk"]) <= 240, row


def test_the_follow_ups_are_mostly_done_and_a_few_were_forgotten(sheets: Sheets) -> None:
    followed = sheets["oppfølginger"]
    assert {row["type"] for row in followed} == {"måned", "kvartal", "avslutning"}
    forgotten = [row for row in followed if not row["gjort"]]
    assert 1 <= len(forgotten) <= len(followed) / 5
    assignments = by_id(sheets["oppdrag"])
    for row in followed:
        one = assignments[row["oppdrag"]]
        assert one["startet"] < row["planlagt"] < (one["avsluttet"] or LATEST), row
        assert row["gjort"] == "" or row["planlagt"] <= row["gjort"], row


def test_a_talk_is_with_a_family_that_waits(sheets: Sheets) -> None:
    inquiries = by_id(sheets["henvendelser"])
    assert len(sheets["samtaler"]) >= 20
    for talk in sheets["samtaler"]:
        inquiry, day = inquiries[talk["henvendelse"]], talk["dato"]
        assert inquiry["mottatt"] < day <= (inquiry["avsluttet"] or LATEST), talk
        assert not [
            one
            for one in of(sheets["oppdrag"], "henvendelse", inquiry["id"])
            if one["startet"] <= day < (one["avsluttet"] or LATEST)
        ], talk


def test_the_resource_group_has_five_members_and_its_leader_gives_no_grants(sheets: Sheets) -> None:
    members = sheets["styremedlemmer"]
    assert [row["til"] for row in members if "til" in row] == []
    assert len(members) == 5
    [leader] = of(members, "rolle", "leder")
    assert leader["representerer_tilskuddsgiver"] == "nei"
    assert any(row["representerer_tilskuddsgiver"] == "ja" for row in members)
    assert len(sheets["styremøter"]) >= 8


def test_attendance_adds_up_to_the_hours_of_the_course(sheets: Sheets) -> None:
    days = by_id(sheets["kursdager"])
    courses = by_id(sheets["kurs"])
    over = [row for row in sheets["kursdeltakere"] if row["timer"]]
    attended = {row["id"]: list(of(sheets["oppmøte"], "kursdeltaker", row["id"])) for row in over}
    assert any(attended.values())
    for row in over:
        if there := attended[row["id"]]:
            assert sum(minutes(one["timer"]) for one in there) == minutes(row["timer"]), row
            assert {days[one["kursdag"]]["kurs"] for one in there} == {row["kurs"]}, row
    for course in {day["kurs"] for day in days.values()}:
        if courses[course]["slutt"]:
            assert sum(day["kurs"] == course for day in days.values()) == 6


def test_what_is_new_in_the_sheets_is_there(sheets: Sheets) -> None:
    asked = sheets["henvendelser"]
    assert {row["koordinator"] for row in asked} == {"Randi Granli"}
    assert {row["foretrekker"] for row in sheets["familier"]} == {"", "før 15", "etter 15"}
    assert any(row["ring_tilbake"] for row in asked)
    assert [row["id"] for row in asked if row["kilde"] == "ikke_spurt" and row["besøkt"]] == []
    assert any(row.get("type_annet") for row in sheets["timer"])
    assert all(row["delt_med"] and row["hva"] for row in sheets["samtykker"])


def test_the_coordinator_of_its_inquiries_is_the_departments_own(today: date) -> None:
    with demo.made_up(today) as store:
        coordinators = json.loads(store.value("SELECT coordinators FROM department"))
        rows = store.rows("SELECT DISTINCT coordinator FROM inquiry")
        assert [row[0] for row in rows] == coordinators


def test_somebody_waits_to_be_asked_who_made_contact_on_some_day() -> None:
    months = (rows(date(2024, month, 20))["henvendelser"] for month in range(1, 13))
    assert any(row["kilde"] == "ikke_spurt" for month in months for row in month)
