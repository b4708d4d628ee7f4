"""`hsf rapport samle`: departments' reports added up to the nation's."""

from collections.abc import Callable, Iterator, Sequence
from glob import glob
from pathlib import Path
from typing import Annotated

import typer

from hsf_cli import places
from hsf_cli.commands.report_parts import text_of
from hsf_cli.commands.report_year import Edition, year_of
from hsf_cli.errors import BadContent, NotFound, WrongUse
from hsf_cli.report import forms
from hsf_cli.report.from_json import read_figures
from hsf_cli.report.national import National, Sent, together
from hsf_cli.ui import screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import one_of

app = commands()


_PATTERN = frozenset("*?[")
_MOST_TOLD = 5


@command(app, "samle")
def gather(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FIL", help="Avdelingenes rapporter som JSON, eller en mappe."),
    ] = None,
    edition: Edition = None,
    departments: Annotated[
        Path | None,
        typer.Option(
            "--avdelinger", metavar="FIL", help="Avdelingene som skal være med, én i linjen."
        ),
    ] = None,
    format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="tabell, csv, json eller md.")
    ] = "tabell",
) -> None:
    """Legger sammen avdelingenes rapporter for et år til tallene for hele landet, med andeler.

    Hver avdeling skriver sin rapport med «hsf rapport skriv ÅR --til FIL.json». Filene har ingen
    personopplysninger. Har avdelingene brukt ulike utgaver av skjemaet, legges de radene sammen
    som betyr det samme, og det står hvor mange avdelinger en rad er kjent for.

    \b
    hsf rapport samle rapporter
    hsf rapport samle rapporter/*.json --avdelinger avdelinger.txt
    hsf rapport samle rapporter --format csv
    """
    chosen = one_of("--format", format, list(_WRITERS))
    rows = None if edition is None else forms.shipped(year_of(edition, "--utgave")).edition
    if not files:
        raise WrongUse("FIL mangler.", "Skriv mappen avdelingenes rapporter ligger i.")
    expected = None if departments is None else _names(departments)
    national = together(_read(_found(files)), rows, expected)
    _WRITERS[chosen](national)


def _names(file: Path) -> list[str]:
    """The names of departments in a file, one in a line. Raises BadContent for none."""
    names = [line.strip() for line in text_of(str(file)).splitlines()]
    if not any(names):
        raise BadContent(f"{file} er tom.", "Skriv navnet på én avdeling i hver linje.")
    return [name for name in names if name]


def _found(typed: Sequence[Path]) -> list[Path]:
    """The files that were typed, each once; those of a folder, and those that fit a pattern.

    Not every shell makes file names of a pattern before the program sees it. Raises NotFound.
    """
    found = {path.resolve(): path for text in typed for path in _meant(places.path(text))}
    return list(found.values())


def _meant(path: Path) -> Iterator[Path]:
    if path.is_dir():
        inside = sorted(path.glob("*.json"))
    elif _PATTERN.isdisjoint(str(path)) or path.exists():
        inside = [path]
    else:
        inside = sorted(Path(name) for name in glob(str(path)))
    if not inside:
        raise NotFound(f"Finner ingen .json-filer i {path}.", "Skriv mappen rapportene ligger i.")
    yield from inside


def _read(files: Sequence[Path]) -> list[Sent]:
    """The reports in the files. Raises BadContent with what is wrong with any of them."""
    sent, refused = [], []
    for file in files:
        try:
            sent.append(Sent(str(file), read_figures(file)))
        except BadContent as error:
            refused.append(error)
    if len(refused) == 1:
        raise refused[0]
    if refused:
        raise BadContent(
            f"{len(refused)} av {len(files)} filer kan ikke brukes. "
            + " ".join(error.text for error in refused[:_MOST_TOLD]),
            refused[0].advice,
            [place for error in refused for place in error.places],
        )
    return sent


def _write_table(national: National) -> None:
    from hsf_cli.report.output.columns.national import page
    from hsf_cli.report.output.columns.terminal import show

    with screen.pages() as console:
        show(page(national), console)


def _write_csv(national: National) -> None:
    from hsf_cli.report.output.columns.national import as_csv

    _tell(national)
    screen.write(as_csv(national))


def _write_json(national: National) -> None:
    from hsf_cli.report.output.columns.national import as_json

    screen.write(as_json(national))


def _write_markdown(national: National) -> None:
    from hsf_cli.report.output.columns.national import page
    from hsf_cli.report.output.columns.page import as_markdown

    screen.write(as_markdown(page(national)))


def _tell(national: National) -> None:
    """Says beside the result what the format itself has no room for."""
    for note in national.notes:
        screen.tell(note)


# Each imports its own way of writing, and no other.
_WRITERS: dict[str, Callable[[National], None]] = {
    "tabell": _write_table,
    "csv": _write_csv,
    "json": _write_json,
    "md": _write_markdown,
}
