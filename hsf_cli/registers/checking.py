"""The whole department checked: the file, its schema, the records, their log, and the copies."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from hsf_cli import copies, past, rekeying
from hsf_cli.errors import Damaged, NoDepartment, Stopped
from hsf_cli.numbers import written
from hsf_cli.records import KINDS
from hsf_cli.registers import permissions
from hsf_cli.registers.soundness import breaches, is_history, table_of
from hsf_cli.spelling import upper_first
from hsf_cli.store import Store
from hsf_cli.whose import PEOPLE

_MOST_NAMED = 5
_NEWEST = 3
_GO_BACK = "Sett avdelingen tilbake til en kopi fra før det skjedde: hsf data gjenopprett"
_MEND = "Rett det med «endre», eller slett det som er ført feil."
_OTHER_FOLDER = "Koble til stasjonen, eller velg en annen: hsf avdeling endre --kopimappe MAPPE"
_LOOK = "Er det ført feil, så rett det med «endre». Ellers kan det stå."
_SEE_LOG = "Se hva som er gjort: hsf data logg. Eller sett avdelingen tilbake: hsf data gjenopprett"

# Hears which check is being made, and of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be, and what to do."""

    text: str
    advice: str
    # Whether it may be so without anything being broken, as in history that was taken in.
    is_remark: bool = False


@dataclass(frozen=True)
class Check:
    """One thing that was checked, and what was found."""

    name: str
    findings: tuple[Finding, ...]


def checked(store: Store, progress: Progress = lambda _, __: None) -> list[Check]:
    """Everything that can be checked, and what was found.

    Raises Damaged where the file itself is not whole: then nothing else can be told for certain.
    """
    done = []
    for place, (name, check) in enumerate(_CHECKS.items()):
        progress(place, len(_CHECKS))
        with store.reading():
            done.append(Check(name, tuple(check(store))))
        store.let_go()  # it may take long: others can write in between
    return done


def _file(store: Store) -> Iterator[Finding]:
    if not copies.is_sound(store):
        raise Damaged(f"Avdelingens fil er skadet: {store.path}", _GO_BACK)
    for (message,) in store.rows("PRAGMA integrity_check"):
        if message.startswith(copies.OF_VALUES):
            table = message.rpartition(" ")[2].partition(".")[0]
            kind = KINDS[table].plural if table in KINDS else f"«{table}»"
            yield Finding(f"Blant {kind} er det verdier som ikke går an.", _GO_BACK)


def _schema(store: Store) -> Iterator[Finding]:
    expected, present = _as_made_by_hsf(), store.schema
    for name in sorted(expected.keys() | present.keys()):
        if name not in present:
            yield Finding(f"«{name}» mangler i avdelingens fil.", _GO_BACK)
        elif expected.get(name) != present[name]:
            yield Finding(f"«{name}» i avdelingens fil er ikke slik hsf har laget den.", _GO_BACK)


@cache
def _as_made_by_hsf() -> Mapping[str, str]:
    """The schema of this version."""
    with Store.blank() as blank:
        return blank.schema


def _references(store: Store) -> Iterator[Finding]:
    for row in store.rows("PRAGMA foreign_key_check"):
        yield Finding(f"{_named(row[0], [row[1]])} viser til noe som ikke finnes.", _GO_BACK)


def _rules(store: Store) -> Iterator[Finding]:
    if not store.value("SELECT EXISTS (SELECT 1 FROM department)"):
        yield Finding("Det som er sagt om avdelingen selv, er borte.", _GO_BACK)
    found = breaches(store)
    for text in sorted({text for text, _ in found}):
        numbers = sorted(number for one, number in found if one == text)
        told = f"{upper_first(text)}: {_named(table_of(text), numbers)}."
        history = is_history(text)
        yield Finding(told, _LOOK if history else _MEND, is_remark=history)


def _erased(store: Store) -> Iterator[Finding]:
    """Who was erased, and is here."""
    for table in PEOPLE:
        rows = store.rows(
            f"SELECT id FROM {table} WHERE id IN (SELECT record_id FROM erasure"
            " WHERE record = :table AND how = 'slettet')",
            table=table,
        )
        if rows:
            numbers = [row["id"] for row in rows]
            yield Finding(
                f"Slettet for godt, og her likevel: {_named(table, numbers)}.",
                "Slett igjen med «hsf personvern slett».",
            )


