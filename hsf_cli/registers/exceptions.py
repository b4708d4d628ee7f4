"""The rules that a coordinator went on against, and why."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from hsf_cli.change import Change
from hsf_cli.records import KINDS, numbered
from hsf_cli.rules import Finding
from hsf_cli.store import Store

# What an exception can be about, by the kind of record, and the number of that one in a row.
_ABOUT = {
    "family": "f.id",
    "inquiry": "i.id",
    "volunteer": "v.id",
    "assignment": "a.id",
    "resource_group_member": "m.id",
}
# The short name of the record that it is kept on, which is one of them alone.
_SUBJECT = ", ".join(f"'{KINDS[table].letter}' || rule_exception.{table}_id" for table in _ABOUT)
# Every exception with whom it is about; those of a family are also its inquiries' and their
# assignments', and those of a volunteer the assignments' too.
_EXCEPTIONS = f"""
SELECT rule_exception.id AS number, {KINDS["rule_exception"].id_sql} AS id,
       rule, decided_on, reason, coalesce({_SUBJECT}) AS about,
       coalesce(f.name, v.name, m.name) AS about_name
  FROM rule_exception
  LEFT JOIN assignment a ON a.id = assignment_id
  LEFT JOIN inquiry i ON i.id = coalesce(rule_exception.inquiry_id, a.inquiry_id)
  LEFT JOIN family f ON f.id = coalesce(rule_exception.family_id, i.family_id)
  LEFT JOIN volunteer v ON v.id = coalesce(rule_exception.volunteer_id, a.volunteer_id)
  LEFT JOIN resource_group_member m ON m.id = resource_group_member_id
"""


def keep(
    change: Change, findings: Iterable[Finding], reason: str, day: date, **subject: int
) -> None:
    """Keeps the reason for each finding that was overridden, on the record it is about."""
    for finding in findings:
        if finding.stops:
            change.insert(
                "rule_exception",
                rule=finding.rule,
                decided_on=day.isoformat(),
                reason=reason,
                **subject,
            )


def exceptions(store: Store, table: str = "", number: int | None = None) -> list[dict[str, Any]]:
    """The exceptions about a record and what belongs to it, or about a kind, or all of them."""
    about = _ABOUT.get(table, "rule_exception.id")
    rows = store.rows(
        f"{_EXCEPTIONS} WHERE {about} IS NOT NULL AND (:number IS NULL OR {about} = :number)"
        " ORDER BY decided_on, rule_exception.id",
        number=number,
    )
    return numbered("rule_exception", rows)
