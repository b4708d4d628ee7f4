"""What is kept on a family or a volunteer as it is printed and handed over."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from hsf_cli import dates, numbers
from hsf_cli.commands.fields import Fields, Prompt, label
from hsf_cli.commands.insight import CONCERNS, INSTEAD, Extract
from hsf_cli.commands.telling import moved
from hsf_cli.dates import written_moment
from hsf_cli.documents.document import (
    Block,
    Bullets,
    Document,
    Grid,
    Heading,
    Paragraph,
)
from hsf_cli.records import KINDS
from hsf_cli.registers.insight import Draft, Step

_DONE = {"added": "ført", "changed": "endret", "removed": "slettet"}
# The headings, in their order. A kind that is not here stands with the one it belongs to.
_HEADINGS = {
    "family": "Familien",
    "volunteer": "Familiekontakten",
    "child": "Barna",
    "inquiry": "Henvendelser",
    "talk": "Samtaler",
    "consent": "Samtykker",
    CONCERNS: "Bekymringsmeldinger som er sendt",
    "earlier_period": "Tidligere perioder",
    "pause": "Pauser",
    "course_registration": "Kurs",
    "attendance": "Oppmøte på kursdager",
    "assignment": "Oppdrag",
    "extension": "Forlengelser av oppdrag",
    "follow_up": "Oppfølginger av oppdrag",
    "hours": "Timer som er ført",
    "activity_family": "Aktiviteter dere har vært med på",
    "rule_exception": "Unntak fra reglene, og begrunnelsen",
}
# Tables for what there may be much of; the others stand record by record.
_AS_TABLES = ("hours", "attendance", "activity_family", "course_registration", "pause",
              "earlier_period", CONCERNS, "follow_up")  # fmt: skip
# The columns that say whose a record is, which stands above it.
_REFERRING = ("familie", "familiekontakt", "aktivitet", "kurs", "kursdag", "kursdeltaker")
_PURPOSES = {
    "family": (
        "Å gi familien den støtten den har bedt om gjennom Home-Start Familiekontakten: ta imot"
        " henvendelsen, finne en familiekontakt og følge opp oppdraget.",
        "Å telle årets aktivitet i en årsrapport. Der er det bare tall, og ingen navn.",
    ),
    "volunteer": (
        "Å forberede, godkjenne og følge opp familiekontakter, og å koble dem til familier.",
        "Å kunne vise at kravene til familiekontakter var oppfylt.",
        "Å telle årets aktivitet i en årsrapport. Der er det bare tall, og ingen navn.",
    ),
}
_RIGHTS = (
    "Du kan be om å få rettet det som er feil eller mangelfullt.",
    "Du kan be om å få opplysningene slettet eller anonymisert, eller at bruken av dem begrenses.",
    "Du kan protestere mot bruken, og trekke et samtykke du har gitt.",
    "Du kan klage til Datatilsynet (datatilsynet.no) hvis du mener noe er i strid med loven.",
)


def as_document(found: Extract, written_at: datetime) -> Document:
    """The extract as it is printed and handed over."""
    department, today = found.department, found.prompt.today
    return Document(
        title=f"Innsyn: {found.name}",
        department=department.name,
        year=today.year,
        origin=(
            f"Dette er alt som er lagret om {_whom(found)} hos {department.name} "
            f"per {dates.written(today)}.",
        ),
        written_at=written_at,
        blocks=tuple(_blocks(found)),
        whole=False,
        marked="Fortrolig",
    )


def _whom(found: Extract) -> str:
    return "familien" if found.table == "family" else "deg som familiekontakt"


def _blocks(found: Extract) -> Iterator[Block]:
    yield Heading(1, "Om opplysningene")
    yield from _about(found)
    yield Heading(1, "Opplysningene")
    for kind, heading in _HEADINGS.items():
        if rows := found.records.get(kind):
            yield Heading(2, heading)
            yield from _shown(kind, rows, found.prompt)
    if found.drafts:
        yield Heading(2, "Svar fra samtaler som ble avbrutt")
        for draft in found.drafts:
            yield _table(f"Begynt {dates.written(draft.begun_at)}", list(_answers(draft)))
    yield Heading(1, "Hva som er gjort med dem")
    yield from _log(found)


def _about(found: Extract) -> Iterator[Block]:
    department = found.department
    yield _table(
        "Hvem og hva",
        [
            ("Behandlingsansvarlig", department.operator or department.name),
            ("Hos", department.name),
            ("Kontakt", ", ".join(department.coordinators) or "koordinatoren i avdelingen"),
            ("Vårt nummer", found.short),
            ("Hvor lenge", _how_long(found)),
            ("Hvor opplysningene kommer fra", _sources(found)),
            ("Hvem andre har fått dem", _recipients(found)),
        ],
    )
    yield Paragraph.of("Hva de brukes til:")
    yield Bullets.of(_PURPOSES[found.table])
    yield Paragraph.of(
        "Ingen avgjørelser tas automatisk, og opplysningene sendes ikke ut av landet."
    )
    yield Paragraph.of("Dine rettigheter:")
    yield Bullets.of(_RIGHTS)
    yield Paragraph.of(
        "Opplysninger om andre er utelatt, som hvordan en familiekontakt kan nås, og hva som er "
        "skrevet om andre familier."
    )


def _how_long(found: Extract) -> str:
    months = numbers.written(found.department.retention_months)
    start = "siste sak er avsluttet" if found.table == "family" else "du har sluttet"
    return (
        f"Til {months} måneder etter at {start}. Da blir de anonymisert: bare det som skal til for"
        " å telle, blir igjen."
    )


def _sources(found: Extract) -> str:
    sources = Fields("inquiry", "kilde").columns[0].value
    told = [sources.for_people(row["source"], found.prompt)
            for row in found.records.get("inquiry", ()) if row["source"]]  # fmt: skip
    if found.table == "volunteer" or not told:
        return "Fra samtaler med koordinatoren."
    return f"Fra samtaler med familien, og fra den som tok kontakt: {', '.join(_once(told))}."


def _recipients(found: Extract) -> str:
    told = []
    if found.table == "family":
        volunteers = _once(row["volunteer"] for row in found.records.get("assignment", ()))
        if volunteers:
            told.append(f"Familiekontakt: {', '.join(volunteers)}.")
        shared = _once(row["shared_with"] for row in found.records.get("consent", ()))
        if shared:
            told.append(f"Etter samtykke: {', '.join(shared)}.")
    elif found.records.get("assignment"):
        told.append("Familiene du har hatt oppdrag hos, har fått vite hvem du er.")
    return " ".join(told) or "Ingen som er ført her."


def _once(texts: Any) -> list[str]:
    return list(dict.fromkeys(texts))


def _shown(kind: str, rows: Sequence[Mapping[str, Any]], prompt: Prompt) -> Iterator[Block]:
    shown = [(KINDS[kind].name(row["id"]), _facts(kind, row, prompt)) for row in rows]
    if kind not in _AS_TABLES:
        for number, facts in shown:
            yield _table(number, [("Nummer", number), *facts])
        return
    headers = _once(name for _, facts in shown for name, _ in facts)
    yield Grid(
        ("Nummer", *headers),
        tuple(
            (number, *(dict(facts).get(name, "") for name in headers)) for number, facts in shown
        ),
        _HEADINGS[kind],
        texts=True,
    )


def _facts(kind: str, row: Mapping[str, Any], prompt: Prompt) -> list[tuple[str, str]]:
    """What a record holds, in the words that people use for it."""
    instead = INSTEAD.get(kind, {})
    beside = [(word, _plain(name, row[name])) for name, word in instead.items() if row.get(name)]
    fields = Fields(kind, but=_REFERRING)
    shown = fields.shown(row, prompt)
    id = [("Id i filer", row["imported_id"])] if row["imported_id"] else []
    return [*beside, *shown, *id]


def _plain(name: str, value: Any) -> str:
    if name == "family_id":
        return KINDS["family"].name(value)
    return dates.written(value) if name.endswith("_on") else str(value)


def _log(found: Extract) -> Iterator[Block]:
    yield Grid(
        ("Når", "Hvem", "Kommando", "Hva"),
        tuple(
            (
                written_moment(step.change_set.made_at),
                step.change_set.made_by,
                step.change_set.command,
                "; ".join(_lines(step, found.prompt)),
            )
            for step in found.steps
        ),
        "Endringer, den første først",
        texts=True,
    )
    yield Paragraph.of(
        "Det tas kopier av hele registeret, så det ikke går tapt. De er krypterte, og blir slettet"
        " etter hvert, som regel innen ett år. Hentes en kopi frem, blir det som er slettet eller"
        " anonymisert i mellomtiden, slettet eller anonymisert igjen." + _told_copies(found)
    )
    if found.exports:
        days = _once(dates.written(one.made_at[:10]) for one in found.exports)
        yield Paragraph.of(
            "Filer med navn fra registeret er skrevet ut, og kan ha hatt opplysningene i seg: "
            f"{', '.join(days)}."
        )


def _told_copies(found: Extract) -> str:
    if not found.copies:
        return ""
    count, oldest = len(found.copies), dates.written(found.copies[0].date())
    if count == 1:
        return f" Nå finnes én kopi, fra {oldest}."
    return f" Nå finnes {numbers.written(count)} kopier, den eldste fra {oldest}."


def _answers(draft: Draft) -> Iterator[tuple[str, str]]:
    """What was answered, as it was typed, by what was asked for."""
    words = {column.field: label(column) for column in Fields(draft.table).columns}
    for name, answer in draft.answers.items():
        yield (
            words.get(name, name),
            answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False),
        )


def _lines(step: Step, prompt: Prompt) -> Iterator[str]:
    for (kind, outcome), count in step.counts.items():
        yield f"{KINDS[kind].counted(count)} {_DONE[outcome]}"
    for kind, number, fields in step.changed:
        told = [text for name, held in fields.items() if (text := _told(kind, name, held, prompt))]
        yield f"{KINDS[kind].name(number)} endret" + (f": {', '.join(told)}" if told else "")


def _told(kind: str, field: str, held: tuple[Any, Any], prompt: Prompt) -> str:
    """What became of a field; empty for what is in no file."""
    column = next((one for one in Fields(kind).columns if one.field == field), None)
    if column is None:
        return ""
    word = column.header.replace("_", " ")
    was, now = (column.value.for_people(value, prompt) for value in held)
    return moved(word, was, now)


def _table(title: str, facts: Sequence[tuple[str, str]]) -> Grid:
    return Grid(("Opplysning", "Hva som er lagret"), tuple(facts), title, texts=True)
