"""Families that wait and volunteers who may start, as the tests of matching take them in."""

from tests.builders import Record, child, course, family, inquiry, registration, volunteer


def waits(id: str = "1", mottatt: str = "2024-01-02", **more: str) -> list[Record]:
    """A family with a small child, visited, and with no assignment yet."""
    return [
        family(f"F{id}", **more),
        child(f"F{id}", "2022"),
        inquiry(f"H{id}", f"F{id}", mottatt, besøkt=mottatt),
    ]


def able(id: str = "1", **more: str) -> list[Record]:
    """A volunteer who meets the four requirements, from 2020."""
    met = {
        "godkjent": "2020-01-01", "hjemmebesøk": "2019-12-01", "taushetserklæring": "2019-12-01",
        "politiattest_utstedt": "2019-11-01", "politiattest_vist": "2019-12-01",
    }  # fmt: skip
    return [
        volunteer(f"V{id}", **{**met, **more}),
        course(f"K{id}", "2019-09-01"),
        registration(f"K{id}", f"V{id}", timer="20", fullført="2019-11-01"),
    ]
