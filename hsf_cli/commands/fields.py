"""A sheet's columns at the prompt: the same words as options, as questions and on the screen."""

import inspect
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hsf_cli import dates
from hsf_cli.codes import code_list
from hsf_cli.commands.completion import record
from hsf_cli.commands.wording import question
from hsf_cli.errors import HsfError, Stopped, Unreadable, WrongUse
from hsf_cli.exchange.sheet import Column, Sheet
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.exchange.values import (
    ANY_DAY,
    BORN,
    COMPLETED,
    COUNT,
    DAY,
    HOURS,
    LONG_TEXT,
    NEAR_DAY,
    PLANNED_DAY,
    TIME,
    YES_NO,
)
from hsf_cli.records import KINDS
from hsf_cli.registers.lookup import Lookup, several
from hsf_cli.store import Row, Store
from hsf_cli.ui import questions, screen
from hsf_cli.ui.offered import Completer, codes, yes_no
from hsf_cli.ui.signatures import given, option, with_parameters

_SHEETS = {sheet.table: sheet for sheet in SHEETS}
_PREFIX = "field_"
_SKIP = "Vet ikke ennå"
_LABELS = {"epost": "E-post"}
_METAVARS = {
    id(value): metavar
    for metavar, values in {
        "DATO": (DAY, ANY_DAY, NEAR_DAY, PLANNED_DAY),
        "ÅR|DATO": (BORN,),
        "JA|NEI": (YES_NO,),
        "JA|NEI|DATO": (COMPLETED,),
        "TIMER": (HOURS,),
        "ANTALL": (COUNT,),
        "KL": (TIME,),
    }.items()
    for value in values
}
# What is only worth asking when something else has been answered so.
_OTHER = "_other"
_ASKED_OF_IMMIGRANTS = ("reception_centre", "introduction_programme")
_OTHER_OF = {"kind_other": "kind", "closed_other": "closed_reason", "end_other": "end_reason"}


@dataclass
class Prompt:
    """What values need to know beside the text that was typed: the day, and the records."""

    store: Store
    # Asked for when it is made, not when this module is: a test sets the day.
    today: date = field(default_factory=lambda: dates.today())

    def number_of(self, table: str, id: str) -> int:
        """The number of the record that the text means. Raises NotFound for none or several."""
        hits = Lookup(self.store, table).found(id)
        if len(hits) > 1:
            raise several(KINDS[table], id, hits)
        return hits[0].number

    def id_of(self, table: str, number: int) -> str:
        """The short name of that record, as F12."""
        return KINDS[table].name(number)


