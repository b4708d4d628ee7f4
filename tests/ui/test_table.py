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


def test_details_stand_under_the_main_column_and_go_on_to_the_edge() -> None:
    main = TableColumn("Familie", wraps=True, main=True)
    details = ["barn 2, 4", "Sentrum", "900 00 101"]
    table = Table([TableColumn("Nr."), main], [["H1", "Berg"]], [details])
    assert drawn(table, 30) == [
        "Nr.  Familie",
        "H1   Berg",
        "     barn 2, 4 · Sentrum",
        "     900 00 101",
    ]


def test_a_detail_is_broken_only_where_it_does_not_fit_alone() -> None:
    table = Table([NAMES], [["Berg"]], [["helst", "etter klokken tre om dagen"]])
    assert drawn(table, 16)[2:] == ["helst", "etter klokken", "tre om dagen"]


def test_decimals_stand_under_each_other_at_a_terminal() -> None:
    hours = TableColumn("Timer", right=True)
    table = Table([hours], [["9"], ["1\N{NO-BREAK SPACE}632,25"], ["7,5"], [""]], ruled=True)
    assert drawn(table, 80)[2:] == ["    9", "1\N{NO-BREAK SPACE}632,25", "    7,5", ""]


def test_what_are_not_numbers_alone_stand_to_the_right() -> None:
    table = Table([DAYS], [["9"], ["0:40"], ["1,5"]], ruled=True)
    assert drawn(table, 80)[2:] == ["    9", " 0:40", "  1,5"]


def test_a_long_header_is_broken_before_any_cell() -> None:
    table = Table([NAMES, TableColumn("Siste oppdrag slutt")], [["Berg Hansen", "01.03.2024"]])
    assert drawn(table, 26) == [
        "             Siste oppdrag",
        "Familie      slutt",
        "Berg Hansen  01.03.2024",
    ]


def test_no_word_is_broken_while_another_column_can_be_broken_between_words() -> None:
    columns = [TableColumn("Venter på", wraps=True), TableColumn("Ønsker", wraps=True)]
    table = Table(columns, [["familiekontakt", "avlastning og en å snakke med"]])
    assert drawn(table, 34)[1] == "familiekontakt  avlastning og en å"


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
    columns = [NAMES, DAYS, TableColumn("Notat", wraps=True, main=ruled)]
    details = [row for row in cells if ruled]
    lines = drawn(Table(columns, cells, details, ruled=ruled, airy=ruled), width)
    assert all(cell_len(line) <= width for line in lines)
    shown, there = "".join(lines), "".join(map("".join, [*cells, *details]))
    assert all(shown.count(letter) >= there.count(letter) for letter in "bøÅ日;")


def test_a_line_that_is_broken_keeps_its_margin_and_leaves_no_word_alone() -> None:
    lines = Lines(["  F12 Hansen har ikke fødselsår", "    Berg"])
    assert drawn(lines, 22) == ["  F12 Hansen har", "  ikke fødselsår", "    Berg"]
