"""`hsf rapport sammenlign ÅR --nå`: what has moved a locked report, change by change."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

import typer

from hsf_cli import dates, numbers, past
from hsf_cli.commands.common import opened
from hsf_cli.commands.telling import lines
from hsf_cli.errors import Stopped
from hsf_cli.registers.history import Effects
from hsf_cli.report import figures, kept
from hsf_cli.report.count import counted
from hsf_cli.report.since import Cause, Difference, Part, differences
from hsf_cli.store import Store
from hsf_cli.ui import screen
from hsf_cli.ui.progress import steps

# So many records are named in one line; the proof and JSON have them all.
_NAMED = 12
# And so many of those that a change wrote in: the log has them all.
_MOST_DONE = 3

# What each change set did, line by line, by its number.
Done = Mapping[int, Sequence[str]]


def since(ctx: typer.Context, year: int, format: str) -> None:
    """Shows the figures of a locked report that are others now, and which change made them so."""
    with opened(ctx) as store:
        report = _locked(store, year)
        with steps("Ser gjennom endringene") as progress:
            found = differences(store, report.form, year, report.change_set, progress)
        unknown = _unknown(store, report)
        done = {
            cause.number: list(lines(store, Effects.of(store, cause.number), _MOST_DONE))
            for one in found
            for cause in one.causes
        }
    if unknown:
        screen.tell(unknown)
    if format == "json":
        screen.write(
            json.dumps([_as_object(one, done) for one in found], ensure_ascii=False, indent=1)
        )
        return
    since_then = (
        f"siden postene ble hentet inn {dates.written(report.kept_at.date())}"
        if report.locked_elsewhere
        else f"siden rapporten for {year} ble låst {_locked_on(report)}"
    )
    if not found:
        screen.say(f"Ingen tall er endret {since_then}.")
        return
    count = "Ett tall er endret" if len(found) == 1 else f"{len(found)} tall er endret"
    screen.say(f"{count} {since_then}:")
    for one in found:
        screen.say("\n" + "\n".join(_lines(one, done)))
    screen.say("\nAlle endringer: hsf data logg")


def _locked(store: Store, year: int) -> kept.Kept:
    report = kept.kept(store, year)
    if report is None or report.locked_at is None:
        raise Stopped(
            f"Rapporten for {year} er ikke låst, så det er ingenting å sammenligne med.",
            f"Lås den med «hsf rapport lås {year}», eller skriv flere årstall.",
        )
    return report


def _locked_on(report: kept.Kept) -> str:
    return dates.written(report.locked_at.date()) if report.locked_at else ""


def _unknown(store: Store, report: kept.Kept) -> str:
    """What to say of what no change in the log tells: the first records gave other figures."""
    year = report.figures.year
    with past.as_of(store, report.change_set) as then:
        recount = counted(then, report.form, year, dates.now())
    apart = "; ".join(line.label for line in report.figures.apart_from(figures.of(recount)))
    if report.locked_elsewhere:
        rows = f" Disse radene var andre alt da: {apart}." if apart else ""
        return (
            f"Rapporten for {year} ble låst {_locked_on(report)}, før postene ble hentet inn"
            f" {dates.written(report.kept_at.date())}. Hvilke endringer som er gjort mellom de"
            f" to, er ikke kjent.{rows}"
        )
    if not apart:
        return ""
    return (
        f"Disse radene ble talt på en annen måte da rapporten ble låst: {apart}. "
        "For dem kan ingen enkelt endring pekes ut."
    )


def _lines(one: Difference, done: Done) -> Iterator[str]:
    yield f"{one.section} {one.label}: {_figure(one.before)} → {_figure(one.now)}"
    for cause in one.causes:
        when = dates.written_moment(cause.made_at)
        yield f"  Endring {cause.number}, {when}, {cause.made_by}: {cause.command}"
        yield f"    {_figure(cause.before)} → {_figure(cause.after)}{_about(cause)}"
        yield from (f"    {line}" for line in done[cause.number])


def _about(cause: Cause) -> str:
    """What the change set did to the figure: who came in, who went out, who changed."""
    told = [
        f"{word} {_named(parts)}"
        for word, parts in (
            ("inn:", cause.came_in),
            ("ut:", cause.went_out),
            ("endret:", cause.changed),
        )
        if parts
    ]
    if cause.hours_per_fte:
        before, after = map(numbers.written, cause.hours_per_fte)
        told.append(f"timer i et årsverk: {before} → {after}")
    return f" ({'; '.join(told)})" if told else ""


def _named(parts: tuple[Part, ...]) -> str:
    """The records by name; of very many, as after an import, the first and how many more."""
    more = len(parts) - _NAMED
    named = [f"{part.number} {part.name}" for part in parts[: _NAMED if more > 1 else None]]
    return ", ".join(named) + (f" og {more} til" if more > 1 else "")


def _figure(value: int | Decimal) -> str:
    return numbers.written(value)


def _as_object(one: Difference, done: Done) -> dict[str, Any]:
    """The difference as other programs read it, its figures as numbers."""
    told = asdict(one)
    for cause in told["causes"]:
        cause["done"] = done[cause["number"]]
    for each in (told, *told["causes"]):
        for name in ("before", "now", "after"):
            if isinstance(each.get(name), Decimal):
                each[name] = float(each[name])
    return told
