"""What each figure of the form counts, as a page for coordinators: what a proof says, in order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from docs.making.desk import NOW
from hsf_cli.populations.words import words_for
from hsf_cli.registers.department import Department
from hsf_cli.report import forms
from hsf_cli.report.count import YEAR_MARK
from hsf_cli.report.definitions import definition
from hsf_cli.report.form import Form, FormRow, FormSection, FormTable

# It goes on in a row where what stands above the table, or above the row, ends.
GOES_ON = "… "
_INSIDE = "&emsp;"
_BETWEEN = ", "
_HEADER = ("| Rad | Hva som telles |", "| :-- | :-- |")
_INTRODUCTION = Path(__file__).with_name("introduction.md")
_LAST_YEAR = NOW.year - 1


def page() -> str:
    """The whole page, as Markdown."""
    newest, *older = (_Edition(forms.shipped(year)) for year in reversed(forms.editions()))
    parts = [_introduction(newest), *newest.whole()]
    for before, edition in zip([newest, *older], older, strict=False):
        parts += edition.apart_from(before)
    return "\n\n".join(parts) + "\n"


def _introduction(edition: "_Edition") -> str:
    counted = dict.fromkeys(row.population for row in edition.form.rows)
    populations = "\n".join(f"- {_population(name, edition.year)}" for name in counted)
    text = _INTRODUCTION.read_text(encoding="utf-8").strip()
    return text.replace("{populations}", populations).replace("{year}", str(edition.year))


def _population(name: str, year: int) -> str:
    """Who or what is counted: «**Familier** som hadde oppdrag i 2025. …»."""
    words = words_for(name)
    first, _, rest = words.opening.partition(" ")
    told = f"**{first.capitalize()}** {rest}. {words.more} {words.added}".strip()
    return told.replace(YEAR_MARK, str(year)).replace("  ", " ")


@dataclass(frozen=True)
class _Edition:
    form: Form

    @property
    def year(self) -> int:
        """A year that it is in use."""
        is_newest = self.form.edition == forms.editions()[-1]
        return _LAST_YEAR if is_newest else self.form.edition

    def told(self, row: FormRow, year: int | None = None) -> str:
        """What the row counts."""
        return definition(row, year or self.year, Department._field_defaults["hours_per_fte"])

    def label(self, row: FormRow, year: int | None = None) -> str:
        """The row's own words."""
        return row.label.replace(YEAR_MARK, str(year or self.year))

    def whole(self) -> Iterator[str]:
        """Every section, table and row."""
        yield f"## Skjemaet for {self.form.edition} og senere"
        yield f"Her for {self.year}."
        for section in self.form.sections:
            yield _heading(section)
            for table in section.tables:
                yield from self._table(table)

    def _table(self, table: FormTable) -> Iterator[str]:
        said = [self.told(row) for row in table.rows]
        shared = _shared(said)
        if table.heading:
            yield _bold(table.heading)
        if shared:
            yield f"{shared} …"
        yield _rows(self._row(row, table, shared) for row in table.rows)

    def _row(self, row: FormRow, table: FormTable, shared: str) -> tuple[str, str]:
        """The row's label and what it counts, but for what stands above it."""
        said, label = self.told(row), self.label(row)
        before = takewhile(lambda other: other.key != row.key, table.rows)
        whole = next((other for other in before if other.key == row.part_of), None)
        if whole and said.startswith(above := self.told(whole).removesuffix(".") + _BETWEEN):
            return f"{_INSIDE}{label}", GOES_ON + said.removeprefix(above)
        if shared:
            return label, GOES_ON + said.removeprefix(shared + _BETWEEN)
        return label, said

    def apart_from(self, newer: "_Edition") -> Iterator[str]:
        """What is other in this edition than in the newer one, section by section."""
        yield f"## Skjemaet for {self.form.edition} og tidligere"
        yield (
            f"Her for {self.year}. Teller en rad det samme som i skjemaet for"
            f" {newer.form.edition}, står det hva den heter der."
        )
        for section in self.form.sections:
            yield _heading(section)
            for table in section.tables:
                yield from self._table_beside(table, newer)
        if lacking := list(self._lacking(newer)):
            yield f"### Bare i skjemaet for {newer.form.edition}"
            yield "\n".join(f"- {line}" for line in lacking)

    def _table_beside(self, table: FormTable, newer: "_Edition") -> Iterator[str]:
        rows = [(self.label(row), self._told_beside(row, newer)) for row in table.rows]
        alike = f"Som i {newer.form.edition}."
        if all(said == alike for _, said in rows):
            named = _bold(table.heading) or ", ".join(f"«{label}»" for label, _ in rows)
            yield f"{named} – som i {newer.form.edition}, rad for rad."
            return
        if table.heading:
            yield _bold(table.heading)
        yield _rows(rows)

    def _told_beside(self, row: FormRow, newer: "_Edition") -> str:
        """What the row counts, or which of the newer edition's rows counts the same."""
        other = newer.form.by_key.get(row.key)
        if not other or newer.told(other, self.year) != self.told(row):
            return self.told(row)
        called = "" if other.label == row.label else f"«{newer.label(other, self.year)}» "
        return f"Som {called}i {newer.form.edition}."

    def _lacking(self, newer: "_Edition") -> Iterator[str]:
        """The newer edition's tables and rows that this one does not have."""
        for section in newer.form.sections:
            for table in section.tables:
                rows = [row for row in table.rows if row.key not in self.form.by_key]
                # What they split says that they are lacking too.
                named = [row for row in rows if row.part_of in self.form.by_key or not row.part_of]
                name = f"{section.number} {table.heading.rstrip(':') or section.title}"
                if rows and len(rows) == len(table.rows):
                    yield f"{name} – hele tabellen"
                elif rows:
                    yield f"{name} – {', '.join(f'«{newer.label(row)}»' for row in named)}"


def _heading(section: FormSection) -> str:
    return f"### {section.number} {section.title}"


def _bold(heading: str) -> str:
    return f"**{heading}**" if heading else ""


def _rows(rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join([*_HEADER, *(f"| {_cell(label)} | {_cell(said)} |" for label, said in rows)])


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("*", r"\*")


def _shared(texts: Sequence[str]) -> str:
    """The clauses that every text begins with, and none ends with; blank for a single text."""
    if len(texts) < 2:
        return ""
    first, *others = (text.split(_BETWEEN) for text in texts)
    alike = takewhile(
        lambda place: all(clauses[place : place + 1] == [first[place]] for clauses in others),
        range(min(map(len, [first, *others])) - 1),
    )
    return _BETWEEN.join(first[place] for place in alike)
