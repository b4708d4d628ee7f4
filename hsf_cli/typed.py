"""The forms in which people type days, months and ages: text becomes numbers.

No calendar is asked here: `dates` makes days of the numbers. All functions but `words` take what
`words` gives, and give None where the text is something else.
"""

from hsf_cli.spelling import folded, matched

_ISO = r"(\d{4})-(\d\d?)-(\d\d?)"
_NORWEGIAN = r"(?:den )?(\d\d?)\. ?(\d\d?)(?:\. ?| )(\d{4})\.?"
_DAY_AND_MONTH = r"(?:den )?(\d\d?)\. ?(\d\d?)\.?"
_DAY_AND_NAME = r"(?:den )?(\d\d?)\.? ?([a-z]+)\.?(?: (\d{4}))?"
_WEEKDAY_AND_DAY = r"([a-z]+)\.?,? ((?:den )?\d.*)"

_ISO_MONTH = r"(\d{4})-(\d\d?)"
_MONTH_AND_YEAR = r"(\d\d?)[./ -](\d{4})"
_NAMED_MONTH = r"([a-z]+)\.?(?: (\d{4}))?"

_YEARS_OLD = r"(0|[1-9]\d{0,2})(?: ?ar(?: gammel)?)?"
_MONTHS_OLD = r"(?:([1-9]\d?) ?ar(?: og)? )?(0|[1-9]\d?) ?(?:md|mnd|maned|maneder)\.?(?: gammel)?"

_SHORT_YEAR = r"\d\d?\.? ?(?:\d\d?\. ?|[a-z]+\.? )\d\d"
_SLASHES = r"\d+/\d+(?:/\d+)?"

_NEAR_DAYS = {
    "i dag": 0, "idag": 0, "i gar": -1, "igar": -1, "i forgars": -2, "iforgars": -2,
    "i morgen": 1, "imorgen": 1,
}  # fmt: skip
_NEAR_MONTHS = {
    "denne maneden": 0, "denne maned": 0, "denne mnd": 0,
    "forrige maned": -1, "forrige mnd": -1, "sist maned": -1, "sist mnd": -1,
}  # fmt: skip
_WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lordag", "sondag")
# As they are shown; they are read in any spelling.
DAYS = (
    "i dag", "i går", "i forgårs", "i morgen", "mandag", "tirsdag", "onsdag", "torsdag", "fredag",
    "lørdag", "søndag",
)  # fmt: skip
MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober",
    "november", "desember",
)  # fmt: skip

_SHORTEST_NAME = 3
_OLDEST = 110


def words(text: str) -> str:
    """A typed text in the one spelling that the other functions take, with single spaces."""
    return folded(text)


def near_day(words: str) -> int | None:
    """How many days from today a named day is: `i går` is -1."""
    return _NEAR_DAYS.get(words)


def weekday(words: str) -> int | None:
    """The number of a weekday, Monday as 0, by its name or the beginning of it."""
    return _place(words, _WEEKDAYS)


def weekday_and_day(words: str) -> tuple[int, str] | None:
    """A weekday and the day that is typed after it: `mandag 3. mars`."""
    if (found := matched(_WEEKDAY_AND_DAY, words)) and (number := weekday(found[1])) is not None:
        return number, found[2]
    return None


def full_day(words: str) -> tuple[int, int, int] | None:
    """Year, month and day of a day that is typed with its year."""
    if found := matched(_ISO, words):
        return int(found[1]), int(found[2]), int(found[3])
    if found := matched(_NORWEGIAN, words):
        return int(found[3]), int(found[2]), int(found[1])
    if (found := matched(_DAY_AND_NAME, words)) and found[3] and (month := _month(found[2])):
        return int(found[3]), month, int(found[1])
    return None


def day_of_year(words: str) -> tuple[int, int] | None:
    """Month and day of a day that is typed without a year."""
    if found := matched(_DAY_AND_MONTH, words):
        return int(found[2]), int(found[1])
    if (found := matched(_DAY_AND_NAME, words)) and not found[3] and (month := _month(found[2])):
        return month, int(found[1])
    return None


def near_month(words: str) -> int | None:
    """How many months from this one a named month is: `forrige måned` is -1."""
    return _NEAR_MONTHS.get(words)


def month(words: str) -> tuple[int | None, int] | None:
    """Year, if it is typed, and month: `10.2026`, `2026-10`, `okt 2026`, `oktober`."""
    if found := matched(_ISO_MONTH, words):
        return int(found[1]), int(found[2])
    if found := matched(_MONTH_AND_YEAR, words):
        return int(found[2]), int(found[1])
    if (found := matched(_NAMED_MONTH, words)) and (number := _month(found[1])):
        return int(found[2]) if found[2] else None, number
    return None


def age_in_months(words: str) -> tuple[int, int] | None:
    """The months that someone of that age has lived: at least the first, less than the second."""
    if found := matched(_YEARS_OLD, words):
        years = int(found[1])
        return (years * 12, years * 12 + 12) if years <= _OLDEST else None
    if found := matched(_MONTHS_OLD, words):
        years, months = int(found[1] or 0), int(found[2])
        if not years or months < 12:
            return years * 12 + months, years * 12 + months + 1
    return None


def doubt(words: str) -> str | None:
    """Why something that looks like a date cannot be read for certain, as the user is told."""
    if matched(_SHORT_YEAR, words):
        return "Skriv årstallet med fire sifre."
    if matched(_SLASHES, words):
        return "En dato med skråstrek kan leses på flere måter."
    return None


def _month(name: str) -> int | None:
    place = _place(name, MONTHS)
    return None if place is None else place + 1


def _place(name: str, names: tuple[str, ...]) -> int | None:
    """The place of a name that is written in full or by its first three letters or more."""
    if len(name) >= _SHORTEST_NAME:
        for place, known in enumerate(names):
            if known.startswith(name):
                return place
    return None
