"""An empty Word file that is dressed as a report: its styles, page, footer and properties."""

from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from hsf_cli.documents.archives import universal
from hsf_cli.documents.characters import printable
from hsf_cli.documents.document import Document

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
LANGUAGE = "nb-NO"
# A4, with 25 millimetres on each side.
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 210, 297, 25
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN

_FOLDER = Path(__file__).parent
_STYLES, _NUMBERING, _SETTINGS = "styles.xml", "numbering.xml", "settings.xml"
# What the library's own empty file has beside the text, which is not this report's.
_NOT_OURS = ("thumbnail", "customXml", "stylesWithEffects", "webSettings", "extended-properties")
_LONGEST_PROPERTY = 255


def empty_file(document: Document) -> "WordDocument":
    """The file that the document is to be written in."""
    import docx

    word = docx.Document()
    _refill(word.styles.element, _STYLES)
    _refill(word.part.numbering_part.element, _NUMBERING)
    _refill(word.settings.element, _SETTINGS)
    for owner in (word.part, word.part.package):
        for place, relation in list(owner.rels.items()):
            if relation.reltype.endswith(_NOT_OURS):
                del owner.rels[place]
    _set_page(word, document)
    _set_properties(word, document)
    return word


def text(words: str) -> str:
    """The words as the XML of a run has them, with its own marks for a new line and a tab."""
    pieces = [
        f'<w:t xml:space="preserve">{escape(piece.replace(chr(9), " "))}</w:t>' if piece else ""
        for piece in printable(words).split("\n")
    ]
    return "<w:br/>".join(pieces)


def _refill(part: Any, name: str) -> None:
    from docx.oxml import parse_xml

    part[:] = list(parse_xml((_FOLDER / name).read_bytes()))


def _set_page(word: "WordDocument", document: Document) -> None:
    from docx.shared import Mm

    section = word.sections[0]
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin, section.bottom_margin = Mm(25), Mm(24)
    section.header_distance = section.footer_distance = Mm(12)
    # The front page has neither footer nor number.
    section.different_first_page_header_footer = document.whole
    whose = text(f"{document.department} · {document.year}")
    _fill(
        section.footer,
        f"<w:r>{whose}</w:r><w:r><w:tab/></w:r><w:r>{text('Side ')}</w:r>{_field('PAGE')}"
        f"<w:r>{text(' av ')}</w:r>{_field('NUMPAGES')}",
    )
    if document.marked:
        for header in (section.header, section.first_page_header)[: 1 + document.whole]:
            _fill(header, f"<w:r>{text(document.marked)}</w:r>")


def _fill(part: Any, runs: str) -> None:
    from docx.oxml import parse_xml

    (paragraph,) = part.paragraphs
    paragraph._p.extend(list(parse_xml(f"<w:p {NAMESPACES}>{runs}</w:p>")))


def _field(name: str) -> str:
    """A number that every program works out for itself when it shows the page."""
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _set_properties(word: "WordDocument", document: Document) -> None:
    department = printable(document.department)[:_LONGEST_PROPERTY]
    properties = word.core_properties
    properties.title = printable(document.title)[:_LONGEST_PROPERTY]
    properties.subject = str(document.year)
    properties.author = properties.last_modified_by = department
    properties.comments = ""
    properties.category = printable(document.marked)[:_LONGEST_PROPERTY]
    properties.language = LANGUAGE
    properties.revision = 1
    properties.created = properties.modified = universal(document.written_at)
