"""What a row of a form counts, in plain words, and why a record is not among what it counts.

Both are put together from the row itself and the words of its population, so they hold for a
department's own form as for those that ship with the program.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hsf_cli import numbers
from hsf_cli.codes import code_list
from hsf_cli.populations import POPULATIONS, Attribute
from hsf_cli.populations.words import AttributeWords, words_for
from hsf_cli.report.conditions import AnyOf, Between, Condition, OneOf
from hsf_cli.report.form import FormRow
from hsf_cli.spelling import upper_first
from hsf_cli.store import Row
from hsf_cli.texts import listed


@dataclass(frozen=True)
class Reason:
    """Why a record of a population is not counted in a row."""

    # The whole of it: «er 44 år ved utgangen av 2023».
    text: str
    # What many records have in common: «har en annen alder»; and what is this one's own: «44 år».
    shared: str
    own: str = ""
    # Whether something is not recorded, and so may be mended.
    unrecorded: bool = False


def definition(row: FormRow, year: int, hours_per_fte: int) -> str:
    """What the row counts in that year, in a sentence or a few.

    So many hours make one full-time equivalent in the department.
    """
    return _Definition(row, year, hours_per_fte).text()


def reason(row: FormRow, year: int, record: Row) -> Reason:
    """Why the row does not count that record of its population.

    Raises ValueError for a record that it does count.
    """
    attributes = POPULATIONS[row.population].attributes
    words = words_for(row.population).attributes
    for name, condition in row.conditions.items():
        if not condition.met_by(record[name]):
            return _Said(words[name], attributes[name], year).of(record[name])
    if row.measure.per and record[row.measure.per] is None:
        return _Said(words[row.measure.per], attributes[row.measure.per], year).of(None)
    raise ValueError(f"{row.key} counts this record")


class _Definition:
    def __init__(self, row: FormRow, year: int, hours_per_fte: int) -> None:
        self._row = row
        self._year = year
        self._hours_per_fte = hours_per_fte
        self._words = words_for(row.population)
        self._asked = {
            name: _Asked(self._words.attributes[name], attribute, row.conditions[name])
            for name, attribute in POPULATIONS[row.population].attributes.items()
            if name in row.conditions
        }

    def text(self) -> str:
        core = self._measured(self._records())
        sentences = [f"{upper_first(core)}.", *self._notes()]
        return " ".join(sentences).replace("{year}", str(self._year))

    def _records(self) -> str:
        """«familier med …, der sivilstatus er «Ugift / enslig», og som …»."""
        asked = dict(self._asked)
        first = next((name for name, one in asked.items() if one.opening), None)
        opening = asked.pop(first).opening if first else self._words.opening
        *clauses, last = [opening, *(one.clause for one in asked.values())]
        return f"{', '.join(clauses)}, {_joining(last, len(clauses))}{last}" if clauses else last

    def _measured(self, records: str) -> str:
        """The records themselves, or what is added up over them."""
        measure, unit = self._row.measure, self._row.unit
        if not measure.sum:
            return records
        in_hours = unit != "antall"
        amounts = listed(self._amount(name, in_hours=in_hours) for name in measure.sum)
        total = f"{amounts} {self._words.within} {records}"
        if measure.per:
            divisor = self._amount(measure.per, in_hours=False)
            return f"{total}, delt på {divisor} {self._words.within} {self._words.these}"
        if unit == "årsverk":
            return f"{total}, lagt sammen og delt på timene i ett årsverk"
        return f"{total}, lagt sammen"

    def _amount(self, name: str, *, in_hours: bool) -> str:
        words = self._words.attributes[name]
        return words.hours if in_hours and words.hours else words.amount

    def _notes(self) -> Iterator[str]:
        """What is said after the sentence, each once."""
        measure = self._row.measure
        if not (self._asked or measure.sum) and self._words.more:
            yield self._words.more
        yield from dict.fromkeys(note for one in self._asked.values() for note in one.notes)
        if measure.per:
            plural = upper_first(POPULATIONS[self._row.population].kind.plural)
            yield f"{plural} uten {self._words.attributes[measure.per].name} er ikke med."
        elif measure.sum and self._words.added:
            yield self._words.added
        if self._row.unit == "årsverk":
            yield f"Ett årsverk er {numbers.written(self._hours_per_fte)} timer i avdelingen."


class _Asked:
    """What a condition asks of an attribute, in words."""

    def __init__(self, words: AttributeWords, attribute: Attribute, condition: Condition) -> None:
        self._words = words
        self._attribute = attribute
        self._condition = condition
        self._codes = _codes_of(attribute, condition)

    @property
    def opening(self) -> str:
        """The opening in place of the population's, where there is one."""
        return "" if self._any_code else self._words.opening.replace("{value}", self._value)

    @property
    def clause(self) -> str:
        if self._any_code:
            return self._words.any
        if self._attribute.type == "yes_no":
            return self._value
        return self._words.where.replace("{value}", self._value)

    @property
    def notes(self) -> Iterator[str]:
        yield from (self._words.notes[code] for code in self._codes if code in self._words.notes)
        if self._words.note and (self._attribute.type != "codes" or len(self._codes) > 1):
            yield self._words.note

    @property
    def _any_code(self) -> bool:
        return bool(self._codes) and len(self._codes) == len(list(code_list(self._attribute.codes)))

    @property
    def _value(self) -> str:
        match self._condition:
            case Between(lowest, highest):
                return _range(self._words, lowest, highest)
            case OneOf(values) if self._attribute.type == "yes_no":
                return self._words.when_yes if 1 in values else self._words.when_no
            case _:
                return listed(
                    (_code(self._words, self._attribute, code) for code in self._codes), "eller"
                )


