"""A department's year, as the tests of what is written show it."""

from tests.builders import (
    Record,
    activity,
    activity_family,
    child,
    course,
    hours,
    pause,
    registration,
    served,
    volunteer,
)

EDITIONS = [2022, 2023]


def a_year() -> list[Record]:
    """A department with something of most kinds, some of it not recorded."""
    return [
        *served("1", sivilstatus="enslig", utfordringer="rus", hjelp_før="nav,ppt"),
        *served("2"),
        child("F1", "2020", særskilte_behov="ja"),
        volunteer("V9", kjønn="kvinne", fant_oss="annet"),
        pause("V9", "2023-05-01"),
        course(),
        registration(),
        activity(foreldre="3", barn="4"),
        activity_family(),
        hours("oppdrag", "1632:56", besøk="700", kjøring="1:01"),
        hours("aktivitet", "2"),
    ]
