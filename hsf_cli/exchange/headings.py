"""What a heading that the format does not know is likely to stand for, so that it can be mended."""

import re
from functools import cache

from hsf_cli.exchange.sheet import ID, Sheet
from hsf_cli.exchange.sheets import SHEETS
from hsf_cli.spelling import did_you_mean, folded

# What departments call in their own sheets what is called otherwise here.
_USUAL = {
    "nr": ID, "nummer": ID,
    "tlf": "telefon", "mobil": "telefon", "mobilnr": "telefon", "mail": "epost",
    "mor": "kontaktperson", "far": "kontaktperson", "foresatt": "kontaktperson",
    "foresatte": "kontaktperson", "bydel": "område", "merknad": "notat", "kommentar": "notat",
    "fødselsår": "født", "fødselsdato": "født", "frivillig": "familiekontakt",
    "henvist": "kilde", "innkommet": "mottatt", "oppstart": "startet", "avslutta": "avsluttet",
}  # fmt: skip
_BY_SPELLING = {folded(usual): header for usual, header in _USUAL.items()}


def hint(heading: str, sheet: Sheet) -> str:
    """Which column a heading stands for, or which sheet it belongs to, and a blank after it.

    Nothing where neither can be said.
    """
    if "\t" in heading:
        return "Her er kolonnene skilt med tabulator: lagre filen som CSV med semikolon. "
    words = re.findall(r"\w+", folded(heading))
    usual = next((_BY_SPELLING[word] for word in words if word in _BY_SPELLING), None)
    if usual in sheet.headers:
        return f"Mente du «{usual}»? "
    if not any(folded(header) in words for header in sheet.headers):
        for header, names in _sheets_by_header().items():
            if len(names) == 1 and (header == usual or folded(header) in words):
                return f"Kolonnen «{header}» hører hjemme i {names[0]}. "
    return did_you_mean(heading, sheet.headers)


@cache
def _sheets_by_header() -> dict[str, list[str]]:
    """The sheets that departments fill in, by each heading but the id."""
    names: dict[str, list[str]] = {}
    for sheet in SHEETS:
        for header in sheet.headers:
            if sheet.standard and header != ID:
                names.setdefault(header, []).append(sheet.name)
    return names
