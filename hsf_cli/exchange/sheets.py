"""The exchange format: its files (or sheets), their columns, and what a row must hold to.

The order is that in which they are read: every sheet comes after those it refers to.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from hsf_cli.dates import written
from hsf_cli.exchange.values import (
    ANY_DAY,
    BORN,
    COMPLETED,
    COUNT,
    DAY,
    EMAIL,
    FIGURE,
    HOURS,
    LONG_TEXT,
    MOMENT,
    NEAR_DAY,
    PHONE,
    PLANNED_DAY,
    TEXT,
    TIME,
    YEAR,
    YES_NO,
    Context,
    Names,
    Value,
    code,
    codes,
    reference,
)
from hsf_cli.records import KINDS, Kind
from hsf_cli.spelling import folded
from hsf_cli.texts import LONGEST_DOCUMENT, LONGEST_TEXT

ID = "id"
MINUTES_IN_A_DAY = 1440
_NOT_ASKED = "ikke_spurt"

Record = Mapping[str, Any]
# What breaks a rule: the field where it shows, and what would be right there.
Breach = tuple[str, str]


@dataclass(frozen=True)
class Rule:
    """What a row must hold to: the fields it is about, and what their values break of it."""

    fields: tuple[str, ...]
    breach: Callable[..., Breach | None]


@dataclass(frozen=True)
class Column:
    """A column: its header in the file, its field in the table, and the kind of value."""

    header: str
    field: str
    value: Value
    required: bool = False
    # How many characters a cell of it may have.
    longest: int = LONGEST_TEXT


@dataclass(frozen=True)
class Sheet:
    """One file or sheet, for one kind of record."""

    name: str
    table: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()
    # Whether every row must name its record; otherwise rows without an id are matched by content.
    needs_id: bool = True
    # Whether a second row with the same content is the same record.
    once: bool = False
    # Whether departments' files have it; the others are written only when they hold something.
    standard: bool = True

    @property
    def kind(self) -> Kind:
        """The kind of record it holds."""
        return KINDS[self.table]

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The table's columns that the sheet's columns fill, the id aside."""
        return tuple(column.field for column in self.columns)

    @property
    def headers(self) -> list[str]:
        """Every header in the order they are written: the id first where it is required."""
        headers = [column.header for column in self.columns]
        return [ID, *headers] if self.needs_id else [*headers, ID]

    @cached_property
    def by_spelling(self) -> Mapping[str, Column]:
        """The columns by their headers' folded spelling."""
        return {folded(column.header): column for column in self.columns}

    def header_of(self, field: str) -> str:
        """The header of the column that fills that field."""
        return next(column.header for column in self.columns if column.field == field)


def not_before(start: str, end: str, start_word: str) -> Rule:
    """The rule that a date, where both are given, is not before another."""

    def breach(first: str | None, last: str | None) -> Breach | None:
        if first is None or last is None or last >= first:
            return None
        return end, f"Datoen kan ikke være før {start_word}, {written(first)}."

    return Rule((start, end), breach)


def _assignment_unnamed(kind: str | None, assignment: int | None) -> Breach | None:
    if kind == "oppdrag" and assignment is None:
        return "assignment_id", "Timer av typen oppdrag må si hvilket oppdrag de er på."
    return None


def _visits_beyond_a_day(visits: int | None, minutes: int | None) -> Breach | None:
    if visits and minutes is not None and minutes > visits * MINUTES_IN_A_DAY:
        return "minutes", f"{visits} besøk kan ikke være over 24 timer hvert. Rett timene."
    return None


def _locked_uncounted(locked_at: str | None, counted_at: str | None) -> Breach | None:
    if locked_at is not None and counted_at is None:
        return "counted_at", "En låst rapport må si når den ble talt."
    return None


def _part_of_a_record(unit: str | None, value: str | None) -> Breach | None:
    if unit == "antall" and value is not None and not value.isdecimal():
        return "value", "Et antall er et helt tall."
    return None


_SUBJECTS = (
    "inquiry_id",
    "volunteer_id",
    "assignment_id",
    "family_id",
    "resource_group_member_id",
)


def _about_none_or_several(*subjects: int | None) -> Breach | None:
    if sum(subject is not None for subject in subjects) == 1:
        return None
    remedy = (
        "Et unntak gjelder enten en familie, en henvendelse, en familiekontakt, et oppdrag"
        " eller et styremedlem. Fyll ut bare én av dem."
    )
    return _SUBJECTS[0], remedy


