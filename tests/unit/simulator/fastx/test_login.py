"""Logging in to the simulated FastX server: the stages, the keys, the tokens and their end."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import base64
import json
import struct

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.unit.fastx_servers import CODE, PASSWORD, small_fastx

from .conftest import LOGIN

OTTO = "the password of Otto"


def string(value):
    return struct.pack(">I", len(value)) + value


def number(value):
    return string(value.to_bytes(value.bit_length() // 8 + 1, "big"))


@pytest.fixture(scope="module")
def key():
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)


def blob(key):
    numbers = key.public_key().public_numbers()
    return base64.b64encode(string(b"ssh-rsa") + number(numbers.e) + number(numbers.n)).decode()


def sign(key, data, form):
    signature = key.sign(base64.b64decode(data), padding.PKCS1v15(), hashes.SHA1())
    return base64.b64encode(
        signature if form == "bare" else string(b"ssh-rsa") + string(signature)
    ).decode()


def post(api, path, **given):
    answer = api.raw("POST", f"{LOGIN}{path}", json=given)
    assert answer.status_code == 200
    return answer.json()


def step(api, path, **given):
    """The result of a request of the login that must succeed."""
    answer = post(api, path, **given)
    assert answer.keys() == {"result"}, answer
    return answer["result"]


def fails(api, path, **given):
    """Check that a request of the login is an AuthError and no violation."""
    assert post(api, path, **given)["error"]["name"] == "AuthError"
    assert api.server.journal.violations == []


def works(api, result):
    """Whether the token of a complete login is good."""
    assert result.keys() == {"stage", "token", "host"} and result["stage"] == "success"
    return api.raw(
        "POST", "/v3/api/user/keepalive", headers={"X-FASTX-TOKEN": result["token"]}
    ).json() == {"result": None}


def test_the_password_is_asked_for_in_a_stage_of_its_own(api):
    first = step(api, "", username="mira")
    assert (first["stage"], first["host"], first.keys()) == (
        "password",
        "fx1.example.org",
        {"stage", "token", "host"},
    )
    last = step(api, "/password", password=PASSWORD, token=first["token"])
    assert works(api, last) and last["token"] != first["token"]
    fails(api, "/password", password=PASSWORD, token=first["token"])


def test_a_token_of_the_login_under_way_is_no_token_of_the_api(api):
    token = step(api, "", username="mira")["token"]
    assert (
        api.raw("POST", "/v3/api/user/keepalive", headers={"X-FASTX-TOKEN": token}).json()["error"][
            "name"
        ]
        == "AuthError"
    )


def test_a_password_that_comes_with_the_name_is_used_or_ignored(make_api):
    api = make_api()
    assert works(api, step(api, "", username="mira", password=PASSWORD))
    fails(api, "", username="mira", password="wrong")
    assert (
        step(make_api(given_password="ignored"), "", username="mira", password=PASSWORD)["stage"]
        == "password"
    )
    assert step(api, "", username="otto", password=OTTO)["stage"] == "keyboard-interactive"


def test_a_user_who_does_not_exist_is_asked_like_any_other(api):
    first = step(api, "", username="nobody")
    assert first["stage"] == "password"
    fails(api, "/password", password="", token=first["token"])
    fails(api, "", username="nobody", password="x", basic=True)


def test_basic_answers_every_prompt_with_the_password_so_a_second_factor_cannot_work(api):
    assert works(api, step(api, "", username="mira", password=PASSWORD, basic=True))
    fails(api, "", username="mira", password="wrong", basic=True)
    fails(api, "", username="mira", basic=True)
    fails(api, "", username="otto", password=OTTO, basic=True)


def test_a_server_can_force_basic(make_api):
    api = make_api(site={**small_fastx(), "ssh": {"basic": True}})
    assert api.raw("GET", "/v3/api").json()["result"]["ssh"] == {
        "basic": True,
        "publicKey": True,
        "hidePasswordField": False,
    }
    assert works(api, step(api, "", username="mira", password=PASSWORD, usePK=True))
    fails(api, "", username="mira")


def test_prompts_come_one_after_the_other(api):
    first = step(api, "", username="otto")
    assert (first["stage"], first["prompt"]) == ("keyboard-interactive", "Password: ")
    second = step(api, "/keyboard-interactive", answer=OTTO, token=first["token"])
    assert (second["stage"], second["prompt"]) == ("keyboard-interactive", "Verification code: ")
    assert works(api, step(api, "/keyboard-interactive", answer=CODE, token=second["token"]))


@pytest.mark.parametrize(("switch", "name"), [("array", "prompt"), ("prompts", "prompts")])
def test_prompts_come_all_at_once_and_want_as_many_answers(make_api, switch, name):
    api = make_api(prompts=switch)
    first = step(api, "", username="otto")
    assert first[name] == ["Password: ", "Verification code: "]
    for answer, rule in ((OTTO, "an array of prompts"), ([OTTO], "as many answers")):
        assert "error" in post(api, "/keyboard-interactive", answer=answer, token=first["token"])
        assert rule in api.violation()
    assert works(api, step(api, "/keyboard-interactive", answer=[OTTO, CODE], token=first["token"]))


def test_one_prompt_takes_no_array(api):
    first = step(api, "", username="otto")
    assert "error" in post(api, "/keyboard-interactive", answer=[OTTO], token=first["token"])
    assert "one prompt has one answer" in api.violation()


def test_wrong_answers_end_the_login_after_as_many_as_the_switch_says(make_api):
    api = make_api(login_attempts=2)
    token = step(api, "", username="otto")["token"]
    fails(api, "/keyboard-interactive", answer="wrong", token=token)
    step(api, "/keyboard-interactive", answer=OTTO, token=token)
    fails(api, "/keyboard-interactive", answer="wrong", token=token)
    fails(api, "/keyboard-interactive", answer=CODE, token=token)
    api = make_api()
    token = step(api, "", username="mira")["token"]
    fails(api, "/password", password="wrong", token=token)
    fails(api, "/password", password=PASSWORD, token=token)


def test_a_login_takes_only_so_long(make_api):
    api = make_api(login_seconds=30)
    token = step(api, "", username="mira")["token"]
    api.server.clock.advance(30)
    fails(api, "/password", password=PASSWORD, token=token)


def test_a_stage_that_is_not_the_current_one_is_a_violation(api):
    token = step(api, "", username="mira")["token"]
    assert "error" in post(api, "/keyboard-interactive", answer=PASSWORD, token=token)
    assert "not at the stage keyboard-interactive" in api.violation()


def test_the_token_is_called_by_generation_or_as_the_switch_says(make_api):
    api = make_api(login_token="authtoken")
    first = step(api, "", username="mira")
    assert first.keys() == {"stage", "authtoken", "host"}
    assert "error" in post(api, "/password", password=PASSWORD, token=first["authtoken"])
    assert "token is no parameter" in api.violation()
    assert works(api, step(api, "/password", password=PASSWORD, authtoken=first["authtoken"]))
    later = make_api(generation="later")
    assert (
        "authtoken"
        in later.raw("POST", "/v3/api/auth/ssh", json={"username": "mira"}).json()["result"]
    )
    named = make_api(generation="later", login_token="token")
    assert (
        "token" in named.raw("POST", "/v3/api/auth/ssh", json={"username": "mira"}).json()["result"]
    )


@pytest.mark.parametrize("form", ["bare", "blob"])
def test_a_key_signs_what_the_server_sends(make_api, key, form):
    api = make_api(signature=form)
    api.server.site["users"]["mira"]["public_keys"] = [blob(key)]
    first = step(api, "", username="mira", usePK=True)
    assert first["stage"] == "public-key"
    second = step(api, "/public-key", publicKey=blob(key), token=first["token"])
    assert second["stage"] == "sign" and b"ssh-connection" in base64.b64decode(second["signData"])
    signature = sign(key, second["signData"], form)
    assert works(api, step(api, "/public-key/signed", signature=signature, token=second["token"]))


@pytest.mark.parametrize("form", ["bare", "blob"])
def test_a_signature_that_does_not_fit_is_a_wrong_answer(make_api, key, form):
    api = make_api(signature=form, login_attempts=9)
    api.server.site["users"]["mira"]["public_keys"] = [blob(key)]
    token = step(api, "", username="mira", usePK=True)["token"]
    data = step(api, "/public-key", publicKey=blob(key), token=token)["signData"]
    other = base64.b64encode(b"something else").decode()
    misfits = [
        sign(key, data, "blob" if form == "bare" else "bare"),
        sign(key, other, form),
        base64.b64encode(bytes(128)).decode(),
        other,
    ]
    misfits.append(base64.b64encode(string(b"ssh-dss") + string(bytes(128))).decode())
    for signature in misfits:
        fails(api, "/public-key/signed", signature=signature, token=token)
    assert works(api, step(api, "/public-key/signed", signature=sign(key, data, form), token=token))


def test_a_key_that_the_user_does_not_have_falls_through_to_the_next_stage(api, key):
    token = step(api, "", username="mira", usePK=True)["token"]
    assert step(api, "/public-key", publicKey=blob(key), token=token)["stage"] == "password"
    assert works(api, step(api, "/password", password=PASSWORD, token=token))
    token = step(api, "", username="otto", usePK=True)["token"]
    assert step(api, "/public-key", publicKey=blob(key), token=token)["prompt"] == "Password: "


def test_a_rejected_key_may_be_followed_by_the_wish_for_another(make_api, key):
    api = make_api(rejected_key="another")
    token = step(api, "", username="mira", usePK=True)["token"]
    assert step(api, "/public-key", publicKey=blob(key), token=token)["stage"] == "public-key"
    assert step(api, "/public-key", publicKey=blob(key), token=token)["stage"] == "password"


def test_a_key_or_a_password_may_not_be_enough(make_api, key):
    site = small_fastx()
    site["users"]["mira"] |= {
        "public_keys": [blob(key)],
        "after_key": ["keyboard-interactive"],
        "stages": ["password", "keyboard-interactive"],
        "prompts": [{"prompt": "Code: ", "answer": CODE}],
    }
    api = make_api(site=site)
    token = step(api, "", username="mira", usePK=True)["token"]
    data = step(api, "/public-key", publicKey=blob(key), token=token)["signData"]
    for begun in (
        step(api, "/public-key/signed", signature=sign(key, data, "bare"), token=token),
        step(api, "", username="mira", password=PASSWORD),
        step(api, "/password", password=PASSWORD, token=step(api, "", username="mira")["token"]),
    ):
        assert begun["prompt"] == "Code: "
        assert works(api, step(api, "/keyboard-interactive", answer=CODE, token=begun["token"]))
    fails(api, "", username="mira", password=PASSWORD, basic=True)


@pytest.mark.parametrize(
    ("public_key", "rule"),
    [
        ("ssh-rsa AAAA", "must be Base64"),
        (base64.b64encode(b"x").decode(), "three strings"),
        (base64.b64encode(string(b"ssh-dss") + number(3) + number(5)).decode(), "an ssh-rsa key"),
        (
            base64.b64encode(string(b"ssh-rsa") + number(3) + string(b"\x90")).decode(),
            "positive numbers",
        ),
    ],
)
def test_a_public_key_that_is_none_is_a_violation(api, public_key, rule):
    token = step(api, "", username="mira", usePK=True)["token"]
    assert "error" in post(api, "/public-key", publicKey=public_key, token=token)
    assert rule in api.violation()


def test_a_server_can_forbid_keys(make_api):
    api = make_api(site={**small_fastx(), "ssh": {"publicKey": False}})
    assert step(api, "", username="mira", usePK=True)["stage"] == "password"


def test_a_user_logs_in_to_a_server_of_the_choice(api):
    assert step(api, "", username="mira", serverId="fx2")["host"] == "fx2.example.org"
    token = step(api, "", username="mira", password=PASSWORD, basic=True, serverId="fx2")["token"]
    api.headers = {"X-FASTX-TOKEN": token}
    api.do("session/start", command="xterm", id="there")
    assert api.do("session/list", filter=["id==there"])[0]["serverId"] == "fx2"
    assert (
        post(api, "", username="mira", serverId="fx9")["error"]["message"]
        == "There is no such server"
    )


def test_the_later_generation_gives_a_jwt_and_knows_admin_but_no_server(make_api):
    api = make_api("root", generation="later")
    token = api.log_in()
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert (claims["sub"], claims["iss"], claims["aud"]) == ("root", "fx1", "api")
    assert claims.keys() == {"sub", "iss", "iat", "exp", "aud", "jti"}
    start = {"username": "mira", "password": PASSWORD, "basic": True}
    assert (
        api.raw("POST", "/v3/api/auth/ssh", json={**start, "admin": True}).json()["error"]["name"]
        == "AuthError"
    )
    assert "error" in api.raw("POST", "/v3/api/auth/ssh", json={**start, "serverId": "fx1"}).json()
    assert "serverId is no parameter" in api.violation()


@pytest.mark.parametrize(
    ("switch", "accepted"),
    [
        ("either", {"X-FASTX-TOKEN", "Authorization"}),
        ("x_fastx_token", {"X-FASTX-TOKEN"}),
        ("bearer", {"Authorization"}),
    ],
)
def test_the_token_is_accepted_in_the_header_of_the_switch(make_api, switch, accepted):
    api = make_api(token_header=switch)
    token = api.log_in()
    ways = {
        "X-FASTX-TOKEN": {"X-FASTX-TOKEN": token},
        "Authorization": {"Authorization": f"Bearer {token}"},
    }
    answers = {
        name: api.raw("POST", "/v3/api/user/keepalive", headers=headers).json()
        for name, headers in ways.items()
    }
    assert {name for name, answer in answers.items() if "result" in answer} == accepted
    both = {name: value for headers in ways.values() for name, value in headers.items()}
    assert "result" in api.raw("POST", "/v3/api/user/keepalive", headers=both).json()


def test_two_headers_with_different_tokens_are_a_violation(api):
    token = api.log_in()
    headers = {"X-FASTX-TOKEN": token, "Authorization": "Bearer other"}
    assert "error" in api.raw("POST", "/v3/api/user/keepalive", headers=headers).json()
    assert "different tokens" in api.violation()


def test_a_token_stands_in_no_url_and_in_no_body(api):
    token = api.log_in()
    assert "error" in api.raw("GET", f"/v3/api/user/keepalive?token={token}").json()
    assert "must not stand in a URL" in api.violation()
    assert "error" in api.raw("GET", f"{LOGIN}?username=mira&password=x&basic=true").json()
    assert "must not stand in a URL" in api.violation()
    assert "token is no parameter" in api.violate("user/keepalive", token=token)


def test_logout_deletes_the_token_and_a_client_that_leaves_one_behind_can_be_seen(api):
    token = api.log_in()
    assert list(api.server.site["tokens"]) == api.server.left_behind == [token]
    assert api.server.dump()["tokens"] == {}
    assert api.do("user/logout") is None
    assert api.server.site["tokens"] == {}
    assert api.send("user/profile")["error"]["name"] == "AuthError"
    assert api.send("user/logout")["error"]["name"] == "AuthError"


@pytest.mark.parametrize(("switch", "alive"), [("any_call", True), ("keepalive", False)])
def test_an_idle_login_expires_unless_it_is_kept_alive(make_api, switch, alive):
    api = make_api(idle_seconds=60, kept_alive_by=switch)
    api.log_in()
    for path in ("user/keepalive", "session/list/count"):
        api.server.clock.advance(40)
        api.do(path)
    api.server.clock.advance(40)
    answer = api.send("user/profile")
    assert ("result" in answer) is alive
    assert bool(api.server.site["tokens"]) is alive
    api.server.clock.advance(60)
    assert api.send("user/keepalive")["error"]["name"] == "AuthError"
