"""Whether a family is in the target group, judged on the day its inquiry came."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hsf_cli import rules
from hsf_cli.records import KINDS
from hsf_cli.registers import editing, inquiries
from hsf_cli.rules import Finding
from hsf_cli.store import Store

RULE = "målgruppe"
_OUTSIDE = "utenfor_målgruppen"
# A reason for going on against the rule, on the case, or on its family since the case came.
_WENT_ON = """
SELECT count(*) FROM rule_exception
 WHERE rule = :rule
   AND (inquiry_id = :inquiry OR family_id = :family AND decided_on >= :received_on)
"""


def against_target_group(
    store: Store, inquiry: Mapping[str, Any], children: Sequence[str]
) -> list[Finding]:
    """The finding on the day an inquiry came, or would have come; by the children's births.

    None where no children are known yet, where the case is closed for that very reason, or where
    somebody has gone on against it already.
    """
    finding = None
    if children and inquiry.get("closed_reason") != _OUTSIDE and not _went_on(store, inquiry):
        finding = rules.outside_target_group(children, date.fromisoformat(inquiry["received_on"]))
    if finding is None:
        return []
    way = "Er familien utenfor målgruppen, så avslutt henvendelsen med det samme:"
    return [finding._replace(remedy=f"{finding.remedy} {way} «{_closing(inquiry)}».")]


def against_edit(store: Store, number: int, after: Mapping[str, Any]) -> list[Finding]:
    """What stands against an inquiry as it would be: another day or family, or open again."""
    differs = editing.differing(editing.record(store, "inquiry", number), after)
    opened = "closed_on" in differs and after["closed_on"] is None
    if not opened and not differs.keys() & {"received_on", "family_id"}:
        return []
    return against_target_group(store, after, inquiries.births(store, after["family_id"]))


def against_child(
    store: Store, child: Mapping[str, Any], number: int | None = None
) -> list[Finding]:
    """What stands against a child as it would be, on the day its family's open inquiry came.

    `number` is the child's own, where it is mended.
    """
    case = inquiries.open_inquiry(store, child["family_id"])
    if case is None or (number and not _judged_anew(store, number, child)):
        return []
    others = inquiries.births(store, child["family_id"], but=number)
    inquiry = editing.record(store, "inquiry", case)
    return [
        finding._replace(remedy=f"Har familien et yngre barn, så før det først. {finding.remedy}")
        for finding in against_target_group(store, inquiry, [*others, child["born"]])
    ]


def _judged_anew(store: Store, number: int, child: Mapping[str, Any]) -> bool:
    """Whether a child would be of another age, or of another family, than it is."""
    present = editing.record(store, "child", number)
    return bool(editing.differing(present, child).keys() & {"born", "family_id"})


def _went_on(store: Store, inquiry: Mapping[str, Any]) -> bool:
    """Whether somebody has given a reason already why the family is taken in all the same."""
    if "id" not in inquiry:
        return False
    kept = store.value(
        _WENT_ON,
        rule=RULE,
        inquiry=inquiry["id"],
        family=inquiry["family_id"],
        received_on=inquiry["received_on"],
    )
    return bool(kept)


def _closing(inquiry: Mapping[str, Any]) -> str:
    """How to close a case as outside the target group: one being taken in, open or closed."""
    if "id" not in inquiry:
        return f'--avsluttet "i dag" --avslutningsgrunn {_OUTSIDE}'
    short = KINDS["inquiry"].name(inquiry["id"])
    if inquiry["closed_on"]:
        return f"hsf henvendelse endre {short} --avslutningsgrunn {_OUTSIDE}"
    return f"hsf henvendelse avslutt {short} --grunn {_OUTSIDE}"
