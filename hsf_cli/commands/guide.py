"""`hsf hjelp`: the guide in the terminal, and the way to a command's own help."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from hsf_cli.commands.common import settings
from hsf_cli.errors import WrongUse
from hsf_cli.spelling import is_piece, nearest, suggested
from hsf_cli.ui import screen
from hsf_cli.ui.commandline import Branch, Commands, command, commands, spelled_alike
from hsf_cli.ui.offered import Choice, begun

app = commands()


def _complete(incomplete: str) -> list[Choice]:
    from hsf_cli.guide import topics

    return begun(((topic.name, topic.summary) for topic in topics()), incomplete)


@command(app, "hjelp")
def help_on(
    ctx: typer.Context,
    asked: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TEMA",
            help="Et tema i veiledningen, eller en kommando. Uten: temaene.",
            show_default=False,
            autocompletion=_complete,
        ),
    ] = None,
) -> None:
    """Viser veiledningen, ett tema om gangen, fra første dag til ferdig årsrapport.

    Uten TEMA vises temaene. Med navnet på en kommando vises kommandoens egen hjelp.

    \b
    hsf hjelp
    hsf hjelp første-dag
    hsf hjelp venteliste
    """
    from hsf_cli.guide import text_of, topic_named

    words = asked or []
    if not words:
        _show_topics()
    elif topic := topic_named(" ".join(words)):
        from hsf_cli.ui.markdown import show

        show(text_of(topic))
    elif path := _command(words):
        run = settings(ctx).run
        assert run is not None
        run([*path, "--hjelp"], settings(ctx))
    else:
        raise _unknown(" ".join(words))


def _show_topics() -> None:
    from hsf_cli.guide import topics
    from hsf_cli.ui.lines import Pairs

    screen.say("Veiledningen. Skriv «hsf hjelp» og et av temaene:\n\n")
    screen.console().print(Pairs([(topic.name, topic.summary) for topic in topics()]))
    screen.say("\nOm en kommando: hsf hjelp venteliste")


def _command(words: Sequence[str]) -> list[str] | None:
    """The command of those words, as it is spelled in the program; None where there is none."""
    from hsf_cli.commands.tree import COMMANDS

    known: Commands = COMMANDS
    path: list[str] = []
    for word in words:
        name = _spelled(word, known)
        if name is None:
            return None
        path.append(name)
        found = known[name]
        known = found.commands if isinstance(found, Branch) else {}
    return path


def _spelled(word: str, known: Mapping[str, object]) -> str | None:
    return next((name for name in known if spelled_alike(name) == spelled_alike(word)), None)


def _unknown(words: str) -> WrongUse:
    from hsf_cli.commands.tree import COMMANDS
    from hsf_cli.guide import topics

    names = list(dict.fromkeys([*(one.name for one in topics()), *COMMANDS]))
    near = [name for name in names if is_piece(words, name)] or nearest(words, names)
    hint = suggested(f"«hsf hjelp {name}»" for name in near[:2])
    return WrongUse(f"Det finnes ikke noe tema «{words}».", f"{hint}Se temaene: hsf hjelp")
