"""The JSON of a department's report read as figures again: all of it, or what is wrong with it."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_cli.errors import BadContent, NotFound
from hsf_cli.report.figures import Figures
from hsf_cli.report.from_json import LARGEST_BYTES, figures_from, read_figures
from hsf_cli.report.output.as_json import as_json, as_object
from tests.report.filled import any_figures, filled, hiding

Object = dict[str, Any]


def changed(change: Callable[[Object], object], figures: Figures | None = None) -> str:
    """A report's JSON with something changed in it."""
    told = as_object(figures or filled())
    change(told)
    return json.dumps(told, ensure_ascii=False, indent=1)


def first_row(told: Object) -> Object:
    row: Object = told["sections"][0]["tables"][0]["rows"][0]
    return row


def taken(text: str) -> Figures | None:
    """The figures in the text; None where it is refused, as it must be with what is wrong in it."""
    try:
        return figures_from(text, "oslo.json")
    except BadContent as refused:
        lines = len(text.splitlines()) or 1
        if not refused.places or not all(1 <= place.line <= lines for place in refused.places):
            raise AssertionError("refused, and nowhere wrong") from refused
        return None


def wrong_places(text: str) -> list[tuple[str, str]]:
    """What is told of a file that is refused: where, and what would be right."""
    with pytest.raises(BadContent) as refused:
        figures_from(text, "oslo.json")
    return [(place.column, place.remedy) for place in refused.value.places]


@settings(max_examples=25)
@given(any_figures())
def test_what_is_written_is_read_back(figures: Figures) -> None:
    assert figures_from(as_json(figures), "a.json") == figures


def test_rows_that_split_another_are_known_from_the_edition() -> None:
    told = as_object(filled())
    assert "part_of" not in first_row(told)
    read = figures_from(json.dumps(told), "a.json").by_key
    assert read["volunteers.gender.kvinne.18-24"].part_of == "volunteers.gender.kvinne"


def test_an_edition_that_does_not_ship_is_read_too() -> None:
    read = figures_from(changed(lambda told: told.update(edition=2031)), "a.json")
    assert read.edition == 2031
    assert {line.part_of for line in read.lines} == {""}


def test_what_the_format_does_not_have_is_passed_over() -> None:
    def more(told: Object) -> None:
        told["more"] = {"a": [1]}
        first_row(told)["more"] = None

    assert figures_from(changed(more), "a.json") == filled()


def test_a_hidden_figure_and_its_missing_may_be_null() -> None:
    figures = hiding(filled(), "families.total")
    line = figures_from(as_json(figures), "a.json").by_key["families.total"]
    assert (line.value, line.hidden, line.missing) == (None, True, None)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        (lambda told: told.pop("year"), "year"),
        (lambda told: told.update(year="2023"), "year"),
        (lambda told: told.update(year=True), "year"),
        (lambda told: told.update(edition=99), "edition"),
        (lambda told: told.update(department=" "), "department"),
        (lambda told: told.update(department="A\nB"), "department"),
        (lambda told: told.update(department="\ud800"), "department"),
        (lambda told: told.update(department="a" * 1001), "department"),
        (lambda told: told.update(counted_at="i går"), "counted_at"),
        (lambda told: told.update(counted_at="2024-01-12T10:15:00"), "counted_at"),
        (lambda told: told.update(counted_at="0001-01-01T00:00:00+14:00"), "counted_at"),
        (lambda told: told.update(locked_at=12), "locked_at"),
        (lambda told: told.update(locked_at="9999-12-31T23:59:59-14:00"), "locked_at"),
        (lambda told: told.update(chapter=None), "chapter"),
        (lambda told: told["chapter"].pop("title"), "chapter.title"),
        (lambda told: told.update(sections=[]), "sections"),
        (lambda told: told.update(sections={}), "sections"),
        (lambda told: told["sections"].append(3), "sections[10]"),
        (lambda told: told["sections"][0].update(tables=None), "sections[0].tables"),
        (
            lambda told: told["sections"][0]["tables"][0].update(rows=[]),
            "sections[0].tables[0].rows",
        ),
    ],
)
def test_each_part_is_held_to_the_format(change: Callable[[Object], object], column: str) -> None:
    [(where, _)] = wrong_places(changed(change))
    assert where == column


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("key", ""),
        ("label", None),
        ("value", -1),
        ("value", 1.5),
        ("value", "4"),
        ("value", True),
        ("value", 10**12),
        ("unit", "km"),
        ("unit", ["antall"]),
        ("unit", "timer"),  # of this row it is «antall»
        ("missing", -1),
        ("missing", 0.5),
        ("hidden", "ja"),
    ],
)
def test_each_field_of_a_row_is_held_to_the_format(key: str, value: object) -> None:
    places = wrong_places(changed(lambda told: first_row(told).update({key: value})))
    assert {where for where, _ in places} == {f"sections[0].tables[0].rows[0].{key}"}


