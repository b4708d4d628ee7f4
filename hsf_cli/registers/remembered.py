"""Any record, also one that is removed: what the log remembers of it, and what it is called."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hsf_cli.dates import written
from hsf_cli.records import KINDS
from hsf_cli.spelling import lower_first
from hsf_cli.store import Store

# What tells one record of a kind from another: a text of its own, or the records it belongs to.
_NAMED_BY = {
    "family": ("name",),
    "child": ("family_id",),
    "inquiry": ("family_id",),
    "talk": ("inquiry_id",),
    "consent": ("family_id",),
    "concern_report": ("family_id",),
    "volunteer": ("name",),
    "earlier_period": ("volunteer_id",),
    "pause": ("volunteer_id",),
    "course": ("name",),
    "course_day": ("course_id",),
    "course_registration": ("course_id", "volunteer_id"),
    "attendance": ("course_registration_id",),
    "assignment": ("inquiry_id", "volunteer_id"),
    "extension": ("assignment_id",),
    "follow_up": ("assignment_id",),
    "activity": ("title",),
    "activity_family": ("activity_id", "family_id"),
    "hours": ("volunteer_id",),
    "resource_group_member": ("name",),
    "resource_group_meeting": (),
    "rule_exception": (
        "family_id", "inquiry_id", "volunteer_id", "assignment_id", "resource_group_member_id",
    ),
}  # fmt: skip
# What tells it from the others that belong to the same.
_TOLD_APART_BY = {
    "child": "name",
    "talk": "talked_on",
    "consent": "given_on",
    "concern_report": "sent_on",
    "earlier_period": "approved_on",
    "pause": "from_on",
    "course_day": "held_on",
    "extension": "until_on",
    "follow_up": "planned_on",
    "activity": "held_on",
    "hours": "worked_on",
    "resource_group_meeting": "held_on",
    "rule_exception": "rule",
}
_AMONG = "IN (SELECT value FROM json_each(:numbers))"
_REPORT_TEXTS = {"kapittel": "Kapittel", "merknad": "Merknaden under"}


def remembered(store: Store, table: str, number: int) -> Mapping[str, Any] | None:
    """A record as it is, or as it was when it was removed."""
    rows = store.rows(f"SELECT * FROM {table} WHERE id = :number", number=number)
    if rows:
        return dict(rows[0])
    kept = store.value(
        "SELECT before FROM change WHERE record = :table AND first_id = :number"
        " AND operation = 'delete' AND before IS NOT NULL ORDER BY id DESC LIMIT 1",
        table=table,
        number=number,
    )
    return None if kept is None else dict(json.loads(kept))


def present(store: Store, table: str, numbers: Iterable[int]) -> frozenset[int]:
    """Those of the records that are there, and not in the log alone."""
    rows = store.rows(f"SELECT id FROM {table} WHERE id {_AMONG}", numbers=_listed(numbers))
    return frozenset(row["id"] for row in rows)


def logged(
    store: Store, table: str, numbers: Iterable[int]
) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """The rows of the log that hold what those records were: with the record's number, and that."""
    rows = store.rows(
        "SELECT id, first_id, before FROM change WHERE record = :table"
        f" AND operation IN ('update', 'delete') AND first_id {_AMONG} AND before IS NOT NULL",
        table=table,
        numbers=_listed(numbers),
    )
    return ((row["id"], row["first_id"], json.loads(row["before"])) for row in rows)


def held(store: Store, table: str, numbers: Iterable[int]) -> Iterator[Mapping[str, Any]]:
    """What those records hold, and all that the log has of what they were."""
    rows = store.rows(f"SELECT * FROM {table} WHERE id {_AMONG}", numbers=_listed(numbers))
    yield from map(dict, rows)
    yield from (before for _, _, before in logged(store, table, numbers))


def is_known(store: Store, table: str, number: int) -> bool:
    """Whether there is a record of that number, or was one that the log tells of."""
    return bool(
        store.value(
            f"SELECT EXISTS (SELECT 1 FROM {table} WHERE id = :number) OR EXISTS (SELECT 1"
            " FROM change WHERE record = :table AND first_id <= :number AND last_id >= :number)",
            table=table,
            number=number,
        )
    )


def named(store: Store, table: str, number: int) -> str:
    """«Oppdrag O9 (Hansen – Berit)»: any record in people's words."""
    kind = KINDS.get(table)
    if kind is None:
        return "Avdelingen"
    values = remembered(store, table, number) or {}
    if table in _OF_A_YEAR and values:
        return _OF_A_YEAR[table](store, values)
    told = " – ".join(_names(store, table, number))
    if apart := values.get(_TOLD_APART_BY.get(table, "")):
        detail = written(apart) if _TOLD_APART_BY[table].endswith("_on") else str(apart)
        told = f"{told}, {detail}" if told else detail
    name = f"{kind.singular.capitalize()} {kind.name(number)}"
    return f"{name} ({told})" if told else name


def _listed(numbers: Iterable[int]) -> str:
    """The numbers as statements take them."""
    return json.dumps(sorted(numbers))


def _names(store: Store, table: str, number: int) -> list[str]:
    """The names of a record, or of those it belongs to."""
    values = remembered(store, table, number) or {}
    names: list[str] = []
    for name in _NAMED_BY.get(table, ()):
        value = values.get(name)
        if value is None:
            continue
        if name.endswith("_id"):
            names += _names(store, name.removesuffix("_id"), value)
        else:
            names.append(str(value))
    return names


def _report(store: Store, report: Mapping[str, Any]) -> str:
    """«Årsrapporten for 2025 (176 tall)»."""
    figures = store.value(
        "SELECT count(*) FROM report_figure WHERE annual_report_id = :number", number=report["id"]
    ) or store.value(
        "SELECT count(DISTINCT first_id) FROM change WHERE record = 'report_figure'"
        " AND operation = 'delete' AND before ->> 'annual_report_id' = :number",
        number=report["id"],
    )
    name = f"Årsrapporten for {report['year']}"
    return f"{name} ({figures} tall)" if figures else name


def _figure(store: Store, figure: Mapping[str, Any]) -> str:
    """«Raden «Antall familier» i årsrapporten for 2025»."""
    report = remembered(store, "annual_report", figure["annual_report_id"]) or {}
    return f"Raden «{figure['label']}» i årsrapporten for {report.get('year', 'et år')}"


def _text(_store: Store, text: Mapping[str, Any]) -> str:
    """«Kapittel 2.1 Rekruttering i årsrapporten for 2025»."""
    from hsf_cli.report.named_parts import titled  # the forms, which most commands have no use for

    title = titled(text["kind"], text["part"], text["year"])
    return f"{_REPORT_TEXTS[text['kind']]} {title} i årsrapporten for {text['year']}"


def _target(_store: Store, target: Mapping[str, Any]) -> str:
    """«Målet for familier i 2026»."""
    from hsf_cli.report.targets import WORDS

    word = WORDS.get(target["figure"], target["figure"])
    return f"Målet for {lower_first(word)} i {target['year']}"


# Records that people know by a year, and not by a number.
_OF_A_YEAR = {
    "annual_report": _report,
    "report_figure": _figure,
    "report_text": _text,
    "target": _target,
}
