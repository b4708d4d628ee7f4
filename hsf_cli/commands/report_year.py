"""What the commands of `hsf rapport` share: the year, the form, whose figures."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from hsf_cli import dates, past, places
from hsf_cli.commands.common import read
from hsf_cli.dates import written_moment
from hsf_cli.errors import WrongUse
from hsf_cli.report import figures, forms, kept
from hsf_cli.report.count import Report, counted
from hsf_cli.report.figures import Figures
from hsf_cli.report.form import Form
from hsf_cli.report.kept import Kept
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

RIGHT_YEAR = "Se etter at årstallet er riktig."


@dataclass(frozen=True)
class Wanted:
    """Which report is meant: its year, and the form and the day where the options name them."""

    year: int
    # None is the form of the report that is kept, or else the year's own: see `form_for`.
    form: Form | None = None
    # The day as of which the records are to be counted; None is now.
    as_known: date | None = None
    # What another command must say to mean the same form.
    option: str = ""

    @contextmanager
    def records(self, store: Store) -> Iterator[Store]:
        """The department as it stands, or as it was known on the day."""
        if self.as_known is None:
            yield store
        else:
            with past.as_known(store, self.as_known) as then:
                yield then


def wanted(
    year: str | None,
    edition: str | None = None,
    own_form: Path | None = None,
    as_known: str | None = None,
) -> Wanted:
    """Which report the options name. Raises WrongUse."""
    chosen, day = year_of(year), None if as_known is None else _day(as_known)
    if edition and own_form:
        raise WrongUse("--utgave og --skjema kan ikke brukes sammen.", "Velg en av dem.")
    if own_form:
        option = f" --skjema {screen.quoted(own_form)}"
        return Wanted(chosen, forms.own(places.path(own_form)), day, option)
    if edition:
        named = forms.shipped(year_of(edition, "--utgave"))
        return Wanted(chosen, named, day, f" --utgave {named.edition}")
    return Wanted(chosen, as_known=day)


def year_of(text: str | None, name: str = "ÅR") -> int:
    """The year that was typed; last year where none was. Raises WrongUse."""
    return dates.today().year - 1 if text is None else read(name, text, dates.year)


def kept_for(store: Store, wanted: Wanted) -> Kept | None:
    """The kept report that is meant: no day is named, and no other form than its own."""
    report = kept.kept(store, wanted.year)
    if report is None or wanted.as_known or (wanted.form and not report.fills_in(wanted.form)):
        return None
    return report


def form_for(store: Store, wanted: Wanted) -> Form:
    """The form that is named, or the one that the kept report fills in, or the year's own."""
    if wanted.form:
        return wanted.form
    report = kept.kept(store, wanted.year)
    return report.form if report else forms.shipped(forms.edition_for(wanted.year))


@contextmanager
def counted_for(store: Store, wanted: Wanted) -> Iterator[tuple[Store, Report]]:
    """The records that are meant, and the report counted from them."""
    layout = form_for(store, wanted)
    with wanted.records(store) as records:
        yield records, counted(records, layout, wanted.year, dates.now())


def counted_beside(store: Store, wanted: Wanted, shown: Figures) -> Figures:
    """Figures that were counted now, with the day and the locked report that they stand beside."""
    report = kept.kept(store, wanted.year)
    locked_at = report.locked_at if report else None
    return replace(shown, as_known=wanted.as_known, beside_locked=locked_at)


def year_figures(store: Store, wanted: Wanted) -> Figures:
    """The year's figures: as they are kept, or else as they are counted now."""
    with store.reading():
        if report := kept_for(store, wanted):
            return report.figures
        with counted_for(store, wanted) as (_, counted_now):
            return counted_beside(store, wanted, figures.of(counted_now))


def about_lock(report: Kept) -> str:
    """When the report was locked, and why where something stood against it; nothing for others."""
    if report.locked_at is None:
        return ""
    why = f" Begrunnelsen var: {report.reason}" if report.reason else ""
    return f"Rapporten for {report.figures.year} ble låst {written_moment(report.locked_at)}.{why}"


def tell_standing(shown: Figures) -> None:
    """Says what figures that are counted now are, and whether they may change."""
    if shown.is_kept:
        return
    if shown.is_blank:
        screen.tell(f"{blank(shown.year)} {RIGHT_YEAR}")
    if shown.beside_locked:
        screen.tell(
            f"Rapporten for {shown.year} ble låst {written_moment(shown.beside_locked)}."
            " Dette er en ny telling ved siden av den."
        )
    if shown.as_known:
        screen.tell(f"Tallene er slik postene sto {dates.written(shown.as_known)}.")
    else:
        tell_not_over(shown.year)


def blank(year: int) -> str:
    """What a year without any record is."""
    return f"Det er ingen poster for {year}: alle tallene er null."


def tell_not_over(year: int) -> None:
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
