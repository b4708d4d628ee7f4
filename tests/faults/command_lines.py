"""Command lines that nobody means, of the program's own commands and options."""

from functools import cache
from typing import Any

import typer
from hypothesis import strategies as st

from hsf_cli.app import app
from tests.faults.fuzzing import TROUBLE, texts_like

# A command that takes its time.
_NOT_TRIED = {("demo",)}

_RIGHT = (
    "F1", "V1", "V3", "H1", "H2", "O1", "K1", "A1", "T1", "berg", "1.3.2023", "i går", "2023",
    "oktober 2023", "2:30", "2,5",
    "ja", "nei", "json", "csv", "tabell", "900 00 123", "kari@eksempel.no", "enslig",
    "rus,annet", "6.1",
    "fil.txt", "fil.docx", "fil.xlsx", "navn", "-navn", "15:30", "familiekontakter", "fil",
    "99999999999",
    "99999999999999999999999", "-1", "\udcff", "b\udce5t.csv", "",
)  # fmt: skip
_VALUES = texts_like(*_RIGHT)


def command_lines() -> st.SearchStrategy[list[str]]:
    """Words after `hsf`: mostly a command that there is, with its options, and odd values."""
    of_a_command = st.sampled_from(_commands()).flatmap(_line)
    return st.one_of(*[of_a_command] * 4, st.lists(_words(), max_size=4))


def half_typed() -> st.SearchStrategy[dict[str, str]]:
    """What a shell's script has in its environment when it asks what may come next."""
    lines = command_lines().map(lambda words: " ".join(["hsf", *words]))
    return st.fixed_dictionaries(
        {
            "_HSF_COMPLETE": st.sampled_from(["bash", "zsh", "fish", "powershell", "pwsh"])
            .map("complete_{}".format) | _words(),
            "COMP_WORDS": lines | _words(),
            "COMP_CWORD": st.integers(-3, 9).map(str) | st.just("99999999999") | _words(),
            "COMP_TYPE": st.sampled_from(["9", "37", "42", "x"]),
            "_TYPER_COMPLETE_ARGS": lines | _words(),
            "_TYPER_COMPLETE_WORD_TO_COMPLETE": _words(),
        }
    )  # fmt: skip


def environments() -> st.SearchStrategy[dict[str, str]]:
    """Where the database and the settings are said to be."""
    somewhere = _words() | st.sampled_from(
        ["", ".", "..", "her", "~", "~ingen", "a" * 5000, "a/b/c"]
    )
    return st.fixed_dictionaries({}, optional={"HSF_DATABASE": somewhere, "HSF_KONFIG": somewhere})


def _words() -> st.SearchStrategy[str]:
    """Words that can stand on a command line; none that leads out of the folder it is typed in."""
    return st.sampled_from(_RIGHT) | (_VALUES | st.sampled_from(TROUBLE)).map(_typeable)


def _typeable(text: str) -> str:
    text = text.replace("\x00", "").replace("/", "").replace("~", "")[:20_000]
    return text.encode("utf-8", "surrogateescape" if _is_escaped(text) else "replace").decode(
        "utf-8", "surrogateescape"
    )


def _is_escaped(text: str) -> bool:
    """Whether what is no UTF-8 in it is so as a shell hands it on."""
    return all("\udc80" <= letter <= "\udcff" for letter in text if "\ud800" <= letter <= "\udfff")


def _line(command: tuple[tuple[str, ...], tuple[tuple[str, bool], ...]]) -> Any:
    path, parameters = command
    given = [
        _words().map(lambda value, name=name: [name, value] if name else [value])
        if takes_value
        else st.just([name])
        for name, takes_value in parameters
    ]
    some = (
        st.lists(st.sampled_from(given).flatmap(lambda one: one), max_size=5)
        if given
        else st.just([])
    )
    return some.map(lambda parts: [*path, *(word for part in parts for word in part)])


@cache
def _commands() -> list[tuple[tuple[str, ...], tuple[tuple[str, bool], ...]]]:
    """Every command: its words, and its parameters, each with whether it takes a value."""
    return list(_under(typer.main.get_command(app), ()))


def _under(command: Any, path: tuple[str, ...]) -> Any:
    if path in _NOT_TRIED:
        return
    if hasattr(command, "list_commands"):
        for name in command.list_commands(None):
            yield from _under(command.get_command(None, name), (*path, name))
        return
    yield (
        path,
        tuple(
            (
                one.opts[0] if one.param_type_name == "option" else "",
                not getattr(one, "is_flag", False),
            )
            for one in command.params
            if one.name not in ("database", "passord_fra")
        ),
    )
