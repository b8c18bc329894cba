"""BeyondTrust's reporting API: the report EndpointLicenseUsage, which lists every jump item, also those that no other API shows."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from .._core.errors import ServerError
from .._core.http import Session
from .command import root_of

PATH = "/api/reporting"
REPORT = "EndpointLicenseUsage"
# Which permission the report needs is not said of it; the guide says of this one that it is for "the license usage reporting API".
PERMISSION = "perm_reporting_license"
# The guide says that the ZIP file holds a list of all jump items (since 22.1). The list's name and the order of its columns are those
# that a public client reads.
LIST = "jump_items.csv"
COLUMNS = 7
HEADERS = {"Accept": "application/zip, text/xml;q=0.9, */*;q=0.1"}
LARGEST_LIST = 512 * 2 ** 20  # characters, about four million jump items
LONGEST_LINE = 2 ** 16


@dataclass(frozen=True, slots=True)
class ReportedItem:
    """What the report tells of a jump item. Jumpoint, method and group are texts for people, empty where there is none."""

    name: str
    hostname: str
    jumpoint: str
    method: str
    group: str


def jump_items(session: Session) -> list[ReportedItem]:
    """Return every jump item that the report lists. Raises Refused where the appliance says no, ServerError for what is no such report."""
    answer = session.read("GET", PATH, headers=HEADERS, params={"generate_report": REPORT})
    what = f"the report {REPORT}"
    if answer.status >= 400 or not answer.content.startswith(b"PK"):
        root_of(session, what, answer, PERMISSION)
        raise ServerError(f"{what} is XML, where a ZIP file was expected; versions before 22.1 do not list jump items.", status=answer.status)
    try:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive, archive.open(LIST) as packed:
            rows = csv.reader(_lines(io.TextIOWrapper(packed, "utf-8-sig", newline="")), strict=True)
            next(rows, None)  # the headings
            return [_item(row) for row in rows if row]
    except KeyError:
        raise ServerError(f"{what} holds no {LIST}.", status=answer.status) from None
    except (zipfile.BadZipFile, zlib.error, csv.Error, UnicodeDecodeError, EOFError, NotImplementedError, RuntimeError):
        raise ServerError(f"{what} cannot be read: it is cut off or malformed.", status=answer.status) from None


def _lines(file) -> Iterator[str]:
    """Yield the lines of what may have been packed to do harm."""
    size = 0
    while line := file.readline(LONGEST_LINE):
        size += len(line)
        if len(line) == LONGEST_LINE or size > LARGEST_LIST:
            raise ServerError(f"the report {REPORT} was refused: more than {LONGEST_LINE} characters in a line of {LIST}, or {LARGEST_LIST} in all.")
        yield line


def _item(row) -> ReportedItem:
    if len(row) < COLUMNS:
        raise ServerError(f"the report {REPORT} has {len(row)} columns in {LIST}, where {COLUMNS} were expected.")
    name, hostname, jumpoint, _application, _license, method, group = (cell.strip() for cell in row[:COLUMNS])
    return ReportedItem(name, hostname, jumpoint, method, group)