class _Said:
    """What is told of a record that a condition leaves out."""

    def __init__(self, words: AttributeWords, attribute: Attribute, year: int) -> None:
        self._words = words
        self._attribute = attribute
        self._year = year

    def of(self, value: Any) -> Reason:
        if value is None:
            if self._words.none:
                return self._alike(self._words.none)
            return self._alike(
                self._words.blank or f"{self._words.name} er ikke ført", unrecorded=True
            )
        match self._attribute.type:
            case "yes_no":
                return self._alike(self._words.yes if value else self._words.no)
            case "code":
                return self._alike(self._told(_code(self._words, self._attribute, value)))
            case "codes":
                return self._of_codes(set(json.loads(value)))
            case "number":
                own = _number(self._words, value)
                return Reason(self._told(own), self._words.other, own)

    def _of_codes(self, codes: set[str]) -> Reason:
        if not codes:
            return self._alike(self._words.none)
        known = code_list(self._attribute.codes)
        labels = [_code(self._words, self._attribute, code) for code in known.in_order(codes)]
        return Reason(self._told(listed(labels)), self._words.other)

    def _told(self, value: str) -> str:
        template = self._words.told or f"{self._words.name} er {{value}}"
        return self._in_year(template.replace("{value}", value))

    def _alike(self, text: str, *, unrecorded: bool = False) -> Reason:
        """A reason that is the same for all records that have it."""
        said = self._in_year(text)
        return Reason(said, said, unrecorded=unrecorded)

    def _in_year(self, text: str) -> str:
        return text.replace("{year}", str(self._year))


def _codes_of(attribute: Attribute, condition: Condition) -> list[str]:
    """The codes that a condition asks for, in their list's order."""
    match condition:
        case AnyOf(codes):
            return code_list(attribute.codes).in_order(set(codes))
        case OneOf(values) if attribute.codes:
            return code_list(attribute.codes).in_order(set(values))
        case _:
            return []


def _code(words: AttributeWords, attribute: Attribute, code: str) -> str:
    return words.codes.get(code) or f"«{code_list(attribute.codes).labels[code]}»"


def _joining(clause: str, place: int) -> str:
    """The word between the last clause, at that place, and what is before it."""
    if clause.startswith("som ") or (clause.startswith("der ") and place > 1):
        return "og "
    return ""  # «…, der sivilstatus er …», «…, men som …»


def _range(words: AttributeWords, lowest: int | None, highest: int | None) -> str:
    """«0–2 år», «75 år eller eldre»."""
    if lowest is None:
        return words.fewer.replace("{number}", _number(words, highest or 0))
    if highest is None:
        return words.more.replace("{number}", _number(words, lowest))
    if lowest == highest:
        return _number(words, lowest)
    return f"{lowest}–{highest} {words.several}"


def _number(words: AttributeWords, number: int) -> str:
    return f"{number} {words.one if number == 1 else words.several}"
