"""Documentation that all SimpleHelp plugins share: the connection options and what they promise."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations


class ModuleDocFragment:
    """The parts: connection (the default), PLUGIN (environment for lookups and inventory),
    attributes, state.
    """

    DOCUMENTATION = r"""
options:
  url:
    description:
      - Address of the SimpleHelp server, for example V(https://support.example.org).
      - Taken from the environment variable E(SIMPLEHELP_URL) if not given.
    type: str
    required: true
  api_token:
    description:
      - Token of the Integration API, generated in the Administration tab of the Technician Console.
      - It is part of every URL of the API; this collection keeps it out of every message and result.
      - SimpleHelp answers a wrong token as it answers an unknown query or object, so that a refusal does not end what else is asked for.
      - Taken from the environment variable E(SIMPLEHELP_API_TOKEN) if not given.
    type: str
    required: true
  validate_certs:
    description:
      - Whether to verify the server's certificate. Leave this on; to trust a private authority use O(ca_path).
      - Taken from the environment variable E(SIMPLEHELP_VALIDATE_CERTS) if not given.
    type: bool
    default: true
  ca_path:
    description:
      - PEM file of the authority that the server's certificate is verified against, instead of the system's.
      - Taken from the environment variable E(SIMPLEHELP_CA_PATH) if not given.
    type: path
  client_cert:
    description:
      - PEM file of a client certificate, for a server behind a proxy that demands one.
      - Taken from the environment variable E(SIMPLEHELP_CLIENT_CERT) if not given.
    type: path
  client_key:
    description:
      - PEM file of the client certificate's key, if it is not in O(client_cert).
      - Taken from the environment variable E(SIMPLEHELP_CLIENT_KEY) if not given.
    type: path
  proxy:
    description:
      - URL of a proxy, such as V(http://proxy.example.org:3128). Where it speaks TLS itself, O(ca_path) and O(validate_certs) count for its
        certificate, too, also if the proxy is the environment's.
      - User and password may stand in it, as in C(http://USER:PASSWORD@proxy.example.org:3128), percent-encoded where they hold a C(/), C(?), C(#),
        C(%) or a blank. They are masked in all that is printed; the rest can be read.
      - If not given, the environment variables E(HTTPS_PROXY), E(HTTP_PROXY), E(ALL_PROXY) and E(NO_PROXY) count by the rules of curl, a name in small letters
        before one in capitals. E(NO_PROXY) lists names, with all that is below them, addresses, and networks such as V(10.0.0.0/8) or V(fd00::/8), each with
        or without a port, or V(*) for everything.
      - Taken from the environment variable E(SIMPLEHELP_PROXY) if not given.
    type: str
  timeout:
    description:
      - Seconds to wait for a connection, then for all of the answer's head, and then for each part of its body. At most 600.
      - As a whole an exchange may take 600 seconds, and one that brings a file a second more for each 10 kB that have come.
      - Taken from the environment variable E(SIMPLEHELP_TIMEOUT) if not given.
    type: float
    default: 30.0
  retries:
    description:
      - How often a request is repeated that got no answer, or was refused because the server was busy.
      - It is repeated after 0.5, 1, 2 seconds and so on, 30 at most, or after as many as the server asks to wait (C(Retry-After)). If these are
        more than 300 the task fails at once, and says so.
      - A write whose outcome is unknown is looked up first, and repeated only if it did not happen.
      - Taken from the environment variable E(SIMPLEHELP_RETRIES) if not given.
    type: int
    default: 3
  connections:
    description:
      - How many connections to the server are used side by side at most.
      - Taken from the environment variable E(SIMPLEHELP_CONNECTIONS) if not given.
    type: int
    default: 16
  shared_directory:
    description:
      - Directory of what processes of a user share, namely whose turn it is to make objects on a server, so that two runs at a time make nothing twice. It must
        belong to the user, with mode 0700; it is made if it does not exist. Within a directory of somebody else, as the root of a volume is,
        C(remoteops-access-UID) is made and used, unless everybody may take it away there (mode 0777 without the sticky bit).
      - C($XDG_CACHE_HOME/remoteops-access), or C(~/.cache/remoteops-access), if not given. Jobs in containers of their own share nothing unless this is a
        directory on a volume of all of them.
      - Taken from the environment variable E(SIMPLEHELP_SHARED_DIRECTORY) if not given.
    type: path
  path_style:
    description:
      - The vendor's document prints the reading query for three changes (a technician group, the server's hostname, a
        machine group's property). V(set) takes that for an oversight and uses C(groups/set) and its like; V(printed) uses
        the queries as they are printed.
      - A guess of this collection. Every write is read back, so that a wrong setting is reported and never silent.
      - Taken from the environment variable E(SIMPLEHELP_PATH_STYLE) if not given.
    type: str
    choices: [set, printed]
    default: set
  warning_key:
    description:
      - The name under which a machine's warning text is sent. The vendor's document says C(warnings) in its table and
        C(warning) in its example; V(auto) tries one after the other, until one has been seen to work.
      - A guess of this collection. Every write is read back, so that a wrong setting is reported and never silent.
      - Taken from the environment variable E(SIMPLEHELP_WARNING_KEY) if not given.
    type: str
    choices: [auto, warnings, warning]
    default: auto
requirements:
  - httpx >= 0.27
notes:
  - Confirmed against the simulator that comes with this collection, not against a live server.
  - SimpleHelp's API has no transactions; a change made by somebody else between reading and writing is not noticed.
"""

    ACTION_GROUP = r"""
attributes:
  action_group:
    description: Use C(group/remoteops.access.simplehelp) in C(module_defaults) to set connection options once for all SimpleHelp modules.
    support: full
    membership: [remoteops.access.simplehelp]
"""

    OBJECT = r"""
attributes:
  check_mode:
    description: Can run in C(check_mode) and tells what would change; sends nothing that writes.
    support: full
  diff_mode:
    description: Tells what changed, or would change, in C(diff) mode; secrets are masked.
    support: full
  idempotent:
    description: When run twice with the same options, the second run changes nothing.
    support: full
"""

    INFO = r"""
attributes:
  check_mode:
    description: Can run in C(check_mode); reads only.
    support: full
  diff_mode:
    description: Nothing changes, so there is no difference to tell.
    support: N/A
  idempotent:
    description: Reads only.
    support: N/A
"""

    STATE = r"""
options:
  state:
    description: Whether the object exists.
    type: str
    choices: [present, absent]
    default: present
"""

    # Inventory and lookup plugins read the environment through their documentation.
    PLUGIN = r"""
options:
  url:
    env: [{name: SIMPLEHELP_URL}]
  api_token:
    env: [{name: SIMPLEHELP_API_TOKEN}]
  validate_certs:
    env: [{name: SIMPLEHELP_VALIDATE_CERTS}]
  ca_path:
    env: [{name: SIMPLEHELP_CA_PATH}]
  client_cert:
    env: [{name: SIMPLEHELP_CLIENT_CERT}]
  client_key:
    env: [{name: SIMPLEHELP_CLIENT_KEY}]
  proxy:
    env: [{name: SIMPLEHELP_PROXY}]
  timeout:
    env: [{name: SIMPLEHELP_TIMEOUT}]
  retries:
    env: [{name: SIMPLEHELP_RETRIES}]
  connections:
    env: [{name: SIMPLEHELP_CONNECTIONS}]
  shared_directory:
    env: [{name: SIMPLEHELP_SHARED_DIRECTORY}]
  path_style:
    env: [{name: SIMPLEHELP_PATH_STYLE}]
  warning_key:
    env: [{name: SIMPLEHELP_WARNING_KEY}]
"""
