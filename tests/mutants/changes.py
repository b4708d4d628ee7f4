"""One small change to a module at a time, in Python and in SQL: the slips that are easily made."""

import ast
import copy
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple


class Mutant(NamedTuple):
    """A module with one thing changed."""

    line: int
    kind: str
    what: str  # «before → after»
    source: str


_COMPARED: dict[type[ast.cmpop], Sequence[type[ast.cmpop]]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt), ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
_RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult, ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
_TIDIED = {"strip", "rstrip", "lstrip", "lower", "casefold", "upper", "replace", "removeprefix"}
# A word that the program knows things by; what people read is not changed.
_WORD = re.compile(r"[\wæøåÆØÅ.:-]{0,24}")
# What tells a statement, or a part of one, from other text.
_SQL = re.compile(r"\b(?:WHERE|AND|OR|ORDER BY)\b")

# What is changed in SQL, and to what: also from function to text, given what was found.
_IN_SQL: Sequence[tuple[str, Sequence[str | Callable[[str], str]]]] = (
    (r"<=", ["<", ">"]), (r">=", [">", "<"]), (r"<>", ["="]), (r"(?<![<>!])=(?!=)", ["<>"]),
    (r"(?<![<>])<(?![=>])", ["<="]), (r"(?<![<>])>(?!=)", [">="]),
    (r"\bNOT EXISTS\b", ["EXISTS"]), (r"(?<!NOT )\bEXISTS\b", ["NOT EXISTS"]),
    (r"\bIS NULL\b", ["IS NOT NULL"]), (r"\bIS NOT NULL\b", ["IS NULL"]),
    (r"\bNOT IN\b", ["IN"]), (r"(?<!NOT )\bIN\b(?= [\w(])", ["NOT IN"]),
    (r"\bLEFT JOIN\b", ["JOIN"]), (r"(?<!LEFT )\bJOIN\b", ["LEFT JOIN"]),
    (r"(?<!:first )(?<! 0 )\bAND\b", ["OR"]), (r"\bOR\b", ["AND"]),
    (r"\bDISTINCT ", [""]), (r"\bUNION ALL\b", ["UNION"]),
    (r"\bmax\(", ["min("]), (r"\bmin\(", ["max("]),
    (r"\bBETWEEN :first AND :last\b", [">= :first", "<= :last"]),
    (r"(?<=[ (]):last\b", [":first"]), (r"(?<=[ (]):first\b", [":last"]),
    (r"(?<![\w:'-])\d+(?![\w'])", [lambda number: str(int(number) + 1)]),
    (r"'[^']*'", [lambda text: f"{text[:-1]}X'"]),
    (r"(?<=[\w)]) - (?=[\w:])", [" + "]), (r"(?<=[\w)]) \+ (?=[\w:])", [" - "]),
    (r"\b(?:\w\.)?visited_on\b", [lambda name: name.replace("visited", "received")]),
    (r"\b(?:\w+\.)?ended_on\b", [lambda name: name.replace("ended", "started")]),
    (r"\b(?:\w+\.)?started_on\b", [lambda name: name.replace("started", "ended")]),
    (r"\bclosed_on\b", ["received_on"]), (r"\bleft_on\b", ["approved_on"]),
    (r"\bcoalesce\([\w.:]+, [^()]*\)", [lambda call: call[len("coalesce(") : call.index(",")]]),
    (r"\n *(?:AND|OR) [^\n(]*(?=\n|$)", [""]), (r"\n *(?:AND|OR) \w[^\n]*(?=\n|$)", [""]),
    (r"\bORDER BY [\w., ]+", [""]), (r"\n *GROUP BY [\w.]+", [""]),
    (r"\bNOT (?!EXISTS|IN|NULL)", [""]),
)  # fmt: skip


def mutants(name: str, source: str) -> Iterator[Mutant]:
    """Every change to a module, or to the statement in a file of SQL."""
    if name.endswith(".sql"):
        yield from _of_sql(source)
    else:
        yield from _of_python(ast.parse(source))


class _Spot(NamedTuple):
    """A node, and where it is in its tree."""

    node: ast.AST
    parent: ast.AST
    field: str
    place: int | None  # in a list

    def put(self, node: ast.AST) -> None:
        if self.place is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.place] = node


def _of_python(tree: ast.Module) -> Iterator[Mutant]:
    said = {id(text) for text in _docstrings(tree)}
    for spot in [one for one in _spots(tree) if id(one.node) not in said]:
        node, line = spot.node, getattr(spot.node, "lineno", 0)
        for kind, new in _changes(spot):
            what = f"{ast.unparse(node)} → {ast.unparse(new)}"
            yield Mutant(line, kind, what, _source_with(tree, spot, new))
        match node:
            case ast.Constant(str() as text) if _SQL.search(text):
                for one in _of_sql(text):
                    source = _source_with(tree, spot, ast.Constant(one.source))
                    yield Mutant(line + one.line - 1, one.kind, one.what, source)


