"""What must hold between a report's figures, and where it does not.

Rows that split another add up to it; the rest stands in the edition. Nothing is asked of figures
that are hidden. A cell that was left blank is none, but for rows that split another: there it may
be that nobody asked, and the rows can only add up to too much. The figures of published reports
are rounded as they were printed, and a sum may be off by as much as that makes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hsf_cli import numbers
from hsf_cli.records import KINDS
from hsf_cli.report.figures import Figures, Line, Section, Table
from hsf_cli.report.form import BEFORE, Form, FormRow, Relation, Stand

_HOURS_IN_A_DAY = 24
# The fewest and the most that a department could have set.
_HOURS_PER_FTE = (1500, 2000)
# The editions' texts speak of several; of one there is a word for one.
_SINGULAR = {kind.plural: kind.singular for kind in KINDS.values()} | {
    "timer": "time",
    "foreldre": "forelder",
    "nye familiekontakter": "ny familiekontakt",
    "koblede familiekontakter": "koblet familiekontakt",
    "koblede familier": "koblet familie",
}
_ONE_OF_SEVERAL = re.compile(rf"(?<![\d,.\xa0])1 ({'|'.join(_SINGULAR)})\b")


@dataclass(frozen=True)
class Contradiction:
    """What cannot be so: the section it is in, the row it shows in, and what stands against it."""

    section: str
    key: str
    text: str

    def __str__(self) -> str:
        return f"{self.section}: {self.text}"


def contradictions(
    figures: Figures, form: Form, before: Figures | None = None, *, suspicions: bool = True
) -> list[Contradiction]:
    """Everything that does not hold, in the form's order; one for each figure it shows in.

    `before` is last year's report; without it nothing is asked of what carries over the years.
    What records that are right can break too, is only told where `suspicions` are wanted.
    """
    check = _Check(figures, form, before)
    found: dict[str, list[str]] = {}
    for section in figures.sections:
        for table in section.tables:
            for key, text in check.split(table):
                found.setdefault(key, []).append(text)
    for row in form.rows:
        if text := check.beyond(row):
            found.setdefault(row.key, []).append(text)
    for relation in form.relations:
        if relation.suspicion and not suspicions:
            continue
        if text := check.broken(relation):
            found.setdefault(relation.figure, []).append(text)
    return [
        Contradiction(section.number, line.key, "; ".join(found[line.key]))
        for section, line in _placed(figures)
        if line.key in found
    ]


def _placed(figures: Figures) -> Iterator[tuple[Section, Line]]:
    return ((section, line) for section in figures.sections for line in section.lines)


@dataclass(frozen=True)
class _Check:
    figures: Figures
    form: Form
    before: Figures | None

    def split(self, table: Table) -> Iterator[tuple[str, str]]:
        """The rows of the table that others split without adding up to them, and how."""
        for whole, parts in _splits(table).items():
            line, missing = self.figures.by_key.get(whole), parts[0].missing or 0
            if line is None or not _told([line, *parts]) or _adds_up(line, parts, missing):
                continue
            within = line in table.lines
            rows = _bare(line.label if within else table.heading)
            what = "den raden" if within else f"«{_bare(line.label)}»"
            summed = _written(_sum(parts) + missing)
            key = line.key if within else parts[0].key
            yield key, f"radene under «{rows}» summerer til {summed}, men {what} er {_shown(line)}"

    def beyond(self, row: FormRow) -> str:
        """What to say of a mean or of full-time equivalents that cannot be; blank where they can.

        A visit is within a day. A department says how many hours make a full-time equivalent; of
        a published report that does not, they are somewhere between the fewest and the most.
        """
        line = self.figures.by_key.get(row.key)
        if line is None or line.value is None:
            return ""
        if row.measure.per and line.value > _HOURS_IN_A_DAY:
            return f"«{_bare(line.label)}» er {_shown(line)}, men et døgn har 24 timer"
        if row.unit != "årsverk" or (hours := self._hours_behind(row)) is None:
            return ""
        known = self.figures.hours_per_fte
        fewest, most = (known, known) if known else _HOURS_PER_FTE
        leeway = _leeway([line]) + _leeway([hours]) / fewest
        if _number(hours) / most - leeway <= line.value <= _number(hours) / fewest + leeway:
            return ""
        return f"{_shown(hours)} timer er ikke {_shown(line)} årsverk"

    def _hours_behind(self, row: FormRow) -> Line | None:
        """The row with the hours that full-time equivalents are made of."""
        same = (
            other.key
            for other in self.form.rows
            if (other.population, other.measure, other.conditions, other.unit)
            == (row.population, row.measure, row.conditions, "timer")
        )
        line = self.figures.by_key.get(next(same, ""))
        return None if line is None or line.value is None else line

    def broken(self, relation: Relation) -> str:
        """What to say where the relation does not hold; blank where it does, or nobody can say."""
        line = self.figures.by_key.get(relation.figure)
        others, also = self._known(relation.others), self._known(relation.also)
        if line is None or others is None or also is None or not _told([line, *also, *others]):
            return ""
        if not any(map(self._answered, others)):
            return ""
        if _holds(relation.stand, [line, *also], others):
            return ""
        told = relation.text.format(
            figure=_shown(line),
            also=_written(_sum(also)),
            sum=_written(_sum(others)),
            label=_bare(line.label),
        )
        return _ONE_OF_SEVERAL.sub(lambda found: f"1 {_SINGULAR[found[1]]}", told)

    def _answered(self, line: Line) -> bool:
        """Whether the row, or the one it splits with its siblings, was filled in."""
        whole = self.figures.by_key.get(line.part_of, line)
        return line.value is not None or whole.value is not None

    def _known(self, keys: Sequence[str]) -> list[Line] | None:
        """The lines with these keys; None where one of them is not known."""
        lines = [line for key in keys if (line := self._line(key)) is not None]
        return lines if len(lines) == len(keys) else None

    def _line(self, key: str) -> Line | None:
        if key.startswith(BEFORE):
            key, figures = key.removeprefix(BEFORE), self.before
            return figures.by_key.get(key) if figures else None
        return self.figures.by_key.get(key)


def _splits(table: Table) -> dict[str, list[Line]]:
    """The rows of the table that split another, by the key of that one."""
    found: dict[str, list[Line]] = {}
    for line in table.lines:
        if line.part_of:
            found.setdefault(line.part_of, []).append(line)
    return found


def _told(lines: Sequence[Line]) -> bool:
    """Whether the first is filled in, and none is hidden."""
    return lines[0].value is not None and not any(line.hidden for line in lines)


def _adds_up(whole: Line, parts: Sequence[Line], missing: int = 0) -> bool:
    """Whether the parts, and what is known to be in none of them, are the whole."""
    apart = _number(whole) - _sum(parts) - missing
    leeway = _leeway([whole, *parts])
    return apart >= -leeway if _has_blank(parts) else abs(apart) <= leeway


def _holds(stand: Stand, lines: Sequence[Line], others: Sequence[Line]) -> bool:
    match stand:
        case "equals":
            return _adds_up(lines[0], others)
        case "at_most":
            return _sum(lines) <= _sum(others) + _leeway([*lines, *others])
        case "needs":
            return not lines[0].value or bool(_sum(others))


def _has_blank(lines: Sequence[Line]) -> bool:
    return any(line.value is None for line in lines)


def _number(line: Line) -> Decimal:
    return Decimal(line.value or 0)


def _sum(lines: Sequence[Line]) -> Decimal:
    return sum(map(_number, lines), Decimal(0))


def _leeway(lines: Sequence[Line]) -> Decimal:
    """How much the figures can be off together by having been rounded; counts never are."""
    halves = (
        Decimal(5).scaleb(int(line.value.as_tuple().exponent) - 1)
        for line in lines
        if isinstance(line.value, Decimal)
    )
    return sum(halves, Decimal(0))


def _shown(line: Line) -> str:
    return _written(_number(line))


def _written(number: Decimal) -> str:
    return numbers.written(number)


def _bare(label: str) -> str:
    return label.rstrip(": ")
