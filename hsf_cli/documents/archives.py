"""Files that are zip archives inside, written so that the same content is the same bytes."""

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hsf_cli import unfinished

if TYPE_CHECKING:
    from openpyxl import Workbook

# The earliest that an archive can tell.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"


def timeless(archive: bytes, instead: Mapping[str, bytes] | None = None) -> bytes:
    """The archive without the times its parts were put in it, and with those parts instead."""
    written = BytesIO()
    with ZipFile(BytesIO(archive)) as source, ZipFile(written, "w") as target:
        for name in source.namelist():
            part = ZipInfo(name, _NO_TIME)
            part.compress_type = ZIP_DEFLATED
            target.writestr(part, (instead or {}).get(name) or source.read(name))
    return written.getvalue()


def workbook(book: "Workbook", at: datetime) -> bytes:
    """The workbook as a file that was made at that time."""
    from openpyxl.xml.functions import tostring

    written = BytesIO()
    with unfinished.folder() as own, unfinished.temporary_files(own):
        book.save(written)
    book.properties.created = book.properties.modified = universal(at)
    return timeless(written.getvalue(), {_PROPERTIES: tostring(book.properties.to_tree())})


def universal(at: datetime) -> datetime:
    """The time as files have it: in UTC, and without saying so."""
    return at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
