"""Made-up departments for properties: any records that an import takes, crowded around edges."""

from datetime import date
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
    earlier_period,
    family,
    hours,
    inquiry,
    registration,
    volunteer,
)

YEAR = 2023
EDGES = [
    "2022-12-31", "2023-01-01", "2023-01-02", "2023-06-30", "2023-07-01", "2023-12-30",
    "2023-12-31", "2024-01-01",
]  # fmt: skip

days = st.sampled_from(EDGES) | st.dates(date(2022, 1, 1), date(2024, 3, 1)).map(date.isoformat)
yes_no_or_blank = st.sampled_from(["ja", "nei", ""])


def code_or_blank(name: str) -> st.SearchStrategy[str]:
    """A code of that list, or nothing recorded."""
    return st.sampled_from(["", *code_list(name)])


def any_codes(name: str) -> st.SearchStrategy[str]:
    """Any number of codes of that list."""
    return st.lists(st.sampled_from(list(code_list(name))), max_size=4).map(",".join)


@st.composite
def departments(draw: Any) -> list[Record]:
    """A department's records."""
    families = [f"F{n + 1}" for n in range(draw(st.integers(0, 4)))]
    volunteers = [f"V{n + 1}" for n in range(draw(st.integers(0, 4)))]
    records = [record for id in families for record in draw(_family(id))]
    records += [record for id in volunteers for record in draw(_volunteer(id))]
    inquiries = [row["id"] for name, row in records if name == "henvendelser"]
    if volunteers and inquiries:
        records += draw(_assignments(inquiries, volunteers))
    if volunteers:
        assignments = [row["id"] for name, row in records if name == "oppdrag"]
        records += draw(_hours_and_courses(volunteers, assignments))
    return records + draw(_activities(families))


@st.composite
def _family(draw: Any, id: str) -> list[Record]:
    said = {
        "sivilstatus": draw(code_or_blank("civil_status")),
        "bakgrunn": draw(code_or_blank("background")),
        "asylmottak": draw(yes_no_or_blank),
        "introduksjonsprogram": draw(yes_no_or_blank),
        "utfordringer": draw(any_codes("challenge")),
        "støtte": draw(any_codes("support")),
        "nettverk": draw(any_codes("network")),
        "hjelp_før": draw(any_codes("help")),
        "hjelp_etter": draw(any_codes("help")),
        "fant_oss": draw(code_or_blank("found_family")),
    }
    ages = draw(st.lists(st.integers(-1, 20), max_size=3))
    children = [child(id, str(YEAR - age), særskilte_behov=draw(yes_no_or_blank)) for age in ages]
    return [family(id, **said), *children, *draw(_inquiries(id))]


@st.composite
def _inquiries(draw: Any, family_id: str) -> list[Record]:
    """Up to three of one family, the last of which may be open."""
    number = draw(st.integers(0, 3))
    found = []
    for n in range(number):
        came, *later = sorted(draw(st.lists(days, min_size=3, max_size=3)))
        visited, closed = later
        if not draw(st.booleans()):
            visited = ""
        if n == number - 1 and draw(st.booleans()):
            closed = ""
        source = draw(st.sampled_from(["ikke_spurt", *code_list("inquiry_source")]))
        id = f"{family_id}-{n + 1}"
        found.append(inquiry(id, family_id, came, kilde=source, besøkt=visited, avsluttet=closed))
    return found


@st.composite
def _volunteer(draw: Any, id: str) -> list[Record]:
    approved, left = sorted(draw(st.lists(days, min_size=2, max_size=2)))
    state = draw(st.sampled_from(["candidate", "active", "left"]))
    periods = draw(st.lists(st.tuples(days, days).map(sorted), max_size=2))
    return [
        volunteer(
            id,
            "" if state == "candidate" else approved,
            sluttet=left if state == "left" else "",
            kjønn=draw(code_or_blank("gender")),
            født=draw(st.just("") | st.integers(YEAR - 80, YEAR - 16).map(str)),
            yrkesstatus=draw(code_or_blank("occupation")),
            har_barn=draw(yes_no_or_blank),
            fant_oss=draw(code_or_blank("found_volunteer")),
        ),
        *(earlier_period(id, start, end) for start, end in periods),
    ]


@st.composite
def _assignments(draw: Any, inquiries: list[str], volunteers: list[str]) -> list[Record]:
    found = []
    for n in range(draw(st.integers(0, 6))):
        start, end = sorted(draw(st.tuples(days, days)))
        found.append(
            assignment(
                f"O{n + 1}",
                draw(st.sampled_from(inquiries)),
                draw(st.sampled_from(volunteers)),
                start,
                draw(st.sampled_from([end, ""])),
                klokkeslett=draw(st.sampled_from(["", "14:59", "15:00"])),
            )
        )
    return found


@st.composite
def _hours_and_courses(draw: Any, volunteers: list[str], assignments: list[str]) -> list[Record]:
    found = [course("K1", draw(days)), course("K2", draw(days))]
    found += [
        registration(draw(st.sampled_from(["K1", "K2"])), id)
        for id in draw(st.lists(st.sampled_from(volunteers), max_size=3))
    ]
    kinds = [kind for kind in code_list("hours_kind") if kind != "oppdrag" or assignments]
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(kinds))
        on = {"oppdrag": draw(st.sampled_from(assignments))} if kind == "oppdrag" else {}
        minutes = draw(st.integers(0, 600))
        found.append(
            hours(
                kind,
                f"{minutes // 60}:{minutes % 60:02}",
                draw(days),
                familiekontakt=draw(st.sampled_from(volunteers)),
                **on,
                besøk=draw(st.sampled_from(["", "0", "1", "3"])),
                kjøring=draw(st.sampled_from(["", "0", "0:25"])),
            )
        )
    return found


@st.composite
def _activities(draw: Any, families: list[str]) -> list[Record]:
    found = []
    for n in range(draw(st.integers(0, 2))):
        id = f"A{n + 1}"
        audience = draw(st.sampled_from(list(code_list("audience"))))
        numbers = st.sampled_from(["", "0", "4"])
        there = activity(
            id, draw(days), målgruppe=audience, foreldre=draw(numbers), barn=draw(numbers)
        )
        guests = draw(st.sets(st.sampled_from(families))) if families else set()
        found += [there, *(activity_family(id, guest) for guest in sorted(guests))]
    return found
