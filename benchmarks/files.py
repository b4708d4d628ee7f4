"""The made-up departments that are measured, and their CSV files.

Run as `python -m benchmarks.files NAME FOLDER`: a process of its own, because what it holds in
memory would otherwise count as its children's too (see `processes`).
"""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.independent import made_up

UNTIL = date(2024, 12, 31)


@dataclass(frozen=True)
class Department:
    """How large a department is: its years, and what each of them brings."""

    years: int
    families_a_year: int
    hours_a_year: int

    @property
    def size(self) -> made_up.Size:
        """The size to make up."""
        return made_up.Size(
            families=self.years * self.families_a_year,
            hours=self.years * self.hours_a_year,
            first_year=UNTIL.year - self.years + 1,
            until=UNTIL,
        )


# The first is a department as they are, the others as large as all the country's together.
DEPARTMENTS = {
    "usual": Department(10, 30, 900),
    "1 year": Department(1, 1_080, 32_000),
    "5 years": Department(5, 1_080, 32_000),
    "25 years": Department(25, 1_080, 32_000),
}


def write(name: str, folder: Path) -> None:
    """Writes the files of the department of that name: the same ones every time."""
    department = DEPARTMENTS[name]
    made_up.write_folder(made_up.department(department.years, department.size), folder)


if __name__ == "__main__":
    write(sys.argv[1], Path(sys.argv[2]))
