"""Makes a form of what its TOML file holds, and tells everything that is wrong with it at once."""

import string
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from hsf_cli.codes import code_list
from hsf_cli.errors import BadContent, Place
from hsf_cli.populations import POPULATIONS, Attribute, Population
from hsf_cli.report.conditions import AnyOf, Between, Condition, OneOf
from hsf_cli.report.form import (
    BEFORE,
    STATISTICS,
    Chapter,
    Form,
    FormRow,
    FormSection,
    FormTable,
    Measure,
    Relation,
    Stand,
    Unit,
)
from hsf_cli.report.toml_lines import Spot, field_lines, header_lines, lines
from hsf_cli.spelling import did_you_mean, nearest, suggested

_UNITS = get_args(Unit)
_STANDS = get_args(Stand)
_FORM_FIELDS = {"edition", "chapter", "chapters", "section", "relation"}
_CHAPTER_FIELDS = {"key", "number", "title"}
_RELATION_FIELDS = {"figure", "also", "text", "suspicion", *_STANDS}
_SECTION_FIELDS = {"number", "title", "table"}
_TABLE_FIELDS = {"heading", "of", "part_of", "rows"}
_ROW_FIELDS = {"key", "label", "of", "where", "sum", "per", "unit", "part_of"}
# What a relation's text may have in braces.
_FILLED_IN = {"figure", "also", "sum", "label"}
_MOST_ERRORS = 100
_LONGEST_SHOWN = 60


def checked(raw: Mapping[str, Any], text: str, file: str) -> Form:
    """The form. Raises BadContent with every error and the line where it stands."""
    check = _Check(file, lines(text), field_lines(text), header_lines(text, "relation"))
    form = check.form(raw)
    if check.errors:
        raise check.refused("én feil" if len(check.errors) == 1 else f"{len(check.errors)} feil")
    return form


