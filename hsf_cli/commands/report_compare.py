"""`hsf rapport sammenlign`: years side by side, and a locked report beside the records now."""

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from hsf_cli import dates
from hsf_cli.commands.common import opened
from hsf_cli.commands.report_year import (
    Edition,
    Wanted,
    tell_not_over,
    year_figures,
    year_of,
)
from hsf_cli.errors import NotFound, WrongUse
from hsf_cli.report import forms, kept
from hsf_cli.report.comparing import Comparison, compared, first_year
from hsf_cli.report.figures import Figures
from hsf_cli.store import Store
from hsf_cli.texts import listed
from hsf_cli.ui import screen
from hsf_cli.ui.commandline import command, commands
from hsf_cli.ui.listing import one_of

app = commands()


_FEWEST = 2


@command(app, "sammenlign")
def compare(
    ctx: typer.Context,
    years: Annotated[
        list[str] | None,
        typer.Argument(metavar="ÅR", help="Årene, to eller flere. Uten årstall: alle."),
    ] = None,
    now: Annotated[
        bool, typer.Option("--nå", help="Ett låst år: hva som er endret siden, og av hvem.")
    ] = False,
    all_years: Annotated[
        bool, typer.Option("--alle", help="Alle årene det finnes tall for, til og med i fjor.")
    ] = False,
    edition: Edition = None,
    format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="tabell, csv, json eller md.")
    ] = "tabell",
) -> None:
    """Viser flere år ved siden av hverandre, med endringen fra det nest siste året til det siste.

    Et år som er låst eller lest inn, vises slik det er tatt vare på. Andre år telles av postene,
    etter årets eget skjema eller etter det du velger med --utgave. Har skjemaene ulike rader, står
    det hvordan.

    \b
    hsf rapport sammenlign
    hsf rapport sammenlign 2024 2025
    hsf rapport sammenlign 2025 --nå
    """
    chosen = one_of("--format", format, list(_WRITERS))
    asked = sorted({year_of(year) for year in years or ()})
    if now:
        _since(ctx, asked, chosen)
        return
    _check(asked, all_years=all_years)
    rows = None if edition is None else forms.shipped(year_of(edition, "--utgave")).edition
    with opened(ctx) as store:
        known = _known(store, asked or _all_years(store), rows)
    _WRITERS[chosen](compared(known, rows))
    if _is_counted(known[-1]):
        tell_not_over(known[-1].year)
    _tell_counted_otherwise(known)


def _since(ctx: typer.Context, asked: Sequence[int], format: str) -> None:
    """What has changed since a year was locked."""
    if len(asked) != 1:
        raise WrongUse(
            "--nå gjelder ett år.", "Skriv for eksempel: hsf rapport sammenlign 2025 --nå"
        )
    from hsf_cli.commands.report_since import since

    since(ctx, asked[0], one_of("--format", format, ("tabell", "json")))


def _check(asked: Sequence[int], *, all_years: bool) -> None:
    """Raises WrongUse where there are not two years to compare, or one is not here yet."""
    if all_years and asked:
        raise WrongUse("--alle og ÅR kan ikke brukes sammen.", "Velg en av dem.")
    if len(asked) == 1:
        raise WrongUse(
            f"Ett ÅR alene har ingenting å sammenlignes med: {asked[0]}.",
            f"Skriv et år til, for eksempel {asked[0] - 1}. Med --nå vises hva som er endret siden"
            " året ble låst.",
        )
    if asked and asked[-1] > dates.today().year:
        raise WrongUse(f"{asked[-1]} har ikke begynt.", "Velg ÅR som har vært.")


def _all_years(store: Store) -> Sequence[int]:
    """Every year that is kept, and every one since the records began, until last year."""
    last = dates.today().year - 1
    first = first_year(store)
    return sorted({*kept.years(store), *range(last + 1 if first is None else first, last + 1)})


def _known(store: Store, years: Sequence[int], edition: int | None) -> list[Figures]:
    """The figures of the years that anything is known of. Raises NotFound for fewer than two."""
    found = [_figures(store, year, edition) for year in years]
    known = [one for one in found if not one.is_blank]
    unknown = [str(one.year) for one in found if one.is_blank]
    if len(known) < _FEWEST:
        here = f" Bare {known[0].year} har noen." if known else ""
        raise NotFound(
            f"Det finnes ikke tall for {listed(unknown) if unknown else 'to år'}.{here}",
            "Har dere årsrapporten fra et tidligere år? Les den inn: hsf rapport les FIL --år ÅR",
        )
    if unknown:
        screen.tell(f"Ikke med, for det finnes ingen tall for dem: {', '.join(unknown)}.")
    return known


def _figures(store: Store, year: int, edition: int | None) -> Figures:
    """The year's figures, as kept or else as counted: by that edition, or by the year's own."""
    if report := kept.kept(store, year):
        return report.figures
    return year_figures(store, Wanted(year, forms.shipped(edition) if edition else None))


def _tell_counted_otherwise(known: Sequence[Figures]) -> None:
    """Says how years that are counted by an older form can be counted by the newest."""
    newest = max(one.edition for one in known)
    older = [str(one.year) for one in known if one.edition < newest and _is_counted(one)]
    if older:
        years = " ".join(str(one.year) for one in known)
        screen.tell(
            f"{listed(older)} er talt etter det eldre skjemaet. Etter samme skjema: "
            f"hsf rapport sammenlign {years} --utgave {newest}"
        )


def _is_counted(figures: Figures) -> bool:
    """Whether it was counted now, and so can be counted otherwise."""
    return not (figures.locked_at or figures.source)


def _write_table(comparison: Comparison) -> None:
    from hsf_cli.report.output.columns.comparison import page
    from hsf_cli.report.output.columns.terminal import show

    with screen.pages() as console:
        show(page(comparison), console)


def _write_csv(comparison: Comparison) -> None:
    from hsf_cli.report.output.columns.comparison import as_csv

    screen.write(as_csv(comparison))


def _write_json(comparison: Comparison) -> None:
    from hsf_cli.report.output.columns.comparison import as_json

    screen.write(as_json(comparison))


def _write_markdown(comparison: Comparison) -> None:
    from hsf_cli.report.output.columns.comparison import page
    from hsf_cli.report.output.columns.page import as_markdown

    screen.write(as_markdown(page(comparison)))


# Each imports its own way of writing, and no other.
_WRITERS: dict[str, Callable[[Comparison], None]] = {
    "tabell": _write_table,
    "csv": _write_csv,
    "json": _write_json,
    "md": _write_markdown,
}
