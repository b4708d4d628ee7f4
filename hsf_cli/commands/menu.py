"""`hsf meny`: the same program as menus, for those who would rather choose than type."""

import re
from collections.abc import Sequence

import typer

from hsf_cli.commands.common import database_path, settings
from hsf_cli.commands.following import Entry, Task, Topic, following, undoes
from hsf_cli.commands.records import ASKED
from hsf_cli.errors import BrokenOff, WrongUse
from hsf_cli.ui import questions, screen
from hsf_cli.ui.commandline import command, commands

app = commands()

_LEAVE = "Avslutt"
_MONTH = "Hvilken måned? Enter for forrige:"
_NTH = "Hvilken endring? Nummeret står i «Se hva som er gjort»:"
_REPORT_YEAR = "Hvilket år? Enter for i fjor:"

_GUIDE = Task("Lese i veiledningen", "hjelp", "Hvilket tema? Enter for å se temaene:")

MENU: tuple[Entry, ...] = (
    Task("Hvordan står det til i dag?", ""),
    Task("Hvem venter?", "venteliste", as_told=True),
    Task("Noen ringer om en familie", "henvendelse ny"),
    Task("Føre et hjemmebesøk", "henvendelse besøk"),
    Task("Koble familie og familiekontakt", "oppdrag forslag", as_told=True),
    Task("Føre timer for en måned", "timer måned", _MONTH),
    _GUIDE,
    Topic(
        "Henvendelser og familier …",
        (
            Task("Notere en samtale med en familie som venter", "henvendelse kontaktet"),
            Task("Avslutte en henvendelse", "henvendelse avslutt"),
            Task("Finne en familie, og se alt om den", "familie vis"),
            Task("Se alle familiene, og hvor de står", "familie liste"),
            Task("Rette noe om en familie", "familie endre"),
            Task("Kartlegge hva en familie trenger", "familie kartlegg"),
            Task("Legge til et barn, eller rette et", "familie barn"),
            Task("Føre et samtykke", "familie samtykke"),
            Task("Notere at en bekymringsmelding er sendt", "familie bekymring"),
            Task("Slå sammen to familier som er én", "familie slå-sammen"),
            Task("Slette en familie som er ført feil", "familie slett"),
            Task("Se alle henvendelsene", "henvendelse liste"),
            Task("Se alt om en henvendelse", "henvendelse vis"),
            Task("Rette en henvendelse", "henvendelse endre"),
            Task("Slette en henvendelse som er ført feil", "henvendelse slett"),
        ),
    ),
    Topic(
        "Familiekontakter og kurs …",
        (
            Task("En ny kandidat eller familiekontakt", "kontakt ny"),
            Task("Se alle familiekontaktene", "kontakt liste"),
            Task("Se alt om en familiekontakt, og hvilke krav som mangler", "kontakt vis"),
            Task("Rette noe om en familiekontakt", "kontakt endre"),
            Task("Godkjenne en kandidat", "kontakt godkjenn"),
            Task("Føre en pause", "kontakt pause"),
            Task("En familiekontakt slutter", "kontakt slutt"),
            Task("En familiekontakt kommer tilbake", "kontakt tilbake"),
            Task("Føre en tidligere periode", "kontakt periode"),
            Task("Slå sammen to familiekontakter som er én", "kontakt slå-sammen"),
            Task("Slette en familiekontakt som er ført feil", "kontakt slett"),
            Task("Et nytt kurs", "kurs ny"),
            Task("Legge til en kursdag", "kurs dag"),
            Task("Melde på kurs", "kurs påmelding"),
            Task("Føre oppmøte på en kursdag", "kurs oppmøte"),
            Task("Fullføre et kurs", "kurs fullfør"),
            Task("Se alle kursene", "kurs liste"),
            Task("Se et kurs, og hvem som har 20 timer", "kurs vis"),
            Task("Rette et kurs", "kurs endre"),
            Task("Slette et kurs som er ført feil", "kurs slett"),
        ),
    ),
    Topic(
        "Oppdrag og timer …",
        (
            Task("Starte et oppdrag", "oppdrag start"),
            Task("Hvem skulle vært fulgt opp?", "oppdrag oppfølging", as_told=True),
            Task("Føre en oppfølging", "oppdrag oppfølging", "Hvilket oppdrag? Nummer eller navn:"),
            Task("Forlenge et oppdrag", "oppdrag forleng"),
            Task("Avslutte et oppdrag", "oppdrag avslutt"),
            Task("Se oppdragene", "oppdrag liste", as_told=True),
            Task("Se alt om et oppdrag", "oppdrag vis"),
            Task("Rette et oppdrag", "oppdrag endre"),
            Task("Slette et oppdrag som er ført feil", "oppdrag slett"),
            Task("Føre timer, én gang", "timer ny"),
            Task("Hvilke timer mangler?", "timer mangler"),
            Task("Se timene som er ført", "timer liste", as_told=True),
            Task("Se en timeføring", "timer vis"),
            Task("Rette en timeføring", "timer endre"),
            Task("Slette en timeføring", "timer slett"),
            Task("Skrive timeark å sende ut", "timer skjema", _MONTH, as_told=True),
        ),
    ),
    Topic(
        "Aktiviteter og tilskudd …",
        (
            Task("En ny aktivitet", "aktivitet ny"),
            Task("Hvem som var med", "aktivitet deltakere"),
            Task("Se alle aktivitetene", "aktivitet liste"),
            Task("Se en aktivitet", "aktivitet vis"),
            Task("Rette en aktivitet", "aktivitet endre"),
            Task("Slette en aktivitet som er ført feil", "aktivitet slett"),
            Task("Hva et tilskudd har gått til", "aktivitet tilskudd"),
        ),
    ),
    Topic(
        "Årsrapporten …",
        (
            Task("Se skjemaet for et år", "rapport vis", _REPORT_YEAR),
            Task("Kontrollere rapporten før den sendes", "rapport kontroll", _REPORT_YEAR),
            Task("Se hva som ligger bak tallene", "rapport bevis", _REPORT_YEAR, as_told=True),
            Task("Skrive kapitlene i årsrapporten", "rapport tekst", _REPORT_YEAR),
            Task("Skrive en merknad under en tabell", "rapport merknad", _REPORT_YEAR),
            Task("Låse rapporten slik den leveres", "rapport lås", _REPORT_YEAR),
            Task("Låse opp en rapport for å rette den", "rapport lås --åpne", _REPORT_YEAR),
            Task("Lage rapporten som Word, PDF eller nettside", "rapport skriv", _REPORT_YEAR),
            Task("Se årene ved siden av hverandre", "rapport sammenlign", as_told=True),
            Task("Lese inn en rapport fra et tidligere år", "rapport les", "Hvilken fil?"),
            Task("Ta bort tall som er lest inn", "rapport les --slett --år", "Hvilket år?"),
            Task("Se og sette mål for året", "rapport mål", "Hvilket år? Enter for i år:"),
        ),
    ),
    Topic(
        "Personvern …",
        (
            Task("Hvem har fristen gått ut for?", "personvern frister"),
            Task("Gi noen innsyn i det som er lagret om dem", "personvern innsyn", as_told=True),
            Task("Anonymisere en familie eller familiekontakt", "personvern anonymiser"),
            Task("Anonymisere alle som fristen har gått ut for", "personvern anonymiser --forfalt"),
            Task("Slette noen som aldri skulle vært ført", "personvern slett"),
            Task("Se protokollen over hva som behandles", "personvern protokoll"),
        ),
    ),
    Topic(
        "Avdelingen og filer …",
        (
            Task("Se hva som er satt for avdelingen", "avdeling vis"),
            Task("Endre det som er satt for avdelingen", "avdeling endre"),
            Task("Se styret", "avdeling styre"),
            Task("Føre et styremedlem", "avdeling medlem"),
            Task("Føre et styremøte", "avdeling møte"),
            Task("Se unntakene: regler noen har gått videre mot", "avdeling unntak"),
            Task("Angre det siste som ble gjort", "data angre"),
            Task("Se hva som er gjort", "data logg", as_told=True),
            Task("Angre en bestemt endring, eller gjøre om igjen", "data angre --endring", _NTH),
            Task("Ta en kopi av avdelingen", "data kopi"),
            Task("Sette avdelingen tilbake til en kopi", "data gjenopprett"),
            Task("Sjekke at alt er i orden", "data sjekk"),
            Task("Se hvor nøkkelen er", "data nøkkel"),
            Task("Skrive nøkkelen på et ark til skuffen", "data nøkkel --ark"),
            Task("Åpne avdelingen med arket fra skuffen", "data nøkkel --fra-ark"),
            Task("Flytte nøkkelen", "data nøkkel --flytt", "Hvor? Fil, nøkkelring eller passord:"),
            Task("Bytte nøkkelen", "data nøkkel --bytt"),
            Task("Lage et regneark (Excel) å fylle ut", "data mal"),
            Task("Prøve å hente inn fra et regneark", "data importer --prøv", "Hvilken fil?"),
            Task(
                "Hente inn fra et regneark eller en mappe",
                "data importer",
                "Hvilken fil?",
                as_told=True,
            ),
            Task("Skrive alt til en fil eller mappe", "data eksporter", "Hvilken fil?"),
        ),
    ),
)

