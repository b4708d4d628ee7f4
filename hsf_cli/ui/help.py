"""Every `--hjelp`, in Norwegian and in one shape."""

from collections.abc import Iterable
from typing import Any

from rich.padding import Padding
from rich.text import Text

from hsf_cli.ui import screen
from hsf_cli.ui.headings import Listed, under_headings
from hsf_cli.ui.lines import Pairs

_WIDEST = 100
_EVERYWHERE = "Alle kommandoer tar også --database FIL og --passord-fra FIL: se «hsf --hjelp»."


def text_of(command: Any, context: Any) -> str:
    """A command's usage, what it does, its arguments and options, and examples."""
    console = screen.console()
    console.width = min(console.width, _WIDEST)
    with console.capture() as written:
        _print(command, context, console)
    return "\n".join(line.rstrip() for line in written.get().split("\n"))


def _print(command: Any, context: Any, console: Any) -> None:
    description, _, examples = (command.help or "").partition("\n\n\b\n")
    console.print(Text.assemble(("Bruk: ", "heading"), _usage(command, context)))
    for paragraph in description.split("\n\n"):
        console.print(Padding(Text(" ".join(paragraph.split())), (1, 2, 0, 2)))
    _section(console, "Hva du skriver", _arguments(command, context))
    for heading, options in under_headings(list(_options(command, context))):
        rows = ((f"{one.flag} {one.value}".rstrip(), one.help) for one in options)
        _section(console, heading, rows)
    _section(console, "Kommandoer", _commands(command))
    if examples:
        console.print(Padding(Text("Eksempler", "heading"), (1, 0, 0, 0)))
        console.print(Padding(Text(examples.strip("\n")), (0, 2)))
    if context.parent is not None:
        console.print(Padding(Text(_EVERYWHERE, "aside"), (1, 0, 0, 0)))


def _usage(command: Any, context: Any) -> str:
    pieces = [context.command_path, "[VALG]"]
    for parameter in _parameters(command, context, "argument"):
        name = parameter.metavar or parameter.name.upper()
        pieces.append(name if parameter.required else f"[{name}]")
    if hasattr(command, "list_commands"):
        pieces.append("KOMMANDO …")
    return " ".join(pieces)


def _arguments(command: Any, context: Any) -> Iterable[tuple[str, str]]:
    for parameter in _parameters(command, context, "argument"):
        yield parameter.metavar or parameter.name.upper(), parameter.help or ""


def _options(command: Any, context: Any) -> Iterable[Listed]:
    for parameter in _parameters(command, context, "option"):
        value = "" if parameter.is_flag else parameter.metavar or "TEKST"
        # Of two that say opposite things, the one that changes something.
        flag = [*parameter.opts, *parameter.secondary_opts][-1]
        yield Listed(flag, value, parameter.help or "")
    yield Listed("--hjelp", "", "Viser denne hjelpen.")


def _commands(command: Any) -> Iterable[tuple[str, str]]:
    if hasattr(command, "summaries"):
        yield from command.summaries()


def _parameters(command: Any, context: Any, kind: str) -> Iterable[Any]:
    own_help = command.get_help_option(context)
    for parameter in command.get_params(context):
        if (
            parameter.param_type_name == kind
            and parameter is not own_help
            and not getattr(parameter, "hidden", False)
        ):
            yield parameter


def _section(console: Any, title: str, rows: Iterable[tuple[str, str]]) -> None:
    if pairs := [*rows]:
        console.print(Padding(Text(title, "heading"), (1, 0, 0, 0)))
        console.print(Pairs(pairs))
