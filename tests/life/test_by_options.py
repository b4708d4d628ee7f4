"""The whole life of a family and of a volunteer, with options only and no terminal.

From the first call to the closed case, and from candidate to leaving; then the year's form says
what happened. The day moves on as it would.
"""

import json

import pytest

from tests.life.one_year import THE_YEAR

pytestmark = pytest.mark.usefixtures("empty_department")


def test_from_the_first_call_to_the_form(hsf, on, figures) -> None:
    # A candidate signs up, takes the course, and is approved when the four requirements are met.
    on("2023-01-05", "kontakt", "ny", "--navn", "Liv Moen", "--telefon", "900 00 201",
       "--kjønn", "kvinne", "--født", "1958", "--yrkesstatus", "pensjonist", "--har-barn", "ja",
       "--fant-oss", "stand", "--område", "Sentrum", "--foretrekker", "før 15")  # fmt: skip
    on("2023-01-20", "kurs", "ny", "--navn", "Vårkurset", "--start", "1.2.2023")
    on("2023-01-21", "kurs", "påmelding", "K1", "--kontakt", "liv")
    course = json.loads(on("2023-01-21", "kurs", "vis", "K1", "--format", "json"))
    days = [day["held_on"] for day in course["course_days"]]
    assert len(days) == 6
    for day in days:
        on(day, "kurs", "oppmøte", "K1", "--dato", day, "--alle")
    on("2023-03-10", "kurs", "fullfør", "K1")
    refused = hsf("kontakt", "godkjenn", "V1", "--dato", "2023-03-10")
    assert refused.code == 4
    assert "politiattest" in refused.err
    assert "kurstimer" not in refused.err
    on("2023-03-12", "kontakt", "godkjenn", "V1", "--politiattest-utstedt", "1.2.2023",
       "--politiattest-vist", "1.3.2023", "--politiattest-sett-av", "Berit",
       "--taushetserklæring", "1.3.2023", "--hjemmebesøk", "5.3.2023")  # fmt: skip

    # A family calls, is visited, waits, and gets the volunteer.
    on("2023-03-01", "henvendelse", "ny", "--navn", "Berg", "--telefon", "900 00 101",
       "--område", "Sentrum", "--barn", "Ada 2021", "--barn", "Per 2019", "--kilde", "helsestasjon",
       "--fant-oss", "helsestasjon")  # fmt: skip
    on("2023-03-08", "henvendelse", "besøk", "berg", "--dato", "i dag", "--sivilstatus", "enslig",
       "--bakgrunn", "norsk", "--utfordringer", "aleneforelder,nettverk", "--støtte", "avlastning",
       "--nettverk", "venner", "--hjelp-før", "helsestasjon", "--språk", "norsk")  # fmt: skip
    for child in ("B1", "B2"):
        on("2023-03-08", "familie", "barn", child, "--særskilte-behov", "nei")
    on("2023-03-15", "henvendelse", "kontaktet", "berg", "--notat", "Gleder seg")
    (waiting,) = json.loads(on("2023-03-15", "venteliste", "--format", "json"))
    assert (waiting["stage"], waiting["days"]) == ("familiekontakt", 14)
    suggested = json.loads(on("2023-03-15", "oppdrag", "forslag", "berg", "--format", "json"))
    assert [one["number"] for one in suggested["able"]] == ["V1"]
    on("2023-03-20", "oppdrag", "start", "berg", "liv", "--kl", "10:00")
    assert json.loads(on("2023-03-20", "venteliste", "--format", "json")) == []

    # Visits, follow-ups, an activity, an extension, and the end that closes the case.
    on("2023-04-30", "timer", "måned", "2023-04", "--linje", "O1 4 10 0:40")
    on("2023-05-31", "timer", "ny", "--oppdrag", "O1", "--type", "oppdrag", "--dato", "31.5.2023",
       "--besøk", "4", "--timer", "12", "--kjøring", "0:40")  # fmt: skip
    on("2023-04-21", "oppdrag", "oppfølging", "O1", "--type", "måned", "--notat", "Går fint")
    on("2023-06-02", "aktivitet", "ny", "--tittel", "Hagefest", "--dato", "1.6.2023",
       "--målgruppe", "familier", "--tilskudd", "Sparebankfondet", "--foreldre", "1", "--barn", "2",
       "--familie", "berg", "--kontakt", "liv", "--timer", "3")  # fmt: skip
    on("2023-09-15", "oppdrag", "forleng", "O1", "--til", "20.12.2023", "--begrunnelse", "Flytting")
    ended = on("2023-11-30", "oppdrag", "avslutt", "O1", "--grunn", "fullført")
    # The follow-up at three months never was; it does not vanish.
    assert "Ikke gjort: oppfølging" in ended
    on("2023-12-15", "kontakt", "slutt", "V1", "--dato", "i dag")
    family = json.loads(on("2023-12-31", "familie", "vis", "berg", "--format", "json"))
    assert family["stands"] == "avsluttet"
    (volunteer,) = json.loads(on("2023-12-31", "kontakt", "liste", "--format", "json"))
    assert volunteer["stands"] == "sluttet"

    assert figures(2023) == THE_YEAR


