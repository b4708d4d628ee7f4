"""The year that is controlled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hsf_cli.populations import Period, records
from hsf_cli.report.count import Report
from hsf_cli.store import Row, Store


@dataclass(frozen=True)
class Year:
    """A year's counted report, the records behind it, and the day from which it is looked at."""

    store: Store
    report: Report
    day: date
    # What a command must say to mean the report's form, where it is not the year's own.
    option: str = ""

    @property
    def number(self) -> int:
        """The year itself."""
        return self.report.year

    @property
    def period(self) -> Period:
        """Its first and last day."""
        return Period.year(self.number)

    @property
    def days(self) -> Mapping[str, str]:
        """The same two, as statements take them."""
        return self.period.days

    @property
    def until(self) -> str:
        """The last day of it that has come."""
        return min(self.period.last, self.day).isoformat()

    def population(self, name: str) -> Sequence[Row]:
        """The records of a population, also of one that no row counts."""
        if name in self.report.populations:
            return self.report.populations[name]
        return records(self.store, name, self.period)
