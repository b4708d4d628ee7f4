"""The lines of a JSON text that its values begin on, for telling where something is wrong."""

import json
import re
from collections.abc import Mapping
from itertools import islice

# The way to a value: the names of objects' fields, and places in lists.
Path = tuple[str | int, ...]

# Lines are told of what is no deeper than this: sections[0].tables[0].rows[0].key
_DEEPEST = 7
# A report has some thousands; no line is told of what comes after so many.
_MOST_TOKENS = 200_000
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


def written(path: Path) -> str:
    """The way to a value: `sections[2].tables[0].rows[3].value`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)[1:]


def line_of(path: Path, lines: Mapping[Path, int]) -> int:
    """The line of a value; of what it should be in, where there is none."""
    return next(lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in lines)


def lines(text: str) -> Mapping[Path, int]:
    """The line that each value of valid JSON begins on, by the way to it."""
    found: dict[Path, int] = {}
    # The way to where we are: in a list the place in it, in an object the name, or none as yet.
    way: list[str | int | None] = []
    line, end = 1, 0
    for token in islice(_TOKEN.finditer(text), _MOST_TOKENS):
        line, end = line + text.count("\n", end, token.start()), token.start()
        match token[0]:
            case "}" | "]":
                way.pop()
            case ",":
                way[-1] = way[-1] + 1 if isinstance(way[-1], int) else None
            case ":":
                pass
            case word if way and way[-1] is None:
                way[-1] = json.loads(word)
            case word:
                if len(way) <= _DEEPEST:
                    found[tuple(step for step in way if step is not None)] = line
                if word in "{[":
                    way.append(None if word == "{" else 0)
    return found
