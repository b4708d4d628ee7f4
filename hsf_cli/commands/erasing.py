"""`hsf personvern anonymiser` and `slett`: what goes is shown, asked about, and gone for good."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer

from hsf_cli import dates
from hsf_cli.commands.common import opened
from hsf_cli.commands.fields import Fields, label
from hsf_cli.commands.people import Person, Somebody, chosen
from hsf_cli.commands.records import Yes
from hsf_cli.errors import Stopped, WrongUse
from hsf_cli.records import KINDS
from hsf_cli.registers import erasing, mentions, retention
from hsf_cli.registers.lookup import name_of
from hsf_cli.registers.mentions import Mention
from hsf_cli.registers.remembered import named
from hsf_cli.report import kept
from hsf_cli.store import Store
from hsf_cli.texts import listed
from hsf_cli.ui import questions, screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.progress import steps
from hsf_cli.whose import placeholder

app = commands()


Mentioned = Annotated[
    bool,
    typer.Option(
        "--også-nevnt", help="Tar også bort navn og nummer der de står i andres notater og tekster."
    ),
]

_FINAL = "Det kan ikke tas tilbake."
_IN_COPIES = (
    "Kopier som er tatt før nå, har det fortsatt, til de blir slettet. Hentes en av dem frem, blir"
    " det borte der også."
)


@command(app, "anonymiser")
def anonymise(
    ctx: typer.Context,
    which: Somebody = None,
    overdue: Annotated[
        bool, typer.Option("--forfalt", help="Alle der fristen har gått ut: hsf personvern frister")
    ] = False,
    mentioned: Mentioned = False,
    yes: Yes = False,
) -> None:
    """Anonymiserer en familie eller familiekontakt: bare det som skal til for å telle, blir igjen.

    Fødselsåret, koder, datoer og timer blir, så tallene for alle år er de samme. Alt annet blir
    borte for godt: navn, telefon, adresse, notater og andre tekster, også i loggen.

    \b
    hsf personvern anonymiser F14
    hsf personvern anonymiser V8 --også-nevnt
    hsf personvern anonymiser --forfalt
    """
    if which and overdue:
        raise WrongUse("Skriv enten hvem det gjelder, eller --forfalt.", "Ta bort en av dem.")
    with opened(ctx) as store:
        people = _overdue(store) if overdue else [chosen(store, which, removed=True)]
        if not overdue:
            retention.refuse_anonymising(store, *people[0], dates.today())
        _tell_anonymising(store, people)
        also = _also(_mentions(store, people), mentioned=mentioned, ask=not yes)
        who = _counted(people) if len(people) > 1 else _name(store, people[0])
        questions.confirm(f"Anonymisere {who}? {_FINAL}", already=yes)
        erasing.anonymised(store, people, also)
    called = f"{_short(people[0])} heter nå «{placeholder(*people[0])}»"
    others = ", og de andre likedan" if len(people) > 1 else ""
    screen.say(f"Anonymisert: {who}. {called}{others}. {_FINAL}")
    screen.say(_IN_COPIES)


@command(app, "slett")
def erase(
    ctx: typer.Context,
    which: Somebody = None,
    assignments: Annotated[
        bool,
        typer.Option("--også-oppdrag", help="Sletter også oppdragene, med timene som er ført."),
    ] = False,
    mentioned: Mentioned = False,
    yes: Yes = False,
) -> None:
    """Sletter en familie eller familiekontakt som aldri skulle vært ført, med alt som hører til.

    Også loggen glemmer den, så avdelingen kan ikke lenger vises slik den var før i dag. Tallene
    kan bli andre; rapporter som er låst, beholder sine. Har noen arbeidet med den, så anonymiser.

    \b
    hsf personvern slett F12
    hsf personvern slett V2 --også-oppdrag
    """
    with opened(ctx) as store:
        person = chosen(store, which, removed=True)
        if not assignments:
            erasing.refuse_erasing(store, *person)
        _tell_erasing(store, person)
        found = mentions.found(store, erasing.erases(store, *person, how="slettet"))
        also = _also(found, mentioned=mentioned, ask=not yes)
        questions.confirm(f"Slette {_name(store, person)}? {_FINAL}", already=yes)
        erasing.erased(store, *person, also)
    screen.say(f"Slettet: {_short(person)} og alt som hørte til. {_FINAL}")
    screen.say(_IN_COPIES)


def _overdue(store: Store) -> list[Person]:
    """Everybody whose time has run out, but for those who cannot be anonymised yet.

    Raises Stopped where there is nobody.
    """
    expired = retention.expired(store, dates.today())
    if not expired:
        raise Stopped("Fristen har ikke gått ut for noen.", "Se fristene: hsf personvern frister")
    people, refusals = [], []
    for one in expired:
        try:
            retention.refuse_anonymising(store, one.table, one.number, dates.today())
        except Stopped as refusal:
            refusals.append(refusal)
        else:
            people.append((one.table, one.number))
    if not people:
        raise refusals[0]
    for each in refusals:
        screen.tell(f"Hoppes over: {each.text} {each.advice}")
    return people


def _tell_anonymising(store: Store, people: Sequence[Person]) -> None:
    screen.say(
        "Dette blir borte, også i loggen: navn, telefon, e-post, adresse, område, språk, notater"
        " og andre tekster. Fødselsdatoer blir til fødselsår. Koder, datoer og timer blir, så"
        " tallene for alle år er de samme. Rapporter som er låst, står som de er."
    )
    for one in people:
        screen.say(f"  {_name(store, one)}{_not_yet(store, one)}")


def _not_yet(store: Store, person: Person) -> str:
    """That somebody's time has not run out, where that is so."""
    kept = retention.of(store, *person)
    if kept is None or kept.expires_on <= dates.today():
        return ""
    return f" – fristen går ikke ut før {dates.written(kept.expires_on)}"


