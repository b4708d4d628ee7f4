"""A small department with a record of every kind, and somebody at every point of the way."""

from collections.abc import Callable

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

_MET = {
    "godkjent": "2023-03-01", "hjemmebesøk": "2023-02-20", "politiattest_utstedt": "2023-02-01",
    "politiattest_vist": "2023-02-20", "politiattest_sett_av": "Siri",
    "taushetserklæring": "2023-02-20",
}  # fmt: skip


def one_of_each(named: Callable[[str], str] = str) -> list[Record]:
    """The records; `named` makes whatever people write of a plain name."""
    free = {
        "notat": named("Notat"), "adresse": named("Vei 1"), "område": named("Sentrum"),
        "språk": named("norsk"), "fant_oss": "annet", "fant_oss_annet": named("nabo"),
    }  # fmt: skip
    return [
        # A family at every step: waits for the visit, for a volunteer, on assignment, closed.
        family("F1", navn=named("Berg"), kontaktperson=named("Kari"), telefon="900 00 101", **free),
        family("F2", navn=named("Dahl"), område="Sentrum"),
        family("F3", navn=named("Eng"), **free),
        family("F4", navn=named("Foss"), **free),
        *(child(f"F{n}", "2021", navn=named("Ada")) for n in (1, 2, 3, 4)),
        inquiry("H1", "F1", "2024-01-02", koordinator=named("Siri"), ring_tilbake=named("Anne")),
        inquiry("H2", "F2", "2024-01-03", besøkt="2024-01-10", koordinator=named("Siri")),
        inquiry("H3", "F3", "2024-01-04", besøkt="2024-01-11", notat=named("Haster")),
        inquiry("H4", "F4", "2023-01-05", besøkt="2023-01-12", avsluttet="2023-02-01",
                avslutningsgrunn="annet", avslutning_annet=named("Fikk plass")),
        ("samtaler", {"henvendelse": "H1", "dato": "2024-02-01", "notat": named("Venter")}),
        ("samtykker", {"familie": "F1", "gitt": "2024-01-02", "delt_med": named("Helsestasjon"),
                       "hva": named("Alt")}),
        ("bekymringsmeldinger", {"familie": "F3", "sendt": "2024-02-05"}),
        # A candidate on the course, one on assignment, one who may start, one who has left and been
        # there before, and a candidate on no course.
        volunteer("V1", "", navn=named("Liv"), telefon="900 00 201", **free),
        volunteer("V2", navn=named("Gro"), **{**_MET, **free}),
        volunteer("V3", navn=named("Una"), kapasitet="2", område="Sentrum", **_MET),
        volunteer("V4", navn=named("Tor"), sluttet="2023-12-01", **{**_MET, **free}),
        volunteer("V5", "", navn=named("Eva")),
        earlier_period("V4", "2019-01-01", "2020-01-01"),
        pause("V3", "2023-07-01", "2023-07-31"),
        course("K1", navn=named("Vårkurset"), sted=named("Solstua"), slutt="2023-02-08"),
        *(("kursdager", {"id": f"KD{n}", "kurs": "K1", "dato": day, "tema": named("Tema"),
                         "timer": "10"}) for n, day in ((1, "2023-02-01"), (2, "2023-02-08"))),
        *(registration("K1", f"V{n}", id=f"D{n}", fullført="" if n == 1 else "2023-02-08")
          for n in (1, 2, 3)),
        *(("oppmøte", {"kursdag": f"KD{day}", "kursdeltaker": f"D{n}"})
          for n in (2, 3) for day in (1, 2)),
        assignment("O1", "H3", "V2", "2024-01-20", klokkeslett="10:00",
                   planlagt_slutt="2024-07-20"),
        ("forlengelser", {"oppdrag": "O1", "besluttet": "2024-03-01", "til": "2024-12-01",
                          "begrunnelse": named("Venter barn")}),
        ("oppfølginger", {"oppdrag": "O1", "type": "måned", "planlagt": "2024-02-20",
                          "gjort": "2024-02-21", "notat": named("Fint")}),
        ("oppfølginger", {"oppdrag": "O1", "type": "kvartal", "planlagt": "2024-04-20"}),
        activity("A1", "2024-02-10", tittel=named("Hagefest"), sted=named("Parken"),
                 tilskudd=named("Fondet"), foreldre="2", barn="3"),
        activity_family("A1", "F3"),
        hours("oppdrag", "10", "2024-02-29", familiekontakt="V2", besøk="4"),
        hours("aktivitet", "3", "2024-02-10", familiekontakt="V2", aktivitet="A1"),
        hours("annet", "1", "2024-03-01", familiekontakt="V3", type_annet=named("Rydding")),
        ("styremedlemmer", {"navn": named("Per"), "rolle": named("leder"), "fra": "2023-01-01",
                            "representerer": named("kommunen")}),
        ("styremøter", {"dato": "2024-02-02", "notat": named("Referat")}),
        ("unntak", {"regel": "målgruppe", "dato": "2024-01-02", "henvendelse": "H1",
                    "begrunnelse": named("Særlige grunner")}),
    ]  # fmt: skip
