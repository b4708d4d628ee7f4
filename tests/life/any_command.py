"""Command lines by chance: any command that changes something, about any record, in any words.

The options are the command's own, so that a new one is tried too. Many lines are refused, as they
would be by a coordinator's mistake: those must change nothing.
"""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from hsf_cli.codes import code_list
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.records import KINDS
from hsf_cli.registers.editing import dependents
from hsf_cli.store import Store
from tests.independent import made_up
from tests.life.test_nothing_is_asked import COMMANDS, Words

Choice = TypeVar("Choice")

# The commands that change no record: they show, or write files, or only run other commands.
_CHANGE_NOTHING = {
    "aktivitet tilskudd", "avdeling styre", "data eksporter", "data kopi", "data logg", "data mal",
    "data sjekk", "fullføring", "hjelp", "meny", "oppdrag forslag", "personvern frister",
    "personvern innsyn", "personvern protokoll", "rapport bevis", "rapport kontroll",
    "rapport samle", "rapport sammenlign", "rapport skjema", "rapport skriv", "timer mangler",
    "timer skjema", "venteliste",
}  # fmt: skip
# Those that nobody can take back: what is erased is erased, and a key is no record.
_FOR_GOOD = {"start", "demo", "data nøkkel", "personvern anonymiser", "personvern slett"}
CHANGING = {
    " ".join(path): command
    for path, command in COMMANDS.items()
    if path[-1] not in ("liste", "vis") and " ".join(path) not in _CHANGE_NOTHING | _FOR_GOOD
}

# Without these a command is seldom understood; those of one list are chosen among.
_NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "henvendelse ny": (("--navn", "--familie"),),
    "henvendelse avslutt": (("--grunn",),),
    "familie barn": (("--født", "--slett"),),
    "familie bekymring": (("--dato", "--slett"),),
    "familie samtykke": (("--gitt", "--slett"), ("--delt-med",), ("--hva",)),
    "kontakt ny": (("--navn",),),
    "kontakt pause": (("--fra", "--slett"),),
    "kontakt periode": (("--godkjent", "--slett"), ("--sluttet",)),
    "kurs ny": (("--navn",), ("--start",), ("--dag", "--uten-dager")),
    "kurs dag": (("--dato", "--slett"), ("--timer",)),
    "kurs påmelding": (("--kontakt", "--timer", "--slett"),),
    "kurs oppmøte": (("--alle",), ("--dato",)),
    "oppdrag avslutt": (("--grunn",),),
    "oppdrag forleng": (("--til", "--slett"), ("--begrunnelse",)),
    "oppdrag oppfølging": (("--type", "--slett"),),
    "timer måned": (("--linje",),),
    "timer ny": (("--type",), ("--dato",), ("--timer",), ("--oppdrag", "--kontakt")),
    "aktivitet ny": (("--tittel",), ("--dato",), ("--målgruppe",)),
    "aktivitet deltakere": (("--familie", "--ny-familie", "--kontakt", "--fjern"),),
    "avdeling medlem": (("--navn", "--slett"), ("--fra",)),
    "avdeling møte": (("--dato", "--slett"),),
    "avdeling unntak": (("--begrunnelse", "--slett"),),
    "henvendelse besøk": (("--dato",),),
    "rapport les": (("--år",),),
    "rapport tekst": (("--fra", "--slett"),),
    "rapport merknad": (("--tekst", "--slett"),),
    "rapport lås": (("--likevel", "--åpne"),),
}
# What only shows, or is about the form and not the records.
_LEFT_OUT = {
    "--hjelp", "--database", "--passord-fra", "--format", "--søk", "--sorter", "--omvendt",
    "--uten-navn", "--kommende", "--vis", "--utgave", "--skjema",
}  # fmt: skip
# The sheets whose codes a noun's options take.
_SHEETS_OF = {
    "henvendelse": ("henvendelser", "familier"), "familie": ("familier",),
    "kontakt": ("familiekontakter",), "oppdrag": ("oppdrag", "oppfølginger"), "timer": ("timer",),
    "aktivitet": ("aktiviteter",),
}  # fmt: skip
_METAVARS = {kind.table: kind.singular.upper() for kind in KINDS.values()}
_OF_RECORDS = {
    "--henvendelse": "inquiry", "--familiekontakt": "volunteer", "--oppdrag": "assignment",
    "--aktivitet": "activity", "--kontakt": "volunteer", "--familie": "family",
}  # fmt: skip
_NAMES = ("Berg", "Dahl", "Åse Ødegård", "«Lie»", "Nguyen", "Per [b]", "Berg; Dal", "O'Brien")
_TEXTS = (
    "Ringte i går", "=1+1", "«sitat» \"og\" 'slikt' ; , \\", "👩‍👧 ñ",
)  # fmt: skip
_LIKELY = 0.8
# The first change set after the start and what the department began with, which is left alone:
# without it there is little to do anything with.
_BEGUN = 3
_FIRST, _LAST = date(2022, 6, 1), date(2024, 3, 15)


