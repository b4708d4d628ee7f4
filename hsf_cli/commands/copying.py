"""`hsf data kopi` and `hsf data gjenopprett`: copies made, and the department set back to one."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, fields
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer

from hsf_cli import copies, numbers, places, rekeying
from hsf_cli.commands import files
from hsf_cli.commands.common import command_name, database_path, opened, passphrase
from hsf_cli.commands.records import Yes
from hsf_cli.copies import Contents, Copy
from hsf_cli.dates import written_moment
from hsf_cli.errors import Damaged, NoDepartment, NoKey
from hsf_cli.records import KINDS
from hsf_cli.registers import events, restoring
from hsf_cli.registers.department import name_of
from hsf_cli.store import Store
from hsf_cli.texts import listed
from hsf_cli.ui import questions, screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import FORMATS, Column, one_of, show

app = commands()


_NO_COPIES = "Det finnes ingen kopier ennå. Ta en: hsf data kopi"
_LIE_ELSEWHERE = (
    "Ved siden av avdelingen ligger det ingen kopier. Ligger de i en annen mappe: "
    "hsf data gjenopprett E:/hsf-kopier/avdeling-2026-11-22-101500.db"
)
_BY_HAND = "for hånd"
_NONE = "Ingen: la avdelingen være som den er"


@command(app, "kopi")
def copy(
    ctx: typer.Context,
    to: Annotated[
        Path | None,
        typer.Option("--til", metavar="FIL", help="En fil eller mappe; ellers mappen for kopier."),
    ] = None,
    yes: Annotated[bool, typer.Option("--ja", help="Skriver over en fil som er der.")] = False,
) -> None:
    """Tar en kopi av hele avdelingen, og ser etter at den er hel.

    Kopien er kryptert med avdelingens egen nøkkel. hsf tar selv en kopi før dagens første endring,
    og før det som griper dypt. Eldre kopier tynnes ut: én om dagen i en uke, én i uken i en måned
    og én i måneden i et år blir igjen.

    \b
    hsf data kopi
    hsf data kopi --til E:/hsf-kopier
    """
    with opened(ctx) as store:
        if to is None:
            made = copies.made(store)
        else:
            target = places.path(to)
            if not target.is_dir():
                files.may_write(target, yes=yes)
            made = copies.copied_to(store, target)
        events.note(store, command_name(ctx), named=False)
    if made.notice:
        screen.tell(made.notice)
    where = files.place(made.path)
    screen.say(f"Kopien er tatt, og lest igjennom: {where} ({_size(made.size)})")
    screen.say("Den er kryptert, og åpnes bare med avdelingens nøkkel.")
    screen.say(f"Hent den frem igjen: hsf data gjenopprett {screen.quoted(_shortest(made, to))}")


def _shortest(made: copies.Made, to: Path | None) -> object:
    """What is enough to name the copy by."""
    return made.path.name if to is None else made.path


@command(app, "gjenopprett")
def restore(
    ctx: typer.Context,
    which: Annotated[
        str | None,
        typer.Argument(metavar="KOPI", help="En fil, eller en bit av navnet på en i listen."),
    ] = None,
    yes: Yes = False,
    format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="Listen som tabell, csv eller json.")
    ] = FORMATS[0],
) -> None:
    """Setter avdelingen tilbake til en kopi. Uten KOPI: viser kopiene, med hva som er i dem.

    Avdelingen slik den er nå, blir selv en kopi først. Det som er slettet eller anonymisert siden,
    blir det igjen. Det går også når avdelingens egen fil er skadet eller borte.

    \b
    hsf data gjenopprett
    hsf data gjenopprett 2026-11-22-101500
    hsf data gjenopprett E:/hsf-kopier/avdeling-2026-11-22-101500.db
    """
    chosen = one_of("--format", format, FORMATS)
    path = database_path(ctx)
    with ExitStack() as stack:
        present = _present(ctx, path)
        if present:
            stack.enter_context(present)
            for folder in rekeying.unreachable(present):
                screen.tell(
                    f"Mappen for kopier kan ikke nås nå, så de som er der, vises ikke: {folder}"
                )
        known = _known(path, present)
        if which is None and (chosen != FORMATS[0] or not _can_choose(known)):
            _show_copies(ctx, known, present, chosen)
            return
        file = _asked(ctx, known, present) if which is None else restoring.chosen(known, which)
        if file is None:
            screen.say("Ingenting er endret.")
            return
        try:
            then = stack.enter_context(restoring.opened(file, present, lambda: passphrase(ctx)))
        except NoKey as error:
            if path.exists():
                raise
            raise _key_first(file) from error
        _tell_difference(file, present, then)
        questions.confirm("Sette avdelingen tilbake til kopien?", already=yes)
        done = restoring.restored(path, present, then, command_name(ctx), lambda: passphrase(ctx))
    _tell_restored(done)


def _key_first(copy: Path) -> NoKey:
    """What is to be done with a copy where neither the department nor its key has been."""
    return NoKey(
        "Nøkkelen til kopien er ikke på denne maskinen.",
        "Hent den inn fra gjenopprettingsarket, og gjør så dette en gang til: "
        f"hsf data nøkkel --fra-ark --database {screen.quoted(copy)}",
    )


def _present(ctx: typer.Context, path: Path) -> Store | None:
    """The department as it is; None where it is lost: gone, damaged, or no longer a department."""
    try:
        store = opened(ctx)
        if copies.is_sound(store):
            return store
        store.close()
        raise Damaged(
            f"Avdelingens fil er skadet: {path}", "Hent frem en kopi: hsf data gjenopprett"
        )
    except (Damaged, NoKey) as error:
        screen.tell(f"{error.text}\n")
    except NoDepartment as error:
        if path.exists():
            raise
        screen.tell(f"{error.text}\n")
    return None


def _known(path: Path, present: Store | None) -> list[Copy]:
    """The copies there are; where the department is lost, those that lie in the usual place."""
    if present:
        return copies.found(copies.folders(present), present.salt)
    return copies.found([copies.default_folder(path)])


def _can_choose(known: Sequence[Copy]) -> bool:
    return bool(known) and screen.at_terminal()


def _show_copies(
    ctx: typer.Context, known: Sequence[Copy], present: Store | None, format: str
) -> None:
    rows = [_row(ctx, one, present) for one in known]
    if rows or format != FORMATS[0]:
        show(_COLUMNS, rows, format)
    if format == FORMATS[0]:
        screen.say(_what_next(known, present))


def _what_next(known: Sequence[Copy], present: Store | None) -> str:
    if known:
        return f"Hent frem en av dem: hsf data gjenopprett {screen.quoted(known[0].path.name)}"
    return _NO_COPIES if present else _LIE_ELSEWHERE


def _asked(ctx: typer.Context, known: Sequence[Copy], present: Store | None) -> Path | None:
    """The copy that is chosen at a terminal, if any."""
    labels = [" · ".join(_facts(_row(ctx, one, present))) for one in known]
    choices: dict[Path | None, str] = {
        one.path: label for one, label in zip(known, labels, strict=True)
    }
    question = "Hvilken kopi skal avdelingen settes tilbake til?"
    return questions.choice(question, {None: _NONE, **choices})


def _row(ctx: typer.Context, one: Copy, present: Store | None) -> dict[str, Any]:
    """A copy and what is in it, as far as it can be opened."""
    row: dict[str, Any] = {
        "file": one.path.name,
        "folder": str(one.path.parent),
        "made_at": one.made_at.isoformat(),
        "why": one.why or _BY_HAND,
        "size": one.path.stat().st_size,
        **dict.fromkeys(field.name for field in fields(Contents)),
    }
    try:
        with restoring.as_it_is(one.path, present, lambda: passphrase(ctx)) as store:
            row |= asdict(copies.contents(store))
    except NoDepartment:
        row["state"] = "kan ikke åpnes"
    else:
        row["state"] = None
    return row


def _facts(row: dict[str, Any]) -> list[str]:
    """«22.11.2026 kl. 10.15», «før import», «24 familier og 31 oppdrag»."""
    facts = [written_moment(row["made_at"]), row["why"]]
    return [*facts, row["state"] or _counted(row, "family", "assignment")]


def _counted(row: dict[str, Any], *kinds: str) -> str:
    return listed([KINDS[kind].counted(row[_COUNTS[kind]]) for kind in kinds or _COUNTS])


_COUNTS = {"family": "families", "volunteer": "volunteers", "assignment": "assignments"}


def _tell_difference(file: Path, present: Store | None, then: Store) -> None:
    """What the department would be, beside what it is."""
    screen.say(f"Kopien: {file}")
    screen.say(f"  {name_of(then)}, {_summary(copies.contents(then))}")
    if present:
        screen.say("Avdelingen nå:")
        screen.say(f"  {name_of(present)}, {_summary(copies.contents(present))}")


def _summary(held: Contents) -> str:
    """«24 familier, … Siste endring 17 (oppdrag avslutt), 03.02.2026 kl. 10.15.»"""
    last = f"{held.number} ({held.command}), {written_moment(held.changed_at)}"
    return f"{_counted(asdict(held))}. Siste endring: {last}."


def _tell_restored(done: restoring.Restored) -> None:
    last = f"endring {done.now.number} ({done.now.command}), {written_moment(done.now.changed_at)}"
    screen.say(f"Avdelingen er satt tilbake. Det siste som er gjort i den, er nå {last}.")
    if done.erased:
        screen.say(f"{done.erased} som er anonymisert eller slettet siden kopien, ble det igjen.")
    if done.kept:
        screen.say(f"Slik den var, er den tatt vare på: {done.kept}")
    if done.kept and not done.lost:
        screen.say(f"Ta den tilbake: hsf data gjenopprett {screen.quoted(done.kept)}")


def _size(octets: int) -> str:
    """A size as people read it: «1,2 MB»."""
    return f"{numbers.written(Fraction(max(octets, 1), 1_000_000))}{numbers.NO_BREAK_SPACE}MB"


_COLUMNS = [
    Column("made_at", "Når", written_moment),
    Column("why", "Hvorfor", detail=""),
    Column("size", "Størrelse", _size, right=True, detail=""),
    Column("schema_version", "Skjema", right=True, detail="skjema"),
    Column("families", "Familier", right=True),
    Column("volunteers", "Familiekontakter", right=True, detail="familiekontakter"),
    Column("assignments", "Oppdrag", right=True, detail="oppdrag"),
    Column("changed_at", "Siste endring", written_moment, detail="sist endret"),
    Column("state", "", detail=""),
    Column("file", "Fil", main=True),
]
