"""Every point that the vendor's documents leave open, as a switch of the simulated BeyondTrust appliance."""
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from dataclasses import dataclass

from ..switching import Switching, choice, typed
from .configuration.switches import ConfigurationSwitches


@dataclass
class Switches(ConfigurationSwitches, Switching):
    """How the appliance behaves where the documents are silent or contradict each other. A value that is not listed is a ValueError.

    The switches of the Configuration API are inherited.
    [D] stands in a document, [C] was seen in a public client or in recorded traffic, [I] is inferred, [U] is unknown; README.md
    says where each comes from.
    """

    # Access

    token_request: str = choice("documented", "lenient")
    """documented: the client's id and secret in a Basic header, the grant in a form [D]. lenient: also a JSON body, id and
    secret in the body, the grant in the URL's query [C]."""
    token_counts: bool = typed(True, bool)
    """Whether a request for a token counts towards the account's limits [U]."""
    requests_per_second: int = typed(20, int)
    """How many requests of one account are answered in any second [D]. Tests that are not about limits raise it."""
    requests_per_hour: int = typed(15_000, int)
    """How many requests of one account are answered in any hour [D]."""
    rate_limit_status: int = choice(429, 503)
    """The status of a request beyond the limits [U]."""
    retry_after: bool = typed(True, bool)
    """Whether that answer says in Retry-After when to come again [U]."""
    rate_limit_headers: bool = typed(True, bool)
    """Whether answers carry X-RateLimit-Limit and X-RateLimit-Remaining: documented [D], absent from recorded traffic [C]."""
    denied: str = choice("forbidden", "not_found")
    """What an account without the permission is answered: a 403, or the page "Document Not Found" with a 404 [D, both]."""
    connection: str = choice("close", "keep_alive")
    """close: the appliance ends every connection after its answer. keep_alive: only where the client asks for it, so that a
    client that does not gets to break the rule [U]. Reused connections are violations either way."""

    # Command and reporting API

    namespace: str = choice(
        "https://www.beyondtrust.com/namespaces/API", "http://www.bomgar.com/namespaces/API", "https://www.bomgar.com/namespaces/API",
        "https://support.example.com/namespaces/API", "http://www.beyondtrust.com/sra/namespaces/API", "",
    )
    """What the namespace of an XML answer starts with; "/command" or "/reporting" follows. The empty one stands for none.
    In the guide's change log [D], recorded from RS 19.1.8 [C], on PRA's page [D], in the guide's command chapter [D], in
    reports of newer PRA appliances [C]."""
    command_error: str = choice("root", "nested")
    """Whether <error> is the root of an answer [I] or stands in the root of the list that was asked for [D, for four commands]."""
    command_error_status: int = choice(200, 400)
    """The status of an answer that holds an <error>: 200 for reports [C], for commands nothing is known [U]."""
    pra_commands: str = choice("page", "guide")
    """Which commands PRA has: the seven of the page, or also those of the later guide's contents: get_logged_in_reps,
    get_connected_client_list, get_connected_clients, set_failover_role [D, conflict]."""
    role_change_seconds: float = typed(0.0, float, int)
    """How long after set_failover_role check_health shows the new role, by the appliance's clock [U]."""
    data_sync_seconds: float = typed(60.0, float, int)
    """How long a data sync takes, by the appliance's clock [U]."""

    # import_jump_shortcut

    remote_rdp_key: str = choice("remote_rdp_hostname", "rdp_hostname", "both")
    """The parameter that makes a remote RDP shortcut: the table's name, or the printed examples' rdp_hostname with a jumpoint
    [D, conflict]."""
    name_required: bool = typed(True, bool)
    """Whether `name` is required: the tables say so, most printed examples leave it out [D, conflict]."""
    terminal: str = choice("table", "any_case")
    """Whether a terminal is VT100 as in the table only, or also vt100 as in the printed example [D, conflict]."""
    import_limits: str = choice("guide", "configuration")
    """How long texts may be: as in the guide's tables, or also not longer than the Configuration API shows them: tags 64
    against 1024, domains 64 and usernames 128 against no limit [D, conflict]."""
    web_jump_key: str = typed("web_jump_url", str)
    """The parameter that makes a web jump shortcut on PRA; no document at hand prints it [U]."""
    protocol_tunnel_key: str = typed("protocol_tunnel_hostname", str)
    """The parameter that makes a protocol tunnel shortcut on PRA; no document at hand prints it [U]."""
