"""What is written in a year's report, by any command: which part is meant, and what is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from hsf_cli.commands.common import source_of
from hsf_cli.commands.records import UNDO, about_texts, refuse
from hsf_cli.errors import BadContent, NotFound, Unreadable, WrongUse
from hsf_cli.report import texts
from hsf_cli.report.form import Form
from hsf_cli.report.named_parts import Part, likely, meant
from hsf_cli.report.texts import Kind
from hsf_cli.store import Store
from hsf_cli.texts import LONGEST_DOCUMENT, cleaned
from hsf_cli.ui import questions, screen

From = Annotated[
    str | None,
    typer.Option(
        "--fra", metavar="FIL", help="Tar teksten fra en fil, eller fra et annet program med «-»."
    ),
]
Delete = Annotated[bool, typer.Option("--slett", help="Tar teksten bort.")]
Format = Annotated[
    str | None, typer.Option("--format", metavar="FORMAT", help="tabell, csv eller json.")
]

# More than any text that is kept; what comes after is not looked at.
_MOST_BYTES = LONGEST_DOCUMENT * 4 + 1
# What a text of each kind is called, with its article.
_CALLED: dict[Kind, str] = {"kapittel": "Teksten til", "merknad": "Merknaden under"}
_YEAR_DIGITS = 4


@dataclass(frozen=True)
class Writing:
    """The report that is written in, and the command that does it, for the log."""

    store: Store
    form: Form
    year: int
    command: str
    # What a command must say to mean the form, where it is not the year's own.
    option: str = ""

    def present(self, kind: Kind, part: Part) -> str:
        """What is kept already; empty where nothing is."""
        return texts.written(self.store, self.year, kind).get(part.key, "")

    def keep(self, kind: Kind, part: Part, text: str, draft: str = "") -> str:
        """Keeps a text, with the draft of it gone, and gives what to say.

        Raises Unreadable for what cannot be kept, and Stopped for what must not be.
        """
        body = body_of(text)
        if not body:
            raise Unreadable("Teksten er tom.")
        refuse(about_texts({"body": body}))
        about = f"{_CALLED[kind]} {part.name} for {self.year}"
        if body == self.present(kind, part):
            return f"{about} var slik fra før. Ingenting er endret."
        with self.store.change(self.command) as change:
            texts.write(self.store, change, self.year, kind, part.key, body)
            change.forget_draft(draft)
        return f"{about} er lagret: {words(body)}. {UNDO}"

    def remove(self, kind: Kind, part: Part, *, yes: bool) -> str:
        """Takes a text away, after asking, and gives what to say."""
        about = f"{_CALLED[kind]} {part.name} for {self.year}"
        if not self.present(kind, part):
            return f"{about} er ikke skrevet. Ingenting er endret."
        questions.confirm(f"{about}: slette?", already=yes)
        with self.store.change(self.command) as change:
            texts.remove(self.store, change, self.year, kind, part.key)
        return f"{about} er slettet. {UNDO}"


def body_of(text: str) -> str:
    """A text as it is kept. Raises Unreadable for what cannot be."""
    return cleaned(text, LONGEST_DOCUMENT)


def words(text: str) -> str:
    """«1 ord», «240 ord»."""
    return f"{len(text.split())} ord"


def year_and_part(year: str | None, part: str | None) -> tuple[str | None, str | None]:
    """The two arguments as they were meant: the year may be left out before the part."""
    if year and part is None and not (year.isdigit() and len(year) == _YEAR_DIGITS):
        return None, year
    return year, part


def chosen(parts: Sequence[Part], typed: str | None, what: str, see: str) -> Part:
    """The part that is meant; asked for where it is not certain at a terminal.

    `what` is what such a part is called, and `see` the command that shows them all.
    """
    if typed is None:
        if not screen.at_terminal():
            advice = f"Skriv nummeret, eller en bit av tittelen. Se dem: {see}"
            raise WrongUse(f"{what.upper()} mangler.", advice)
        hits = list(parts)
    else:
        hits = meant(parts, typed)
    if len(hits) == 1 and typed is not None:
        return hits[0]
    if not hits:
        raise NotFound(
            f"Finner ikke {what} «{typed}».",
            f"{likely(parts, typed or '')}Skriv nummeret, eller en bit av tittelen. Se dem: {see}",
        )
    if not screen.at_terminal():
        named = "; ".join(part.name for part in hits)
        raise NotFound(f"«{typed}» kan være {named}.", "Skriv nummeret.")
    return questions.choice(f"Velg {what}:", {part: part.name for part in hits})


def asked_for(parts: Sequence[Part], question: str, what: str, see: str) -> Part | None:
    """The part that somebody at the terminal wants to write in now; None for no more."""

    def check(typed: str) -> None:
        if typed and not meant(parts, typed):
            raise Unreadable(f"Finner ikke {what} «{typed}».")

    typed = questions.optional(f"{question} Nummer eller tittel, Enter for ingen:", check)
    return chosen(parts, typed, what, see) if typed else None


def text_of(source: str) -> str:
    """The text in a file, or on standard input. Raises NotFound, or BadContent for no text."""
    try:
        with source_of(source) as file:
            content = file.read(_MOST_BYTES)
    except OSError:
        raise NotFound(
            f"Kan ikke lese {source}.", "Se etter at filen finnes, og at den er din egen."
        ) from None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadContent(f"{source} er ikke ren tekst.", "Lagre den som .md eller .txt, i UTF-8.")
