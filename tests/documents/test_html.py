"""A document as HTML, read back by a parser."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from hsf_cli.documents.document import Chart, Document, Grid, Paragraph, Series, Span
from hsf_cli.documents.html.as_html import as_html
from tests.documents.a_document import (
    CHARTS,
    NOTHING,
    SOURCES,
    YEAR_BY_YEAR,
    document,
    report,
    said,
    statistics,
)
from tests.documents.told import (
    CONTROLS,
    CONTROLS_MARKED,
    LONG,
    STRANGE,
    charted,
    strange,
    told,
)

VOID = {"meta", "br", "rect", "line", "link", "img", "input", "hr"}


class Page(HTMLParser):
    """What a parser finds: the elements with their attributes, the text, and what is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.style = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style += data
        else:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of each such element."""
        return [attributes for name, attributes in self.elements if name == tag]


def squeezed(text: str) -> str:
    return "".join(text.split())


def page(*blocks: Paragraph | Grid | Chart) -> Page:
    return Page(as_html(document(blocks)))


def test_every_text_and_figure_is_there() -> None:
    found = squeezed(Page(as_html(report())).text)
    texts = [*told(report()), *charted(report())]
    assert [text for text in texts if squeezed(text) not in found] == []


def test_everything_that_is_opened_is_closed() -> None:
    assert Page(as_html(report(marked="Fortrolig"))).open == []


@pytest.mark.parametrize("whole", [report(), statistics(marked="Fortrolig")])
def test_nothing_in_it_runs_or_comes_from_outside(whole: Document) -> None:
    html = as_html(whole)
    found = Page(html)
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & {
        tag for tag, _ in found.elements
    }
    assert "http:" not in html
    assert "https:" not in html
    assert "url(" not in html
    assert "@import" not in html
    addresses = [values[name] for _, values in found.elements for name in values if name == "href"]
    assert all(address.startswith("#") for address in addresses)
    assert not [name for _, values in found.elements for name in values if name.startswith("on")]


def test_the_browser_is_told_to_refuse_all_but_its_own_style_sheet() -> None:
    found = Page(as_html(report()))
    (policy,) = [meta["content"] for meta in found.all("meta") if "http-equiv" in meta]
    digest = base64.b64encode(hashlib.sha256(found.style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not [values for _, values in found.elements if "style" in values]


def test_it_can_be_read_aloud_and_by_keyboard() -> None:
    found = Page(as_html(report()))
    assert found.all("html") == [{"lang": "nb"}]
    for landmark in ("header", "nav", "main", "footer", "h1"):
        assert len(found.all(landmark)) == 1
    identities = [values["id"] for _, values in found.elements if "id" in values]
    assert len(set(identities)) == len(identities)
    links = {values["href"].removeprefix("#") for values in found.all("a")}
    assert links <= set(identities)
    skip = next(attributes for tag, attributes in found.elements if tag == "a")
    assert skip["href"] == f"#{found.all('main')[0]['id']}"
    assert len(found.all("caption")) == len(found.all("table"))
    assert {header["scope"] for header in found.all("th")} == {"col", "row"}


def test_headings_skip_no_level() -> None:
    levels = [int(tag[1]) for tag, _ in Page(as_html(report())).elements if re.match(r"h\d", tag)]
    assert levels[0] == 1
    assert all(later <= level + 1 for level, later in pairwise(levels))


def test_it_has_a_look_for_paper_for_the_dark_and_for_a_small_screen() -> None:
    found = Page(as_html(report(marked="«Fortrolig»")))
    for rule in ("@media print", "prefers-color-scheme: dark", "size: A4", "table-header-group"):
        assert rule in found.style
    assert r'content: "\0000abFortrolig\0000bb"' in found.style
    assert {"name": "color-scheme", "content": "light dark"} in found.all("meta")
    assert any(meta.get("name") == "viewport" for meta in found.all("meta"))


def test_charts_are_drawings_that_say_what_they_show() -> None:
    found = page(*CHARTS)
    drawings = found.all("svg")
    assert len(drawings) == len(CHARTS)
    assert {drawing["role"] for drawing in drawings} == {"img"}
    for drawing, chart in zip(drawings, CHARTS, strict=True):
        title, description = drawing["aria-labelledby"].split()
        assert {"id": title} in found.all("title")
        assert {"id": description} in found.all("desc")
        assert chart.description in found.text


def test_bars_are_as_long_as_their_figures() -> None:
    bars = page(YEAR_BY_YEAR).all("rect")[2:]  # after the two of the legend
    heights = [float(bar["height"]) for bar in bars]
    values = [value for pair in zip(*(s.values for s in YEAR_BY_YEAR.series), strict=True) for value in pair]  # fmt: skip  # noqa: E501
    assert [round(height / max(heights), 2) for height in heights] == [
        round((value or 0) / 138, 2) for value in values
    ]
    widths = [float(bar["width"]) for bar in page(SOURCES).all("rect")]
    assert round(widths[1] / widths[0], 2) == round(51 / 75, 2)


@pytest.mark.parametrize(
    "chart",
    [
        NOTHING,
        Chart("Ukjent", ("a",), (Series("s", (None,)),), "Ukjent"),
        Chart("Under null", ("a", "b"), (Series("s", (-3, 2.5)),), "Under null"),
        Chart(LONG, (LONG, "b"), (Series(LONG, (1, 2)),) * 6, LONG),
    ],
    ids=lambda chart: chart.title[:10],
)
def test_every_chart_can_be_drawn_inside_its_frame(chart: Chart) -> None:
    (drawing,) = (found := page(chart)).all("svg")
    _, _, width, height = map(float, drawing["viewbox"].split())
    for bar in found.all("rect"):
        assert 0 <= float(bar["x"]) <= float(bar["x"]) + float(bar["width"]) <= width + 0.1
        assert 0 <= float(bar["y"]) <= float(bar["y"]) + float(bar["height"]) <= height + 0.1


@pytest.mark.parametrize("labels", [(), ("a",)])
def test_a_chart_of_nothing_is_left_out(labels: tuple[str, ...]) -> None:
    assert page(Chart("Tom", labels, (), "Tom")).all("figure") == []


@pytest.mark.parametrize("text", STRANGE)
def test_what_people_wrote_is_text(text: str) -> None:
    plain, found = Page(as_html(strange("vanlig"))), Page(as_html(strange(text)))
    assert [tag for tag, _ in found.elements] == [tag for tag, _ in plain.elements]
    words = squeezed(found.text)
    assert [one for one in told(strange(text)) if squeezed(one) not in words] == []


def test_characters_that_no_document_has_are_marked() -> None:
    assert CONTROLS_MARKED in Page(as_html(document([said(CONTROLS)]))).text


def test_a_line_that_was_broken_on_purpose_is_kept() -> None:
    assert "en\nto" in page(Paragraph((Span("en\nto"),))).text


def test_the_same_document_is_the_same_text() -> None:
    assert as_html(report()) == as_html(report())