def _or_not_asked(value: Value) -> Value:
    """That value, or a word of its own where nobody has asked yet: in a required column.

    The word is no code, and so no choice: nobody is to be offered not to have asked.
    """

    def read(text: str, context: Context) -> Any:
        return None if folded(text) == folded(_NOT_ASKED) else value.read(text, context)

    def write(stored: Any, context: Names) -> str:
        return _NOT_ASKED if stored is None else value.write(stored, context)

    expected = f"{value.expected} – eller {_NOT_ASKED}, når det ikke er kjent ennå"
    return replace(value, expected=expected, read=read, write=write)


def _reference(header: str, table: str, sheet: str, *, required: bool = True) -> Column:
    return Column(header, f"{table}_id", reference(table, sheet), required)


_NOTE = Column("notat", "note", LONG_TEXT)
_YEAR = Column("år", "year", YEAR, required=True)
_CONTACT = (
    Column("telefon", "phone", PHONE),
    Column("epost", "email", EMAIL),
    Column("adresse", "address", TEXT),
    Column("område", "area", TEXT),
    Column("språk", "language", TEXT),
)
_FAMILY = _reference("familie", "family", "familier")
_INQUIRY = _reference("henvendelse", "inquiry", "henvendelser")
_VOLUNTEER = _reference("familiekontakt", "volunteer", "familiekontakter")
_COURSE = _reference("kurs", "course", "kurs")
_ASSIGNMENT = _reference("oppdrag", "assignment", "oppdrag")

