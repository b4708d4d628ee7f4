"""What Tab is answered: the words that may come next, as each shell takes them.

A shell's script (`hsf fullføring`) calls the program with what has been typed so far in its
environment, by the names that typer's own scripts use, and reads from stdout one word a line.
Nothing is ever asked, nothing is written on stderr, and what goes wrong gives no words.

typer's own answers are not used: they render help with Rich, break on spaces and quotes in names,
import every command to show its help, and leave out words that are not spelled exactly as begun.
"""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from typer._click.exceptions import ClickException
from typer._click.shell_completion import _is_incomplete_argument, _resolve_context
from typer.models import TyperPath

from hsf_cli.errors import HsfError
from hsf_cli.spelling import folded
from hsf_cli.ui import failures, screen
from hsf_cli.ui.commandline import Group, Settings, spelled_alike
from hsf_cli.ui.offered import Choice, begun

# What a script reads instead of words: let the shell complete file names; or list the words
# without touching what is typed, which none of them begins with.
FILES = ":filer"
ONLY_LIST = ":liste"

_PATHS = re.compile(r"\b(FIL|MAPPE)\b")
_SENTENCE_END = re.compile(r"(?<=[.?]) ")
_PLACE = re.compile(r"\d{1,6}", re.ASCII)


def answer(command: Any, request: str, settings: Settings) -> int:
    """Answers a shell that asks what may come next, and gives the exit code."""
    shell = _SHELLS.get(request.removeprefix("complete_"))
    if shell is None:
        return 0
    try:
        line = shell.read(os.environ)
        found = _next_words(command, line, settings)
        lines = [FILES] if found is None else shell.written(line, found) if found else []
        if lines:
            screen.write("\n".join(lines))
    except (HsfError, ClickException, OSError):
        pass
    except Exception as error:
        failures.kept(error)
    return 0


@dataclass(frozen=True)
class _Line:
    """What has been typed: whole words after the program's name, and the beginning of one more."""

    before: Sequence[str]
    typed: str
    # The quotation mark that the beginning stands in.
    quote: str = ""
    # How much of the beginning the shell takes for a word of its own, which it leaves alone.
    kept: int = 0


@dataclass(frozen=True)
class _Shell:
    read: Callable[[Mapping[str, str]], _Line]
    written: Callable[[_Line, Sequence[Choice]], list[str]]


# --- What may come next ---------------------------------------------------------------------------


def _next_words(command: Any, line: _Line, settings: Settings) -> list[Choice] | None:
    """The words that the line may go on with; None for the name of a file."""
    ctx = _resolve_context(command, {"obj": settings}, "hsf", list(line.before))
    if "--" not in line.before:
        if line.typed.startswith("-"):
            return _option_or_value(ctx, line.typed)
        option = _option(ctx, line.before[-1]) if line.before else None
        if option is not None:
            return _values(ctx, option, line.typed)
    for parameter in ctx.command.get_params(ctx):
        if _is_incomplete_argument(ctx, parameter):
            return _values(ctx, parameter, line.typed)
    if isinstance(ctx.command, Group):
        return begun(ctx.command.summaries(), line.typed)
    return []


def _option_or_value(ctx: Any, typed: str) -> list[Choice] | None:
    name, equals, value = typed.partition("=")
    if not equals:
        return _options(ctx, typed)
    option = _option(ctx, name)
    if option is None:
        return []
    found = _values(ctx, option, value)
    return found and [(f"{name}={value}", help) for value, help in found]


def _options(ctx: Any, typed: str) -> list[Choice]:
    """The options that begin so; the hidden ones and other names only where no other does."""
    free = [
        parameter
        for parameter in ctx.command.get_params(ctx)
        if parameter.param_type_name == "option" and not _is_given(ctx, parameter)
    ]
    usual = [(one.opts[0], one.help or "") for one in free if not one.hidden]
    others = [(name, one.help or "") for one in free for name in one.opts]
    return begun(usual, typed) or begun(others, typed)


def _is_given(ctx: Any, parameter: Any) -> bool:
    source = ctx.get_parameter_source(parameter.name)
    return not parameter.multiple and source is not None and source.name == "COMMANDLINE"


def _option(ctx: Any, name: str) -> Any:
    """The option of that name, however it is spelled, where it takes a value."""
    if name.startswith("-"):
        for parameter in ctx.command.get_params(ctx):
            takes_value = parameter.param_type_name == "option" and not parameter.is_flag
            if takes_value and spelled_alike(name) in map(spelled_alike, parameter.opts):
                return parameter
    return None


def _values(ctx: Any, parameter: Any, typed: str) -> list[Choice] | None:
    if parameter._custom_shell_complete is not None:
        found = parameter.shell_complete(ctx, typed)
        return [(str(item.value), item.help or "") for item in found]
    if isinstance(parameter.type, TyperPath) or _PATHS.search(parameter.metavar or ""):
        return None
    return []


# --- How the shells ask, and what they take -------------------------------------------------------


def split(text: str, escape: str = "\\") -> tuple[list[str], str]:
    """A line's words as a shell reads them, and the quotation mark that is still open at its end.

    The last word is empty where the line ends in a blank.
    """
    words, word, quote = [], "", ""
    begun = False
    characters = iter(text)
    for character in characters:
        if character == escape and quote != "'":
            word, begun = word + next(characters, ""), True
        elif quote:
            quote, word = ("", word) if character == quote else (quote, word + character)
        elif character in "'\"":
            quote, begun = character, True
        elif character.isspace():
            words += [word] if begun else []
            word, begun = "", False
        else:
            word, begun = word + character, True
    return [*words, word], quote


