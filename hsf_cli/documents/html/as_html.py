"""A document as one HTML file: no script, nothing from outside, for the screen and for paper."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

from hsf_cli import dates
from hsf_cli.documents import pieces
from hsf_cli.documents.characters import printable
from hsf_cli.documents.document import Document, Heading
from hsf_cli.documents.html.chart_svg import chart_svg

_FOLDER = Path(__file__).parent
_TEMPLATE, _STYLE = "report.html.j2", "report.css"
_HIGHEST_HEADING = 2
# The page of a browser that prints says whose it is. Every text in it is spelled out.
_PAGE = """\
@page {{
  @top-right {{ content: {marked}; font-weight: 600; }}
  @bottom-left {{ content: {whose}; }}
  @bottom-right {{ content: "Side " counter(page) " av " counter(pages); }}
}}
"""


def as_html(document: Document) -> str:
    """The document as the text of an HTML file."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    blocks = [
        (type(block).__name__, f"d{number}", block)
        for number, block in enumerate(pieces.laid_out(document, _HIGHEST_HEADING), start=1)
    ]
    style = _style(document)
    return environment.get_template(_TEMPLATE).render(
        document=document,
        blocks=blocks,
        contents=[
            (place, block)
            for _, place, block in blocks
            if isinstance(block, Heading) and pieces.is_listed(block, _HIGHEST_HEADING)
        ],
        written=dates.written_moment(document.written_at),
        style=Markup(style),
        digest=b64encode(sha256(style.encode()).digest()).decode(),
        pieces=pieces,
        svg=chart_svg,
    )


def _printed(value: Any) -> Any:
    """What an expression in the template gives, as a document can hold it."""
    return printable(value) if type(value) is str else value


def _style(document: Document) -> str:
    page = _PAGE.format(
        marked=_quoted(document.marked),
        whose=_quoted(f"{document.department} · {document.year}"),
    )
    return (_FOLDER / _STYLE).read_text(encoding="utf-8") + page


def _quoted(text: str) -> str:
    """A string of CSS that no text can end."""
    return '"{}"'.format(
        "".join(
            character if character.isalnum() else f"\\{ord(character):06x}"
            for character in printable(text)
        )
    )