def _log(store: Store) -> Iterator[Finding]:
    for table in (*KINDS, "department"):
        if unlogged := _unlogged(store, table):
            yield Finding(
                f"I loggen står det ikke hvor de kom fra: {_named(table, unlogged)}.", _SEE_LOG
            )
    if unreadable := store.value("SELECT count(*) FROM change WHERE json_type(before) <> 'object'"):
        yield Finding(f"Loggen har {written(unreadable)} linjer som ikke kan leses.", _SEE_LOG)
        return
    earliest = past.known_since(store)
    try:
        with past.as_of(store, earliest) as then:
            yield from _at_the_beginning(then, emptied=earliest == 0)
    except (Stopped, KeyError):  # what was there is there already, or was never told
        yield Finding("Loggen kan ikke følges tilbake til begynnelsen.", _SEE_LOG)


def _at_the_beginning(then: Store, *, emptied: bool) -> Iterator[Finding]:
    """What is wrong with the department as the log says it first was."""
    if then.rows("PRAGMA foreign_key_check"):
        yield Finding("Tatt tilbake etter loggen viser postene til noe som ikke finnes.", _SEE_LOG)
    for table in (*KINDS, "department") if emptied else ():
        left = [row["id"] for row in then.rows(f"SELECT id FROM {table} ORDER BY id")]
        if left:
            yield Finding(
                f"Når alt i loggen tas tilbake, er dette her likevel: {_named(table, left)}.",
                _SEE_LOG,
            )


def _unlogged(store: Store, table: str) -> list[int]:
    """The records that no row of the log has added."""
    added = store.rows(
        "SELECT first_id, last_id FROM change WHERE record = :table AND operation = 'insert'"
        " ORDER BY first_id",
        table=table,
    )
    unlogged, reaches, place = [], 0, 0
    for (number,) in store.rows(f"SELECT id FROM {table} ORDER BY id"):
        while place < len(added) and added[place][0] <= number:
            reaches = max(reaches, added[place][1])
            place += 1
        if number > reaches:
            unlogged.append(number)
    return unlogged


def _key(store: Store) -> Iterator[Finding]:
    if rekeying.is_broken_off(store.path):
        yield Finding("Et nøkkelbytte ble avbrutt.", "Gjør det ferdig: hsf data nøkkel --bytt")


def _access(store: Store) -> Iterator[Finding]:
    for loose in permissions.found(store):
        yield Finding(loose.text, loose.advice, is_remark=loose.is_remark)


def _copies(store: Store) -> Iterator[Finding]:
    if rekeying.is_broken_off(store.path):
        return  # some of them have the other key, and are not to be thrown away for that
    for folder in rekeying.unreachable(store):
        told = f"Mappen som er valgt for kopier, kan ikke nås nå: {folder}"
        yield Finding(told, _OTHER_FOLDER, is_remark=True)
    found = copies.found(copies.folders(store), store.salt)
    for copy in [copy for copy in found if not copy.is_aside][:_NEWEST]:
        try:
            with store.sibling(copy.path) as one:
                sound = copies.is_whole(one)
        except NoDepartment:
            sound = False
        if not sound:
            yield Finding(
                f"Kopien kan ikke leses: {copy.path}", "Slett den, og ta en ny: hsf data kopi"
            )


def _named(table: str, numbers: Sequence[int]) -> str:
    """«O3, O9 og 12 til»."""
    if table == "department":  # there is one, and it has no number
        return "opplysningene om avdelingen"
    kind = KINDS.get(table)
    names = [kind.name(number) if kind else f"{table} {number}" for number in numbers]
    more = len(names) - _MOST_NAMED
    told = ", ".join(names[:_MOST_NAMED])
    return f"{told} og {written(more)} til" if more > 0 else told


_CHECKS: dict[str, Callable[[Store], Iterator[Finding]]] = {
    "Filen er hel": _file,
    "Oppbygningen er som den skal være": _schema,
    "Alt som vises til, finnes": _references,
    "Postene går sammen": _rules,
    "Det som er slettet, er borte": _erased,
    "Loggen stemmer med postene": _log,
    "Nøkkelen er på plass": _key,
    "De nyeste kopiene kan leses": _copies,
    "Bare du kommer til filene": _access,
}
