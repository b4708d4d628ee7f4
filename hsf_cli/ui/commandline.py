"""Typer in Norwegian: commands and groups that answer to every spelling and load when used."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import Any, NamedTuple, Self

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from hsf_cli import places
from hsf_cli.errors import WrongUse
from hsf_cli.spelling import folded, nearest, suggested


@dataclass
class Settings:
    """What the options that every command takes have said, and what follows them in the menu."""

    database: Path | None = None
    passphrase_from: str | None = None
    # The passphrase that was typed and opened the department, so that the menu asks for it once.
    passphrase: str | None = None
    # Whether it has been told that others can get at the key.
    is_warned: bool = False
    # Runs another command line with these settings, and gives its exit code.
    run: Callable[[Sequence[str], "Settings"], int] | None = None


def spelled_alike(name: str) -> str:
    """The form under which a command or an option is the same however it is spelled."""
    return folded(name).replace(" ", "_")


CONTEXT_SETTINGS = {
    "help_option_names": ["--hjelp", "--help", "-h"],
    "token_normalize_func": spelled_alike,
}


class Command(TyperCommand):
    """A command whose help is Norwegian, and which takes the options that all commands take."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += _common_options(hidden=True)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from hsf_cli.ui.help import text_of

        formatter.write(text_of(self, ctx))


class Leaf(NamedTuple):
    """A command: the module in `hsf_cli.commands` that registers it, and its line in the help."""

    module: str
    summary: str


class Branch(NamedTuple):
    """A group of commands: its line in the help, its own help, and what is in it."""

    summary: str
    help: str
    commands: Mapping[str, Leaf]


Commands = Mapping[str, Leaf | Branch]
# Of a name that more groups have, two are named as examples.
_MOST_ELSEWHERE = 2


class Group(TyperGroup):
    """A group of commands, found by any spelling of their names and imported when they are used."""

    known: Commands

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += _common_options(hidden=True)

    @classmethod
    def of(cls, name: str, branch: Branch) -> Self:
        """The group of that name."""
        group = cls(name=name, help=cleandoc(branch.help), no_args_is_help=True)
        group.known = branch.commands
        return group

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from hsf_cli.ui.help import text_of

        formatter.write(text_of(self, ctx))

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return list(self.known)

    def summaries(self) -> Iterator[tuple[str, str]]:
        """Each command's name and what it does, in one line."""
        for name, one in self.known.items():
            yield name, one.summary

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        for name in self.known:
            if spelled_alike(name) == spelled_alike(cmd_name):
                return self.named(name)
        return None

    def named(self, name: str) -> Any:
        """The command of exactly that name."""
        if name not in self.commands:
            self.commands[name] = _made(name, self.known[name])
        return self.commands[name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise WrongUse(
                f"Det finnes ingen kommando «{args[0]}».",
                f"{_hint(ctx, self.known, args)}Se «{ctx.command_path} --hjelp».",
            )
        return super().resolve_command(ctx, args)


class OutermostGroup(Group):
    """The program itself: its help shows the options that every command takes."""

    # What people also call a command, and the words of that command.
    called: Mapping[str, str] = {}
    # The words of the command that shows a record, by the letter of its number.
    shown_by: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for parameter in self.params:
            if isinstance(parameter, TyperOption):
                parameter.hidden = False


def _made(name: str, one: Leaf | Branch) -> Any:
    """The group, or the command as its module has registered it."""
    if isinstance(one, Branch):
        return Group.of(name, one)
    app: typer.Typer = import_module(f"hsf_cli.commands.{one.module}").app
    (info,) = (info for info in app.registered_commands if info.name == name)
    return typer.main.get_command_from_info(
        info, pretty_exceptions_short=False, rich_markup_mode=None
    )


def _hint(ctx: Any, here: Commands, words: Sequence[str]) -> str:
    """What may be meant by words that begin with no command, with a blank after it; or nothing.

    It is the record of a number, another word for a command, one of that name in another group,
    or one that is near.
    """
    outermost = ctx.find_root().command
    within = " ".join(ctx.command_path.split()[1:])
    path = f"{within} {words[0]}".strip()
    if (shown := _shown(outermost, words)) and shown.startswith(within):
        return _asked([shown])
    if path in outermost.called:
        return _asked([outermost.called[path]])
    elsewhere = _in_groups(outermost, words[0])
    if len(elsewhere) > _MOST_ELSEWHERE:
        return f"Si først hva det gjelder, som «hsf {elsewhere[0]}» eller «hsf {elsewhere[1]}». "
    return _asked(elsewhere or [f"{within} {name}".strip() for name in nearest(words[0], here)])


def _asked(paths: Iterable[str]) -> str:
    return suggested(f"«hsf {path}»" for path in paths)


def _shown(outermost: Any, words: Sequence[str]) -> str | None:
    """What shows the record whose number was typed alone, or after «vis»."""
    number = words[-1].upper()
    letter = number.rstrip("0123456789")
    alone = len(words) == 1 or [*map(spelled_alike, words[:-1])] == ["vis"]
    if not alone or letter == number or letter not in outermost.shown_by:
        return None
    return f"{outermost.shown_by[letter]} {number}"


def _in_groups(outermost: Any, typed: str) -> list[str]:
    """The commands of that name, each by its group and its name."""
    return [
        f"{group} {name}"
        for group, branch in outermost.known.items()
        if isinstance(branch, Branch)
        for name in branch.commands
        if spelled_alike(name) == spelled_alike(typed)
    ]


def commands() -> typer.Typer:
    """Where a module registers its commands."""
    return typer.Typer(add_completion=False)


def command(app: typer.Typer, name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Registers a function as the command of that name; its docstring is its help."""
    return app.command(name, cls=Command)


def _common_options(*, hidden: bool) -> list[Any]:
    return [
        TyperOption(
            param_decls=["--database"],
            type=str,
            metavar="FIL",
            help="Avdelingens fil, hvis den ikke er på sin vanlige plass.",
            expose_value=False,
            callback=_set_database,
            hidden=hidden,
        ),
        TyperOption(
            param_decls=["--passord-fra"],
            type=str,
            metavar="FIL",
            help="Leser passordet til avdelingen fra en fil, eller fra et annet program med «-».",
            expose_value=False,
            callback=_set_passphrase,
            hidden=hidden,
        ),
    ]


def _set_database(ctx: Any, param: Any, value: str | None) -> None:  # noqa: ARG001
    if value is not None:
        ctx.obj.database = places.path(value)


def _set_passphrase(ctx: Any, param: Any, value: str | None) -> None:  # noqa: ARG001
    if value is not None:
        ctx.obj.passphrase_from = value