class Fields:
    """Some columns of a sheet, named by its table, in the order they are asked in.

    Those in `later` may wait at the prompt, also where a file must have them; those in `needed`
    must be filled in here, also where a file may leave them blank. `flags` are the options of
    those whose header is not the best word in the command.
    """

    def __init__(
        self,
        sheet: str | Sheet,
        *headers: str,
        but: Sequence[str] = (),
        later: Sequence[str] = (),
        needed: Sequence[str] = (),
        flags: Mapping[str, str] | None = None,
    ) -> None:
        self.sheet: Sheet = sheet if isinstance(sheet, Sheet) else _SHEETS[sheet]
        by_header = {column.header: column for column in self.sheet.columns}
        wanted = headers or tuple(header for header in by_header if header not in but)
        self.columns: tuple[Column, ...] = tuple(by_header[header] for header in wanted)
        self._later = later
        self._needed = needed
        self._flags = flags or {}

    def flag(self, column: Column) -> str:
        """The option for a column: `--hjelp-før`."""
        return self._flags.get(column.header) or "--" + column.header.replace("_", "-")

    def options(self) -> list[inspect.Parameter]:
        """One option for each column."""
        return [
            option(
                _PREFIX + column.field,
                self.flag(column),
                metavar=_metavar(column),
                help=self._help(column),
                autocompletion=_completer(column),
            )
            for column in self.columns
        ]

    def read(self, typed: Mapping[str, str], prompt: Prompt) -> dict[str, Any]:
        """The typed texts as values. Raises WrongUse that names the option."""
        return {
            column.field: self._read(column, typed[column.field], prompt)
            for column in self.columns
            if column.field in typed
        }

    def filled(
        self,
        typed: Mapping[str, str],
        prompt: Prompt,
        *,
        asked: Sequence[str] = (),
        defaults: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """A new record's values: what was typed, what is answered, and the defaults.

        The fields in `asked` are asked for at a terminal; those that must be filled in always
        are. Raises WrongUse that names the option where nobody can be asked.
        """
        values = self.read(typed, prompt)
        for column in self.columns:
            needed = self._required(column) and column.field not in (defaults or {})
            if column.field not in values and needed and not screen.at_terminal():
                raise WrongUse(f"{self.flag(column)} mangler.", self._help(column))
            if needed or (column.field in asked and screen.at_terminal()):
                self.ask([column.field], values, prompt, defaults)
        return {**(defaults or {}), **values}

    def refuse_silence(self, typed: Mapping[str, str]) -> None:
        """Raises WrongUse where nothing was said and nobody can be asked: that is no act."""
        if not typed and not screen.at_terminal():
            flags = " eller ".join(self.flag(column) for column in self.columns[:2])
            raise WrongUse("Det er ikke sagt hva som skal føres.", f"Skriv for eksempel {flags}.")

    def ask(
        self,
        names: Iterable[str],
        values: dict[str, Any],
        prompt: Prompt,
        present: Mapping[str, Any] | None = None,
        *,
        edited: bool = False,
    ) -> None:
        """Asks for each field that has no value yet, and puts the answers in `values`.

        What is typed takes the place of what is present, unless that is to be `edited`.
        """
        known = present or {}
        by_field = {column.field: column for column in self.columns}
        for name in names:
            if name not in values and _worth_asking(name, {**known, **values}):
                values[name] = self._ask(by_field[name], prompt, known.get(name), edited=edited)

    def check(self, record: Mapping[str, Any]) -> None:
        """Raises Stopped where a whole record breaks what its sheet's rows must hold to."""
        for rule in self.sheet.rules:
            if breach := rule.breach(*(record.get(name) for name in rule.fields)):
                name, remedy = breach
                column = next(one for one in self.sheet.columns if one.field == name)
                raise Stopped(remedy, f"Rett {self.flag(column)}.")

    def shown(self, record: Mapping[str, Any], prompt: Prompt) -> list[tuple[str, str]]:
        """Every column that holds something, as its label and what people read."""
        lines = (
            (label(column), column.value.for_people(record[column.field], prompt))
            for column in self.columns
        )
        return [(name, text) for name, text in lines if text]

    def told(self, values: Mapping[str, Any], prompt: Prompt) -> str:
        """What was set: «Telefon: 900 00 123; Område: tømt»."""
        return "; ".join(
            f"{label(column)}: {shown or 'tømt'}"
            for column in self.columns
            if column.field in values
            for shown in [column.value.for_people(values[column.field], prompt)]
        )

    def data(self, record: Mapping[str, Any] | Row) -> dict[str, Any]:
        """The columns for other programs, with English keys."""
        return {column.field: _plain(column, record[column.field]) for column in self.columns}

    def _help(self, column: Column) -> str:
        codes = f" {', '.join(code_list(column.value.codes))}." if column.value.codes else ""
        return question(self.sheet.table, column.field).replace(":", ".") + codes

    def _required(self, column: Column) -> bool:
        if column.header in self._needed:
            return True
        return column.required and column.header not in self._later

    def _read(self, column: Column, text: str, prompt: Prompt) -> Any:
        try:
            value = column.value.read_typed(text, prompt)
        except Unreadable as unreadable:
            raise WrongUse(
                f"{self.flag(column)} «{text}» kan ikke leses.", unreadable.remedy
            ) from None
        if self._required(column) and value in (None, ""):
            raise WrongUse(f"{self.flag(column)} kan ikke være tom.", self._help(column))
        return value

    def _ask(self, column: Column, prompt: Prompt, present: Any, *, edited: bool) -> Any:
        """The answer to a column's question, the present value being suggested."""
        asked = question(self.sheet.table, column.field)
        value = column.value
        if value is YES_NO:
            return self._one_of(asked, column, {1: "Ja", 0: "Nei"}, present)
        if value.codes:
            labels = code_list(value.codes).labels
            if value.blank is None:
                return self._one_of(asked, column, labels, present)
            chosen = set(questions.several(asked, labels, json.loads(present or "[]")))
            return json.dumps(code_list(value.codes).in_order(chosen), ensure_ascii=False)
        if value is BORN:
            return born(asked, prompt, value.for_people(present, prompt))
        text = questions.optional(
            asked,
            lambda typed: self._readable(column, typed, prompt),
            value.for_people(present, prompt),
            goes_on=edited or value is LONG_TEXT,
        )
        return value.read_typed(text, prompt)

    def _readable(self, column: Column, typed: str, prompt: Prompt) -> object:
        if not typed and self._required(column):
            raise Unreadable("Dette må fylles ut.")
        try:
            return column.value.read_typed(typed, prompt)
        except HsfError as error:  # of a record that is not found
            raise Unreadable(f"{error.text} {error.advice}") from None

    def _one_of(self, asked: str, column: Column, labels: Mapping[Any, str], present: Any) -> Any:
        choices = dict(labels) if self._required(column) else {**labels, None: _SKIP}
        return questions.choice(asked, choices, present)


def takes(
    *groups: Fields, instead_of: str = "typed"
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Gives a command an option for each column; it gets what was typed as `typed`, by field."""

    def decorated(function: Callable[..., Any]) -> Callable[..., Any]:
        def run(own: dict[str, Any], typed: dict[str, Any]) -> Any:
            texts = {name.removeprefix(_PREFIX): text for name, text in given(typed).items()}
            return function(**own, **{instead_of: texts})

        options = [one for group in groups for one in group.options()]
        return with_parameters(function, options, run, instead_of=instead_of, first=True)

    return decorated


def label(column: Column) -> str:
    """What people call a column: «Hjelp før»."""
    return _LABELS.get(column.header) or column.header.replace("_", " ").capitalize()


def born(question: str, prompt: Prompt, shown: str = "") -> Any:
    """A year or date of birth; an age is taken after asking whether the birthday has been."""

    def check(typed: str) -> object:
        return None if dates.age(typed) is not None else BORN.read_typed(typed, prompt)

    return certain_birth(questions.optional(question, check, shown), prompt)


def certain_birth(text: str, prompt: Prompt) -> Any:
    """A year or date of birth; of an age that may be two years, the birthday is asked for."""
    try:
        return BORN.read_typed(text, prompt)
    except Unreadable:
        age = dates.age(text)
        if age is None:
            raise
    asked = "Har bursdagen vært i år?" if age else "Er barnet født i år?"
    been = questions.choice(asked, {True: "Ja", False: "Nei"})
    return dates.born_at_age(age, birthday_been=been, today=prompt.today)


def _worth_asking(name: str, values: Mapping[str, Any]) -> bool:
    """Whether a question makes sense after what has been answered already."""
    if name in _ASKED_OF_IMMIGRANTS:
        return values.get("background") in ("innvandrer", "blandet")
    if name == "contact":
        return values.get("source") not in (None, "familien")
    if name.endswith(_OTHER):
        answer = values.get(_OTHER_OF.get(name, name.removesuffix(_OTHER)))
        return answer is not None and "annet" in answer
    return True


def _plain(column: Column, value: Any) -> Any:
    if column.value is YES_NO:
        return None if value is None else bool(value)
    return json.loads(value) if column.value.codes and column.value.blank else value


def _completer(column: Column) -> Completer | None:
    value, table = column.value, column.field.removesuffix("_id")
    if value.codes:
        return codes(value.codes, several=value.blank == "[]")
    if value in (YES_NO, COMPLETED):
        return yes_no()
    return record(table) if table != column.field and table in KINDS else None


def _metavar(column: Column) -> str:
    value = column.value
    if value.codes:
        return "KODER" if value.blank == "[]" else "KODE"
    return _METAVARS.get(id(value), "TEKST")
