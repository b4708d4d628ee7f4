"""What people write in a report: kept per year, begun from what there is, and what is missing."""

import pytest

from hsf_cli.report import named_parts, texts
from hsf_cli.report.form import Chapter, Form
from hsf_cli.report.forms import shipped
from hsf_cli.store import Store
from tests.builders import activity, taken_in

FORM = shipped(2023)


def _write(store: Store, year: int, part: str, body: str, kind: texts.Kind = "kapittel") -> None:
    with store.change("prøve") as change:
        texts.write(store, change, year, kind, part, body)


def _chapter(key: str, form: Form = FORM) -> Chapter:
    return next(chapter for chapter in form.chapters if chapter.key == key)


def test_a_text_is_kept_for_its_year_alone_and_the_newest_stands(store) -> None:
    _write(store, 2022, "economy.grants", "I fjor.")
    _write(store, 2023, "economy.grants", "Først.")
    _write(store, 2023, "economy.grants", "Så.")
    assert texts.written(store, 2023, "kapittel") == {"economy.grants": "Så."}
    assert texts.written(store, 2022, "kapittel") == {"economy.grants": "I fjor."}
    assert texts.written(store, 2024, "kapittel") == {}


def test_chapters_and_remarks_are_kept_apart(store) -> None:
    _write(store, 2023, "summary", "Kapittelet.")
    _write(store, 2023, "families.total", "Merknaden.", "merknad")
    assert texts.written(store, 2023, "merknad") == {"families.total": "Merknaden."}
    with store.change("prøve") as change:
        texts.remove(store, change, 2023, "merknad", "families.total")
        texts.remove(store, change, 2023, "merknad", "children.total")  # which is not there
    assert texts.written(store, 2023, "merknad") == {}
    assert texts.written(store, 2023, "kapittel") == {"summary": "Kapittelet."}


@pytest.mark.parametrize("edition", [2022, 2023])
def test_missing_are_the_chapters_without_parts_that_have_no_text(store, edition) -> None:
    form = shipped(edition)
    missing = [chapter.key for chapter in texts.missing(store, form, 2023)]
    assert {"summary", "organisation.staff", "activities.families"} <= set(missing)
    assert not {"organisation", "economy", "activities", "statistics"} & set(missing)
    for key in missing:
        _write(store, 2023, key, "Noe.")
    assert texts.missing(store, form, 2023) == ()


def test_a_chapter_with_parts_may_have_a_text_of_its_own(store) -> None:
    _write(store, 2023, "organisation", "To og et halvt ord til.")
    states = {state.chapter.key: state for state in texts.states(store, FORM, 2023)}
    assert states["organisation"].words == 6
    assert not states["organisation"].missing
    assert states["organisation.staff"].missing


def test_a_chapter_begins_with_the_years_text_or_else_the_latest_before_it(store) -> None:
    partners = _chapter("partners")
    assert texts.beginning(store, 2024, partners) == texts.Beginning("")
    for year in (2019, 2021, 2025):
        _write(store, year, "partners", f"Skrevet {year}.")
    assert texts.beginning(store, 2024, partners) == texts.Beginning("Skrevet 2021.", 2021)
    _write(store, 2024, "partners", "Årets.")
    assert texts.beginning(store, 2024, partners) == texts.Beginning("Årets.", 2024)


def test_a_text_from_the_form_of_2022_is_found_under_its_new_number(store) -> None:
    before = _chapter("partners", shipped(2022))
    assert (before.number, _chapter("partners").number) == ("9.0", "8.0")
    _write(store, 2022, before.key, "Fra gammelt skjema.")
    assert texts.beginning(store, 2023, _chapter("partners")).text == "Fra gammelt skjema."


def test_a_chapter_on_activities_begins_with_the_years_own(store) -> None:
    taken_in(
        store,
        activity("A1", "2023-06-01", tittel="Sommerfest", sted="Parken", foreldre="4", barn="0",
                 tilskudd="Fondet"),
        activity("A2", "2023-02-01", tittel="Åpent hus"),
        activity("A3", "2022-12-31", tittel="I fjor"),
        activity("A4", "2023-03-01", tittel="Samling", målgruppe="familiekontakter"),
    )  # fmt: skip
    _write(store, 2022, "activities.families", "Fjorårets tekst.")
    begun = texts.beginning(store, 2023, _chapter("activities.families"))
    assert begun == texts.Beginning(
        "- 01.02.2023: Åpent hus.\n"
        "- 01.06.2023: Sommerfest, Parken. 4 foreldre og 0 barn. Tilskudd: Fondet."
    )
    volunteers = texts.beginning(store, 2023, _chapter("activities.volunteers"))
    assert volunteers.text == "- 01.03.2023: Samling."
    none = texts.beginning(store, 2024, _chapter("activities.families"))
    assert none == texts.Beginning("Fjorårets tekst.", 2022)  # nothing was held


def test_what_is_written_on_an_activity_is_no_markdown(store) -> None:
    taken_in(store, activity(tittel="*Stor* [fest] <b>"))
    begun = texts.beginning(store, 2023, _chapter("activities.families"))
    assert begun.text == "- 01.06.2023: \\*Stor\\* \\[fest\\] \\<b\\>."


@pytest.mark.parametrize(
    ("typed", "key"),
    [("4.2", "organisation.staff"), ("4", "organisation"), ("4.0", "organisation"),
     ("SAMMENDRAG", "summary"), ("sammen", "summary"), ("organisation.staff", "organisation.staff"),
     ("maloppnaelse", "goals"), ("12.0 Måloppnåelse", "goals")],
)  # fmt: skip
def test_a_chapter_is_named_by_number_key_or_a_piece_of_its_title(typed, key) -> None:
    assert [part.key for part in named_parts.meant(named_parts.chapters(FORM), typed)] == [key]


@pytest.mark.parametrize("typed", ["", " ", "44", "finnes ikke", "6.2.1"])
def test_what_names_no_chapter(typed) -> None:
    assert named_parts.meant(named_parts.chapters(FORM), typed) == []


def test_a_table_is_named_by_its_place_its_heading_or_its_section() -> None:
    tables = named_parts.tables(FORM, 2023)
    by_number = {part.number: part for part in tables}
    assert by_number["6.2.1"].title == "Familiekontaktenes yrkesstatus"
    assert named_parts.meant(tables, "yrkesstatus") == [by_number["6.2.1"]]
    assert named_parts.meant(tables, "6.1") == [by_number["6.1.1"]]  # the only one there
    assert named_parts.meant(tables, "forberedelseskurset") == [by_number["6.1.1"]]
    assert len(named_parts.meant(tables, "6.2")) == 5
    assert named_parts.meant(tables, "6") == []


def test_every_table_has_a_title_and_a_key_of_its_own() -> None:
    for edition in (2022, 2023):
        tables = named_parts.tables(shipped(edition), 2023)
        assert all(part.title and "{" not in part.title for part in tables)
        assert len({part.key for part in tables}) == len(tables)
