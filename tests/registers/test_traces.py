"""No trace of who is anonymised or erased: in the file, its free pages, or a copy set back to."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hsf_cli.change import Change
from hsf_cli.errors import Stopped
from hsf_cli.past import latest
from hsf_cli.registers import erasing, mentions, merging, merging_volunteers, replaying
from hsf_cli.registers.history import Erasing
from hsf_cli.registers.undoing import undoable, undone
from hsf_cli.store import Store
from hsf_cli.whose import Records, now
from tests.builders import (
    Record,
    assignment,
    child,
    family,
    inquiry,
    volunteer,
)
from tests.pages import plain
from tests.registers.test_erasing import KEY, MANY, department
from tests.report.made_up import departments

# Columns that are taken and hold no text of their own.
_NO_TEXT = {"born", "prefers", "capacity"}
_DEEDS = ("rewrite", "rewrite", "undo", "remove", "merge", "mention", "copy", "draft")


class Marked:
    """A department where everything on one family and one volunteer has a mark in it."""

    def __init__(self, store: Store, random: Random) -> None:
        self.store, self.random = store, random
        self.taken_in = latest(store)
        self.marks: list[str] = []
        self.copies: list[Path] = []
        # Those that were entered a second time.
        self.twice: list[tuple[str, int]] = []
        self.people = [(table, self._any(table)) for table in ("family", "volunteer")]

    def _any(self, table: str) -> int:
        return int(self.random.choice(self.store.rows(f"SELECT id FROM {table}"))["id"])

    def _mark(self) -> str:
        self.marks.append(f"Zqé{self.random.randrange(10**9)}ø")
        return self.marks[-1]

    def _phone(self) -> str:
        self.marks.append(f"4{self.random.randrange(10**6, 10**7)}")
        return self.marks[-1]

    def do(self, deed: str) -> None:
        getattr(self, f"_{deed}")()

    def _rewrite(self) -> None:
        """Other words in every text of theirs, and other ids."""
        with self.store.change("endre") as change:
            for table, number in self.people:
                records = dict(now(self.store, table, [number]))
                self._write(change, records)
                if table == "volunteer":
                    self._write_ids(change, number)

    def _write(self, change: Change, records: Records) -> None:
        mark, phone = self._mark(), self._phone()
        for table, numbers in records.items():
            fields = erasing.TAKEN[table].keys() - _NO_TEXT
            for number in numbers:
                values = {field: f"{mark} {table} {field} {number}" for field in fields}
                change.update(table, number, **values)
                if "phone" in fields:
                    change.update(table, number, phone=phone, name=f"Ola {mark}")

    def _write_ids(self, change: Change, volunteer: int) -> None:
        mark = self._mark()
        sql = "SELECT id FROM assignment WHERE volunteer_id = :n"
        for row in self.store.rows(sql, n=volunteer):
            change.update("assignment", row["id"], imported_id=f"{mark}-{row['id']}")

    def _undo(self) -> None:
        try:
            newest = undoable(self.store)
        except Stopped:
            return
        if newest.number > self.taken_in:
            undone(self.store, newest)

    def _remove(self) -> None:
        with self.store.change("slett") as change:
            for table in ("child", "talk", "consent", "pause", "hours", "activity_family"):
                records = now(self.store, *self._either())
                for number in sorted(records.get(table, ()))[:1]:
                    change.delete(table, number)

    def _either(self) -> tuple[str, list[int]]:
        table, number = self.random.choice(self.people)
        return table, [number]

    def _merge(self) -> None:
        """Somebody entered them once more, and then saw it."""
        table, kept = self.random.choice(self.people)
        with self.store.change("ny") as change:
            other = change.insert(table, name="x")
            self.twice.append((table, other))
            self._enter_more(change, table, other)
            self._write(change, now(self.store, table, [other]))
        if self.random.random() < 0.5:
            self._copy()
        merged = {"family": merging.merged, "volunteer": merging_volunteers.merged}[table]
        said = dict.fromkeys((kept, other), dict.fromkeys(erasing.TAKEN[table], "Sto også"))
        with self.store.change("slå-sammen") as change:
            merged(self.store, change, kept, other, said)

    def _enter_more(self, change: Change, table: str, number: int) -> None:
        """Something of what is kept on a family or a volunteer."""
        if table == "volunteer":
            day = "2020-01-01"
            change.insert("hours", volunteer_id=number, worked_on=day, kind="kurs", minutes=60)
            change.insert("pause", volunteer_id=number, from_on=day)
            return
        change.insert("child", family_id=number, name="x", born="2020")
        inquiry = change.insert(
            "inquiry", family_id=number, received_on="2020-01-01", closed_on="2020-02-01"
        )
        change.insert("talk", inquiry_id=inquiry, talked_on="2020-01-02")

    def _mention(self) -> None:
        """Their names and numbers in what is written of others, and of the year."""
        with self.store.change("endre") as change:
            for table, fields in mentions.PROSE.items():
                theirs = {
                    one
                    for kind, number in self.people
                    for one in now(self.store, kind, [number]).get(table, ())
                }
                for row in self.store.rows(f"SELECT id FROM {table}"):
                    if row["id"] not in theirs and table != "annual_report":
                        values = {field: f"Så {self._told()} i går {field}" for field in fields}
                        change.update(table, row["id"], **values)
            if not self.store.value("SELECT 1 FROM report_text"):
                change.insert("report_text", year=2023, kind="kapittel", part="x", body="Takk")
                change.insert("resource_group_meeting", held_on="2023-01-01", note="Til stede")

    def _told(self) -> str:
        """«Ola Zq… på 4 12 34 567», as somebody writes it."""
        table, number = self.random.choice(self.people)
        (row,) = self.store.rows(f"SELECT name, phone FROM {table} WHERE id = :n", n=number)
        phone = row["phone"] or ""
        return f"{row['name'].upper()}s på {phone[:2]} {phone[2:]}"

    def _draft(self) -> None:
        for table, number in self.people:
            self.store.set_aside(f"{table} {number}", json.dumps({"note": self._mark()}))
        self.store.set_aside("report_text 2023 x", json.dumps({"x": [f"Møtte {self._told()}"]}))

    def _copy(self) -> None:
        self.copies.append(self.store.path.with_name(f"kopi-{len(self.copies)}.db"))
        self.store.copy_to(self.copies[-1])

    def erase(self, how: Erasing) -> None:
        apart = [
            (table, number)
            for table, number in self.twice
            if self.store.value(f"SELECT 1 FROM {table} WHERE id = :number", number=number)
        ]
        for table, number in (*self.people, *apart):
            found = mentions.found(self.store, erasing.erases(self.store, table, number, how=how))
            if how == "anonymisert":
                erasing.anonymised(self.store, [(table, number)], found)
            else:
                erasing.erased(self.store, table, number, found)

    def left_in(self, *contents: bytes) -> list[str]:
        """The marks that are found, however they are written."""
        return [
            mark
            for mark in self.marks
            for content in contents
            if any(spelling in content for spelling in _spellings(mark))
        ]


def _spellings(mark: str) -> Iterator[bytes]:
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, mark)
        for one in (text, text.casefold(), text.upper()):
            yield from (one.encode(), one.encode("utf-16-le"), json.dumps(one)[1:-1].encode())


# To shrink a case would take minutes: what was done is told by its deeds.
@settings(max_examples=max(3, MANY // 2), phases=[Phase.generate])
@given(
    made_up=departments(),
    seed=st.integers(0, 2**32),
    how=st.sampled_from(["anonymisert", "slettet"]),
    deeds=st.lists(st.sampled_from(_DEEDS), min_size=3, max_size=10),
)
def test_no_trace_is_left_whatever_was_done(
    made_up: list[Record], seed: int, how: Erasing, deeds: list[str]
) -> None:
    at_least = [family("F90"), child("F90"), inquiry("H90", "F90"), volunteer("V90"),
                assignment("O90", "H90", "V90"), ("samtaler", {"henvendelse": "H90",
                "dato": "2023-01-02"}), family("F91"), volunteer("V91")]  # fmt: skip
    with department(*made_up, *at_least) as store:
        marked = Marked(store, Random(seed))
        for deed in ("rewrite", *deeds):
            marked.do(deed)
        marked.erase(how)
        assert marked.left_in(plain(store.path, KEY)) == []
        known = replaying.told(store)
        for copy in marked.copies:
            with Store.open(copy, KEY) as restored:
                replaying.replayed(restored, [known])
                assert marked.left_in(plain(copy, KEY)) == []
