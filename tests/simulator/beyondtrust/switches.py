"""Every point that the vendor's documents leave open, as a switch of the simulated BeyondTrust
appliance.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from dataclasses import dataclass, field

from ..switching import Switching, choice, typed
from .configuration.switches import ConfigurationSwitches


@dataclass
class Switches(ConfigurationSwitches, Switching):
    """How the appliance behaves where the documents are silent or contradict each other. A value
    that is not listed is a ValueError.

    The switches of the Configuration API are inherited. [D] stands in a document, [C] was seen in a
    public client or in recorded traffic, [I] is inferred, [U] is unknown; README.md says where each
    comes from.
    """

    # Access

    token_request: str = field(**choice("documented", "lenient", tolerant="lenient"))
    """documented: the client's id and secret in a Basic header, the grant in a form [D]; that other
    ways are refused is ours. lenient: also id and secret in the form [C-live], a JSON body, the
    grant in the URL's query [C].
    """
    token_counts: bool = field(**typed(True, bool))
    """Whether a request for a token counts towards the account's limits [U]."""
    requests_per_second: int = field(**typed(20, int))
    """How many requests of one account are answered in any second [D]. Tests that are not about
    limits raise it.
    """
    requests_per_hour: int = field(**typed(15_000, int))
    """How many requests of one account are answered in any hour [D]."""
    rate_limit_status: int = field(**choice(429, 503))
    """The status of a request beyond the limits [U]."""
    retry_after: bool = field(**typed(True, bool))
    """Whether that answer says in Retry-After when to come again [U]."""
    rate_limit_headers: bool = field(**typed(True, bool))
    """Whether answers carry X-RateLimit-Limit and X-RateLimit-Remaining: documented [D], absent
    from recorded traffic [C].
    """
    denied: str = field(**choice("forbidden", "not_found"))
    """What an account without the permission is answered: a 403, or the page "Document Not Found"
    with a 404 [D, both].
    """
    connection: str = field(**choice("close", "keep_alive", tolerant="keep_alive"))
    """close: the appliance ends every connection after its answer; ours, from the guide's advice to
    close each. keep_alive: only where the client asks for it, so that one that does not gets to use
    a connection twice, as a live client does [C-live].
    """
    connection_rules: str = field(**choice("watched", "off", tolerant="off"))
    """Whether a request without Connection: close, a second one on a connection, and a cookie that
    is sent back are violations: ours. A live client does all three [C-live].
    """

    # Command and reporting API

    namespace: str = field(
        **choice(
            "https://www.beyondtrust.com/namespaces/API",
            "http://www.bomgar.com/namespaces/API",
            "https://www.bomgar.com/namespaces/API",
            "https://support.example.com/namespaces/API",
            "http://www.beyondtrust.com/sra/namespaces/API",
            "",
        )
    )
    """What the namespace of an XML answer starts with; "/command" or "/reporting" follows. The
    empty one stands for none. In the guide's change log [D], recorded from RS 19.1.8 [C], on PRA's
    page [D], in the guide's command chapter [D], in reports of newer PRA appliances [C].
    """
    unknown_parameters: str = field(**choice("refuse", "ignore", tolerant="ignore"))
    """What a command or a report does with a parameter that the documents do not list, or that is
    repeated: it fails and that is a violation, which is ours, or the parameter is ignored, and of
    repeated ones the last counts [U].
    """
    command_error: str = field(**choice("root", "nested"))
    """Whether <error> is the root of an answer [I] or stands in the root of the list that was asked
    for [D, for four commands].
    """
    command_error_status: int = field(**choice(200, 400))
    """The status of an answer that holds an <error>: 200 for reports [C], for commands nothing is
    known [U].
    """
    pra_commands: str = field(**choice("page", "guide"))
    """Which commands PRA has: the seven of the page, or also those of the later guide's contents:
    get_logged_in_reps, get_connected_client_list, get_connected_clients, set_failover_role [D,
    conflict].
    """

    # Failover; all seconds are those of the appliance's clock

    role_change_seconds: float = field(**typed(0.0, float, int))
    """How long after set_failover_role, or after the data sync, the first role changes [U]."""
    both_backup_seconds: float = field(**typed(0.0, float, int))
    """How long both appliances are backup in the middle of a swap: that they are is documented,
    "only a moment" [D], not how long.
    """
    restart_seconds: float = field(**typed(0.0, float, int))
    """How long an appliance restarts after its role has changed [U]."""
    data_sync_seconds: float = field(**typed(60.0, float, int))
    """How long a data sync takes [U]."""
    swap: str = field(**choice("both", "addressed"))
    """Which roles a change between appliances that reach each other concerns: both, as after a data
    sync [D], or that of the appliance that was asked alone, so that its peer must be asked too [U
    without a data sync].
    """
    promotion_without_peer: str = field(**choice("allowed", "refused"))
    """Whether a backup becomes primary although its peer cannot be contacted: force is needed, and
    of use, only the other way round [I from D], or it never does [U].
    """
    during_data_sync: str = field(
        **choice("health_only", "unavailable", "reset", "mixed", "available")
    )
    """What works on both appliances during a data sync, in which users are disconnected and no
    other operations are available [D]: tokens, the health checks and information about the API;
    nothing, with a 503 (the health page: 500); nothing, with a reset connection; nothing, with 503,
    502 and a reset in turn; everything [all U].
    """
    during_restart: str = field(**choice("unavailable", "reset", "mixed", "available"))
    """The same during a restart [U]."""
    without_primary: str = field(**choice("reset", "unavailable", "hang"))
    """What becomes of a request to the shared name of a pair without a primary that is alive [U].
    """
    accounts_synced: bool = field(**typed(True, bool))
    """Whether a data sync copies API accounts [I from D: the settings in /login of the primary win,
    and there they are made].
    """
    data_sync_ts: bool = field(**typed(True, bool))
    """Whether last_data_sync_time has the attribute ts [D]; one hand-made trace has none, and a
    time such as 2026-01-15T08:00:00.000+0000 [C, weak].
    """
    sync_success_status: str = field(**typed("Success", str))
    sync_failure_status: str = field(**typed("Failed", str))
    """What last_data_sync_status starts with after a data sync [U]; one hand-made trace has
    `success` [C, weak].
    """
    sync_running_status: str = field(**typed("In progress", str))
    """What it is during one; empty: what it was before [U]."""

    # Backup

    backup_bytes: int = field(**typed(262_144, int))
    """The size of a backup."""
    backup_bytes_per_second: int = field(**typed(0, int))
    """How fast it is made, in real time; 0: as fast as it is read."""
    backup_framing: str = field(**choice("length", "chunked", "until_closed"))
    """How the end of the download is known: by a Content-Length, by chunks, by the end of the
    connection [U].
    """
    backup_content_type: str = field(**typed("application/octet-stream", str))
    """The Content-Type of the download; empty: none [U]."""
    backup_disposition: bool = field(**typed(True, bool))
    """Whether a Content-Disposition names a file [U]."""
    backup_password: str = field(**choice("json", "ignored", "refused", "required"))
    """What a password in the JSON body does: it protects the backup [D, newer pages]; nothing, or
    an error, as in versions before that [U]; or there is no backup without it, where the site's
    backups are protected [I from "if the backup is password protected, you can send the password"].
    """
    backup_error: str = field(**choice("json", "xml", "html", "text"))
    """How the API says that no backup can be made; an HTML page and a text come with a 200 [U; the
    text: C, of an old appliance].
    """

    # import_jump_shortcut

    remote_rdp_key: str = field(**choice("remote_rdp_hostname", "rdp_hostname", "both"))
    """The parameter that makes a remote RDP shortcut: the table's name, or the printed examples'
    rdp_hostname with a jumpoint [D, conflict].
    """
    name_required: bool = field(**typed(True, bool))
    """Whether `name` is required: the tables say so, most printed examples leave it out [D,
    conflict].
    """
    terminal: str = field(**choice("table", "any_case"))
    """Whether a terminal is VT100 as in the table only, or also vt100 as in the printed example [D,
    conflict].
    """
    import_limits: str = field(**choice("guide", "configuration"))
    """How long texts may be: as in the guide's tables, or also not longer than the Configuration
    API shows them: tags 64 against 1024, domains 64 and usernames 128 against no limit [D,
    conflict].
    """
    web_jump_key: str = field(**typed("web_jump_url", str))
    """The parameter that makes a web jump shortcut on PRA; no document at hand prints it [U]."""
    protocol_tunnel_key: str = field(**typed("protocol_tunnel_hostname", str))
    """The parameter that makes a protocol tunnel shortcut on PRA; no document at hand prints it
    [U].
    """
