"""`hsf rapport skriv`: the annual report as a document, or its figures as a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from hsf_cli import dates
from hsf_cli.commands import files
from hsf_cli.commands.common import opened
from hsf_cli.commands.records import Yes
from hsf_cli.commands.report_group import (
    AsKnown,
    Edition,
    OwnForm,
    Wanted,
    Year,
    form_of,
    tell_unfinished,
    wanted,
    year_figures,
)
from hsf_cli.registers.department import settings
from hsf_cli.report import gathering, texts
from hsf_cli.report.figures import Figures
from hsf_cli.report.form import Chapter
from hsf_cli.report.hiding import public
from hsf_cli.report.output.document import Document
from hsf_cli.report.whole import document, statistics_alone
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen


@dataclass(frozen=True)
class _Written:
    """What is written: the figures, and the document that is made of them."""

    figures: Figures
    document: Document


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
    target = files.target("--til", Path(to or _asked(asked.year)), _WRITERS)
    files.may_write(target, yes=yes)
    now = datetime.now().astimezone()
    with opened(ctx) as store:
        written = _written(store, asked, now, alone=statistics_only, for_public=for_public)
        missing = () if statistics_only else texts.missing(store, asked.form, asked.year)
    files.put(target, _WRITERS[target.suffix.casefold()](written))
    _say(target, asked, written.figures, missing, for_public=for_public)


def _asked(year: int) -> str:
    """The file, asked for at a terminal."""
    hint = f"Skriv et filnavn, for eksempel årsrapport-{year}.docx."
    return questions.text("Hvilken fil skal rapporten skrives til?", "--til", hint)


def _written(
    store: Store, asked: Wanted, now: datetime, *, alone: bool, for_public: bool
) -> _Written:
    figures, said = year_figures(store, asked), ""
    if for_public:
        threshold = settings(store).small_number
        figures, hidden = public(figures, form_of(figures, asked), threshold)
        said = _hidden(hidden, threshold)
    with asked.records(store) as records:
        beside = gathering.beside(
            records, figures, asked.report(records), texts_from=store, public=for_public
        )
    if alone:
        return _Written(figures, statistics_alone(figures, beside, now, public=said))
    return _Written(figures, document(figures, asked.form.chapters, beside, now, public=said))


def _hidden(hidden: int, threshold: int) -> str:
    """What the public version says of itself."""
    if not hidden:
        return "Ingen tall er så små at de er skjult."
    small = f"Antall fra 1 til {threshold - 1}" if threshold > 2 else "Antall på 1"
    return (
        f"{small} er skjult av hensyn til personvernet, og det er også andre tall som ville røpet"
        f" dem. {'Ett tall er' if hidden == 1 else f'{hidden} tall er'} skjult."
    )


def _say(
    target: Path, asked: Wanted, figures: Figures, missing: Sequence[Chapter], *, for_public: bool
) -> None:
    screen.say(f"Skrevet: {target}")
    if figures.locked_at:
        screen.say(f"Tallene er låst {dates.written(figures.locked_at.date())}.")
    elif figures.counted_at and asked.as_known is None:
        screen.say(f"Rapporten er ikke låst. Når den leveres: hsf rapport lås {asked.year}")
        tell_unfinished(asked.year)
    if for_public and target.suffix.casefold() in _DOCUMENTS:
        screen.say("Les gjennom det dere selv har skrevet: tekster og merknader står som de er.")
    if missing and target.suffix.casefold() in _DOCUMENTS:
        names = "\n".join(f"  {chapter.name}" for chapter in missing)
        screen.say(f"Disse kapitlene er ikke skrevet:\n{names}")
        screen.say(f"Skriv dem med: hsf rapport tekst {asked.year}")


def _docx(written: _Written) -> bytes:
    from hsf_cli.report.output.as_docx import as_docx

    return as_docx(written.document)


def _pdf(written: _Written) -> bytes:
    from hsf_cli.report.output.as_pdf import as_pdf

    return as_pdf(written.document)


def _html(written: _Written) -> bytes:
    from hsf_cli.report.output.as_html import as_html

    return as_html(written.document).encode()


def _markdown(written: _Written) -> bytes:
    from hsf_cli.report.output.document_markdown import as_markdown

    return as_markdown(written.document).encode()


def _xlsx(written: _Written) -> bytes:
    from hsf_cli.report.output.as_xlsx import as_xlsx

    return as_xlsx(written.figures)


def _csv(written: _Written) -> bytes:
    from hsf_cli.report.output.as_csv import as_csv

    # As Excel in Norway expects it.
    return as_csv(written.figures).replace("\n", "\r\n").encode("utf-8-sig")


def _json(written: _Written) -> bytes:
    from hsf_cli.report.output.as_json import as_json

    return (as_json(written.figures) + "\n").encode()


# Each imports its own way of writing, and no other.
_DOCUMENTS: dict[str, Callable[[_Written], bytes]] = {
    ".docx": _docx,
    ".pdf": _pdf,
    ".html": _html,
    ".md": _markdown,
}
_WRITERS = {**_DOCUMENTS, ".xlsx": _xlsx, ".csv": _csv, ".json": _json}
