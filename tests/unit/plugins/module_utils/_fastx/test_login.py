"""How a user is logged in and out: every stage, both generations, what carries the token, and that
no login is left behind.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import sys
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import (
    Error,
    InputError,
    LoginRefused,
    Refused,
    ServerError,
    Unreachable,
)
from tests.unit.fastx_servers import CODE, PASSWORD, USERNAME, small_fastx
from tests.unit.plugins.module_utils._fastx.backends import backend

OTTO = {"username": "otto", "password": "the password of Otto"}
WITH_CODE = [{"prompt": "(?i)code", "answer": CODE}]
PASSPHRASE = "the passphrase of the key"
LOGIN, LOGOUT, KEEPALIVE = "/v3/api/user/login", "/v3/api/user/logout", "/v3/api/user/keepalive"
RSA = rsa.generate_private_key(65537, 1024)  # small, as only its form is of interest here
FORMS = {
    "pem": (serialization.PrivateFormat.TraditionalOpenSSL, False),
    "pkcs8": (serialization.PrivateFormat.PKCS8, True),
    "openssh": (serialization.PrivateFormat.OpenSSH, False),
}


def logged_in(simulated, **options) -> str:
    """Log in and return the name of the user whose profile is shown."""
    with backend(simulated, **options) as opened:
        return opened.ask("user/profile", dict)["login"]


def refusal(simulated, kind=Error, **options) -> str:
    """Return the message with which a login fails; it shows no secret, and no login is left."""
    with pytest.raises(kind) as caught, backend(simulated, **options) as opened:
        opened.ask("user/profile", dict)
    message = opened.session.redact(str(caught.value))
    secrets = {
        *simulated.secrets,
        PASSPHRASE,
        *(value for name, value in options.items() if name == "password" and value),
    }
    assert not any(secret in message for secret in secrets)
    assert simulated.site["tokens"] == {}
    return message


def queries(simulated) -> list[str]:
    return [entry.query.removeprefix("/v3/api") for entry in simulated.asked()]


def key_file(tmp_path, form="pem", key=RSA):
    """Write a private key and return its path and the passphrase, None where it has none."""
    shape, protected = FORMS[form]
    encryption = (
        serialization.BestAvailableEncryption(PASSPHRASE.encode())
        if protected
        else serialization.NoEncryption()
    )
    path = tmp_path / f"key-{form}"
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, shape, encryption))
    return str(path), PASSPHRASE if protected else None


def public(key=RSA) -> str:
    """Return the public key as SSH writes it, made by other means than ours."""
    return (
        key.public_key()
        .public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
        .decode()
        .split()[1]
    )


def site_with_key(**user) -> dict:
    site = small_fastx()
    site["users"][USERNAME] |= {"public_keys": [public()], **user}
    return site


# --- The ways to log in -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error_status", ["ok", "matching"])
def test_with_a_password_alone_the_server_is_asked_once_and_answers_its_prompts_itself(
    fastx, error_status
):
    simulated = fastx(error_status=error_status)
    assert logged_in(simulated) == USERNAME
    assert queries(simulated) == [
        "",
        "/user/login",
        "/user/keepalive",
        "/user/profile",
        "/user/logout",
    ]
    assert simulated.asked(LOGIN)[0].body == {
        "username": USERNAME,
        "password": PASSWORD,
        "basic": True,
    }


def test_a_server_that_need_not_be_asked_how_is_not_asked(fastx):
    simulated = fastx()
    logged_in(simulated, login_method="basic", generation="early")
    assert queries(simulated)[0] == "/user/login"


@pytest.mark.parametrize("given_password", ["used", "ignored"])
@pytest.mark.parametrize("generation", ["source", "later"])
def test_the_stage_password_is_answered_with_the_password(fastx, generation, given_password):
    simulated = fastx(generation=generation, given_password=given_password)
    assert logged_in(simulated, login_method="interactive") == USERNAME
    start, stage = (
        entry
        for entry in simulated.asked()
        if "password" in entry.query or entry.query.endswith(("/login", "/ssh"))
    )
    assert "password" not in start.body and stage.body["password"] == PASSWORD


@pytest.mark.parametrize("prompts", ["text", "array", "prompts"])
@pytest.mark.parametrize("generation", ["source", "later"])
@pytest.mark.parametrize(
    "answers",
    [
        WITH_CODE,
        [{"answer": "the password of Otto"}, {"answer": CODE}],
        [{"prompt": "^Password", "answer": "the password of Otto"}, {"answer": CODE}],
    ],
    ids=["by pattern", "in order", "by both"],
)
def test_prompts_are_answered_one_by_one_or_all_at_once(fastx, generation, prompts, answers):
    simulated = fastx(generation=generation, prompts=prompts)
    assert logged_in(simulated, **OTTO, answers=answers) == "otto"


@pytest.mark.parametrize("login_token", ["token", "authtoken"])
@pytest.mark.parametrize("option", ["auto", "the same"])
def test_the_token_of_a_login_that_is_not_complete_is_sent_back_under_its_name(
    fastx, login_token, option
):
    simulated = fastx(login_token=login_token)
    assert (
        logged_in(
            simulated,
            **OTTO,
            answers=WITH_CODE,
            login_token_name=login_token if option == "the same" else "auto",
        )
        == "otto"
    )


def test_a_wrong_name_of_that_token_ends_in_a_refused_login(fastx):
    simulated = fastx(expected_violations=("",))
    assert "refused" in refusal(simulated, **OTTO, answers=WITH_CODE, login_token_name="authtoken")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("signature", ["bare", "blob"])
def test_a_key_signs_what_the_server_gives(fastx, tmp_path, form, signature):
    simulated = fastx(site_with_key(), signature=signature)
    path, passphrase = key_file(tmp_path, form)
    given = {
        "private_key_path": path,
        "private_key_passphrase": passphrase,
        "signature_form": {"bare": "bare", "blob": "ssh_blob"}[signature],
    }
    assert logged_in(simulated, **given, password=None) == USERNAME
    assert queries(simulated)[1:4] == [
        "/user/login",
        "/user/login/public-key",
        "/user/login/public-key/signed",
    ]
    assert simulated.asked(f"{LOGIN}/public-key")[0].body["publicKey"] == public()


def test_a_wrong_form_of_the_signature_ends_in_a_refused_login(fastx, tmp_path):
    assert "refused" in refusal(
        fastx(site_with_key()),
        private_key_path=key_file(tmp_path)[0],
        signature_form="ssh_blob",
        password=None,
    )


@pytest.mark.parametrize("generation", ["source", "later"])
@pytest.mark.parametrize("rejected_key", ["next_stage", "another"])
def test_where_the_key_is_not_known_the_login_goes_on_with_the_password(
    fastx, tmp_path, generation, rejected_key
):
    simulated = fastx(generation=generation, rejected_key=rejected_key)
    assert logged_in(simulated, private_key_path=key_file(tmp_path)[0]) == USERNAME
    assert [query for query in queries(simulated) if "public-key" in query] == [
        "/user/login/public-key" if generation == "source" else "/auth/ssh/public-key"
    ]


def test_a_key_that_is_not_known_is_offered_once_and_told_by_its_option(fastx, tmp_path):
    simulated = fastx(rejected_key="another")
    told = refusal(simulated, LoginRefused, private_key_path=key_file(tmp_path)[0], password=None)
    assert "private_key_path is not accepted for 'mira'" in told
    assert len(simulated.asked(f"{LOGIN}/public-key")) == 1


@pytest.mark.parametrize(
    "given",
    [{"password": None}, {}, {"answers": WITH_CODE}],
    ids=["the key alone", "a password", "answers"],
)
@pytest.mark.parametrize("stage", ["public-key", "sign"])
def test_no_server_gets_the_same_key_or_signature_twice(fastx, tmp_path, stage, given):
    simulated = fastx(site_with_key())
    data = b64encode(b"to be signed").decode()
    for query in (LOGIN, f"{LOGIN}/public-key", f"{LOGIN}/public-key/signed"):
        again = "sign" if stage == "sign" and query != LOGIN else "public-key"
        answer = f'{{"result": {{"stage": "{again}", "token": "tok-1", "signData": "{data}"}}}}'
        simulated.inject(query, "status", status=200, times=None, body=answer)
    refusal(simulated, ServerError, private_key_path=key_file(tmp_path)[0], **given)
    assert len(simulated.asked(f"{LOGIN}/public-key")) == 1
    assert len(simulated.asked(f"{LOGIN}/public-key/signed")) == (stage == "sign")


@pytest.mark.parametrize("first", ["password", "keyboard-interactive"])
@pytest.mark.parametrize(
    "prompts", [["Password: ", "PASSWORD:"], ["Password (1 of 3): ", "Password (2 of 3): "]]
)
def test_a_password_that_was_not_accepted_is_sent_to_no_other_stage_and_no_other_prompt(
    fastx, first, prompts
):
    simulated = fastx()
    asked = iter(prompts)
    begin = f', "prompt": "{next(asked)}"' if first == "keyboard-interactive" else ""
    simulated.inject(
        LOGIN,
        "status",
        status=200,
        body=f'{{"result": {{"stage": "{first}", "token": "tok-1"{begin}}}}}',
    )
    again = f'{{"result": {{"stage": "keyboard-interactive", "token": "tok-1", "prompt": "{next(asked)}"}}}}'
    simulated.inject(f"{LOGIN}/{first}", "status", status=200, body=again)
    told = refusal(simulated, LoginRefused, login_method="interactive")
    assert "asks for the password a second time: it was not accepted" in told
    assert len([query for query in queries(simulated) if query.startswith("/user/login/")]) == 1


def test_after_the_key_a_second_factor_may_be_asked_for(fastx, tmp_path):
    prompts = [{"prompt": "Verification code: ", "answer": CODE}]
    simulated = fastx(site_with_key(prompts=prompts, after_key=["keyboard-interactive"]))
    assert (
        logged_in(
            simulated,
            private_key_path=key_file(tmp_path)[0],
            answers=[{"answer": CODE}],
            password=None,
        )
        == USERNAME
    )


def test_the_password_may_be_followed_by_prompts(fastx):
    site = small_fastx()
    site["users"]["otto"] |= {
        "stages": ["password", "keyboard-interactive"],
        "prompts": [{"prompt": "Code: ", "answer": CODE}],
    }
    assert logged_in(fastx(site), **OTTO, answers=WITH_CODE) == "otto"


def test_where_the_server_demands_the_password_at_once_the_key_is_left_out(fastx, tmp_path):
    site = small_fastx() | {"ssh": {"basic": True}}
    simulated = fastx(site)
    assert logged_in(simulated, private_key_path=key_file(tmp_path)[0]) == USERNAME
    assert simulated.asked(LOGIN)[0].body["basic"] is True
    assert "no login but with a password" in refusal(
        fastx(site), InputError, private_key_path=key_file(tmp_path)[0], password=None
    )


def test_where_the_server_allows_no_keys_the_key_is_left_out(fastx, tmp_path):
    site = small_fastx() | {"ssh": {"publicKey": False}}
    assert logged_in(fastx(site), private_key_path=key_file(tmp_path)[0]) == USERNAME
    assert "does not allow keys" in refusal(
        fastx(site), InputError, private_key_path=key_file(tmp_path)[0], password=None
    )


def test_a_user_logs_in_to_the_server_of_a_cluster_that_is_named(fastx):
    simulated = fastx()
    with backend(simulated, server_id="fx2") as opened:
        assert opened.ask("user/profile", dict)["hostname"] == "fx2.example.org"
    assert "no such server" in refusal(fastx(), Refused, server_id="fx9")


# --- What a login that fails says -------------------------------------------------------------------------------------


@pytest.mark.parametrize("error_status", ["ok", "matching"])
@pytest.mark.parametrize("method", ["basic", "interactive"])
def test_a_wrong_password_is_told_with_the_reason_and_tried_once(fastx, error_status, method):
    simulated = fastx(error_status=error_status)
    with backend(
        simulated, password="wrong-password", login_method=method, generation="early"
    ) as opened:
        for _time in (1, 2):
            with pytest.raises(
                Refused, match="The login of 'mira' was refused.*Authentication failed"
            ):
                opened.ask("user/profile", dict)
    assert len(simulated.asked()) == {"basic": 1, "interactive": 2}[method]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            {"answers": [{"prompt": "nothing like it", "answer": "x"}]},
            ["Verification code", "answers"],
        ),
        ({"answers": [{"prompt": ".", "answer": "the password of Otto"}]}, ["refused"]),
    ],
)
def test_a_prompt_without_its_answer_is_told_with_its_text(fastx, options, words):
    message = refusal(fastx(), **OTTO, **options)
    assert all(word in message for word in words), message


def test_the_same_answer_is_never_given_to_the_same_prompt_again(fastx):
    simulated = fastx(login_attempts=5)
    simulated.inject(
        f"{LOGIN}/keyboard-interactive",
        "status",
        status=200,
        times=None,
        body=(
            '{"result": {"stage": "keyboard-interactive", "token": "tok-1", "prompt": "Verification code: "}}'
        ),
    )
    assert "a second time" in refusal(simulated, LoginRefused, **OTTO, answers=WITH_CODE)
    assert len(simulated.asked(f"{LOGIN}/keyboard-interactive")) == 2


def test_the_password_is_never_sent_again(fastx):
    simulated = fastx()
    simulated.inject(
        f"{LOGIN}/password",
        "status",
        status=200,
        times=None,
        body='{"result": {"stage": "password", "token": "tok-1"}}',
    )
    assert "a second time" in refusal(simulated, LoginRefused, login_method="interactive")
    assert len(simulated.asked(f"{LOGIN}/password")) == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ('{"result": {"stage": "dance", "token": "t"}}', ["dance"]),
        ('{"result": {"stage": null}}', ["null"]),
        ('{"result": {"stage": "success"}}', ["without a token"]),
        ('{"result": {"stage": "success", "token": "a b"}}', ["without a token"]),
        ('{"result": {"stage": "success", "token": "a\\r\\nX: y"}}', ["without a token"]),
        ('{"result": {"stage": "success", "token": 5}}', ["without a token"]),
        ('{"result": {"stage": "password"}}', ["without a token"]),
        ('{"result": null}', ["null", "an object"]),
        ('{"result": []}', ["a list", "an object"]),
        ('{"stage": "success", "token": "t"}', ["neither a result nor an error"]),
        ("[]", ["neither a result nor an error"]),
        ("<html>", ["HTML"]),
    ],
)
def test_an_answer_that_no_login_can_have_is_described(fastx, answer, words):
    simulated = fastx()
    simulated.inject(LOGIN, "status", status=200, times=None, body=answer)
    message = refusal(simulated, ServerError)
    assert all(word in message for word in words), message


def test_a_login_that_does_not_end_is_given_up(fastx):
    simulated = fastx()
    stages = [
        f'{{"result": {{"stage": "keyboard-interactive", "token": "tok-1", "prompt": "Number {x}"}}}}'
        for x in ("x" * n for n in range(1, 40))
    ]
    simulated.inject(LOGIN, "status", status=200, body=stages.pop())
    for stage in stages:
        simulated.inject(f"{LOGIN}/keyboard-interactive", "status", status=200, body=stage)
    message = refusal(
        simulated,
        ServerError,
        answers=[{"prompt": "Number", "answer": "x"}],
        login_method="interactive",
    )
    assert "does not come to an end" in message


def test_something_to_be_signed_that_is_no_base64_is_refused(fastx, tmp_path):
    simulated = fastx(site_with_key())
    simulated.inject(
        f"{LOGIN}/public-key",
        "status",
        status=200,
        body='{"result": {"stage": "sign", "token": "t", "signData": "%%%"}}',
    )
    assert "Base64" in refusal(simulated, ServerError, private_key_path=key_file(tmp_path)[0])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"username": " "}, ["username"]),
        ({"password": ""}, ["password", "empty"]),
        ({"password": None}, ["password", "answers", "private_key_path"]),
        (
            {"password": None, "login_method": "basic", "answers": [{"answer": "x"}]},
            ["login_method=basic", "password"],
        ),
        ({"login_method": "public_key"}, ["private_key_path"]),
        ({"answers": [{"prompt": "(", "answer": "x"}]}, ["answers", "regular expression"]),
        ({"answers": ["x"]}, ["answers", "mappings"]),
        ({"answers": [{"prompt": "x"}]}, ["answers", "answer"]),
        ({"answers": [{"prompt": 5, "answer": "x"}]}, ["answers", "prompt"]),
        ({"private_key_path": "/nowhere/key"}, ["private_key_path", "/nowhere/key"]),
        ({"url": "https://fx1.example.org/fastx"}, ["url", "without a path"]),
    ],
)
def test_options_that_cannot_be_right_are_refused_before_anything_is_sent(fastx, options, words):
    simulated = fastx()
    with pytest.raises(InputError) as caught, backend(simulated, **options):
        pass
    assert all(word in str(caught.value) for word in words), str(caught.value)
    assert simulated.asked() == []


@pytest.mark.parametrize(
    "wrong", ["text", "passphrase", "missing passphrase", "elliptic", "public"]
)
def test_a_file_that_holds_no_private_rsa_key_is_refused_before_anything_is_sent(
    fastx, tmp_path, wrong
):
    simulated = fastx()
    path, passphrase = key_file(tmp_path, "pkcs8")
    if wrong == "elliptic":
        path, passphrase = key_file(tmp_path, "openssh", ec.generate_private_key(ec.SECP256R1()))
    elif wrong in ("text", "public"):
        (tmp_path / "key-pkcs8").write_text("no key" if wrong == "text" else f"ssh-rsa {public()}")
    passphrase = {"passphrase": "wrong", "missing passphrase": None}.get(wrong, passphrase)
    with (
        pytest.raises(InputError, match="private_key_path") as caught,
        backend(simulated, private_key_path=path, private_key_passphrase=passphrase),
    ):
        pass
    assert ("RSA" in str(caught.value)) is (wrong == "elliptic")
    assert simulated.asked() == []


def test_without_the_library_a_key_is_refused_with_its_name(fastx, tmp_path, monkeypatch):
    path, _passphrase = key_file(tmp_path)
    for name in [name for name in sys.modules if name.split(".")[0] == "cryptography"]:
        monkeypatch.setitem(sys.modules, name, None)
    simulated = fastx()
    with pytest.raises(InputError, match="cryptography"), backend(simulated, private_key_path=path):
        pass
    assert logged_in(simulated) == USERNAME


# --- The token --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("switch", "options"),
    [
        ("either", ["both", "fastx", "bearer"]),
        ("x_fastx_token", ["both", "fastx"]),
        ("bearer", ["both", "bearer"]),
    ],
)
def test_the_token_is_carried_in_the_headers_that_the_option_names_and_never_in_a_url(
    fastx, switch, options
):
    simulated = fastx(token_header=switch)
    for option in options:
        assert logged_in(simulated, token_header=option) == USERNAME
    for token in simulated.server.tokens_given:
        assert not any(
            token in str(entry.parameters) or token in entry.query for entry in simulated.asked()
        )


@pytest.mark.parametrize(("switch", "option"), [("x_fastx_token", "bearer"), ("bearer", "fastx")])
def test_a_header_that_the_server_does_not_look_at_is_told_by_the_name_of_the_option(
    fastx, switch, option
):
    simulated = fastx(token_header=switch)
    with (
        pytest.raises(Refused, match="Is token_header right"),
        backend(simulated, token_header=option) as opened,
    ):
        opened.ask("user/profile", dict)
    assert len(simulated.asked(LOGIN)) == 1
    # It cannot be ended with a header that the server does not look at.
    simulated.site["tokens"].clear()


@pytest.mark.parametrize("read_only", [True, False])
def test_whoever_has_logged_in_logs_out_again(fastx, read_only):
    simulated = fastx()
    with backend(simulated, read_only=read_only) as opened:
        opened.ask("session/list", list)
        assert len(simulated.site["tokens"]) == 1
    assert simulated.site["tokens"] == {} and queries(simulated)[-1] == "/user/logout"


def test_whoever_asks_for_nothing_does_not_log_in(fastx):
    simulated = fastx()
    with backend(simulated):
        pass
    assert simulated.asked() == []


def test_a_logout_that_fails_spoils_nothing(fastx):
    simulated = fastx()
    for kind in ("refuse", "html", "reset_before"):
        simulated.inject(LOGOUT, kind)
        assert logged_in(simulated) == USERNAME


@pytest.mark.parametrize("error_status", ["ok", "matching"])
def test_a_login_that_has_expired_is_begun_anew_and_the_request_repeated(fastx, error_status):
    simulated = fastx(error_status=error_status, idle_seconds=60)
    with backend(simulated) as opened:
        opened.ask("session/list", list)
        simulated.server.clock.advance(61)
        assert len(opened.ask("session/list", list)) == 3
    assert len(simulated.asked(LOGIN)) == 2 and simulated.site["tokens"] == {}


def test_a_server_that_never_accepts_the_token_is_not_asked_for_ever(fastx):
    simulated = fastx()
    simulated.inject(
        "/v3/api/session/list",
        "status",
        status=200,
        times=None,
        body='{"error": {"name": "AuthError", "message": "Go away"}}',
    )
    with pytest.raises(Refused, match="Go away"), backend(simulated) as opened:
        opened.ask("session/list", list)
    assert len(simulated.asked(LOGIN)) == 2 and simulated.site["tokens"] == {}


def test_requests_side_by_side_share_one_login(fastx):
    simulated = fastx()
    with backend(simulated) as opened, ThreadPoolExecutor(8) as pool:
        assert all(
            len(found) == 3
            for found in pool.map(lambda _number: opened.ask("session/list", list), range(8))
        )
    assert len(simulated.asked(LOGIN)) == 1


def test_a_text_that_speaks_of_authentication_is_no_failed_login(fastx):
    simulated = fastx()
    simulated.site["sessions"][0]["params"]["name"] = "AuthError"
    with backend(simulated) as opened:
        assert len(opened.ask("session/list", list)) == 3
    assert len(simulated.asked(LOGIN)) == 1


def test_somebody_who_is_no_administrator_stays_logged_in(fastx):
    simulated = fastx()
    with backend(simulated) as opened:
        assert opened.is_admin() is False
        simulated.inject(
            "/v3/api/user/admin",
            "status",
            status=401,
            body='{"error": {"name": "AuthError", "message": "no admin"}}',
        )
        assert opened.is_admin() is False
        simulated.inject("/v3/api/user/admin", "html", status=404)
        with pytest.raises(ServerError, match="HTML"):
            opened.is_admin()
    assert len(simulated.asked(LOGIN)) == 1


def test_a_server_that_does_not_know_how_to_keep_a_login_alive_can_be_used(fastx):
    simulated = fastx()
    simulated.inject(KEEPALIVE, "html", status=404)
    assert logged_in(simulated) == USERNAME


@pytest.mark.parametrize("place", [LOGIN, f"{LOGIN}/keyboard-interactive", KEEPALIVE, LOGOUT])
def test_a_secret_that_the_server_repeats_is_masked(fastx, place):
    simulated = fastx()
    with pytest.raises(Error) as caught, backend(simulated, **OTTO, answers=WITH_CODE) as opened:
        opened.session.pause = lambda attempt: None
        original = opened.session.log_in

        def log_in(method, path, **request):
            if path == place:  # everything that was sent
                told = str({**request.get("json", {}), **request.get("headers", {})})
                simulated.inject(place, "refuse", reason=f"wrong: {told}")
            return original(method, path, **request)

        opened.session.log_in = log_in
        opened.ask("session/list", list)
        raise Error("nothing was refused")
    message = opened.session.redact(str(caught.value))
    assert not any(
        secret in message
        for secret in {
            *simulated.secrets,
            *simulated.server.tokens_given,
            b64encode(PASSWORD.encode()).decode(),
        }
    )


# --- Generations ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("generation", ["source", "later"])
def test_the_generation_is_told_by_what_the_server_says_of_itself(fastx, generation):
    simulated = fastx(generation=generation)
    with backend(simulated) as opened:
        assert opened.generation() == {"source": "early", "later": "later"}[generation]
        assert len(opened.sessions()) == 3
    assert simulated.asked()[1].query == {"source": LOGIN, "later": "/v3/api/auth/ssh"}[generation]
    assert len(simulated.asked("/v3/api")) == 1


@pytest.mark.parametrize(("generation", "wrong"), [("source", "later"), ("later", "early")])
@pytest.mark.parametrize("unknown_path", ["status", "page", "error"])
def test_a_wrong_generation_is_an_error_that_names_the_path(fastx, generation, wrong, unknown_path):
    simulated = fastx(generation=generation, unknown_path=unknown_path)
    message = refusal(simulated, Error, generation=wrong, login_method="basic")
    assert {"later": "/v3/api/auth/ssh", "early": LOGIN}[wrong] in message


def test_a_call_that_the_later_generation_is_not_known_to_have_is_refused_before_it_is_sent(fastx):
    simulated = fastx(generation="later")
    with pytest.raises(InputError, match="generation.*share/reset"), backend(simulated) as opened:
        opened.tell("share/reset", id="nightly")
    assert queries(simulated) == [""]


def test_a_server_that_is_none_is_described(fastx):
    simulated = fastx()
    simulated.inject("/v3/api", "html", times=None)
    assert "HTML" in refusal(simulated, ServerError)


def test_a_server_that_cannot_be_reached_is_told(fastx):
    with (
        pytest.raises(Unreachable, match="cannot be reached"),
        backend(fastx(), url="https://localhost:1") as opened,
    ):
        opened.ask("session/list", list)


def test_while_nothing_may_change_a_write_is_a_bug_of_ours(fastx):
    simulated = fastx()
    with pytest.raises(AssertionError, match="BUG"), backend(simulated, read_only=True) as opened:
        opened.tell("session/terminate", id="nightly")
    assert simulated.wrote() == []
