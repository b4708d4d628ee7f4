"""One record or more of every kind, with every column of every sheet filled in somewhere."""

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
    pause,
    registration,
    volunteer,
)

AWKWARD = '«Bø» [b]x[/b] "sitat" \N{FAMILY}\N{ARABIC LETTER SEEN}\N{HEBREW LETTER ALEF} ; , \' æøå'
NOTE = "=1+1\n\ten; linje\n\n@slutt"


def everything() -> list[Record]:
    """The records, each sheet's in an order that its ids do not have."""
    return [
        *_families(), *_volunteers(), *_courses(), *_assignments(), *_activities(), *_board(),
        *_reports(),
    ]  # fmt: skip


def _families() -> list[Record]:
    return [
        family("F12", navn="@Berg", notat=NOTE),
        family(
            "CRM-7", navn=AWKWARD, kontaktperson="-Kari", telefon="+47 900 12 345",
            epost="a@b.no", adresse="'gata 1", område="Øst", språk="سلام", sivilstatus="enslig",
            bakgrunn="blandet", asylmottak="nei", introduksjonsprogram="ja",
            utfordringer="annet,rus,flerfødsel", støtte="annet,avlastning",
            nettverk="ingen,nær_familie", hjelp_før="politi,nav", hjelp_etter="helsestasjon",
            fant_oss="annet", notat=NOTE, utfordringer_annet="=x", støtte_annet="+y",
            nettverk_annet="-z", fant_oss_annet="@w", foretrekker="før 15",
        ),
        family("F2", navn="'"),
        child("CRM-7", "2021-02-03", id="B3", navn="Åse", særskilte_behov="ja"),
        child("CRM-7", "2019", id="tvilling", særskilte_behov="nei"),
        child("CRM-7", "2019", id="B1"),
        inquiry("H2", "CRM-7", "2022-12-01", besøkt="2022-12-02", avsluttet="2023-08-01",
                avslutningsgrunn="annet", notat=NOTE, avslutning_annet="=", koordinator="Siri",
                ring_tilbake="+47 900 00 000, Åse på «Øvre»"),
        inquiry("H1", "CRM-7", "2023-09-01", kilde="fastlege"),
        inquiry("H12", "F12", "2023-09-02", kilde="ikke_spurt"),
        ("samtaler", {"id": "SM3", "henvendelse": "H1", "dato": "2023-09-03", "notat": NOTE}),
        ("samtaler", {"id": "ringt", "henvendelse": "H1", "dato": "2023-09-03"}),
        ("samtykker", {"id": "s", "familie": "F2", "gitt": "2023-01-01", "trukket": "2023-02-01",
                       "delt_med": "+helsestasjonen", "hva": "alt"}),
        ("bekymringsmeldinger", {"id": "BM4", "familie": "F12", "sendt": "2023-03-04"}),
    ]  # fmt: skip


def _volunteers() -> list[Record]:
    return [
        volunteer(
            "V9", "2021-01-01", telefon="0047", epost="x@y", adresse="Vei 2", område="Vest",
            språk="norsk,arabisk", kjønn="annet", født="1980-12-31", yrkesstatus="ufør",
            har_barn="nei", fant_oss="internett", hjemmebesøk="2020-11-01",
            politiattest_utstedt="2020-10-01", politiattest_vist="2020-11-02",
            taushetserklæring="2020-11-03", sluttet="2024-02-29", foretrekker="etter 15",
            notat=NOTE, politiattest_sett_av="=Siri", kapasitet="2", yrkesstatus_annet="a",
            fant_oss_annet="b", meldt_seg="2020-08-15",
        ),
        volunteer("V10", "2022-05-05", født="1950", foretrekker="før 15", har_barn="ja"),
        volunteer("V1", "", navn="Kandidat"),
        ("perioder", {**earlier_period("V9", "2015-01-01", "2016-02-02")[1], "id": "PE5"}),
        ("pauser", {**pause("V9", "2023-07-01", "2023-07-31")[1], "id": "p"}),
        ("pauser", {**pause("V10", "2023-07-01")[1], "id": "P1"}),
    ]  # fmt: skip


def _courses() -> list[Record]:
    return [
        course("K2", "2023-02-01", slutt="2023-04-01", sted="Biblioteket"),
        ("kursdager", {"id": "dag", "kurs": "K2", "dato": "2023-02-01", "tema": "Barn",
                       "timer": "3,33"}),
        registration("K2", "V1", id="D8", timer="20", fullført="2023-04-01"),
        registration("K2", "V10", id="D2", timer="0", fullført="ja"),
        registration("K2", "V9", id="D3", fullført="nei"),
        ("oppmøte", {"id": "OM1", "kursdag": "dag", "kursdeltaker": "D8", "timer": "0,02"}),
    ]  # fmt: skip