@dataclass
class _Check:
    file: str
    lines: Mapping[Spot, int]
    field_lines: Mapping[str, int]
    relation_lines: Sequence[int]
    errors: list[Place] = field(default_factory=list)

    def error(self, spot: Spot, name: str, value: Any, remedy: str) -> None:
        line = self.lines.get(spot) or self.field_lines.get(name) or self.chapter_line
        self.errors.append(Place(self.file, line, name, _shown(value), remedy))
        if len(self.errors) >= _MOST_ERRORS:
            raise self.refused(f"{_MOST_ERRORS} feil eller flere")

    def refused(self, count: str) -> BadContent:
        """What is told of a form with so many errors."""
        places = sorted(self.errors, key=lambda place: place.line)
        return BadContent(
            f"Skjemafilen {self.file} har {count}.", "Rett feilene i filen, og prøv igjen.", places
        )

    @property
    def chapter_line(self) -> int:
        """Where the chapter's own fields stand."""
        return self.field_lines.get("chapter", 1)

    def form(self, raw: Mapping[str, Any]) -> Form:
        self._known_fields((), raw, _FORM_FIELDS)
        chapter = raw.get("chapter")
        if not isinstance(chapter, dict):
            chapter = {}
            self.error((), "chapter", "", 'Skriv chapter = { number = "6.0", title = "…" }.')
        else:
            self._known_fields((), chapter, {"number", "title"})
        edition = raw.get("edition", "")
        if type(edition) is not int:
            self.error((), "edition", edition, "Skriv årstallet utgaven gjelder fra.")
            edition = 0
        number, title = self._text((), chapter, "number"), self._text((), chapter, "title")
        form = Form(
            edition,
            number,
            title,
            tuple(
                self._section((i,), part)
                for i, part in enumerate(self._parts((), raw, "section", "seksjon"))
            ),
            tuple(self._chapters(raw, Chapter(STATISTICS, number, title))),
        )
        self._check_together(form)
        return replace(form, relations=tuple(self._relations(raw, form)))

    def _chapters(self, raw: Mapping[str, Any], statistics: Chapter) -> Iterator[Chapter]:
        """The chapters; a form that names none has only the one with its figures."""
        named = raw.get("chapters", [{"key": STATISTICS}])
        if not isinstance(named, list) or not all(isinstance(one, dict) for one in named):
            self.error((), "chapters", named, 'Skriv chapters = [ { key = "…", title = "…" } ].')
            return
        keys = Counter(str(one.get("key")) for one in named)
        if keys[STATISTICS] != 1:
            remedy = f'Skriv én gang hvor tallene skal stå: {{ key = "{STATISTICS}" }}.'
            self.error((), "chapters", "", remedy)
        for one in named:
            self._known_fields((), one, _CHAPTER_FIELDS, "chapters")
            key = self._text((), one, "key")
            if keys[key] > 1:
                self.error((), "chapters", key, "Nøkkelen brukes av flere kapitler.")
            if key == STATISTICS:
                yield statistics
            else:
                number = self._text((), one, "number", may_be_blank=True) if "number" in one else ""
                yield Chapter(key, number, self._text((), one, "title"))

    def _relations(self, raw: Mapping[str, Any], form: Form) -> Iterator[Relation]:
        named = raw.get("relation", [])
        if not isinstance(named, list) or not all(isinstance(one, dict) for one in named):
            self.error((), "relation", named, "Skriv hver sammenheng under [[relation]].")
            return
        if len(named) != len(self.relation_lines):  # written as one list, without lines to tell of
            self.error((), "relation", "", "Skriv hver sammenheng under sin egen [[relation]].")
            return
        for one, line in zip(named, self.relation_lines, strict=True):
            yield from self._relation(one, form, line)

    def _relation(self, raw: Mapping[str, Any], form: Form, line: int) -> Iterator[Relation]:
        """A relation for each row that the figure's key stands for."""
        check = replace(self, lines={(): line})
        check._known_fields((), raw, _RELATION_FIELDS)
        stands = [stand for stand in _STANDS if stand in raw]
        if len(stands) != 1:
            check.error((), "figure", raw.get("figure", ""), f"Skriv én av: {', '.join(_STANDS)}.")
            return
        keys = check._all_keys(form, raw[stands[0]])
        also = check._all_keys(form, raw.get("also", []))
        if also and stands[0] != "at_most":
            check.error(
                (), "also", raw["also"], "Bare foran at_most kan flere rader legges sammen."
            )
        text = check._text((), raw, "text")
        if not _can_be_filled(text):
            remedy = "Bare {figure}, {also}, {sum} og {label} kan stå i klammer i teksten."
            check.error((), "text", text, remedy)
        suspicion = raw.get("suspicion", False)
        if not isinstance(suspicion, bool):
            check.error((), "suspicion", suspicion, "Skriv true eller false.")
        for figure in check._keys(form, raw.get("figure", "")):
            others = tuple(key for key in keys if key != figure)
            yield Relation(figure, stands[0], others, text, suspicion is True, tuple(also))

    def _all_keys(self, form: Form, named: Any) -> list[str]:
        return [key for pattern in _listed(named) for key in self._keys(form, pattern)]

    def _keys(self, form: Form, pattern: Any) -> list[str]:
        """The rows that a key stands for: itself, or with `.*` at its end those right under it."""
        written = str(pattern)
        name = written.removeprefix(BEFORE)
        before = written.removesuffix(name)
        start, _, star = name.rpartition(".")
        found = [
            f"{before}{key}"
            for key in form.by_key
            if (key.rpartition(".")[0] == start if star == "*" else key == name)
        ]
        if not found:
            hint = suggested(f"«{before}{key}»" for key in nearest(name, form.by_key))
            remedy = f"Ingen rad har denne nøkkelen. {hint}".rstrip()
            self.error((), "relation", written, remedy)
        return found

    def _section(self, spot: Spot, raw: Mapping[str, Any]) -> FormSection:
        self._known_fields(spot, raw, _SECTION_FIELDS)
        return FormSection(
            self._text(spot, raw, "number"),
            self._text(spot, raw, "title"),
            tuple(
                self._table((*spot, i), part)
                for i, part in enumerate(self._parts(spot, raw, "table", "tabell"))
            ),
        )

    def _table(self, spot: Spot, raw: Mapping[str, Any]) -> FormTable:
        self._known_fields(spot, raw, _TABLE_FIELDS)
        inherited = {name: raw[name] for name in ("of", "part_of") if name in raw}
        return FormTable(
            self._text(spot, raw, "heading", may_be_blank=True),
            tuple(
                self._row((*spot, i), {**inherited, **part})
                for i, part in enumerate(self._parts(spot, raw, "rows", "rad"))
            ),
        )

    def _row(self, spot: Spot, raw: Mapping[str, Any]) -> FormRow:
        self._known_fields(spot, raw, _ROW_FIELDS)
        key = self._name(spot, raw, "key") or ".".join(str(number + 1) for number in spot)
        population = self._one_of(spot, "of", raw.get("of", ""), list(POPULATIONS))
        unit: Unit = self._one_of(spot, "unit", raw.get("unit", "antall"), _UNITS) or "antall"
        part_of = self._name(spot, raw, "part_of")
        return FormRow(
            key,
            self._text(spot, raw, "label"),
            population,
            self._conditions(spot, population, raw.get("where", {})),
            self._measure(spot, population, raw),
            unit,
            "" if part_of == key else part_of,
        )

    def _conditions(self, spot: Spot, population: str, raw: Any) -> dict[str, Condition]:
        if not isinstance(raw, dict):
            self.error(spot, "where", raw, 'Skriv vilkårene som where.gender = "kvinne".')
            return {}
        if population not in POPULATIONS:
            return {}
        found = {}
        for name, wanted in raw.items():
            if attribute := self._attribute(spot, POPULATIONS[population], name):
                condition = self._condition(spot, name, attribute, wanted)
                if condition:
                    found[name] = condition
        return found

    def _attribute(self, spot: Spot, population: Population, name: str) -> Attribute | None:
        attribute = population.attributes.get(name)
        if attribute is None:
            known = ", ".join(population.attributes) or "ingen"
            remedy = f"{population.name} har ikke dette. Kjente er: {known}."
            self.error(spot, "where", name, remedy)
        return attribute

    def _condition(
        self, spot: Spot, name: str, attribute: Attribute, wanted: Any
    ) -> Condition | None:
        if attribute.type == "number":
            return self._between(spot, name, wanted)
        if attribute.type == "yes_no":
            if isinstance(wanted, bool):
                return OneOf(frozenset({int(wanted)}))
            self.error(spot, name, wanted, "Skriv true eller false.")
            return None
        known = code_list(attribute.codes)
        if wanted == {"any": True}:
            wanted = list(known)
        codes = wanted if isinstance(wanted, list) else [wanted]
        if not codes:
            self.error(spot, name, "[]", f"Skriv minst én av: {', '.join(known)}.")
        for code in codes:
            self._one_of(spot, name, code, list(known))
        of_codes = frozenset(map(str, codes))
        return AnyOf(of_codes) if attribute.type == "codes" else OneOf(of_codes)

    def _between(self, spot: Spot, name: str, wanted: Any) -> Condition | None:
        bounds = wanted if isinstance(wanted, dict) else {"from": wanted, "to": wanted}
        numbers = [bounds.get("from", 0), bounds.get("to", sys.maxsize)]
        if (
            bounds
            and set(bounds) <= {"from", "to"}
            and all(type(number) is int for number in numbers)
            and numbers[0] <= numbers[1]
        ):
            return Between(bounds.get("from"), bounds.get("to"))
        self.error(spot, name, wanted, "Skriv et tall, eller { from = 18, to = 24 }.")
        return None

    def _measure(self, spot: Spot, population: str, raw: Mapping[str, Any]) -> Measure:
        added = _listed(raw.get("sum", []))
        per = raw.get("per", "")
        if per and not added:
            self.error(spot, "per", per, "Si også hva som skal deles: sum = …")
        elif raw.get("unit") in ("timer", "årsverk") and not added:
            self.error(spot, "unit", raw["unit"], 'Si også hvilke minutter: sum = "minutes".')
        if per and raw.get("unit") != "timer":
            self.error(spot, "per", per, 'Et gjennomsnitt gis i timer: unit = "timer".')
        if population in POPULATIONS:
            numbers = [
                name
                for name, attribute in POPULATIONS[population].attributes.items()
                if attribute.type == "number"
            ]
            for name in [*added, *([per] if per else [])]:
                self._one_of(spot, "sum", name, numbers)
        return Measure(tuple(map(str, added)), str(per))

    def _check_together(self, form: Form) -> None:
        """What no row shows alone: keys twice, labels twice, and what rows are parts of."""
        placed = list(_placed_rows(form))
        keys = Counter(row.key for _, row in placed)
        by_key = {row.key: row for _, row in placed}
        labels = Counter((spot[:2], row.part_of, row.label) for spot, row in placed)
        for spot, row in placed:
            if keys[row.key] > 1:
                self.error(spot, "key", row.key, "Nøkkelen brukes av flere rader.")
            if labels[spot[:2], row.part_of, row.label] > 1:
                self.error(spot, "label", row.label, "Teksten står to ganger i tabellen.")
            if not row.part_of:
                continue
            whole = by_key.get(row.part_of)
            if whole is None:
                self.error(spot, "part_of", row.part_of, "Ingen rad har denne nøkkelen.")
            elif row.population and whole.population and whole.population != row.population:
                remedy = f"Raden teller {row.population}, helheten {whole.population}."
                self.error(spot, "part_of", row.part_of, remedy)

    def _known_fields(
        self, spot: Spot, raw: Mapping[str, Any], known: set[str], among: str = ""
    ) -> None:
        for name in raw:
            self._one_of(spot, among or name, name, sorted(known))

    def _one_of(self, spot: Spot, name: str, value: Any, known: Sequence[str]) -> Any:
        """The value, noted as an error where it is not among the known ones."""
        if value not in known:
            hint = did_you_mean(str(value), known)
            self.error(spot, name, value, f"{hint}Kjente er: {', '.join(known)}.")
            return ""
        return value

    def _name(self, spot: Spot, raw: Mapping[str, Any], name: str) -> str:
        """A key, or nothing where none is given."""
        text = raw.get(name, "")
        if not isinstance(text, str):
            self.error(spot, name, text, "Skriv en nøkkel i anførselstegn.")
            return ""
        return text

    def _text(
        self, spot: Spot, raw: Mapping[str, Any], name: str, *, may_be_blank: bool = False
    ) -> str:
        text = raw.get(name)
        if not isinstance(text, str) or not (text or may_be_blank):
            self.error(spot, name, "" if text is None else text, "Skriv en tekst her.")
            return ""
        if text and not (text.strip() and text.isprintable()):
            self.error(spot, name, text, "Skriv teksten på én linje, uten kontrolltegn.")
        return text

    def _parts(self, spot: Spot, raw: Mapping[str, Any], name: str, word: str) -> list[Any]:
        parts = raw.get(name)
        if (
            not isinstance(parts, list)
            or not parts
            or not all(isinstance(part, dict) for part in parts)
        ):
            self.error(spot, name, "", f"Det må være minst én {word} her.")
            return []
        return parts


def _can_be_filled(text: str) -> bool:
    """Whether a relation's text can have its figures put in."""
    try:
        pieces = list(string.Formatter().parse(text))
    except ValueError:  # braces that do not go together
        return False
    return all(
        name is None or (name in _FILLED_IN and not form and not turned)
        for _, name, form, turned in pieces
    )


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _placed_rows(form: Form) -> Iterator[tuple[Spot, FormRow]]:
    for i, section in enumerate(form.sections):
        for j, table in enumerate(section.tables):
            for k, row in enumerate(table.rows):
                yield (i, j, k), row
