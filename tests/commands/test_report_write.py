"""The report as a file: every format from the same figures, whole or the statistics alone."""

import csv
import io
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hsf_cli.commands import report_year
from hsf_cli.report.count import Report, counted
from hsf_cli.report.forms import shipped
from hsf_cli.store import Store
from tests.builders import activity, activity_family, hours, pause, served, taken_in
from tests.commands.test_report_lock import complete
from tests.conftest import Run

Hsf = Callable[..., Run]
ENDINGS = ("docx", "pdf", "html", "md", "xlsx", "csv", "json")


def written(hsf: Hsf, home: Path, ending: str, *more: str) -> bytes:
    """The file that `rapport skriv` makes of 2023."""
    file = home / f"rapport.{ending}"
    run = hsf("rapport", "skriv", 2023, "--til", file, *more)
    assert run.code == 0, run.err
    return file.read_bytes()


def markdown(hsf: Hsf, home: Path, *more: str) -> str:
    return written(hsf, home, "md", *more).decode()


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_format_is_written_for_its_owner_alone(
    store: Store, hsf: Hsf, home: Path, ending: str
) -> None:
    taken_in(store, *complete())
    content = written(hsf, home, ending)
    assert content
    assert stat.S_IMODE((home / f"rapport.{ending}").stat().st_mode) & 0o077 == 0
    assert [file.name for file in home.iterdir() if file.name.startswith(".hsf-")] == []


@pytest.mark.parametrize("ending", ["DOCX", "Pdf"])
def test_the_ending_may_be_written_in_any_case(
    store: Store, hsf: Hsf, home: Path, ending: str
) -> None:
    assert written(hsf, home, ending)


@pytest.mark.parametrize("name", ["rapport.doc", "rapport", "rapport.zip"])
def test_an_ending_that_is_no_format_is_wrong_use(
    store: Store, hsf: Hsf, home: Path, name: str
) -> None:
    run = hsf("rapport", "skriv", 2023, "--til", home / name)
    assert run.code == 2
    assert ".docx" in run.err
    assert not (home / name).exists()


def test_a_folder_that_is_not_there_is_not_made(store: Store, hsf: Hsf, home: Path) -> None:
    run = hsf("rapport", "skriv", 2023, "--til", home / "feilskrevet" / "rapport.pdf")
    assert run.code == 3
    assert "feilskrevet" in run.err
    assert not (home / "feilskrevet").exists()


def test_without_a_file_it_says_how(store: Store, hsf: Hsf) -> None:
    run = hsf("rapport", "skriv", 2023)
    assert run.code == 2
    assert "--til" in run.err


def test_a_file_that_is_there_is_left_alone_unless_it_is_said(
    store: Store, hsf: Hsf, home: Path
) -> None:
    (home / "rapport.md").write_text("mitt", encoding="utf-8")
    run = hsf("rapport", "skriv", 2023, "--til", home / "rapport.md")
    assert run.code != 0
    assert (home / "rapport.md").read_text(encoding="utf-8") == "mitt"
    assert hsf("rapport", "skriv", 2023, "--til", home / "rapport.md", "--ja").code == 0


def test_the_whole_report_has_every_chapter_in_its_order(
    store: Store, hsf: Hsf, home: Path
) -> None:
    told = iter(markdown(hsf, home).splitlines())
    for chapter in shipped(2023).chapters:
        assert any(line.startswith("#") and line.endswith(chapter.title) for line in told)


def test_the_statistics_alone_have_the_figures_and_no_other_chapter(
    store: Store, hsf: Hsf, home: Path
) -> None:
    told = markdown(hsf, home, "--bare-statistikk")
    assert "Målgruppe" not in told
    assert "Totalt antall familier" in told


def test_it_says_which_chapters_are_not_written(store: Store, hsf: Hsf, home: Path) -> None:
    (home / "tekst.md").write_text("Vi gjorde **mye**.", encoding="utf-8")
    hsf("rapport", "tekst", 2023, "sammendrag", "--fra", home / "tekst.md")
    out = hsf("rapport", "skriv", 2023, "--til", home / "r.md").out
    assert "12.0 Måloppnåelse" in out
    assert "Sammendrag" not in out
    assert "Vi gjorde **mye**." in (home / "r.md").read_text(encoding="utf-8")


def test_it_says_whether_it_is_locked_and_when_it_was_counted(
    store: Store, hsf: Hsf, home: Path
) -> None:
    taken_in(store, *complete())
    assert "ikke låst" in markdown(hsf, home)
    hsf("rapport", "lås", 2023)
    told = written(hsf, home, "md", "--ja").decode()
    assert "ble låst" in told
    assert "Tallene er talt" in told


def test_what_people_wrote_beside_a_table_stands_under_it(
    store: Store, hsf: Hsf, home: Path
) -> None:
    taken_in(store, *served("1", utfordringer="annet", utfordringer_annet="Flytting"))
    hsf("rapport", "merknad", 2023, "6.4", "--tekst", "Familiene svarte selv.")
    told = markdown(hsf, home)
    table = told[told.index("## 6.4") if "## 6.4" in told else told.index("6.4") :]
    assert table.index("Flytting") < table.index("Familiene svarte selv.") < table.index("6.5")


