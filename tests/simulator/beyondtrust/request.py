"""What one HTTP request to a simulated BeyondTrust appliance says."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Request:
    """A request as it arrived. `path` is decoded, `headers` have lower-case names, `source` is the
    client's IP address.
    """

    method: str
    path: str
    query: list[tuple[str, str]] | None
    headers: dict[str, str]
    body: bytes
    source: str

    @property
    def content_type(self) -> str:
        """The media type of the body, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def form(self) -> list[tuple[str, str]] | None:
        """The pairs of a form in the body; None where there is no well-formed one."""
        return pairs(self.body) if self.content_type == FORM else None

    def data(self) -> object:
        """The body as the journal shows it: JSON, the pairs of a form as a dict, text, or None
        where there is none.
        """
        if not self.body:
            return None
        form = self.form()
        if form is not None:
            return dict(form)
        try:
            return json.loads(self.body)
        except ValueError:
            return self.body.decode("utf-8", "replace")

    def basic_credentials(self) -> tuple[str, str] | None:
        """The user's name and password of a Basic authorization header, if there is one."""
        scheme, _space, value = self.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            name, colon, password = (
                base64.b64decode(value, validate=True).decode("utf-8").partition(":")
            )
        except ValueError:
            return None
        return (name, password) if colon else None

    def bearer_token(self) -> str | None:
        """The token of a Bearer authorization header, if there is one."""
        scheme, _space, value = self.headers.get("authorization", "").partition(" ")
        return value if scheme == "Bearer" and value else None


def pairs(text: bytes) -> list[tuple[str, str]] | None:
    """The decoded pairs of a query or a form in order; None where it is not well-formed UTF-8
    pairs.
    """
    if not text:
        return []
    try:
        return parse_qsl(
            text.decode("ascii"), keep_blank_values=True, strict_parsing=True, errors="strict"
        )
    except ValueError:
        return None


def read_request(scope, body: bytes) -> Request:
    """The request of an ASGI scope."""
    return Request(
        method=scope["method"],
        path=unquote(scope["raw_path"].decode("ascii")),
        query=pairs(scope["query_string"]),
        headers={
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        },
        body=body,
        source=(scope.get("client") or ("", 0))[0],
    )
