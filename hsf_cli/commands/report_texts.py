"""`hsf rapport tekst`: the chapters that people write, kept per year as Markdown."""

from typing import Annotated, Any

import typer

from hsf_cli.commands.common import command_name, opened
from hsf_cli.commands.interview import begun, interview
from hsf_cli.commands.records import Yes
from hsf_cli.commands.report_parts import (
    Delete,
    Format,
    From,
    Writing,
    asked_for,
    chosen,
    text_of,
    year_and_part,
)
from hsf_cli.commands.report_year import Edition, OwnForm, Year, form_for, wanted
from hsf_cli.errors import BadContent, HsfError, NotFound, Stopped, Unreadable, WrongUse
from hsf_cli.report import named_parts, texts
from hsf_cli.report.form import STATISTICS, Chapter
from hsf_cli.report.named_parts import Part
from hsf_cli.report.texts import Beginning, ChapterState
from hsf_cli.rules import looks_like_national_id
from hsf_cli.ui import editor, questions, screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import FORMATS, Column, one_of, show

app = commands()


_WHAT, _WHICH = "kapittel", "Hvilket kapittel vil du skrive?"
_COLUMNS = [
    Column("number", "Nr."),
    Column("title", "Kapittel", main=True),
    Column("state", "Tilstand"),
    Column("begins_with", "Begynner med", detail="begynner med"),
    Column("words", "Ord", lambda count: str(count or ""), right=True),
]
_TEXT_COLUMNS = [*_COLUMNS[:2], Column("text", "Tekst")]
_TEXT = "text"
_FROM_A_FILE = "Skriv teksten i en fil, og ta den inn med --fra FIL.md."


@command(app, "tekst")
def text(
    ctx: typer.Context,
    year: Year = None,
    chapter: Annotated[
        str | None,
        typer.Argument(metavar="KAPITTEL", help="Nummeret, som 4.2, eller en bit av tittelen."),
    ] = None,
    source: From = None,
    shown: Annotated[bool, typer.Option("--vis", help="Viser teksten.")] = False,
    delete: Delete = False,
    yes: Yes = False,
    edition: Edition = None,
    own_form: OwnForm = None,
    format: Format = None,
) -> None:
    """Viser hvilke kapitler som er skrevet, og åpner et av dem i et redigeringsprogram.

    Et nytt kapittel begynner med teksten fra året før, og kapitlene om aktiviteter med det som er
    ført i løpet av året. Teksten er Markdown: vanlig tekst, med tomme linjer mellom avsnittene.
    Programmet er det som står i VISUAL eller EDITOR, ellers et som finnes på maskinen.

    \b
    hsf rapport tekst 2025
    hsf rapport tekst 2025 4.2
    hsf rapport tekst 2025 sammendrag --fra sammendrag.md
    """
    typed_year, typed = year_and_part(year, chapter)
    chosen_format = one_of("--format", format or FORMATS[0], FORMATS)
    asked = wanted(typed_year, edition, own_form)
    with opened(ctx) as store:
        form = form_for(store, asked)
        writing = Writing(store, form, asked.year, command_name(ctx), asked.option)
        if typed is None and source is None and not (shown or delete):
            _list(writing, chosen_format)
            if format is None and screen.at_terminal():
                _write_more(writing)
            return
        part = chosen(named_parts.chapters(form), typed, _WHAT, _all(writing))
        if shown:
            _show(writing, part, chosen_format)
        elif delete:
            screen.say(writing.remove("kapittel", part, yes=yes))
        elif source is not None:
            screen.say(_taken_in(writing, part, source))
        else:
            screen.say(_by_hand(writing, part))


def _list(writing: Writing, format: str) -> None:
    states = texts.states(writing.store, writing.form, writing.year)
    show(_COLUMNS, [_row(state) for state in states], format)
    if format == FORMATS[0]:
        to_write = [state for state in states if state.text or state.missing]
        done = sum(bool(state.text) for state in states)
        screen.say(f"{done} av {len(to_write)} kapitler er skrevet for {writing.year}.")
        if missing := [state.chapter for state in states if state.missing]:
            name = missing[0].number or missing[0].title.casefold()
            screen.say(f"Skriv et: {_all(writing)} {screen.quoted(name)}")


def _row(state: ChapterState) -> dict[str, Any]:
    return {
        "number": state.chapter.number,
        "key": state.chapter.key,
        "title": state.chapter.title,
        "state": _state(state),
        "begins_with": None if state.text else _origin(state.beginning) or None,
        "words": state.words,
    }


def _state(state: ChapterState) -> str:
    if state.text:
        return "skrevet"
    if state.missing:
        return "mangler"
    return "telles" if state.chapter.key == STATISTICS else "se delene"


def _origin(beginning: Beginning) -> str:
    """What a chapter is written from, in words; nothing for nothing."""
    if beginning.year:
        return f"teksten fra {beginning.year}"
    return "årets aktiviteter" if beginning.text else ""


