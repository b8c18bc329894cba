"""Reading XML from servers that are not trusted; the only file that knows lxml."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain

from .._core.errors import LibraryMissing, ServerError

try:
    from lxml import etree
except ImportError:
    etree, LXML_IMPORT_ERROR = None, traceback.format_exc()
else:
    LXML_IMPORT_ERROR = None

# Bytes of XML that may be held as a tree at one time. The tree takes about ten times as much
# memory.
LIMIT = 16 * 2**20
# Elements and attributes in these, counted by the signs that stand for them before any is made: the
# shortest, <a/>, takes thirty times its bytes.
MOST_PARTS = 1_000_000
SLICE = 2**16
# Without huge_tree libxml2 bounds the depth (256 to 2048, by its version) and each text, attribute
# and name (10 MB).
SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def parse(data: bytes, limit: int = LIMIT) -> etree._Element:
    """Return the root element; ServerError if ``data`` is malformed, has a document type, or is
    over ``limit`` bytes.
    """
    if len(data) > limit:
        raise ServerError(
            f"The answer is {len(data)} bytes of XML, and was refused: at most {limit} are read."
        )
    if _parts(data) > MOST_PARTS:
        raise ServerError(
            f"The answer was refused: more than {MOST_PARTS} elements and attributes of XML."
        )
    with _parsing():
        _Prolog().feed(data)
        return etree.fromstring(data, etree.XMLParser(**SAFE))


def elements(chunks: Iterable[bytes], tag: str, limit: int = LIMIT) -> Iterator[etree._Element]:
    """Yield each outermost element named ``tag`` when it is complete; the next step empties it.
    Errors as in ``parse``.
    """
    # Memory is flat: there may be ``limit`` bytes, not more, from the end of one such element to
    # the end of the next.
    with _parsing():
        prolog, parser, held, parts = (
            _Prolog(),
            etree.XMLPullParser(("end",), tag="{*}" + tag, **SAFE),
            0,
            0,
        )
    # The empty slice stands for the end, which may complete elements, too.
    for data in chain(
        (chunk[at : at + SLICE] for chunk in chunks for at in range(0, len(chunk), SLICE)), [b""]
    ):
        parts += _parts(data)
        with _parsing():
            prolog.feed(data)
            parser.feed(data) if data else parser.close()
        held += len(data)
        for _event, element in parser.read_events():
            if not any(local(outer) == tag for outer in element.iterancestors()):
                yield element
                held = parts = 0
                element.clear(keep_tail=True)  # the tail may not be complete yet
                while (parent := element.getparent()) is not None:
                    while parent[0] is not element:
                        del parent[0]
                    element = parent
        if held > limit or parts > MOST_PARTS:
            raise ServerError(
                f"The answer was refused: more than {limit} bytes of XML without the end of a {tag} element, or more than {MOST_PARTS} elements and attributes."
            )


def _parts(data) -> int:
    return data.count(b"<") + data.count(b"=")


def local(element: etree._Element) -> str:
    """Return the element's name without its namespace, which differs between the versions of a
    product.
    """
    return element.tag.rpartition("}")[2]


def find(element: etree._Element, *path: str) -> etree._Element | None:
    """Return the first element at ``path``, child by child, in whatever namespace; None if there is
    none.
    """
    return element.find("/".join("{*}" + name for name in path) or ".")


def text(element: etree._Element, *path: str) -> str | None:
    """Return the stripped text of the first element at ``path``: "" if it has none, None if there
    is no such element.
    """
    found = find(element, *path)
    return None if found is None else (found.text or "").strip()


class _Prolog:
    """A parser's target for what stands before the root element: a document type there must not
    come into effect.
    """

    def __init__(self):
        self._parser, self._ended = etree.XMLParser(target=self, **SAFE), False

    def feed(self, data):
        for at in range(0, len(data), SLICE):
            if not self._ended:
                self._parser.feed(data[at : at + SLICE])

    def doctype(self, *declaration):
        raise ServerError(
            "The answer was refused: it declares a document type, as HTML pages and attacks do."
        )

    def start(self, *element):
        self._ended = True

    def close(self):
        """Demanded by lxml."""


def needed() -> None:
    """Raise LibraryMissing where XML cannot be read, which has to be known before anything is sent
    that is answered by XML.
    """
    if etree is None:
        raise LibraryMissing(
            "The Python library lxml is missing on the machine that runs this; it is needed to read XML."
        )


@contextmanager
def _parsing() -> Iterator[None]:
    needed()
    try:
        yield
    except etree.XMLSyntaxError as exc:
        # Without the parser's own words, which quote the answer; an answer may hold secrets.
        raise ServerError(
            "The answer is not well-formed XML, or is cut off (line {}, column {}).".format(
                *exc.position
            )
        ) from None
