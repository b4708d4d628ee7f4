"""`hsf` alone: where the department stands today, and what to do next."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import typer

from hsf_cli import dates, numbers, places
from hsf_cli.commands.common import database_path, opened
from hsf_cli.populations import mending
from hsf_cli.records import KINDS
from hsf_cli.registers.today import VISIT_WITHIN, Course, Gap, Named, Today, today
from hsf_cli.texts import listed
from hsf_cli.ui import screen

_WELCOME = """\
Velkommen til hsf, som holder orden på arbeidet i en Home-Start-avdeling.
Det er ingen avdeling her ennå. Velg hvor du vil begynne:

  hsf start      oppretter avdelingen din: noen få spørsmål, så er dere i gang
  hsf demo       lager en oppdiktet avdeling å se seg rundt i
  hsf meny       lar deg velge i stedet for å skrive
  hsf hjelp      viser veiledningen, fra første dag til ferdig årsrapport"""

_FIRST_STEPS = """

Avdelingen er ny og tom. Begynn med det du har for hånden:

  hsf henvendelse ny           en familie har tatt kontakt
  hsf kontakt ny               en familiekontakt, eller en som vil bli det
  hsf data mal avdeling.xlsx   en arbeidsbok for det dere har fra før

"""

_ALL = "Alt du kan gjøre: hsf meny eller hsf --hjelp"
_NOTHING_DUE = "Ingenting er forfalt nå."

# What a record lacks in the report, by the attribute of its population.
_LACKING = {
    "background": "bakgrunn",
    "civil_status": "sivilstatus",
    "age": "fødselsår",
    "gender": "kjønn",
    "occupation": "yrke",
    "has_children": "om de har barn",
    "found_us": "hvordan de fant dere",
    "source": "kilde",
    "starts_at": "klokkeslett",
}
_INDENT, _SPACE = 2, 3


class _Line(NamedTuple):
    """One line: what it says and of which records, and the command that deals with it."""

    text: str
    command: str
    about: Sequence[Named] = ()
    # What to say where there is no room for the text.
    brief: str = ""
    # The command that asks for what is missing alone, where nobody has to type it.
    mending: str = ""

    def fitting(self, width: int, *, nameless: bool) -> str:
        """As much as there is room for: with the first one's name, its number alone, or neither."""
        from hsf_cli.ui.lines import width_of

        firsts = _first_of(self.about, nameless=nameless)
        texts = [*(f"{self.text}: {first}" for first in firsts), self.text]
        fitting = (text for text in texts if width_of(text) <= width)
        return next(fitting, self.brief or self.text)


def overview(ctx: typer.Context, *, nameless: bool = False) -> None:
    """Shows the department today, or how to begin where there is none."""
    path = database_path(ctx)
    if not path.exists():
        screen.write(_WELCOME)
        if path != places.default_database():
            screen.say(f"\nJeg leter etter den her: {path}")
        return
    with opened(ctx) as store, store.looking():
        found = today(store, dates.today())
    title = f"{found.name}, {dates.written(found.day)}"
    if found.is_empty:
        screen.say(title + _FIRST_STEPS)
    else:
        _show(title, _sections(found), nameless=nameless)
    screen.say(_ALL)


def _show(title: str, sections: Mapping[str, Sequence[_Line]], *, nameless: bool) -> None:
    """Writes the lines under their headings, the commands in a column of their own."""
    from rich.text import Text

    from hsf_cli.ui.lines import Pairs, width_of

    console = screen.console()
    commands = [line.command for lines in sections.values() for line in lines]
    room = console.width - _INDENT - _SPACE - max(map(len, commands))
    shown = {
        heading: [(line.fitting(room, nameless=nameless), line.command) for line in lines]
        for heading, lines in sections.items()
    }
    width = min(room, max(width_of(text) for lines in shown.values() for text, _ in lines))
    console.print(Text(title, "title"))
    for heading, lines in shown.items():
        if lines and heading:
            console.print(Text(f"\n{heading}", "heading"))
        console.print(Pairs(lines, _INDENT, _SPACE, width))
    console.print()
    now, *others = sections.values()
    in_order = [*chain.from_iterable(others), *now]  # what is to be done is first
    screen.heard("\n".join(line.mending or line.command for line in in_order))


def _first_of(about: Sequence[Named], *, nameless: bool) -> Iterator[str]:
    """What to call the first of some records, and how many more there are; the fullest first."""
    if about:
        more = f" og {len(about) - 1} til" if len(about) > 1 else ""
        if not nameless:
            yield f"{about[0].short} {about[0].name}{more}"
        yield f"{about[0].short}{more}"