def test_pauses_the_active_and_the_activities_stand_beside_the_figures(
    store: Store, hsf: Hsf, home: Path
) -> None:
    taken_in(
        store,
        *served(),
        pause("V1", "2023-05-01", "2023-06-01"),
        activity(tittel="Sommerfest", barn="7"),
        activity_family(),
        hours("aktivitet", "3", aktivitet="A1"),
    )
    told = markdown(hsf, home)
    assert "1 familiekontakt var på pause i deler av året." in told
    assert "1 familiekontakt var koblet til en familie eller hadde timer i året" in told
    assert "| 01.06.2023 Sommerfest | 1 | 1 | 7 |" in told


def test_the_targets_of_the_year_stand_in_the_chapter_on_goals(
    store: Store, hsf: Hsf, home: Path
) -> None:
    taken_in(store, *served())
    hsf("rapport", "mål", 2023, "--familier", "4")
    told = markdown(hsf, home)
    assert "| Familier | 4 | 1 | 25\N{NO-BREAK SPACE}% |" in told[told.index("Måloppnåelse") :]


def test_small_numbers_are_hidden_from_the_public_in_every_format(
    store: Store, hsf: Hsf, home: Path
) -> None:
    taken_in(store, *served("1", utfordringer="rus,annet", utfordringer_annet="Hemmelig"))
    told = json.loads(written(hsf, home, "json", "--offentlig"))
    rows = [
        row for section in told["sections"] for table in section["tables"] for row in table["rows"]
    ]
    assert not [row for row in rows if row["unit"] == "antall" and row["value"] in (1, 2)]
    assert {row["key"] for row in rows if row.get("hidden")} >= {
        "families.total", "families.challenges.rus",
    }  # fmt: skip
    document = markdown(hsf, home, "--offentlig")
    assert "skjult av hensyn til personvernet" in document
    assert "Hemmelig" not in document
    assert "| Rusproblematikk | skjult |" in document


def test_the_csv_is_as_excel_in_norway_expects_it(store: Store, hsf: Hsf, home: Path) -> None:
    content = written(hsf, home, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert lines[0][:5] == ["seksjon", "tittel", "tabell", "rad", "verdi"]


def test_a_document_has_no_short_name_of_a_record(store: Store, hsf: Hsf, home: Path) -> None:
    taken_in(store, *served())
    told = markdown(hsf, home)
    assert "1 familie står ikke i noen av radene." in told
    assert "F1" not in told


def test_what_stands_beside_locked_figures_is_as_it_was_when_they_were_locked(
    store: Store, hsf: Hsf, home: Path
) -> None:
    taken_in(store, *complete(), activity(tittel="Sommerfest"), activity_family())
    hsf("rapport", "lås", 2023, "--likevel", "Fristen er i dag")
    hsf("aktivitet", "endre", "A1", "--tittel", "Høstfest")
    told = markdown(hsf, home)
    assert "Sommerfest" in told
    assert "Høstfest" not in told


def test_without_the_records_as_they_were_a_locked_report_has_only_its_own(
    store: Store, hsf: Hsf, home: Path
) -> None:
    taken_in(store, *complete(), activity(tittel="Sommerfest"))
    hsf("rapport", "lås", 2023, "--likevel", "Fristen er i dag")
    hsf("aktivitet", "endre", "A1", "--tittel", "Høstfest")
    with store.change("test") as change:
        change.keep_anyway()
        change.update_where("change", "record", "activity", before=None)
    run = hsf("rapport", "skriv", 2023, "--til", home / "r.md")
    assert run.code == 0
    assert "Derfor er bare tallene og tekstene med" in run.err
    told = (home / "r.md").read_text(encoding="utf-8")
    assert "Totalt antall familier" in told
    assert "fest" not in told


def test_a_report_is_counted_once(
    store: Store, hsf: Hsf, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []

    def spy(*words: Any) -> Report:
        counts.append(words)
        return counted(*words)

    monkeypatch.setattr(report_year, "counted", spy)
    markdown(hsf, home)
    assert len(counts) == 1


def test_a_count_of_another_day_says_which(store: Store, hsf: Hsf, home: Path) -> None:
    taken_in(store, *complete())
    with store.change("test") as change:
        change.keep_anyway()
        for number in range(1, change.number):
            change.update("change_set", number, made_at="2024-03-14T12:00:00+01:00")
    hsf("rapport", "lås", 2023)
    run = hsf("rapport", "skriv", 2023, "--til", home / "r.md", "--som-kjent", "15.3.2024")
    assert "ikke låst" not in run.out
    assert "slik postene sto 15.03.2024" in run.err
    told = (home / "r.md").read_text(encoding="utf-8")
    assert "slik de sto 15.03.2024" in told
    assert "en ny telling ved siden av den" in told
    assert "Rapporten er ikke låst" not in told


def test_a_second_public_version_in_another_form_is_refused(
    store: Store, hsf: Hsf, home: Path
) -> None:
    """What one form hides another may show, and the two together tell it."""
    taken_in(store, *served())
    for more in (["--utgave", "2022"], ["--som-kjent", "i dag"]):
        run = hsf("rapport", "skriv", 2023, "--til", home / "r.json", "--offentlig", *more)
        assert run.code == 2
        assert not (home / "r.json").exists()
