"""Reports as text copied out of a PDF: the labels, their figures, and what is neither."""

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_cli.report.forms import beginning, load, shipped
from hsf_cli.report.reading import understanding
from hsf_cli.report.reading.labels import labels
from hsf_cli.report.reading.lines import Document
from hsf_cli.report.reading.text_file import of_text
from hsf_cli.report.reading.understanding import Understood, understood
from tests.report.published import published, published_cells
from tests.report.reading.conftest import Read
from tests.report.reading.printed import Layout, Values, printed, read_values, values

EDITIONS = [2022, 2023]
REMARK = "Her er også de familiene som fikk plass på turen i august, uten å ha familiekontakt."
NUMBERED_REMARK = "Vi hadde i tillegg 3 barn på leir, og de er ikke med i tabellen over."


def read_text(text: str) -> Understood:
    """A text that is a report, read."""
    found = understood(of_text(text))
    assert found is not None
    return found


def remarks(found: Understood) -> list[str]:
    """What is told of, but for what was not found."""
    return [line for line in found.not_understood if not line.startswith("Fant ikke")]


def not_found(found: Understood) -> list[str]:
    """The rows, tables and sections that were not found."""
    return [
        line.removeprefix("Fant ikke: ") for line in found.not_understood if line.startswith("Fant")
    ]


@pytest.mark.parametrize("name", ["kongsvinger_2023", "asker_2022"])
def test_a_published_form_printed_as_text_gives_every_cell_back(name: str, read: Read) -> None:
    form = published(name)
    cells = published_cells(form)
    rows = list(shipped(form["edition"]).rows)
    figures = {row.key: cell.figure for row, cell in zip(rows, cells, strict=True)}
    found = read(printed(form["edition"], figures, form["year"]))
    assert [(cell.section, cell.heading, cell.label, str(cell.value)) for cell in found.cells] == [
        (
            cell.section,
            cell.heading,
            cell.label.replace("{year}", str(form["year"])),
            str(cell.figure),
        )
        for cell in cells
    ]
    assert (found.edition, found.year) == (form["edition"], form["year"])
    assert found.not_understood == ()


@pytest.mark.parametrize("edition", EDITIONS)
@settings(max_examples=12)
@given(
    seed=st.integers(0, 1000),
    layout=st.builds(
        Layout,
        width=st.integers(40, 120),
        chapter=st.sampled_from([0, 5, 6, 7, 8]),
        lone=st.sampled_from([0, 0.3, 1]),
        beside_first=st.sampled_from([0, 0.4]),
        blank_lines=st.integers(0, 2),
        remarks=st.dictionaries(
            st.sampled_from([str(n) for n in range(1, 9)]),
            st.sampled_from([REMARK, NUMBERED_REMARK]),
            max_size=3,
        ),
        without=st.sets(st.sampled_from([str(n) for n in range(1, 9)]), max_size=3).map(tuple),
        others=st.booleans(),
    ),
)
def test_every_figure_is_read_whatever_the_layout(edition: int, seed: int, layout: Layout) -> None:
    figures = values(edition, seed)
    found = read_text(printed(edition, figures, 2023, layout))
    without = {
        row.key
        for section in shipped(edition).sections
        if section.number.partition(".")[2] in layout.without
        for table in section.tables
        for row in table.rows
    }
    assert found.edition == edition
    assert read_values(found) == {
        key: None if key in without else figure for key, figure in figures.items()
    }
    kept = {text for second, text in layout.remarks.items() if second not in layout.without}
    assert set(remarks(found)) == kept
    titles = [f"{section.number} {section.title}" for section in shipped(edition).sections]
    assert not_found(found) == [
        title for title in titles if title.split()[0].partition(".")[2] in layout.without
    ]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_a_text_is_read_in_any_usual_encoding(edition: int, encoding: str, read: Read) -> None:
    figures = values(edition)
    found = read(printed(edition, figures, 2021), encoding=encoding)
    assert read_values(found) == figures
    assert found.year == 2021


