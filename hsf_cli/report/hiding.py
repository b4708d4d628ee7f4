"""A report for the public: small counts are hidden, and what would give them away.

Every count is treated alike, whether of records or of people who came. Hours, means and full-time
equivalents are shown: no count of the form can be worked out from them, for how many visits or
entries they come from is not in it, and that a hidden count is not 0 is known anyway.

How many records a split leaves out says how complete the records are and nothing of a person, and
without it the rows do not add up; so it is not hidden for being small. But it is one more part of
the whole, and can give a row away: one woman, no age band with anybody in it, one left out. Where
no other count is enough to hide, it is hidden too. Which records are left out is never told.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from hsf_cli.report.figures import Figures, Line, Section, Table
from hsf_cli.report.form import Form
from hsf_cli.report.implied import LEFT_OUT, at_most, sums
from hsf_cli.report.small_numbers import Sum, hidden


def public(figures: Figures, form: Form, threshold: int) -> tuple[Figures, int]:
    """The figures without those that must be hidden, and how many those are.

    A hidden count has no value. Where how many a split leaves out is hidden too, `missing` is None
    on each of its rows.
    """
    bonds = sums(form)
    counts = {
        line.key: int(line.value)
        for line in figures.lines
        if line.unit == "antall" and line.value is not None
    }
    left_out = _left_out(figures, bonds)
    keys = hidden({**counts, **left_out}, bonds, at_most(form), threshold, spared=left_out)
    silent = {
        part
        for one in bonds
        if not keys.isdisjoint(left_out.keys() & one.parts)
        for part in one.parts
    }
    return _without(figures, keys, silent), len(keys - left_out.keys())


def _left_out(figures: Figures, bonds: Sequence[Sum]) -> Mapping[str, int]:
    """How many each split leaves out, by the key of that part of it."""
    return {
        one.parts[-1]: figures.by_key[one.parts[0]].missing or 0
        for one in bonds
        if one.parts[-1].endswith(LEFT_OUT) and one.parts[0] in figures.by_key
    }


def _without(figures: Figures, keys: Collection[str], silent: Collection[str]) -> Figures:
    def line(one: Line) -> Line:
        missing = None if one.key in silent else one.missing
        if one.key in keys:
            return replace(one, value=None, hidden=True, missing=missing, left_out=())
        return replace(one, missing=missing, left_out=())

    def table(one: Table) -> Table:
        return replace(one, lines=tuple(map(line, one.lines)))

    def section(one: Section) -> Section:
        return replace(one, tables=tuple(map(table, one.tables)))

    return replace(figures, sections=tuple(map(section, figures.sections)))
