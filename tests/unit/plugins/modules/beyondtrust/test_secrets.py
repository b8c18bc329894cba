"""Secrets of objects: written when an object is made and later only when told, never read, never
shown, never sent twice in doubt.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.module_runner import through
from tests.unit.appliances import CLIENT_SECRET
from tests.unit.plugins.modules.conformance_appliances import API
from tests.unit.simulated import read_diff

KEY, NEW = "-----BEGIN KEY-----\nAAAA+/=\n-----END KEY-----\n", 'n3w/s%cret+ ü"'
# Product, module, what names the object, what else a new one needs, the secret, where it is kept,
# and the request that changes it alone.
SECRETS = [
    (
        "pra",
        "user",
        {"username": "new"},
        {"public_display_name": "New"},
        "password",
        "user",
        "PATCH user/5",
    ),
    (
        "pra",
        "vendor_user",
        {"vendor": "Kälte Schmidt", "username": "new"},
        {"public_display_name": "New", "email_address": "a@example.com"},
        "password",
        "vendor/user",
        "PATCH vendor/1/user/2",
    ),
    (
        "rs",
        "vault_account",
        {"name": "New"},
        {"type": "username_password", "username": "x"},
        "password",
        "vault/account",
        "PATCH vault/account/4",
    ),
    (
        "rs",
        "vault_account",
        {"name": "New"},
        {"type": "opaque_token"},
        "token",
        "vault/account",
        "PATCH vault/account/4",
    ),
    (
        "rs",
        "vault_account",
        {"name": "New"},
        {"type": "ssh", "username": "x"},
        "private_key",
        "vault/account",
        "PATCH vault/account/4",
    ),
    (
        "rs",
        "vault_account",
        {"name": "New"},
        {"type": "ssh_ca", "username": "x", "private_key": KEY},
        "private_key_passphrase",
        "vault/account",
        "PATCH vault/account/4",
    ),
]
every_secret = pytest.mark.parametrize(
    ("product", "module", "key", "needed", "secret", "collection", "query"),
    SECRETS,
    ids=[f"{line[1]}.{line[4]}" for line in SECRETS],
)


def made(beyondtrust, product, module, key, needed, secret):
    """Return an appliance on which an object with a secret was made."""
    simulated = beyondtrust(product)
    simulated.expect(f"beyondtrust_{module}", **key, **needed, **{secret: "first-s3cret"})
    simulated.secrets.add("first-s3cret")
    simulated.journal.clear()
    return simulated


def kept(simulated, collection, secret) -> str:
    """Return the secret that the newest object of a collection has."""
    return list(simulated.site["config"][collection].values())[-1][f"_{secret}"]


@every_secret
def test_a_secret_is_written_on_creation_and_later_only_when_told(
    beyondtrust, product, module, key, needed, secret, collection, query
):
    simulated = made(beyondtrust, product, module, key, needed, secret)
    name = f"beyondtrust_{module}"
    assert kept(simulated, collection, secret) == "first-s3cret"
    assert simulated.expect(name, **key, **{secret: NEW})["changed"] is False
    assert kept(simulated, collection, secret) == "first-s3cret"
    for check in (True, False):
        outcome = simulated.expect(
            name, check, **key, **{secret: NEW, f"update_{secret}": "always"}
        )
        assert outcome["changed"] is True
        assert [change["fields"] for change in outcome["changes"]] == [[secret]]
        (after,) = read_diff(outcome["diff"])["after"].values()
        assert after == {secret: "(not shown)"}
    assert kept(simulated, collection, secret) == NEW
    assert simulated.wrote() == [query.replace(" ", f" {API}/")]
    assert simulated.journal.writes[0].body.keys() == {secret}


@every_secret
def test_a_secret_that_the_appliance_repeats_in_its_refusal_is_masked(
    beyondtrust, product, module, key, needed, secret, collection, query
):
    simulated = made(beyondtrust, product, module, key, needed, secret)
    simulated.inject(
        query.replace(" ", f" {API}/"), "refuse", reason=f"The secret {NEW} is too short"
    )
    outcome = simulated.run(
        f"beyondtrust_{module}", **key, **{secret: NEW, f"update_{secret}": "always"}
    )
    assert outcome.failed and "too short" in outcome["msg"]
    assert outcome["changed"] is False


@every_secret
@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
def test_a_secret_of_which_nobody_knows_whether_it_was_set_is_reported_and_never_sent_twice(
    beyondtrust, product, module, key, needed, secret, collection, query, kind
):
    simulated = made(beyondtrust, product, module, key, needed, secret)
    query = query.replace(" ", f" {API}/")
    simulated.inject(query, kind)
    outcome = simulated.run(
        f"beyondtrust_{module}", **key, **{secret: NEW, f"update_{secret}": "always"}, retries=3
    )
    assert outcome.failed and outcome["changed"] is True
    assert "unknown" in outcome["msg"] and module in outcome["msg"]
    assert len(simulated.asked(query)) == 1


def test_no_secret_of_a_whole_document_is_shown_and_none_is_exported(beyondtrust):
    simulated = beyondtrust("pra")
    document = {
        "user": [{"username": "new", "public_display_name": "New", "password": "s3cret of a user"}],
        "vault_account": [{"name": "New", "type": "opaque_token", "token": "s3cret of the vault"}],
        "vendor_user": [
            {
                "vendor": "Kälte Schmidt",
                "username": "newer",
                "public_display_name": "New",
                "email_address": "a@example.com",
                "password": "s3cret of a vendor",
            }
        ],
    }
    simulated.secrets |= {"s3cret of a user", "s3cret of the vault", "s3cret of a vendor"}
    for check in (True, False):
        assert len(simulated.expect("beyondtrust_config", check, config=document)["changes"]) == 3
    assert simulated.expect("beyondtrust_config", config=document)["changed"] is False
    simulated.expect("beyondtrust_config_info")  # held against all secrets by the run itself
    for module in ("user", "vendor_user", "vault_account"):
        simulated.expect(f"beyondtrust_{module}_info")


def test_what_ansible_writes_to_the_systems_log_holds_no_secret(beyondtrust, monkeypatch):
    logged = []
    monkeypatch.setattr("syslog.syslog", lambda *arguments: logged.append(str(arguments[-1])))
    simulated = beyondtrust()
    with through("module"):
        simulated.expect(
            "beyondtrust_vault_account",
            name="New",
            type="opaque_token",
            token="s3cret of the vault",
        )
        simulated.expect(
            "beyondtrust_config",
            config={
                "vault_account": [
                    {"name": "Newer", "type": "opaque_token", "token": "s3cret of the vault"}
                ]
            },
        )
    assert any("Invoked with" in line for line in logged)
    for line in logged:
        assert not any(
            secret in line
            for secret in {
                "s3cret of the vault",
                CLIENT_SECRET,
                *simulated.secrets,
                *simulated.shared_tokens(),
            }
        )
