"""`hsf kurs`: preparation courses, from the plan of their days until they are completed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import typer

from hsf_cli import dates, numbers
from hsf_cli.commands import course_attendance, course_completed
from hsf_cli.commands.common import command_name, opened, read
from hsf_cli.commands.completion import record
from hsf_cli.commands.course_card import ALL, DAY, LIST_COLUMNS, REGISTRATION, card, written_days
from hsf_cli.commands.course_days import course_day
from hsf_cli.commands.fields import Prompt, takes
from hsf_cli.commands.parts import Delete, keep_part, part_argument
from hsf_cli.commands.records import (
    UNDO,
    Yes,
    about_texts,
    argument,
    chosen,
    edit,
    refuse,
    remove,
    year_option,
)
from hsf_cli.errors import Stopped, WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import courses
from hsf_cli.registers.courses import CourseDay
from hsf_cli.registers.lookup import name_of
from hsf_cli.store import Store
from hsf_cli.ui import questions, screen
from hsf_cli.ui.card import Card, shows
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import Listing, lists

app = commands()

_ASKED = ("name", "starts_on", "place")

_Course = Annotated[str | None, argument("course")]
_Volunteers = Annotated[
    list[str] | None,
    typer.Option(
        "--kontakt",
        metavar="FAMILIEKONTAKT",
        help="Nummer eller navn. Kan gjentas.",
        autocompletion=record("volunteer"),
    ),
]


@command(app, "ny")
@takes(ALL)
def new(
    ctx: typer.Context,
    typed: dict[str, str],
    days: Annotated[
        list[str] | None,
        typer.Option(
            "--dag", metavar="DAG", help="En kursdag: «1.3 Barns behov 3:30». Kan gjentas."
        ),
    ] = None,
    no_days: Annotated[
        bool, typer.Option("--uten-dager", help="Setter ikke opp kursdager nå.")
    ] = False,
) -> None:
    """Setter opp et kurs. Seks kursdager foreslås, en uke mellom hver, med kursets egne temaer.

    En dato uten år er den neste som kommer.

    \b
    hsf kurs ny
    hsf kurs ny --navn "Vårkurset" --start 8.2 --sted Solstua
    hsf kurs ny --navn Helgekurs --start 8.2 --dag "8.2 Bli kjent 7" --dag "9.2 Barns behov 7"
    """
    if days and no_days:
        raise WrongUse("--dag og --uten-dager går ikke sammen.", "Bruk bare én av dem.")
    with opened(ctx) as store:
        prompt = Prompt(store)
        asked = () if typed or days or no_days else _ASKED
        values = ALL.filled(typed, prompt, asked=asked)
        ALL.check(values)
        planned = _days(values, days or (), prompt.today, none=no_days, choose=bool(asked))
        last = max((day.held_on for day in planned), default=None)
        values = {**values, "ends_on": values.get("ends_on") or last}
        texts = {str(place): day.theme for place, day in enumerate(planned)}
        refuse([*about_texts({**values, **texts}), *courses.against_hours(planned)])
        with store.change(command_name(ctx)) as change:
            number = change.insert("course", **values)
            for day in planned:
                change.insert("course_day", course_id=number, **asdict(day))
        name, short = name_of(store, "course", number), KINDS["course"].name(number)
    screen.say(f"{name} er satt opp{written_days(planned)}. {UNDO}")
    screen.say(f"Meld på deltakere: hsf kurs påmelding {short}")


@command(app, "dag")
@takes(DAY)
def day(
    ctx: typer.Context,
    typed: dict[str, str],
    which: Annotated[str | None, part_argument("course", "course_day")] = None,
    delete: Delete = False,
    yes: Yes = False,
) -> None:
    """Legger til en kursdag, eller retter eller sletter en. Oppmøtet på den følger med.

    \b
    hsf kurs dag K2 --dato 15.02.2026 --tema "Barns behov" --timer 3:30
    hsf kurs dag KD4 --dato 22.02.2026
    hsf kurs dag KD4 --slett
    """
    keep_part(
        ctx, "course", DAY, which, typed, delete=delete, yes=yes, refuse=courses.refuse_same_day
    )


@command(app, "påmelding")
@takes(REGISTRATION)
def register(
    ctx: typer.Context,
    typed: dict[str, str],
    which: Annotated[str | None, part_argument("course", "course_registration")] = None,
    volunteers: _Volunteers = None,
    delete: Delete = False,
    yes: Yes = False,
) -> None:
    """Melder på kandidater og familiekontakter, eller retter eller sletter en påmelding.

    Timer føres her bare når det ikke føres oppmøte dag for dag.

    \b
    hsf kurs påmelding K2 --kontakt V3 --kontakt nes
    hsf kurs påmelding D8 --timer 21 --fullført ja
    hsf kurs påmelding D8 --slett
    """
    if KINDS["course_registration"].typed_number(which) is not None:
        keep_part(
            ctx, "course", REGISTRATION, which, typed, delete=delete, yes=yes,
            refuse=courses.refuse_hours_beside,
        )  # fmt: skip
        return
    with opened(ctx) as store:
        number = chosen(store, "course", which)
        values = REGISTRATION.read(typed, Prompt(store))
        wanted = _wanted(store, number, volunteers or ())
        for one in wanted:
            courses.refuse_registered(store, number, one)
        with store.change(command_name(ctx)) as change:
            for one in wanted:
                change.insert("course_registration", course_id=number, volunteer_id=one, **values)
        names = ", ".join(name_of(store, "volunteer", one) for one in wanted)
        name = name_of(store, "course", number)
    screen.say(f"Påmeldt {name}: {names}. {UNDO}")
    screen.say(f"Etter hver kursdag: hsf kurs oppmøte {KINDS['course'].name(number)}")


@command(app, "oppmøte")
def attendance(
    ctx: typer.Context,
    which: _Course = None,
    day: Annotated[
        str | None, typer.Option("--dato", metavar="DATO", help="Kursdagen det gjelder.")
    ] = None,
    volunteers: _Volunteers = None,
    everyone: Annotated[bool, typer.Option("--alle", help="Alle deltakerne var der.")] = False,
    absent: Annotated[
        list[str] | None,
        typer.Option(
            "--unntatt",
            metavar="FAMILIEKONTAKT",
            help="Alle unntatt denne. Kan gjentas.",
            autocompletion=record("volunteer"),
        ),
    ] = None,
    partly: Annotated[
        list[str] | None,
        typer.Option(
            "--delvis",
            metavar="HVEM TIMER",
            help="Var der en del av dagen: «V4 2:30». Kan gjentas.",
        ),
    ] = None,
) -> None:
    """Fører oppmøtet for en hel kursdag på én gang.

    Timene er dagens egne, der ikke noe annet er sagt. Føres samme dag på nytt, gjelder det nye.

    \b
    hsf kurs oppmøte K2
    hsf kurs oppmøte K2 --dato 8.2 --alle
    hsf kurs oppmøte K2 --dato 8.2 --unntatt V4 --delvis "V5 2:30"
    """
    told = course_attendance.Told(day, volunteers or (), everyone, absent or (), partly or ())
    with opened(ctx) as store:
        number = chosen(store, "course", which)
        course_attendance.keep(ctx, store, number, told)


@command(app, "fullfør")
def complete(
    ctx: typer.Context,
    which: _Course = None,
    on: Annotated[
        str | None,
        typer.Option("--dato", metavar="DATO", help="Når de fullførte; ellers kursets siste dag."),
    ] = None,
    others_not: Annotated[
        bool, typer.Option("--resten-nei", help="Fører «nei» på dem som mangler timer.")
    ] = False,
) -> None:
    """Fører at de som har nådd 20 timer, har fullført, og sier hvem som mangler hvor mye.

    Timer fra tidligere kurs teller med, som ved godkjenning.

    \b
    hsf kurs fullfør K2
    hsf kurs fullfør K2 --dato 15.3 --resten-nei
    """
    with opened(ctx) as store:
        number = chosen(store, "course", which)
        course_completed.keep(ctx, store, number, on, others_not=others_not)


@command(app, "endre")
@takes(ALL)
def mend(ctx: typer.Context, typed: dict[str, str], which: _Course = None) -> None:
    """Retter et kurs. En tom verdi tømmer feltet.

    \b
    hsf kurs endre K2 --navn "Vårkurset 2026" --sted Solstua
    hsf kurs endre K2
    """
    edit(ctx, ALL, which, typed)


@command(app, "slett")
def delete_course(ctx: typer.Context, which: _Course = None, yes: Yes = False) -> None:
    """Sletter et kurs som er ført feil, med kursdagene, når ingen er påmeldt.

    \b
    hsf kurs slett K3
    hsf kurs slett K3 --ja
    """
    remove(ctx, "course", which, yes=yes)


@lists(app, "liste")
def listing(
    ctx: typer.Context,
    year: Annotated[int | None, year_option("Bare kurs som startet det året.")] = None,
    only_open: Annotated[bool, typer.Option("--åpne", help="Bare kurs som ikke er over.")] = False,
) -> Listing:
    """Viser kursene, det første først, med hvor mange som er med og har fullført.

    \b
    hsf kurs liste
    hsf kurs liste --år 2026
    hsf kurs liste --åpne
    """
    with opened(ctx) as store:
        rows = courses.courses(store, year, dates.today(), only_open=only_open)
        is_any = bool(rows) or bool(courses.courses(store, None, dates.today()))
    return Listing(
        LIST_COLUMNS, rows, "Ingen kurs ennå. Sett opp det første: hsf kurs ny", filtered=is_any
    )


@shows(app, "vis")
def show(ctx: typer.Context, which: _Course = None) -> Card:
    """Viser et kurs: dagene, deltakerne med timene så langt, og hvem som har nådd 20 timer.

    \b
    hsf kurs vis K2
    hsf kurs vis vårkurset
    """
    with opened(ctx) as store:
        return card(store, chosen(store, "course", which))


def _days(
    course: Mapping[str, Any], told: Sequence[str], today: date, *, none: bool, choose: bool
) -> list[CourseDay]:
    """The days of a new course: those told of, or those suggested, among which one may choose."""
    first = date.fromisoformat(course["starts_on"])
    if told:
        read_days = [
            read("--dag", text, lambda one: course_day(one, first, today)) for text in told
        ]
        _refuse_same_date(read_days)
        return sorted(read_days, key=lambda one: one.held_on)
    if none:
        return []
    ends_on = course.get("ends_on")
    days = courses.suggested_days(first, date.fromisoformat(ends_on) if ends_on else None)
    if not choose:
        return days
    labels = {place: _day_text(day) for place, day in enumerate(days)}
    wanted = questions.several("Hvilke kursdager skal settes opp?", labels, list(labels))
    return [days[place] for place in wanted]


def _day_text(day: CourseDay) -> str:
    theme = f" {day.theme}" if day.theme else ""
    return f"{dates.written(day.held_on)}{theme} ({numbers.readable_hours(day.minutes or 0)} timer)"


def _refuse_same_date(days: Sequence[CourseDay]) -> None:
    held = [day.held_on for day in days]
    if double := next((one for one in held if held.count(one) > 1), None):
        raise WrongUse(
            f"--dag har to kursdager {dates.written(double)}.", "Skriv hver dato bare én gang."
        )


def _wanted(store: Store, course: int, typed: Sequence[str]) -> list[int]:
    """The volunteers to put on a course: those that were typed, or that are chosen."""
    if typed:
        return list(dict.fromkeys(chosen(store, "volunteer", one) for one in typed))
    if not screen.at_terminal():
        raise WrongUse("--kontakt mangler.", "Skriv hvem som skal meldes på: --kontakt V3")
    candidates = courses.candidates(store, course)
    if not candidates:
        raise Stopped(
            "Alle kandidatene er påmeldt.", "En ny: hsf kontakt ny. En annen: --kontakt V3"
        )
    wanted = questions.several("Hvem skal meldes på?", candidates)
    if not wanted:
        raise Stopped("Ingen er valgt, og ingen er meldt på.", "Velg med mellomrom, så Enter.")
    return wanted
