"""What a family's row holds of its children."""

from hsf_cli.populations import Period, records
from hsf_cli.store import Store
from tests.builders import child, served, taken_in


def test_a_family_whose_children_are_grown_has_none_and_none_with_special_needs(
    store: Store,
) -> None:
    taken_in(store, *served(), child("F1", "2004", særskilte_behov="ja"))
    (one,) = records(store, "families", Period.year(2023))
    assert (one["children"], one["special_needs"]) == (0, 0)


def test_the_children_of_0_to_18_years_are_counted_and_asked_of(store: Store) -> None:
    born = ("2004", "2005", "2023", "2024")
    taken_in(store, *served(), *(child("F1", year, særskilte_behov="ja") for year in born))
    (one,) = records(store, "families", Period.year(2023))
    assert (one["children"], one["special_needs"]) == (2, 1)