# Where there is no department yet.
BEGINNING = (
    Task("Opprette avdelingen", "start"),
    Task("Se en oppdiktet avdeling", "demo"),
    _GUIDE,
)

# The commands that are in no menu, and why.
LEFT_OUT = {
    "meny": "er menyen selv",
    "fullføring": "gjelder den som taster kommandoer, og settes opp én gang",
    "rapport skjema": "gjelder den som skriver et eget skjema, i et tekstprogram ved siden av",
    "rapport samle": "gjelder den som legger sammen tallene for hele landet, ikke en avdeling",
}


@command(app, "meny")
def menu(ctx: typer.Context) -> None:
    """Viser det samme som menyer: velg hva du vil gjøre, med piltastene og Enter.

    Menyen kjører de vanlige kommandoene, og sier hvilke. Ctrl-C i en kommando går tilbake til
    menyen, og Ctrl-C i menyen lukker den.

    \b
    hsf meny
    """
    if not screen.at_terminal():
        raise WrongUse("Menyen trenger en terminal.", "Se kommandoene med «hsf --hjelp».")
    screen.tell("Ctrl-C avbryter det du holder på med. Esc går tilbake i menyen.")
    offered: Sequence[Task] = ()
    try:
        while task := _chosen("Hva vil du gjøre?", _entries(ctx), _LEAVE, offered):
            told, is_done = _run(ctx, task)
            after = following(told, _entries(ctx))
            if all(map(undoes, after)):  # what was to be done before then still is
                after = [*(one for one in offered if not undoes(one)), *after]
            offered = [one for one in after if one != task or not is_done]
    except KeyboardInterrupt:
        raise BrokenOff("Menyen er lukket.", "Det du har ført, er lagret.") from None


