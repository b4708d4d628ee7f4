"""`hsf venteliste`: who waits, since when."""

import json

import pytest

from tests.builders import assignment, child, family, inquiry, taken_in, volunteer


def _waiting(hsf, *words: str) -> list[dict[str, object]]:
    result = hsf("venteliste", *words, "--format", "json")
    assert result.code == 0, result.err
    return json.loads(result.out)


def test_the_oldest_comes_first_with_days_and_stage(store, hsf) -> None:
    taken_in(
        store,
        family("F1", navn="Ny"),
        inquiry("H1", "F1", "2024-03-01"),
        family("F2", navn="Gammel", område="Nord", støtte="nettverk,avlastning"),
        inquiry("H2", "F2", "2024-01-15", besøkt="2024-02-01"),
        child("F2", "2021"),
        child("F2", "2016"),
        child("F2", "2024"),
    )
    first, second = _waiting(hsf)
    assert first == {
        "number": "H2",
        "family_number": "F2",
        "inquiry": "H2",
        "family": "F2",
        "family_name": "Gammel",
        "received_on": "2024-01-15",
        "visited_on": "2024-02-01",
        "stage": "familiekontakt",
        "days": 60,
        "waiting_since": "2024-01-15",
        "days_this_time": 60,
        "again_since": None,
        "ages": [8, 3, 0],
        "area": "Nord",
        "support": ["avlastning", "nettverk"],
        "prefers": None,
        "language": None,
        "last_talk_on": None,
        "phone": None,
    }
    assert (second["inquiry"], second["stage"], second["visited_on"]) == ("H1", "besøk", None)


def test_a_family_that_waits_again_keeps_its_first_day(store, hsf) -> None:
    taken_in(
        store,
        family(),
        inquiry(mottatt="2023-01-01", besøkt="2023-01-10"),
        volunteer(),
        assignment(startet="2023-02-01", avsluttet="2024-02-29"),
    )
    (one,) = _waiting(hsf)
    assert (one["days"], one["waiting_since"]) == (439, "2024-02-29")
    assert "29.02.2024 (15 dager)" in hsf("venteliste").out  # how long this time


def test_on_an_earlier_day_it_shows_what_was_known_then(store, hsf) -> None:
    taken_in(
        store,
        family(),
        inquiry(mottatt="2023-01-01", besøkt="2023-01-10", avsluttet="2023-03-01"),
    )
    (before,) = _waiting(hsf, "--per", "2023-01-09")
    assert (before["stage"], before["visited_on"]) == ("besøk", None)
    (visited,) = _waiting(hsf, "--per", "10.01.2023")
    assert (visited["stage"], visited["visited_on"]) == ("familiekontakt", "2023-01-10")
    assert _waiting(hsf, "--per", "2023-03-01") == []


def test_filters_leave_the_others_out_and_say_so(store, hsf) -> None:
    taken_in(
        store,
        family("F1", navn="Nordlig", område="Nord"),
        inquiry("H1", "F1"),
        family("F2", navn="Sørlig", område="Sør"),
        inquiry("H2", "F2", besøkt="2023-02-01"),
    )
    assert [one["family"] for one in _waiting(hsf, "--område", "nord")] == ["F1"]
    assert [one["family"] for one in _waiting(hsf, "--steg", "familiekontakt")] == ["F2"]
    assert "1 familie (av 2) venter i dag" in hsf("venteliste", "--område", "Sør").out
    assert (
        "2 familier venter i dag, men ingen av dem passer"
        in hsf("venteliste", "--område", "Vest").out
    )


def test_an_empty_list_says_what_would_fill_it(store, hsf) -> None:
    result = hsf("venteliste")
    assert result.code == 0
    assert "Ingen venter i dag" in result.out
    assert "hsf henvendelse ny" in result.out
    assert _waiting(hsf) == []