def _tell_erasing(store: Store, person: Person) -> None:
    records = erasing.erases(store, *person, how="slettet")
    parts = [
        KINDS[table].counted(len(numbers))
        for table, numbers in records.items()
        if (table, numbers) != (person[0], frozenset((person[1],)))
    ]
    more = f", med {listed(parts)}" if parts else ""
    screen.say(f"Dette blir borte for godt, også i loggen: {_name(store, person)}{more}.")
    years = erasing.years(store, *person, dates.today())
    if years:
        locked = [str(year) for year in kept.years(store) if year in years]
        first, last = years[0], years[-1]
        period = str(first) if first == last else f"{first}–{last}"
        holds = f" Rapporten for {listed(locked)} står som den er." if locked else ""
        screen.say(f"Tallene for {period} kan bli andre.{holds}")
    screen.say("Hvordan avdelingen var før dette, kan ikke lenger hentes frem av loggen.")


def _mentions(store: Store, people: Sequence[Person]) -> list[Mention]:
    found = []
    with steps("Leter etter navn i andres tekster") as progress:
        for done, one in enumerate(people, start=1):
            found += mentions.found(store, erasing.erases(store, *one, how="anonymisert"))
            progress(done, len(people))
    return mentions.together(found)


def _also(found: Sequence[Mention], *, mentioned: bool, ask: bool) -> Sequence[Mention]:
    """The mentions in others' texts that are to go too: those that are chosen, or the certain."""
    certain = [one for one in found if one.is_certain]
    if not found:
        return ()
    if mentioned:
        tell_mentions(
            [one for one in found if not one.is_certain], "Kan være nevnt her; står igjen:"
        )
        return certain
    if ask and screen.at_terminal():
        choices = {one: _where(one) for one in found}
        return questions.several("Nevnt i andres tekster. Hva skal bort der?", choices, certain)
    tell_mentions(
        found, "Nevnt i andres tekster, og blir stående der. Ta det bort med --også-nevnt:"
    )
    return ()


def tell_mentions(found: Sequence[Mention], said: str) -> None:
    """Tells where somebody is mentioned, on stderr."""
    if found:
        screen.tell("\n".join([said, *(f"  {_where(one)}" for one in found)]))


def _where(one: Mention) -> str:
    """«Familiekontakt V3, notat: …hos Hansen på…»."""
    column = next(column for column in Fields(one.table).columns if column.field == one.field)
    kind = KINDS[one.table]
    return (
        f"{kind.singular.capitalize()} {kind.name(one.number)}, "
        f"{label(column).lower()}: {one.shown}"
    )


def _name(store: Store, person: Person) -> str:
    """«F12 Hansen», also of one that is in the log alone."""
    name = name_of(store, *person)
    return name if name != _short(person) else named(store, *person)


def _counted(people: Sequence[Person]) -> str:
    """«14 familier og 3 familiekontakter»."""
    counts = sorted(Counter(table for table, _ in people).items())
    return listed([KINDS[table].counted(count) for table, count in counts])


def _short(person: Person) -> str:
    table, number = person
    return KINDS[table].name(number)