def _source_with(tree: ast.Module, spot: _Spot, new: ast.AST) -> str:
    spot.put(ast.fix_missing_locations(ast.copy_location(new, spot.node)))
    source = ast.unparse(tree)
    spot.put(spot.node)
    return source


def _docstrings(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        match node:
            case ast.Module([said, *_]) | ast.ClassDef(body=[said, *_]):
                yield from ast.walk(said)
            case ast.FunctionDef(body=[ast.Expr(ast.Constant()) as said, *_]):
                yield from ast.walk(said)


def _spots(node: ast.AST) -> Iterator[_Spot]:
    """Everything in the tree that may be changed: types, imports and decorators are not."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list"):
            continue
        for place, one in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(one, ast.AST) and not isinstance(one, ast.Import | ast.ImportFrom):
                yield _Spot(one, node, field, place)
                yield from _spots(one)


def _changes(spot: _Spot) -> Iterator[tuple[str, ast.AST]]:
    """What a node may be changed to, and what kind of change that is."""
    if isinstance(spot.parent, ast.JoinedStr | ast.FormattedValue):
        return
    yield from _other_conditions(spot.node)
    yield from _other_statements(spot.node)
    match spot.node:
        case ast.BinOp(op=operator) | ast.AugAssign(op=operator) if type(operator) in _RECKONED:
            yield "arithmetic", _with(spot.node, op=_RECKONED[type(operator)]())
        case ast.Constant(value):
            yield from (("constant", ast.Constant(other)) for other in _other_values(value))
        case ast.Call() as call:
            yield from _other_calls(call)


def _other_conditions(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Compare(ops=operators):
            for others in _each_replaced(operators):
                yield "comparison", _with(node, ops=others)
        case ast.BoolOp(operator, values):
            opposite = ast.Or() if isinstance(operator, ast.And) else ast.And()
            yield "and/or", ast.BoolOp(opposite, values)
            for rest in _each_left_out(values):
                yield "operand", rest[0] if len(rest) == 1 else ast.BoolOp(operator, rest)
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield "not", operand
        case ast.comprehension(ifs=conditions):
            for rest in _each_left_out(conditions):
                yield "condition", _with(node, ifs=rest)
        case ast.IfExp(body=one, orelse=other):
            yield from (("condition", one), ("condition", other))
        case ast.If(orelse=[]):
            yield "condition", _with(node, test=ast.Constant(False))


def _other_statements(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Return(ast.Constant(None)):
            return
        case ast.Return(ast.expr()):
            yield "return", ast.Return(ast.Constant(None))
        case ast.Expr(ast.Yield() | ast.YieldFrom()):  # it stays one that yields
            yield "yield", ast.If(ast.Constant(False), [node], [])
        case ast.Expr(ast.Call()) | ast.AugAssign() | ast.Continue() | ast.Break():
            yield "statement", ast.Pass()


def _other_values(value: object) -> Iterator[int | str]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1) if value > 0 else (value + 1,)
    elif isinstance(value, str) and _WORD.fullmatch(value):
        yield value + "X"


def _other_calls(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    match node.func:
        case ast.Name(name) if name in _CALLED:
            yield "call", _with(node, func=ast.Name(_CALLED[name]))
        case ast.Attribute(value, name) if name in _TIDIED:
            yield "call", value
    for rest in _each_left_out(node.keywords):
        yield "argument", _with(node, keywords=rest)


def _with(node: ast.AST, **fields: Any) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _each_replaced(operators: Sequence[ast.cmpop]) -> Iterator[list[ast.cmpop]]:
    for place, operator in enumerate(operators):
        for other in _COMPARED[type(operator)]:
            yield [*operators[:place], other(), *operators[place + 1 :]]


def _each_left_out(those: Sequence[Any]) -> Iterator[list[Any]]:
    for place in range(len(those)):
        yield [*those[:place], *those[place + 1 :]]


def _of_sql(text: str) -> Iterator[Mutant]:
    searched = re.sub(r"--[^\n]*", lambda comment: " " * len(comment[0]), text)
    seen = set()
    for pattern, others in _IN_SQL:
        for found in re.finditer(pattern, searched):
            for other in others:
                new = other if isinstance(other, str) else other(found[0])
                source = text[: found.start()] + new + text[found.end() :]
                if source not in seen:
                    seen.add(source)
                    line = text[: found.start()].count("\n") + 1 + found[0].startswith("\n")
                    what = f"{found[0].strip()} → {new.strip() or 'nothing'}"
                    yield Mutant(line, "SQL", what, source)