def _entries(ctx: typer.Context) -> Sequence[Entry]:
    return MENU if database_path(ctx).exists() else BEGINNING


def _chosen(
    question: str, entries: Sequence[Entry], leave: str, offered: Sequence[Task] = ()
) -> Task | None:
    """The task that is chosen here, or in a menu below; None to leave.

    What follows on the task before stands first, and the first of that is pointed at. The tasks of
    the menus below are found from here by typing.
    """
    shown = [*(task for task in offered if task not in entries), *entries]
    choices: dict[Entry | None, str] = {**{entry: entry.text for entry in shown}, None: leave}
    below: dict[Entry | None, str] = {
        task: task.text
        for entry in entries
        if isinstance(entry, Topic)
        for task in entry.tasks
        if task not in offered
    }
    pointed_at = next((task for task in offered if not undoes(task)), entries[0])
    while True:
        screen.tell("")
        entry = questions.choice(
            question,
            choices,
            pointed_at,
            also_found=below,
            last_by_escape=leave != _LEAVE,
        )
        if not isinstance(entry, Topic):
            return entry
        if task := _chosen(entry.text, entry.tasks, "Tilbake"):
            return task


def _run(ctx: typer.Context, task: Task) -> tuple[str, bool]:
    """Runs the task's command, which shows its own errors, and says which it was.

    Gives what it told, which names the commands that may come next, and whether it came to its end.
    """
    words = task.words.split()
    try:
        if task.asks and (answer := questions.optional(task.asks, str)):
            words.append(answer)
    except KeyboardInterrupt:
        return "", False
    run = settings(ctx).run
    assert run is not None
    told: list[str] = []
    screen.heard = told.append
    code = run(words, settings(ctx))
    screen.heard = screen.nothing
    if code != BrokenOff.code:
        screen.tell(f"Det samme: {_typed(words)}")
    return "\n".join(told), code != BrokenOff.code


def _typed(words: Sequence[str]) -> str:
    """The command as it would be typed, without the options whose values were asked for."""
    text = " ".join(["hsf", *(word if word[:2] == "--" else screen.quoted(word) for word in words)])
    return re.sub(rf" --[\w-]+ {re.escape(screen.quoted(ASKED))}", "", text)
