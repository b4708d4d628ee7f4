"""Every list and card at the widths that people have: nothing is cut, and nothing is too wide."""

import pytest
from rich.cells import cell_len

from hsf_cli.app import main
from tests.builders import family, inquiry, taken_in
from tests.life.one_of_each import one_of_each
from tests.ui.a_screen import shown_on

_SHOWN = [
    [], ["venteliste"], ["henvendelse", "liste"], ["henvendelse", "vis", "H1"],
    ["familie", "liste"], ["familie", "vis", "F1"], ["kontakt", "liste"], ["kontakt", "vis", "V2"],
    ["kurs", "liste"], ["kurs", "vis", "K1"], ["oppdrag", "liste", "--alle"],
    ["oppdrag", "vis", "O1"], ["oppdrag", "oppfølging"], ["oppdrag", "forslag", "F2"],
    ["timer", "liste"], ["timer", "mangler"], ["aktivitet", "liste"], ["aktivitet", "vis", "A1"],
    ["aktivitet", "tilskudd"], ["avdeling", "vis"], ["avdeling", "styre"],
    ["rapport", "vis", "2023"], ["rapport", "kontroll", "2023"], ["rapport", "bevis", "2023"],
    ["rapport", "sammenlign", "2023", "2024"], ["data", "logg"], ["personvern", "frister"],
]  # fmt: skip
_LONG = "Åse-Kristin von Østeråsbakken"
_NAMED = {("familie", "liste"), ("kontakt", "liste"), ("venteliste",), ("henvendelse", "liste")}


@pytest.mark.parametrize("columns", [80, 100, 160])
def test_nothing_is_wider_than_the_screen_and_no_name_is_cut(store, monkeypatch, columns) -> None:
    taken_in(store, *one_of_each(lambda name: f"{name} {_LONG}"))
    store.close()
    for words in _SHOWN:
        there = shown_on(monkeypatch, columns=columns)
        assert main(words) in (0, 4), words
        # A command stands whole, so that it can be copied; the terminal itself breaks its line.
        lines = [line for line in there.lines if not line.lstrip().startswith("hsf ")]
        assert max(map(cell_len, lines)) <= columns, words
        if tuple(words) in _NAMED:
            text = " ".join(" ".join(lines).split())
            assert all(f"{part}" in text for part in _LONG.split()), words


def test_the_dates_and_headers_of_what_belongs_to_a_record_are_never_broken(
    store, monkeypatch
) -> None:
    case = inquiry(
        "H1", "F1", "2023-08-04", kilde="helsestasjon", besøkt="2023-08-27",
        avsluttet="2023-09-14", avslutningsgrunn="flyttet", koordinator="Randi Granli",
        ring_tilbake="Kari, 900 00 368",
    )  # fmt: skip
    taken_in(store, family("F1", navn="Foss"), case)
    store.close()
    there = shown_on(monkeypatch, columns=80)
    assert main(["familie", "vis", "F1"]) == 0
    text = " ".join(" ".join(there.lines).split())
    assert "H1 04.08.2023 27.08.2023 14.09.2023 Randi Granli" in text
    assert "avslutningsgrunn Familien flyttet · ring tilbake Kari, 900 00 368" in text
