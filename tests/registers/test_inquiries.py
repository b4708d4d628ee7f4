"""A first call: who is here already, and what goes against taking it in."""

import pytest

from hsf_cli.errors import Stopped
from hsf_cli.registers import inquiries
from hsf_cli.registers.editing import record
from hsf_cli.registers.target_group import against_target_group
from tests.builders import TODAY, assignment, child, family, inquiry, taken_in, volunteer


def _doubles(store, *born: str, **about: str) -> list[str]:
    found = inquiries.likely_doubles(store, about, [(None, one) for one in born])
    return [double.text for double in found]


def test_the_same_phone_is_a_likely_double_however_it_is_written(store) -> None:
    taken_in(store, family("F1", navn="Berg", telefon="900 00 123"))
    assert _doubles(store, name="Lunde", phone="+47 90 00 01 23") == ["F1 Berg (samme telefon)"]
    assert _doubles(store, name="Lunde", phone="900 00 124") == []


def test_the_same_email_is_a_likely_double_in_any_case(store) -> None:
    taken_in(store, family("F1", navn="Berg", epost="Kari@Eksempel.no"))
    assert _doubles(store, name="Lunde", email="kari@eksempel.no") == ["F1 Berg (samme e-post)"]


@pytest.mark.parametrize(
    ("name", "born", "is_double"),
    [
        ("Kari Berg", "2021-03-01", True),  # same surname, same day
        ("Kari Berg", "2021", True),  # same surname, and the year that is all we know
        ("Kari Berg", "2021-03-02", False),
        ("Kari Bergli", "2021-03-01", False),
    ],
)
def test_the_surname_and_a_childs_birth_are_a_likely_double(store, name, born, is_double) -> None:
    taken_in(store, family("F1", navn="Ola Berg"), child("F1", "2021-03-01"))
    assert bool(_doubles(store, born, name=name)) is is_double


def test_a_surname_alone_is_no_double(store) -> None:
    taken_in(store, family("F1", navn="Berg"))
    assert _doubles(store, name="Berg") == []


def test_blank_phones_and_emails_are_not_the_same(store) -> None:
    taken_in(store, family("F1", navn="Berg"))
    assert _doubles(store, name="Lunde", phone="", email="") == []


def test_a_second_open_inquiry_is_refused_and_the_first_one_named(store) -> None:
    taken_in(store, family("F1", navn="Berg"), inquiry("H1"))
    with pytest.raises(Stopped) as error:
        inquiries.refuse_second(store, 1)
    assert "H1" in error.value.text
    inquiries.refuse_second(store, 1, but=1)


def test_a_case_cannot_be_closed_while_an_assignment_runs_in_it(store) -> None:
    taken_in(store, family("F1"), inquiry("H1"), volunteer("V1"),
             assignment("O1", startet="2023-02-01", avsluttet="2023-06-01"))  # fmt: skip
    with pytest.raises(Stopped, match="O1"):
        inquiries.refuse_closing(store, 1, "2023-05-31")
    inquiries.refuse_closing(store, 1, "2023-06-01")


def test_an_inquiry_cannot_be_moved_past_its_assignment(store) -> None:
    taken_in(store, family("F1"), inquiry("H1", mottatt="2023-01-01"), volunteer("V1"),
             assignment("O1", startet="2023-02-01"))  # fmt: skip
    present = record(store, "inquiry", 1)
    inquiries.refuse_edit(store, 1, {**present, "received_on": "2023-02-01"})
    with pytest.raises(Stopped, match=r"01\.02\.2023"):
        inquiries.refuse_edit(store, 1, {**present, "received_on": "2023-02-02"})


def test_no_children_yet_is_no_finding_but_only_older_ones_are(store) -> None:
    case = {"received_on": TODAY.isoformat()}
    assert against_target_group(store, case, []) == []
    assert against_target_group(store, case, ["2014", "2021"]) == []
    (finding,) = against_target_group(store, case, ["2014"])
    assert finding.rule == "målgruppe"
    assert "--avslutningsgrunn utenfor_målgruppen" in finding.remedy


def test_an_older_reason_on_the_family_does_not_go_for_a_new_case(store) -> None:
    taken_in(store, family("F1"), inquiry("H1", "F1", "2024-03-01"))
    case = record(store, "inquiry", 1)
    why = {"rule": "målgruppe", "reason": "x", "family_id": 1}
    with store.change("prøve") as change:
        change.insert("rule_exception", decided_on="2024-02-29", **why)
    assert against_target_group(store, case, ["2014"])
    with store.change("prøve") as change:
        change.insert("rule_exception", decided_on="2024-03-01", **why)
    assert against_target_group(store, case, ["2014"]) == []


def test_the_newest_coordinator_is_suggested(store) -> None:
    assert inquiries.usual_coordinator(store) == {}
    taken_in(store, family("F1"), family("F2"), inquiry("H1", koordinator="Anne"),
             inquiry("H2", "F2", koordinator="Berit"))  # fmt: skip
    assert inquiries.usual_coordinator(store) == {"coordinator": "Berit"}
