"""Every command that writes files, and whether names go out with them."""

# What is written, by the command that writes it; a folder where it is several.
WITH_NAMES = {
    ("data", "eksporter"): ["folder", "book.xlsx"],
    ("rapport", "bevis", "2023", "--til"): ["proof.xlsx", "proof.pdf"],
    ("timer", "skjema", "2024-02", "--alle", "--til"): ["sheets"],
    ("personvern", "innsyn", "F1", "--til"): ["F1.pdf", "F1.json", "F1"],
    ("personvern", "innsyn", "V2", "--til"): ["V2.json"],
}
WITHOUT_NAMES = {
    ("rapport", "skriv", "2023", "--til"): [
        "r.docx", "r.pdf", "r.html", "r.md", "r.xlsx", "r.csv", "r.json",
    ],
    ("rapport", "bevis", "2023", "--uten-navn", "--til"): ["p.xlsx", "p.pdf"],
    ("personvern", "protokoll", "--til"): ["p.docx", "p.md"],
    ("data", "kopi", "--til"): ["copy.db"],
    ("data", "mal"): ["empty.xlsx"],
    ("data", "nøkkel", "--ark"): ["key.pdf", "key.txt"],
}  # fmt: skip
# Those that the log does not list: there is nothing of the department in them.
UNLISTED = {("data", "mal")}


def lines(of: dict[tuple[str, ...], list[str]]) -> list[tuple[tuple[str, ...], str]]:
    """Each command with each file it is to write."""
    return [(words, file) for words, files in of.items() for file in files]
