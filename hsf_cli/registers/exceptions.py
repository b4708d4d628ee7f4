"""The rules that a coordinator went on against, and why."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from hsf_cli.change import Change
from hsf_cli.records import KINDS, numbered
from hsf_cli.rules import Finding
from hsf_cli.store import Store

# Every exception with whom it is about; those of a family are also its inquiries' and their
# assignments', and those of a volunteer the assignments' too.
_EXCEPTIONS = f"""
SELECT e.id AS number, {KINDS["rule_exception"].id_sql.replace("rule_exception.", "e.")} AS id,
       e.rule, e.decided_on, e.reason,
       coalesce('F' || e.family_id, 'H' || e.inquiry_id, 'O' || e.assignment_id,
                'V' || e.volunteer_id, 'RM' || e.resource_group_member_id) AS about,
       coalesce(f.name, v.name, m.name) AS about_name
  FROM rule_exception e
  LEFT JOIN assignment a ON a.id = e.assignment_id
  LEFT JOIN inquiry i ON i.id = coalesce(e.inquiry_id, a.inquiry_id)
  LEFT JOIN family f ON f.id = coalesce(e.family_id, i.family_id)
  LEFT JOIN volunteer v ON v.id = coalesce(e.volunteer_id, a.volunteer_id)
  LEFT JOIN resource_group_member m ON m.id = e.resource_group_member_id
"""
_ABOUT = {
    "family": "f.id",
    "inquiry": "coalesce(e.inquiry_id, a.inquiry_id)",
    "volunteer": "v.id",
    "assignment": "e.assignment_id",
    "resource_group_member": "m.id",
}


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
    about = _ABOUT.get(table, "e.id")
    rows = store.rows(
        f"{_EXCEPTIONS} WHERE {about} IS NOT NULL AND (:number IS NULL OR {about} = :number)"
        " ORDER BY e.decided_on, e.id",
        number=number,
    )
    return numbered("rule_exception", rows)
