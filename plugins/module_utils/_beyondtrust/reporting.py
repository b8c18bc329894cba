"""BeyondTrust's reporting API: the report EndpointLicenseUsage, which lists every jump item, also
those that no other API shows.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from .._core.errors import ServerError
from .._core.http import Session
from .._core.quoting import quoted
from .command import root_of

PATH = "/api/reporting"
REPORT = "EndpointLicenseUsage"
# Which permission the report needs is not said of it; the guide says of this one that it is for
# "the license usage reporting API".
PERMISSION = "perm_reporting_license"
# The guide says that the ZIP file holds a list of all jump items (since 22.1). The list's name, and
# that its first line holds headings, are what a public client reads.
LIST = "jump_items.csv"
# A column is known by a word of its heading, in whatever place it stands. The words are a guess:
# the public client goes by the order name, host, jumpoint, application, licence, method, group.
HEADINGS = {
    "hostname": r"host|address|\bip\b",
    "jumpoint": r"jumpoint",
    "method": r"method",
    "group": r"group",
    "name": r"\bname\b",
}
HEADERS = {"Accept": "application/zip, text/xml;q=0.9, */*;q=0.1"}
LARGEST_LIST = 64 * 2**20  # characters
MOST_ITEMS = 500_000
MOST_MEMBERS = 100  # of the ZIP file, which holds some reports
LONGEST_LINE = 2**16


@dataclass(frozen=True, slots=True)
class ReportedItem:
    """What the report tells of a jump item. Jumpoint, method and group are texts for people, empty
    where there is none.
    """

    name: str
    hostname: str
    jumpoint: str
    method: str
    group: str


def jump_items(session: Session) -> list[ReportedItem]:
    """Return every jump item that the report lists. Raises Refused where the appliance says no,
    ServerError for what is no such report.
    """
    answer = session.read("GET", PATH, headers=HEADERS, params={"generate_report": REPORT})
    what = f"the report {REPORT}"
    if answer.status >= 400 or not answer.content.startswith(b"PK"):
        root_of(session, what, answer, PERMISSION)
        raise ServerError(
            f"{what} is XML, where a ZIP file was expected; versions before 22.1 do not list jump items.",
            status=answer.status,
        )
    # Each becomes an object, before one is asked for.
    if answer.content.count(b"PK\x01\x02") > MOST_MEMBERS:
        raise ServerError(
            f"{what} was refused: a ZIP file of more than {MOST_MEMBERS} members.",
            status=answer.status,
        )
    try:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive, _member(archive) as packed:
            rows = csv.reader(
                _lines(io.TextIOWrapper(packed, "utf-8-sig", newline="")), strict=True
            )
            columns = _columns(next(rows, []))
            items = [_item(row, columns) for row in islice(filter(None, rows), MOST_ITEMS + 1)]
    except KeyError:
        raise ServerError(f"{what} holds no {LIST}.", status=answer.status) from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        csv.Error,
        UnicodeDecodeError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
        struct.error,
    ):
        raise ServerError(
            f"{what} cannot be read: it is cut off or malformed.", status=answer.status
        ) from None
    if len(items) > MOST_ITEMS:
        raise ServerError(
            f"{what} was refused: more than {MOST_ITEMS} jump items.", status=answer.status
        )
    return items


def _lines(file) -> Iterator[str]:
    """Yield the lines of what may have been packed to do harm."""
    size = 0
    while line := file.readline(LONGEST_LINE):
        size += len(line)
        if len(line) == LONGEST_LINE or size > LARGEST_LIST:
            raise ServerError(
                f"the report {REPORT} was refused: more than {LONGEST_LINE} characters in a line of {LIST}, or {LARGEST_LIST} in all."
            )
        yield line


def _member(archive):
    """Open the list. One that is packed in a way that nobody uses for text is refused: only
    deflating has a bound on what comes of a byte.
    """
    if archive.getinfo(LIST).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError
    return archive.open(LIST)


def _columns(headings) -> dict[str, int]:
    """Return in which column each attribute of an item stands. Raises ServerError where the
    headings do not tell exactly one for each.
    """
    columns = {}
    for attribute, words in HEADINGS.items():
        found = [
            at
            for at, heading in enumerate(headings)
            if re.search(words, heading, re.IGNORECASE) and at not in columns.values()
        ]
        if attribute == "name":  # the remote application has a name, too
            found = [
                at for at in found if not re.search("application", headings[at], re.IGNORECASE)
            ]
        if len(found) != 1:
            told = ", ".join(quoted(heading, 40) for heading in headings[:20]) or "none"
            raise ServerError(
                f"the report {REPORT} has {len(found) or 'no'} column{'s' if len(found) != 1 else ''} for the {attribute} of a jump item in {LIST}, where one "
                f"was expected. Its headings are: {told}."
            )
        columns[attribute] = found[0]
    return columns


def _item(row, columns) -> ReportedItem:
    if len(row) <= max(columns.values()):
        raise ServerError(
            f"the report {REPORT} has a line of {len(row)} columns in {LIST}, which is shorter than its headings."
        )
    return ReportedItem(**{attribute: row[at].strip() for attribute, at in columns.items()})
