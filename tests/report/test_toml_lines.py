"""Where a form's sections, tables and rows stand, whatever brackets its texts hold."""

import json
import time
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_cli.report.forms import editions
from hsf_cli.report.toml_lines import field_lines, lines


def lines_of(text: str) -> dict[tuple[int, ...], int]:
    """The lines of a text that is TOML."""
    tomllib.loads(text)
    return lines(text)


@pytest.mark.parametrize("edition", editions())
def test_every_row_of_a_shipped_edition_is_found_on_the_line_of_its_label(edition: int) -> None:
    folder = files("hsf_cli.report").joinpath("editions")
    text = folder.joinpath(f"{edition}.toml").read_text(encoding="utf-8")
    written = ["", *text.splitlines()]
    found = lines(text)
    seen = 0
    for i, section in enumerate(tomllib.loads(text)["section"]):
        assert "[[section]]" in written[found[i,]]
        for j, table in enumerate(section["table"]):
            assert "[[section.table]]" in written[found[i, j]]
            for k, row in enumerate(table["rows"]):
                assert json.dumps(row["label"], ensure_ascii=False) in written[found[i, j, k]]
                seen += 1
    assert seen > 80
    assert len(found) == seen + sum(len(spot) < 3 for spot in found)


TWO_ROWS = {(0,): 1, (0, 0): 2, (0, 0, 0): 4, (0, 0, 1): 5}


def form(first_label: str) -> str:
    """A section with a table of two rows, on lines 1, 2, 4 and 5."""
    return "\n".join(
        [
            "[[section]]",
            "[[section.table]]",
            "rows = [",
            f"  {{ label = {first_label} }},",
            '  { label = "b" },',
            "]",
        ]
    )


@pytest.mark.parametrize(
    "label",
    [
        pytest.param('"a"', id="plain"),
        pytest.param('"a [b] {c}"', id="closed brackets"),
        pytest.param('"a ] } b"', id="closing brackets"),
        pytest.param('"a [ { b"', id="opening brackets"),
        pytest.param('"[[section]]"', id="a header"),
        pytest.param('"a # b"', id="a hash"),
        pytest.param(r'"a \" ] b"', id="an escaped quote"),
        pytest.param(r'"a \\"', id="an escaped backslash at the end"),
        pytest.param("'a \" ]'", id="a quote in a literal string"),
        pytest.param("'a \\'", id="a backslash at the end of a literal string"),
        pytest.param('"it\'s ]"', id="an apostrophe"),
        pytest.param('""', id="empty"),
        pytest.param('"""a ] b"""', id="three quotes"),
        pytest.param('"""a "quoted" ] b"""', id="quotes within three quotes"),
        pytest.param("'''a ' ] b'''", id="three apostrophes"),
        pytest.param('"a", where = { age = { from = 1 }, b = ["c", "d"] }', id="nested"),
        pytest.param('"a", "b]" = 1', id="a quoted key"),
    ],
)  # fmt: skip
def test_brackets_in_a_label_are_only_text(label: str) -> None:
    assert lines_of(form(label)) == TWO_ROWS


@pytest.mark.parametrize(
    "label",
    [
        pytest.param('"""a"b ["""', id="a quote and a bracket"),
        pytest.param('"""a [""""', id="a quote at the very end"),
        pytest.param('"""a ["""""', id="two quotes at the very end"),
        pytest.param("'''a [''''", id="an apostrophe at the very end"),
    ],
)
def test_a_quote_may_stand_at_the_end_of_a_multi_line_string(label: str) -> None:
    assert lines_of(form(f'{label}, key = "b]"')) == TWO_ROWS


@pytest.mark.parametrize("quotes", ['"""', "'''"])
def test_a_label_over_several_lines_may_hold_what_looks_like_the_form(quotes: str) -> None:
    label = f"{quotes}\n[[section]]\n{{ ] [ # '\n{quotes}"
    assert lines_of(form(label)) == {(0,): 1, (0, 0): 2, (0, 0, 0): 4, (0, 0, 1): 8}


def test_comments_may_hold_what_looks_like_the_form() -> None:
    text = """\
# [[section]]
[[section]] # [[section]]
# ] } "
[[section.table]] # {
rows = [ # [ {
  # { label = "not a row" },
  { label = "a" }, # ] '
  { label = "b" },
] # [[section.table]]
"""
    assert lines_of(text) == {(0,): 2, (0, 0): 4, (0, 0, 0): 7, (0, 0, 1): 8}


def test_rows_may_share_a_line_or_stand_in_the_long_way() -> None:
    text = """\
[[section]]
[[section.table]]
rows = [{ label = "a" }, { label = "b" },
  { label = "c" }]
[[section.table]]
[[section.table.rows]]
label = "d"
[[section.table.rows]]
label = "e"
where.codes = ["f"]
[[section]]
[[section.table]]
rows = [{ label = "g" }]
"""
    assert lines_of(text) == {
        (0,): 1, (0, 0): 2, (0, 0, 0): 3, (0, 0, 1): 3, (0, 0, 2): 4,
        (0, 1): 5, (0, 1, 0): 6, (0, 1, 1): 8,
        (1,): 11, (1, 0): 12, (1, 0, 0): 13,
    }  # fmt: skip


def test_headers_may_have_blanks_in_and_before_them() -> None:
    text = '  [[ section ]]\n\t[[section . table]]\nrows = [{ label = "a" }]\n'
    assert lines_of(text) == {(0,): 1, (0, 0): 2, (0, 0, 0): 3}


def test_lines_end_as_on_windows_too() -> None:
    assert lines_of(form('"a"').replace("\n", "\r\n")) == TWO_ROWS


def test_other_tables_and_arrays_are_nothing_of_the_form() -> None:
    text = '[chapter]\nnumber = "1"\ncodes = ["a", "b"]\n' + form('"a"')
    assert lines_of(text) == {spot: line + 3 for spot, line in TWO_ROWS.items()}


def test_an_array_of_tables_that_is_no_part_of_a_form_does_not_move_the_lines() -> None:
    text = "extra = [{ a = 1 }]\n" + form('"a"')
    found = lines_of(text)
    assert {spot: found.get(spot) for spot in TWO_ROWS} == {
        spot: line + 1 for spot, line in TWO_ROWS.items()
    }


awkward = st.text(st.sampled_from("[]{}#'\"\\ab \n="), max_size=12)
comments = st.text(st.sampled_from("[]{}#'\"ab ="), max_size=8)


@settings(max_examples=40)
@given(st.lists(st.lists(st.lists(st.tuples(awkward, comments), max_size=3), max_size=3)))
def test_every_part_of_a_form_is_found_on_the_line_it_was_written_on(
    sections: list[list[list[tuple[str, str]]]],
) -> None:
    written = ["edition = 2023"]
    expected = {}
    for i, tables in enumerate(sections):
        written.append("[[section]]")
        expected[(i,)] = len(written)
        for j, rows in enumerate(tables):
            written += ["[[section.table]]", "rows = ["]
            expected[i, j] = len(written) - 1
            for k, (label, comment) in enumerate(rows):
                written.append(f"  {{ label = {json.dumps(label)} }}, # {comment}")
                expected[i, j, k] = len(written)
            written.append("]")
    assert lines_of("\n".join(written)) == expected


def test_a_line_of_blanks_takes_no_time() -> None:
    begun = time.monotonic()
    assert field_lines(" " * 50_000 + "\n[ x") == {"x": 2}
    assert time.monotonic() - begun < 1