def _assignments() -> list[Record]:
    return [
        assignment("O55", "H2", "V9", "2023-01-10", "2023-07-10", avslutningsgrunn="annet",
                   klokkeslett="09:30", planlagt_slutt="2023-07-11", avslutning_annet="'ferdig"),
        assignment("gammel id", "H2", "V10", "2023-01-10"),
        ("forlengelser", {"id": "FL1", "oppdrag": "O55", "besluttet": "2023-06-01",
                          "til": "2023-08-01", "begrunnelse": "-trengs"}),
        ("oppfølginger", {"id": "OF1", "oppdrag": "O55", "type": "kvartal",
                          "planlagt": "2023-04-10", "gjort": "2023-04-11", "notat": NOTE}),
        hours("oppdrag", "10,5", "2023-01-17", oppdrag="O55", familiekontakt="V9", id="T2",
              besøk="3", kjøring="0,25"),
        hours("oppdrag", "1:07", "2023-01-17", oppdrag="gammel id", familiekontakt="V10", id="T1"),
    ]  # fmt: skip


def _activities() -> list[Record]:
    return [
        activity("A4", "2023-06-01", tilskudd="Bufdir", foreldre="0", barn="12", sted="=Parken"),
        activity("A1", "2023-06-02", målgruppe="koordinator"),
        ("aktivitetsfamilier", {**activity_family("A4", "F12")[1], "id": "AF1"}),
        ("aktivitetsfamilier", {**activity_family("A4", "CRM-7")[1], "id": "AF2"}),
        hours("aktivitet", "0,5", "2023-06-01", aktivitet="A4", id="T3", familiekontakt="V9"),
        hours("annet", "1", "2023-06-02", id="T4", familiekontakt="V9", type_annet="=flytting"),
    ]  # fmt: skip


def _board() -> list[Record]:
    return [
        ("styremedlemmer", {"id": "RM1", "navn": "Leder", "rolle": "leder", "representerer":
                            "kommunen", "representerer_tilskuddsgiver": "ja", "fra": "2022-01-01",
                            "til": "2023-12-31"}),
        ("styremøter", {"id": "RT1", "dato": "2023-05-05", "notat": NOTE}),
        ("unntak", {"id": "U1", "regel": "målgruppe", "dato": "2023-01-01", "henvendelse": "H2",
                    "begrunnelse": "Tvillinger"}),
        ("unntak", {"id": "U2", "regel": "kapasitet", "dato": "2023-01-01",
                    "familiekontakt": "V9", "begrunnelse": "Ønsket det selv"}),
        ("unntak", {"id": "U3", "regel": "lengde", "dato": "2023-01-01", "oppdrag": "O55",
                    "begrunnelse": "Sommerferie"}),
        ("unntak", {"id": "U4", "regel": "målgruppe", "dato": "2023-01-01", "familie": "F2",
                    "begrunnelse": "Flytter hit til sommeren"}),
        ("unntak", {"id": "U5", "regel": "leder", "dato": "2023-01-01", "styremedlem": "RM1",
                    "begrunnelse": "Ut året"}),
    ]  # fmt: skip


def _reports() -> list[Record]:
    row = {"årsrapport": "R1", "seksjon": "6.1", "seksjonstittel": "Kurset", "tabellnummer": "1"}
    return [
        ("årsrapporter", {"id": "R1", "år": "2022", "utgave": "2022", "avdeling": "=Prøve",
                          "kapittel": "7.0", "tittel": "Statistikk", "årsverk": "1750",
                          "talt": "2023-01-12T10:15:00+01:00", "låst": "2023-01-13T10:15:00+01:00",
                          "begrunnelse": "-Frist", "kilde": "rapport.txt",
                          "skjema": "# =Vårt\nedition = 2022"}),
        ("rapporttall", {**row, "id": "RR1", "plass": "1", "tabell": "@Kurs:", "nøkkel":
                         "hours.fte", "rad": "Årsverk", "verdi": "0.52", "enhet": "årsverk",
                         "mangler": "0"}),
        ("rapporttall", {**row, "id": "RR2", "plass": "2", "nøkkel": "a", "rad": "A",
                         "enhet": "antall", "mangler": "2", "del_av": "b", "utelatt": "F1, F2",
                         "skjult": "ja"}),
        ("rapporttekster", {"id": "RX1", "år": "2022", "type": "kapittel", "del": "summary",
                            "notat": NOTE}),
        ("mål", {"id": "M1", "år": "2023", "nøkkel": "families.total", "mål": "30"}),
    ]  # fmt: skip
