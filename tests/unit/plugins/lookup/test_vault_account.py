"""What the lookup of vault accounts hands out from a simulated BeyondTrust appliance, what it
leaves there, and how it fails.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible.errors import AnsibleError

from tests.controller import look_up
from tests.unit.appliances import CLIENT_SECRET, small_appliance

ROOT = {
    "username": "root",
    "type": "username_password",
    "password": "the password of root",
    "private_key": None,
    "signed_public_cert": None,
}
OUT, IN = (f"POST /api/config/v1/vault/account/1/check-{way}" for way in ("out", "in"))


def accounts(simulated, *names, **options):
    return look_up("vault_account", *names, **simulated.options, **options)


def refusal(simulated, *names, **options) -> str:
    with pytest.raises(AnsibleError) as caught:
        accounts(simulated, *names, **options)
    assert CLIENT_SECRET not in str(caught.value) and "the password of root" not in str(
        caught.value
    )
    return str(caught.value)


def test_an_account_is_checked_out_and_in_again(beyondtrust):
    simulated = beyondtrust()
    for _evaluation in range(2):
        assert accounts(simulated, "Leeds root") == [ROOT]
    assert simulated.wrote() == [OUT, IN] * 2


def test_an_account_stays_checked_out_where_it_is_told_to(beyondtrust):
    simulated = beyondtrust()
    assert accounts(simulated, "Leeds root", check_in=False) == [ROOT]
    assert "checked out" in refusal(simulated, "Leeds root", check_in=False)
    assert simulated.wrote() == [OUT, OUT]


def test_accounts_come_in_the_order_of_the_names(beyondtrust):
    assert [found["password"] for found in accounts(beyondtrust(), "Switches", "Leeds root")] == [
        "the token of the switches",
        "the password of root",
    ]


def test_the_key_of_an_account_comes_with_its_certificate(beyondtrust):
    site = small_appliance()
    site["config"]["vault/account"]["4"] = {
        "type": "ssh_ca",
        "name": "Authority",
        "username": "netadmin",
        "_private_key": "the key",
    }
    (found,) = accounts(beyondtrust(site=site), "Authority")
    assert (
        found["private_key"] == "the key"
        and found["signed_public_cert"]
        and found["password"] is None
    )


def test_a_group_tells_accounts_of_one_name_apart(beyondtrust):
    site = small_appliance()
    site["config"]["vault/account"]["4"] = {
        "type": "opaque_token",
        "name": "Switches",
        "_token": "another-token",
        "account_group_id": 2,
    }
    simulated = beyondtrust(site=site)
    assert "Several vault accounts are named 'Switches'" in refusal(simulated, "Switches")
    assert accounts(simulated, "Switches", account_group="Leeds")[0]["password"] == "another-token"


def test_nothing_is_checked_out_where_one_of_the_names_is_wrong(beyondtrust):
    simulated = beyondtrust()
    assert "no vault account named 'nothing'" in refusal(simulated, "Leeds root", "nothing")
    assert "no vault_account_group named 'Nowhere'" in refusal(
        simulated, "Leeds root", account_group="Nowhere"
    )
    assert simulated.wrote() == []


def test_an_account_that_could_not_be_checked_in_is_an_error_that_says_so(beyondtrust):
    simulated = beyondtrust()
    simulated.inject(IN, "refuse", reason="no: the password of root")
    message = refusal(simulated, "Leeds root")
    assert "Leeds root was checked out and may not have been checked in" in message


def test_a_check_out_without_an_answer_is_not_repeated(beyondtrust):
    simulated = beyondtrust()
    simulated.inject(OUT, "reset_after")
    assert "It is unknown whether" in refusal(simulated, "Leeds root")
    assert simulated.wrote() == [OUT]


@pytest.mark.parametrize("terms", [(), (1,), (["Leeds root"],)])
def test_names_must_be_texts_and_one_at_least(beyondtrust, terms):
    assert "The names of accounts must be texts" in refusal(beyondtrust(), *terms)


def test_an_option_that_does_not_exist_is_refused(beyondtrust):
    assert "no option checkin" in refusal(beyondtrust(), "Leeds root", checkin=True)


def test_the_permission_that_the_account_lacks_is_named(beyondtrust):
    simulated = beyondtrust()
    next(iter(simulated.site["accounts"].values()))["permissions"][
        "perm_configuration_vault_account"
    ] = 0
    assert "lacks the permission perm_configuration_vault_account" in refusal(
        simulated, "Leeds root"
    )


def test_the_connection_comes_from_the_environment(beyondtrust, monkeypatch):
    simulated = beyondtrust()
    for name in ("url", "client_id", "client_secret", "ca_path", "shared_directory"):
        monkeypatch.setenv(f"BEYONDTRUST_{name.upper()}", simulated.options[name])
    assert look_up("vault_account", "Leeds root") == [ROOT]
