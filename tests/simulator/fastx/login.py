"""Logging in to FastX: the stages, who passes them, and the token at the end."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from . import keys, tokens
from .answers import broken, not_found, not_logged_in
from .call import Call
from .parameters import BOOLEAN, NAME, TEXT, Parameters

START = Parameters(
    {"username": NAME}, {"password": TEXT, "serverId": TEXT, "usePK": BOOLEAN, "basic": BOOLEAN}
)
LATER_START = Parameters(
    {"username": NAME}, {"password": TEXT, "usePK": BOOLEAN, "basic": BOOLEAN, "admin": BOOLEAN}
)


@dataclass
class Attempt:
    """A login that is under way. `stages` are those that still come, the current one first;
    `rounds` the questions of keyboard-interactive.
    """

    login: str
    server_id: str
    started_ms: int
    stages: list[str]
    rounds: list[list[dict]] = field(default_factory=list)
    public_key: str = ""
    data: bytes = b""
    wrong: int = 0


def start_parameters(server) -> Parameters:
    """What a login begins with. The pages of the later generation know `admin`, and no `serverId`."""
    return START if server.switches.generation == "source" else LATER_START


def follow_up(**required) -> Callable[..., Parameters]:
    """What a stage takes, as a function of the server: its own parameters and the token of the
    login that is under way.
    """
    return lambda server: Parameters({**required, token_name(server): TEXT})


def token_name(server) -> str:
    """What the token is called until the login is complete."""
    if server.switches.login_token == "by_generation":
        return "token" if server.switches.generation == "source" else "authtoken"
    return server.switches.login_token


def start(call: Call) -> dict:
    """user/login: success at once, or the first stage."""
    server, given = call.server, call.given
    server_id = given.get("serverId") or server.site["serverId"]
    if server_id not in server.site["servers"]:
        raise not_found("There is no such server")
    login, password = given["username"], given.get("password")
    user, settings = server.site["users"].get(login), server.site["ssh"]
    if given.get("admin") and not (user or {}).get("admin"):
        raise not_logged_in()
    prompts = _prompts(user)
    if given.get("basic") or settings["basic"]:
        if not all(_right(user, each, password) for each in prompts or [{}]):
            raise not_logged_in()
        return _success(server, login, server_id)
    stages = (
        ["public-key"] * (2 if server.switches.rejected_key == "another" else 1)
        if given.get("usePK") and settings["publicKey"]
        else []
    )
    stages += (user or {}).get("stages") or ["keyboard-interactive" if prompts else "password"]
    rounds = [[each] for each in prompts] if server.switches.prompts == "text" else [prompts]
    attempt, token = (
        Attempt(login, server_id, server.clock.now_ms(), stages, rounds),
        secrets.token_urlsafe(24),
    )
    server.attempts[token] = attempt
    server.tokens_given.add(token)
    if (
        password is not None
        and stages[0] == "password"
        and server.switches.given_password == "used"
    ):
        return _answered(call, token, attempt, _right(user, {}, password))
    return _stage(server, token, attempt)


def _prompts(user: dict | None) -> list[dict]:
    return user["prompts"] if user else []


def _right(user: dict | None, prompt: dict, answer: str | None) -> bool:
    """Whether the answer is right: the one of the prompt, or the user's password where the prompt
    has none. Nobody has an empty password.
    """
    expected = (prompt.get("answer") or user["password"]) if user else ""
    return (
        bool(expected)
        and answer is not None
        and hmac.compare_digest(expected.encode(), answer.encode())
    )


def _stage(server, token: str, attempt: Attempt) -> dict:
    answer = {
        "stage": attempt.stages[0],
        token_name(server): token,
        "host": _host(server, attempt.server_id),
    }
    if answer["stage"] == "keyboard-interactive":
        texts = [each["prompt"] for each in attempt.rounds[0]]
        answer |= {
            "text": {"prompt": texts[0]},
            "array": {"prompt": texts},
            "prompts": {"prompts": texts},
        }[server.switches.prompts]
    elif answer["stage"] == "sign":
        answer["signData"] = base64.b64encode(attempt.data).decode()
    return answer


def _success(server, login: str, server_id: str) -> dict:
    return {
        "stage": "success",
        "token": tokens.mint(server, login, server_id),
        "host": _host(server, server_id),
    }


def _host(server, server_id: str) -> str:
    return server.site["servers"][server_id]["hostname"]


def _under_way(call: Call, stage: str) -> tuple[str, Attempt]:
    """The login of a follow-up call, which must be at this stage. Raises Refused."""
    token = call.given[token_name(call.server)]
    attempt = call.server.attempts.get(token)
    if (
        attempt is not None
        and call.server.clock.now_ms() - attempt.started_ms
        >= call.server.switches.login_seconds * 1000
    ):
        del call.server.attempts[token]
        attempt = None
    if attempt is None:
        raise not_logged_in("There is no such login under way")
    if attempt.stages[0] != stage:
        raise broken(f"the login is not at the stage {stage}")
    return token, attempt


def _answered(call: Call, token: str, attempt: Attempt, right: bool) -> dict:
    """What follows on the answer to a stage: the next one, or success. Raises Refused after a wrong
    answer.
    """
    if not right:
        attempt.wrong += 1
        if attempt.wrong >= call.server.switches.login_attempts:
            del call.server.attempts[token]
        raise not_logged_in()
    attempt.stages.pop(0)
    if attempt.stages:
        return _stage(call.server, token, attempt)
    del call.server.attempts[token]
    return _success(call.server, attempt.login, attempt.server_id)


def public_key(call: Call) -> dict:
    """user/login/public-key: the data to be signed, or the next stage for a key that the user does
    not have.
    """
    token, attempt = _under_way(call, "public-key")
    blob, _exponent, _modulus = keys.read_public_key(call.given["publicKey"])
    user = call.server.site["users"].get(attempt.login)
    if user and call.given["publicKey"] in user["public_keys"]:
        attempt.stages = ["sign", *user["after_key"]]
        attempt.public_key, attempt.data = (
            call.given["publicKey"],
            keys.data_to_sign(attempt.login, blob),
        )
    else:
        attempt.stages.pop(0)
    return _stage(call.server, token, attempt)


def signed(call: Call) -> dict:
    """user/login/public-key/signed: success for a signature that fits, or the stage that follows on
    a key.
    """
    token, attempt = _under_way(call, "sign")
    signature = keys.decode("signature", call.given["signature"])
    return _answered(
        call,
        token,
        attempt,
        keys.fits(signature, call.server.switches.signature, attempt.public_key, attempt.data),
    )


def keyboard_interactive(call: Call) -> dict:
    """user/login/keyboard-interactive: the next questions, and after the last ones the next stage,
    or success.
    """
    token, attempt = _under_way(call, "keyboard-interactive")
    answers, as_text = call.given["answer"], call.server.switches.prompts == "text"
    if isinstance(answers, str) is not as_text:
        raise broken("one prompt has one answer, an array of prompts has an array of answers")
    answers = [answers] if as_text else answers
    if len(answers) != len(attempt.rounds[0]):
        raise broken("there must be as many answers as prompts")
    user = call.server.site["users"].get(attempt.login)
    right = all(
        _right(user, prompt, answer)
        for prompt, answer in zip(attempt.rounds[0], answers, strict=True)
    )
    if right and len(attempt.rounds) > 1:
        attempt.rounds.pop(0)
        return _stage(call.server, token, attempt)
    return _answered(call, token, attempt, right)


def password(call: Call) -> dict:
    """user/login/password: the next stage, or success, for the user's password."""
    token, attempt = _under_way(call, "password")
    return _answered(
        call,
        token,
        attempt,
        _right(call.server.site["users"].get(attempt.login), {}, call.given["password"]),
    )
