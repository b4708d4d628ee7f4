"""The rules that a coordinator went on against, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hsf_cli.change import Change
from hsf_cli.rules import Finding
from hsf_cli.store import Store


@dataclass(frozen=True)
class RuleException:
    """One rule that was gone on against: which, when, and the reason given."""

    rule: str
    decided_on: str
    reason: str


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


def exceptions(store: Store, column: str, number: int) -> list[RuleException]:
    """The exceptions kept on a record, by the column that refers to it (`family_id`)."""
    rows = store.rows(
        f"SELECT rule, decided_on, reason FROM rule_exception WHERE {column} = :number ORDER BY id",
        number=number,
    )
    return [RuleException(*row) for row in rows]