def test_the_foot_counts_the_stages_and_gives_the_median(store, hsf) -> None:
    for number, day in enumerate(["2024-03-14", "2024-03-11", "2024-03-05"], start=1):
        taken_in(store, family(f"F{number}"), inquiry(f"H{number}", f"F{number}", day))
    foot = hsf("venteliste").out.splitlines()[-1]
    assert foot == (
        "3 familier venter i dag: 3 på hjemmebesøk, 0 på familiekontakt. "
        "Halvparten har ventet i 4 dager eller mer."
    )


def test_brackets_and_long_names_are_shown_unharmed_on_a_pipe(store, hsf) -> None:
    name = "[bold]Å[/bold] " + "Navnesen " * 20 + "«سلام» 👩‍👧"
    taken_in(store, family(navn=name), inquiry())
    assert name in hsf("venteliste").out


@pytest.mark.parametrize(
    ("words", "families"),
    [
        (("--støtte", "norsk_sprak"), ["F2"]),
        (("--foretrekker", "etter 15"), ["F1"]),
        (("--språk", "Arabisk"), ["F2"]),
        (("--steg", "besøk", "--foretrekker", "før 15"), ["F2"]),
        (("--søk", "østb"), ["F1"]),
        (("--sorter", "Familie"), ["F2", "F1"]),
        (("--omvendt",), ["F2", "F1"]),
    ],
    ids=" ".join,
)
def test_whom_a_volunteer_could_go_to_is_found(store, hsf, words, families) -> None:
    taken_in(
        store,
        family("F1", navn="Østby", foretrekker="etter 15", språk="norsk", støtte="avlastning"),
        inquiry("H1", "F1", "2024-01-01"),
        family(
            "F2", navn="Aas", foretrekker="før 15", språk="norsk, arabisk", støtte="norsk_språk"
        ),
        inquiry("H2", "F2", "2024-02-01"),
    )
    assert [one["family"] for one in _waiting(hsf, *words)] == families


@pytest.mark.parametrize(
    ("option", "wrong", "right"),
    [
        ("--steg", "kurs", "familiekontakt"),
        ("--støtte", "penger", "avlastning"),
        ("--foretrekker", "natt", "etter 15"),
    ],
)
def test_a_filter_that_does_not_exist_names_those_that_do(store, hsf, option, wrong, right) -> None:
    result = hsf("venteliste", option, wrong)
    assert result.code == 2
    assert option in result.err
    assert right in result.err


def test_the_foot_counts_those_that_are_shown(store, hsf) -> None:
    for number, name in enumerate(("Berg", "Dahl"), start=1):
        taken_in(store, family(f"F{number}", navn=name), inquiry(f"H{number}", f"F{number}"))
    assert "1 familie (av 2) venter i dag" in hsf("venteliste", "--søk", "berg").out
    assert "ingen" in hsf("venteliste", "--søk", "moe").out.lower()


def test_without_names_a_family_is_its_number(store, hsf) -> None:
    taken_in(store, family(navn="Berg", telefon="900 00 123"), inquiry())
    for format in ("tabell", "csv", "json"):
        shown = hsf("venteliste", "--uten-navn", "--format", format).out
        assert "Berg" not in shown
        assert "900 00 123" not in shown
        assert "H1" in shown


def test_the_number_shown_is_the_one_that_commands_take(store, hsf) -> None:
    taken_in(store, family("H1", navn="Andre"), family("F9", navn="Berg"), inquiry("F1", "F9"))
    _, line, *_ = hsf("venteliste").out.splitlines()
    assert line.split()[:2] == ["H1", "Berg"]
    assert "Berg" in hsf("henvendelse", "vis", "H1").out


def test_csv_has_a_line_per_family_and_no_formula(store, hsf) -> None:
    taken_in(store, family(navn="=1+1"), inquiry(mottatt="2024-03-01"))
    header, line = hsf("venteliste", "--format", "csv").out.splitlines()
    assert header.startswith("Nr.;Familie;Mottatt;Dager")
    assert line.startswith("H1;'=1+1;01.03.2024;14;")
