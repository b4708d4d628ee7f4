"""A small department in which nothing stands against the report, to change one thing in."""

from tests.builders import Record, assignment, child, family, hours, inquiry, volunteer

FAMILY = {"sivilstatus": "enslig", "bakgrunn": "norsk", "fant_oss": "annet"}
VOLUNTEER = {
    "kjønn": "kvinne",
    "født": "1970",
    "yrkesstatus": "annet",
    "har_barn": "nei",
    "fant_oss": "annet",
}


def sound(
    id: str = "1",
    *,
    family_says: dict[str, str] | None = None,
    child_says: dict[str, str] | None = None,
    inquiry_says: dict[str, str] | None = None,
    volunteer_says: dict[str, str] | None = None,
    assignment_says: dict[str, str] | None = None,
    hours_say: dict[str, str] | None = None,
) -> list[Record]:
    """A family served through 2023, with hours in June; each record may say something else."""
    return [
        family(f"F{id}", **{**FAMILY, **(family_says or {})}),
        _with(child(f"F{id}", "2021", id=f"B{id}", særskilte_behov="nei"), child_says),
        _with(inquiry(f"H{id}", f"F{id}", "2022-12-01", besøkt="2022-12-10"), inquiry_says),
        _with(volunteer(f"V{id}", **VOLUNTEER), volunteer_says),
        _with(
            assignment(f"O{id}", f"H{id}", f"V{id}", "2023-01-10", klokkeslett="12:00"),
            assignment_says,
        ),
        _with(
            hours(id=f"T{id}", familiekontakt=f"V{id}", oppdrag=f"O{id}", timer="8", besøk="4"),
            hours_say,
        ),
    ]


def _with(record: Record, says: dict[str, str] | None) -> Record:
    sheet, row = record
    return sheet, {**row, **(says or {})}
