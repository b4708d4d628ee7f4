"""What the documents for developers say of the code is so: files, links, quotations, commands."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from hsf_cli.migrations import newest
from tests.guide.transcripts import is_as_shown, steps

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
TOUR = DOCS / "tour.md"
ARCHITECTURE = (DOCS / "architecture.md").read_text("utf-8")
DOCUMENTS = sorted(
    {ROOT / "README.md", CONTRIBUTING, *DOCS.glob("*.md"), *DOCS.glob("decisions/*.md")}
    - {DOCS / "brukerveiledning.md", DOCS / "tallene.md"}  # which have tests of their own
)

_LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
_PATH = re.compile(r"`((?:[\w-]+/)*[\w-]+\.(?:py|sql|toml|json|typ|md))`")
_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TARGET = re.compile(r"(?:`|^)make ([a-z]+)", re.MULTILINE)
# Files that the reader of a walk writes; the migration is the one after the newest.
_WRITTEN = re.compile(
    rf"\b(m{newest() + 1:03}_\w+\.sql|(?:test_)?areas\.py|2027\.toml|NN-name\.md)$"
)


def _named(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=_named)
def test_every_link_and_every_file_that_is_named_is_there(document: Path) -> None:
    text = document.read_text("utf-8")
    dead = {link for link in _LINK.findall(text) if not (document.parent / link).exists()}
    named = {name for name in _PATH.findall(text) if not _WRITTEN.search(name)}
    assert dead | {name for name in named if not _is_there(name)} == set()


def _is_there(name: str) -> bool:
    """Whether a file is called that: by its whole path, or by the end of it."""
    ends = (ROOT / folder for folder in ("", "hsf_cli", "hsf_cli/report", "docs"))
    return any((end / name).exists() for end in ends) or (
        "/" not in name and any(ROOT.glob(f"*/**/{name}"))
    )


def test_every_target_of_make_that_is_named_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for document in DOCUMENTS:
        assert set(_TARGET.findall(document.read_text("utf-8"))) <= targets, document


def test_the_map_knows_every_module_of_the_house() -> None:
    told = ARCHITECTURE.split("## What may import what")[0].split("## What lives where")[1]
    modules = [path for path in (ROOT / "hsf_cli").glob("*.py") if not path.name.startswith("__")]
    packages = [path.parent for path in (ROOT / "hsf_cli").glob("*/__init__.py")]
    assert [path.name for path in modules if path.name not in told] == []
    assert [path.name for path in packages if f"{path.name}/" not in told] == []

    files = {path.name for path in ROOT.glob("hsf_cli/**/*")}
    named = set(re.findall(r"(?<![*…\w])\w[\w-]*\.(?:py|sql|toml|json)\b", told))
    assert named - files == set()


def test_the_order_of_the_layers_is_the_contracts() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    drawn = ARCHITECTURE.split("## What may import what")[1].split("```")[1].split("\n")
    assert drawn[1:-1] == [one.replace("hsf_cli.", "").replace(" | ", ", ") for one in layers]


def test_the_table_of_dependencies_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = {re.split(r"[<>=]", one)[0] for one in project["project"]["dependencies"]}
    table = ARCHITECTURE.split("## Dependencies")[1]
    rows = {row.split("|")[2] for row in table.splitlines() if row.startswith("| ")}
    assert {name for cell in rows for name in re.findall(r"`([a-z0-9-]+)", cell)} == wanted


def _blocks(document: Path, *kinds: str) -> list[tuple[str, str]]:
    """The blocks of those kinds, each with the file that was named last before it."""
    text = document.read_text("utf-8")
    return [
        (_files_named(text[: block.start()])[-1], block[2])
        for block in _FENCED.finditer(text)
        if block[1] in kinds
    ]


def _files_named(text: str) -> list[str]:
    return [name for name in _PATH.findall(text) if "/" in name]


@pytest.mark.parametrize(("file", "change"), _blocks(CONTRIBUTING, "diff"))
def test_a_walk_begins_from_what_stands_in_the_file(file: str, change: str) -> None:
    old = [line[1:] for line in change.splitlines() if not line.startswith("+")]
    content = (ROOT / file).read_text("utf-8")
    assert "\n".join(old) in content, f"{file} has no longer\n{change}"


@pytest.mark.parametrize(("file", "quoted"), _blocks(TOUR, "python", "sql", "toml"))
def test_what_the_tour_quotes_stands_in_the_file(file: str, quoted: str) -> None:
    content = (ROOT / file).read_text("utf-8")
    at = 0
    for piece in re.split(r"^…\n", quoted, flags=re.MULTILINE):
        assert piece in content[at:], f"{file} has no longer\n{piece}"
        at = content.index(piece, at) + len(piece)


@pytest.mark.usefixtures("empty_department")
def test_the_tour_can_be_taken(hsf) -> None:
    for step in steps(TOUR.read_text("utf-8")):
        run = hsf(*shlex.split(step.command)[1:])
        said = (run.err + run.out).splitlines()
        assert is_as_shown(step.expected, said), f"{step.command}\n{run.err}{run.out}"
