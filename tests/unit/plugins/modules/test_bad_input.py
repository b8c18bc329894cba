"""What makes no sense is refused in the user's words before anything is written, and where it can
be known, before anything is asked.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import ssl

import pytest
import trustme
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.unit.documented import connected
from tests.unit.simulated import TOKEN

# The least that each module can be asked for, so that it gets as far as the server.
LEAST = {
    "technician": {"username": "admin", "display_name": "Changed"},
    "tech_group": {"name": "Helpdesk", "max_file_size": 7},
    "machine_property": {"machine": "SG_1", "key": "asset", "value": "Changed"},
    "simplehelp_machine": {"machine": "SG_1", "notes": "Changed"},
    "simplehelp_server": {"hostname": "changed.example.org"},
    "simplehelp_tech_restriction": {"restrictions": ["192.*"]},
    "simplehelp_technician_totp": {"username": "admin"},
    "backup": {"platform": "simplehelp"},
    "simplehelp_config": {
        "config": {"technician": [{"username": "admin", "display_name": "Changed"}]}
    },
    "simplehelp_config_info": {},
    "technician_info": {},
    "tech_group_info": {},
    "simplehelp_machine_info": {},
    "simplehelp_session_info": {},
    "simplehelp_history_info": {},
    "simplehelp_alert_info": {},
    "simplehelp_server_info": {},
}
every_module = pytest.mark.parametrize("module", LEAST)


def refused_offline(simulated, module, **options) -> str:
    """Run a module that must fail without a single request, and return its message."""
    message = simulated.refuse(module, **options)
    assert simulated.journal.entries == []
    return message


def test_every_module_is_in_the_list_of_these_tests():
    assert set(LEAST) == connected("simplehelp")


# --- Options ----------------------------------------------------------------------------------------------------------


@every_module
def test_an_unknown_option_is_refused_by_its_name(simplehelp, module):
    assert "colour" in refused_offline(simplehelp(), module, **LEAST[module], colour="green")


@every_module
def test_a_missing_token_or_url_is_told(simplehelp, module):
    simulated = simplehelp()
    assert "api_token" in refused_offline(simulated, module, **LEAST[module], api_token=...)
    assert "url" in refused_offline(simulated, module, **LEAST[module], url=...)


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        ("technician", {"username": "x", "enabled": "perhaps"}, ["enabled"]),
        ("technician", {"username": "x", "groups": {"a": 1}}, ["groups"]),
        ("technician", {"unique_id": "seven"}, ["unique_id"]),
        ("technician", {"username": "x", "state": "gone"}, ["state", "gone"]),
        ("technician", {}, ["username", "unique_id"]),
        ("tech_group", {"name": "x", "max_file_size": "much"}, ["max_file_size"]),
        ("tech_group", {"name": "x", "ldap_settings": {"colour": 1}}, ["colour"]),
        ("tech_group", {"name": "x", "mfa_settings": "on"}, ["dictionary"]),
        ("tech_group", {"name": "x", "ldap_settings": {"enabled": "perhaps"}}, ["enabled"]),
        ("tech_group", {}, ["name", "unique_id"]),
        ("simplehelp_machine", {"notes": "x"}, ["machine"]),
        ("simplehelp_machine", {"machine": "SG_1", "monitor": 5}, ["monitor"]),
        ("simplehelp_server", {}, ["hostname"]),
        ("simplehelp_tech_restriction", {}, ["restrictions"]),
        (
            "simplehelp_tech_restriction",
            {"restrictions": ["x"], "state": "maybe"},
            ["state", "maybe"],
        ),
        ("machine_property", {"key": "a", "value": "b"}, ["machine", "machines", "machine_group"]),
        ("machine_property", {"machine": "SG_1"}, ["key", "properties"]),
        (
            "machine_property",
            {"machine": "SG_1", "machines": ["SG_2"], "key": "a", "value": "b"},
            ["machine", "machines"],
        ),
        (
            "machine_property",
            {"machine": "SG_1", "key": "a", "properties": {"a": "b"}},
            ["key", "properties"],
        ),
        (
            "machine_property",
            {"machine": "SG_1", "value": "b", "properties": {"a": "b"}},
            ["value", "properties"],
        ),
        ("machine_property", {"machine": "SG_1", "key": "a"}, ["value"]),
        ("machine_property", {"machine": "SG_1", "properties": "asset"}, ["properties"]),
        ("simplehelp_technician_totp", {}, ["username", "unique_id"]),
        ("backup", {}, ["platform"]),
        ("backup", {"platform": "other"}, ["platform", "other"]),
        ("backup", {"platform": "simplehelp", "backup_query": "../../admin"}, ["backup_query"]),
        (
            "backup",
            {"platform": "simplehelp", "backup_query": "server/backup?x=1"},
            ["backup_query"],
        ),
        ("backup", {"platform": "simplehelp", "backup_query": ""}, ["backup_query"]),
        ("simplehelp_config", {}, ["config"]),
        ("simplehelp_config", {"config": {"colour": []}}, ["colour"]),
        (
            "simplehelp_config",
            {"config": {"technician": [{"display_name": "x"}]}},
            ["username", "unique_id"],
        ),
        (
            "simplehelp_config",
            {"config": {"technician": [{"username": "x", "colour": 1}]}},
            ["colour"],
        ),
        (
            "simplehelp_config",
            {"config": {"technician": {"username": "x"}}, "purge": ["servers"]},
            ["purge", "servers"],
        ),
        ("simplehelp_config", {"config": {"server": [{"hostname": "x"}]}}, ["server"]),
        ("simplehelp_config_info", {"kinds": ["colour"]}, ["kinds", "colour"]),
    ],
)
def test_an_option_of_a_wrong_type_or_value_is_refused_by_its_name(
    simplehelp, module, options, words
):
    message = refused_offline(simplehelp(), module, **options)
    assert all(word in message for word in words), message


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        (
            "machine_property",
            {"machine": "SG_1", "properties": {"a": True}},
            ["a", "true", "quotes"],
        ),
        ("machine_property", {"machine": "SG_1", "properties": {"a": ["x"]}}, ["a", "text"]),
        ("machine_property", {"machine": "SG_1", "properties": {"a": {"x": 1}}}, ["a", "text"]),
        ("machine_property", {"machine": "SG_1", "properties": {"": "x"}}, ["properties", "empty"]),
        ("machine_property", {"machine": "SG_1", "key": "", "value": "x"}, ["key"]),
        ("machine_property", {"machine_group": [], "key": "a", "value": "x"}, ["machine_group"]),
        (
            "tech_group",
            {"name": "Helpdesk", "permissions": {"canChat": "perhaps"}},
            ["canChat", "perhaps"],
        ),
        ("tech_group", {"name": "Helpdesk", "permissions": {"canChat": None}}, ["canChat"]),
        ("simplehelp_server", {"hostname": ""}, ["hostname"]),
        ("simplehelp_server", {"hostname": "not a name!"}, ["hostname", "not a name!"]),
        ("simplehelp_server", {"hostname": "https://support.example.org/"}, ["hostname"]),
        (
            "simplehelp_tech_restriction",
            {"restrictions": ["10.*", "("]},
            ["(", "regular expression"],
        ),
        ("simplehelp_tech_restriction", {"restrictions": [""]}, ["empty"]),
        ("simplehelp_tech_restriction", {"restrictions": ["["], "state": "exact"}, ["["]),
        ("technician", {"username": ""}, ["username", "empty"]),
        ("tech_group", {"name": ""}, ["name", "empty"]),
        ("simplehelp_machine", {"machine": "", "notes": "x"}, ["machine"]),
        ("technician", {"username": "new", "password": ""}, ["password", "empty"]),
        ("tech_group", {"name": "new", "password": ""}, ["password", "empty"]),
        (
            "simplehelp_config",
            {"config": {"server": {"tech_restrictions": ["("]}}},
            ["(", "regular expression"],
        ),
        (
            "simplehelp_config",
            {"config": {"technician": [{"username": "new"}, {"username": ""}]}},
            ["username", "empty"],
        ),
    ],
)
def test_a_value_that_cannot_be_right_is_refused_without_any_write(
    simplehelp, module, options, words
):
    simulated = simplehelp()
    message = simulated.refuse_everywhere(module, **options)
    assert all(word in message for word in words), message


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("simplehelp_server", {"hostname": "not a name!"}),
        ("simplehelp_tech_restriction", {"restrictions": ["("]}),
        ("simplehelp_tech_restriction", {"restrictions": ["("], "state": "exact"}),
        ("machine_property", {"machine": "SG_1", "key": "", "value": "x"}),
        ("machine_property", {"machine_group": [], "key": "a", "value": "x"}),
        ("technician", {"username": ""}),
        ("tech_group", {"name": ""}),
    ],
)
def test_what_can_be_known_without_the_server_is_refused_without_a_request(
    simplehelp, module, options
):
    refused_offline(simplehelp(), module, **options)


# --- Names that the server does not know ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        (
            "technician",
            {"username": "admin", "groups": ["Helpdesk", "Nowhere"]},
            ["groups", "Nowhere", "does not exist"],
        ),
        ("technician", {"username": "new", "groups": ["helpdesk"]}, ["helpdesk", "does not exist"]),
        ("technician", {"unique_id": 99, "display_name": "x"}, ["99"]),
        ("technician", {"unique_id": 99, "username": "new"}, ["99"]),
        ("tech_group", {"unique_id": 99, "max_file_size": 1}, ["99"]),
        (
            "tech_group",
            {"name": "Helpdesk", "permissions": {"canChat": True, "canFly": True}},
            ["canFly", "canRunTools"],
        ),
        ("tech_group", {"name": "New", "permissions": {"canFly": True}}, ["canFly", "canRunTools"]),
        ("simplehelp_machine", {"machine": "SG_99", "notes": "x"}, ["SG_99"]),
        ("machine_property", {"machine": "NOWHERE", "key": "a", "value": "b"}, ["NOWHERE"]),
        (
            "machine_property",
            {"machines": ["SG_1", "NOWHERE"], "key": "a", "value": "b"},
            ["NOWHERE"],
        ),
        ("machine_property", {"machine": "NOWHERE", "key": "a", "state": "absent"}, ["NOWHERE"]),
        (
            "machine_property",
            {"machine_group": ["Atlantis"], "key": "a", "value": "b"},
            ["Atlantis"],
        ),
        ("machine_property", {"machine_group": ["London"], "key": "a", "value": "b"}, ["London"]),
        ("simplehelp_technician_totp", {"username": "nobody"}, ["nobody"]),
        ("simplehelp_technician_totp", {"unique_id": 99}, ["99"]),
        (
            "simplehelp_config",
            {"config": {"machine": [{"machine": "SG_99", "notes": "x"}]}},
            ["SG_99"],
        ),
        (
            "simplehelp_config",
            {"config": {"machine_group": [{"path": ["Atlantis"], "properties": {"a": "b"}}]}},
            ["Atlantis"],
        ),
        (
            "simplehelp_config",
            {"config": {"tech_group": [{"name": "New", "permissions": {"canFly": True}}]}},
            ["canFly"],
        ),
    ],
)
def test_a_name_that_the_server_does_not_know_is_refused_without_any_write(
    simplehelp, module, options, words
):
    simulated = simplehelp()
    message = simulated.refuse_everywhere(module, **options)
    assert all(word in message for word in words), message


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("simplehelp_machine", {"machine": "RECEPTION", "notes": "x"}),
        ("machine_property", {"machine": "RECEPTION", "key": "a", "value": "b"}),
        ("machine_property", {"machines": ["SG_1", "RECEPTION"], "key": "a", "value": "b"}),
        ("simplehelp_config", {"config": {"machine": [{"machine": "RECEPTION", "notes": "x"}]}}),
        ("simplehelp_machine_info", {"machines": ["RECEPTION"]}),
    ],
)
def test_a_name_that_several_machines_have_is_refused_with_the_candidates(
    simplehelp, module, options
):
    message = simplehelp().refuse_everywhere(module, **options)
    assert "RECEPTION" in message and "SG_3" in message and "SG_4" in message


def test_a_machine_whose_name_is_the_identifier_of_another_is_found_by_identifier(simplehelp):
    simulated = simplehelp()
    simulated.site["machines"]["SG_2"]["name"] = "SG_1"
    simulated.expect("simplehelp_machine", machine="SG_1", notes="The first.")
    assert (
        simulated.site["machines"]["SG_1"]["notes"] == "The first."
        and simulated.site["machines"]["SG_2"]["notes"] == ""
    )


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        ("technician", {"unique_id": 2, "username": "admin"}, ["admin"]),
        ("tech_group", {"unique_id": 2, "name": "Helpdesk"}, ["Helpdesk"]),
        (
            "simplehelp_config",
            {"config": {"technician": [{"unique_id": 2, "username": "new"}, {"username": "new"}]}},
            ["new"],
        ),
        (
            "simplehelp_config",
            {
                "config": {
                    "tech_group": [
                        {"unique_id": 1, "name": "Same"},
                        {"unique_id": 2, "name": "Same"},
                    ]
                }
            },
            ["Same"],
        ),
    ],
)
def test_renaming_to_a_name_that_is_taken_is_refused_without_any_write(
    simplehelp, module, options, words
):
    message = simplehelp().refuse_everywhere(module, **options)
    assert all(word in message for word in words), message


# --- Connection -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", ["technician", "simplehelp_config", "simplehelp_machine_info"])
@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "support.example.org",
        "support.example.org:8443",
        "ftp://support.example.org",
        "https://",
        "https:///",
        "https://user:secret-in-url@support.example.org",
        "https://support.example.org/?a=b",
        "https://support.example.org/#a",
        "https://support.example.org:notaport",
        "https://support.example.org:99999",
        "https://[::1",
        "https://sup port.example.org",
        "https://support..example.org",
        "https://a\nb",
        "javascript:alert(1)",
    ],
)
def test_a_url_that_is_none_is_refused_without_a_request(simplehelp, module, url):
    message = refused_offline(simplehelp(), module, **LEAST[module], url=url)
    assert "url" in message
    assert "secret-in-url" not in message


@pytest.mark.parametrize(
    "path", ["/api/v1", "/technician", "/api/v1/secret-token-in-path/technicians/list"]
)
def test_a_url_with_a_path_is_refused_or_told_of(simplehelp, path):
    simulated = simplehelp()
    outcome = simulated.run(
        "technician", username="admin", display_name="Changed", url=simulated.running.url + path
    )
    assert outcome.failed
    assert "url" in outcome["msg"]
    assert simulated.wrote() == []
    assert "secret-token-in-path" not in outcome["msg"]


def test_a_url_with_a_slash_at_its_end_is_fine(simplehelp):
    simulated = simplehelp()
    simulated.expect(
        "technician", username="admin", display_name="Changed", url=simulated.running.url + "/"
    )


@pytest.mark.parametrize("token", ["", " "])
def test_a_token_that_is_none_is_refused_without_a_request(simplehelp, token):
    simulated = simplehelp()
    assert "api_token" in refused_offline(
        simulated, "technician", username="admin", api_token=token
    )


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("timeout", 0),
        ("timeout", -1),
        ("timeout", "soon"),
        ("timeout", "nan"),
        ("retries", -1),
        ("retries", "some"),
        ("connections", 0),
        ("connections", -3),
        ("proxy", "nonsense"),
        ("proxy", "ftp://proxy.example.org"),
        ("proxy", "socks5://proxy.example.org:1080"),
        ("proxy", "http://["),
        ("path_style", "other"),
        ("warning_key", "other"),
        ("validate_certs", "perhaps"),
    ],
)
def test_a_connection_option_that_makes_no_sense_is_refused_by_its_name_without_a_request(
    simplehelp, option, value
):
    assert option in refused_offline(
        simplehelp(), "technician", username="admin", **{option: value}
    )


def test_a_certificate_file_that_cannot_be_used_is_refused_by_its_option_without_a_request(
    simplehelp, tmp_path
):
    simulated = simplehelp()
    nonsense, empty, nothing = (
        tmp_path / "nonsense.pem",
        tmp_path / "empty.pem",
        tmp_path / "nothing.pem",
    )
    nonsense.write_text("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n")
    empty.write_text("")
    for path in (nonsense, empty, nothing, tmp_path):
        for option in ("ca_path", "client_cert"):
            assert option in refused_offline(
                simulated, "technician", username="admin", **{option: str(path)}
            )


def test_a_client_key_without_a_certificate_is_refused(simplehelp, tmp_path):
    key = tmp_path / "key.pem"
    key.write_bytes(trustme.CA().issue_cert("client").private_key_pem.bytes())
    message = refused_offline(simplehelp(), "technician", username="admin", client_key=str(key))
    assert "client_cert" in message


def test_a_client_key_that_is_encrypted_is_refused_and_never_asked_for_a_passphrase(
    simplehelp, tmp_path, monkeypatch
):
    certificate, key = tmp_path / "client.pem", tmp_path / "key.pem"
    trustme.CA().issue_cert("client").cert_chain_pems[0].write_to_path(str(certificate))
    key.write_bytes(
        ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"passphrase"),
        )
    )
    asked = []
    usual = ssl.SSLContext.load_cert_chain

    def load_cert_chain(self, certfile, keyfile=None, password=None):
        # OpenSSL asks at the terminal when it is given no passphrase, which a playbook would wait
        # on for ever.
        asked.append(password)
        return usual(self, certfile, keyfile, password or (lambda: b"wrong"))

    monkeypatch.setattr(ssl.SSLContext, "load_cert_chain", load_cert_chain)
    message = refused_offline(
        simplehelp(),
        "technician",
        username="admin",
        client_cert=str(certificate),
        client_key=str(key),
    )
    assert "client_key" in message
    assert asked and None not in asked


def test_the_environment_stands_in_for_connection_options(simplehelp, monkeypatch):
    simulated = simplehelp()
    for name, value in (
        ("URL", simulated.running.url),
        ("API_TOKEN", TOKEN),
        ("CA_PATH", simulated.running.ca_path),
        ("RETRIES", "0"),
    ):
        monkeypatch.setenv(f"SIMPLEHELP_{name}", value)
    outcome = simulated.expect(
        "technician",
        username="admin",
        url=...,
        api_token=...,
        ca_path=...,
        retries=...,
        path_style=...,
        warning_key=...,
    )
    assert outcome["changed"] is False
