"""What the commands of `hsf rapport` share: the group, the year, the form, whose figures."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from hsf_cli import dates, past, places
from hsf_cli.commands.common import opened, read
from hsf_cli.errors import WrongUse
from hsf_cli.report import figures, form, kept
from hsf_cli.report.count import Report, counted
from hsf_cli.report.figures import Figures
from hsf_cli.report.form import Form
from hsf_cli.store import Store
from hsf_cli.ui import screen

Year = Annotated[
    str | None,
    typer.Argument(metavar="ÅR", help="Året rapporten gjelder. Uten årstall: fjoråret."),
]
Edition = Annotated[
    str | None,
    typer.Option("--utgave", metavar="ÅR", help="En annen utgave av skjemaet enn årets egen."),
]
OwnForm = Annotated[
    Path | None,
    typer.Option("--skjema", metavar="FIL", help="Avdelingens eget skjema, en .toml-fil."),
]
AsKnown = Annotated[
    str | None,
    typer.Option("--som-kjent", metavar="DATO", help="Slik postene sto ved slutten av den dagen."),
]


@dataclass(frozen=True)
class Wanted:
    """Which report is meant: its year, and its form where another than the year's is named."""

    year: int
    form: Form
    # The day as of which the records are to be counted; None is now.
    as_known: date | None = None
    # Whether the year's own form is meant, and a kept report may stand for it.
    usual: bool = True

    @contextmanager
    def records(self, store: Store) -> Iterator[Store]:
        """The department as it stands, or as it was known on the day."""
        if self.as_known is None:
            yield store
        else:
            with past.as_known(store, self.as_known) as then:
                yield then

    def report(self, store: Store) -> Report:
        """The report counted from the records."""
        return counted(store, self.form, self.year, datetime.now().astimezone())


def wanted(
    year: str | None,
    edition: str | None = None,
    own_form: Path | None = None,
    as_known: str | None = None,
) -> Wanted:
    """Which report the options name. Raises WrongUse."""
    chosen = year_of(year)
    return Wanted(
        chosen,
        layout_of(edition, own_form, chosen),
        None if as_known is None else _day(as_known),
        usual=not (edition or own_form or as_known),
    )


def year_of(text: str | None, name: str = "ÅR") -> int:
    """The year that was typed; last year where none was. Raises WrongUse."""
    return dates.today().year - 1 if text is None else read(name, text, dates.year)


def layout_of(edition: str | None, own_form: Path | None, year: int) -> Form:
    """The form that the options name, or the year's own."""
    if edition and own_form:
        raise WrongUse("--utgave og --skjema kan ikke brukes sammen.", "Velg en av dem.")
    if own_form:
        return form.own(places.path(own_form))
    return form.shipped(year_of(edition, "--utgave") if edition else form.edition_for(year))


def year_figures(store: Store, wanted: Wanted) -> Figures:
    """The year's figures: as they are kept where the year's own form is meant, else counted."""
    if wanted.usual and (report := kept.kept(store, wanted.year)):
        return report.figures
    with wanted.records(store) as records:
        return figures.of(wanted.report(records))


def form_of(shown: Figures, wanted: Wanted) -> Form:
    """The form that the figures fill in: a kept report may be of an older edition."""
    same = shown.edition == wanted.form.edition
    return wanted.form if same else form.shipped(shown.edition)


@contextmanager
def opened_for(ctx: typer.Context, wanted: Wanted) -> Iterator[Store]:
    """The department, as it stands or as it was known on the day that is asked for."""
    with opened(ctx) as store, wanted.records(store) as records:
        yield records


def tell_unfinished(year: int) -> None:
    """Says so where the year is not over."""
    today = dates.today()
    if year >= today.year:
        state = "er ikke over" if year == today.year else "har ikke begynt"
        screen.tell(f"{year} {state}: tallene er slik postene står {dates.written(today)}.")


def _day(text: str) -> date:
    today = dates.today()
    day = read("--som-kjent", text, lambda typed: dates.typed_date(typed, today))
    if day > today:
        raise WrongUse(
            f"--som-kjent {dates.written(day)} er ikke kommet ennå.",
            f"Skriv en dag som har vært; i dag er {dates.written(today)}.",
        )
    return day
