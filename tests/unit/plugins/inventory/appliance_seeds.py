"""Seeds of appliances for the tests of the inventory, and what these were asked."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from tests.unit.appliances import small_appliance

LISTS = "GET /api/config/v1/jump-item/"
PLANT = {"jumpoint_id": 1, "jump_group_id": 1, "jump_group_type": "shared"}


def site_of(*shell_jumps: dict, clients=(), **more) -> dict:
    """Return a seed with these shell jumps and jump clients, in the first jump group unless they
    lie elsewhere.
    """
    seed = small_appliance()
    items = [
        {"hostname": "10.0.0.1", "protocol": "ssh", "port": 22, **PLANT, **item}
        for item in shell_jumps
    ]
    places = [{"jump_group_id": 1, "jump_group_type": "shared", **client} for client in clients]
    kept = {
        name: records
        for name, records in seed["config"].items()
        if not name.startswith(("jump-item/", "jump-client"))
    }
    made = {"jump-item/shell-jump": numbered(items), "jump-client": numbered(places)}
    return {**seed, "config": {**kept, **made, **more}}


def numbered(records) -> dict:
    """Return records as a collection of a seed, with ids from 1."""
    return {str(number): record for number, record in enumerate(records, 1)}


def with_clients(number: int = 0) -> dict:
    """Return the small site with connected clients: a jumpoint, a user with a session, and so many
    customers.
    """
    platform = {"id": "winNT-64", "name": "Windows 11"}
    return {
        **small_appliance(),
        "clients": [
            {
                "type": "push_agent",
                "id": 301,
                "hostname": "jump-leeds",
                "platform": platform,
                "private_ip": "10.1.0.5",
                "attributes": {"name": "Leeds"},
            },
            {
                "type": "representative",
                "id": 101,
                "hostname": "desk-1",
                "platform": platform,
                "private_ip": "10.9.0.1",
                "attributes": {
                    "user_id": 2,
                    "username": "a.keller",
                    "support_session_ids": ["da4b"],
                },
            },
            *(
                {
                    "type": "support_customer",
                    "id": 1000 + each,
                    "hostname": f"c{each}",
                    "attributes": {"name": f"C {each}"},
                }
                for each in range(number)
            ),
        ],
    }


def queries(simulated) -> list[str]:
    """Return what the appliance was asked but for the product and the token, in alphabetical order."""
    return sorted(
        entry.query
        for entry in simulated.asked()
        if entry.query not in ("GET /get_mech_list", "POST /oauth2/token")
    )


def item_lists(simulated) -> dict[str, list[dict]]:
    """Return the filters with which each list of items was asked for, page by page."""
    found: dict[str, list[dict]] = {}
    for entry in simulated.asked():
        path = entry.query.removeprefix("GET /api/config/v1/")
        if path.startswith(("jump-item/", "jump-client")):
            filters = {
                name: value
                for name, value in entry.parameters
                if name not in ("per_page", "current_page")
            }
            found.setdefault(path.removeprefix("jump-item/"), []).append(filters)
    return found
