"""A task of the menu, and which tasks follow from what a command told: it names their commands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, takewhile
from shutil import get_terminal_size

from hsf_cli.commands.records import ASKED


@dataclass(frozen=True)
class Task:
    """Something one wants to do, and the command that does it, as it is typed after `hsf`."""

    text: str
    words: str
    # What the command takes on its line and does not ask for itself.
    asks: str = ""
    # Whether the options that it is told of with are what is meant by it, and are kept.
    as_told: bool = False


@dataclass(frozen=True)
class Topic:
    """Tasks that belong together, in a menu of their own."""

    text: str
    tasks: tuple[Task, ...]


Entry = Task | Topic

_UNDO = "data angre"
# A command in what is told, to the end of its line, of its column or of its quotation.
_COMMAND = r"\bhsf ([a-zæøå](?:[^\n« »,.]| (?! |eller |og )|[.,](?=\S))*)"
# What a command is told to be done to: «H12», «2025», but neither «--dato» nor «MÅNED».
_NAMES_ONE = r"(?!-)[\w./\\:-]*[\da-zæøå][\w./\\:-]*"
# An option with a word for its value: «--født ÅR».
_TO_REPLACE = r"(--[\w-]+) [A-ZÆØÅ/]+(?= |$)"
# What asks for those values alone.
_MENDS = {
    f"{noun} endre"
    for noun in ("familie", "kontakt", "henvendelse", "oppdrag", "timer", "aktivitet")
} | {"familie barn"}
# How much of the screen's height what follows may take: what was told must still be seen.
_SHARE_OF_SCREEN = 5


def following(told: str, entries: Sequence[Entry]) -> Sequence[Task]:
    """The tasks of the commands that were told of, on the records that these name; undoing last."""
    tasks = [
        task
        for entry in entries
        for task in (entry.tasks if isinstance(entry, Topic) else (entry,))
        if task.words
    ]
    commands = re.findall(_COMMAND, told)
    found = [task for command in commands if (task := _task_of(command.split(), tasks))]
    in_order = sorted(found, key=lambda task: (undoes(task), task in entries, _sees_more(task)))
    most = get_terminal_size().lines // _SHARE_OF_SCREEN
    return [*dict.fromkeys(in_order)][:most]


def _task_of(command: Sequence[str], tasks: Sequence[Task]) -> Task | None:
    """The task that the command does, on what it names; None where no task does it.

    An option that does not belong to the task, and a word that stands for another, are left for
    the command to ask about.
    """
    fitting = [task for task in tasks if _does(command, task)]
    if not fitting:
        return None
    longest = max(map(_length, fitting))
    fitting = [task for task in fitting if _length(task) == longest]
    own = fitting[0].words.split()
    rest = [word for word in command[len(_names(own)) :] if not (_is_option(word) and word in own)]
    named = " ".join(takewhile(re.compile(_NAMES_ONE).fullmatch, rest))
    best = max(fitting, key=lambda task: bool(task.asks) == bool(named))
    options = _told_options(best, rest)
    if not (named or options):
        return best
    name = re.split(r"[/\\]", named)[-1]  # of a file; the choice must have room for it
    about = ": ".join(filter(None, [name, _in_words(options)]))
    return replace(
        best,
        text=f"{best.text} ({about})",
        words=" ".join(filter(None, [best.words, named, *options])),
        asks="" if named else best.asks,
    )


def _does(command: Sequence[str], task: Task) -> bool:
    """Whether the command is the task's, with all the options that belong to it."""
    words = task.words.split()
    names = _names(words)
    return [*command[: len(names)]] == names and set(words) <= set(command)


def _names(words: Sequence[str]) -> Sequence[str]:
    """The words before any option."""
    return [*takewhile(lambda word: not _is_option(word), words)]


def _told_options(task: Task, rest: Sequence[str]) -> Sequence[str]:
    """The options that the task keeps of what was told: as told, or with values to be asked for."""
    options = [*dropwhile(lambda word: not _is_option(word), rest)]
    to_replace = re.findall(_TO_REPLACE, " ".join(options))
    if task.words in _MENDS:
        return [word for option in to_replace for word in (option, ASKED)]
    can_be_kept = task.as_told and not to_replace and '"' not in "".join(options)
    return options if can_be_kept else []


def _in_words(options: Sequence[str]) -> str:
    """The options as the menu says them: «over tiden», «antall 100», «født og 3 til»."""
    said = [
        word[2:].replace("-", " ") if _is_option(word) else word
        for word in options
        if word != ASKED
    ]
    if ASKED in options and len(said) > 1:
        return f"{said[0]} og {len(said) - 1} til"
    return " ".join(said)


def _is_option(word: str) -> bool:
    return word.startswith("--")


def _length(task: Task) -> int:
    return len(task.words.split())


def _sees_more(task: Task) -> bool:
    """Whether it only shows what was left out, which comes after what is to be done."""
    return task.as_told and " --" in task.words


def undoes(task: Task) -> bool:
    """Whether it takes back what was done."""
    return task.words.startswith(_UNDO)
