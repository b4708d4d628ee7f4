"""`hsf rapport kontroll`: what stands against the report before it is handed in."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hsf_cli.commands.common import opened
from hsf_cli.commands.report_year import (
    RIGHT_YEAR,
    AsKnown,
    Edition,
    OwnForm,
    Wanted,
    Year,
    about_lock,
    blank,
    form_for,
    kept_for,
    tell_not_over,
    wanted,
    year_figures,
)
from hsf_cli.errors import Stopped
from hsf_cli.report import kept
from hsf_cli.report.control import About, Finding, Weight, against, control, control_read_in
from hsf_cli.report.form import Form
from hsf_cli.report.kept import Kept
from hsf_cli.store import Store
from hsf_cli.ui import screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import FORMATS, Column, one_of, show

if TYPE_CHECKING:
    from rich.console import Console

app = commands()


_HEADINGS: Mapping[Weight, str] = {
    Weight.CONTRADICTION: "Går ikke opp",
    Weight.MISSING: "Mangler i skjemaet",
    Weight.IMPROBABLE: "Ser ikke riktig ut",
    Weight.NOTEWORTHY: "Verdt å vite",
}
_INDENT, _SPACE = 4, 3


@command(app, "kontroll")
def check(
    ctx: typer.Context,
    year: Year = None,
    edition: Edition = None,
    own_form: OwnForm = None,
    as_known: AsKnown = None,
    nameless: Annotated[
        bool, typer.Option("--uten-navn", help="Uten navn, for en skjerm som andre ser.")
    ] = False,
    format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="tabell, csv eller json.")
    ] = FORMATS[0],
) -> None:
    """Ser over årets poster før rapporten leveres, og sier hvordan hver av dem rettes.

    Det som ikke går opp, som mangler eller som ikke ser riktig ut, står mot rapporten. Det som er
    verdt å vite, gjør ikke det.

    \b
    hsf rapport kontroll 2025
    hsf rapport kontroll 2025 --uten-navn
    hsf rapport kontroll 2025 --format csv
    """
    asked = wanted(year, edition, own_form, as_known)
    chosen = one_of("--format", format, FORMATS)
    with opened(ctx) as store, store.reading():
        form, report = form_for(store, asked), kept.kept(store, asked.year)
        found = _found(store, asked, form)
        # Whatever there is of a year, the control has something to say of it: this is seldom so.
        is_blank = not found and year_figures(store, asked).is_blank
    if report and report.locked_at:
        screen.tell(about_lock(report))
    if chosen == "json":
        objects = [_object(finding, nameless=nameless) for finding in found]
        screen.write(json.dumps(objects, ensure_ascii=False, indent=1))
    elif chosen == "csv":
        columns = [one for one in _COLUMNS if not (nameless and one.personal)]
        show(columns, [row for finding in found for row in _rows(finding)], "csv")
    else:
        _show(found, asked, form, nameless=nameless)
        summary = _summary(found, asked, report)
        screen.say(f"{blank(asked.year)} {RIGHT_YEAR}" if is_blank else summary)
        if asked.as_known is None and report is None:
            tell_not_over(asked.year)
    if against(found):
        raise typer.Exit(Stopped.code)


def _found(store: Store, asked: Wanted, form: Form) -> Sequence[Finding]:
    """What the control finds in the records; in a report that was read in, in its figures."""
    report = kept_for(store, asked)
    if report and not report.locked_at:
        return control_read_in(report.figures, form)
    with asked.records(store) as records:
        return control(records, form, asked.year, asked.as_known, asked.option)


def _show(found: Sequence[Finding], asked: Wanted, form: Form, *, nameless: bool) -> None:
    from rich.text import Text

    with screen.pages() as console:
        title = f"Kontroll av årsrapporten for {asked.year}, skjema {form.edition}"
        console.print(Text(title, "title"))
        console.print()
        for weight, findings in groupby(found, key=lambda finding: finding.weight):
            _show_weight(console, weight, list(findings), nameless=nameless)
    screen.heard("\n".join(chain.from_iterable(map(_commands, found))))


def _commands(finding: Finding) -> Sequence[str]:
    """What mends it, in the order that it is shown."""
    return [*(one.command for one in finding.records), finding.command]


def _show_weight(
    console: "Console", weight: Weight, findings: Sequence[Finding], *, nameless: bool
) -> None:
    """The findings of one weight; those that have the same way forward say it once."""
    from rich.text import Text

    style = "warning" if against(findings) else ""
    console.print(Text(f"{_HEADINGS[weight]} ({len(findings)})", "heading"))
    console.print()
    for _, alike in groupby(findings, key=_way_forward):
        group = list(alike)
        for finding in group:
            section = f"{finding.section} " if finding.section else ""
            _print(console, [f"{section}{finding.text}"], 2, style)
            _show_records(console, finding.records, nameless=nameless)
        _print(console, [group[0].remedy], _INDENT, "aside")
        if group[0].command:
            _print(console, [group[0].command], _INDENT)
        console.print()


def _way_forward(finding: Finding) -> tuple[str, str, str]:
    """What findings that stand together have in common; one with records stands alone."""
    return finding.text if finding.records else "", finding.remedy, finding.command


def _show_records(console: "Console", records: Sequence[About], *, nameless: bool) -> None:
    """A line for each record with its command beside it, or under it where there is no room."""
    from hsf_cli.ui.lines import width_of

    if not records:
        return
    names = [_named(one, nameless=nameless) for one in records]
    widths = [width_of(name) for name in names]
    at = max(widths) + _SPACE
    commands = [one.command for one in records]
    if _INDENT + at + width_of(max(commands, key=len)) <= console.width:
        shown = [
            f"{name}{' ' * (at - width)}{mending}".rstrip()
            for name, width, mending in zip(names, widths, commands, strict=True)
        ]
    else:
        under = [" " * _INDENT + mending if mending else "" for mending in commands]
        shown = [*filter(None, chain.from_iterable(zip(names, under, strict=True)))]
    _print(console, shown, _INDENT)


def _print(console: "Console", texts: Iterable[str], indent: int, style: str = "") -> None:
    from hsf_cli.ui.lines import Lines

    margin = " " * indent
    console.print(Lines([margin + text for text in texts], style), crop=False)


def _named(one: About, *, nameless: bool) -> str:
    name = one.number if nameless else f"{one.number} {one.name}"
    return f"{name}: {one.detail}" if one.detail else name


def _summary(found: Sequence[Finding], asked: Wanted, report: Kept | None) -> str:
    """How it stands, and what to do next: a report that is kept is not to be locked."""
    standing, year = against(found), asked.year
    if not standing:
        lock = "" if report else f"Lås den: hsf rapport lås {year}{asked.option}\n"
        return (
            f"Ingenting står i veien for årsrapporten for {year}.\n{lock}"
            f"Skriv den: hsf rapport skriv {year}{asked.option} --til årsrapport-{year}.docx"
        )
    records = {one.number for finding in standing for one in finding.records}
    findings = "Ett funn" if len(standing) == 1 else f"{len(standing)} funn"
    about = f" ({_posts(len(records))})" if records else ""
    if report is None:
        mend = "Rett det, og kontroller igjen."
    elif report.locked_at:
        mend = f"Skal den låste rapporten rettes, så lås den opp: hsf rapport lås {year} --åpne"
    else:
        mend = f"Tallene er lest inn fra {report.figures.source}."
    return f"{findings} står mot årsrapporten for {year}{about}. {mend}"


def _posts(count: int) -> str:
    return "én post" if count == 1 else f"{count} poster"


def _object(finding: Finding, *, nameless: bool) -> dict[str, Any]:
    return {
        "weight": int(finding.weight),
        "kind": finding.kind,
        "section": finding.section,
        "key": finding.key,
        "text": finding.text,
        "advice": finding.remedy,
        "command": finding.command,
        "records": [_record(one, nameless=nameless) for one in finding.records],
    }


def _record(one: About, *, nameless: bool) -> dict[str, str]:
    name = {} if nameless else {"name": one.name}
    return {
        "number": one.number, "id": one.id, **name, "detail": one.detail, "command": one.command,
    }  # fmt: skip


_COLUMNS = [
    Column("heading", "Vekt"),
    Column("section", "Punkt"),
    Column("text", "Funn"),
    Column("number", "Nr."),
    Column("name", "Navn", personal=True),
    Column("detail", "Om"),
    Column("command", "Kommando"),
]


def _rows(finding: Finding) -> Iterator[dict[str, str]]:
    """A row for each record of a finding, or one for a finding of none."""
    for one in finding.records or [About("", "", "")]:
        yield {
            "heading": _HEADINGS[finding.weight],
            "section": finding.section,
            "text": finding.text,
            "number": one.number,
            "name": one.name,
            "detail": one.detail,
            "command": one.command or finding.command,
        }
