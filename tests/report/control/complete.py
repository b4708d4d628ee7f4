"""Departments in which nothing is missing and everything is as it should be."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from hsf_cli.codes import code_list
from tests.builders import (
    Record,
    activity,
    activity_family,
    assignment,
    child,
    course,
    family,
    hours,
    inquiry,
    registration,
    volunteer,
)

YEAR = 2023
YES_NO = st.sampled_from(["ja", "nei"])
_A_MONTH = timedelta(30)


def code(name: str) -> st.SearchStrategy[str]:
    """A code of that list."""
    return st.sampled_from(list(code_list(name)))


def any_codes(name: str) -> st.SearchStrategy[str]:
    """Any number of codes of that list."""
    return st.lists(code(name), max_size=3, unique=True).map(",".join)


def days(first: str, last: str) -> st.SearchStrategy[date]:
    return st.dates(date.fromisoformat(first), date.fromisoformat(last))


@st.composite
def departments(draw: Any) -> list[Record]:
    """A department through 2023: who is served, who waits, who came to nothing."""
    volunteers = [f"V{n + 1}" for n in range(draw(st.integers(1, 4)))]
    records = [draw(_volunteer(id)) for id in volunteers]
    number = draw(st.integers(0, 4))
    for n in range(1, number + 1):
        records += draw(_family(n))
        records += draw(_case(n, draw(st.sampled_from(volunteers))))
    records += draw(_courses(volunteers))
    return records + draw(_activities(number))


@st.composite
def _volunteer(draw: Any, id: str) -> Record:
    return volunteer(
        id,
        draw(days("2015-01-01", "2021-12-31")).isoformat(),
        kjønn=draw(code("gender")),
        født=str(YEAR - draw(st.integers(20, 90))),
        yrkesstatus=draw(code("occupation")),
        har_barn=draw(YES_NO),
        fant_oss=draw(code("found_volunteer")),
    )


@st.composite
def _family(draw: Any, number: int) -> list[Record]:
    """One with at least one child of two or three years."""
    id = f"F{number}"
    ages = [draw(st.integers(2, 3)), *draw(st.lists(st.integers(0, 20), max_size=2))]
    return [
        family(
            id,
            sivilstatus=draw(code("civil_status")),
            bakgrunn=draw(code("background")),
            asylmottak=draw(YES_NO),
            introduksjonsprogram=draw(YES_NO),
            utfordringer=draw(any_codes("challenge")),
            støtte=draw(any_codes("support")),
            nettverk=draw(any_codes("network")),
            hjelp_før=draw(any_codes("help")),
            hjelp_etter=draw(any_codes("help")),
            fant_oss=draw(code("found_family")),
        ),
        *(
            child(id, str(YEAR - age), id=f"B{number}{n}", særskilte_behov=draw(YES_NO))
            for n, age in enumerate(ages)
        ),
    ]


@st.composite
def _case(draw: Any, number: int, volunteer: str) -> list[Record]:
    """An inquiry that waits, came to nothing, is served, or was."""
    came = draw(days("2022-06-01", "2023-10-31"))
    visited = came + timedelta(draw(st.integers(0, 20)))
    state = draw(st.sampled_from(["waits", "nothing", "served", "done", "another"]))
    started = visited + timedelta(draw(st.integers(0, 20)))
    ended = max(started, date(YEAR, 1, 1)) + timedelta(draw(st.integers(0, 300)))
    case = {
        "waits": {"besøkt": draw(st.sampled_from(["", visited.isoformat()]))},
        "nothing": {
            "besøkt": visited.isoformat(),
            "avsluttet": visited.isoformat(),
            "avslutningsgrunn": draw(st.sampled_from(["trukket", "ikke_aktuelt"])),
        },
        "served": {"besøkt": visited.isoformat()},
        "done": {
            "besøkt": visited.isoformat(),
            "avsluttet": ended.isoformat(),
            "avslutningsgrunn": "fullført",
        },
        "another": {"besøkt": visited.isoformat()},
    }[state]
    source = draw(code("inquiry_source"))
    found = [inquiry(f"H{number}", f"F{number}", came.isoformat(), kilde=source, **case)]
    if state in ("waits", "nothing"):
        return found
    end = {
        "served": {},
        "done": {"avsluttet": ended.isoformat(), "avslutningsgrunn": "fullført"},
        "another": {"avsluttet": ended.isoformat(), "avslutningsgrunn": "ny_familiekontakt"},
    }[state]
    time = draw(st.sampled_from(["09:00", "14:59", "15:00", "18:30"]))
    found.append(
        assignment(
            f"O{number}", f"H{number}", volunteer, started.isoformat(), klokkeslett=time, **end
        )
    )
    last = ended if end else date(2024, 12, 31)
    visits = draw(st.integers(1, 5))
    minutes = visits * draw(st.integers(60, 8 * 60))
    day = started
    while day <= last:
        found.append(
            hours(
                timer=f"{minutes // 60}:{minutes % 60:02}",
                dato=day.isoformat(),
                id=f"T{number}-{day}",
                familiekontakt=volunteer,
                oppdrag=f"O{number}",
                besøk=str(visits),
            )
        )
        day += _A_MONTH
    return found


@st.composite
def _courses(draw: Any, volunteers: list[str]) -> list[Record]:
    held = draw(days("2023-01-01", "2023-12-31")).isoformat()
    return [course("K1", held), *(registration("K1", id) for id in volunteers)]


@st.composite
def _activities(draw: Any, families: int) -> list[Record]:
    found = []
    for n in range(draw(st.integers(0, 2))):
        numbers = st.integers(0, 9).map(str)
        held = draw(days("2023-01-01", "2023-12-31")).isoformat()
        found.append(activity(f"A{n}", held, foreldre=draw(numbers), barn=draw(numbers)))
        found += [activity_family(f"A{n}", f"F{id + 1}") for id in range(families)]
    return found


@dataclass(frozen=True)
class Blanked:
    """A department of which one cell was blanked, and the record that it stood on."""

    records: list[Record]
    id: str
    column: str


# What the two forms ask of the records of each sheet, by its column.
ASKED = {
    "familier": ["sivilstatus", "bakgrunn", "asylmottak", "introduksjonsprogram", "fant_oss"],
    "barn": ["særskilte_behov"],
    "familiekontakter": ["kjønn", "født", "yrkesstatus", "har_barn", "fant_oss"],
    "henvendelser": ["kilde"],
    "oppdrag": ["klokkeslett"],
    "timer": ["besøk"],
    "aktiviteter": ["foreldre", "barn"],
}
_ONLY_2023 = {
    ("familier", "fant_oss"), ("familiekontakter", "fant_oss"),
    ("aktiviteter", "foreldre"), ("aktiviteter", "barn"),
    ("oppdrag", "klokkeslett"), ("timer", "besøk"),
}  # fmt: skip


def blanked(draw: Any, records: list[Record], edition: int) -> Blanked | None:
    """The department without one of the cells that the form of that edition asks for in 2023."""
    served = {row["henvendelse"] for sheet, row in records if sheet == "oppdrag"}
    families = {
        row["familie"]: row
        for sheet, row in records
        if sheet == "henvendelser" and row["id"] in served
    }
    cells = [
        (place, column)
        for place, (sheet, row) in enumerate(records)
        for column in ASKED.get(sheet, [])
        if _is_asked(sheet, row, column, edition, set(families))
    ]
    if not cells:
        return None
    place, column = draw(st.sampled_from(cells))
    sheet, row = records[place]
    without = {**row, column: "ikke_spurt" if column == "kilde" else ""}
    return Blanked([*records[:place], (sheet, without), *records[place + 1 :]], row["id"], column)


def _is_asked(sheet: str, row: dict[str, str], column: str, edition: int, served: set[str]) -> bool:
    if edition == 2022 and (
        (sheet, column) in _ONLY_2023 or (column == "født" and row.get("kjønn") == "annet")
    ):
        return False
    match sheet:
        case "familier":
            concerned = row["bakgrunn"] != "norsk" or column not in (
                "asylmottak", "introduksjonsprogram",
            )  # fmt: skip
            return row["id"] in served and concerned
        case "barn":
            return row["familie"] in served and 0 <= YEAR - int(row["født"]) <= 18
        case "henvendelser":
            return row["mottatt"].startswith(str(YEAR))
        case "timer":
            return row["dato"].startswith(str(YEAR))
    return True
