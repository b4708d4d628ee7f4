"""Two families that are one: what they have in common, and whether that is more than a chance."""

import pytest

from hsf_cli.likeness import Family, likeness, marks, told

BIRTH = "etternavn og et barn født likt"


def family(name: str = "", *children: tuple[str | None, str], **about: str) -> Family:
    return told({"name": name, **about}, children)


@pytest.mark.parametrize(
    ("one", "other", "words", "strong"),
    [
        (family("Berg", phone="900 00 123"), family("Lie", phone="+4790000123"), ["telefon"], True),
        (family("Berg", email="Kari@e.no"), family("Lie", email="kari@E.no"), ["e-post"], True),
        (family("K. Berg", address="Skogv. 2 B"), family("k.  berg", address="skogv 2b"),
         ["navn og adresse"], True),
        (family("Berg", address="Skogv. 2"), family("Lie", address="Skogv. 2"), [], False),
        # A child of the same surname: born the same day, or of one name and born alike.
        (family("Kari Berg", (None, "2021-03-01")), family("Berg", ("Ada", "2021-03-01")),
         [BIRTH], True),
        (family("Berg", ("Ada", "2021")), family("Berg", ("ADA", "2021-03-01")), [BIRTH], True),
        (family("Berg", ("Ada", "2021")), family("Berg", ("Ada", "2020")), [], False),
        (family("Berg", (None, "2021-03-01")), family("Lie", (None, "2021-03-01")), [], False),
        (family("Berg", (None, "2021-03-01")), family("Berg", (None, "2021-03-02")), [], False),
        # By a year alone many children are alike: worth a question, and no more.
        (family("Berg", (None, "2021")), family("Berg", ("Ada", "2021")), [BIRTH], False),
        (family("Berg", (None, "2021")), family("Berg", (None, "2021-03-01")), [BIRTH], False),
        (family("Berg", ("Bo", "2021")), family("Berg", ("Ada", "2021")), [], False),
        (family("Berg", (None, "2021"), phone="900 00 123"),
         family("Berg", (None, "2021"), phone="900 00 123"), ["telefon", BIRTH], True),
        # What is not known is not the same.
        (family(""), family(""), [], False),
        (family("", ("Ada", "2021-03-01"), address="Skogv. 2"),
         family("", ("Ada", "2021-03-01"), address="Skogv. 2"), [], False),
        # What is known of both and differs is not the same either.
        (family("Berg", phone="900 00 123", email="a@e.no", address="Skogv. 2"),
         family("Berg", phone="900 00 124", email="b@e.no", address="Skogv. 3"), [], False),
        (family("Berg"), family("Berg"), [], False),
    ],
)  # fmt: skip
def test_two_families_are_alike_in_what_others_seldom_share(
    one: Family, other: Family, words: list[str], strong: bool
) -> None:
    for first, second in ((one, other), (other, one)):
        found = likeness(first, second)
        assert (list(found.words), found.strong) == (words, strong)
        both = [{*marks(family._asdict(), family.children)} for family in (first, second)]
        assert not strong or both[0] & both[1]


def test_what_is_not_told_is_as_what_is_told_to_be_empty() -> None:
    nothing = dict.fromkeys(("name", "phone", "email", "address"))
    assert told(nothing, [(None, "2021")]) == told({}, [("", "2021")])
    assert told({}, [("", "2021")]) == Family("", "", "", "", (("", "2021"),))
