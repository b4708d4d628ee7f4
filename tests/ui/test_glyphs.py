"""Every sign that the program itself writes is in the fonts of a Windows console.

Consolas, Lucida Console and Cascadia have Windows Glyph List 4 (WGL4); a sign outside it would be
an empty box.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import hsf_cli
from hsf_cli.report.output.columns import bars
from hsf_cli.ui.fallback import readable

_PACKAGE = Path(hsf_cli.__file__).parent
# The part of WGL4 that a Norwegian program may have use for.
_IN_EVERY_FONT = {chr(number) for number in range(0xA0, 0x180)} | set("–—‘’‚“”„•…←↑→↓−≤≥─│▄█▌○●")
# These read what others wrote, write documents with fonts of their own, or tell what falls back.
_NOT_FOR_THE_SCREEN = (
    "report/reading", "documents/pdf/templates.py", "documents/characters.py", "exchange",
    "ui/fallback.py", "texts.py", "spelling.py", "registers/mentions.py",
)  # fmt: skip
# Where a console has more, it is shown more; `bars` asks, and has its own tests.
_ONLY_WHERE_THEY_ARE = set(bars._FINE.heights)


def _signs() -> Iterator[tuple[str, str]]:
    """Each character of the texts that modules, forms and code lists have, and where it is."""
    for file in sorted(_PACKAGE.rglob("*")):
        name = file.relative_to(_PACKAGE).as_posix()
        if name.startswith(_NOT_FOR_THE_SCREEN):
            continue
        if file.suffix == ".py":
            texts = _texts(ast.parse(file.read_text(encoding="utf-8")))
        elif file.suffix in (".toml", ".json"):
            texts = iter([file.read_text(encoding="utf-8")])
        else:
            continue
        yield from {(sign, name) for text in texts for sign in text if _is_shown(sign)}


def _is_shown(sign: str) -> bool:
    return not sign.isascii() and (sign.isprintable() or sign == "\N{NO-BREAK SPACE}")


def _texts(module: ast.Module) -> Iterator[str]:
    """Every text in the module that is no docstring."""
    for node in ast.walk(module):
        if not isinstance(node, ast.Expr):
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.Constant) and isinstance(child.value, str):
                    yield child.value


_SIGNS = sorted(set(_signs()))


def test_every_sign_is_in_the_fonts_of_a_windows_console() -> None:
    known = _IN_EVERY_FONT | _ONLY_WHERE_THEY_ARE
    assert [(sign, where) for sign, where in _SIGNS if sign not in known] == []


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "cp865", "cp437", "latin-1", "ascii"])
def test_every_sign_can_be_read_in_every_encoding(encoding: str) -> None:
    signs = {sign for sign, _ in _SIGNS} - set(bars._FINE.heights + bars._FINE.half)
    assert [sign for sign in signs if "?" in readable(sign, encoding)] == []


def test_norwegian_letters_stay_where_the_encoding_has_them() -> None:
    assert all(readable("æøåÆØÅ", one) == "æøåÆØÅ" for one in ("cp1252", "cp850", "latin-1"))