@pytest.mark.parametrize("key", ["key", "label", "value", "unit", "missing"])
def test_a_row_without_a_field_says_which(key: str) -> None:
    places = wrong_places(changed(lambda told: first_row(told).pop(key)))
    assert [(where.rpartition(".")[2], remedy[:7]) for where, remedy in places] == [
        (key, "Mangler")
    ]


def test_a_hidden_row_with_a_value_is_refused() -> None:
    [(where, _)] = wrong_places(changed(lambda told: first_row(told).update(hidden=True)))
    assert where.endswith("rows[0].value")


def test_a_key_on_two_rows_is_refused() -> None:
    def twice(told: Object) -> None:
        rows = told["sections"][0]["tables"][0]["rows"]
        rows.append(rows[0])

    [(where, remedy)] = wrong_places(changed(twice))
    assert where.endswith("rows[5].key")
    assert "flere rader" in remedy


def test_everything_wrong_is_told_at_once_with_its_line() -> None:
    def much(told: Object) -> None:
        told["year"] = None
        first_row(told)["value"] = "mange"
        told["sections"][1]["tables"][0]["rows"][0]["label"] = 7

    text = changed(much)
    with pytest.raises(BadContent) as refused:
        figures_from(text, "oslo.json")
    lines = text.splitlines()
    shown = [(lines[place.line - 1].strip(), place.value) for place in refused.value.places]
    assert shown == [
        ('"year": null,', "null"),
        ('"value": "mange",', "mange"),
        ('"label": 7,', "7"),
    ]
    assert "3 steder" in refused.value.text
    assert refused.value.code == 6


def test_very_much_wrong_is_counted_and_the_first_of_it_shown() -> None:
    text = json.dumps({"sections": [{"tables": [{"rows": [0] * 900}]}]})
    with pytest.raises(BadContent) as refused:
        figures_from(text, "oslo.json")
    assert len(refused.value.places) == 50
    assert "De første 50 er vist" in refused.value.text


@pytest.mark.parametrize(
    "number", ["1e99999999999999999999", "1e-400", "NaN", "Infinity", "-0.01", "1" + "0" * 30]
)
def test_amounts_that_cannot_be_are_refused(number: str) -> None:
    text = as_json(filled(2023, {"hours.total": Decimal("728.5")})).replace("728.5", number)
    assert [where for where, _ in wrong_places(text)]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[" * 100_000, "{'year': 2023}", "1" * 5_000, '{"a":' * 50_000, "\N{BOM}{}"],
)
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(BadContent) as refused:
        figures_from(text, "oslo.json")
    assert "ikke gyldig JSON" in refused.value.text


@pytest.mark.parametrize("text", ["[]", "{}", "null", "3", '"x"', '{"sections": [null, [], "x"]}'])
def test_json_that_is_no_report_is_refused(text: str) -> None:
    assert wrong_places(text)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["sections", "tables", "rows", "value", "key", "chapter", "year"]),
            inner,
            max_size=4,
        )
    ),
)


@settings(max_examples=25)
@given(anything)
def test_any_json_is_read_or_refused(told: object) -> None:
    with pytest.raises(BadContent):
        figures_from(json.dumps(told), "oslo.json")


@settings(max_examples=25)
@given(st.data())
def test_a_report_with_anything_put_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    told = as_object(filled())
    spot: Any = told
    while True:
        keys = list(spot) if isinstance(spot, dict) else list(range(len(spot)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(spot[key], (dict, list)) or data.draw(st.booleans()):
            spot[key] = data.draw(anything)
            break
        spot = spot[key]
    if read := taken(json.dumps(told)):
        assert figures_from(as_json(read), "oslo.json") == read


@given(st.data())
def test_a_file_that_was_cut_or_garbled_is_read_or_refused(data: st.DataObject) -> None:
    text = as_json(filled())
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    garbled = text[:start] + data.draw(st.text(max_size=8)) + text[end:]
    taken(garbled)


def test_a_file_is_read_with_or_without_a_mark_of_its_encoding(tmp_path: Path) -> None:
    file = tmp_path / "oslo.json"
    for encoding in ("utf-8", "utf-8-sig"):
        file.write_text(as_json(filled()), encoding=encoding)
        assert read_figures(file) == filled()


def test_a_file_in_another_encoding_or_of_another_kind_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "oslo.json"
    file.write_bytes(as_json(filled()).encode("utf-16"))
    with pytest.raises(BadContent):
        read_figures(file)


def test_a_file_that_is_too_large_is_never_read(tmp_path: Path) -> None:
    file = tmp_path / "oslo.json"
    with file.open("wb") as large:
        large.truncate(LARGEST_BYTES + 1)
    with pytest.raises(BadContent) as refused:
        read_figures(file)
    assert "større enn 5 MB" in refused.value.text


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    for path in (tmp_path / "borte.json", tmp_path):
        with pytest.raises(NotFound):
            read_figures(path)
