"""What a FastX server tells about itself, about the user who asks, and about everybody to an admin."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .answers import Refused
from .call import Call
from .sessions import session_object, visible


def server(call: Call) -> dict:
    """/v3/api. By the answer the generations can be told apart."""
    site = call.site
    if call.server.switches.generation == "later":
        return {"build": site["version"]}
    return {
        "version": site["version"],
        "serverId": site["serverId"],
        "port": site["port"],
        "httpsport": site["httpsport"],
        "hostname": site["servers"][site["serverId"]]["hostname"],
        "servers": list(site["servers"]),
        "ssh": site["ssh"],
    }


def config(call: Call) -> dict:
    """/v3/api/config, of which no document gives the payload."""
    return call.site["config"]


def xrdp_config(call: Call) -> dict:
    """/v3/api/xrdp/config, of which no document gives the payload."""
    return call.site["xrdp_config"]


def profile(call: Call) -> dict:
    """user/profile, with the token of the login in it."""
    user = call.user
    return call.shown(
        {
            "token": call.token,
            "login": call.login,
            "hostname": call.site["servers"][call.server_id]["hostname"],
            "provider": user["provider"],
            "authenticated": True,
            "loggedIn": True,
            "groups": user["groups"],
            "email": user["email"],
            "firstName": user["firstName"],
            "lastName": user["lastName"],
        }
    )


def demand_admin(call: Call) -> None:
    """Raise Refused where the user is no admin."""
    if not call.user["admin"]:
        raise Refused("You are not an admin", name="PermissionError", status=403)


def logout(call: Call) -> None:
    """user/logout: the token is deleted."""
    del call.site["tokens"][call.token]


def keep_alive(call: Call) -> None:
    """user/keepalive, of which the effect lies in the login that it keeps alive."""


def all_sessions(call: Call) -> list[dict]:
    """/v3/system/session/list: the sessions of everybody. A guess."""
    return [session_object(call, each) for each in visible(call, everybody=True)]


def all_sessions_count(call: Call) -> int:
    """/v3/system/session/count: how many sessions there are. A guess."""
    return len(visible(call, everybody=True))


def session_profiles(call: Call) -> list[dict]:
    """/v3/system/session/profile: the profiles of sessions. A guess."""
    return call.site["profiles"]


def servers(call: Call) -> list[dict]:
    """/v3/system/server/list, as the second version listed servers. A guess."""
    sessions = visible(call, everybody=True)
    return [
        {
            "serverId": server_id,
            "hostname": facts["hostname"],
            "url": f"https://{facts['hostname']}:{call.site['httpsport']}",
            **{name: facts[name] for name in ("cpu", "freemem", "totalmem", "uptime", "loadavg")},
            "loggedInUsers": sorted(
                {each["login"] for each in sessions if each["serverId"] == server_id}
            ),
            "sessions": sum(each["serverId"] == server_id for each in sessions),
        }
        for server_id, facts in call.site["servers"].items()
    ]
