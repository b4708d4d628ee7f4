"""Words are known however they are spelled, and no two of a list fall together."""

from difflib import SequenceMatcher

import pytest

from hsf_cli.codes import code_lists
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.spelling import folded, lower_first, nearest


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("STØTTE", "støtte"),
        ("stotte", "støtte"),
        ("stoette", "støtte"),
        ("Særskilte behov", "særskilte_behov"),
        ("saerskilte_behov", "særskilte_behov"),
        ("sarskilte_behov", "særskilte_behov"),
        ("hjelp_foer", "hjelp_før"),
        ("omrade", "område"),
        ("omraade", "område"),
        ("sprak", "språk"),
    ],
)
def test_spellings_of_one_word_are_the_same(typed: str, meant: str) -> None:
    assert folded(typed) == folded(meant)


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("Familien selv", "familien selv"),
        ("NAV", "NAV"),
        ("PPT", "PPT"),
        ("Økonomi", "økonomi"),
        ("", ""),
    ],
)
def test_a_label_inside_a_sentence_keeps_the_capitals_of_an_abbreviation(label, inside) -> None:
    assert lower_first(label) == inside


def test_decomposed_letters_are_the_same_as_composed_ones() -> None:
    assert folded("a\N{COMBINING RING ABOVE}r") == folded("år")


@pytest.mark.parametrize("name", code_lists())
def test_no_two_codes_of_a_list_are_spelled_alike(name: str) -> None:
    codes = list(code_lists()[name])
    assert len({folded(code) for code in codes}) == len(codes)


@pytest.mark.parametrize("name", code_lists())
def test_every_code_is_found_in_any_spelling(name: str) -> None:
    codes = code_lists()[name]
    for code in codes:
        plain = code.translate(str.maketrans({"æ": "ae", "ø": "o", "å": "a"}))
        assert codes.meant_by(plain.upper()) == code
        assert codes.meant_by(f" {code} ") == code


def test_an_unknown_code_means_nothing() -> None:
    assert code_lists()["gender"].meant_by("dame") is None


def test_no_two_headers_of_a_sheet_are_spelled_alike() -> None:
    for sheet in SHEETS:
        assert len(sheet.by_spelling) == len(sheet.columns), sheet.name


def test_a_text_that_is_much_longer_than_a_word_is_not_compared_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A note in a column of codes, in a thousand rows, would take minutes."""
    monkeypatch.setattr(SequenceMatcher, "ratio", lambda _: pytest.fail("compared"))
    assert nearest("snakket lenge med mor " * 200, ["helsestasjon", "barnehage"]) == []


def test_names_are_the_same_with_one_blank_between_or_several() -> None:
    assert folded("Lia  Sunde") == folded(" lia\N{NO-BREAK SPACE}sunde ") == "lia sunde"


def test_a_word_of_few_letters_is_not_taken_for_a_part_of_a_name() -> None:
    assert nearest("mor", ["familien", "hjelp_før"]) == []
    assert nearest("nva", ["ppt", "nav"]) == ["nav"]
