"""`hsf rapport skriv`: the annual report as a document, or its figures as a file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from hsf_cli import dates, past
from hsf_cli.commands import files
from hsf_cli.commands.common import opened
from hsf_cli.commands.records import Yes
from hsf_cli.commands.report_year import (
    AsKnown,
    Edition,
    OwnForm,
    Wanted,
    Year,
    counted_beside,
    counted_for,
    form_for,
    kept_for,
    tell_standing,
    wanted,
    year_figures,
)
from hsf_cli.documents.document import Document
from hsf_cli.documents.writers import WRITERS
from hsf_cli.errors import Stopped, WrongUse
from hsf_cli.registers.department import settings
from hsf_cli.report import figures, gathering, texts
from hsf_cli.report.count import counted
from hsf_cli.report.figures import Figures
from hsf_cli.report.form import Chapter
from hsf_cli.report.gathering import Behind
from hsf_cli.report.hiding import public
from hsf_cli.report.whole import document, statistics_alone
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen
from hsf_cli.ui.commandline import command, commands

app = commands()


@dataclass(frozen=True)
class _Written:
    """What is written: the figures, and the document that is made of them where it is one."""

    figures: Figures
    # What the version for the public says of what is hidden; blank in any other.
    said: str = ""
    document: Document | None = None
    # The chapters that it lacks.
    missing: tuple[Chapter, ...] = ()


@command(app, "skriv")
def write(
    ctx: typer.Context,
    year: Year = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--til", metavar="FIL", help="Filen: .docx, .pdf, .html, .md, .xlsx, .csv eller .json."
        ),
    ] = None,
    statistics_only: Annotated[
        bool, typer.Option("--bare-statistikk", help="Bare kapittelet med tallene.")
    ] = False,
    for_public: Annotated[
        bool,
        typer.Option("--offentlig", help="Skjuler små tall, og det som ville røpet dem."),
    ] = False,
    edition: Edition = None,
    own_form: OwnForm = None,
    as_known: AsKnown = None,
    yes: Yes = False,
) -> None:
    """Skriver årsrapporten: hele som Word, PDF, nettside eller Markdown, eller bare tallene.

    Filens ending sier hva den blir. Arbeidsbok, CSV og JSON har tallene alene. Rapporten har ingen
    navn på familier, men det du selv har skrevet i tekstene, står der.

    \b
    hsf rapport skriv 2025 --til årsrapport-2025.docx
    hsf rapport skriv 2025 --til årsrapport-2025.pdf --offentlig
    hsf rapport skriv 2025 --til tall-2025.json
    """
    asked = wanted(year, edition, own_form, as_known)
    if for_public and (edition or own_form or as_known):
        raise WrongUse(
            "Den offentlige versjonen skrives av årets egen rapport.",
            "To versjoner av samme år kan til sammen røpe det som er skjult. Ta bort --utgave,"
            " --skjema og --som-kjent.",
        )
    target = files.target("--til", Path(to or _asked(asked.year)), [*WRITERS, *_FIGURES])
    files.may_write(target, yes=yes)
    ending = target.suffix.casefold()
    with opened(ctx) as store:
        with store.reading():
            if ending in WRITERS:
                written = _document(store, asked, alone=statistics_only, for_public=for_public)
            else:
                written = _figures(store, asked, year_figures(store, asked), for_public=for_public)
        if written.document:
            content = WRITERS[ending](written.document)
        else:
            content = _FIGURES[ending](written.figures, written.said)
        with files.going_out(ctx, store, named=False):
            files.put(target, content)
    _say(target, asked, written, for_public=for_public)


def _asked(year: int) -> str:
    """The file, asked for at a terminal."""
    usual = f"årsrapport-{year}.docx"
    hint = f"Skriv et filnavn, for eksempel {usual}."
    return questions.text("Hvilken fil skal rapporten skrives til?", "--til", hint, usual)


def _figures(store: Store, asked: Wanted, shown: Figures, *, for_public: bool) -> _Written:
    """The figures alone, in the version for the public without those that are hidden."""
    if not for_public:
        return _Written(shown)
    threshold = settings(store).small_number
    shown, hidden = public(shown, form_for(store, asked), threshold)
    return _Written(shown, _hidden(hidden, threshold))


def _document(store: Store, asked: Wanted, *, alone: bool, for_public: bool) -> _Written:
    """The document of the figures alone, or of all there is to the report."""
    form, now = form_for(store, asked), dates.now()
    with _with_records(store, asked, for_public=for_public) as (shown, behind):
        written = _figures(store, asked, shown, for_public=for_public)
        beside = gathering.beside(store, written.figures, form, behind, public=for_public)
    if alone:
        made = statistics_alone(written.figures, beside, now, public=written.said)
        return replace(written, document=made)
    made = document(written.figures, form.chapters, beside, now, public=written.said)
    return replace(written, document=made, missing=texts.missing(store, form, asked.year))


@contextmanager
def _with_records(
    store: Store, asked: Wanted, *, for_public: bool
) -> Iterator[tuple[Figures, Behind | None]]:
    """The year's figures and what is behind them: of a locked report, as it stood at that time.

    Without it where nothing of it is told, or it is not known; the second is said.
    """
    report = kept_for(store, asked)
    if report is None:
        with counted_for(store, asked) as (records, now):
            yield counted_beside(store, asked, figures.of(now)), Behind(records, now)
    elif for_public or report.locked_at is None:
        yield report.figures, None
    else:
        try:
            then = past.as_of(store, report.change_set)
        except Stopped as stopped:
            screen.tell(f"{stopped.text}\nDerfor er bare tallene og tekstene med i dokumentet.")
            yield report.figures, None
            return
        with then:
            counted_then = counted(then, report.form, asked.year, report.locked_at)
            yield report.figures, Behind(then, counted_then)


def _hidden(hidden: int, threshold: int) -> str:
    """What the public version says of itself."""
    if not hidden:
        return "Ingen tall er så små at de er skjult."
    small = f"Antall fra 1 til {threshold - 1}" if threshold > 2 else "Antall på 1"
    return (
        f"{small} er skjult av hensyn til personvernet, og det er også andre tall som ville røpet"
        f" dem. {'Ett tall er' if hidden == 1 else f'{hidden} tall er'} skjult."
    )


def _say(target: Path, asked: Wanted, written: _Written, *, for_public: bool) -> None:
    screen.say(f"Skrevet: {files.place(target)}")
    shown, same = written.figures, f"{asked.year}{asked.option}"
    if shown.locked_at:
        screen.say(f"Tallene er låst {dates.written(shown.locked_at.date())}.")
    elif not (shown.is_kept or shown.beside_locked or shown.as_known):
        screen.say(f"Rapporten er ikke låst. Når den leveres: hsf rapport lås {same}")
    tell_standing(shown)
    if target.suffix.casefold() == ".docx" and written.document and written.document.whole:
        screen.say("Sidetall i innholdet: klikk på det i Word, og velg «Oppdater tabell».")
    if for_public and written.document:
        screen.say("Les gjennom det dere selv har skrevet: tekster og merknader står som de er.")
    if written.missing:
        names = "\n".join(f"  {chapter.name}" for chapter in written.missing)
        screen.say(f"Disse kapitlene er ikke skrevet:\n{names}")
        screen.say(f"Skriv dem: hsf rapport tekst {same}")


def _xlsx(shown: Figures, said: str) -> bytes:
    from hsf_cli.report.output.as_xlsx import as_xlsx

    return as_xlsx(shown, said)


def _csv(shown: Figures, _said: str) -> bytes:
    from hsf_cli.report.output.as_csv import as_csv

    # As Excel in Norway expects it.
    return as_csv(shown).replace("\n", "\r\n").encode("utf-8-sig")


def _json(shown: Figures, _said: str) -> bytes:
    from hsf_cli.report.output.as_json import as_json

    return (as_json(shown) + "\n").encode()


# Each imports its own way of writing, and no other.
_FIGURES: dict[str, Callable[[Figures, str], bytes]] = {
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".json": _json,
}
