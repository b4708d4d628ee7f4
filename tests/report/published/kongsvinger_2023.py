"""Made-up records that give Home-Start Kongsvinger's form of 2023 back."""

from collections.abc import Iterator

from tests.builders import (
    Record,
    activity,
    activity_family,
    assignment,
    child,
    family,
    hours,
    inquiry,
    volunteer,
)
from tests.report.published import dealt, one_each

LINKED = 7

# Start and end of each assignment: three of 0–6 months, two of 7–9, one of 10–12, one running.
_ASSIGNMENTS = [
    ("2023-02-01", "2023-05-01"),
    ("2023-02-01", "2023-08-01"),
    ("2023-03-15", "2023-06-20"),
    ("2023-02-01", "2023-09-15"),
    ("2023-03-01", "2023-11-30"),
    ("2023-01-20", "2023-12-10"),
    ("2023-10-01", ""),
]


def records(*, with_other_hours: bool) -> list[Record]:
    """The department's year, with or without its 728.8 hours of other activities."""
    return [
        *_linked_families(),
        *_other_families(),
        *_volunteers(),
        *_assignments(),
        *_activities(),
        *_other_hours(81 if with_other_hours else 0),
    ]


def _linked_families() -> Iterator[Record]:
    civil_status = one_each(gift_samboer=2, enslig=5)
    challenges = dealt(
        LINKED,
        flerfødsel=1,
        aleneforelder=1,
        helse_foreldre=1,
        særskilte_behov_barn=1,
        nettverk=4,
        samliv=1,
    )
    support = dealt(LINKED, avlastning=6, foreldrestøtte=2)
    network = dealt(LINKED, nær_familie=1, slektninger=2)
    help_before = dealt(LINKED, helsestasjon=5, psykisk_helsevern=2, familievern=1, nav=2)
    help_after = dealt(LINKED, helsestasjon=2, sykehus=1, skole_barnehage=1)
    found_us = [*one_each(helsestasjon=2, hjelpeapparatet=2, tv=1), "", ""]
    for i in range(LINKED):
        yield family(
            f"F{i + 1}",
            sivilstatus=civil_status[i],
            bakgrunn="norsk",
            utfordringer=challenges[i],
            støtte=support[i],
            nettverk=network[i],
            hjelp_før=help_before[i],
            hjelp_etter=help_after[i],
            fant_oss=found_us[i],
        )
    # The form has two children, none of them under 7: the other families' are not recorded.
    yield child("F4", "2013", særskilte_behov="ja")
    yield child("F4", "2008", særskilte_behov="nei")


def _other_families() -> Iterator[Record]:
    """Three families that wait at the end of the year, and three from earlier years."""
    yield from (family(f"F{number}") for number in range(8, 14))
    yield inquiry("H8", "F8", "2023-11-01", kilde="helsestasjon", besøkt="2023-11-15")
    yield inquiry("H9", "F9", "2023-12-01", kilde="helsestasjon")
    yield inquiry("H10", "F10", "2023-12-27", kilde="nav", besøkt="2024-01-05")
    for number in (11, 12, 13):
        yield inquiry(f"H{number}", f"F{number}", "2021-05-01", avsluttet="2022-06-01")


def _volunteers() -> Iterator[Record]:
    occupation = one_each(pensjonist=6, yrkesaktiv=6)
    gender = one_each(kvinne=10, mann=2)
    born = ["1975"] * 2 + ["1965"] * 3 + ["1955"] * 5 + ["1945", ""]
    found_us = one_each(sosiale_medier=4, tv=1, arbeidsplass=1, internett=5, annet=1)
    for i in range(12):
        yield volunteer(
            f"V{i + 1}",
            "2021-03-01",
            kjønn=gender[i],
            født=born[i],
            yrkesstatus=occupation[i],
            har_barn="ja",
            fant_oss=found_us[i],
        )


def _assignments() -> Iterator[Record]:
    source = one_each(familien=3, helsestasjon=4)
    for i, (start, end) in enumerate(_ASSIGNMENTS):
        number = i + 1
        yield inquiry(
            f"H{number}",
            f"F{number}",
            "2023-01-04",
            kilde=source[i],
            besøkt="2023-01-11",
            avsluttet=end,
        )
        time = "14:30" if i < 3 else "16:00"
        yield assignment(f"O{number}", f"H{number}", f"V{number}", start, end, klokkeslett=time)
        last = number == LINKED
        yield hours(
            "oppdrag",
            "104,8" if last else "104",
            familiekontakt=f"V{number}",
            oppdrag=f"O{number}",
            besøk="37" if last else "33",
            kjøring="25,33" if last else "25",
        )


def _activities() -> Iterator[Record]:
    for id, day, parents, children in (
        ("A1", "2023-02-11", "3", "9"),
        ("A2", "2023-06-17", "4", "11"),
        ("A3", "2023-12-09", "5", "10"),
    ):
        yield activity(id, day, foreldre=parents, barn=children)
    for number in range(1, 14):
        yield activity_family(f"A{number % 3 + 1}", f"F{number}")


def _other_hours(each: int) -> Iterator[Record]:
    """Nine volunteers at activities: those with a family, and two without."""
    for number in range(1, 10):
        amount = "80,8" if each and number == 9 else str(each)
        yield hours("aktivitet", amount, familiekontakt=f"V{number}")