def _from_bash(environment: Mapping[str, str]) -> _Line:
    """bash splits at = and : too; those are put together again."""
    words, quote = split(environment.get("COMP_WORDS", ""))
    asked = environment.get("COMP_CWORD", "")
    # Beyond the last word is the one that has yet to be begun.
    place = min(int(asked), len(words)) if _PLACE.fullmatch(asked) else len(words) - 1
    words = words[: place + 1] + [""] * (place + 1 - len(words))
    joined: list[str] = []
    kept, glued = 0, False
    for word in words:
        is_break = word != "" and not word.strip("=:")
        if joined and (is_break or glued):
            kept = len(joined[-1]) + (len(word) if is_break else 0)
            joined[-1] += word
        else:
            joined, kept = [*joined, word], 0
        glued = is_break
    return _Line(joined[1:-1], joined[-1], quote, kept)


def _from_arguments(environment: Mapping[str, str]) -> _Line:
    words, quote = split(environment.get("_TYPER_COMPLETE_ARGS", ""))
    return _Line(words[1:-1], words[-1], quote)


def _from_powershell(environment: Mapping[str, str]) -> _Line:
    words, _ = split(environment.get("_TYPER_COMPLETE_ARGS", ""), escape="`")
    typed = environment.get("_TYPER_COMPLETE_WORD_TO_COMPLETE", "")
    whole = [word for word in words if word]
    return _Line(whole[1:-1] if typed else whole[1:], split(typed, escape="`")[0][-1])


def _for_bash(line: _Line, found: Sequence[Choice]) -> list[str]:
    """bash puts in what it is given as it stands, or as much as all the words have in common."""
    kept = line.typed[: line.kept]
    found = [(word[len(kept) :], help) for word, help in found if word.startswith(kept)]
    quoted = [_quoted_for_bash(word, line.quote) for word, _ in found]
    if len(found) <= 1 or os.environ.get("COMP_TYPE") in _INSERTING:
        return quoted
    shown = _with_help(quoted, [help for _, help in found], "  ")
    if _in_common(shown) != _in_common(quoted):
        shown = quoted
    if _in_common(shown) and not _goes_on(line.typed[line.kept :], found):
        shown = [*shown, " "]  # then they have nothing in common, and what is typed stays
    return shown


# Where bash puts the words in one after another, or all of them, and lists none.
_INSERTING = {"37", "42"}


def _quoted_for_bash(word: str, quote: str) -> str:
    if quote == "'":
        return word.replace("'", r"'\''")
    if quote:
        return re.sub(r'([\\"$`])', r"\\\1", word)
    return re.sub(r"([^\w%+,./:=@-])", r"\\\1", word)


def _for_zsh(line: _Line, found: Sequence[Choice]) -> list[str]:
    """zsh quotes by itself; the second half of each line is what it shows."""
    shown = _with_help([word for word, _ in found], [help for _, help in found], "  -- ")
    lines = [f"{word}\t{text}" for (word, _), text in zip(found, shown, strict=True)]
    return lines if len(found) == 1 or _goes_on(line.typed, found) else [ONLY_LIST, *lines]


def _for_fish(line: _Line, found: Sequence[Choice]) -> list[str]:  # noqa: ARG001
    """fish quotes and chooses by itself."""
    return [f"{word}\t{_one_line(help)}" if help else word for word, help in found]


def _for_powershell(line: _Line, found: Sequence[Choice]) -> list[str]:  # noqa: ARG001
    return [f"{_quoted_for_powershell(word)}:::{_one_line(help) or ' '}" for word, help in found]


def _quoted_for_powershell(word: str) -> str:
    option, equals, value = word.partition("=") if word.startswith("--") else ("", "", word)
    if re.fullmatch(r"[\w./:\\+-]*", value):
        return word
    return option + equals + "'" + value.replace("'", "''") + "'"


def _goes_on(typed: str, found: Sequence[Choice]) -> bool:
    """Whether what the words have in common goes on where the typed text ends."""
    common = _in_common([word for word, _ in found])
    return folded(common).startswith(folded(typed))


def _in_common(words: Sequence[str]) -> str:
    """What all the words begin with."""
    first, last = min(words), max(words)
    length = 0
    while length < len(first) and first[length] == last[length]:
        length += 1
    return first[:length]


def _with_help(shown: Sequence[str], helps: Sequence[str], between: str) -> list[str]:
    width = max(map(len, shown))
    return [
        f"{word:{width}}{between}{_one_line(help)}" if help else word
        for word, help in zip(shown, helps, strict=True)
    ]


def _one_line(help: str) -> str:
    """The first sentence, without anything that would move the cursor."""
    line = "".join(letter if letter.isprintable() else " " for letter in help)
    return _SENTENCE_END.split(" ".join(line.split()), maxsplit=1)[0]


_SHELLS = {
    "bash": _Shell(_from_bash, _for_bash),
    "zsh": _Shell(_from_arguments, _for_zsh),
    "fish": _Shell(_from_arguments, _for_fish),
    "powershell": _Shell(_from_powershell, _for_powershell),
    "pwsh": _Shell(_from_powershell, _for_powershell),
}
