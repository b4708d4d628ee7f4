"""Reports as departments publish them, made up: a form printed as text, as it is copied from a PDF.

The layout is that of published reports: wrapped labels, figures on lines of their own, blank
cells, headings with «Antall:» beside them, other chapters around, and remarks in between.
"""

import random
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from hsf_cli import numbers
from hsf_cli.report.figures import Figures, Line, Section, Table
from hsf_cli.report.form import FormRow
from hsf_cli.report.forms import shipped
from hsf_cli.report.reading import Understood

Values = dict[str, int | Decimal | None]

BEFORE = """\
Årsrapport {year} for Home-Start Prøve
Innhold
4.1 Driftsansvarlig 5
{chapter}.0 Statistikk over aktivitet på avdelingen ........ 7
{chapter}.1 Forberedelseskurset ........ 7
{following}.0 Aktiviteter: Kurs, konferanser og samlinger 12

3.0 Målgruppe
Familier med minst ett barn under skolealder. Familiene får støtte av en frivillig.

4.1 Driftsansvarlig
Kommunen driver avdelingen, og har gjort det i 12 år. Barnevern, helsestasjon og
barnehager er de vi samarbeider mest med.

"""
AFTER = """
{following}.0 Aktiviteter: Kurs, konferanser og samlinger
{following}.1 For koordinator
Koordinator deltok på samlingen i september.
{following}.2 For familiekontakter
Totalt 4 samlinger.
"""


@dataclass(frozen=True)
class Layout:
    """How a report is printed."""

    width: int = 80
    # The number the department gives the chapter, where it is not the form's.
    chapter: int = 0
    # How many of the figures stand on a line of their own, and how many beside the first line of
    # a wrapped label: from 0 to 1.
    lone: float = 0.0
    beside_first: float = 0.0
    blank_lines: int = 1
    # Under which section a remark stands, and which are left out, by the second part of the number.
    remarks: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    # Whether the report's other chapters are there too.
    others: bool = True


def values(edition: int, seed: int = 0, blank: float = 0.3) -> Values:
    """Figures for every row of an edition's form, that part of them left blank."""
    chance = random.Random(seed)
    return {row.key: _value(row, chance, blank) for row in shipped(edition).rows}


def _value(row: FormRow, chance: random.Random, blank: float) -> int | Decimal | None:
    if chance.random() < blank:
        return None
    if row.unit == "antall":
        return chance.choice([0, 1, 2, 3, 7, 12, 25, 104, 1104, 2023, 99_999])
    return Decimal(chance.choice(["3.1", "175.33", "1632.9", "0.5", "81", "99999.99", "0.00"]))


def printed(edition: int, figures: Values, year: int, layout: Layout | None = None) -> str:
    """A filled-in form as text."""
    layout = layout or Layout()
    form = shipped(edition)
    number = layout.chapter or int(form.number.partition(".")[0])
    text = "\n".join([f"{number}.0 {form.title}", *_sections(edition, figures, year, layout)])
    if not layout.others:
        return f"{text}\n"
    said = {"year": year, "chapter": number, "following": number + 1}
    return f"{BEFORE.format(**said)}{text}\n{AFTER.format(**said)}"


def _sections(edition: int, figures: Values, year: int, layout: Layout) -> Iterator[str]:
    chance = random.Random(layout.width)
    form = shipped(edition)
    blank = [" "] * layout.blank_lines
    for section in form.sections:
        first, _, second = section.number.partition(".")
        if second in layout.without:
            continue
        yield from ["", f"{layout.chapter or first}.{second} {section.title} "]
        for table in section.tables:
            if table.heading:
                yield from [*textwrap.wrap(f"{table.heading} Antall:", layout.width), *blank]
            for row in table.rows:
                label = row.label.replace("{year}", str(year))
                yield from [*_row(label, written(figures[row.key]), layout, chance), *blank]
        if second in layout.remarks:
            yield from ["", *textwrap.wrap(layout.remarks[second], layout.width), ""]


def _row(label: str, figure: str, layout: Layout, chance: random.Random) -> list[str]:
    *lines, last = textwrap.wrap(label, layout.width)
    kind = chance.random()
    if kind < layout.lone:
        return [*lines, last, "", figure]
    if lines and kind < layout.lone + layout.beside_first:
        return [f"{lines[0]} {figure}", *lines[1:], last]
    return [*lines, f"{last} {figure} "]


def written(figure: int | Decimal | None) -> str:
    """A figure as it is printed; a blank cell as nothing."""
    return "" if figure is None else numbers.written(figure)


def filled_in(edition: int, figures: Values, year: int) -> Figures:
    """A filled-in form as the outputs take it."""
    form = shipped(edition)
    return Figures(
        year,
        edition,
        "Home-Start Prøve",
        form.number,
        form.title,
        tuple(
            Section(
                section.number,
                section.title,
                tuple(
                    Table(
                        table.heading,
                        tuple(
                            Line(
                                row.key,
                                row.label.replace("{year}", str(year)),
                                figures[row.key],
                                row.unit,
                            )
                            for row in table.rows
                        ),
                    )
                    for table in section.tables
                ),
            )
            for section in form.sections
        ),
        hours_per_fte=1695,
    )


def read_values(found: Understood) -> Values:
    """The figures that were read, by key."""
    return {cell.key: cell.value for cell in found.cells}
