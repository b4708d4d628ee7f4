"""The same said twice changes nothing the second time, and says so.

Otherwise «Angre: hsf data angre» would take back whatever was done before it.
"""

import pytest

TWICE = [
    ("familie", "endre", "F1", "--område", "Nordby"),
    ("familie", "kartlegg", "F2", "--sivilstatus", "enslig"),
    ("familie", "barn", "B1", "--født", "2020"),
    ("familie", "samtykke", "SA1", "--hva", "Noe"),
    ("henvendelse", "endre", "H1", "--kilde", "nav"),
    ("henvendelse", "besøk", "H2", "--dato", "10.1.2024", "--sivilstatus", "enslig"),
    ("kontakt", "endre", "V1", "--kapasitet", "2"),
    ("kontakt", "pause", "P1", "--til", "30.7.2023"),
    ("kurs", "endre", "K1", "--sted", "Skolen"),
    ("kurs", "dag", "KD1", "--timer", "9"),
    ("kurs", "oppmøte", "K1", "--dato", "1.2.2023", "--alle"),
    ("kurs", "fullfør", "K1", "--resten-nei"),
    ("oppdrag", "endre", "O1", "--klokkeslett", "11:00"),
    ("oppdrag", "oppfølging", "O1", "--type", "kvartal", "--planlagt", "25.4.2024"),
    ("oppdrag", "oppfølging", "OF2", "--planlagt", "26.4.2024"),
    ("oppdrag", "forleng", "FL1", "--til", "2.12.2024"),
    ("timer", "endre", "T1", "--timer", "11"),
    ("aktivitet", "endre", "A1", "--sted", "Skolen"),
    ("aktivitet", "deltakere", "A1", "--familie", "F2"),
    ("avdeling", "endre", "--stilling", "60"),
    ("avdeling", "medlem", "RM1", "--rolle", "nestleder"),
    ("avdeling", "møte", "RT1", "--notat", "Kort"),
]


@pytest.mark.parametrize("words", TWICE, ids=" ".join)
def test_the_second_time_nothing_is_changed_or_offered_to_be_undone(words, hsf, filled) -> None:
    assert "Angre: hsf data angre" in hsf(*words).out
    changes = filled.value("SELECT max(id) FROM change_set")
    again = hsf(*words)
    assert filled.value("SELECT max(id) FROM change_set") == changes
    assert "hsf data angre" not in again.out, again.out
