"""How a user logs in to FastX: the stages through which a server leads, the token at their end, and
the logout.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from threading import Lock
from typing import Any

from .._core.auth import NoLogin
from .._core.errors import Error, InputError, LoginRefused, Refused, ServerError
from .._core.quoting import as_written
from .answers import result_of, says_not_logged_in, shaped
from .keys import SIGNATURE_FORMS, RsaKey
from .paths import DESCRIPTION, GENERATIONS, generation_of, path_of

BASIC, INTERACTIVE, PUBLIC_KEY = "basic", "interactive", "public_key"
FASTX, BEARER = "fastx", "bearer"
CREDENTIALS = {
    "username": {"type": "str", "required": True},
    "password": {"type": "str", "no_log": True},
    "login_method": {
        "type": "str",
        "choices": ["auto", BASIC, INTERACTIVE, PUBLIC_KEY],
        "default": "auto",
    },
    "answers": {
        "type": "list",
        "elements": "dict",
        "options": {
            "prompt": {"type": "str"},
            "answer": {"type": "str", "required": True, "no_log": True},
        },
    },
    "private_key_path": {"type": "path"},
    "private_key_passphrase": {"type": "str", "no_log": True},
    "server_id": {"type": "str"},
}
# Guesses about what the vendor's pages leave open or contradict each other in; each is an option of
# the connection.
GUESSES = {
    "generation": {"type": "str", "choices": ["auto", *GENERATIONS], "default": "auto"},
    "token_header": {
        "type": "str",
        "choices": ["both", FASTX, BEARER],
        "default": "both",
        "no_log": False,
    },
    "login_token_name": {
        "type": "str",
        "choices": ["auto", "token", "authtoken"],
        "default": "auto",
        "no_log": False,
    },
    "signature_form": {
        "type": "str",
        "choices": list(SIGNATURE_FORMS),
        "default": SIGNATURE_FORMS[0],
    },
}
# Prompts that the password answers, where no answer is given for them.
PASSWORD_PROMPT = r"(?i)passw"
MOST_STAGES = 20  # of one login
LONGEST_PROMPT = 200  # characters of a prompt that the patterns of answers are looked for in
STAGES = {
    "public-key": "user/login/public-key",
    "sign": "user/login/public-key/signed",
    "keyboard-interactive": "user/login/keyboard-interactive",
    "password": "user/login/password",
}
OF_KEYS = frozenset(("public-key", "sign"))
WHY_NOT = {"public-key": ".", "sign": ": its signature was refused. Is signature_form right?"}


class Description:
    """What a server says of itself to everybody, asked for once and only where somebody wants to
    know.
    """

    def __init__(self, generation: str):
        self._generation, self._told, self._lock = generation, None, Lock()

    def told(self, ask: Callable) -> dict:
        """Return what the server says. Raises ServerError where it is no FastX server."""
        with self._lock:
            if self._told is None:
                self._told = shaped(ask("GET", DESCRIPTION), dict)
            return self._told

    def generation(self, ask: Callable) -> str:
        """Return the generation of the server's API, as the option says it or as it shows."""
        return generation_of(self.told(ask)) if self._generation == "auto" else self._generation

    def path(self, call: str, ask: Callable) -> str:
        """Return the path of a call on this server."""
        return path_of(call, self.generation(ask))


class Answers:
    """What a user answers to the prompts of one login. Those with a pattern answer each prompt that
    it is found in, the others one prompt each, in order.
    """

    def __init__(self, given: Sequence[Mapping[str, Any]], password: str | None):
        self._by_pattern = [
            (each["prompt"], each["answer"]) for each in given if each.get("prompt") is not None
        ]
        self._in_order = [each["answer"] for each in given if each.get("prompt") is None]
        self._password, self._used = password, set()
        self._password_sent = False

    def to(self, prompt: str) -> str:
        """Return the answer to a prompt. Raises InputError where there is none, or where it was not
        accepted before.
        """
        asked = prompt[:LONGEST_PROMPT]
        fitting = [answer for pattern, answer in self._by_pattern if re.search(pattern, asked)]
        if not fitting and self._in_order:
            fitting = [self._in_order.pop(0)]
        if not fitting and self._password is not None and re.search(PASSWORD_PROMPT, asked):
            return self.password()
        if not fitting:
            raise InputError(
                f"The server asks {prompt.strip()!r}, and nothing in answers answers that."
            )
        # Once more would bring the account nearer to being locked. Prompts that differ only in a
        # counter, or in case, are the same.
        asked = (re.sub(r"[\W\d_]+", " ", prompt).casefold().strip(), fitting[0])
        if asked in self._used:
            raise LoginRefused(
                f"The server asks {prompt.strip()!r} a second time: the answer to it was not accepted."
            )
        self._used.add(asked)
        return fitting[0]

    def password(self) -> str:
        """Return the password, which is sent once in a login. Raises InputError where there is
        none, LoginRefused where it was sent before.
        """
        if self._password is None:
            raise InputError("The server wants a password, and none is given.")
        if self._password_sent:
            raise LoginRefused(
                "The server asks for the password a second time: it was not accepted. Where a prompt wants it again, say so in answers."
            )
        self._password_sent = True
        return self._password