@pytest.fixture
def steps(on, exported):
    """Runs a command as `on` does, and keeps in `steps.states` what is kept after each change."""

    def run(day: str, *words: object) -> str:
        out = on(day, *words)
        now = exported()
        assert now != run.states[-1], f"changed nothing that is exported: {words}"
        run.states.append(now)
        return out

    run.states = [exported()]
    return run


def test_two_volunteers_an_exception_a_double_and_a_return(
    hsf, on, steps, figures, exported, home, monkeypatch
) -> None:
    def shown(day: str, *words: object) -> dict:
        return json.loads(on(day, *words, "--format", "json"))

    # Two candidates on one course. One is approved; the other before her certificate is shown.
    steps("2023-01-10", "kontakt", "ny", "--navn", "Liv Moen", "--kjønn", "kvinne",
          "--født", "1970", "--yrkesstatus", "yrkesaktiv", "--har-barn", "nei",
          "--fant-oss", "plakat")  # fmt: skip
    steps("2023-01-10", "kontakt", "ny", "--navn", "Gro Vik", "--kjønn", "kvinne", "--født", "1990",
          "--yrkesstatus", "student", "--har-barn", "ja", "--fant-oss", "internett")  # fmt: skip
    steps("2023-01-12", "kurs", "ny", "--navn", "Helgekurset", "--start", "4.2.2023",
          "--slutt", "12.2.2023", "--uten-dager")  # fmt: skip
    steps("2023-01-12", "kurs", "påmelding", "K1", "--kontakt", "liv", "--kontakt", "gro")
    for registration in ("D1", "D2"):
        steps("2023-02-13", "kurs", "påmelding", registration, "--timer", "21", "--fullført", "ja")
    steps("2023-03-01", "kontakt", "godkjenn", "liv", "--politiattest-utstedt", "1.2.2023",
          "--politiattest-vist", "20.2.2023", "--taushetserklæring", "20.2.2023",
          "--hjemmebesøk", "21.2.2023")  # fmt: skip
    waived = ("--taushetserklæring", "20.2.2023", "--hjemmebesøk", "22.2.2023")
    assert hsf("kontakt", "godkjenn", "gro", *waived).code == 4
    steps("2023-03-01", "kontakt", "godkjenn", "gro", *waived, "--likevel", "Attesten er bestilt")
    assert _exceptions(shown("2023-03-01", "kontakt", "vis", "gro")) == {
        ("politiattest", "Attesten er bestilt"),
    }

    # A family is called in twice, under two names, and is one family all the same.
    steps("2023-03-01", "henvendelse", "ny", "--navn", "Dahl", "--barn", "Ola 2020",
          "--barn", "Ida 2022", "--kilde", "familien", "--fant-oss", "plakat")  # fmt: skip
    steps("2023-03-05", "henvendelse", "besøk", "H1", "--dato", "i dag", "--sivilstatus",
          "gift_samboer", "--bakgrunn", "blandet", "--asylmottak", "nei", "--introduksjonsprogram",
          "ja", "--utfordringer", "integrering,norsk_språk", "--støtte", "norsk_språk,nettverk",
          "--nettverk", "ingen", "--hjelp-før", "nav,barnevern")  # fmt: skip
    steps("2023-03-05", "familie", "barn", "B1", "--særskilte-behov", "ja")
    steps("2023-03-20", "oppdrag", "start", "dahl", "liv", "--kl", "17:00")
    steps("2023-03-22", "henvendelse", "ny", "--navn", "Lie Dahl", "--telefon", "900 00 777",
          "--barn", "Ola 2020", "--barn", "Pål 2016", "--kilde", "helsestasjon",
          "--likevel", "Samme etternavn, vi er ikke sikre")  # fmt: skip
    steps("2023-03-23", "familie", "slå-sammen", "F1", "F2", "--ja")
    family = shown("2023-03-23", "familie", "vis", "F1")
    assert (family["name"], family["phone"]) == ("Dahl", "900 00 777")
    assert [child["name"] for child in family["children"]] == ["Pål", "Ola", "Ida"]
    assert [(one["number"], one["source"]) for one in family["inquiries"]] == [("H1", "familien")]
    assert ("dobbelt", "Samme etternavn, vi er ikke sikre") in _exceptions(family)
    assert hsf("familie", "vis", "F2").code == 3

    # The volunteer cannot go on: the family waits for another, and how long is still counted.
    steps("2023-04-30", "timer", "måned", "2023-04", "--linje", "O1 3 7,5")
    steps("2023-06-15", "oppdrag", "avslutt", "O1", "--grunn", "ny_familiekontakt")
    (waiting,) = shown("2023-07-15", "venteliste")
    assert (waiting["inquiry"], waiting["stage"]) == ("H1", "familiekontakt")
    assert (waiting["received_on"], waiting["days"]) == ("2023-03-01", 136)
    assert (waiting["waiting_since"], waiting["days_this_time"]) == ("2023-06-15", 30)
    steps("2023-06-20", "kontakt", "pause", "liv", "--fra", "1.7.2023", "--til", "31.7.2023")
    refused = hsf("oppdrag", "start", "dahl", "liv", "--kl", "17:00", "--dato", "10.7.2023")
    assert refused.code == 4
    assert "pause" in refused.err
    steps("2023-07-20", "henvendelse", "kontaktet", "dahl", "--notat", "Venter gjerne til august")

    # The other one starts although her certificate is not shown: the reason is kept and shown.
    on_time = ("oppdrag", "start", "dahl", "gro", "--kl", "16:00")
    assert hsf(*on_time).code == 4
    steps("2023-08-01", *on_time, "--likevel", "Vist på telefon")
    reason = ("politiattest", "Vist på telefon")
    for about in (("oppdrag", "vis", "O2"), ("familie", "vis", "dahl"), ("kontakt", "vis", "gro"),
                  ("henvendelse", "vis", "H1")):  # fmt: skip
        assert reason in _exceptions(shown("2023-08-01", *about)), about
        assert "Vist på telefon" in on("2023-08-01", *about)
    assert "Vist på telefon" in exported()["unntak.csv"].decode("utf-8-sig")

    # The one who paused leaves; the other one goes on until the case is closed.
    steps("2023-09-01", "kontakt", "slutt", "liv", "--dato", "i dag")
    steps("2023-09-30", "timer", "måned", "2023-09", "--linje", "O2 4 8:30 1t")
    steps("2023-10-04", "timer", "ny", "--kontakt", "gro", "--type", "veiledning", "--dato",
          "3.10.2023", "--timer", "2")  # fmt: skip
    steps("2023-12-20", "oppdrag", "avslutt", "O2", "--grunn", "fullført")
    steps("2023-12-21", "familie", "kartlegg", "dahl", "--hjelp-etter", "familievern")

    # The first volunteer comes back: a new period, and a new certificate.
    steps("2024-01-10", "kontakt", "tilbake", "liv", "--dato", "i dag")
    refused = hsf("kontakt", "godkjenn", "liv", "--dato", "10.1.2024")
    assert refused.code == 4
    assert "en ny må vises" in refused.err
    assert "kurstimer" not in refused.err
    steps("2024-02-01", "kontakt", "godkjenn", "liv", "--politiattest-utstedt", "15.1.2024",
          "--politiattest-vist", "1.2.2024")  # fmt: skip
    (period,) = shown("2024-02-01", "kontakt", "vis", "liv")["earlier_periods"]
    assert (period["approved_on"], period["left_on"]) == ("2023-03-01", "2023-09-01")

    # The family returns the next year: the same family, a new inquiry.
    steps("2024-02-10", "henvendelse", "ny", "--familie", "dahl", "--kilde", "familien")
    steps("2024-02-15", "henvendelse", "besøk", "dahl", "--dato", "i dag")
    steps("2024-03-01", "oppdrag", "start", "dahl", "liv", "--kl", "10:00")

    assert json.loads(on("2024-03-15", "venteliste", "--format", "json")) == []
    assert figures(2023) == _FIRST_YEAR
    assert figures(2024) == _SECOND_YEAR

    # All of it goes out, into another department, and out again as the same bytes.
    whole = exported()
    assert whole == steps.states[-1]
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("HSF_DATABASE", str(home / "ny" / "avdeling.db"))
        assert hsf("start", "--navn", "En annen", "--nøkkel", "fil").code == 0
        folder = max(home.glob("eksport-*"), key=lambda one: one.stat().st_mtime_ns)
        done = hsf("data", "importer", folder)
        assert done.code == 0, done.err
        assert exported() == whole
        assert figures(2023) == _FIRST_YEAR

    # And every step can be taken back, one by one, until nothing is left.
    for before in reversed(steps.states[:-1]):
        assert hsf("data", "angre", "--ja").code == 0
        assert exported() == before
    assert hsf("data", "angre", "--ja").code == 4
    assert json.loads(hsf("familie", "liste", "--format", "json").out) == []
    assert json.loads(hsf("kontakt", "liste", "--format", "json").out) == []


