"""Where somebody is mentioned in what is written of others: names, numbers and addresses.

A name of several words that stands whole is certain, and so is a family's, unless somebody else
has it too. Any other single word may be anybody's, and is for a person to judge. Only running text
is looked through: who else is called Hansen is no mention.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hsf_cli.change import Change
from hsf_cli.registers.remembered import held, logged
from hsf_cli.store import Store
from hsf_cli.texts import phone_digits
from hsf_cli.whose import Records, placeholder

# The field of a record, by its table and number.
Place = tuple[str, int, str]

# What is put in place of a mention.
BLOT = "[anonymisert]"

# The running texts of each kind of record.
PROSE: Mapping[str, tuple[str, ...]] = {
    "family": (
        "challenges_other", "support_other", "network_other", "found_us_other", "note",
    ),
    "inquiry": ("closed_other", "note", "contact"),
    "talk": ("note",),
    "consent": ("shared_with", "what"),
    "volunteer": ("occupation_other", "found_us_other", "note"),
    "course": ("name", "place"),
    "course_day": ("theme",),
    "assignment": ("end_other",),
    "extension": ("reason",),
    "follow_up": ("note",),
    "activity": ("title", "grant_name", "place"),
    "hours": ("kind_other",),
    "resource_group_member": ("role", "represents"),
    "resource_group_meeting": ("note",),
    "rule_exception": ("reason",),
    "annual_report": ("reason", "source", "form"),
    "report_text": ("body",),
}  # fmt: skip
# What tells who somebody is, by kind; of a name its words may stand alone.
_NAMES = {"family": ("name", "contact_person"), "child": ("name",), "volunteer": ("name",)}
_WHERE = {"family": ("email", "address"), "volunteer": ("email", "address")}
_PHONES = {"family": ("phone",), "volunteer": ("phone",)}

_SHORTEST_WORD = 3
_SHORTEST_PHONE = 6
_SHOWN = 30
_GENITIVE = "(?:s|'s|’s|'|’)?"


@dataclass(frozen=True)
class Terms:
    """What to look for: patterns that are certain, and those that may be somebody else."""

    certain: tuple[str, ...]
    likely: tuple[str, ...]

    @classmethod
    def of(cls, store: Store, records: Records) -> "Terms":
        """What tells who those people are, as they are and as the log has them."""
        every = [
            (table, values)
            for table in _NAMES
            for values in held(store, table, records.get(table, ()))
        ]
        names = {value for table, values in every for value in _some(values, _NAMES.get(table))}
        names -= {placeholder(table, one) for table in records for one in records[table]
                  if table in ("family", "volunteer")}  # fmt: skip
        where = {value for table, values in every for value in _some(values, _WHERE.get(table))}
        phones = {value for table, values in every for value in _some(values, _PHONES.get(table))}
        words = {word for name in names for word in name.split()}
        families = {name for table, values in every if table == "family"
                    if (name := values.get("name")) in words}  # fmt: skip
        whole = names - words | families - _words_of_others(store, records)
        return cls(
            (*map(_words, _long(whole | where)), *filter(None, map(_digits, sorted(phones)))),
            tuple(map(_words, _long(words - whole))),
        )


@dataclass(frozen=True)
class Mention:
    """A text of another record in which somebody is mentioned, now or as the log has it."""

    table: str
    number: int
    field: str
    is_certain: bool
    # A piece of the text around it.
    shown: str
    # What is to go from it.
    patterns: tuple[str, ...]

    @property
    def place(self) -> Place:
        """Where it is: a table, a record's number, and a field of it."""
        return self.table, self.number, self.field


def found(store: Store, records: Records) -> list[Mention]:
    """Where the people of those records are mentioned in others' texts, the certain ones first.

    Of each text there is one, which holds for what the log remembers of it as well.
    """
    return store.relying_on(lambda: _found(store, records))


def together(found: Iterable[Mention]) -> list[Mention]:
    """One for each text that is as certain, where it may be several people who are mentioned."""
    texts: dict[tuple[Place, bool], Mention] = {}
    for one in found:
        key = one.place, one.is_certain
        patterns = texts[key].patterns if key in texts else ()
        texts[key] = replace(one, patterns=tuple(dict.fromkeys((*patterns, *one.patterns))))
    return [*texts.values()]


def _found(store: Store, records: Records) -> list[Mention]:
    terms = Terms.of(store, records)
    if not (every := (*terms.certain, *terms.likely)):
        return []
    anything = re.compile("|".join(every))
    mentions = [
        mention
        for (table, number, field), texts in _texts(store, records).items()
        if any(map(anything.search, texts))
        and (mention := _mention(table, number, field, texts, terms))
    ]
    return sorted(mentions, key=lambda one: (not one.is_certain, one.table, one.number, one.field))


