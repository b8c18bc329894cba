"""Documentation that all BeyondTrust plugins share: the connection options and what they promise."""

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
      - Address of the appliance, for example V(https://support.example.org).
      - Taken from the environment variable E(BEYONDTRUST_URL) if not given.
    type: str
    required: true
  client_id:
    description:
      - OAuth client ID of the API account (/login, Management, API Configuration).
      - The account needs the permission that the module's notes name; a message names a permission that it lacks.
      - Taken from the environment variable E(BEYONDTRUST_CLIENT_ID) if not given.
    type: str
    required: true
  client_secret:
    description:
      - OAuth client secret of the API account.
      - Taken from the environment variable E(BEYONDTRUST_CLIENT_SECRET) if not given.
      - One that the appliance does not accept is sent once. For a minute after that no process of this user on this host sends it again, since such
        attempts are counted and an account can be locked. Another secret is tried at once. With O(share_tokens=false) each task sends it once.
    type: str
    required: true
  product:
    description:
      - Which product the appliance is, V(rs) for Remote Support or V(pra) for Privileged Remote Access.
      - With V(auto) the appliance is asked (C(/get_mech_list), as the vendor's Terraform provider does), once a day and user.
      - Taken from the environment variable E(BEYONDTRUST_PRODUCT) if not given.
    type: str
    choices: [auto, rs, pra]
    default: auto
  share_tokens:
    description:
      - Whether all processes of a user on a host share one access token, in a file that only this user can read.
      - An account holds at most 30 valid tokens; one more ends the oldest, so that parallel runs with tokens of their own log each
        other out. Leave this on unless no token may be on disk.
      - Taken from the environment variable E(BEYONDTRUST_SHARE_TOKENS) if not given.
    type: bool
    default: true
  shared_directory:
    description:
      - Directory of what processes of a user share. That is the access token, the budget of requests, and whose turn it is to make objects on an appliance,
        so that two runs at a time make nothing twice. It must belong to the user, with mode 0700; it is made if it does not exist. Within a directory of
        somebody else, as the root of a volume is, C(remoteops-access-UID) is made and used, unless everybody may take it away there (mode 0777 without the
        sticky bit).
      - C($XDG_CACHE_HOME/remoteops-access), or C(~/.cache/remoteops-access), if not given. Jobs in containers of their own share nothing unless this is a
        directory on a volume of all of them.
      - Taken from the environment variable E(BEYONDTRUST_SHARED_DIRECTORY) if not given.
    type: path
  requests_per_second:
    description:
      - How many requests in a second all processes of a user on a host send together for this account, at most V(1000). The appliance answers 20.
      - Set a part of it where the account is used on several hosts.
      - Taken from the environment variable E(BEYONDTRUST_REQUESTS_PER_SECOND) if not given.
    type: float
    default: 20.0
  requests_per_hour:
    description:
      - How many requests in an hour all processes of a user on a host send together for this account, from V(1) to V(100000). The appliance answers 15,000.
      - What the appliance says of its own limit (C(X-RateLimit-Limit), C(X-RateLimit-Remaining)) goes before this. When it says that an hour's requests are
        spent, none is sent until they are there again.
      - Taken from the environment variable E(BEYONDTRUST_REQUESTS_PER_HOUR) if not given.
    type: int
    default: 15000
  validate_certs:
    description:
      - Whether to verify the appliance's certificate. Leave this on; to trust a private authority use O(ca_path).
      - Taken from the environment variable E(BEYONDTRUST_VALIDATE_CERTS) if not given.
    type: bool
    default: true
  ca_path:
    description:
      - PEM file of the authority that the appliance's certificate is verified against, instead of the system's.
      - Taken from the environment variable E(BEYONDTRUST_CA_PATH) if not given.
    type: path
  client_cert:
    description:
      - PEM file of a client certificate, for an appliance behind a proxy that demands one.
      - Taken from the environment variable E(BEYONDTRUST_CLIENT_CERT) if not given.
    type: path
  client_key:
    description:
      - PEM file of the client certificate's key, if it is not in O(client_cert).
      - Taken from the environment variable E(BEYONDTRUST_CLIENT_KEY) if not given.
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
      - Taken from the environment variable E(BEYONDTRUST_PROXY) if not given.
    type: str
  timeout:
    description:
      - Seconds to wait for a connection, then for all of the answer's head, and then for each part of its body. At most 600.
      - As a whole an exchange may take 600 seconds, and one that brings a file a second more for each 10 kB that have come.
      - Taken from the environment variable E(BEYONDTRUST_TIMEOUT) if not given.
    type: float
    default: 30.0
  retries:
    description:
      - How often a request is repeated that got no answer, or was refused because the appliance was busy.
      - It is repeated after 0.5, 1, 2 seconds and so on, 30 at most, or after as many as the server asks to wait (C(Retry-After)). If these are
        more than 300 the task fails at once, and says so.
      - A write whose outcome is unknown is looked up first, and repeated only if it did not happen.
      - Taken from the environment variable E(BEYONDTRUST_RETRIES) if not given.
    type: int
    default: 3
  connections:
    description:
      - How many requests to the appliance are under way at a time at most.
      - Taken from the environment variable E(BEYONDTRUST_CONNECTIONS) if not given.
    type: int
    default: 16
requirements:
  - httpx >= 0.27
  - lxml
notes:
  - Confirmed against the simulator that comes with this collection, not against a live appliance.
  - The API account needs the permission C(perm_configuration), unless the module says otherwise.
"""

    ACTION_GROUP = r"""
attributes:
  action_group:
    description: Use C(group/remoteops.access.beyondtrust) in C(module_defaults) to set connection options once for all BeyondTrust modules.
    support: full
    membership: [remoteops.access.beyondtrust]
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

    # Objects that the API calls by an id, which finds one that is renamed.
    IDENTIFIER = r"""
options:
  id:
    description:
      - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so that it can be renamed.
    type: int
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

    ACTION = r"""
attributes:
  check_mode:
    description: Can run in C(check_mode) and tells what would be done; sends nothing that writes.
    support: full
  diff_mode:
    description: There is no state to compare.
    support: none
  idempotent:
    description: What is asked for is done on every run.
    support: none
"""

    STATE = r"""
options:
  state:
    description: Whether the object exists.
    type: str
    choices: [present, absent]
    default: present
"""

    # The options that all jump items have, beside their name.
    JUMP_ITEM = r"""
options:
  name:
    description: Name of the jump item. With the jump group, or the personal list, it tells one item from another.
    type: str
  jump_group:
    description: The jump group that the item lies in, by name or code name.
    type: str
  personal_list_of:
    description: The user in whose personal list the item lies, by username, instead of O(jump_group).
    type: str
  jumpoint:
    description: The jumpoint that connects to the target, by name or code name. A new item needs one.
    type: str
  tag:
    description: Tag by which the item is sorted in the console, at most 64 characters.
    type: str
  comments:
    description: Comments, at most 1024 characters.
    type: str
  jump_policy:
    description: The jump policy that governs access, by name or code name. An empty text takes it away.
    type: str
  session_policy:
    description: The session policy of sessions with this item, by name or code name. An empty text takes it away.
    type: str
"""

    # Inventory and lookup plugins read the environment through their documentation.
    PLUGIN = r"""
options:
  url:
    env: [{name: BEYONDTRUST_URL}]
  client_id:
    env: [{name: BEYONDTRUST_CLIENT_ID}]
  client_secret:
    env: [{name: BEYONDTRUST_CLIENT_SECRET}]
  product:
    env: [{name: BEYONDTRUST_PRODUCT}]
  share_tokens:
    env: [{name: BEYONDTRUST_SHARE_TOKENS}]
  shared_directory:
    env: [{name: BEYONDTRUST_SHARED_DIRECTORY}]
  requests_per_second:
    env: [{name: BEYONDTRUST_REQUESTS_PER_SECOND}]
  requests_per_hour:
    env: [{name: BEYONDTRUST_REQUESTS_PER_HOUR}]
  validate_certs:
    env: [{name: BEYONDTRUST_VALIDATE_CERTS}]
  ca_path:
    env: [{name: BEYONDTRUST_CA_PATH}]
  client_cert:
    env: [{name: BEYONDTRUST_CLIENT_CERT}]
  client_key:
    env: [{name: BEYONDTRUST_CLIENT_KEY}]
  proxy:
    env: [{name: BEYONDTRUST_PROXY}]
  timeout:
    env: [{name: BEYONDTRUST_TIMEOUT}]
  retries:
    env: [{name: BEYONDTRUST_RETRIES}]
  connections:
    env: [{name: BEYONDTRUST_CONNECTIONS}]
"""
