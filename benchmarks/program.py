"""The program on a department in a folder: `hsf` as it is typed, in a process of its own."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.processes import Cost, Measure, cost, output, python, seconds, tell

HSF = python("-m", "hsf_cli")
# The year that every report is of.
YEAR = 2023


@dataclass(frozen=True)
class Program:
    """The program, for the department in that folder, whose key and CSV files are in it too."""

    folder: Path

    @property
    def environment(self) -> dict[str, object]:
        """What tells the program which department it is, and where its key is."""
        return {"HSF_DATABASE": self.database, "HSF_KONFIG": self.folder / "key"}

    @property
    def database(self) -> Path:
        """The database's file."""
        return self.folder / "department" / "avdeling.db"

    @property
    def files(self) -> Path:
        """The folder of CSV files that the department is filled from."""
        return self.folder / "csv"

    def runs(self, *words: object, code: int = 0) -> Measure:
        """What measures the seconds of a command, which ends with that exit code."""
        return seconds(*HSF, *words, environment=self.environment, code=code)

    def cost(self, *words: object) -> Cost:
        """What a command took."""
        return cost(*HSF, *words, environment=self.environment)

    def json(self, *words: object) -> Any:
        """What a command gives as JSON."""
        return json.loads(output(*HSF, *words, "--format", "json", environment=self.environment))

    def filled(self) -> Cost:
        """Starts the department anew and takes its files in; gives what the import took."""
        self.database.unlink(missing_ok=True)
        self.cost("start", "--navn", "Home-Start Prøve", "--nøkkel", "fil")
        return self.cost("data", "importer", self.files)

    @cached_property
    def volunteer(self) -> str:
        """The number of a volunteer."""
        return str(self.json("kontakt", "liste")[0]["number"])

    @cached_property
    def family(self) -> str:
        """The number of a family."""
        return str(self.json("familie", "liste")[0]["number"])


def made(name: str, folder: Path) -> Program:
    """The department of that name (`files.DEPARTMENTS`): its CSV files, and nothing taken in."""
    tell(f"Making up the department: {name}")
    program = Program(folder / name.replace(" ", "-"))
    cost(*python("-m", "benchmarks.files", name, program.files))
    return program


def megabytes(folder: Path) -> float:
    """How large the files in that folder are together."""
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6
