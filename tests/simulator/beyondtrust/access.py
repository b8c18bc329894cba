"""API accounts of a simulated BeyondTrust appliance: their tokens, their permissions and their
limits.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import ipaddress
import math
import secrets
import string
from collections import deque
from dataclasses import asdict, dataclass, field
from time import monotonic

from ..wire import Answer, json_answer
from .answers import Refused, access_denied
from .request import FORM, Request

TOKEN_LIFETIME = 3600
"""Seconds for which a token is valid."""
TOKENS_PER_ACCOUNT = 30
"""The most valid tokens of an account; one more silently ends the oldest."""

_ALPHABET = string.ascii_letters + string.digits
_STATUSES = {
    "invalid_request": 400,
    "unsupported_grant_type": 400,
    "invalid_client": 401,
    "unauthorized_client": 401,
}
"""The errors of the token address with their statuses. The errors are documented, the statuses are
a guess.
"""


@dataclass
class Usage:
    """What one account did. A peak is the largest number of requests that arrived within any one
    second.
    """

    tokens_minted: int = 0
    tokens_evicted: int = 0
    requests: int = 0
    beyond_limits: int = 0
    peak_per_second: int = 0


@dataclass(frozen=True)
class _Token:
    client_id: str
    client_secret: str
    ends_ms: int


@dataclass
class _Arrivals:
    """When requests of one account arrived: all of the last second, and those of the last hour that
    were within the limits.
    """

    last_second: deque[float] = field(default_factory=deque)
    answered: deque[float] = field(default_factory=deque)


@dataclass(frozen=True)
class Verdict:
    """What the limits make of a request: how many are left in the hour, and after how many seconds
    to come again (0: it is answered).
    """

    limit: int
    remaining: int
    wait: float


class Access:
    """Who may do what, and how often.

    The accounts stand in the appliance's site. A token belongs to the secret with which it was
    made: another secret in the site ends it. The limits look at real time plus what the appliance's
    clock was moved by.
    """

    def __init__(self, appliance):
        self._appliance = appliance
        self._tokens: dict[str, _Token] = {}  # in the order in which they were made
        self._arrivals: dict[str, _Arrivals] = {}
        self._usage: dict[str, Usage] = {}

    def usage(self, client_id: str) -> Usage:
        """What an account did so far."""
        return self._usage.setdefault(client_id, Usage())

    def as_dict(self) -> dict:
        """What all accounts did, by client id, for JSON."""
        return {
            client_id: asdict(self.usage(client_id))
            for client_id in self._appliance.site["accounts"]
        }

    def clear(self) -> None:
        """Count from zero again. Tokens and limits stay as they are."""
        self._usage.clear()

    def forget_arrivals(self) -> None:
        """Let no earlier request count towards the limits, as after a jump of the clock."""
        self._arrivals.clear()

    # --- Limits

    def arrive(self, request: Request) -> Verdict | None:
        """Count a request at its arrival; None where no account stands behind it, so that no limit
        applies.
        """
        client_id = self._account_behind(request)
        if client_id is None:
            return None
        usage = self.usage(client_id)
        arrivals = self._arrivals.setdefault(client_id, _Arrivals())
        now = monotonic() + self._appliance.clock.advanced
        for moments, seconds in ((arrivals.last_second, 1), (arrivals.answered, 3600)):
            while moments and moments[0] <= now - seconds:
                moments.popleft()
        arrivals.last_second.append(now)
        usage.requests += 1
        usage.peak_per_second = max(usage.peak_per_second, len(arrivals.last_second))
        switches = self._appliance.switches
        wait = max(
            _wait(arrivals.answered, switches.requests_per_second, now, 1),
            _wait(arrivals.answered, switches.requests_per_hour, now, 3600),
        )
        if wait:
            usage.beyond_limits += 1
        else:
            arrivals.answered.append(now)
        return Verdict(
            switches.requests_per_hour,
            max(0, switches.requests_per_hour - len(arrivals.answered)),
            wait,
        )

    def refuse_beyond_limits(self, verdict: Verdict | None) -> None:
        """Raise Refused where a request is beyond the limits. The status and the words are a guess."""
        if verdict is None or not verdict.wait:
            return
        switches = self._appliance.switches
        answer = json_answer(
            {"error": "rate_limit_exceeded", "message": "Too many requests."},
            switches.rate_limit_status,
        )
        if switches.retry_after:
            answer.headers["retry-after"] = str(math.ceil(verdict.wait))
        raise Refused(answer)

    def _account_behind(self, request: Request) -> str | None:
        if request.path == "/oauth2/token":
            credentials = (
                self._credentials(request) if self._appliance.switches.token_counts else None
            )
            return (
                credentials[0]
                if credentials and credentials[0] in self._appliance.site["accounts"]
                else None
            )
        token = self._valid(request.bearer_token())
        return token.client_id if token else None

    # --- Tokens

    def mint(self, request: Request, verdict: Verdict | None) -> Answer:
        """Answer a request for a token. Raises Refused."""
        credentials = self._credentials(request)
        if credentials is None:
            raise _refused(
                "invalid_client",
                "the client's id and secret are missing from a Basic authorization header",
            )
        client_id, client_secret = credentials
        account = self._appliance.site["accounts"].get(client_id)
        if account is None or not secrets.compare_digest(
            client_secret.encode(), account["client_secret"].encode()
        ):
            raise _refused("invalid_client")
        if not account["enabled"] or not _from_allowed_address(account, request.source):
            raise _refused("unauthorized_client")
        self.refuse_beyond_limits(verdict)
        self._check_grant(request)
        usage = self.usage(client_id)
        live = [
            text
            for text, token in list(self._tokens.items())
            if token.client_id == client_id and self._valid(text)
        ]
        for oldest in live[: max(0, len(live) + 1 - TOKENS_PER_ACCOUNT)]:
            del self._tokens[oldest]
            usage.tokens_evicted += 1
        text = "".join(secrets.choice(_ALPHABET) for _character in range(39))
        self._tokens[text] = _Token(
            client_id, client_secret, self._appliance.clock.now_ms() + TOKEN_LIFETIME * 1000
        )
        usage.tokens_minted += 1
        answer = json_answer(
            {"access_token": text, "token_type": "Bearer", "expires_in": TOKEN_LIFETIME}
        )
        answer.cookies = [
            f"session={secrets.token_hex(16)}; path=/; secure; HttpOnly",
            "login_warning=1; path=/login; secure",
        ]
        return answer

    def _credentials(self, request: Request) -> tuple[str, str] | None:
        found = request.basic_credentials()
        if found is None and self._appliance.switches.token_request == "lenient":
            data = request.data()
            if isinstance(data, dict) and all(
                isinstance(data.get(name), str) for name in ("client_id", "client_secret")
            ):
                return data["client_id"], data["client_secret"]
        return found

    def _check_grant(self, request: Request) -> None:
        if self._appliance.switches.token_request == "lenient":
            data = request.data()
            grants = [value for name, value in request.query or [] if name == "grant_type"]
            grants += (
                [data["grant_type"]] if isinstance(data, dict) and "grant_type" in data else []
            )
        elif request.content_type != FORM or request.query != []:
            raise _refused("invalid_request", "a token is asked for by a form in the body")
        else:
            form = request.form()
            if form is None or [name for name, _value in form] != ["grant_type"]:
                raise _refused("invalid_request", "the form holds grant_type and nothing else")
            grants = [form[0][1]]
        if not grants:
            raise _refused("invalid_request", "grant_type is missing")
        if grants[0] != "client_credentials":
            raise _refused("unsupported_grant_type", "grant_type is client_credentials")

    def _valid(self, text: str | None) -> _Token | None:
        token = self._tokens.get(text or "")
        if token is None:
            return None
        account = self._appliance.site["accounts"].get(token.client_id)
        if (
            account is None
            or account["client_secret"] != token.client_secret
            or self._appliance.clock.now_ms() >= token.ends_ms
        ):
            del self._tokens[text]
            return None
        return token

    def authenticate(self, request: Request) -> dict:
        """The account of a request's token, with its `client_id`. Raises Refused."""
        text = request.bearer_token()
        if text is None:
            raise Refused(access_denied(), "a request to an API carries a Bearer token")
        token = self._valid(text)
        account = self._appliance.site["accounts"][token.client_id] if token else None
        if (
            account is None
            or not account["enabled"]
            or not _from_allowed_address(account, request.source)
        ):
            raise Refused(access_denied())
        return {"client_id": token.client_id, **account}


def _wait(answered: deque[float], limit: int, now: float, seconds: int) -> float:
    """After how many seconds one more request is within the limit; 0 where it is already."""
    if len(answered) < limit:
        return 0.0
    return max(0.0, answered[-limit] + seconds - now) if limit else float(seconds)


def _refused(error: str, violation: str | None = None) -> Refused:
    return Refused(
        json_answer(
            {"error": error, "message": violation or "The client could not be authenticated."},
            _STATUSES[error],
        ),
        violation,
    )


def _from_allowed_address(account: dict, source: str) -> bool:
    """Whether a request comes from where the account may be used; an empty list allows every
    address.
    """
    networks = [ipaddress.ip_network(each, strict=False) for each in account["ip_addresses"]]
    return not networks or any(ipaddress.ip_address(source) in network for network in networks)
