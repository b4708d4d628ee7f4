"""Writes the file without names, with what its tables are in it, and beside it for Datasette."""

import json
import os
import random
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from hsf_cli import dates, plain_file, unfinished
from hsf_cli.analysis.tables import Progress, tables, words
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.plain_file import Described, PlainColumn, PlainTable
from hsf_cli.store import Store

_DESCRIPTIONS = "beskrivelser"


def metadata_path(path: Path) -> Path:
    """Where that is written which Datasette shows of the file, with `--metadata`."""
    return path.with_suffix(".metadata.json")


def written(
    store: Store,
    path: Path,
    today: date,
    progress: Progress,
    chance: random.Random | None = None,
) -> list[tuple[str, int]]:
    """Writes the file, and gives the name of each table with records, and its rows.

    `chance` draws the pseudonyms. Raises OSError where it cannot be written: then nothing is.
    """
    views = files(__package__).joinpath("views.sql").read_text(encoding="utf-8")
    told = dict[str, Described]()
    with store.reading(), unfinished.folder(path.parent) as own:
        found = list(tables(store, today, chance or random.SystemRandom(), progress))
        told |= {one.name: plain_file.described_table(one) for one in found}
        told |= plain_file.described_views(views)
        plain_file.write(own / path.name, [*found, _descriptions(told)], views)
        beside = metadata_path(own / path.name)
        beside.write_text(_metadata(path.stem, told, today), encoding="utf-8")
        os.replace(beside, metadata_path(path))
        os.replace(own / path.name, path)
    records = {sheet.name for sheet in SHEETS}
    return [(one.name, len(one.rows)) for one in found if one.name in records]


def _descriptions(told: Mapping[str, Described]) -> PlainTable:
    rows = [
        (table, column, text)
        for table, described in told.items()
        for column, text in [("", described.description), *described.columns.items()]
    ]
    return PlainTable(
        _DESCRIPTIONS,
        "Hva hver tabell, visning og kolonne er",
        [
            PlainColumn("tabell", "TEXT", "Tabellen eller visningen"),
            PlainColumn("kolonne", "TEXT", "Kolonnen; tom for tabellen selv"),
            PlainColumn("beskrivelse", "TEXT", "Hva den er"),
        ],
        rows,
        key=2,
    )


def _metadata(name: str, told: Mapping[str, Described], today: date) -> str:
    """What Datasette shows of the file, as it reads it."""
    shown: dict[str, dict[str, Any]] = {
        table: {"description": one.description, "columns": dict(one.columns)}
        for table, one in told.items()
    }
    for table in words()["codes"].values():
        shown[table]["label_column"] = "tekst"  # shown where others refer to its codes
    about = f"Avdelingens poster uten navn, skrevet {dates.written(today)}."
    return json.dumps(
        {"title": about, "databases": {name: {"description": about, "tables": shown}}},
        ensure_ascii=False,
        indent=1,
    )
