"""Rows of one edition's form in figures of another: what means the same, or adds up to it.

The same key means the same in every edition. A row is also known where the other form has its
records shared out over rows, each record in exactly one of them: then their sum is its figure.
That follows from what the rows ask for. Rows of a list of codes never add up: a record with two
of the codes would count twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from hsf_cli.populations import POPULATIONS
from hsf_cli.report.conditions import AnyOf, Between, Condition, OneOf, are_within, overlap
from hsf_cli.report.count import YEAR_MARK
from hsf_cli.report.figures import Figures
from hsf_cli.report.form import Form, FormRow
from hsf_cli.report.forms import editions, shipped

Keys = tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """A row's figure in a report of whatever edition."""

    value: int | Decimal | None
    # The rows of that report whose sum it is; none where the report has no such row.
    keys: Keys = ()
    # Whether one of them is kept from the public.
    hidden: bool = False


@dataclass(frozen=True)
class Row:
    """A row to be looked for, and the edition that it is of."""

    edition: int
    key: str


def found(row: Row, figures: Figures) -> Found:
    """The row's figure among those: its own, or the sum of those that add up to it."""
    keys = _keys(row, figures)
    lines = [figures.by_key[key] for key in keys]
    values = [line.value for line in lines if line.value is not None]
    if not lines or len(values) < len(lines):
        return Found(None, keys, any(line.hidden for line in lines))
    return Found(sum(values[1:], values[0]), keys)


def differing(row: Row, figures: Figures) -> str:
    """How the report has it otherwise, in a sentence; blank where it has the row itself."""
    if row.key in figures.by_key:
        return ""
    if row.edition == figures.edition:
        return f"Raden finnes ikke i rapporten for {figures.year}."
    return _difference(row, figures.edition)


@cache
def adding_up(edition: int, other: int) -> Mapping[str, Keys]:
    """For each row of an edition, the rows of the other that add up to it, as far as any do.

    Of a form that does not ship with the program nothing is known but its keys.
    """
    if not {edition, other} <= set(editions()):
        return {}
    home, away = shipped(edition), shipped(other)
    keys = ((row.key, _adding_up(row, home, away)) for row in home.rows)
    return {key: found for key, found in keys if found}


def split_of(row: FormRow, form: Form) -> Keys:
    """The form's rows that share the row's records out between them; none where it has no such.

    They ask what the row asks but for one attribute, whose codes or numbers they share out.
    """
    alike = [one for one in form.rows if _counts_alike(one, row)]
    if same := next((one.key for one in alike if one.conditions == row.conditions), ""):
        return (same,)
    for name, whole in row.conditions.items():
        parts = {one.key: one.conditions[name] for one in alike if _alike_but_for(name, one, row)}
        if keys := _sharing_out(whole, parts):
            return tuple(one.key for one in form.rows if one.key in keys)
    return ()


def _adding_up(row: FormRow, home: Form, away: Form) -> Keys:
    """By the row's own key, by what its form says of it, or by what the rows ask."""
    if row.key in away.by_key:
        return (row.key,)
    said = (one.others for one in home.relations if (one.figure, one.stand) == (row.key, "equals"))
    return next((keys for keys in said if away.by_key.keys() >= set(keys)), split_of(row, away))


def _keys(row: Row, figures: Figures) -> Keys:
    """The report's rows that add up to it; none unless it has them all."""
    if row.key in figures.by_key:
        return (row.key,)
    keys = adding_up(row.edition, figures.edition).get(row.key, ())
    return keys if figures.by_key.keys() >= set(keys) else ()


def _counts_alike(one: FormRow, other: FormRow) -> bool:
    """Whether they make the same of records of the same population."""
    return (one.population, one.measure, one.unit) == (other.population, other.measure, other.unit)


def _alike_but_for(name: str, one: FormRow, other: FormRow) -> bool:
    """Whether they ask for the same, and for something else of that attribute."""
    return one.conditions.keys() == other.conditions.keys() and all(
        condition == other.conditions[another]
        for another, condition in one.conditions.items()
        if another != name
    )


def _sharing_out(whole: Condition, parts: Mapping[str, Condition]) -> Keys:
    """The keys of those that have all that the whole accepts between them, nothing twice."""
    match whole:
        case OneOf(values):
            codes = {key: one.values for key, one in parts.items() if isinstance(one, OneOf)}
            return next(_covering(values, codes), ())
        case Between(lowest, highest):
            ranges = {key: one for key, one in parts.items() if isinstance(one, Between)}
            return next(_in_line(lowest, highest, ranges), ())
    return ()


def _covering(values: frozenset[Any], parts: Mapping[str, frozenset[Any]]) -> Iterator[Keys]:
    if not values:
        yield ()
        return
    first = min(values, key=str)
    for key, codes in parts.items():
        if first in codes and codes <= values:
            yield from ((key, *rest) for rest in _covering(values - codes, parts))


def _in_line(
    lowest: int | None, highest: int | None, parts: Mapping[str, Between]
) -> Iterator[Keys]:
    for key, part in parts.items():
        if part.lowest != lowest:
            continue
        if part.highest == highest:
            yield (key,)
        elif part.highest is not None:
            yield from ((key, *rest) for rest in _in_line(part.highest + 1, highest, parts))


@cache
def _difference(row: Row, other: int) -> str:
    """How another edition's form has it, in a sentence."""
    none = f"Raden finnes ikke i skjemaet fra {other}."
    if not {row.edition, other} <= set(editions()) or row.key not in shipped(row.edition).by_key:
        return none
    home, away = shipped(row.edition), shipped(other)
    if keys := adding_up(row.edition, other).get(row.key):
        return f"I skjemaet fra {other}: {_named(keys, away)}."
    this = home.by_key[row.key]
    near = [one for one in away.rows if one.key not in home.by_key and _touches(one, this)]
    for one in near:
        if one.population != this.population:
            return (
                f"Skjemaet fra {other} teller {_plural(one)} her,"
                f" skjemaet fra {row.edition} {_plural(this)}."
            )
        if are_within(this.conditions, one.conditions):
            return f"I skjemaet fra {other} er dette en del av {_named([one.key], away)}."
    if near and any(isinstance(condition, AnyOf) for condition in this.conditions.values()):
        return (
            f"Skjemaet fra {other} har flere rader for dette, og {_plural(this)} kan stå i mer enn"
            " én av dem. Derfor legges de ikke sammen."
        )
    return f"Skjemaet fra {other} deler dette inn på en annen måte." if near else none


def _named(keys: Sequence[str], form: Form) -> str:
    labels = (form.by_key[key].label.replace(YEAR_MARK, "året") for key in keys)
    return " + ".join(f"«{label}»" for label in labels)


def _plural(row: FormRow) -> str:
    return POPULATIONS[row.population].kind.plural


def _touches(one: FormRow, other: FormRow) -> bool:
    """Whether they ask the same attributes for something that a value of each can be."""
    return (
        bool(one.conditions)
        and (one.measure, one.unit) == (other.measure, other.unit)
        and one.conditions.keys() == other.conditions.keys()
        and all(overlap(asked, other.conditions[name]) for name, asked in one.conditions.items())
    )