class Login(NoLogin):
    """A login that lasts for the work of one process: it is begun by the first request and ended
    after the last.
    """

    conceal: Callable[[Iterable[str]], None]  # of the session that the login belongs to

    def __init__(self, option: Callable[[str], Any], description: Description):
        self._option, self._description = option, description
        self._token: str | None = None
        # All tokens, also those that are forgotten, so that none outlives the work.
        self._given: list[str] = []
        self._refusal: Error | None = None
        self._lock = Lock()
        _check(option)
        path = option("private_key_path")
        self._key = (
            RsaKey(path, option("private_key_passphrase"), option("signature_form"))
            if path
            else None
        )

    def headers(self, ask) -> dict:
        """Return the token in headers; logs in first. A login that failed is not tried again:
        attempts are counted.
        """
        with self._lock:
            if self._refusal:
                raise self._refusal
            if self._token is None:
                try:
                    self._token = self._logged_in(ask)
                except Error as exc:
                    self._refusal = exc
                    raise
            return self.carrying(self._token)

    def carrying(self, token: str) -> dict:
        """Return the headers that carry a token; which of them a server looks at, the vendor's page
        does not say.
        """
        named = {FASTX: {"X-FASTX-TOKEN": token}, BEARER: {"Authorization": f"Bearer {token}"}}
        return (
            {**named[FASTX], **named[BEARER]}
            if self._option("token_header") == "both"
            else named[self._option("token_header")]
        )

    def refused(self, answer) -> bool:
        """Tell whether the server says that nobody is logged in (any more)."""
        return says_not_logged_in(answer)

    def renew(self, headers) -> None:
        """Forget the token that ``headers`` carried, unless another request has renewed it already."""
        with self._lock:
            if self._token and self.carrying(self._token).items() <= headers.items():
                self._token = None

    def end(self, ask) -> None:
        """Log out, so that no token stays good that nobody knows any more."""
        for token in self._given:
            with suppress(Error):
                result_of(
                    ask(
                        "POST",
                        self._description.path("user/logout", ask),
                        json={},
                        headers=self.carrying(token),
                    )
                )
        self._given.clear()

    # --- the stages ---------------------------------------------------------------------------------------------------

    def _logged_in(self, ask) -> str:
        """Go through the stages and return the token at their end, which is known to be accepted."""
        method, answers = (
            self._method(ask),
            Answers(self._option("answers") or (), self._option("password")),
        )
        told, offered = self._begin(ask, method), set()
        for _number in range(MOST_STAGES):
            stage = told.get("stage")
            if stage == "success":
                return self._accepted(ask, self._token_in(told, "token"))
            if not isinstance(stage, str) or stage not in STAGES:
                raise ServerError(
                    f"The login of {self._option('username')!r} came to the stage {as_written(stage)}, which is not known."
                )
            # For another key: this one was not accepted, and there is no other.
            if stage in OF_KEYS and stage in offered:
                if stage == "sign" or not (
                    self._option("answers") or self._option("password") is not None
                ):
                    raise LoginRefused(
                        f"The key in private_key_path is not accepted for {self._option('username')!r}{WHY_NOT[stage]}"
                    )
                told = self._begin(ask, INTERACTIVE)  # a login of its own, without keys
                offered |= OF_KEYS
                if told.get("stage") in OF_KEYS:
                    raise ServerError(
                        f"The server wants a key of {self._option('username')!r} although it was not told that there is one."
                    )
                continue
            offered.add(stage)
            name = self._option("login_token_name")
            if name == "auto":  # as the server calls it itself
                name = "authtoken" if "authtoken" in told else "token"
            told = self._step(
                ask,
                STAGES[stage],
                {
                    **self._answer(stage, told, answers),
                    name: self._token_in(told, "token", "authtoken"),
                },
            )
        raise ServerError(
            f"The login of {self._option('username')!r} does not come to an end: {MOST_STAGES} stages."
        )

    def _begin(self, ask, method) -> dict:
        """Begin a login and return its first stage."""
        body: dict[str, Any] = {"username": self._option("username")}
        if self._option("server_id"):
            body["serverId"] = self._option("server_id")
        if method == BASIC:
            body.update(password=self._option("password"), basic=True)
        if method == PUBLIC_KEY:
            body["usePK"] = True
        return self._step(ask, "user/login", body)

    def _method(self, ask) -> str:
        """Return the way to log in: the one that is asked for, or the one that both the options and
        the server make possible.
        """
        method = self._option("login_method")
        if method != "auto":
            return method
        settings = self._description.told(ask).get("ssh")
        settings = settings if isinstance(settings, dict) else {}
        if settings.get("basic") is not True:
            if self._key and settings.get("publicKey") is not False:
                return PUBLIC_KEY
            if self._option("answers"):
                return INTERACTIVE
        if self._option("password") is None:
            wanted = (
                "allows no login but with a password"
                if settings.get("basic") is True
                else "does not allow keys"
            )
            raise InputError(f"password must be given: the server {wanted}.")
        return BASIC

    def _answer(self, stage, told, answers) -> dict:
        """Return what a stage wants to be told."""
        if stage == "password":
            return {"password": answers.password()}
        if stage == "keyboard-interactive":
            prompts = told.get("prompts", told.get("prompt"))
            texts = [
                _text(prompt) for prompt in (prompts if isinstance(prompts, list) else [prompts])
            ]
            found = [answers.to(text) for text in texts]
            return {"answer": found if isinstance(prompts, list) else found[0]}
        if not self._key:
            raise InputError("The server wants a key, and no private_key_path is given.")
        return (
            {"publicKey": self._key.public()}
            if stage == "public-key"
            else {"signature": self._key.signature(str(told.get("signData")))}
        )

    def _step(self, ask, call, body) -> dict:
        try:
            return shaped(ask("POST", self._description.path(call, ask), json=body), dict)
        except Refused as exc:
            raise LoginRefused(
                f"The login of {self._option('username')!r} was refused. {exc}", **exc.facts
            ) from None

    def _token_in(self, told, *names) -> str:
        token = next((told[name] for name in names if name in told), None)
        if not isinstance(token, str) or not re.fullmatch(r"[\x21-\x7e]+", token):
            raise ServerError(
                f"The login of {self._option('username')!r} was answered without a token that can be used."
            )
        self.conceal([token])
        return token

    def _accepted(self, ask, token) -> str:
        """Return the token after it has been used once: that a server wants it elsewhere is better
        said now than as a failed login.
        """
        self._given.append(token)
        answer = ask(
            "POST",
            self._description.path("user/keepalive", ask),
            json={},
            headers=self.carrying(token),
        )
        if says_not_logged_in(answer):
            raise LoginRefused(
                f"The login of {self._option('username')!r} was accepted, and the token that came of it was not. Is token_header right?"
            )
        return token