class AnyCommand:
    """Command lines for a department as it stands."""

    def __init__(self, chance: random.Random, store: Store, folder: Path) -> None:
        self._chance = chance
        self._store = store
        # What was exported, copied or reported before, to be taken in again.
        self._folder = folder
        self._by_metavar: dict[str, Callable[[], str]] = {
            "DATO": self._day,
            "JA|NEI": lambda: self._one_of(("ja", "nei")),
            "ÅR|DATO": lambda: self._one_of((self._day(), "2019", "1985")),
            "JA|NEI|DATO": lambda: self._one_of(("ja", "nei", self._day())),
            "ANTALL": lambda: self._one_of(("0", "1", "2", "7")),
            "TIMER": lambda: self._one_of(("2", "3:30", "0,5", "12")),
            "KL": lambda: self._one_of(("10:00", "14.30", "17:00")),
            "NAVN": lambda: self._one_of(_NAMES),
            "BEGRUNNELSE": lambda: "Slik er det avtalt med familien",
            "HVA": lambda: self._one_of(("avslutt", "venter")),
            "DAG": lambda: f"{self._day()} Tema {self._one_of(('3:30', '7'))}",
            "HVEM TIMER": lambda: f"{self._record('volunteer')} 2:30",
            "LINJE": lambda: f"{self._record('assignment')} {self._one_of(('4 10 0:40', '0'))}",
            "NUMMER": lambda: str(self._chance.randint(*sorted((_BEGUN, self._last_change())))),
            "ÅR": lambda: self._one_of(("2022", "2023", "2024")),
            "MÅNED": lambda: f"2024-0{self._chance.randint(1, 3)}",
            "KAPITTEL": lambda: self._one_of(("1", "2", "3", "4.1", "sammendrag")),
            "TABELL": lambda: self._one_of(("6.1.1", "6.2.1", "yrkesstatus")),
            "FIL": lambda: self._file("*.json"),
            "KOPI": lambda: self._file("**/kopier/*.db"),
            "MAPPE|FIL.xlsx": lambda: self._file("eksport-*", "oppdiktet-*"),
            "BARN": lambda: f"{self._one_of(_NAMES)} {self._chance.randint(2010, 2023)}",
        }

    def line(self, name: str) -> Words:
        """A line of that command."""
        options = {one.opts[0]: one for one in CHANGING[name].params}
        alternatives = _NEEDED.get(name, ())
        wanted = [self._one_of(choice) for choice in alternatives]
        left_out = _LEFT_OUT.union(*alternatives)
        more = [flag for flag in options if flag.startswith("--") and flag not in left_out]
        if more:
            wanted += self._chance.choices(more, k=self._chance.choice((0, 1, 1, 2, 3, 5)))
        wanted += [flag for flag in ("--likevel", "--ja") if flag in more and self._is_likely()]
        words = [self._of_argument(name, one) for one in options.values() if _is_argument(one)]
        words = [word for word in words if word]
        for flag in dict.fromkeys(wanted):
            is_flag = options[flag].is_flag
            words += [flag] if is_flag else [flag, self._of_option(name, options[flag])]
        return (*name.split(), *words)

    def _of_argument(self, name: str, parameter: Any) -> str:
        """A record, or something else that the command is about; blank where there is none."""
        tables = [
            table for table, word in _METAVARS.items() if word in parameter.metavar.split("|")
        ]
        there = [table for table in tables if self._numbers(table)]
        if name.endswith(" slett") and there and self._is_likely():
            return self._record_alone(self._one_of(there))
        if tables:
            return self._record(self._one_of(there)) if there else ""
        if parameter.metavar == "DEN-ANDRE":
            return self._record({"familie": "family", "kontakt": "volunteer"}[name.split()[0]])
        return self._by_metavar[parameter.metavar]()

    def _of_option(self, name: str, parameter: Any) -> str:
        """A text for an option, which may be blank where that empties the field."""
        flag, metavar = parameter.opts[0], parameter.metavar
        if name.endswith("endre") and not self._is_likely():
            return ""
        if metavar in ("KODE", "KODER"):
            return self._one_of(_codes(name.split()[0], flag))
        if metavar == "TEKST":
            return self._text(flag)
        if name == "rapport tekst":
            return self._file("*.md")
        if name == "kurs oppmøte" and metavar == "DATO":
            return self._one_of(self._course_days or [self._day()])
        return self._of_argument(name, parameter)

    @property
    def _course_days(self) -> list[str]:
        return [
            row["held_on"]
            for row in self._store.rows("SELECT held_on FROM course_day WHERE minutes > 0")
        ]

    def _text(self, flag: str) -> str:
        if flag in _OF_RECORDS:
            return self._record(_OF_RECORDS[flag])
        match flag:
            case "--navn" | "--kontaktperson" | "--koordinator" | "--ring-tilbake":
                return self._one_of(_NAMES)
            case "--telefon":
                return self._one_of(("900 00 101", "+47 22 33 44 55"))
            case "--epost":
                return self._one_of(("a@b.no", "ø@æ.no"))
            case "--stilling" | "--årsverk" | "--oppbevaring" | "--små-tall":
                return self._one_of(("50", "80", "3", "2 år"))
            case "--notat" | "--tekst":
                return self._one_of(("To linjer:\nden andre", *_TEXTS))
            case "--kopimappe":
                return self._one_of(("", str(self._folder / "kopier")))
            case _:
                return self._one_of(_TEXTS)

    def _record(self, table: str) -> str:
        """The number of a record, the newest as often as any other."""
        numbers = self._numbers(table) or [1]
        return KINDS[table].name(self._one_of((numbers[-1], self._one_of(numbers))))

    def _record_alone(self, table: str) -> str:
        """One that nothing else belongs to, where there is one."""
        alone = [one for one in self._numbers(table) if not dependents(self._store, table, one)]
        return KINDS[table].name(self._one_of(alone)) if alone else self._record(table)

    def _numbers(self, table: str) -> list[int]:
        return [row["id"] for row in self._store.rows(f"SELECT id FROM {table} ORDER BY id")]

    def _file(self, *patterns: str) -> str:
        found = sorted(path for pattern in patterns for path in self._folder.glob(pattern))
        return str(self._one_of(found)) if found else str(self._folder / "finnes-ikke")

    def _day(self) -> str:
        """Today, a day of late, any other, or one to come."""
        span = (_LAST - _FIRST).days
        days = (span, span - 20, self._chance.randint(0, span), span + 300)
        day = _FIRST + timedelta(self._one_of(days))
        return self._one_of((day.isoformat(), f"{day:%d.%m.%Y}"))

    def _last_change(self) -> int:
        return int(self._store.value("SELECT max(id) FROM change_set"))

    def _is_likely(self) -> bool:
        return self._chance.random() < _LIKELY

    def _one_of(self, choices: Sequence[Choice]) -> Choice:
        return self._chance.choice(choices)


def _is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _codes(noun: str, flag: str) -> list[str]:
    """The codes of the columns that an option of that name may fill."""
    header = {"--grunn": "avslutningsgrunn"}.get(flag, flag.removeprefix("--").replace("-", "_"))
    return [
        code
        for sheet in SHEETS
        for column in sheet.columns
        if sheet.name in _SHEETS_OF[noun] and column.header == header and column.value.codes
        for code in code_list(column.value.codes)
    ]


def department(chance: random.Random) -> made_up.Sheets:
    """A small department, made up."""
    return made_up.department(chance.randrange(10**6), made_up.Size(8, 15, first_year=2022))
