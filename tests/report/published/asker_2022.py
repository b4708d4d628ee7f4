"""Made-up records that give Home-Start Asker's form of 2022 back."""

from collections.abc import Iterator

from tests.builders import (
    Record,
    assignment,
    child,
    course,
    family,
    hours,
    inquiry,
    registration,
    volunteer,
)
from tests.report.published import dealt, one_each

LINKED = 64
LINKED_VOLUNTEERS = 40
VOLUNTEERS = 54
NEW_VOLUNTEERS = 15
# Of the inquiries behind the year's assignments, those that came the year before.
EARLIER_INQUIRIES = 7

# Per family: those with three children, those with one, and the others have two.
_THREE, _ONE = range(4), range(60, 64)
# The families whose first child has special needs: 12 norsk, 3 innvandrer, 1 blandet.
_SPECIAL = {*range(12), *range(35, 38), 47}


def records() -> list[Record]:
    """The department's year."""
    return [
        *_linked_families(),
        *_children(),
        *_volunteers(),
        *_courses(),
        *_assignments(),
        *_unmatched_inquiries(),
    ]


def _linked_families() -> Iterator[Record]:
    civil_status = one_each(gift_samboer=46, enslig=18)
    background = one_each(norsk=35, innvandrer=12, blandet=17)
    challenges = dealt(
        LINKED,
        flerfødsel=16,
        aleneforelder=18,
        integrering=5,
        helse_foreldre=25,
        særskilte_behov_barn=11,
        nettverk=25,
    )
    support = dealt(LINKED, avlastning=63, foreldrestøtte=23, nettverk=17)
    help_before = dealt(
        LINKED, helsestasjon=6, barnevern=8, familievern=6, ppt=5, psykisk_helsevern=8, nav=1
    )
    help_after = dealt(
        LINKED, helsestasjon=1, barnevern=4, familievern=1, ppt=3, psykisk_helsevern=4
    )
    for i in range(LINKED):
        yield family(
            f"F{i + 1}",
            sivilstatus=civil_status[i],
            bakgrunn=background[i],
            asylmottak="nei",
            introduksjonsprogram="nei",
            utfordringer=challenges[i],
            støtte=support[i],
            hjelp_før=help_before[i],
            hjelp_etter=help_after[i],
        )


def _children() -> Iterator[Record]:
    """The first child of every family, then the second ones, then the third ones."""
    places = [(i, nth) for nth in range(3) for i in range(LINKED) if nth < _number_of_children(i)]
    born = ["2021"] * 57 + ["2018"] * 53 + ["2012"] * 15 + ["2006"] * 3
    for (i, nth), year in zip(places, born, strict=True):
        special = "ja" if nth == 0 and i in _SPECIAL else "nei"
        yield child(f"F{i + 1}", year, særskilte_behov=special)


def _number_of_children(i: int) -> int:
    if i in _THREE:
        return 3
    return 1 if i in _ONE else 2


def _volunteers() -> Iterator[Record]:
    occupation = one_each(pensjonist=29, yrkesaktiv=20, student=1, ufør=2, arbeidsledig=1, annet=1)
    born = ["1982"] * 3 + ["1972"] * 11 + ["1962"] * 13 + ["1952"] * 21 + ["1945"] * 5 + ["1952"]
    gender = one_each(kvinne=53, mann=1)
    has_children = one_each(ja=52, nei=2)
    for i in range(VOLUNTEERS):
        yield volunteer(
            f"V{i + 1}",
            "2022-04-01" if i >= VOLUNTEERS - NEW_VOLUNTEERS else "2019-05-01",
            kjønn=gender[i],
            født=born[i],
            yrkesstatus=occupation[i],
            har_barn=has_children[i],
        )
    # Four without a family, who did other voluntary work.
    for number in range(LINKED_VOLUNTEERS + 1, LINKED_VOLUNTEERS + 5):
        yield hours("aktivitet", "3", "2022-06-01", familiekontakt=f"V{number}")


def _courses() -> Iterator[Record]:
    yield course("K1", "2022-02-07")
    yield course("K2", "2022-09-05")
    for i in range(NEW_VOLUNTEERS):
        yield registration("K1" if i < 9 else "K2", f"V{VOLUNTEERS - i}")


def _assignments() -> Iterator[Record]:
    periods = (
        [("2022-01-10", "2022-06-10")] * 28
        + [("2022-01-10", "2022-10-03")] * 11
        + [("2022-09-01", "")] * 25
    )
    source = one_each(familien=7 + 29, helsestasjon=26, sykehus=1, barnevern=1)
    for i, (start, end) in enumerate(periods):
        yield inquiry(
            f"H{i + 1}",
            f"F{i + 1}",
            "2021-12-20" if i < EARLIER_INQUIRIES else "2022-01-03",
            kilde=source[i],
            avsluttet=end,
        )
        volunteer_id = f"V{i % LINKED_VOLUNTEERS + 1}"
        yield assignment(f"O{i + 1}", f"H{i + 1}", volunteer_id, start, end)


def _unmatched_inquiries() -> Iterator[Record]:
    """Seven that were visited and closed, ten that wait for a volunteer, two for a visit."""
    source = one_each(
        barnehage=1,
        skole=4,
        barnevern=3,
        kommunalt=3,
        ideell=2,
        krisesenter=1,
        nav=2,
        privatperson=3,
    )
    for i, kilde in enumerate(source):
        number = LINKED + i + 1
        yield family(f"F{number}")
        yield inquiry(
            f"H{number}",
            f"F{number}",
            "2022-10-01",
            kilde=kilde,
            besøkt="2022-10-10" if i < 17 else "",
            avsluttet="2022-11-01" if i < 7 else "",
        )
