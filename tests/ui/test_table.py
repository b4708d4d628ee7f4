"""Tables and lines as the terminal shows them: nothing is cut, and what fits is left as it is."""

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType

from hsf_cli.ui.lines import Lines
from hsf_cli.ui.table import Table, TableColumn

NAMES = TableColumn("Familie", wraps=True)
DAYS = TableColumn("Dager", right=True)


def drawn(shown: RenderableType, width: int) -> list[str]:
    """What a console of that width shows, line by line, without styles."""
    file = io.StringIO()
    Console(file=file, width=width, markup=False).print(shown, crop=False)
    return file.getvalue().splitlines()


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    table = Table([NAMES, DAYS], [["Berg", "9"], ["Ødegård-Moen", "120"]])
    assert drawn(table, 80) == [
        "Familie       Dager",
        "Berg              9",
        "Ødegård-Moen    120",
    ]


def test_at_a_terminal_a_table_has_a_rule_and_air_around_it() -> None:
    table = Table([NAMES, DAYS], [["Berg", "9"]], ruled=True, airy=True)
    assert drawn(table, 80) == ["", " Familie   Dager", " ───────────────", " Berg          9", ""]


def test_what_can_give_way_is_wrapped_before_the_rest() -> None:
    table = Table([NAMES, DAYS], [["Berg Hansen med et langt navn", "12345"]])
    assert drawn(table, 22) == [
        "Familie          Dager",
        "Berg Hansen med  12345",
        "et langt navn",
    ]


def test_details_stand_under_the_column_that_takes_the_rest() -> None:
    rest = TableColumn("Familie", wraps=True, takes_rest=True)
    table = Table([TableColumn("Nr."), rest], [["H1", "Berg"]], ["barn 2, 4 · Sentrum"])
    assert drawn(table, 20) == [
        "Nr.  Familie",
        "H1   Berg",
        "     barn 2, 4 ·",
        "     Sentrum",
    ]


def test_a_row_without_columns_is_only_its_header() -> None:
    assert drawn(Table([NAMES, DAYS], []), 80) == ["Familie  Dager"]


@given(
    st.lists(
        st.lists(st.text("ab øÅ日;\n", max_size=40), min_size=3, max_size=3), min_size=1, max_size=4
    ),
    st.integers(16, 60),
    st.booleans(),
)
def test_nothing_is_cut_at_any_width(cells: list[list[str]], width: int, ruled: bool) -> None:
    columns = [NAMES, DAYS, TableColumn("Notat", wraps=True, takes_rest=ruled)]
    lines = drawn(Table(columns, cells, ruled=ruled, airy=ruled), width)
    assert all(cell_len(line) <= width for line in lines)
    shown, there = "".join(lines), "".join(map("".join, cells))
    assert all(shown.count(letter) >= there.count(letter) for letter in "bøÅ日;")


def test_a_line_that_is_broken_keeps_its_margin() -> None:
    lines = Lines(["  F12 Hansen mangler fødselsår", "    hsf familie barn F12"])
    assert drawn(lines, 20) == [
        "  F12 Hansen mangler",
        "  fødselsår",
        "    hsf familie barn",
        "    F12",
    ]
