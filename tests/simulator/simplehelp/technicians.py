"""The technician queries of the SimpleHelp document."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .answers import DONE, Refused, broken
from .shapes import TECHNICIAN, show
from .site import new_technician, next_id

READ_ONLY = ("uniqueID", "isAnonymous", "appProfilesUser")


def select(site: dict, body: dict) -> dict:
    """The technician that a body selects: top-level uniqueID, else top-level username, else
    technician.username.

    Selectors that name different technicians are refused, because the document does not say which
    one counts.
    """
    technicians = site["technicians"]
    found = []
    if "uniqueID" in body:
        found.append(_by_id(technicians, body["uniqueID"]))
    for username in (body.get("username"), body.get("technician", {}).get("username")):
        if username is not None:
            if username not in technicians:
                raise Refused(f"There is no technician with the username {username}")
            found.append(technicians[username])
    if not found:
        raise broken("no uniqueID, username or technician.username selects a technician")
    if any(each is not found[0] for each in found):
        raise broken("uniqueID, username and technician.username select different technicians")
    return found[0]


def _by_id(technicians: dict, unique_id: int) -> dict:
    for technician in technicians.values():
        if technician["uniqueID"] == unique_id:
            return technician
    raise Refused(f"There is no technician with the uniqueID {unique_id}")


def writable(attributes: dict, read_only: tuple[str, ...], switch: str, where: str) -> dict:
    """The attributes without those that only the server sets, which are refused or ignored."""
    given = [name for name in read_only if name in attributes]
    if given and switch == "refuse":
        raise broken(f"{where}.{given[0]} cannot be set")
    return {name: value for name, value in attributes.items() if name not in read_only}


def _checked(server, attributes: dict) -> dict:
    attributes = writable(attributes, READ_ONLY, server.switches.read_only_fields, "technician")
    if attributes.get("username") == "":
        raise Refused("The username must not be empty")
    if "groupIDs" in attributes:
        known = {group["uniqueID"] for group in server.site["groups"].values()}
        for group_id in attributes["groupIDs"]:
            if group_id not in known:
                raise Refused(f"There is no technician group with the uniqueID {group_id}")
        attributes["groupIDs"] = list(dict.fromkeys(attributes["groupIDs"]))
    return attributes


def list_technicians(server, body):
    return [
        show(each, TECHNICIAN, server.switches.nulls)
        for each in server.site["technicians"].values()
    ]


def get_technician(server, body):
    return show(select(server.site, body), TECHNICIAN, server.switches.nulls)


def create_technician(server, body):
    if "technician" not in body or "username" not in body["technician"]:
        raise broken("technician.username is missing")
    attributes = _checked(server, body["technician"])
    username = attributes["username"]
    if username in server.site["technicians"]:
        raise Refused(f"There is a technician with the username {username} already")
    unique_id = next_id(server.site, "last_technician_id")
    server.site["technicians"][username] = new_technician({"uniqueID": unique_id, **attributes})
    return DONE


def set_technician(server, body):
    if "technician" not in body:
        raise broken("technician is missing")
    attributes = dict(body["technician"])
    if "uniqueID" in body:
        new_name = attributes.get("username")
        technician = select(server.site, {**body, "technician": {}})
    else:
        new_name = None
        technician = select(server.site, body)
        attributes.pop("username", None)
    if not attributes:
        raise broken("technician holds no attribute to set")
    technicians = server.site["technicians"]
    attributes = _checked(server, attributes)
    if new_name is not None and technicians.get(new_name, technician) is not technician:
        raise Refused(f"There is a technician with the username {new_name} already")
    old_name = technician["username"]
    technician.update(attributes)
    if technician["username"] != old_name:
        rekey(technicians, "username")
    return DONE


def rekey(objects: dict, name: str) -> None:
    """Put every object below its new name again, in the same order."""
    kept = list(objects.values())
    objects.clear()
    objects.update((each[name], each) for each in kept)


def remove_technician(server, body):
    del server.site["technicians"][select(server.site, body)["username"]]
    return DONE


def set_password(server, body):
    store_password(select(server.site, body), body)
    return DONE


def store_password(owner: dict, body: dict) -> None:
    """Keep the password of a technician or a group where no query shows it, and count how often it
    was set.
    """
    if "password" not in body:
        raise broken("password is missing")
    if not body["password"]:
        raise Refused("The password must not be empty")
    owner["password"] = body["password"]
    owner["password_sets"] += 1


def remove_totp(server, body):
    technician = select(server.site, body)
    technician["totp"] = False
    technician["totp_removals"] += 1
    return DONE
