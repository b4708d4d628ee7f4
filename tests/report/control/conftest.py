"""What the control finds in the records of a test."""

from collections.abc import Callable
from datetime import date

import pytest

from hsf_cli.report import forms
from hsf_cli.report.control import Finding, control
from hsf_cli.store import Store
from tests.builders import Record, taken_in

Found = Callable[..., dict[str, list[Finding]]]
AFTERWARDS = date(2025, 2, 1)


@pytest.fixture
def found(store: Store) -> Found:
    """Takes records in, and gives what the control finds in the year, by its kind."""

    def find(
        *records: Record, year: int = 2023, edition: int = 2023, day: date = AFTERWARDS
    ) -> dict[str, list[Finding]]:
        taken_in(store, *records)
        kinds: dict[str, list[Finding]] = {}
        for finding in control(store, forms.shipped(edition), year, day):
            kinds.setdefault(finding.kind, []).append(finding)
        return kinds

    return find


def named(findings: list[Finding] | None) -> list[str]:
    """The ids of the records that the findings are about, in their order."""
    return [one.id for finding in findings or [] for one in finding.records]
