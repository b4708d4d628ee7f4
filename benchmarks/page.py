"""The figures as Markdown: what is printed, and what `README.md` holds."""

import math
import os
import platform
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.processes import LIMIT, Costs
from benchmarks.rows import GROWTH, TABLES, USUAL, Row
from benchmarks.sizes import GROWING

README = Path(__file__).with_name("README.md")
_BEGIN, _END = "<!-- figures -->\n", "<!-- end of figures -->\n"
_HEADERS = ("what", "takes", "divided by", "ratio", "goal", "holds")


def written(costs: Costs) -> str:
    """Every table, with the rows that were measured."""
    parts = [_machine()]
    for title, rows in TABLES.items():
        measured = [row for row in rows if row.what in costs and (row.over or row.what) in costs]
        if measured:
            lines = _table(_HEADERS, (_cells(row, costs) for row in measured))
            parts.append(f"### {title}\n\n{lines}")
    if all(f"{name}, {GROWTH[-1]}" in costs for name in GROWING):
        parts.append(f"### As the records grow\n\n{_growth(costs)}")
    return "\n".join(parts)


def keep(text: str) -> None:
    """Puts the tables in the README, instead of those that were there."""
    page = README.read_text(encoding="utf-8")
    before, rest = page.split(_BEGIN)
    after = rest.split(_END)[1]
    README.write_text(f"{before}{_BEGIN}\n{text}\n{_END}{after}", encoding="utf-8")


def amount(figure: float, unit: str = "s") -> str:
    """A figure as people read it."""
    if figure == math.inf:
        return f"over {LIMIT} s"
    if unit == "MB":
        return f"{figure:,.1f} MB" if figure < 10 else f"{figure:,.0f} MB"
    if figure < 0.01:
        return f"{figure * 1000:.1f} ms"
    return f"{figure * 1000:.0f} ms" if figure < 1 else f"{figure:.1f} s"


def _machine() -> str:
    """The machine and the Python that the figures are from."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
        f"{platform.python_implementation()} {platform.python_version()}. "
        "Processor time, the least of several.\n"
    )


def _cells(row: Row, costs: Costs) -> list[str]:
    figure = costs[row.what] / costs[row.over] if row.over else costs[row.what]
    goal = holds = ""
    if row.at_most is not None:
        limit = _ratio(row.at_most) if row.over else amount(row.at_most, row.unit)
        goal = f"at most {limit}"
        holds = "yes" if figure <= row.at_most else "**no**"
    ratio = _ratio(figure) if row.over else ""
    return [row.what, amount(costs[row.what], row.unit), row.over, ratio, goal, holds]


def _ratio(figure: float) -> str:
    return f"{figure:.2f} ×"


def _growth(costs: Costs) -> str:
    """A column for each size, with the least department first."""
    sizes = (USUAL, *GROWTH)
    rows = ([name, *(amount(costs[f"{name}, {size}"]) for size in sizes)] for name in GROWING)
    return _table(("", *sizes), rows)


def _table(headers: Iterable[str], rows: Iterable[list[str]]) -> str:
    return "".join(f"| {' | '.join(cells)} |\n" for cells in _ruled(list(headers), rows))


def _ruled(headers: list[str], rows: Iterable[list[str]]) -> Iterator[list[str]]:
    yield headers
    yield ["---", *("--:" for _ in headers[1:])]
    yield from rows
