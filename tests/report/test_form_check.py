"""A department's own form: taken when it is right, and otherwise told everything that is wrong."""

import time

import pytest

from hsf_cli.errors import BadContent, Place
from hsf_cli.report.count import counted
from hsf_cli.report.forms import load
from hsf_cli.store import Store
from tests.builders import served, taken_in
from tests.report.figures import COUNTED_AT, cells
from tests.report.own_form import FORM


def places_in(text: str) -> list[Place]:
    """What is told to be wrong with that form."""
    with pytest.raises(BadContent) as caught:
        load(text, "eget.toml")
    return list(caught.value.places)


def changed(right: str, wrong: str) -> tuple[str, int]:
    """The form with one thing changed, and the line on which that stands."""
    assert FORM.count(right) == 1
    return FORM.replace(right, wrong), FORM[: FORM.index(right)].count("\n") + 1


def test_a_right_form_has_its_own_words_and_rows() -> None:
    form = load(FORM, "eget.toml")
    assert (form.edition, form.number, form.title) == (2023, "1.0", "Våre tall")
    assert [section.number for section in form.sections] == ["1.1", "1.2"]
    rows = form.sections[0].tables[0].rows
    assert [row.label for row in rows] == ["Enslige i {year}", "Gifte", "Alle"]
    assert [row.part_of for row in rows] == ["all", "all", ""]
    assert [row.unit for row in form.sections[1].tables[0].rows[:3]] == ["timer", "timer", "antall"]


def test_a_row_without_a_key_gets_its_place_as_one() -> None:
    rows = load(FORM, "eget.toml").sections[0].tables[0].rows
    assert [row.key for row in rows] == ["alone", "1.1.2", "all"]


def test_a_right_form_is_counted(store: Store) -> None:
    taken_in(store, *served("1", sivilstatus="enslig"), *served("2"))
    report = counted(store, load(FORM, "eget.toml"), 2023, COUNTED_AT)
    told = {cell.label: (cell.figure, len(cell.missing)) for cell in cells(report)}
    assert told["Enslige i 2023"] == (1, 1)
    assert told["Gifte"] == (0, 1)
    assert told["Alle"] == (2, 0)


