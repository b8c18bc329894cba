"""The shapes of answers that the APIs of a simulated BeyondTrust appliance share, and how a request
is refused.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from xml.etree import ElementTree

from ..wire import Answer, json_answer

_NOT_FOUND_PAGE = b"<!DOCTYPE html>\n<html><head><title>Document Not Found</title></head><body><h1>Document Not Found</h1></body></html>\n"


class Refused(Exception):
    """The appliance refuses a request with `answer`. `violation` names the rule of the documents
    that the client broke, if it did.
    """

    def __init__(self, answer: Answer, violation: str | None = None):
        super().__init__(violation)
        self.answer = answer
        self.violation = violation


def access_denied() -> Answer:
    """What every API, also the XML ones, answers to a token that is not valid (any more). The words
    are the guide's, the status is a client's.
    """
    return json_answer(
        {
            "error": "access_denied",
            "message": "The resource owner or authorization server denied the request.",
        },
        401,
    )


def document_not_found() -> Answer:
    """The page "Document Not Found"."""
    return Answer(404, _NOT_FOUND_PAGE, "text/html; charset=UTF-8")


def element(tag: str, content: object = None, /, **attributes: object) -> ElementTree.Element:
    """An XML element. `content` is a list of elements, or a value of which the text is shown; None
    stands for nothing.
    """
    made = ElementTree.Element(tag, {key: str(value) for key, value in attributes.items()})
    if isinstance(content, list):
        made.extend(content)
    elif content is not None:
        made.text = str(content)
    return made


def xml_answer(root: ElementTree.Element, namespace: str, status: int = 200) -> Answer:
    """An XML answer framed as recorded: a declaration, an empty line, tabs and line breaks, no
    Content-Length. No namespace: none is declared.
    """
    if namespace:
        root.set("xmlns", namespace)
    ElementTree.indent(root, "\t")
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n\n'
        + ElementTree.tostring(root, encoding="unicode")
        + "\n"
    )
    return Answer(status, text.encode("utf-8"), "text/xml; charset=UTF-8", chunked=True)
