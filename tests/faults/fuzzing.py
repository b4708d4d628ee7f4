"""Inputs that nobody means: what is right with something wrong in it, and a limit to how long.

Text that is random through and through is refused at the first sign. So most inputs begin as ones
that are right, and are cut, doubled, run together and strewn with signs that trouble programs.
"""

import os
import random
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_cli.errors import HsfError

# No input takes longer than this, be it as large as it may.
SECONDS = 10.0

# `make faults` sets it to a thousand: then a share is a hundred inputs. In the suite it is half an
# input.
_MANY = "HSF_FAULTS"
_IN_FULL = 10
_IN_SHORT = 2

# Letters and signs that have undone parsers: digits, minus signs and blanks of other scripts, what
# turns or joins the letters around it, half of a pair, what ends a text or a field, and the like.
TROUBLE = (
    "", " ", "\t", "\n", "\r", "\r\n", "\x00", "\x0b", "\x1b[31m", "\x1c", "\x85", "\x7f",
    "\u2028",
    "\ufeff", "\ufffe", "\ufffd", "\ud800", "\udcff", "\u202e", "\u200d", "\u00ad",
    "\N{NO-BREAK SPACE}",
    "٣", "௩", "３", "²", "½", "Ⅷ", "𝟙", "−", "–", "‐", "﹣", "．", "，", "：", "å", "a\u030a",
    "ſ", "ı", "İ",
    "ß", "ﬁ", "Å", "K", "\u0301" * 40, "👨‍👩‍👧", "🇳🇴", "م", "-", "+", "=", "@", "'", '"',
    "`", "\\", "/", "|",
    ";", ",", ".", ":", "#", "%", "&", "*", "(", ")", "[", "]", "{", "}", "<", ">", "[/b]",
    "{0}", "%s",
    "$HOME", "NaN", "Infinity", "-0", "1e999", "0x1F", "1_000", "null", "9" * 30,
    "9" * 5000, "0" * 50,
    "((((((((", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "' OR 1=1 --", "../", "NUL",
    "=cmd|' /C calc'!A1",
)  # fmt: skip


@dataclass(frozen=True)
class Parser:
    """Something that reads what people or other programs wrote."""

    name: str
    inputs: st.SearchStrategy[Any]
    # Takes a workshop and an input. Gives anything, or raises what says what is wrong.
    read: Callable[..., object]
    # How many of about a thousand inputs are for this one.
    share: int
    # What may be raised.
    errors: tuple[type[Exception], ...]


def told(error: Exception) -> None:
    """Fails where an error does not say what is wrong."""
    said = error.text if isinstance(error, HsfError) else str(error)
    assert said, type(error)


class _Hung(BaseException):
    """Raised in the middle of what takes too long."""