def _exceptions(card: dict) -> set[tuple[str, str]]:
    return {(one["rule"], one["reason"]) for one in card["exceptions"]}


_FIRST_YEAR = {
    "courses.spring": 1,
    "courses.spring.participants": 2,
    "volunteers.new": 2,
    "volunteers.occupation.yrkesaktiv": 1,
    "volunteers.occupation.student": 1,
    "volunteers.gender.kvinne": 2,
    "volunteers.gender.kvinne.25-34": 1,  # Gro, 33
    "volunteers.gender.kvinne.45-54": 1,  # Liv, 53
    "volunteers.has_children.yes": 1,
    "volunteers.has_children.no": 1,
    "volunteers.total": 2,
    "volunteers.linked": 2,
    "families.civil_status.gift_samboer": 1,
    "families.background.innvandrer_blandet": 1,
    "families.introduction_programme": 1,
    "families.total": 1,
    "families.special_needs.innvandrer_blandet": 1,
    "families.special_needs": 1,
    "families.special_needs.siblings": 1,
    "children.0-2": 1,  # Ida, 1
    "children.3-6": 1,  # Ola, 3, who was told of twice
    "children.7-12": 1,  # Pål, 7
    "children.total": 3,
    "families.challenges.integrering": 1,
    "families.challenges.norsk_sprak": 1,
    "families.support.nettverk": 1,
    "families.support.norsk_sprak": 1,
    "families.network.ingen": 1,
    "inquiries.source.familien": 1,  # two calls about one case are one inquiry
    "inquiries.total": 1,
    "assignments.ended.0-6": 2,  # three months, and five
    "assignments.total": 2,
    "hours.mean_visit": 2.29,  # 16 hours on 7 visits
    "assignments.starts.after_15": 2,
    "hours.assignments": 16,
    "hours.assignments.driving": 1,
    "hours.other": 2,
    "hours.total": 19,
    "hours.fte": 0.01,
    "families.help_before.barnevern": 1,
    "families.help_before.nav": 1,
    "families.help_before": 1,
    "families.help_after.familievern": 1,
    "families.help_after": 1,
    "families.found_us.plakat": 1,
    "volunteers.found_us.plakat": 1,
    "volunteers.found_us.internett": 1,
}
# The next year: the volunteer who came back is not new, the family is older by a year.
_SECOND_YEAR = {
    "volunteers.occupation.yrkesaktiv": 1,
    "volunteers.occupation.student": 1,
    "volunteers.gender.kvinne": 2,
    "volunteers.gender.kvinne.25-34": 1,  # Gro, 34
    "volunteers.gender.kvinne.45-54": 1,  # Liv, 54
    "volunteers.has_children.yes": 1,
    "volunteers.has_children.no": 1,
    "volunteers.total": 2,
    "volunteers.linked": 1,
    "families.civil_status.gift_samboer": 1,
    "families.background.innvandrer_blandet": 1,
    "families.introduction_programme": 1,
    "families.total": 1,
    "families.special_needs.innvandrer_blandet": 1,
    "families.special_needs": 1,
    "families.special_needs.siblings": 1,
    "children.0-2": 1,  # Ida, 2
    "children.3-6": 1,  # Ola, 4
    "children.7-12": 1,  # Pål, 8
    "children.total": 3,
    "families.challenges.integrering": 1,
    "families.challenges.norsk_sprak": 1,
    "families.support.nettverk": 1,
    "families.support.norsk_sprak": 1,
    "families.network.ingen": 1,
    "inquiries.source.familien": 1,
    "inquiries.total": 1,
    "assignments.running": 1,
    "assignments.total": 1,
    "assignments.starts.before_15": 1,
    "families.help_before.barnevern": 1,
    "families.help_before.nav": 1,
    "families.help_before": 1,
    "families.help_after.familievern": 1,
    "families.help_after": 1,
    "families.found_us.plakat": 1,
    "volunteers.found_us.plakat": 1,
    "volunteers.found_us.internett": 1,
}