def blot_out(store: Store, change: Change, mentions: Iterable[Mention]) -> None:
    """Takes the mentions out of the texts, and out of what the log remembers of them."""
    for one in mentions:
        for text in _present(store, one):
            change.update(one.table, one.number, **{one.field: _blotted(text, one.patterns)})
        for row, _, before in logged(store, one.table, [one.number]):
            if isinstance(was := before.get(one.field), str):
                before[one.field] = _blotted(was, one.patterns)
                change.update("change", row, before=json.dumps(before, ensure_ascii=False))


def blot_out_of_drafts(store: Store, change: Change, records: Records) -> None:
    """Takes certain mentions out of interviews that were broken off: they are no records yet."""
    patterns = Terms.of(store, records).certain
    for name, answers in store.rows("SELECT name, answers FROM draft"):
        after = _json_blotted(json.loads(answers), patterns)
        if after != json.loads(answers):
            text = json.dumps(after, ensure_ascii=False)
            change.update_where("draft", "name", name, answers=text)


def _json_blotted(value: Any, patterns: Sequence[str]) -> Any:
    match value:
        case str():
            return _blotted(value, patterns)
        case list():
            return [_json_blotted(one, patterns) for one in value]
        case dict():
            return {name: _json_blotted(one, patterns) for name, one in value.items()}
        case _:
            return value


def _words_of_others(store: Store, records: Records) -> set[str]:
    """Every word in the names of everybody else."""
    return {
        word
        for table, fields in _NAMES.items()
        for row in store.rows(f"SELECT id, {', '.join(fields)} FROM {table}")
        if row["id"] not in records.get(table, ())
        for field in fields
        for word in (row[field] or "").split()
    }


def _some(values: Mapping[str, Any], fields: Iterable[str] | None) -> list[str]:
    return [text for field in fields or () if (text := values.get(field))]


def _long(texts: Iterable[str]) -> list[str]:
    """The texts that are long enough to tell something, the longest first."""
    told = (text for text in texts if sum(map(str.isalnum, text)) >= _SHORTEST_WORD)
    return sorted(told, key=lambda text: (-len(text), text))


def _words(text: str) -> str:
    """The pattern of a name or an address. A word alone must have the capitals it is known by."""
    words = r"\s+".join(map(re.escape, text.split()))
    flags = "(?i:" if " " in text or "@" in text else "(?:"
    return rf"(?<!\w){flags}{words}){_GENITIVE}(?!\w)"


def _digits(phone: str) -> str:
    """The pattern of a phone number, however its digits are grouped."""
    digits = phone_digits(phone)
    if len(digits) < _SHORTEST_PHONE:
        return ""
    return r"(?<!\d)(?:\+|00)?(?:47[ .-]?)?" + r"[ .-]?".join(digits) + r"(?!\d)"


def _texts(store: Store, but: Records) -> dict[tuple[str, int, str], list[str]]:
    """Every running text of other records, as it is and as the log has had it."""
    texts: dict[tuple[str, int, str], list[str]] = {}
    for table, fields in PROSE.items():
        others = but.get(table, frozenset())
        for row in store.each(f"SELECT id, {', '.join(fields)} FROM {table}"):
            for field in fields:
                if row["id"] not in others and row[field]:
                    texts.setdefault((table, row["id"], field), []).append(row[field])
        for row in store.each(
            "SELECT first_id, before FROM change WHERE record = :table"
            " AND operation IN ('update', 'delete') AND before IS NOT NULL",
            table=table,
        ):
            before = json.loads(row["before"])
            for field in fields:
                if row["first_id"] not in others and before.get(field):
                    texts.setdefault((table, row["first_id"], field), []).append(before[field])
    return texts


def _mention(
    table: str, number: int, field: str, texts: Iterable[str], terms: Terms
) -> Mention | None:
    for is_certain, patterns in ((True, terms.certain), (False, terms.likely)):
        for text in texts:
            for pattern in patterns:
                if hit := re.search(pattern, text):
                    every = (*terms.certain, *terms.likely)
                    return Mention(table, number, field, is_certain, _around(text, hit), every)
    return None


def _around(text: str, hit: re.Match[str]) -> str:
    """The mention with some of what is around it, on one line."""
    start, end = max(hit.start() - _SHOWN, 0), hit.end() + _SHOWN
    piece = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{piece}{'…' if end < len(text) else ''}"


def _blotted(text: str, patterns: Iterable[str]) -> str:
    for pattern in patterns:
        text = re.sub(pattern, BLOT, text)
    return text


def _present(store: Store, one: Mention) -> list[str]:
    """The text as it is now; none where it is in the log alone."""
    rows = store.rows(
        f"SELECT {one.field} AS text FROM {one.table} WHERE id = :number", number=one.number
    )
    return [row["text"] for row in rows if row["text"]]
