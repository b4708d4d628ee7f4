"""`hsf data nøkkel`: where the key is, moved, changed, and on paper."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from hsf_cli import dates, keys, recovery, rekeying
from hsf_cli.commands import files
from hsf_cli.commands.common import (
    command_name,
    copied_first,
    database_path,
    opened,
    passphrase,
    settings,
    source_of,
)
from hsf_cli.commands.keeping import KEEPINGS, keeping_chosen, passphrase_behind, where
from hsf_cli.commands.records import Yes
from hsf_cli.encrypted import salt_of
from hsf_cli.errors import NoDepartment, NotFound, Stopped, WrongUse
from hsf_cli.keys import Keeping, Passphrase
from hsf_cli.recovery import Recovered
from hsf_cli.registers import key as register
from hsf_cli.registers.department import name_of
from hsf_cli.registers.key import Key
from hsf_cli.registers.permissions import Loose, keys_that_others_can_use
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen
from hsf_cli.ui.card import Card, show_card
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import FORMATS, one_of
from hsf_cli.ui.progress import steps

app = commands()


SHEET_ENDINGS = (".pdf", ".txt")

WRITE_SHEET = "Skriv et gjenopprettingsark, og legg det trygt: hsf data nøkkel --ark nøkkel.pdf"
_LONGEST_SHEET = 100_000


@command(app, "nøkkel")
def key(
    ctx: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(metavar="FIL", help="Arket: .pdf eller .txt å skrive, .txt å lese."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--ark", help="Skriver nøkkelen på et gjenopprettingsark.")
    ] = False,
    read: Annotated[
        bool,
        typer.Option(
            "--fra-ark",
            help="Åpner avdelingen med arket: linjene skrives inn, eller leses fra FIL eller «-».",
        ),
    ] = False,
    to: Annotated[
        str | None,
        typer.Option("--flytt", metavar="HVOR", help="Flytter den: fil, nøkkelring eller passord."),
    ] = None,
    change: Annotated[
        bool, typer.Option("--bytt", help="Bytter den, og krypterer alt på nytt.")
    ] = False,
    keeping: Annotated[
        str | None,
        typer.Option(
            "--nøkkel", metavar="HVOR", help="Til --fra-ark: fil, nøkkelring eller passord."
        ),
    ] = None,
    new_from: Annotated[
        str | None,
        typer.Option(
            "--nytt-passord-fra",
            metavar="FIL",
            help="Leser det nye passordet fra en fil, eller fra et annet program med «-».",
        ),
    ] = None,
    yes: Yes = False,
    format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="tabell, csv eller json.")
    ] = FORMATS[0],
) -> None:
    """Viser hvor avdelingens nøkkel er, eller flytter, bytter eller skriver den på et ark.

    Nøkkelen åpner avdelingen. Går den tapt, er gjenopprettingsarket det eneste som åpner den
    igjen. Bytt nøkkel når noen som kan ha den, ikke skal ha den lenger.

    \b
    hsf data nøkkel --ark nøkkel.pdf
    hsf data nøkkel --fra-ark
    hsf data nøkkel --bytt
    """
    chosen = one_of("--format", format, FORMATS)
    _refuse_together(
        file, keeping, {"--ark": write, "--fra-ark": read, "--flytt": bool(to), "--bytt": change}
    )
    if write:
        _write_sheet(ctx, file, yes=yes)
    elif read:
        where_to = one_of("--nøkkel", keeping, list(KEEPINGS)) if keeping else None
        _read_sheet(ctx, file, where_to, new_from, yes=yes)
    elif to:
        _move(ctx, one_of("--flytt", to, list(KEEPINGS)), new_from)
    elif change:
        _change(ctx, yes=yes)
    else:
        with opened(ctx) as store:
            loose = list(keys_that_others_can_use(store.salt))
            show_card(_card(register.key_of(store), loose), chosen)


def _refuse_together(file: str | None, keeping: str | None, said: dict[str, bool]) -> None:
    deeds = [option for option, is_said in said.items() if is_said]
    if len(deeds) > 1:
        raise WrongUse(f"{deeds[0]} og {deeds[1]} kan ikke brukes sammen.", "Bruk én om gangen.")
    if file and deeds not in (["--ark"], ["--fra-ark"]):
        raise WrongUse(
            f"FIL «{file}» hører til et ark.", "hsf data nøkkel --ark FIL, eller --fra-ark FIL."
        )
    if keeping and deeds != ["--fra-ark"]:
        raise WrongUse("--nøkkel hører til --fra-ark.", "Flytt nøkkelen med --flytt.")


def _card(known: Key, loose: Sequence[Loose]) -> Card:
    in_file = known.keeping == "fil" and loose
    facts = [("Ligger", _LOOSE if in_file else _PLACED[known.keeping])]
    if known.path:
        facts.append(("Fil", str(known.path)))
    if known.kept_since:
        facts.append(("Der siden", dates.written(known.kept_since)))
    facts += [
        ("Laget", dates.written(known.made_on)),
        ("Ark skrevet", dates.written(known.sheet_on) if known.sheet_on else "nei"),
    ]
    notes = [f"{one.text}\n{one.advice}" for one in loose]
    if known.is_changing:
        notes.append("Et nøkkelbytte ble avbrutt. Gjør det ferdig: hsf data nøkkel --bytt")
    if known.sheet_on is None:
        notes.append(WRITE_SHEET)
    data = {
        "kept": known.keeping,
        "path": str(known.path) if known.path else None,
        "kept_since": known.kept_since,
        "made_on": known.made_on,
        "sheet_on": known.sheet_on,
        "changing": known.is_changing,
    }
    return Card(f"Nøkkelen til {known.department}", facts, notes=notes, data=data)


_LOOSE = "i en fil som også andre på maskinen kan få tak i"
_PLACED: dict[Keeping, str] = {
    "fil": "i en fil som bare du kan lese",
    "nøkkelring": "i maskinens nøkkelring, bak din egen innlogging",
    "passord": "bak et passord",
}


def _write_sheet(ctx: typer.Context, file: str | None, *, yes: bool) -> None:
    hint = "Skriv et filnavn som slutter på .pdf eller .txt."
    asked = "Hvilken fil skal arket skrives til?"
    named = file or questions.text(asked, "FIL", hint, "nøkkel.pdf")
    target = files.target("--ark", Path(named), SHEET_ENDINGS)
    files.may_write(target, yes=yes)
    with opened(ctx) as store:
        write_sheet(ctx, store, target, lambda: passphrase(ctx))


def write_sheet(ctx: typer.Context, store: Store, target: Path, behind: Passphrase) -> None:
    """Writes the recovery sheet of an open department, and tells what to do with it."""
    from hsf_cli.documents.pdf import key_sheet

    sheet = register.sheet(store, behind, dates.today())
    is_pdf = target.suffix.casefold() == ".pdf"
    now = dates.now()
    files.put(
        target,
        key_sheet.as_pdf(sheet, now) if is_pdf else key_sheet.as_text(sheet),
        first=lambda: register.note(store, command_name(ctx), "--ark"),
    )
    screen.say(f"Gjenopprettingsarket er skrevet: {files.place(target)}")
    screen.say(
        "Den som har arket og avdelingens fil, kan lese alt. "
        "Skriv det ut, legg det i en låst skuff, og slett filen."
    )


def _read_sheet(
    ctx: typer.Context,
    file: str | None,
    keeping: Keeping | None,
    new_from: str | None,
    *,
    yes: bool,
) -> None:
    path = database_path(ctx)
    if not path.exists():
        raise NoDepartment(
            f"Avdelingens fil er ikke her: {path}",
            "Legg filen der først, eller pek på den. Har du en kopi, så pek på den, og hent den "
            "så frem med «hsf data gjenopprett E:/kopi.db»: "
            "hsf data nøkkel --fra-ark --database E:/kopi.db",
        )
    salt = salt_of(path)
    typed = file is None or (file == "-" and screen.at_terminal())
    recovered = _typed() if typed else _read(str(file), {settings(ctx).passphrase_from, new_from})
    with register.opened_with(path, recovered) as store:
        name = name_of(store)
        _refuse_needless(salt, recovered, yes=yes)
        kept = keeping or ("passord" if new_from else keeping_chosen(ctx, asks=typed))
        keys.put(kept, salt, recovered.key, passphrase_behind(kept, ctx, new_from))
        keys.keep_only(kept, salt)
        register.note(store, command_name(ctx), "--fra-ark")
    screen.say(f"{name} er åpnet med arket. {where(kept, salt)}")


def _typed() -> Recovered:
    """The sheet, typed line by line, each checked at once."""
    if not screen.at_terminal():
        advice = "hsf data nøkkel --fra-ark FIL, eller «-» fra et annet program."
        raise WrongUse("FIL mangler.", advice)
    screen.tell(
        f"Skriv de {recovery.LINES} linjene fra arket. Store og små bokstaver er det samme.\n"
    )
    lines = []
    for number in range(1, recovery.LINES + 1):
        asked = f"Linje {number} av {recovery.LINES}:"
        lines.append(questions.secret_from_paper(asked, partial(recovery.line_read, number)))
        screen.tell(f"  Linje {number} stemmer.")
    return recovery.recovered(lines)


def _read(file: str, also_read: set[str | None]) -> Recovered:
    if file == "-" and "-" in also_read:
        raise WrongUse(
            "Både arket og passordet skal leses fra et annet program.",
            "La det ene komme fra en fil.",
        )
    try:
        with source_of(file) as sheet:
            content = sheet.read(_LONGEST_SHEET)
    except OSError:
        raise NotFound(
            f"Arket kan ikke leses: {file}", "Se etter at filen finnes og er din egen."
        ) from None
    return recovery.read(content, "arket" if file == "-" else file)


def _refuse_needless(salt: str, recovered: Recovered, *, yes: bool) -> None:
    """Stops where the key is here already, and asks before another one is lost."""
    keeping = keys.keeping_of(salt)
    if keeping == "passord":  # which may be forgotten: it is not asked for
        there = "Det ligger en nøkkel bak et passord her fra før."
    elif keeping is None or (kept := _kept(salt)) is None:
        return
    elif kept == recovered.key:
        raise Stopped(
            "Nøkkelen på arket ligger her fra før, og åpner avdelingen.",
            "Du trenger ikke gjøre noe. Vil du ha den et annet sted: hsf data nøkkel --flytt HVOR",
        )
    else:
        there = "Det ligger en annen nøkkel til avdelingen her fra før."
    questions.confirm(f"{there} Erstatte den med den på arket?", already=yes)


def _kept(salt: str) -> str | None:
    """The key that is kept here without a passphrase; None where it cannot be read."""
    try:
        return keys.found(salt, str)
    except NoDepartment:
        return None


def _move(ctx: typer.Context, to: Keeping, new_from: str | None) -> None:
    path = database_path(ctx)
    with opened(ctx) as store:
        again = to == "passord" and keys.keeping_of(store.salt) == "passord"
        new = passphrase_behind(to, ctx, new_from, another=again)
        register.moved(path, to, lambda: passphrase(ctx), new)
        register.note(store, command_name(ctx), "--flytt")
    settings(ctx).passphrase = None  # the menu asks for the new one
    screen.say("Passordet er byttet." if again else f"Flyttet. {where(to, salt_of(path))}")


def _change(ctx: typer.Context, *, yes: bool) -> None:
    path = database_path(ctx)
    with opened(ctx) as store:
        if not rekeying.is_broken_off(path):
            _tell_what_changes(store)
            questions.confirm("Bytte nøkkel?", already=yes)
            copied_first(store, "før-nøkkelbytte")
        # Before it is done: a sheet must never be taken for good that is not.
        register.note(store, command_name(ctx), "--bytt")
    with steps("Krypterer på nytt") as progress:
        done = rekeying.rekeyed(path, lambda: passphrase(ctx), progress)
    screen.say(
        "Nøkkelbyttet som ble avbrutt, er gjort ferdig."
        if done.finished
        else "Avdelingen har fått ny nøkkel."
    )
    screen.say(f"{_copies(done.copies)} åpnes nå med den.")
    for copy in done.left:
        screen.tell(f"Åpnes ikke, heller ikke med nøkkelen fra før: {copy}")
    screen.say("Ark fra før åpner den ikke lenger: makuler dem. " + WRITE_SHEET)


def _copies(number: int) -> str:
    return "Avdelingen og 1 kopi" if number == 1 else f"Avdelingen og {number} kopier"


def _tell_what_changes(store: Store) -> None:
    screen.tell(
        "Avdelingen og kopiene får en ny nøkkel. Ark som er skrevet, gjelder ikke lenger, og "
        "de som bruker avdelingen fra en annen maskin, må få det nye arket."
    )
    screen.tell(
        "Kopier du selv har lagt andre steder, følger ikke med: de åpnes bare med arket fra før."
    )
    for folder in rekeying.unreachable(store):
        screen.tell(
            f"Kopiene i {folder} kan ikke nås nå, og følger heller ikke med. "
            "Koble til stasjonen først, hvis du kan."
        )
