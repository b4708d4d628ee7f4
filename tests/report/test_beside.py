"""What a report tells beside its rows: what «annet» was, pauses, who was active, activities."""

from datetime import datetime

from hsf_cli.report.beside import BesideRows, Other, beside_rows
from hsf_cli.report.count import counted
from hsf_cli.report.forms import shipped
from tests.builders import (
    activity,
    activity_family,
    family,
    hours,
    pause,
    served,
    taken_in,
    volunteer,
)


def _beside(store, year: int = 2023, edition: int = 2023) -> BesideRows:
    return beside_rows(store, counted(store, shipped(edition), year, datetime(2024, 3, 15)))


def _challenged(id: str, text: str) -> list:
    return served(id, utfordringer="vold, annet", utfordringer_annet=text)


def test_what_annet_was_stands_once_however_it_is_spelled_the_most_first(store) -> None:
    taken_in(
        store,
        *_challenged("1", "Bolig"),
        *_challenged("2", "økonomi"),
        *_challenged("3", "Økonomi"),
        family("F4", utfordringer="annet", utfordringer_annet="Uten oppdrag"),
    )
    (key,) = _beside(store).others
    assert key == shipped(2023).sections[3].tables[0].rows[0].key
    assert _beside(store).others[key] == (Other("økonomi", 2), Other("Bolig", 1))
    assert _beside(store, 2022).others == {}


def test_each_table_with_annet_has_its_own(store) -> None:
    taken_in(
        store,
        *served("1", støtte="annet", støtte_annet="Barnepass", nettverk="annet",
                nettverk_annet="Nabo", fant_oss="annet", fant_oss_annet="Radioen"),
        volunteer("V2", fant_oss="annet", fant_oss_annet="En venn", yrkesstatus="annet",
                  yrkesstatus_annet="Kunstner"),
        hours("annet", "2", familiekontakt="V2", type_annet="Rydding"),
        hours("kurs", "2", familiekontakt="V2"),
    )  # fmt: skip
    found = {key: [other.text for other in others] for key, others in _beside(store).others.items()}
    assert sorted(found.values()) == [
        ["Barnepass"], ["En venn"], ["Kunstner"], ["Nabo"], ["Radioen"], ["Rydding"],
    ]  # fmt: skip
    assert found["volunteers.occupation.pensjonist"] == ["Kunstner"]
    assert found["hours.assignments"] == ["Rydding"]


def test_the_form_of_2022_has_annet_in_rows_with_more(store) -> None:
    taken_in(
        store,
        *served("1", utfordringer="rus"),
        volunteer("V2", yrkesstatus="annet", yrkesstatus_annet="Kunstner"),
        volunteer("V3", yrkesstatus="ufør"),
    )
    assert [*_beside(store, edition=2022).others.values()] == [(Other("Kunstner", 1),)]


def test_on_pause_at_some_time_in_the_year_from_its_first_day_to_its_last(store) -> None:
    taken_in(
        store,
        *(volunteer(f"V{n}") for n in range(1, 6)),
        volunteer("V6", sluttet="2022-06-01"),
        pause("V1", "2022-12-01", "2022-12-31"),
        pause("V2", "2022-12-01", "2023-01-01"),
        pause("V3", "2023-12-31"),
        pause("V4", "2024-01-01"),
        pause("V5", "2023-02-01", "2023-03-01"),
        pause("V5", "2023-05-01", "2023-06-01"),
        pause("V6", "2022-01-01"),
    )
    assert _beside(store).paused == (2, 3, 5)


def test_active_in_the_wider_sense_is_linked_or_with_any_hours_in_the_year(store) -> None:
    taken_in(
        store,
        *served("1"),
        *(volunteer(f"V{n}") for n in (2, 3, 4)),
        volunteer("V5", ""),  # a candidate is no volunteer yet
        hours("samling", "1", "2023-12-31", familiekontakt="V2"),
        hours("samling", "1", "2024-01-01", familiekontakt="V3"),
        hours("samling", "1", "2023-12-31", familiekontakt="V5"),
    )
    assert _beside(store).active == (1, 2)


def test_the_activities_for_families_with_who_took_part_and_their_sums(store) -> None:
    taken_in(
        store,
        family("F1"), family("F2"), volunteer("V1"), volunteer("V2"),
        activity("A1", "2023-06-01", tittel="Sommerfest", foreldre="3", barn="5"),
        activity("A2", "2023-02-01", tittel="Åpent hus"),
        activity("A3", "2023-03-01", målgruppe="familiekontakter"),
        activity("A4", "2022-12-31"),
        activity_family("A1", "F1"), activity_family("A1", "F2"), activity_family("A2", "F1"),
        *(hours("aktivitet", "1", dato="2023-06-01", familiekontakt=v, aktivitet="A1")
          for v in ("V1", "V1", "V2")),
        hours("aktivitet", "1", dato="2023-02-01", familiekontakt="V1", aktivitet="A2"),
    )  # fmt: skip
    found = _beside(store).activities
    assert [(one.title, one.volunteers, one.families, one.children) for one in found.held] == [
        ("Åpent hus", 1, 1, None),
        ("Sommerfest", 2, 2, 5),
    ]
    assert (found.volunteers, found.families, found.children) == (3, 3, 5)
