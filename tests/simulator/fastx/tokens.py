"""The tokens of complete logins: how they are made, recognised, kept alive and forgotten."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import base64
import json
import secrets

from .answers import broken, not_logged_in

_LIFE_SECONDS = 30 * 86_400  # what a JWT's exp says; a guess


def mint(server, login: str, server_id: str) -> str:
    """A new token for a user whose login is complete: a JWT in the later generation, otherwise a
    random text.
    """
    token = secrets.token_urlsafe(24)
    now_ms = server.clock.now_ms()
    if server.switches.generation == "later":
        now = now_ms // 1000
        claims = {
            "sub": login,
            "iss": server_id,
            "iat": now,
            "exp": now + _LIFE_SECONDS,
            "aud": "api",
            "jti": token,
        }
        token = ".".join(
            [_part({"alg": "HS256", "typ": "JWT"}), _part(claims), secrets.token_urlsafe(32)]
        )
    server.site["tokens"][token] = {"login": login, "serverId": server_id, "used_ms": now_ms}
    server.tokens_given.add(token)
    return token


def _part(value: dict) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def token_of(server, headers: dict[str, str]) -> str | None:
    """The token in the headers that the server looks at, None where there is none. Raises Refused
    where two headers hold different ones.
    """
    scheme, _space, bearer = headers.get("authorization", "").partition(" ")
    found = {
        "x_fastx_token": headers.get("x-fastx-token"),
        "bearer": bearer if scheme.lower() == "bearer" else None,
    }
    if None not in found.values() and len(set(found.values())) > 1:
        raise broken("two headers hold different tokens")
    if server.switches.token_header == "either":
        return found["x_fastx_token"] or found["bearer"]
    return found[server.switches.token_header]


def authenticate(server, headers: dict[str, str], keeps_alive: bool) -> str:
    """The token of a login that is alive, which the call keeps alive or not. Raises Refused
    (AuthError) otherwise.
    """
    token = token_of(server, headers)
    record = server.site["tokens"].get(token)
    if record is None:
        raise not_logged_in("You are not logged in")
    now_ms = server.clock.now_ms()
    if now_ms - record["used_ms"] >= server.switches.idle_seconds * 1000:
        del server.site["tokens"][token]
        raise not_logged_in("The login has expired")
    if keeps_alive or server.switches.kept_alive_by == "any_call":
        record["used_ms"] = now_ms
    return token
