"""What the records of a population are called: in a proof, and wherever the control names them."""

from hsf_cli.populations import Period, records
from hsf_cli.store import Store
from tests.builders import child, served, taken_in


def names(store: Store, population: str) -> list[str]:
    return [row["name"] for row in records(store, population, Period.year(2023))]


def test_a_child_is_called_by_its_name_if_it_has_one_and_its_family(store: Store) -> None:
    taken_in(store, *served(navn="Moen"), child("F1", "2020", navn="Ada"), child("F1", "2021"))
    assert names(store, "children") == ["Ada (Moen)", "barn (Moen)"]


def test_an_assignment_is_called_by_the_family_and_the_volunteer(store: Store) -> None:
    taken_in(store, *served(navn="Moen"))
    assert names(store, "assignments") == ["Moen – Familiekontakt V1"]
