"""What others do with other records, while a command is under way, is not in its way.

Every command that writes has here read what it builds on when somebody else takes in a family, a
volunteer, an assignment with hours, a course and an activity.
"""

import pytest

from tests.builders import (
    activity,
    activity_family,
    assignment,
    child,
    course,
    family,
    hours,
    inquiry,
    registration,
    taken_in,
    volunteer,
)

THEIRS = (
    family("F91", navn="Zetterlund"),
    child("F91"),
    inquiry("H91", "F91", "2024-03-01"),
    volunteer("V91", navn="Quist"),
    course("K91", "2024-03-01"),
    registration("K91", "V91"),
    assignment("O91", "H91", "V91", "2024-03-04"),
    hours("oppdrag", "2", "2024-03-05", familiekontakt="V91", oppdrag="O91"),
    activity("A91", "2024-03-06"),
    activity_family("A91", "F91"),
)

COMMANDS: list[tuple[str, ...]] = [
    ("henvendelse", "ny", "--navn", "Holm", "--telefon", "900 00 333", "--barn", "Bo 2022"),
    ("henvendelse", "ny", "--familie", "F4"),
    ("henvendelse", "besøk", "H1", "--dato", "10.3.2024", "--sivilstatus", "enslig"),
    ("henvendelse", "endre", "H1", "--kilde", "nav"),
    ("henvendelse", "endre", "H1", "--familie", "F4"),
    ("henvendelse", "kontaktet", "H1", "--notat", "Ringte"),
    ("henvendelse", "avslutt", "H1", "--grunn", "trukket"),
    ("henvendelse", "slett", "H1", "--ja"),
    ("familie", "endre", "F1", "--navn", "Bakke"),
    ("familie", "kartlegg", "F2", "--sivilstatus", "enslig", "--barn", "Bo 2022"),
    ("familie", "barn", "F1", "--navn", "Bo", "--født", "2022"),
    ("familie", "barn", "B1", "--født", "2020"),
    ("familie", "barn", "B1", "--slett", "--ja"),
    ("familie", "samtykke", "F1", "--gitt", "1.3.2024", "--delt-med", "NAV", "--hva", "Noe"),
    ("familie", "bekymring", "F1", "--dato", "1.3.2024"),
    ("familie", "slå-sammen", "F1", "F4", "--ja"),
    ("kontakt", "ny", "--navn", "Lund", "--telefon", "900 00 444"),
    ("kontakt", "endre", "V1", "--kapasitet", "2"),
    ("kontakt", "godkjenn", "V1", "--dato", "1.3.2024", "--likevel", "Alt er i orden"),
    ("kontakt", "slå-sammen", "V1", "V5", "--ja"),
    ("kontakt", "pause", "V3", "--fra", "1.3.2024"),
    ("kontakt", "periode", "V5", "--godkjent", "1.1.2019", "--sluttet", "1.1.2020"),
    ("kontakt", "slutt", "V3", "--dato", "1.3.2024"),
    ("kontakt", "slett", "V5", "--ja"),
    ("kurs", "ny", "--navn", "Høst", "--start", "1.3.2024", "--dag", "1.3.2024 3"),
    ("kurs", "endre", "K1", "--sted", "Skolen"),
    ("kurs", "dag", "KD1", "--timer", "9"),
    ("kurs", "påmelding", "K1", "--kontakt", "V5"),
    ("kurs", "oppmøte", "K1", "--dato", "1.2.2023", "--alle"),
    ("kurs", "fullfør", "K1", "--resten-nei"),
    ("oppdrag", "start", "F2", "V3", "--kl", "10:00"),
    ("oppdrag", "endre", "O1", "--klokkeslett", "11:00"),
    ("oppdrag", "oppfølging", "O1", "--type", "kvartal", "--planlagt", "25.4.2024"),
    ("oppdrag", "forleng", "O1", "--til", "31.12.2024", "--begrunnelse", "Venter barn"),
    ("oppdrag", "avslutt", "O1", "--grunn", "fullført"),
    ("timer", "ny", "--type", "oppdrag", "--oppdrag", "O1", "--dato", "8.3.2024", "--timer", "2",
     "--besøk", "1"),
    ("timer", "ny", "--type", "veiledning", "--kontakt", "V2", "--dato", "8.3.2024",
     "--timer", "2"),
    ("timer", "måned", "2024-03", "--linje", "O1 2 4"),
    ("timer", "endre", "T1", "--timer", "11"),
    ("timer", "slett", "T1", "--ja"),
    ("aktivitet", "ny", "--tittel", "Fest", "--dato", "1.3.2024", "--målgruppe", "familier"),
    ("aktivitet", "endre", "A1", "--sted", "Skolen"),
    ("aktivitet", "deltakere", "A1", "--familie", "F2"),
    ("avdeling", "endre", "--stilling", "60"),
    ("avdeling", "medlem", "--navn", "Ola", "--fra", "1.3.2024"),
    ("avdeling", "møte", "RT1", "--notat", "Kort"),
    ("avdeling", "unntak", "U1", "--begrunnelse", "Andre grunner"),
    ("rapport", "mål", "2024", "--timer", "100"),
    ("rapport", "merknad", "2024", "6.3.1", "--tekst", "Slik er det."),
    ("personvern", "slett", "V5", "--ja"),
    ("personvern", "anonymiser", "F4", "--ja"),
    ("data", "angre", "--endring", "3", "--ja"),
]  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_goes_on(words, hsf, filled, just_before_writing) -> None:
    taken_in(filled, family("F80"))
    just_before_writing(lambda: taken_in(filled, *THEIRS))
    done = hsf(*words)
    assert done.code == 0, done.err
