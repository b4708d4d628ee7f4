"""What each row counts, in words that a person could have written, and why one is not in it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from hsf_cli.codes import code_list
from hsf_cli.populations import POPULATIONS, Attribute
from hsf_cli.populations import words as population_words
from hsf_cli.populations.words import words_for
from hsf_cli.report.conditions import AnyOf, Between, Condition, OneOf
from hsf_cli.report.definitions import definition, reason
from hsf_cli.report.form import Form, FormRow, Measure, Unit
from hsf_cli.report.forms import editions, load, shipped
from tests.report.own_form import FORM

ATTRIBUTES = [
    (population, name) for population in POPULATIONS.values() for name in population.attributes
]
# What a mean needs besides, and what only an own form can ask for.
ALWAYS, OF_CODES, OF_NUMBERS = {"name"}, {"where", "any"}, {
    "where", "one", "several", "more", "fewer", "other", "amount",
}  # fmt: skip
OF_YES_NO = {"yes", "no", "when_yes", "when_no"}
HOURS_PER_FTE = 1695


def rows(form: Form) -> Iterator[FormRow]:
    return (row for section in form.sections for table in section.tables for row in table.rows)


def by_key(edition: int) -> dict[str, str]:
    """Every definition of an edition, for its own year."""
    return {row.key: definition(row, edition, HOURS_PER_FTE) for row in rows(shipped(edition))}


def asked(
    population: str,
    condition: Condition | None = None,
    name: str = "",
    *,
    measure: Measure | None = None,
    unit: Unit = "antall",
) -> str:
    """The definition of a row that an own form could have."""
    of = {name: condition} if condition else {}
    row = FormRow("own", "Vår egen", population, of, measure or Measure(), unit, "")
    return definition(row, 2023, HOURS_PER_FTE)


def test_there_are_words_for_every_population_and_for_nothing_else() -> None:
    assert set(population_words._raw()) == set(POPULATIONS)
    for name in POPULATIONS:
        words = words_for(name)  # which refuses words for what the population does not have
        assert words.opening
        assert words.within
        assert words.these


@pytest.mark.parametrize(("population", "name"), ATTRIBUTES)
def test_nothing_that_a_form_may_ask_is_without_words(population: Any, name: str) -> None:
    attribute = population.attributes[name]
    words = words_for(population.name).attributes[name]
    needed = {
        "code": ALWAYS | OF_CODES,
        "codes": ALWAYS | OF_CODES | {"told", "other", "none"},
        "number": ALWAYS | OF_NUMBERS,
        "yes_no": ALWAYS | OF_YES_NO,
    }[attribute.type]
    assert not [field for field in needed if not getattr(words, field)]
    codes = set(code_list(attribute.codes)) if attribute.codes else set()
    assert set(words.codes) | set(words.notes) <= codes


@pytest.mark.parametrize("edition", editions())
def test_every_definition_is_whole_sentences_about_the_year(edition: int) -> None:
    for key, text in by_key(edition).items():
        assert re.fullmatch(r"[A-ZÆØÅ][^{}]*\.", text), key
        assert str(edition) in text, key
        assert "  " not in text, key
        assert ".." not in text, key
        assert " ," not in text, key


@pytest.mark.parametrize("edition", editions())
def test_rows_that_count_differently_are_defined_differently(edition: int) -> None:
    texts = list(by_key(edition).values())
    assert sorted(set(texts)) == sorted(texts)


@pytest.mark.parametrize("edition", editions())
def test_a_row_that_means_the_same_in_both_editions_is_defined_alike(edition: int) -> None:
    others = {row.key: row for other in editions() for row in rows(shipped(other))}
    for row in rows(shipped(edition)):
        other = others[row.key]
        alike = (row.population, dict(row.conditions), row.measure) == (
            other.population, dict(other.conditions), other.measure,
        )  # fmt: skip
        assert (
            definition(row, 2023, HOURS_PER_FTE) == definition(other, 2023, HOURS_PER_FTE)
        ) == alike


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("courses.spring", "Kurs som startet på våren, fra januar til og med juni 2023."),
        (
            "courses.autumn.participants",
            "Påmeldinger til kurs som startet på høsten, fra juli til og med desember 2023. "
            "Den som er meldt på to kurs, teller to ganger.",
        ),
        (
            "volunteers.new",
            "Familiekontakter som ble godkjent for første gang i 2023. "
            "Den som slutter og kommer tilbake, er ny bare første gang.",
        ),
        (
            "volunteers.total",
            "Familiekontakter som var tilknyttet avdelingen i 2023. Tilknyttet er den som ble "
            "godkjent senest 31.12.2023 og ikke sluttet før 01.01.2023. Den som har sluttet og "
            "kommet tilbake, er med de årene hver periode går inn i. Pause har ikke noe å si.",
        ),
        (
            "volunteers.gender.kvinne.75+",
            "Familiekontakter som var tilknyttet avdelingen i 2023, der kjønn er «Kvinne», "
            "og som er 75 år eller eldre ved utgangen av 2023.",
        ),
        (
            "volunteers.linked",
            "Familiekontakter som var tilknyttet avdelingen i 2023, "
            "og som hadde minst ett oppdrag i løpet av året.",
        ),
        (
            "families.civil_status.enslig",
            "Familier som hadde oppdrag i 2023, der sivilstatus er «Ugift / enslig».",
        ),
        (
            "families.reception_centre",
            "Familier som hadde oppdrag i 2023, der familiens bakgrunn er «Innvandrerbakgrunn» "
            "eller «Blandet bakgrunn», og som bor på transitt- eller asylmottak.",
        ),
        (
            "families.special_needs.siblings",
            "Familier som hadde oppdrag i 2023, som har minst ett barn på 0–18 år med særskilte "
            "behov, og som har minst 2 barn på 0–18 år. Alderen er den barna har ved utgangen av "
            "2023.",
        ),
        (
            "children.0-2",
            "Barn som er 0–2 år ved utgangen av 2023, i familier som hadde oppdrag i 2023.",
        ),
        (
            "families.challenges.rus",
            "Familier som hadde oppdrag i 2023, der «Rusproblematikk» er en av utfordringene.",
        ),
        (
            "inquiries.source.skole_barnehage",
            "Henvendelser mottatt i 2023 fra «Skole» eller «Barnehage / åpen barnehage».",
        ),
        (
            "assignments.ended.13+",
            "Oppdrag som ble avsluttet i 2023 etter minst 13 begynte måneder. "
            "Fra 15. januar til 15. juli er det seks begynte måneder, til 16. juli er det sju.",
        ),
        (
            "assignments.running",
            "Oppdrag som fortsatt pågikk ved utgangen av 2023. "
            "Et oppdrag som ble avsluttet etter 31.12.2023, pågikk fortsatt da.",
        ),
        (
            "waiting.volunteer",
            "Henvendelser som hadde hatt hjemmebesøk og ventet på familiekontakt ved utgangen av "
            "2023. En henvendelse venter når den ikke er avsluttet og ikke har noe oppdrag i gang. "
            "Slutter oppdraget 31.12, venter familien igjen den dagen.",
        ),
        (
            "hours.mean_visit",
            "Timene i føringer av typen «Besøk på oppdrag» i 2023, delt på antall besøk i de "
            "samme føringene. Timeføringer uten antall besøk er ikke med.",
        ),
        (
            "hours.assignments.driving",
            "Kjøretiden i føringer av typen «Besøk på oppdrag» i 2023, lagt sammen.",
        ),
        (
            "hours.fte",
            "Timene og kjøretiden i alle timeføringer i 2023, lagt sammen og delt på timene i ett "
            "årsverk. Ett årsverk er 1\N{NO-BREAK SPACE}695 timer i avdelingen.",
        ),
        (
            "families.help_before",
            "Familier som hadde oppdrag i 2023, og som mottok annen hjelp før de startet med "
            "Home-Start. En familie teller én gang, også når den mottok flere slags hjelp.",
        ),
        (
            "activities.parents",
            "Foreldrene som er ført på aktiviteter for familier i 2023, lagt sammen. "
            "Den som var med på flere aktiviteter, teller på hver av dem.",
        ),
        ("activities.total", "Aktiviteter for familier i 2023."),
        (
            "activity_families.not_linked",
            "Familier som deltok på minst én aktivitet for familier i 2023, men som ikke hadde "
            "noe oppdrag det året.",
        ),
    ],
)  # fmt: skip
def test_a_definition_of_2023(key: str, expected: str) -> None:
    assert by_key(2023)[key] == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            "children.special_needs.siblings",
            "Barn uten særskilte behov som har søsken med særskilte behov, i familier som hadde "
            "oppdrag i 2022. Bare barn og søsken som er 0–18 år ved utgangen av 2022, er med.",
        ),
        (
            "families.support.norsk_sprak_annet",
            "Familier som hadde oppdrag i 2022, der «Norsk språk» eller «Annet» er blant det de "
            "ønsker støtte til. En familie teller én gang, også når den ønsker flere slags støtte.",
        ),
        (
            "inquiries.unmatched",
            "Henvendelser som ble avsluttet i 2022 etter hjemmebesøk, uten at det noen gang ble "
            "et oppdrag, og henvendelser som ventet på hjemmebesøk eller familiekontakt ved "
            "utgangen av 2022.",
        ),
    ],
)  # fmt: skip
def test_a_definition_of_2022(key: str, expected: str) -> None:
    assert by_key(2022)[key] == expected


def test_a_departments_own_form_is_defined_too() -> None:
    alone, married, everyone, *hours = rows(load(FORM, "eget.toml"))
    assert definition(alone, 2025, HOURS_PER_FTE) == (
        "Familier som hadde oppdrag i 2025, der sivilstatus er «Ugift / enslig»."
    )
    assert "«Gift / samboer»" in definition(married, 2025, HOURS_PER_FTE)
    assert definition(everyone, 2025, HOURS_PER_FTE).startswith(
        "Familier som hadde oppdrag i 2025."
    )
    assert definition(hours[0], 2025, HOURS_PER_FTE) == (
        "Timene og kjøretiden i føringer av typen «Besøk på oppdrag» i 2025, lagt sammen."
    )


def conditions(attribute: Attribute) -> list[Condition]:
    """Some of everything that a form may ask of it."""
    if attribute.type == "yes_no":
        return [OneOf(frozenset({1})), OneOf(frozenset({0}))]
    if attribute.type == "number":
        bounds = [(1, 1), (2, 3), (None, 4), (5, None), (0, 0)]
        return [Between(*both) for both in bounds]
    known = list(code_list(attribute.codes))
    kind = OneOf if attribute.type == "code" else AnyOf
    return [kind(frozenset(known[:count])) for count in range(1, len(known) + 1)]


@pytest.mark.parametrize(("population", "name"), ATTRIBUTES)
def test_whatever_an_own_form_asks_becomes_a_sentence(population: Any, name: str) -> None:
    texts = [asked(population.name, one, name) for one in conditions(population.attributes[name])]
    assert len(set(texts)) == len(texts)
    for text in texts:
        assert re.fullmatch(r"[A-ZÆØÅ][^{}]*\.", text)
        assert "2023" in text
    if population.attributes[name].type == "number":
        added = asked(population.name, measure=Measure((name,)))
        assert added.partition(".")[0].endswith("lagt sammen")


def test_numbers_are_read_as_people_say_them() -> None:
    def of(lowest: int | None, highest: int | None) -> str:
        return asked("families", Between(lowest, highest), "children").partition(", og ")[2]

    all_bounds = ((1, 1), (2, 3), (4, None), (None, 1), (None, 0))
    assert [of(*bounds).partition(" på")[0] for bounds in all_bounds] == [
        "som har 1 barn",
        "som har 2–3 barn",
        "som har minst 4 barn",
        "som har høyst 1 barn",
        "som har høyst 0 barn",
    ]


@pytest.mark.parametrize(
    ("bounds", "months"),
    [((0, 0), "0 begynte måneder"), ((1, 1), "1 begynt måned"), ((2, 2), "2 begynte måneder")],
)
def test_one_of_them_is_said_in_the_singular(bounds: tuple[int, int], months: str) -> None:
    assert f" etter {months}. " in asked("assignments", Between(*bounds), "months")


def test_minutes_are_minutes_until_they_are_given_as_hours() -> None:
    minutes = Measure(("minutes", "driving_minutes"))
    assert asked("hours", measure=minutes).startswith("Minuttene og minuttene med kjøring i alle")
    assert asked("hours", measure=minutes, unit="timer").startswith("Timene og kjøretiden i alle")
    visits = Measure(("visits",))
    assert asked("hours", measure=visits, unit="timer").startswith("Antall besøk i alle")
    assert asked("hours", measure=Measure(("minutes",), "driving_minutes"), unit="timer") == (
        "Timene i alle timeføringer i 2023, delt på minuttene med kjøring i de samme føringene. "
        "Timeføringer uten kjøring er ikke med."
    )


def test_what_is_added_up_is_told_by_that_and_not_as_the_records_are() -> None:
    """Not which families had assignments, which is said where they are counted."""
    assert asked("families", measure=Measure(("children",))) == (
        "Antall barn på 0–18 år ved utgangen av 2023 for familier som hadde oppdrag i 2023, "
        "lagt sammen."
    )


def test_what_is_asked_besides_is_joined_to_it() -> None:
    of = {"civil_status": ALONE, "background": OneOf(frozenset({"norsk"}))}
    row = FormRow("own", "", "families", of, Measure(), "antall", "")
    assert definition(row, 2023, HOURS_PER_FTE) == (
        "Familier som hadde oppdrag i 2023, der sivilstatus er «Ugift / enslig», "
        "og der familiens bakgrunn er «Ingen i familien har innvandrerbakgrunn»."
    )


def test_any_code_is_told_as_something_that_is_recorded() -> None:
    everyone = OneOf(frozenset(code_list("inquiry_source")))
    assert asked("inquiries", everyone, "source") == (
        "Henvendelser som ble mottatt i 2023, der det er ført hvem som tok kontakt."
    )


YES, ALONE, SPRING = OneOf(frozenset({1})), OneOf(frozenset({"enslig"})), OneOf(frozenset({"vår"}))
EARLY, VISITS, NAV = (OneOf(frozenset({code})) for code in ("før 15", "oppdrag", "nav"))
NO = OneOf(frozenset({0}))
DRUGS = AnyOf(frozenset({"rus"}))
YOUNG, SHORT, SIBLINGS = Between(18, 24), Between(0, 6), Between(2, None)


@pytest.mark.parametrize(
    ("asked_of", "condition", "value", "expected"),
    [
        ("families.civil_status", ALONE, None, "sivilstatus er ikke ført"),
        ("families.civil_status", ALONE, "gift_samboer", "sivilstatus er «Gift / samboer»"),
        ("families.reception_centre", YES, None, "om familien bor på asylmottak, er ikke ført"),
        ("families.reception_centre", YES, 0, "bor ikke på transitt- eller asylmottak"),
        ("families.reception_centre", NO, 1, "bor på transitt- eller asylmottak"),
        ("families.challenges", DRUGS, "[]", "har ingen utfordringer"),
        (
            "families.challenges",
            DRUGS,
            '["vold", "flerfødsel"]',
            "utfordringene er «Flerfødsel» og «Voldsproblematikk»",
        ),
        ("families.children", SIBLINGS, 1, "har 1 barn på 0–18 år"),
        ("volunteers.age", YOUNG, None, "fødselsåret er ikke ført"),
        ("volunteers.age", YOUNG, 44, "er 44 år ved utgangen av 2023"),
        ("volunteers.linked", YES, 0, "hadde ikke noe oppdrag i 2023"),
        ("assignments.months", SHORT, None, "pågikk fortsatt ved utgangen av 2023"),
        ("assignments.months", SHORT, 7, "ble avsluttet etter 7 begynte måneder"),
        ("assignments.starts_at", EARLY, None, "klokkeslettet er ikke ført"),
        ("inquiries.source", NAV, "ppt", "den som tok kontakt, er «PPT»"),
        (
            "courses.season",
            SPRING,
            "høst",
            "startet på høsten, fra juli til og med desember 2023",
        ),
        ("hours.kind", VISITS, "kurs", "typen er «Kurs»"),
    ],
)
def test_why_a_record_is_not_counted(
    asked_of: str, condition: Condition, value: Any, expected: str
) -> None:
    population, _, name = asked_of.partition(".")
    row = FormRow("own", "Vår egen", population, {name: condition}, Measure(), "antall", "")
    told = reason(row, 2023, {name: value})  # type: ignore[arg-type]
    assert told.text == expected
    # What still runs, or has none, is known: nothing is to be mended.
    assert told.unrecorded == expected.endswith("ikke ført")


def test_the_first_condition_that_is_not_met_is_told_of() -> None:
    of = {"civil_status": ALONE, "reception_centre": YES}
    row = FormRow("own", "Vår egen", "families", of, Measure(), "antall", "")
    record: Any = {"civil_status": "gift_samboer", "reception_centre": None}
    assert reason(row, 2023, record).text == "sivilstatus er «Gift / samboer»"
    record["civil_status"] = "enslig"
    assert reason(row, 2023, record).text == "om familien bor på asylmottak, er ikke ført"


def test_what_a_mean_needs_is_told_of_last() -> None:
    row = next(row for row in rows(shipped(2023)) if row.measure.per)
    record: Any = {"kind": "oppdrag", "visits": None}
    told = reason(row, 2023, record)
    assert told.text == "antall besøk er ikke ført"
    assert told.unrecorded


def test_a_record_that_is_counted_has_no_reason_not_to_be() -> None:
    mean = next(row for row in rows(shipped(2023)) if row.measure.per)
    alone = FormRow("own", "", "families", {"civil_status": ALONE}, Measure(), "antall", "")
    for row, record in (
        (mean, {"kind": "oppdrag", "visits": 0}),
        (alone, {"civil_status": "enslig"}),
    ):
        with pytest.raises(ValueError, match="counts this record"):
            reason(row, 2023, record)  # type: ignore[arg-type]


def test_ages_share_a_reason_and_keep_their_own_number() -> None:
    row = FormRow("own", "", "volunteers", {"age": YOUNG}, Measure(), "antall", "")
    young, old = (reason(row, 2023, {"age": age}) for age in (16, 44))  # type: ignore[arg-type]
    assert young.shared == old.shared == "har en annen alder"
    assert (young.own, old.own) == ("16 år", "44 år")