def inputs_of(share: int) -> int:
    """How many inputs a share comes to."""
    if _MANY in os.environ:
        return max(1, share * int(os.environ[_MANY]) // _IN_FULL)
    return max(1, share // _IN_SHORT)


def hold(strategy: st.SearchStrategy[Any], holds: Callable[[Any], None], share: int) -> int:
    """Tries it with a share's number of inputs,
    each within the time; gives how many there were."""
    tried = 0

    @settings(
        max_examples=inputs_of(share),
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def one_by_one(one: Any) -> None:
        nonlocal tried
        tried += 1
        with within(SECONDS):
            holds(one)

    one_by_one()
    return tried


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fails where it takes longer, be it in the middle of a regular expression."""

    def too_long(*_: object) -> None:
        raise _Hung(f"more than {seconds:.0f} seconds")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def texts_like(*right: str) -> st.SearchStrategy[str]:
    """Texts that are right, nearly so, or nothing like it."""
    return st.one_of(
        st.builds(_marred, st.sampled_from(right), st.lists(_MARS, max_size=3)),
        st.builds(_marred, st.sampled_from(right), st.lists(_MARS, min_size=1, max_size=1)),
        st.lists(st.sampled_from([*right, *TROUBLE]), max_size=6).map("".join),
        st.text(st.characters(codec=None), max_size=20),
    )


# Where, what happens there, how much of the text it happens to, and the sign that is put in.
_Mar = tuple[float, str, int, str]
_MARS: st.SearchStrategy[_Mar] = st.tuples(
    st.floats(0, 1),
    st.sampled_from(
        ["put in", "cut", "doubled", "many times", "instead", "capital", "other digits"]
    ),
    st.integers(1, 8),
    st.sampled_from(TROUBLE) | st.characters(codec=None),
)
_OTHER_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def _marred(text: str, mars: Sequence[_Mar]) -> str:
    for where, what, size, sign in mars:
        at = int(where * len(text))
        piece = text[at : at + size]
        match what:
            case "put in":
                piece = sign + piece
            case "cut":
                piece = ""
            case "doubled":
                piece *= 2
            case "many times":
                piece *= 400
            case "instead":
                piece = sign
            case "capital":
                piece = piece.upper()
            case "other digits":
                piece = piece.translate(_OTHER_DIGITS)
        text = text[:at] + piece + text[at + size :]
    return text


def bytes_like(right: bytes) -> st.SearchStrategy[bytes]:
    """Files with some bytes of it flipped, cut, doubled, moved or exchanged; and other bytes."""
    return st.builds(_damaged, st.just(right), st.integers(0, 2**40)) | st.binary(max_size=300)


_ODD_BYTES = (
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\r",
    b"\n\n",
    b'"',
    b";" * 50,
    b"\x85",
)


def _damaged(right: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    content = bytearray(right)
    for _ in range(chance.choice([1, 1, 2, 5, 40])):
        at = chance.randrange(len(content) + 1)
        size = chance.choice([1, 1, 2, 16, 300])
        piece = bytes(content[at : at + size])
        other = chance.randrange(len(content) + 1)
        content[at : at + size] = chance.choice(
            [
                b"",
                piece * 2,
                bytes(content[other : other + size]),
                chance.choice(_ODD_BYTES),
                chance.randbytes(size),
                bytes(byte ^ (1 << chance.randrange(8)) for byte in piece),
                chance.choice(TROUBLE).encode("utf-8", "surrogatepass"),
            ]
        )
    return bytes(
        content[: chance.randrange(len(content) + 1)] if chance.random() < 0.1 else content
    )


# What JSON may hold, and nobody would put there.
_LEAVES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**4299, -1, 0, 2**63, 1e308, -0.0, float("nan"), float("inf")]),
    st.floats(),
    st.sampled_from(TROUBLE),
    st.text(max_size=10),
)
_BRANCHES = _LEAVES | st.lists(_LEAVES, max_size=3)
_ANYTHING = _BRANCHES | st.dictionaries(st.text(max_size=5), _BRANCHES, max_size=3)


def trees_like(right: dict[str, Any]) -> st.SearchStrategy[Any]:
    """That object with anything at some places in it, and some of it doubled or left out."""
    return st.builds(
        _regrown, st.just(right), st.integers(0, 2**40), st.lists(_ANYTHING, min_size=1, max_size=3)
    )


def _regrown(right: dict[str, Any], seed: int, strange: Sequence[Any]) -> Any:
    chance = random.Random(seed)
    tree = _copied(right)
    for value in strange:
        spot: Any = tree
        while True:
            keys = list(spot) if isinstance(spot, dict) else range(len(spot))
            if not keys:
                break
            key = chance.choice(keys)
            inside = spot[key]
            if isinstance(inside, (dict, list)) and inside and chance.random() < 0.8:
                spot = inside
                continue
            match chance.choice(["instead", "instead", "gone", "twice"]):
                case "instead":
                    spot[key] = value
                case "gone":
                    del spot[key]
                case "twice" if isinstance(spot, list):
                    spot.append(inside)
            break
    return tree


def _copied(tree: Any) -> Any:
    match tree:
        case dict():
            return {key: _copied(value) for key, value in tree.items()}
        case list():
            return [_copied(value) for value in tree]
    return tree
