"""What is known over time: months without hours, much changed since last year, contradictions."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from hsf_cli.report import figures, forms, kept
from hsf_cli.report.control import Weight, against, control, control_read_in
from hsf_cli.store import Store
from tests.builders import Record, activity, hours, inquiry, served, taken_in, volunteer
from tests.builders import family as a_family
from tests.report.control.conftest import AFTERWARDS, Found, named
from tests.report.control.department import sound
from tests.report.figures import report


def inquiries(year: int, number: int, source: str = "familien") -> list[Record]:
    """So many families that called that year."""
    ids = [f"{year}-{n}" for n in range(number)]
    return [
        *(a_family(f"F{id}") for id in ids),
        *(inquiry(f"H{id}", f"F{id}", f"{year}-05-01", kilde=source) for id in ids),
    ]


def test_the_share_of_months_with_hours_is_told_with_those_that_lack_them(found: Found) -> None:
    (finding,) = found(
        *sound(assignment_says={"avsluttet": "2023-08-03"}),
        *(hours(dato=f"2023-0{month}-15", besøk="4", timer="8") for month in (1, 2, 3, 4)),
        hours(dato="2023-04-20", besøk="1", timer="2"),  # one month, however many entries
    )["måneder_uten_timer"]
    assert finding.weight is Weight.NOTEWORTHY
    assert finding.text == "Timer er ført for 5 av 7 oppdragsmåneder (71\N{NO-BREAK SPACE}%)"
    assert [(one.number, one.detail, one.command) for one in finding.records] == [
        ("O1", "mangler mai, jul", "")
    ]
    assert finding.command == "hsf timer måned 2023-05"
    assert finding.section == "6.8"


def test_the_first_month_that_anybody_lacks_is_where_to_begin(found: Found) -> None:
    (finding,) = found(
        *sound("1", assignment_says={"startet": "2023-06-01"}),  # with hours in June
        *sound("2", assignment_says={"startet": "2023-06-01"}, hours_say={"dato": "2023-12-05"}),
        *sound("3", assignment_says={"startet": "2023-06-01", "avsluttet": "2023-07-31"}),
    )["måneder_uten_timer"]
    assert finding.command == "hsf timer måned 2023-06"
    assert [one.detail for one in finding.records] == [
        "mangler jul, aug, sep, okt, nov, des",
        "mangler jun, jul, aug, sep, okt, nov",
        "mangler jul",
    ]


def test_nothing_is_told_where_every_month_has_hours(found: Found) -> None:
    records = sound(assignment_says={"startet": "2023-06-01", "avsluttet": "2023-06-30"})
    assert "måneder_uten_timer" not in found(*records)


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ({}, False),
        ({"timer": "0", "besøk": "0"}, False),  # somebody says that there were none
        ({"timer": "0", "besøk": ""}, True),
        ({"type": "veiledning", "besøk": ""}, True),
    ],
)
def test_a_month_is_handed_in_where_somebody_says_what_visits_there_were(
    found: Found, says: dict[str, str], told: bool
) -> None:
    june = {"startet": "2023-06-01", "avsluttet": "2023-06-30"}
    assert ("måneder_uten_timer" in found(*sound(assignment_says=june, hours_say=says))) is told


@pytest.mark.parametrize(
    ("started", "ended", "lacking"),
    [
        ("2023-06-27", "2023-09-04", "mangler jun, jul, aug, sep"),
        ("2023-06-28", "2023-09-03", "mangler jul, aug"),
        ("2023-09-28", "2023-11-03", "mangler okt"),
    ],
)
def test_a_month_lacks_hours_where_the_assignment_ran_four_days_of_it(
    found: Found, started: str, ended: str, lacking: str
) -> None:
    records = sound(assignment_says={"startet": started, "avsluttet": ended})[:-1]
    (finding,) = found(*records)["måneder_uten_timer"]
    assert [one.detail for one in finding.records] == [lacking]


@pytest.mark.parametrize(("started", "told"), [("2023-06-27", True), ("2023-06-28", False)])
def test_a_month_that_is_over_is_asked_for_to_its_last_day(
    found: Found, started: str, told: bool
) -> None:
    """Of four days on a visit is to be expected."""
    records = sound(assignment_says={"startet": started})[:-1]
    assert ("måneder_uten_timer" in found(*records, day=date(2023, 7, 15))) is told


@pytest.mark.parametrize(("day", "told"), [("2023-07-31", False), ("2023-08-01", True)])
def test_a_month_that_is_not_over_lacks_nothing_yet(found: Found, day: str, told: bool) -> None:
    records = sound(assignment_says={"startet": "2023-06-01"})
    kinds = found(*records, day=date.fromisoformat(day))
    assert ("måneder_uten_timer" in kinds) is told


def changed(found: Found, before: int, now: int) -> list[str]:
    kinds = found(*inquiries(2022, before), *inquiries(2023, now))
    return [finding.key for finding in kinds.get("endret", [])]


@pytest.mark.parametrize(
    ("before", "now", "much"),
    [
        (10, 15, False), (9, 14, True), (11, 16, False), (4, 8, False), (1, 6, True),
        (10, 5, False), (11, 5, True), (4, 0, False),
    ],
)  # fmt: skip
def test_half_as_much_again_and_five_records_is_much(
    found: Found, before: int, now: int, much: bool
) -> None:
    assert ("inquiries.total" in changed(found, before, now)) is much


def test_a_change_is_told_with_both_years(found: Found) -> None:
    (finding, *_) = found(*inquiries(2022, 1), *inquiries(2023, 7))["endret"]
    assert finding.text == "«Familien selv» gikk fra 1 til 7"
    assert finding.command == "hsf rapport sammenlign 2022 2023"
    assert finding.weight is Weight.NOTEWORTHY


def test_a_label_that_many_rows_have_is_told_after_what_it_belongs_to(found: Found) -> None:
    said = {"utfordringer": "annet", "fant_oss": "annet"}
    many = (record for n in range(6) for record in served(str(n), **said))
    told = [one.text for one in found(*inquiries(2022, 1), *many)["endret"]]
    assert "«Utfordringer familiene definerer de har i hverdagen: Annet» gikk fra 0 til 6" in told
    assert "«Familier: Annet» gikk fra 0 til 6" in told
    assert "«Totalt antall familier» gikk fra 0 til 6" in told


def test_it_is_told_after_the_row_that_it_splits_or_after_the_question(found: Found) -> None:
    kinds = found(
        *inquiries(2022, 1),
        *inquiries(2023, 6, "barnevern"),
        *(record for n in range(6) for record in served(str(n), støtte="nettverk")),
        *(volunteer(f"V{n}", "2023-01-05", kjønn="kvinne", født="1970") for n in range(10, 16)),
    )
    told = [one.text for one in kinds["endret"]]
    assert "«Kvinnelige familiekontakter: Alder 45-54 år» gikk fra 0 til 6" in told
    assert "«Hva ønsker familiene støtte til? Nettverk» gikk fra 0 til 6" in told
    assert "«Hvem tok kontakt: Barnevern» gikk fra 0 til 6" in told


def test_a_first_year_has_changed_from_nothing(found: Found) -> None:
    assert changed(found, 0, 9) == []


def test_sums_are_not_compared(found: Found) -> None:
    kinds = found(
        *inquiries(2022, 1),
        *sound(hours_say={"timer": "200", "besøk": "100"}),
        activity(foreldre="40", barn="60"),
    )
    assert "endret" not in kinds


def test_sums_are_not_compared_with_those_of_a_report_that_was_read_in_either(
    store: Store,
) -> None:
    with store.change("rapport les") as change:
        values = {"activities.total": 1, "activities.parents": 1, "hours.other": Decimal(1)}
        kept.keep(change, figures.filled(forms.shipped(2023), values, 2022, "Prøve", "i.txt"))
    taken_in(store, *(activity(f"A{n}", foreldre="10", barn="0") for n in range(7)))
    found = control(store, forms.shipped(2023), 2023, AFTERWARDS)
    assert [one.key for one in found if one.kind == "endret"] == ["activities.total"]


def test_what_is_counted_beside_sums_is_compared_with_the_count_of_last_year(found: Found) -> None:
    kinds = found(
        activity("A0", "2022-06-01", foreldre="1", barn="0"),
        *(activity(f"A{n}", foreldre="1", barn="0") for n in range(1, 8)),
    )
    assert [one.key for one in kinds["endret"]] == ["activities.total"]


def test_last_years_report_is_the_one_that_is_kept(store: Store) -> None:
    taken_in(store, *inquiries(2022, 20), *inquiries(2023, 20))
    read_in = replace(figures.of(report(store, 2022, 2022)), source="2022.txt", counted_at=None)
    few = replace(
        read_in,
        sections=tuple(
            replace(
                section,
                tables=tuple(
                    replace(table, lines=tuple(replace(line, value=3) for line in table.lines))
                    for table in section.tables
                ),
            )
            for section in read_in.sections
        ),
    )
    with store.change("rapport les") as change:
        kept.keep(change, few)
    found = control(store, forms.shipped(2023), 2023, AFTERWARDS)
    assert "«Totalt antall henvendelser» gikk fra 3 til 20" in [one.text for one in found]


NOBODY_WAITED = dict.fromkeys(("waiting.visit", "waiting.volunteer", "assignments.running"), 0)


def test_figures_that_cannot_both_be_so_come_first(store: Store) -> None:
    taken_in(store, *sound())
    with store.change("rapport les") as change:
        kept.keep(
            change, figures.filled(forms.shipped(2023), NOBODY_WAITED, 2022, "Prøve", "i.txt")
        )
    found = control(store, forms.shipped(2023), 2023, AFTERWARDS)
    first = found[0]
    assert (first.weight, first.kind) == (Weight.CONTRADICTION, "motsigelse")
    assert (first.section, first.text) == (
        "6.3",
        "1 familie, men årets henvendelser og de som ventet eller hadde oppdrag ved forrige "
        "årsskifte, er bare 0",
    )
    assert first.command == "hsf rapport bevis 2023 6.3"
    assert [one.weight for one in found] == sorted(one.weight for one in found)
    assert against(found) == [one for one in found if one.weight < Weight.NOTEWORTHY]
    # The proof of a locked year is of the report as it was locked, where nothing else is said.
    with store.change("rapport lås") as change:
        locked_at = datetime.now().astimezone()
        kept.keep(change, replace(figures.of(report(store)), locked_at=locked_at))
    first, *_ = control(store, forms.shipped(2023), 2023, AFTERWARDS)
    assert first.command == "hsf rapport bevis 2023 6.3 --nå"


def test_what_weighs_most_comes_first_and_within_that_the_forms_order(store: Store) -> None:
    with store.change("rapport les") as change:
        kept.keep(
            change, figures.filled(forms.shipped(2023), NOBODY_WAITED, 2022, "Prøve", "i.txt")
        )
    records = sound(
        volunteer_says={"yrkesstatus": "", "født": "2010"}, hours_say={"besøk": "1", "timer": "9"}
    )
    taken_in(store, *(record for record in records if record[0] != "barn"))
    found = control(store, forms.shipped(2023), 2023, AFTERWARDS)
    assert [(one.kind, one.section) for one in found] == [
        ("motsigelse", "6.3"),
        ("mangler", "6.2"), ("uten_barn", "6.3"),
        ("under_18", "6.2"), ("lange_besøk", "6.7"),
        ("uten_rad", "6.2"), ("måneder_uten_timer", "6.8"),
    ]  # fmt: skip


def test_what_was_left_blank_in_last_years_report_has_not_changed(store: Store) -> None:
    with store.change("rapport les") as change:
        values = {"families.total": 1}
        kept.keep(change, figures.filled(forms.shipped(2023), values, 2022, "Prøve", "i.txt"))
    taken_in(store, *(record for n in range(7) for record in served(str(n))))
    found = control(store, forms.shipped(2023), 2023, AFTERWARDS)
    assert [one.key for one in found if one.kind == "endret"] == ["families.total"]


def test_what_is_entered_after_last_years_report_was_locked_contradicts_nothing(
    store: Store,
) -> None:
    now = datetime.now().astimezone()
    with store.change("rapport lås") as change:
        kept.keep(change, replace(figures.of(report(store, 2022)), locked_at=now))
    taken_in(store, *sound())  # who called in December
    found = control(store, forms.shipped(2023), 2023, AFTERWARDS)
    assert against(found) == []


def test_a_child_that_started_school_while_the_assignment_ran_contradicts_nothing(
    found: Found,
) -> None:
    kinds = found(
        *sound(
            child_says={"født": "2016"},
            inquiry_says={"mottatt": "2021-12-01", "besøkt": "2021-12-10"},
            assignment_says={"startet": "2022-02-01", "avsluttet": "2023-02-01"},
            hours_say={"dato": "2023-01-15"},
        )
    )
    assert {finding.kind for findings in kinds.values() for finding in against(findings)} <= {
        "åpen_etter_fullført"
    }


def test_a_family_without_children_is_named_and_no_contradiction(found: Found) -> None:
    kinds = found(*(record for record in sound() if record[0] != "barn"))
    assert named(kinds["uten_barn"]) == ["F1"]
    assert "motsigelse" not in kinds


def test_hours_after_the_assignment_are_no_contradiction(found: Found) -> None:
    ended = {"startet": "2022-12-20", "avsluttet": "2022-12-31", "avslutningsgrunn": "fullført"}
    kinds = found(*sound(assignment_says=ended))
    assert named(kinds["timer_utenfor_oppdraget"]) == ["T1"]
    assert "motsigelse" not in kinds


def test_what_contradicts_itself_is_told_as_a_sentence() -> None:
    values = {"families.total": 1, "families.civil_status.enslig": 2}
    read_in = figures.filled(forms.shipped(2023), values, 2023, "Prøve", "i.txt")
    (only,) = control_read_in(read_in, forms.shipped(2023))
    assert only.text == (
        "Radene under «Foreldrenes sivilstatus» summerer til 2, men «Totalt antall familier» er 1"
    )