SHEETS = (
    Sheet(
        "familier",
        "family",
        (
            Column("navn", "name", TEXT, required=True),
            Column("kontaktperson", "contact_person", TEXT),
            *_CONTACT,
            Column("sivilstatus", "civil_status", code("civil_status")),
            Column("bakgrunn", "background", code("background")),
            Column("asylmottak", "reception_centre", YES_NO),
            Column("introduksjonsprogram", "introduction_programme", YES_NO),
            Column("utfordringer", "challenges", codes("challenge")),
            Column("støtte", "support", codes("support")),
            Column("nettverk", "network", codes("network")),
            Column("hjelp_før", "help_before", codes("help")),
            Column("hjelp_etter", "help_after", codes("help")),
            Column("fant_oss", "found_us", code("found_family")),
            _NOTE,
            Column("utfordringer_annet", "challenges_other", TEXT),
            Column("støtte_annet", "support_other", TEXT),
            Column("nettverk_annet", "network_other", TEXT),
            Column("fant_oss_annet", "found_us_other", TEXT),
            Column("foretrekker", "prefers", code("time_of_day")),
        ),
    ),
    Sheet(
        "barn",
        "child",
        (
            _FAMILY,
            Column("navn", "name", TEXT),
            Column("født", "born", BORN, required=True),
            Column("særskilte_behov", "special_needs", YES_NO),
        ),
        needs_id=False,
    ),
    Sheet(
        "henvendelser",
        "inquiry",
        (
            _FAMILY,
            Column("mottatt", "received_on", DAY, required=True),
            Column("kilde", "source", _or_not_asked(code("inquiry_source")), required=True),
            Column("besøkt", "visited_on", DAY),
            Column("avsluttet", "closed_on", DAY),
            Column("avslutningsgrunn", "closed_reason", code("inquiry_closed")),
            _NOTE,
            Column("avslutning_annet", "closed_other", TEXT),
            Column("koordinator", "coordinator", TEXT),
            Column("ring_tilbake", "contact", TEXT),
        ),
        rules=(
            not_before("received_on", "visited_on", "henvendelsen kom"),
            not_before("received_on", "closed_on", "henvendelsen kom"),
            not_before("visited_on", "closed_on", "besøket"),
        ),
    ),
    Sheet(
        "samtaler",
        "talk",
        (_INQUIRY, Column("dato", "talked_on", DAY, required=True), _NOTE),
        needs_id=False,
        standard=False,
    ),
    Sheet(
        "samtykker",
        "consent",
        (
            _FAMILY,
            Column("gitt", "given_on", DAY, required=True),
            Column("trukket", "withdrawn_on", DAY),
            Column("delt_med", "shared_with", TEXT, required=True),
            Column("hva", "what", TEXT, required=True),
        ),
        rules=(not_before("given_on", "withdrawn_on", "det ble gitt"),),
        needs_id=False,
        standard=False,
    ),
    Sheet(
        "bekymringsmeldinger",
        "concern_report",
        (_FAMILY, Column("sendt", "sent_on", DAY, required=True)),
        needs_id=False,
        standard=False,
    ),
    Sheet(
        "familiekontakter",
        "volunteer",
        (
            Column("navn", "name", TEXT, required=True),
            *_CONTACT,
            Column("kjønn", "gender", code("gender")),
            Column("født", "born", BORN),
            Column("yrkesstatus", "occupation", code("occupation")),
            Column("har_barn", "has_children", YES_NO),
            Column("fant_oss", "found_us", code("found_volunteer")),
            Column("hjemmebesøk", "home_visit_on", DAY),
            Column("politiattest_utstedt", "certificate_issued_on", DAY),
            Column("politiattest_vist", "certificate_shown_on", DAY),
            Column("taushetserklæring", "confidentiality_on", DAY),
            Column("godkjent", "approved_on", DAY),
            Column("sluttet", "left_on", ANY_DAY),
            Column("foretrekker", "prefers", code("time_of_day")),
            _NOTE,
            Column("politiattest_sett_av", "certificate_seen_by", TEXT),
            Column("kapasitet", "capacity", COUNT),
            Column("yrkesstatus_annet", "occupation_other", TEXT),
            Column("fant_oss_annet", "found_us_other", TEXT),
            Column("meldt_seg", "signed_up_on", DAY),
        ),
        rules=(not_before("approved_on", "left_on", "familiekontakten ble godkjent"),),
    ),
    Sheet(
        "perioder",
        "earlier_period",
        (
            _VOLUNTEER,
            Column("godkjent", "approved_on", DAY, required=True),
            Column("sluttet", "left_on", DAY, required=True),
        ),
        rules=(not_before("approved_on", "left_on", "familiekontakten ble godkjent"),),
        needs_id=False,
        standard=False,
    ),
    Sheet(
        "pauser",
        "pause",
        (
            _VOLUNTEER,
            Column("fra", "from_on", NEAR_DAY, required=True),
            Column("til", "to_on", PLANNED_DAY),
        ),
        rules=(not_before("from_on", "to_on", "pausen begynte"),),
        needs_id=False,
    ),
    Sheet(
        "kurs",
        "course",
        (
            Column("navn", "name", TEXT, required=True),
            Column("start", "starts_on", PLANNED_DAY, required=True),
            Column("slutt", "ends_on", PLANNED_DAY),
            Column("sted", "place", TEXT),
        ),
        rules=(not_before("starts_on", "ends_on", "kurset begynte"),),
    ),
    Sheet(
        "kursdager",
        "course_day",
        (
            _COURSE,
            Column("dato", "held_on", PLANNED_DAY, required=True),
            Column("tema", "theme", TEXT),
            Column("timer", "minutes", HOURS),
        ),
        standard=False,
    ),
    Sheet(
        "kursdeltakere",
        "course_registration",
        (
            _COURSE,
            _VOLUNTEER,
            Column("timer", "minutes", HOURS),
            Column("fullført", "completed", COMPLETED),
        ),
        needs_id=False,
    ),
    Sheet(
        "oppmøte",
        "attendance",
        (
            _reference("kursdag", "course_day", "kursdager"),
            _reference("kursdeltaker", "course_registration", "kursdeltakere"),
            Column("timer", "minutes", HOURS),
        ),
        needs_id=False,
        standard=False,
    ),
    Sheet(
        "oppdrag",
        "assignment",
        (
            _INQUIRY,
            _VOLUNTEER,
            Column("startet", "started_on", NEAR_DAY, required=True),
            Column("avsluttet", "ended_on", DAY),
            Column("avslutningsgrunn", "end_reason", code("assignment_ended")),
            Column("klokkeslett", "usual_time", TIME),
            Column("planlagt_slutt", "planned_end_on", PLANNED_DAY),
            Column("avslutning_annet", "end_other", TEXT),
        ),
        rules=(
            not_before("started_on", "ended_on", "oppdraget startet"),
            not_before("started_on", "planned_end_on", "oppdraget startet"),
        ),
    ),
    Sheet(
        "forlengelser",
        "extension",
        (
            _ASSIGNMENT,
            Column("besluttet", "decided_on", DAY, required=True),
            Column("til", "until_on", PLANNED_DAY, required=True),
            Column("begrunnelse", "reason", TEXT, required=True),
        ),
        needs_id=False,
        standard=False,
    ),
    Sheet(
        "oppfølginger",
        "follow_up",
        (
            _ASSIGNMENT,
            Column("type", "kind", code("follow_up"), required=True),
            Column("planlagt", "planned_on", PLANNED_DAY, required=True),
            Column("gjort", "done_on", DAY),
            _NOTE,
        ),
        needs_id=False,
        standard=False,
    ),
    Sheet(
        "aktiviteter",
        "activity",
        (
            Column("dato", "held_on", NEAR_DAY, required=True),
            Column("tittel", "title", TEXT, required=True),
            Column("målgruppe", "audience", code("audience"), required=True),
            Column("tilskudd", "grant_name", TEXT),
            Column("foreldre", "parents", COUNT),
            Column("barn", "children", COUNT),
            Column("sted", "place", TEXT),
        ),
    ),
    Sheet(
        "aktivitetsfamilier",
        "activity_family",
        (_reference("aktivitet", "activity", "aktiviteter"), _FAMILY),
        needs_id=False,
        once=True,
    ),
    Sheet(
        "timer",
        "hours",
        (
            _VOLUNTEER,
            _reference("oppdrag", "assignment", "oppdrag", required=False),
            _reference("aktivitet", "activity", "aktiviteter", required=False),
            Column("dato", "worked_on", DAY, required=True),
            Column("type", "kind", code("hours_kind"), required=True),
            Column("besøk", "visits", COUNT),
            Column("timer", "minutes", HOURS, required=True),
            Column("kjøring", "driving_minutes", HOURS),
            Column("type_annet", "kind_other", TEXT),
        ),
        rules=(
            Rule(("kind", "assignment_id"), _assignment_unnamed),
            Rule(("visits", "minutes"), _visits_beyond_a_day),
        ),
        needs_id=False,
    ),
    Sheet(
        "styremedlemmer",
        "resource_group_member",
        (
            Column("navn", "name", TEXT, required=True),
            Column("rolle", "role", TEXT),
            Column("representerer", "represents", TEXT),
            Column("representerer_tilskuddsgiver", "represents_funder", YES_NO),
            Column("fra", "from_on", ANY_DAY, required=True),
            Column("til", "to_on", ANY_DAY),
        ),
        rules=(not_before("from_on", "to_on", "vervet begynte"),),
        needs_id=False,
        standard=False,
    ),
    Sheet(
        "styremøter",
        "resource_group_meeting",
        (Column("dato", "held_on", ANY_DAY, required=True), _NOTE),
        needs_id=False,
        standard=False,
    ),
    Sheet(
        "unntak",
        "rule_exception",
        (
            Column("regel", "rule", TEXT, required=True),
            Column("dato", "decided_on", DAY, required=True),
            _reference("henvendelse", "inquiry", "henvendelser", required=False),
            _reference("familiekontakt", "volunteer", "familiekontakter", required=False),
            _reference("oppdrag", "assignment", "oppdrag", required=False),
            Column("begrunnelse", "reason", TEXT, required=True),
            _reference("familie", "family", "familier", required=False),
            _reference("styremedlem", "resource_group_member", "styremedlemmer", required=False),
        ),
        rules=(Rule(_SUBJECTS, _about_none_or_several),),
        needs_id=False,
        standard=False,
    ),
    Sheet(
        "årsrapporter",
        "annual_report",
        (
            _YEAR,
            Column("utgave", "edition", YEAR, required=True),
            Column("avdeling", "department", TEXT, required=True),
            Column("kapittel", "number", TEXT, required=True),
            Column("tittel", "title", TEXT, required=True),
            Column("årsverk", "hours_per_fte", COUNT),
            Column("talt", "counted_at", MOMENT),
            Column("låst", "locked_at", MOMENT),
            Column("begrunnelse", "reason", TEXT),
            Column("kilde", "source", TEXT),
            Column("skjema", "form", LONG_TEXT, longest=LONGEST_DOCUMENT),
        ),
        rules=(Rule(("locked_at", "counted_at"), _locked_uncounted),),
        standard=False,
    ),
    Sheet(
        "rapporttall",
        "report_figure",
        (
            _reference("årsrapport", "annual_report", "årsrapporter"),
            Column("plass", "place", COUNT, required=True),
            Column("seksjon", "section", TEXT, required=True),
            Column("seksjonstittel", "section_title", TEXT, required=True),
            Column("tabellnummer", "table_number", COUNT, required=True),
            Column("tabell", "heading", TEXT),
            Column("nøkkel", "key", TEXT, required=True),
            Column("rad", "label", TEXT, required=True),
            Column("verdi", "value", FIGURE),
            Column("enhet", "unit", code("unit"), required=True),
            Column("mangler", "missing", COUNT),
            Column("del_av", "part_of", TEXT),
            Column("utelatt", "left_out", TEXT),
            Column("skjult", "hidden", YES_NO),
        ),
        rules=(Rule(("unit", "value"), _part_of_a_record),),
        needs_id=False,
        standard=False,
    ),
    Sheet(
        "rapporttekster",
        "report_text",
        (
            _YEAR,
            Column("type", "kind", code("report_text"), required=True),
            Column("del", "part", TEXT, required=True),
            Column("notat", "body", LONG_TEXT, required=True, longest=LONGEST_DOCUMENT),
        ),
        needs_id=False,
        standard=False,
    ),
    Sheet(
        "mål",
        "target",
        (
            _YEAR,
            Column("nøkkel", "figure", TEXT, required=True),
            Column("mål", "goal", COUNT, required=True),
        ),
        needs_id=False,
        standard=False,
    ),
)

SHEET_BY_SPELLING = {folded(sheet.name): sheet for sheet in SHEETS}