def _sections(found: Today) -> dict[str, list[_Line]]:
    return {
        "": list(_now(found)),
        "Å gjøre": list(_due(found)) or [_Line(_NOTHING_DUE, "")],
        f"Mangler til årsrapporten for {found.report_year}": list(map(_lacking, found.gaps)),
    }


def _now(found: Today) -> Iterator[_Line]:
    """How things stand."""
    yield _Line(_waiting(found), "hsf venteliste")
    for longest in (one for one in found.waiting[:1] if one.days > 0):
        match = f"hsf oppdrag forslag {longest.family_number}"
        visit = f"hsf henvendelse besøk {longest.number}"
        yield _Line(
            f"Lengst har én ventet i {numbers.written(longest.days)} dager",
            visit if longest.stage == "besøk" else match,
            [Named(longest.number, longest.family_name)],
        )
    if found.assignments:
        running = KINDS["assignment"].counted(found.assignments)
        families = KINDS["family"].counted(found.families_linked)
        yield _Line(f"{running} pågår, hos {families}", "hsf oppdrag liste")
    if found.course:
        yield _course(found.course, found.day.isoformat())
    yield _progress(found)


def _progress(found: Today) -> _Line:
    """How far the year has come towards its targets."""
    command = f"hsf rapport vis {found.day.year}"
    families, volunteers = found.families, found.volunteers
    if volunteers is None:
        counted = KINDS["family"].counted(families.reached)
        return _Line(f"{counted} har hatt oppdrag i år, målet er {families.target}", command)
    of_families = f"{families.reached} av {families.target} familier"
    of_volunteers = f"{volunteers.reached} av {volunteers.target}"
    return _Line(
        f"{of_families} og {of_volunteers} aktive familiekontakter i år",
        command,
        brief=f"I år {of_families}, {of_volunteers} familiekontakter",
    )


def _waiting(found: Today) -> str:
    if not found.waiting:
        return "Ingen familier venter"
    for_visit = sum(one.stage == "besøk" for one in found.waiting)
    stages = {"hjemmebesøk": for_visit, "familiekontakt": len(found.waiting) - for_visit}
    each = [f"{number} på {stage}" for stage, number in stages.items() if number]
    return f"{len(found.waiting)} venter: {', '.join(each)}"


def _course(course: Course, day: str) -> _Line:
    if course.starts_on <= day:
        when = f"Kurs til {dates.written(course.ends_on)}"
    else:
        when = f"Neste kurs begynner {dates.written(course.starts_on)}"
    participants = KINDS["course_registration"].counted(course.participants)
    return _Line(f"{when}, {participants}", f"hsf kurs vis {course.short}")


def _due(found: Today) -> Iterator[_Line]:
    """What somebody should do now, by the command for the first of each."""
    if found.report_due:
        yield _Line(
            f"Årsrapporten for {found.report_due} leveres i januar",
            f"hsf rapport vis {found.report_due}",
        )
    follow_ups, assignments, volunteers = (
        KINDS[table].counted for table in ("follow_up", "assignment", "volunteer")
    )
    late = f"har ventet på besøk i over {VISIT_WITHIN.days} dager"
    for about, counted, text, command in (
        (found.unvisited, str, late, "henvendelse besøk {}"),
        (found.follow_ups, follow_ups, "er forfalt", "oppdrag oppfølging"),
        (found.past_planned_end, assignments, "over planlagt slutt", "oppdrag forleng {}"),
        (found.without_hours, assignments, "mangler timer", "timer mangler"),
        (found.lacking, volunteers, "mangler krav", "kontakt vis {}"),
        (found.ready, str, "har gått kurset og venter på godkjenning", "kontakt godkjenn {}"),
    ):
        if about:
            command = command.format(about[0].short)
            yield _Line(f"{counted(len(about))} {text}", f"hsf {command}", about)
    if found.expired:
        expired = sorted(found.expired.items())
        who = listed([KINDS[table].counted(count) for table, count in expired])
        yield _Line(
            f"{who} har passert fristen",
            "hsf personvern frister",
            brief=f"{sum(found.expired.values())} har passert fristen",
        )


def _lacking(gap: Gap) -> _Line:
    records = gap.kind.counted(len(gap.records))
    first, *others = (_LACKING[attribute] for attribute in gap.attributes)
    of_first = (mending.Recorded(gap.population, one) for one in gap.of_first)
    short = gap.records[0].short
    return _Line(
        f"{records} uten {listed([first, *others])}",
        mending.change(gap.kind.table).format(short),
        gap.records,
        f"{records} uten {first} og {len(others)} ting til" if others else "",
        mending.change(gap.kind.table, of_first).format(short),
    )