def secrets_of(option: Callable[[str], Any]) -> list[str]:
    """Return the secrets among the options of the connection."""
    answers = option("answers") if isinstance(option("answers"), list) else []
    found = [
        option("password"),
        option("private_key_passphrase"),
        *(each.get("answer") for each in answers if isinstance(each, dict)),
    ]
    return [secret for secret in found if isinstance(secret, str)]


def _check(option) -> None:
    """Raise InputError for options of the login that cannot be right, whatever the server wants."""
    if not option("username").strip():
        raise InputError("username must not be empty.")
    if option("password") == "":
        raise InputError("password must not be empty.")
    given = option("answers") or []
    for each in given:  # of an inventory or a lookup, nobody has looked into them
        if (
            not isinstance(each, dict)
            or not isinstance(each.get("answer"), str)
            or not isinstance(each.get("prompt", ""), (str, type(None)))
        ):
            raise InputError(
                "answers must be a list of mappings, each with the text answer and, if wanted, a pattern prompt."
            )
        try:
            re.compile(each.get("prompt") or "")
        except re.error as exc:
            raise InputError(
                f"answers: prompt {each['prompt']!r} is not a regular expression: {exc}."
            ) from None
    method, password = option("login_method"), option("password")
    if method == PUBLIC_KEY and not option("private_key_path"):
        raise InputError("login_method=public_key needs private_key_path.")
    if method == BASIC and password is None:
        raise InputError("login_method=basic needs password.")
    if password is None and not given and not option("private_key_path"):
        raise InputError("One of password, answers and private_key_path must be given.")


def _text(prompt) -> str:
    """Return the text of a prompt, which may be the text itself or an object with it, as in the
    protocol of SSH.
    """
    text = prompt.get("prompt") if isinstance(prompt, dict) else prompt
    return text if isinstance(text, str) else ""
