"""Tells how much was tried, at the end of a run of `make faults`."""

import os
from typing import Any

INPUTS = "inputs"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Writes the number of inputs that each parser was given, and of all together."""
    counts = [
        count
        for report in terminalreporter.getreports("passed")
        for name, count in report.user_properties
        if name == INPUTS
    ]
    if counts and "HSF_FAULTS" in os.environ:
        terminalreporter.section("inputs")
        for name, count in sorted(counts):
            terminalreporter.write_line(f"{count:9} {name}")
        terminalreporter.write_line(f"{sum(count for _, count in counts):9} in all")