@pytest.mark.parametrize(
    "spelled",
    [
        str.upper,
        str.lower,
        lambda text: text.replace("–", "-"),
        lambda text: text.replace("-", "—"),
        lambda text: text.replace(" ", "\N{NO-BREAK SPACE}"),
        lambda text: text.replace("familie", "fami\N{SOFT HYPHEN}lie"),
        lambda text: text.replace("fi", "\N{LATIN SMALL LIGATURE FI}"),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("/ ", "/").replace(" /", "/"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("Antall:", "Antall"),
        lambda text: text.replace("Antall ", ""),
    ],
)
@pytest.mark.parametrize("edition", EDITIONS)
def test_case_spaces_dashes_and_ligatures_make_no_difference(edition: int, spelled: object) -> None:
    figures = values(edition, blank=0.1)
    assert callable(spelled)
    found = read_text(spelled(printed(edition, figures, 2023)))
    assert read_values(found) == figures
    assert remarks(found) == []


@pytest.mark.parametrize(
    ("printed_as", "figure"),
    [
        ("728,8", "728.8"),
        ("175,33", "175.33"),
        ("1 632,9", "1632.9"),
        ("1\N{NO-BREAK SPACE}632,90", "1632.90"),
        ("1.632,9", "1632.9"),
        ("0,5", "0.5"),
        ("81", "81"),
        ("81 timer", "81"),
        ("........ 81", "81"),
        (": 81", "81"),
        ("-", "None"),
        ("–", "None"),
        ("", "None"),
    ],
)
def test_a_figure_keeps_the_decimals_as_printed(printed_as: str, figure: str) -> None:
    text = with_row(
        "Timer totalt som familiekontaktene har brukt i oppdrag med familier", printed_as
    )
    found = read_text(text)
    assert str(read_values(found)["hours.assignments"]) == figure
    assert found.not_understood == ()


@pytest.mark.parametrize("printed_as", ["3 5", "3,5", "-3", "syv", "12345678901"])
def test_what_cannot_be_a_count_is_told_and_not_guessed(printed_as: str) -> None:
    found = read_text(with_row("Yrkesaktive", printed_as))
    assert read_values(found)["volunteers.occupation.yrkesaktiv"] is None
    assert remarks(found) == [f"Yrkesaktive {printed_as}"]


@pytest.mark.parametrize(
    ("row", "key", "figure"),
    [
        (
            "Kommunalt hjelpeapparat, helsestasjon ovenfor 4",
            "inquiries.source.kommunalt_fastlege",
            4,
        ),
        (
            "Kommunalt hjelpeapparat, helsestasjon ovenfor",
            "inquiries.source.kommunalt_fastlege",
            None,
        ),
        ("Krisesenter 3 (samme familie)", "inquiries.source.krisesenter", 3),
        ("Familievern ca. 30", "inquiries.source.familievern", 30),
    ],
)
def test_an_addition_to_a_label_is_told_and_its_figure_read(
    row: str, key: str, figure: int | None
) -> None:
    label = next(one.label for one in shipped(2023).rows if one.key == key)
    found = read_text(with_row(label, row.removeprefix(label)))
    assert read_values(found)[key] == figure
    assert remarks(found) == [row]


def with_row(label: str, printed_as: str, edition: int = 2023) -> str:
    """A report in which the row of that label is printed with that behind it; the rest are 4."""
    figures: Values = dict.fromkeys(values(edition), 4)
    lines = printed(edition, figures, 2023, Layout(width=200)).split("\n")
    place = lines.index(f"{label} 4 ")
    lines[place] = f"{label} {printed_as}".strip() if printed_as[:1] != "," else label + printed_as
    return "\n".join(lines)


ANDRE = "inquiries.source.other"


@pytest.mark.parametrize(
    "rows",
    [
        ["Andre: Krisesenter 5", "Andre: NAV 6"],
        ["Andre (beskriv): Krisesenter 5", "Andre (beskriv): NAV 6"],
        ["Andre Krisesenter 5", "Andre NAV 6"],
        ["Andre", "Krisesenter 5", "NAV 6"],
        ["Andre:", "- Krisesenter 5", "- NAV 6"],
        ["Krisesenter 5", "NAV 6"],
        ["Andre: Krisesenter", "5", "Andre: NAV", "6"],
    ],
)
def test_a_row_of_the_form_that_was_printed_as_two_is_added_together(rows: list[str]) -> None:
    text = with_row("Andre", "4", 2022).replace("\nAndre 4\n", "\n" + "\n\n".join(rows) + "\n")
    found = read_text(text)
    assert read_values(found)[ANDRE] == 11
    assert len(remarks(found)) == 2
    assert all(line.endswith("(regnet med i «Andre»)") for line in remarks(found))
    assert not_found(found) == []


def test_what_a_row_is_made_of_is_not_added_to_it_again() -> None:
    rows = "\nAndre 11\n\nAndre: Krisesenter 5\n\nAndre: NAV 6\n"
    found = read_text(with_row("Andre", "4", 2022).replace("\nAndre 4\n", rows))
    assert read_values(found)[ANDRE] == 11
    assert remarks(found) == ["Andre: Krisesenter 5", "Andre: NAV 6"]


def test_a_row_of_the_departments_own_is_told_where_the_form_has_its_figure() -> None:
    rows = "\nAndre 4\n\nBesøkssenteret 6\n"
    found = read_text(with_row("Andre", "4", 2022).replace("\nAndre 4\n", rows))
    assert read_values(found)[ANDRE] == 4
    assert remarks(found) == ["Besøkssenteret 6"]


@pytest.mark.parametrize(
    ("label", "spelled"),
    [
        ("Helsemessige utfordringer foreldre", "Helsemessig utfordringer hos foreldre"),
        ("Samlivsutfordringer hos foreldre", "Samlivsutfordringar hos foreldre"),
        ("Arbeidsledig", "Arbeidsledige"),
        ("Oppdrag med oppstart før kl. 15.00", "Oppdrag med oppstart før kl 15"),
        ("Gjennomsnittlig besøkstid i timer", "Gjenomsnittlig besøkstid i timer"),
    ],
)
def test_a_small_difference_in_spelling_is_looked_past(label: str, spelled: str) -> None:
    found = read_text(with_row(label, "9").replace(label, spelled))
    key = next(row.key for row in shipped(2023).rows if row.label == label)
    assert read_values(found)[key] == 9
    assert found.not_understood == ()


def test_children_of_one_age_are_never_taken_for_those_of_another() -> None:
    lines = with_row("Barn 0 – 2 år", "9").split("\n")
    found = read_text("\n".join(line for line in lines if line != "Barn 3 – 6 år 4 "))
    read = read_values(found)
    assert (read["children.0-2"], read["children.3-6"], read["children.7-12"]) == (9, None, 4)
    assert not_found(found) == ["6.3 Barn 3 – 6 år"]


def test_labels_that_differ_in_one_word_are_never_taken_for_each_other() -> None:
    lines = with_row("Familier hvor noen har innvandrerbakgrunn", "9").split("\n")
    found = read_text(
        "\n".join(line for line in lines if not line.startswith("Familier hvor ingen har"))
    )
    read = read_values(found)
    assert read["families.special_needs.norsk"] is None
    assert read["families.special_needs.innvandrer_blandet"] == 9


def test_the_same_label_in_several_tables_goes_by_the_tables_that_are_there() -> None:
    text = printed(2023, dict.fromkeys(values(2023), 4), 2023)
    start = text.index("Mannlige familiekontakter")
    end = text.index("Annet kjønn familiekontakter")
    found = read_text(text[:start] + text[end:])
    read = read_values(found)
    assert {key.split(".")[2] for key in read if ".gender." in key and read[key] == 4} == {
        "kvinne",
        "annet",
    }
    assert "6.2 Alder 18-24 år (under «Mannlige familiekontakter»)" in not_found(found)


def test_the_familiekontakter_of_6_10_are_not_taken_for_the_families_above_them() -> None:
    text = printed(2023, dict.fromkeys(values(2023), 4), 2023)
    start = text.index("Familier Antall:")
    found = read_text(text[:start] + text[text.index("Familiekontakter Antall:") :])
    read = read_values(found)
    assert {read[key] for key in read if key.startswith("volunteers.found_us.")} == {4}
    assert {read[key] for key in read if key.startswith("families.found_us.")} == {None}
    assert not_found(found) == ["6.10 Familier"]


def test_rows_in_another_order_are_read_within_their_table() -> None:
    text = printed(2023, values(2023, blank=0), 2023, Layout(width=200))
    lines = text.split("\n")
    ppt, nav = (
        next(place for place, line in enumerate(lines) if line.startswith(word))
        for word in ("PPT", "NAV")
    )
    lines[ppt], lines[nav] = "NAV 8", "PPT 9"
    read = read_values(read_text("\n".join(lines)))
    assert (read["inquiries.source.nav"], read["inquiries.source.ppt"]) == (8, 9)


def test_a_column_of_figures_that_was_copied_by_itself_is_read_where_the_numbers_agree() -> None:
    text = with_row("PPT", "4")
    alone = ["Pensjonister", "Yrkesaktive", "Studenter", "Uføretrygdet", "Arbeidsledig", "Annet"]
    rows = "\n\n".join(f"{label} 4 " for label in alone).replace("\n\n", "\n \n")
    assert rows in text
    columns = "\n".join([*alone, "1", "2", "3", "4", "5", "6"])
    read = read_values(read_text(text.replace(rows, columns)))
    occupations = [row.key for row in shipped(2023).rows if ".occupation." in row.key]
    assert [read[key] for key in occupations] == [1, 2, 3, 4, 5, 6]


def test_a_column_that_has_fewer_figures_than_labels_is_told_and_not_guessed() -> None:
    text = with_row("PPT", "4")
    alone = ["Pensjonister", "Yrkesaktive", "Studenter", "Uføretrygdet", "Arbeidsledig", "Annet"]
    rows = "\n \n".join(f"{label} 4 " for label in alone)
    found = read_text(text.replace(rows, "\n".join([*alone, "1", "2", "3"])))
    read = read_values(found)
    assert {read[row.key] for row in shipped(2023).rows if ".occupation." in row.key} == {None}
    assert remarks(found) == ["1 2 3"]


@pytest.mark.parametrize("seed", range(3))
def test_page_numbers_and_running_heads_are_no_figures(seed: int) -> None:
    figures = values(2023, seed, blank=0.5)
    lines = printed(2023, figures, 2023, Layout(width=90)).split("\n")
    pages = [lines[start : start + 40] for start in range(0, len(lines), 40)]
    text = "\f".join(
        "\n".join(["Årsrapport for Home-Start Prøve", "", *page, "", str(number)])
        for number, page in enumerate(pages, start=5)
    )
    found = read_text(text)
    assert read_values(found) == figures
    assert found.not_understood == ()


def test_figures_on_lines_of_their_own_are_read_at_the_foot_and_head_of_pages() -> None:
    figures: Values = dict.fromkeys(values(2023), 4)
    lines = printed(2023, figures, 2023, Layout(lone=1, width=90)).split("\n")
    pages = ["\n".join(lines[start : start + 37]) for start in range(0, len(lines), 37)]
    found = read_text("\f".join(pages))
    assert read_values(found) == figures
    assert found.not_understood == ()


def test_page_numbers_are_known_without_page_breaks_too() -> None:
    figures = values(2023, blank=0.5)
    lines = printed(2023, figures, 2023, Layout(width=200)).split("\n")
    for number, start in enumerate(range(0, len(lines), 60)):
        lines[start + number : start + number] = ["", str(9 + number), ""]
    assert read_values(read_text("\n".join(lines))) == figures


def test_a_remark_goes_on_over_the_foot_and_the_head_of_a_page() -> None:
    lines = printed(2023, values(2023), 2023, Layout(width=60, remarks={"3": REMARK})).split("\n")
    place = next(place for place, line in enumerate(lines) if REMARK.startswith(line) and line)
    foot = ["", "Årsrapport for Home-Start Prøve", "Side {} av 9", "\f"]
    for number, line in enumerate([place + 20, place + 1, place - 40]):
        lines[line:line] = [word.format(number) for word in foot]
    assert read_text("\n".join(lines)).not_understood == (REMARK,)


def test_a_row_of_the_departments_own_has_its_figure_beside_it() -> None:
    text = with_row("Politi", "4").replace("\nPoliti 4\n", "\nPoliti 4\n\nBibliotek\n\n6\n")
    assert remarks(read_text(text)) == ["Bibliotek 6"]


def test_sections_in_another_order_are_read_under_their_titles() -> None:
    figures = values(2023)
    text = printed(2023, figures, 2023)
    fourth, fifth, sixth = (text.index(title) for title in ("6.4 Ut", "6.5 St", "6.6 He"))
    found = read_text(text[:fourth] + text[fifth:sixth] + text[fourth:fifth] + text[sixth:])
    assert read_values(found) == figures
    assert found.not_understood == ()


def test_a_remark_is_kept_whole_over_wrapped_lines() -> None:
    long = f"{REMARK} {NUMBERED_REMARK}"
    found = read_text(printed(2023, values(2023), 2023, Layout(width=50, remarks={"3": long})))
    assert found.not_understood == (long,)


def test_other_chapters_are_not_part_of_the_statistics() -> None:
    assert read_text(printed(2023, values(2023), 2023)).not_understood == ()


def test_the_edition_can_be_given(read: Read) -> None:
    found = read(printed(2023, values(2023), 2023), edition=2022)
    assert found.edition == 2022
    assert [cell.key for cell in found.cells] == [row.key for row in shipped(2022).rows]


def test_of_two_editions_that_fit_alike_the_one_with_the_least_missing_is_meant(
    monkeypatch,
) -> None:
    """A new edition often has all that the last one has, and a table more."""
    total = '[[section.table]]\nheading = "Totalt:"\n'
    more = """[[section.table]]
heading = "Familiekontakter som er koblet:"
of = "volunteers"
rows = [{ key = "new.linked", label = "Familiekontakter som er koblet", where.linked = true }]

"""
    older = beginning(2023).replace("edition = 2023", "edition = 2027")
    text = older.replace(total, more + total, 1)
    with monkeypatch.context() as patch:
        patch.setattr("hsf_cli.report.reading.labels.shipped", lambda _: load(text, "2027.toml"))
        newer = labels.__wrapped__(2027)
    assert len(newer.entries) == len(labels(2023).entries) + 2
    monkeypatch.setattr(understanding, "editions", lambda: [2022, 2023, 2027])
    monkeypatch.setattr(understanding, "labels", lambda one: newer if one == 2027 else labels(one))
    figures = values(2023)
    found = read_text(printed(2023, figures, 2028))
    assert (found.edition, read_values(found)) == (2023, figures)


def test_the_year_is_the_labels_and_otherwise_the_titles() -> None:
    without_label = Layout(without=("7",))
    assert read_text(printed(2023, values(2023), 2019, without_label)).year == 2019
    alone = Layout(without=("7",), others=False)
    found = read_text(printed(2023, values(2023), 2019, alone))
    assert found.year is None
    assert "Totalt antall oppdrag i …" in {cell.label for cell in found.cells}


def test_one_section_alone_is_read() -> None:
    figures = values(2023, blank=0)
    others = tuple(str(n) for n in range(1, 11) if n != 4)
    found = read_text(printed(2023, figures, 2023, Layout(without=others, others=False)))
    read = {key: value for key, value in read_values(found).items() if value is not None}
    assert read == {key: figures[key] for key in figures if key.startswith("families.challenges.")}


def test_a_text_that_is_no_form_is_not_understood() -> None:
    assert understood(of_text("Nettverk 3\nFamilier\nDette er et brev om barn 0 – 2 år.\n")) is None
    assert understood(Document(())) is None


@pytest.mark.parametrize("seed", range(5))
def test_lines_in_any_order_never_give_a_figure_that_is_not_the_rows(seed: int) -> None:
    numbered: Values = {row.key: n for n, row in enumerate(shipped(2023).rows, start=100)}
    lines = printed(2023, numbered, 2023, Layout(width=300, others=False)).split("\n")
    random.Random(seed).shuffle(lines)
    read = read_values(read_text("\n".join(lines)))
    rows = list(shipped(2023).rows)
    for row in rows:
        alike = {numbered[other.key] for other in rows if other.label.startswith(row.label)}
        assert read[row.key] in alike | {None}