# The line that is changed, how, and what the error is to name: the field, and what was written.
WRONG = {
    "an unknown population": (
        'label = "Gifte",', 'label = "Gifte", of = "familiene",', "of", "familiene",
    ),
    "an unknown attribute": (
        'where.civil_status = "enslig"', 'where.gender = "kvinne"', "where", "gender",
    ),
    "an unknown code": (
        'civil_status = "enslig"', 'civil_status = "alene"', "civil_status", "alene",
    ),
    "an unknown code among several": (
        '["gift_samboer"]', '["enslig", "gift"]', "civil_status", "gift",
    ),
    "a condition that is no table": (
        'where.civil_status = "enslig"', 'where = "enslig"', "where", "enslig",
    ),
    "yes or no as text": ("special_needs = true", 'special_needs = "ja"', "special_needs", "ja"),
    "yes or no as a number": ("special_needs = true", "special_needs = 1", "special_needs", "1"),
    "a number as text": (
        "where.visits = { from = 5 }", 'where.visits = "fem"', "visits", "fem",
    ),
    "a number with decimals": (
        "where.visits = { from = 5 }", "where.visits = 2.5", "visits", "2.5",
    ),
    "an unknown bound": (
        "where.visits = { from = 5 }", "where.visits = { over = 5 }", "visits", "over",
    ),
    "a bound as text": (
        "where.visits = { from = 5 }", 'where.visits = { from = "5" }', "visits", "from",
    ),
    "a number to none": (
        "where.visits = { from = 5 }", "where.visits = { from = 5, to = 4 }", "visits", "from",
    ),
    "no code at all": ('["gift_samboer"]', "[]", "civil_status", "[]"),
    "a label on two lines": ('label = "Gifte"', 'label = "Gif\\nte"', "label", "Gif"),
    "hours of nothing": (
        'sum = ["minutes", "driving_minutes"], unit = "timer"', 'unit = "timer"', "unit", "timer",
    ),
    "a mean that is no hours": (
        'per = "visits", unit = "timer"', 'per = "visits"', "per", "visits",
    ),
    "a sum of nothing known": (
        'sum = ["minutes", "driving_minutes"]', 'sum = ["minutes", "km"]', "sum", "km",
    ),
    "a sum of what is no number": (
        'sum = ["minutes", "driving_minutes"]', 'sum = "kind"', "sum", "kind",
    ),
    "a mean per nothing known": ('per = "visits"', 'per = "besøk"', "sum", "besøk"),
    "a mean of nothing": (
        'sum = "minutes", per = "visits"', 'per = "visits"', "per", "visits",
    ),
    "an unknown unit": (
        '"driving_minutes"], unit = "timer"', '"driving_minutes"], unit = "dager"',
        "unit", "dager",
    ),
    "a part of no row": (
        'label = "Gifte",', 'label = "Gifte", part_of = "everyone",', "part_of", "everyone",
    ),
    "a part of another population": (
        'label = "Mange besøk",', 'label = "Mange besøk", part_of = "all",', "part_of", "all",
    ),
    "a key twice": ('label = "Gifte",', 'label = "Gifte", key = "alone",', "key", "alone"),
    "a label twice": ('label = "Gifte",', 'label = "Enslige i {year}",', "label", "Enslige i"),
    "a label left out": ('label = "Gifte", ', "", "label", ""),
    "a blank label": ('label = "Gifte"', 'label = ""', "label", ""),
    "a label that is no text": ('label = "Gifte"', "label = 7", "label", "7"),
    "an unknown field in a row": ('label = "Gifte",', 'label = "Gifte", tekst = "x",', "tekst", ""),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_in_a_row_is_told_with_its_line(wrong: str) -> None:
    right, written, field, value = WRONG[wrong]
    text, line = changed(right, written)
    found = [place for place in places_in(text) if place.line == line]
    assert [place.column for place in found] == [field]
    assert value in found[0].value
    assert found[0].file == "eget.toml"
    assert found[0].remedy


@pytest.mark.parametrize("wrong", WRONG)
def test_nothing_is_told_of_the_rows_that_are_right(wrong: str) -> None:
    text, line = changed(*WRONG[wrong][:2])
    twice = {"a key twice", "a label twice"}  # told of both rows, next to each other
    allowed = {line, line - 1} if wrong in twice else {line}
    assert {place.line for place in places_in(text)} <= allowed


@pytest.mark.parametrize(
    ("right", "written", "field"),
    [
        ('number = "1.1"\n', "", "number"),
        ('title = "Familiene"\n', "", "title"),
        ('number = "1.1"', "number = 1.1", "number"),
        ('title = "Familiene"', 'title = "Familiene"\ntittel = "x"', "tittel"),
    ],
)
def test_what_is_wrong_in_a_section_is_told_where_it_begins(
    right: str, written: str, field: str
) -> None:
    text, _ = changed(right, written)
    first_section = FORM[: FORM.index("[[section]]")].count("\n") + 1
    assert [(place.line, place.column) for place in places_in(text)] == [(first_section, field)]


@pytest.mark.parametrize(
    ("right", "written", "field"),
    [
        ('heading = "Hvem som er alene:"\n', "", "heading"),
        ('heading = "Hvem som er alene:"', "heading = 7", "heading"),
        ('of = "families"\npart_of', 'off = "x"\nof = "families"\npart_of', "off"),
    ],
)
def test_what_is_wrong_in_a_table_is_told_where_it_begins(
    right: str, written: str, field: str
) -> None:
    text, _ = changed(right, written)
    first_table = FORM[: FORM.index("[[section.table]]")].count("\n") + 1
    assert [(place.line, place.column) for place in places_in(text)] == [(first_table, field)]


@pytest.mark.parametrize("rows", ["rows = []", "rows = [5]", 'rows = "alle"', ""])
def test_a_table_without_rows_is_an_error_where_it_begins(rows: str) -> None:
    head, _, _ = FORM.partition("rows = [")
    place = places_in(head + rows + "\n")[0]
    assert (place.line, place.column) == (10, "rows")


@pytest.mark.parametrize(
    ("right", "written", "field"),
    [
        ("edition = 2023", 'edition = "2023"', "edition"),
        ("edition = 2023", "edition = true", "edition"),
        ('chapter = { number = "1.0", title = "Våre tall" }', 'chapter = "1.0"', "chapter"),
        ('number = "1.0", title = "Våre tall" }', 'number = "1.0" }', "title"),
        ("edition = 2023", "edition = 2023\nutgave = 2023", "utgave"),
    ],
)
def test_what_is_wrong_in_the_forms_own_fields_is_told(
    right: str, written: str, field: str
) -> None:
    text, _ = changed(right, written)
    assert field in [place.column for place in places_in(text)]


@pytest.mark.parametrize(
    ("right", "written", "line"),
    [
        ("edition = 2023", 'edition = "2023"', 3),
        ('chapter = { number = "1.0", title = "Våre tall" }', 'chapter = "1.0"', 4),
        ('number = "1.0", title = "Våre tall" }', 'number = "1.0" }', 4),
        ("edition = 2023", "edition = 2023\nutgave = 2023", 4),
    ],
)
def test_the_forms_own_fields_have_their_own_lines_too(right: str, written: str, line: int) -> None:
    text, _ = changed(right, written)
    assert {place.line for place in places_in(text)} == {line}


@pytest.mark.parametrize("left_out", ["edition = 2023", "chapter = "])
def test_an_edition_and_a_chapter_there_must_be(left_out: str) -> None:
    text = "".join(line for line in FORM.splitlines(True) if not line.startswith(left_out))
    assert left_out.split()[0] in [place.column for place in places_in(text)]


@pytest.mark.parametrize(
    ("right", "written", "field"),
    [
        ('key = "alone"', 'key = ["alone"]', "key"),
        ('key = "alone"', "key = 5", "key"),
        ('label = "Gifte",', 'label = "Gifte", part_of = ["all"],', "part_of"),
        ('sum = "minutes"', "sum = 5", "sum"),
        ('label = "Gifte",', 'label = "Gifte", of = ["families"],', "of"),
        ('"driving_minutes"], unit = "timer"', '"driving_minutes"], unit = 5', "unit"),
    ],
)
def test_a_value_of_the_wrong_type_is_an_error_like_any_other(
    right: str, written: str, field: str
) -> None:
    text, line = changed(right, written)
    assert (line, field) in [(place.line, place.column) for place in places_in(text)]


def test_all_errors_come_at_once_in_the_order_of_their_lines() -> None:
    text = FORM
    for wrong in ("an unknown code", "a label left out", "yes or no as text", "an unknown unit"):
        right, written, *_ = WRONG[wrong]
        text = text.replace(right, written)
    text = text.replace('title = "Besøkene"\n', "")
    places = places_in(text)
    assert [place.column for place in places] == [
        "civil_status",
        "label",
        "title",
        "unit",
        "special_needs",
    ]
    lines = [place.line for place in places]
    assert lines == sorted(set(lines))


def test_the_number_of_errors_is_told() -> None:
    text = FORM.replace('"enslig"', '"alene"').replace("special_needs = true", "special_needs = 1")
    with pytest.raises(BadContent, match=r"eget\.toml har 2 feil"):
        load(text, "eget.toml")


@pytest.mark.parametrize(
    ("written", "meant"), [("famlies", "families"), ("hour", "hours"), ("volunters", "volunteers")]
)
def test_a_near_miss_is_told_what_was_likely_meant(written: str, meant: str) -> None:
    text = FORM.replace('of = "hours"', f'of = "{written}"')
    assert f"«{meant}»" in places_in(text)[0].remedy


@pytest.mark.parametrize(
    ("right", "written"),
    [
        ('label = "Gifte"', 'label = "Gifte'),
        ('label = "Gifte"', "label = = "),
        ('["gift_samboer"] }', '["gift_samboer"]'),
        ('label = "Gifte"', 'label "Gifte"'),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(right: str, written: str) -> None:
    text, line = changed(right, written)
    (place,) = places_in(text)
    assert (place.file, place.line) == ("eget.toml", line)


@pytest.mark.parametrize(
    "strange",
    [
        "x = 0x" + "F" * 4_900,
        "edition." + ".".join("a" * 2_000) + " = 1",
        "x = " + "[" * 100 + "]" * 100,
        *("x" * length + " = 1" for length in (5_001, 100_001)),
        " " * 4_900 + "\n" + " " * 4_900,
        "x = 1\n[[section]]" * 5_000,
    ],
    ids=["a long number", "dots", "brackets", "a long line", "a long file", "blanks", "sections"],
)
def test_what_no_form_has_is_refused_at_once(strange: str) -> None:
    begun = time.monotonic()
    with pytest.raises(BadContent) as caught:
        load(strange, "eget.toml")
    assert "eget.toml" in caught.value.text
    assert time.monotonic() - begun < 2


def test_of_very_many_errors_the_first_are_told() -> None:
    text = FORM + "".join(f"x{number} = 1\n" for number in range(1_000))
    with pytest.raises(BadContent, match="har 100 feil eller flere") as caught:
        load(text, "eget.toml")
    assert len(caught.value.places) == 100


def test_a_form_cut_off_in_the_middle_is_wrong_on_its_last_line() -> None:
    text = FORM[: FORM.index('  { key = "all"')]
    (place,) = places_in(text)
    assert place.line == 16


@pytest.mark.parametrize(("written", "is_right"), [("true", True), ("1", False), ('"ja"', False)])
def test_whether_a_relation_is_a_suspicion_is_yes_or_no(written: str, is_right: bool) -> None:
    relation = f"""
[[relation]]
figure = "alone"
at_most = "all"
suspicion = {written}
text = "flere enslige enn familier"
"""
    if is_right:
        (only,) = load(FORM + relation, "eget.toml").relations
        assert only.suspicion
    else:
        (place,) = places_in(FORM + relation)
        assert (place.column, place.line) == ("suspicion", FORM.count("\n") + 2)


# What is wrong with a relation, and the field and the value that the error is to name.
WRONG_RELATIONS = {
    "no such row": ('figure = "alon"', 'at_most = "all"', "tekst", "relation", "alon"),
    "no such row last year": (
        'figure = "alone"', 'at_most = "before.alll"', "tekst", "relation", "before.alll",
    ),
    "no figure": ("", 'at_most = "all"', "tekst", "relation", ""),
    "two ways to stand": (
        'figure = "alone"', 'at_most = "all"\nneeds = "all"', "tekst", "figure", "alone",
    ),
    "a field that is none": (
        'figure = "alone"\nfigur = "all"', 'needs = "all"', "tekst", "figur", "figur",
    ),
    "something else in its text": (
        'figure = "alone"', 'at_most = "all"', "{tall}", "text", "{tall}",
    ),
    "more than one of what is no bound": (
        'figure = "alone"\nalso = "all"', 'needs = "all"', "tekst", "also", "all",
    ),
    "an open bracket in its text": ('figure = "alone"', 'at_most = "all"', "x {", "text", "x {"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_RELATIONS)
def test_what_is_wrong_with_a_relation_is_told_with_its_line(name: str) -> None:
    figure, stand, text, field, value = WRONG_RELATIONS[name]
    (place,) = places_in(f'{FORM}\n[[relation]]\n{figure}\n{stand}\ntext = "{text}"\n')
    assert (place.column, place.value) == (field, value)
    assert place.line == FORM.count("\n") + 2


@pytest.mark.parametrize(
    "text", ["{figure:9999999999}", "{figure.__class__}", "{label!r}", "{sum[0]}", "{0}", "{}"]
)
def test_nothing_but_its_figures_is_put_in_a_relations_text(text: str) -> None:
    relation = f'[[relation]]\nfigure = "alone"\nat_most = "all"\ntext = "{text}"\n'
    (place,) = places_in(f"{FORM}\n{relation}")
    assert (place.column, place.value) == ("text", text)


def test_relations_in_one_list_are_not_passed_by_in_silence() -> None:
    relation = 'relation = [ { figure = "alone", at_most = "all", text = "tekst" } ]\n'
    (place,) = places_in(FORM.replace("edition", f"{relation}edition", 1))
    assert place.column == "relation"


def test_every_row_under_a_key_last_year_is_last_years() -> None:
    text = FORM.replace('key = "alone"', 'key = "all.alone"')
    relation = '\n[[relation]]\nfigure = "all"\nat_most = "before.all.*"\ntext = "tekst"\n'
    (found,) = load(text + relation, "eget.toml").relations
    assert found.others == ("before.all.alone",)


@pytest.mark.parametrize(
    ("chapters", "value"),
    [
        ('[ { key = "statistics" }, { key = ["a"], title = "A" } ]', "['a']"),
        ('[ { key = "statistics" }, { key = "a", number = 1, title = "A" } ]', "1"),
        ('[ { key = "statistics" }, { key = "a" } ]', ""),
        ('[ { key = "a", title = "A" } ]', ""),
        ('"alle"', "alle"),
    ],
)
def test_what_is_wrong_with_the_chapters_is_told(chapters: str, value: str) -> None:
    (place,) = places_in(FORM.replace("edition", f"chapters = {chapters}\nedition", 1))
    assert place.value == value


def test_a_chapter_named_twice_is_told_each_time() -> None:
    twice = '[ { key = "statistics" }, { key = "a", title = "A" }, { key = "a", title = "B" } ]'
    places = places_in(FORM.replace("edition", f"chapters = {twice}\nedition", 1))
    assert [place.value for place in places] == ["a", "a"]
