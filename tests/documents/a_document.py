"""A made-up report as a document, with every kind of block, for the tests of what writes them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone

from hsf_cli.documents.document import (
    Block,
    Bullets,
    Chart,
    Document,
    Grid,
    Heading,
    Note,
    Paragraph,
    Series,
    Span,
)
from hsf_cli.report.form import FormSection
from hsf_cli.report.forms import shipped

WRITTEN_AT = datetime(2026, 2, 3, 14, 5, tzinfo=timezone(timedelta(hours=1)))
YEARS = ("2019", "2020", "2021", "2022", "2023", "2024", "2025")
FIGURES = (48, 61, 0, 7, 1632, 12, 3, 105, 29, 20)

_SENTENCES = (
    "Avdelingen åpnet dørene hver tirsdag og torsdag gjennom hele året.",
    "Familiekontaktene møttes til veiledning én gang i måneden, og mange ble igjen over kaffen.",
    "Vi ser at flere familier står uten nettverk i nærheten, og at de ønsker avlastning.",
    "Styringsgruppen holdt fire møter om familieutvikling, økonomi og frivillighetsarbeid.",
    "Koordinatoren besøkte helsestasjonene i alle bydelene og fortalte om tilbudet.",
    "Etter sommeren kom det flere henvendelser enn vi hadde familiekontakter til.",
    "Det gjennomsnittlige oppdraget varte i ni måneder – litt lengre enn året før.",
    "Samarbeidet med barnehagene om «Bli kjent»-dagen fortsetter til neste år.",
)


def text(sentences: int, start: int = 0) -> str:
    """So many sentences of made-up running text."""
    return " ".join(_SENTENCES[(start + n) % len(_SENTENCES)] for n in range(sentences))


def said(words: str) -> Paragraph:
    """A paragraph in one style."""
    return Paragraph((Span(words),))


def listed(*items: str, ordered: bool = False) -> Bullets:
    """A list of one level."""
    return Bullets(tuple((said(item),) for item in items), ordered)


def document(
    blocks: Sequence[Block] = (),
    *,
    title: str = "Årsrapport 2025",
    department: str = "Home-Start Prøvedalen",
    whole: bool = True,
    marked: str = "",
    origin: tuple[str, ...] = ("Talt 03.02.2026 kl. 14.05 etter skjemaet fra 2023.",),
) -> Document:
    """A document with these blocks."""
    return Document(
        title, department, 2025, origin, WRITTEN_AT, tuple(blocks), whole=whole, marked=marked
    )


def report(paragraphs: int = 3, *, marked: str = "") -> Document:
    """A whole report: written chapters with so many paragraphs each, all tables, four charts."""
    return document(
        [
            *_written("Sammendrag", "", paragraphs),
            *_written("Historikk, visjon og mål", "1.0", paragraphs),
            Paragraph((Span("Alle barn skal ha en voksen som har tid."),), quoted=True),
            *_written("Målgruppe", "2.0", paragraphs),
            *_organisation(paragraphs),
            *_written("Økonomi", "4.0", paragraphs),
            _budget(),
            *_written("Aktiviteter: kurs, konferanser og samlinger", "5.0", paragraphs),
            _activities(),
            *statistics_blocks(),
            *_written("Samarbeidspartnere", "7.0", paragraphs),
            *_feedback(paragraphs),
            *_written("Måloppnåelse", "9.0", paragraphs),
        ],
        origin=(
            "Rapporten er låst 03.02.2026 kl. 14.05.",
            "Tallene er talt etter skjemaet fra 2023.",
        ),
        marked=marked,
    )


def statistics(*, marked: str = "") -> Document:
    """The statistics chapter alone."""
    return document(
        statistics_blocks()[1:],
        title="6.0 Statistikk over aktivitet på avdelingen",
        whole=False,
        marked=marked,
    )


def statistics_blocks() -> list[Block]:
    """The statistics chapter: the tables of the form of 2023 with made-up figures, and charts."""
    form = shipped(2023)
    return [
        Heading(1, form.title, form.number),
        *(block for section in form.sections for block in _section(section)),
    ]


def _section(section: FormSection) -> Iterator[Block]:
    yield Heading(2, section.title, section.number)
    for number, table in enumerate(section.tables):
        labels = [row.label.replace("{year}", "2025") for row in table.rows]
        rows = tuple(
            (label, _figure(number * 5 + line, row.unit))
            for line, (label, row) in enumerate(zip(labels, table.rows, strict=True))
        )
        yield Grid((table.heading, "Antall"), rows, table.heading or section.title)
        if number == 0:
            yield Note(f"3 av {len(rows)} står ikke i noen av radene: F2, F9 og F14.", "Mangler")
            yield Note("To av familiene flyttet i løpet av høsten.", "Merknad")
    yield from _charts(section.number)


def _figure(number: int, unit: str) -> str:
    figure = FIGURES[number % len(FIGURES)]
    written = f"{figure:,}".replace(",", "\N{NO-BREAK SPACE}")
    return written if unit == "antall" else f"{written},25"


def _charts(section: str) -> list[Chart]:
    return {"6.3": [AGES, YEAR_BY_YEAR], "6.6": [SOURCES], "6.7": [DURATIONS]}.get(section, [])


AGES = Chart(
    "Barnas alder",
    ("0–2 år", "3–6 år", "7–12 år", "13–18 år"),
    (Series("Barn", (48, 61, 29, 7)),),
    "Barnas alder: 0–2 år 48, 3–6 år 61, 7–12 år 29, 13–18 år 7.",
)
DURATIONS = Chart(
    "Oppdragenes varighet",
    ("0–6 mnd.", "7–9 mnd.", "10–12 mnd.", "Over 12 mnd.", "Pågående"),
    (Series("Oppdrag", (12, 9, None, 0, 31)),),
    "Oppdragenes varighet: 12 til 6 mnd., 9 til 9, skjult til 12, ingen lengre, og 31 pågående.",
)
SOURCES = Chart(
    "Hvem tok kontakt",
    tuple(row.label for row in shipped(2023).sections[5].tables[0].rows),
    (Series("Henvendelser", (75, 51, 11, 0, 7, 4, 1, 2, 3, 9, 12, 4, 21, 2)),),
    "Hvem tok kontakt: flest familier selv, 75, og helsestasjonen, 51.",
)
YEAR_BY_YEAR = Chart(
    "Familier og barn år for år",
    YEARS,
    (
        Series("Familier", (31, 34, 28, 39, 48, 52, 61)),
        Series("Barn", (64, 70, 55, 81, 105, 112, 138)),
    ),
    "Familier og barn fra 2019 til 2025: familiene gikk fra 31 til 61, barna fra 64 til 138.",
)
NOTHING = Chart(
    "Ingen ennå", ("Vår", "Høst"), (Series("Kurs", (0, 0)),), "Kurs: ingen på våren eller høsten."
)
ONE_HUGE = Chart(
    "Timer frivillighet",
    ("I oppdrag", "Kjøring", "Øvrig"),
    (Series("Timer", (1234567.5, 3, 0)),),
    "Timer: 1 234 567,5 i oppdrag, 3 til kjøring, ingen til øvrige aktiviteter.",
)
CHARTS = (AGES, DURATIONS, SOURCES, YEAR_BY_YEAR, NOTHING, ONE_HUGE)


def _written(title: str, number: str, paragraphs: int) -> list[Block]:
    first = Paragraph(
        (
            Span("Året var godt. ", bold=True),
            Span(text(5)),
            Span(" Tusen takk!", italic=True),
            Span(" ("),
            Span("uten dere", bold=True, italic=True),
            Span(" gikk det ikke.)"),
        )
    )
    rest = [said(text(6, start)) for start in range(1, paragraphs)]
    return [Heading(1, title, number), first, *rest]


def _organisation(paragraphs: int) -> list[Block]:
    nested = Bullets(
        (
            (said("Styringsgruppen, med møter hver sjette uke:"), listed("leder", "to medlemmer")),
            (said("Koordinatorene"), listed("Kari, 60 %", "Ola, 40 %", ordered=True)),
            (said(text(2)), said("Et avsnitt til i samme punkt.")),
        )
    )
    return [
        Heading(1, "Organisering av avdelingen", "3.0"),
        Heading(2, "Driftsansvarlig", "3.1"),
        said(text(4)),
        Heading(2, "Personalsituasjonen", "3.2"),
        said("Avdelingen har disse:"),
        nested,
        Heading(3, "Stillinger"),
        *(said(text(5, start)) for start in range(paragraphs)),
        Heading(2, "Ressursgruppen", "3.3"),
        listed("Helsestasjonen", "Barnehagen", "Menigheten", ordered=True),
    ]


def _budget() -> Grid:
    rows = (
        ("Tilskudd fra kommunen", "650 000", "650 000", "0"),
        ("Lønn", "590 000", "612 500", "−22 500"),
        ("Kurs og samlinger", "40 000", "31 250", "8 750"),
    )
    return Grid(
        ("Post", "Budsjett", "Regnskap", "Avvik"),
        tuple(
            (post, *(figure.replace(" ", "\N{NO-BREAK SPACE}") for figure in figures))
            for post, *figures in rows
        ),
        "Budsjett og regnskap",
    )


def _activities() -> Grid:
    return Grid(
        ("Dato", "Aktivitet", "Sted"),
        tuple(
            (f"{day:02}.09.2025", name, "Frivilligsentralen, Storgata 1")
            for day, name in enumerate(
                ("Kveldsmat for familier", "Tur til gården", "Foredrag om søvn og grenser"), 12
            )
        ),
        "Aktiviteter for familier",
        texts=True,
    )


def _feedback(paragraphs: int) -> list[Block]:
    return [
        *_written("Tilbakemeldinger", "8.0", paragraphs),
        Paragraph(
            (Span("Det beste var at noen kom "), Span("hver uke", italic=True), Span(".")),
            quoted=True,
        ),
        Paragraph((Span("Jeg fikk puste litt."),), quoted=True),
    ]
