"""What both products share and the other tests ask of Remote Support: Privileged Remote Access
answers it, too.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.appliances import small_appliance

from .test_automation import RESTART, with_endpoints


@pytest.fixture
def pra(beyondtrust):
    """Return an appliance of Privileged Remote Access."""
    return beyondtrust("pra")


@pytest.mark.parametrize(
    "module, options, parent",
    [
        ("beyondtrust_jumpoint", {"name": "Leeds", "members": []}, "jumpoint/user"),
        ("beyondtrust_team", {"name": "Helpdesk", "members": []}, "team/user"),
        ("beyondtrust_vault_account", {"name": "Leeds root", "users": []}, "vault/account/user"),
        (
            "beyondtrust_vault_account_group",
            {"name": "Leeds", "users": []},
            "vault/account-group/user",
        ),
    ],
)
def test_a_list_below_an_object_is_emptied(pra, module, options, parent):
    assert pra.site["config"][parent]
    assert pra.expect(module, **options)["changed"] and not pra.expect(module, **options)["changed"]
    assert not pra.site["config"][parent]


@pytest.mark.parametrize(
    "module, name",
    [
        ("beyondtrust_vault_account_group", "Leeds"),
        ("beyondtrust_vault_account_policy", "Rotate Monthly"),
    ],
)
def test_a_part_of_the_vault_is_described(pra, module, name):
    assert pra.expect(module, name=name, description="Changed")["changed"]
    assert not pra.expect(module, name=name, description="Changed")["changed"]


@pytest.mark.parametrize(
    "module, part, plural",
    [
        ("beyondtrust_jumpoint_info", "nodes", "jumpoints"),
        ("beyondtrust_jump_policy_info", "schedule", "jump_policies"),
        ("beyondtrust_user_info", "group_policies", "users"),
        ("beyondtrust_vault_endpoint_info", "remote_rdp_candidates", "vault_endpoints"),
    ],
)
def test_a_part_that_takes_a_request_of_its_own_is_read(pra, module, part, plural):
    found = pra.expect(module, gather=[part])[plural]
    assert found and all(part in each for each in found)


@pytest.mark.parametrize(
    "module, options",
    [
        ("beyondtrust_jumpoint_installer_download", {"jumpoint": "London"}),
        ("beyondtrust_jump_client_installer_download", {"name": "tills", "platform": "linux-64"}),
    ],
)
def test_an_installer_is_downloaded(pra, module, options, tmp_path):
    pra.lies = True  # the file is what changes, not the appliance
    dest = tmp_path / "installer"
    assert pra.expect(module, dest=str(dest), **options)["changed"] and dest.stat().st_size > 0


def test_an_account_is_checked_out_and_in_again_and_rotated(pra):
    pra.lies = True
    pra.secrets.discard("the password of root")  # which is what is asked for
    for force in (False, True):
        assert pra.expect("beyondtrust_vault_account_check_out", name="Leeds root")["changed"]
        assert pra.expect("beyondtrust_vault_account_check_in", name="Leeds root", force=force)[
            "changed"
        ]
    assert pra.expect("beyondtrust_vault_account_rotation", name="files administrator")["changed"]


def test_an_endpoint_of_the_vault_is_associated_with_a_remote_rdp_item(beyondtrust):
    site = small_appliance("pra")
    site["config"]["vault/endpoint"]["1"] |= {"hostname": "10.2.0.2"}  # where the item leads to
    pra = beyondtrust("pra", site)
    options = {"endpoint": "files", "remote_rdp_id": 1}
    assert pra.expect("beyondtrust_vault_endpoint_association", **options)["changed"]
    assert not pra.expect("beyondtrust_vault_endpoint_association", **options)["changed"]


def test_a_job_is_made_and_read(beyondtrust):
    site = small_appliance("pra")
    site["config"]["endpoint-automation/endpoint"] = with_endpoints()["config"][
        "endpoint-automation/endpoint"
    ]
    pra = beyondtrust("pra", site)
    assert pra.expect("beyondtrust_automation_endpoint_info")["automation_endpoints"]
    assert pra.expect("beyondtrust_automation_job", **RESTART)["changed"]
    assert pra.expect("beyondtrust_automation_job_info", gather=["executions"])["automation_jobs"]
