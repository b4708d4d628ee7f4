"""What is made in docs/: what stands there is what `make docs` writes."""

import re
import struct
from html import unescape
from pathlib import Path

import pytest

from docs.making.counts import GOES_ON
from docs.making.everything import EVERYTHING, Paper, Window, made

DOCS = Path(__file__).parent.parent / "docs"
GUIDE = DOCS.parent / "hsf_cli" / "guide"
PICTURE = re.compile(r"!\[[^]]*\]\((?:docs/)?(bilder/[^)]+)\)")


# Two seconds: nineteen commands run over the demo. There is no other way to know.
def test_what_is_made_is_what_stands_there() -> None:
    texts = [name for name, maker in EVERYTHING.items() if not isinstance(maker, Paper)]
    for name, content in made(texts).items():
        told = words if name.endswith(".svg") else str
        assert told(content.decode()) == told((DOCS / name).read_text("utf-8")), (
            f"docs/{name} is not what the program shows now: run `make docs` and look at it"
        )


@pytest.mark.parametrize(
    "name", [name for name, maker in EVERYTHING.items() if isinstance(maker, Paper)]
)
def test_a_page_of_a_document_is_large_enough_to_read_and_no_larger(name) -> None:
    content = (DOCS / name).read_bytes()
    width, height = struct.unpack(">II", content[16:24])
    assert content.startswith(b"\x89PNG")
    assert 600 <= width <= 1100
    assert 200 <= height <= 1100
    assert len(content) < 150_000


def test_every_picture_that_is_shown_is_made() -> None:
    pages = [*DOCS.glob("*.md"), *GUIDE.glob("*.md"), DOCS.parent / "README.md"]
    shown = {name for page in pages for name in PICTURE.findall(page.read_text("utf-8"))}
    assert shown <= EVERYTHING.keys()


def test_a_window_tells_its_command_and_needs_nothing_from_the_net() -> None:
    for name, maker in EVERYTHING.items():
        if isinstance(maker, Window):
            drawn = (DOCS / name).read_text("utf-8")
            assert maker.command in words(drawn)
            assert "url(" not in drawn.replace("url(#", "")
            assert re.findall(r"https?://[^\"]+", drawn) == ["http://www.w3.org/2000/svg"]


@pytest.mark.parametrize(
    ("section", "row"),
    [
        ("6.2", "Pensjonister"),
        ("6.3", "Ugift / enslig (*Aleneforelder)"),
        ("6.7", "Gjennomsnittlig besøkstid i timer"),
        ("6.8", "Antall årsverk"),
        ("6.9", "Politi"),
    ],
)
def test_a_row_of_the_page_says_what_its_proof_says(section, row, hsf, empty_department) -> None:
    proof = hsf("rapport", "bevis", 2025, section, "--rad", row).out
    above, said = counted(section, row)
    if said.startswith(GOES_ON):
        said = f"{above.removesuffix(' …')}, {said.removeprefix(GOES_ON)}"
    assert f"    {said}\n" in proof


def counted(section: str, row: str) -> tuple[str, str]:
    """What stands above a row's table on the page, and in the row."""
    page = (DOCS / "tallene.md").read_text("utf-8")
    part = page.split(f"### {section} ")[1].split("\n#")[0].replace("\\", "")
    before, after = part.split(f"| {row} | ", 1)
    return before.split("\n\n")[-2], after.split(" |\n")[0]


def words(drawn: str) -> list[str]:
    """The texts of a picture, without where and how they stand."""
    texts = re.sub(r"<style>.*?</style>|<[^>]+>", "\n", drawn, flags=re.DOTALL)
    return unescape(texts).replace("\xa0", " ").split("\n")