def _show(writing: Writing, part: Part, format: str) -> None:
    present = writing.present("kapittel", part)
    if not present:
        raise NotFound(
            f"{part.name} er ikke skrevet for {writing.year}.",
            f"Skriv det: {_again(writing, part)}",
        )
    if format == FORMATS[0]:
        screen.write(present)
    else:
        row = {"year": writing.year, "number": part.number, "key": part.key, "title": part.title}
        show(_TEXT_COLUMNS, [{**row, "text": present}], format)


def _taken_in(writing: Writing, part: Part, source: str) -> str:
    _refuse_statistics(writing, part)
    try:
        return writing.keep("kapittel", part, text_of(source), _draft(writing, part))
    except Unreadable as unreadable:
        raise BadContent("Teksten kan ikke tas inn.", unreadable.remedy) from None


def _write_more(writing: Writing) -> None:
    """Lets somebody at the terminal write one chapter after the other."""
    parts = [part for part in named_parts.chapters(writing.form) if part.key != STATISTICS]
    while part := asked_for(parts, _WHICH, _WHAT, _all(writing)):
        screen.say(_by_hand(writing, part))


def _by_hand(writing: Writing, part: Part) -> str:
    """Lets somebody write the chapter, until it is kept or dropped; gives what to say.

    What was written is never lost: where it cannot be kept, it can be mended or tried again, and
    what is broken off is kept aside in the department.
    """
    _refuse_statistics(writing, part)
    if not screen.at_terminal():
        raise WrongUse("--fra mangler.", _FROM_A_FILE)
    beginning = texts.beginning(writing.store, writing.year, _chapter(writing, part))
    if beginning.year != writing.year and (origin := _origin(beginning)):
        screen.tell(f"{part.name} begynner med {origin}.")
    draft = _draft(writing, part)
    with interview(writing.store, draft, _again(writing, part), "Teksten") as answers:
        written, todo = answers.get(_TEXT, beginning.text), "edit"
        while todo != "drop":
            if todo == "edit":
                written = _edited(written, part, beginning, answers)
            try:
                said = _kept(writing, part, written, beginning)
            except Unreadable as unreadable:
                todo = _asked_after(unreadable.remedy)
            except HsfError as error:
                todo = _asked_after(f"{error.text} {error.advice}".strip())
            else:
                break
        else:
            said = "Ingenting er lagret."
    if begun(writing.store, draft):
        writing.store.set_aside(draft, None)
    return said


def _edited(written: str, part: Part, beginning: Beginning, answers: dict[str, Any]) -> str:
    """The text as it is after the editor; among the answers where it may be kept aside."""
    left = editor.edited(written, part.name, _FROM_A_FILE)
    answers.clear()
    if left.text.strip() != beginning.text and not looks_like_national_id(left.text):
        answers[_TEXT] = left.text
    if left.interrupted:
        raise KeyboardInterrupt
    if left.code:
        raise Stopped("Redigeringsprogrammet endte med en feil.", _FROM_A_FILE)
    return left.text


def _kept(writing: Writing, part: Part, written: str, beginning: Beginning) -> str:
    """Keeps what was written, after asking where that is not certain; gives what to say."""
    if not written.strip():
        if writing.present("kapittel", part):
            return writing.remove("kapittel", part, yes=False)
        return "Teksten er tom. Ingenting er lagret."
    if written.strip() == beginning.text and beginning.year != writing.year:
        asked = f"Du har ikke endret {_origin(beginning)}. Skal det stå slik i {writing.year}?"
        if not questions.choice(asked, {True: "Ja", False: "Nei"}):
            return "Ingenting er lagret."
    return writing.keep("kapittel", part, written, _draft(writing, part))


def _asked_after(problem: str) -> str:
    """What to do with a text that could not be kept."""
    screen.tell(f"Teksten er ikke lagret. {problem}")
    return questions.choice(
        "Hva vil du gjøre?",
        {"edit": "Åpne teksten igjen", "keep": "Prøve å lagre igjen", "drop": "Forkaste den"},
    )


def _refuse_statistics(writing: Writing, part: Part) -> None:
    if part.key == STATISTICS:
        same = f"{writing.year}{writing.option}"
        raise Stopped(
            f"{part.name} skrives ikke: tallene telles av postene.",
            f"Se dem: hsf rapport vis {same}. En merknad under en av tabellene: "
            f"hsf rapport merknad {same}",
        )


def _chapter(writing: Writing, part: Part) -> Chapter:
    return next(one for one in writing.form.chapters if one.key == part.key)


def _draft(writing: Writing, part: Part) -> str:
    """What a text that was broken off is kept under."""
    return f"report_text {writing.year} {part.key}"


def _all(writing: Writing) -> str:
    return f"hsf rapport tekst {writing.year}{writing.option}"


def _again(writing: Writing, part: Part) -> str:
    return f"{_all(writing)} {part.number or part.key}"
