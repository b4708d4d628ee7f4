"""A chart of Word's own: bars that can be edited, with their figures in a workbook inside."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from hsf_cli.documents import archives
from hsf_cli.documents.characters import printable
from hsf_cli.documents.document import Chart, Series
from hsf_cli.documents.word.file import TEXT_WIDTH

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHEET = "Tall"
_EMU_IN_A_MILLIMETRE = 36_000
# The bars stand beside each other where their labels have room, as far as that can be guessed.
_MOST_UPRIGHT = 12
_CHARACTERS_ACROSS = 90
_UPRIGHT_HEIGHT, _ROW_HEIGHT, _ROUND_THE_ROWS = 66, 5.5, 14
# The fill and the line of each series in turn.
_LOOKS = (("1D4A5C", "1D4A5C"), ("C9DBE2", "1D4A5C"), ("7D8F97", "7D8F97"), ("FFFFFF", "1D4A5C"))


def chart(word: "WordDocument", drawn: Chart, number: int, at: datetime) -> str:
    """The XML of a run with the chart, whose parts are put in the file; `number` is its own."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = word.part.package
    figures = Part(
        PackURI(f"/word/embeddings/figur{number}.xlsx"),
        _WORKBOOK_TYPE,
        _figures(drawn, at),
        package,
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
    part._blob = _chart_xml(drawn, part.relate_to(figures, f"{_RELATION}/package")).encode()
    place = word.part.relate_to(part, f"{_RELATION}/chart")
    return (
        f'<w:r><w:drawing xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" '
        f'xmlns:c="{_DRAWING}/chart"><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{_emu(TEXT_WIDTH)}" cy="{_emu(_height(drawn))}"/>'
        f'<wp:docPr id="{number}" name="Figur {number}" descr={_attribute(drawn.description)} '
        f"title={_attribute(drawn.title)}/><wp:cNvGraphicFramePr/>"
        f'<a:graphic><a:graphicData uri="{_DRAWING}/chart"><c:chart r:id="{place}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _emu(millimetres: float) -> int:
    return round(millimetres * _EMU_IN_A_MILLIMETRE)


def _attribute(words: str) -> str:
    return quoteattr(" ".join(printable(words).split()))


def _stands(drawn: Chart) -> bool:
    longest = max(map(len, drawn.labels), default=0)
    return len(drawn.labels) <= min(_MOST_UPRIGHT, _CHARACTERS_ACROSS // (longest + 2))


def _height(drawn: Chart) -> float:
    if _stands(drawn):
        return _UPRIGHT_HEIGHT
    return min(
        230, _ROUND_THE_ROWS + _ROW_HEIGHT * len(drawn.labels) * (0.4 + 0.6 * len(drawn.series))
    )


def _figures(drawn: Chart, at: datetime) -> bytes:
    """The workbook that Word opens to edit the figures."""
    from openpyxl import Workbook

    book = Workbook()
    page: Any = book.active
    page.title = _SHEET
    names = [series.name for series in drawn.series]
    for line, texts in enumerate([["", *names], *([label] for label in drawn.labels)], start=1):
        for column, words in enumerate(texts, start=1):
            cell = page.cell(line, column, printable(words)[:32_000])
            cell.data_type = "s"
    for column, series in enumerate(drawn.series, start=2):
        for line, value in enumerate(series.values, start=2):
            page.cell(line, column, value)
    return archives.workbook(book, at)


def _chart_xml(drawn: Chart, workbook: str) -> str:
    direction, order, below, beside = (
        ("col", "minMax", "b", "l") if _stands(drawn) else ("bar", "maxMin", "l", "t")
    )
    series = "".join(_series(drawn, number) for number in range(len(drawn.series)))
    legend = (
        '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>'
        if len(drawn.series) > 1
        else ""
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_DRAWING}/chart" xmlns:a="{_DRAWING}/main" xmlns:r="{_RELATION}">'
        '<c:date1904 val="0"/><c:lang val="nb-NO"/><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="clustered"/>'
        f'<c:varyColors val="0"/>{series}<c:gapWidth val="45"/>'
        '<c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{below}"/><c:numFmt formatCode="General" '
        'sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/>{_line("1C2326")}<c:crossAx val="2"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/>'
        f'</c:scaling><c:delete val="1"/><c:axPos val="{beside}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1"/>'
        '<c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
        f'</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"><a:solidFill>'
        '<a:srgbClr val="1C2326"/></a:solidFill><a:latin typeface="Arial"/><a:cs typeface="Arial"/>'
        '</a:defRPr></a:pPr><a:endParaRPr lang="nb-NO"/></a:p></c:txPr>'
        f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    )


def _line(colour: str) -> str:
    return (
        f'<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln>'
        "</c:spPr>"
    )


def _series(drawn: Chart, number: int) -> str:
    from openpyxl.utils import get_column_letter

    series = drawn.series[number]
    column, last = get_column_letter(number + 2), len(drawn.labels) + 1
    fill, line = _LOOKS[number % len(_LOOKS)]
    style = (
        f'<c:spPr><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill><a:ln w="9525"><a:solidFill>'
        f'<a:srgbClr val="{line}"/></a:solidFill></a:ln></c:spPr>'
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx>{_texts(f'${column}$1', [series.name])}</c:tx>{style}"
        '<c:invertIfNegative val="0"/>'
        f'<c:dLbls><c:numFmt formatCode="{_number_format(series)}" sourceLinked="0"/>'
        '<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:dLblPos val="outEnd"/>'
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat>{_texts(f'$A$2:$A${last}', drawn.labels)}</c:cat>"
        f"<c:val><c:numRef><c:f>{_SHEET}!${column}$2:${column}${last}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(drawn.labels)}"/>'
        f"{''.join(_points(series.values))}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _texts(cells: str, texts: Sequence[str]) -> str:
    points = "".join(_points([printable(words) for words in texts]))
    return (
        f"<c:strRef><c:f>{_SHEET}!{cells}</c:f><c:strCache>"
        f'<c:ptCount val="{len(texts)}"/>{points}</c:strCache></c:strRef>'
    )


def _points(values: Sequence[str | float | None]) -> Iterator[str]:
    for place, value in enumerate(values):
        if value is not None:
            yield f'<c:pt idx="{place}"><c:v>{escape(str(value))}</c:v></c:pt>'


def _number_format(series: Series) -> str:
    whole = all(value is None or float(value).is_integer() for value in series.values)
    return "#,##0" if whole else "#,##0.00"
