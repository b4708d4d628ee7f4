"""Records as tests write them: what matters in the test, and nothing else.

Each builder gives a sheet's name and a row of it in the exchange format, with blanks for whatever
is not said. `taken_in` puts them into a department through the import, the door that everybody
else uses.
"""

from collections.abc import Iterable
from datetime import date

from hsf_cli.exchange.importing import imported
from hsf_cli.exchange.planning import Options, SheetResult
from hsf_cli.exchange.sources import Source, of_rows
from hsf_cli.store import Store

Row = dict[str, str]
Record = tuple[str, Row]

TODAY = date(2024, 3, 15)


def family(id: str = "F1", **more: str) -> Record:
    return "familier", {"id": id, "navn": f"Familie {id}", **more}


def child(familie: str = "F1", født: str = "2021", **more: str) -> Record:
    return "barn", {"familie": familie, "født": født, **more}


def inquiry(
    id: str = "H1", familie: str = "F1", mottatt: str = "2023-01-01", **more: str
) -> Record:
    return "henvendelser", {
        "id": id, "familie": familie, "mottatt": mottatt, "kilde": "familien", **more,
    }  # fmt: skip


def volunteer(id: str = "V1", godkjent: str = "2020-01-01", **more: str) -> Record:
    return "familiekontakter", {
        "id": id, "navn": f"Familiekontakt {id}", "godkjent": godkjent, **more,
    }  # fmt: skip


def earlier_period(familiekontakt: str, godkjent: str, sluttet: str) -> Record:
    row = {"familiekontakt": familiekontakt, "godkjent": godkjent, "sluttet": sluttet}
    return "perioder", row


def pause(familiekontakt: str, fra: str, til: str = "") -> Record:
    return "pauser", {"familiekontakt": familiekontakt, "fra": fra, "til": til}


def course(id: str = "K1", start: str = "2023-02-01", **more: str) -> Record:
    return "kurs", {"id": id, "navn": f"Kurs {id}", "start": start, **more}


def registration(kurs: str = "K1", familiekontakt: str = "V1", **more: str) -> Record:
    return "kursdeltakere", {"kurs": kurs, "familiekontakt": familiekontakt, **more}


def assignment(
    id: str = "O1",
    henvendelse: str = "H1",
    familiekontakt: str = "V1",
    startet: str = "2023-02-01",
    avsluttet: str = "",
    **more: str,
) -> Record:
    return "oppdrag", {
        "id": id, "henvendelse": henvendelse, "familiekontakt": familiekontakt,
        "startet": startet, "avsluttet": avsluttet, **more,
    }  # fmt: skip


def activity(id: str = "A1", dato: str = "2023-06-01", **more: str) -> Record:
    row = {"id": id, "dato": dato, "tittel": f"Aktivitet {id}", "målgruppe": "familier"}
    return "aktiviteter", {**row, **more}


def activity_family(aktivitet: str = "A1", familie: str = "F1") -> Record:
    return "aktivitetsfamilier", {"aktivitet": aktivitet, "familie": familie}


def hours(type: str = "oppdrag", timer: str = "2", dato: str = "2023-06-01", **more: str) -> Record:
    row = {"familiekontakt": "V1", "dato": dato, "type": type, "timer": timer}
    if type == "oppdrag":
        row["oppdrag"] = "O1"
    return "timer", {**row, **more}


def served(id: str = "1", **more: str) -> list[Record]:
    """A family with an inquiry and an assignment through 2023, by a volunteer of its own."""
    return [
        family(f"F{id}", **more),
        inquiry(f"H{id}", f"F{id}", "2022-12-01", besøkt="2022-12-10"),
        volunteer(f"V{id}"),
        assignment(f"O{id}", f"H{id}", f"V{id}", "2023-01-10"),
    ]


def source_of(records: Iterable[Record]) -> Source:
    """The records as the tables that an import reads."""
    rows: dict[str, list[Row]] = {}
    for sheet, row in records:
        rows.setdefault(sheet, []).append(row)
    return of_rows(rows)


def taken_in(store: Store, *records: Record, **options: bool) -> list[SheetResult]:
    """Imports the records on the tests' day, and gives what became of each sheet."""
    return imported(store, source_of(records), Options(**options), TODAY, lambda _, __: None)
