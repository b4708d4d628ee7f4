"""The `hsf` command: groups by name, loaded when used, and the one place where errors end."""

import os
import signal
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer._click import exceptions as usage  # typer vendors Click: these are not click's own

from hsf_cli.commands.tree import ALSO_CALLED, COMMANDS, SHOWN_BY
from hsf_cli.errors import BrokenOff, HsfError, WrongUse
from hsf_cli.spelling import nearest, suggested
from hsf_cli.ui import failures, screen
from hsf_cli.ui.commandline import CONTEXT_SETTINGS, OutermostGroup, Settings, spelled_alike

OWNER_ONLY = 0o077
# A shell's script sets it to ask what Tab may write.
COMPLETION_REQUEST = "_HSF_COMPLETE"
INTERRUPTED = 130


class _Root(OutermostGroup):
    known = COMMANDS
    called = ALSO_CALLED
    shown_by = SHOWN_BY


app = typer.Typer(
    cls=_Root,
    add_completion=False,
    invoke_without_command=True,
    context_settings=CONTEXT_SETTINGS,
)


@app.callback()
def hsf(
    ctx: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--versjon", help="Viser versjonene: programmets, databasens, avdelingens."),
    ] = False,
    nameless: Annotated[
        bool, typer.Option("--uten-navn", help="«hsf» alene: uten navn, for en skjerm andre ser.")
    ] = False,
) -> None:
    """Holder orden på årets arbeid i en Home-Start-avdeling, og fyller ut årsrapportens tall.

    Alt ligger i én kryptert fil på denne maskinen. Uten kommando: hvordan det står til i dag.

    \b
    hsf
    hsf demo
    hsf venteliste
    hsf rapport vis 2025
    """
    if version:
        from hsf_cli.commands.version import version as versions

        screen.say(versions(ctx))
    elif ctx.invoked_subcommand is None:
        from hsf_cli.commands.overview import overview

        overview(ctx, nameless=nameless)
    elif nameless:
        raise WrongUse("--uten-navn står etter kommandoen.", "hsf venteliste --uten-navn")


def main(arguments: Sequence[str] | None = None, settings: Settings | None = None) -> int:
    """Runs a command line and gives its exit code. Never lets a traceback out.

    The menu gives the settings that it was itself started with.
    """
    _keep_to_ourselves()
    screen.use_utf8()
    if request := os.environ.get(COMPLETION_REQUEST):
        from hsf_cli.ui.completion import answer

        return answer(typer.main.get_command(app), request, Settings())
    _break_off_when_ended()
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(words, settings or Settings(run=main))
    except BrokenOff as interrupt:
        screen.tell(f"\nAvbrutt. {interrupt.text} {interrupt.advice}")
        return BrokenOff.code
    except HsfError as error:
        failures.show(error, as_json=_wants_json(words))
        return error.code
    except KeyboardInterrupt:
        screen.tell("\nAvbrutt. Det som ikke var ferdig, er ikke lagret.")
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # Whoever read our output has seen enough (Rich and typer then exit by themselves);
        # without this Python complains on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        unusable = failures.unusable(error)
        failures.show(unusable, as_json=_wants_json(words))
        return unusable.code
    except Exception as error:
        failures.show(failures.kept(error), as_json=_wants_json(words))
        return HsfError.code


def _keep_to_ourselves() -> None:
    """What is made here is its owner's alone, and what is in memory is never laid on the disk."""
    os.umask(OWNER_ONLY)
    if sys.unraisablehook is sys.__unraisablehook__:
        # What fails while something is cleared away is told of already, or of no matter; Python
        # would show where in the program it was, and with what.
        sys.unraisablehook = lambda _: None
    try:
        import resource
    except ImportError:  # Windows has none
        return
    # The memory of a program that crashes holds the key, and the records in clear.
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def _break_off_when_ended() -> None:
    """A terminal that is closed, or a machine that goes down, breaks off as Ctrl-C does.

    What is not finished is then cleared away at once; otherwise it would wait for the next start.
    """

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows does not have both
        if number and signal.getsignal(number) is signal.SIG_DFL:  # and not as `nohup` leaves it
            signal.signal(number, signal.default_int_handler)


def _run(words: list[str], settings: Settings) -> int:
    command: Any = typer.main.get_command(app)
    try:
        result = command.main(
            words, prog_name="hsf", standalone_mode=False, obj=settings, windows_expand_args=False
        )
    except usage.NoArgsIsHelpError as error:
        typer.echo(error.message.rstrip("\n"))
        return 0
    except usage.UsageError as error:
        raise _wrong_use(error, words) from None
    except (typer.Abort, EOFError):
        raise KeyboardInterrupt from None
    sys.stdout.flush()
    if result == INTERRUPTED:
        raise KeyboardInterrupt
    return result if isinstance(result, int) else 0


def _wrong_use(error: usage.UsageError, words: Sequence[str]) -> WrongUse:
    """What typer says in English, said in Norwegian, of the words that were typed."""
    path = error.ctx.command_path if error.ctx else "hsf"
    advice = f"Se «{path} --hjelp»."
    match error:
        case usage.NoSuchOption():
            typed = (word.partition("=")[0] for word in words)
            option = next((one for one in typed if spelled_alike(one) == error.option_name), "")
            near = suggested(nearest(error.option_name, _options(error.ctx)))
            return WrongUse(
                f"Det finnes ikke noe valg {option or error.option_name} her.", near + advice
            )
        case usage.MissingParameter(param=param) if param is not None:
            name = param.metavar or (param.name or "").upper()
            if param.param_type_name == "option":
                name = param.opts[0]
            return WrongUse(f"{name} mangler.", advice)
        case usage.BadOptionUsage():
            return WrongUse(f"{error.option_name} mangler en verdi.", advice)
        case usage.BadParameter(param=param) if param is not None:
            return WrongUse(f"Kan ikke lese {param.opts[0]}.", f"Skriv et helt tall. {advice}")
        case _ if "extra argument" in error.message:
            return WrongUse(
                "Det står mer på linjen enn kommandoen tar imot.",
                f'Ord som hører sammen, må stå i hermetegn: "i går". {advice}',
            )
        case _:
            return WrongUse("Kommandoen kan ikke leses slik den står.", advice)


def _options(context: Any) -> list[str]:
    """The options of the command in question, as its help has them."""
    parameters = context.command.params if context else ()
    names = (name for one in parameters for name in (*one.opts, *one.secondary_opts))
    return [*(name for name in names if name.startswith("--")), "--hjelp"]


def _wants_json(words: Sequence[str]) -> bool:
    """Whether the caller asked for JSON, also where the rest of the line cannot be read."""
    line = " ".join(words).casefold().replace("--format=", "--format ")
    return "--format json" in line
