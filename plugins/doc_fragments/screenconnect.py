"""Documentation that all ScreenConnect plugins share: the connection options and what they promise."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations


class ModuleDocFragment:
    """The parts: connection (the default), PLUGIN (environment for lookups and inventory),
    attributes, the sessions of an action, what chooses sessions.
    """

    DOCUMENTATION = r"""
options:
  url:
    description:
      - Address of the ScreenConnect server, for example V(https://control.example.org).
      - Taken from the environment variable E(SCREENCONNECT_URL) if not given.
    type: str
    required: true
  auth_secret:
    description:
      - What the setting C(RESTfulAuthenticationSecret) of the extension RESTful API Manager says.
      - One that is refused is carried by no further request of the task.
      - Taken from the environment variable E(SCREENCONNECT_AUTH_SECRET) if not given.
    type: str
    required: true
  origin:
    description:
      - What the setting C(RESTfulAllowedOrigin) of the extension says, to the letter, for example V(https://control.example.org) or V(control.example.org).
        If not given, O(url) is sent.
      - Taken from the environment variable E(SCREENCONNECT_ORIGIN) if not given.
    type: str
  session_type_wire:
    description:
      - Whether the type of a new session is sent as its number or as its name. The vendor's document does not say which; clients were seen to send the
        number.
      - A guess of this collection. Every write is read back, so that a wrong setting is reported and never silent.
      - Taken from the environment variable E(SCREENCONNECT_SESSION_TYPE_WIRE) if not given.
    type: str
    choices: [number, name]
    default: number
  property_names:
    description:
      - What the custom properties of sessions are called on this server, as a mapping of names to numbers from 1 to 8. The API does not tell these names.
      - A property that has a name here is called by it in all results; it can be given by its name or by its number.
    type: dict
  validate_certs:
    description:
      - Whether to verify the server's certificate. Leave this on; to trust a private authority use O(ca_path).
      - Taken from the environment variable E(SCREENCONNECT_VALIDATE_CERTS) if not given.
    type: bool
    default: true
  ca_path:
    description:
      - PEM file of the authority that the server's certificate is verified against, instead of the system's.
      - Taken from the environment variable E(SCREENCONNECT_CA_PATH) if not given.
    type: path
  client_cert:
    description:
      - PEM file of a client certificate, for a server behind a proxy that demands one.
      - Taken from the environment variable E(SCREENCONNECT_CLIENT_CERT) if not given.
    type: path
  client_key:
    description:
      - PEM file of the client certificate's key, if it is not in O(client_cert).
      - Taken from the environment variable E(SCREENCONNECT_CLIENT_KEY) if not given.
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
      - Taken from the environment variable E(SCREENCONNECT_PROXY) if not given.
    type: str
  timeout:
    description:
      - Seconds to wait for a connection, then for all of the answer's head, and then for each part of its body. At most 600.
      - As a whole an exchange may take 600 seconds, and one that brings a file a second more for each 10 kB that have come.
      - Taken from the environment variable E(SCREENCONNECT_TIMEOUT) if not given.
    type: float
    default: 30.0
  retries:
    description:
      - How often a request is repeated that got no answer, or was refused because the server was busy.
      - It is repeated after 0.5, 1, 2 seconds and so on, 30 at most, or after as many as the server asks to wait (C(Retry-After)). If these are
        more than 300 the task fails at once, and says so.
      - A write whose outcome is unknown is looked up first, and repeated only if it did not happen.
      - Taken from the environment variable E(SCREENCONNECT_RETRIES) if not given.
    type: int
    default: 3
  connections:
    description:
      - How many connections to the server are used side by side at most.
      - Taken from the environment variable E(SCREENCONNECT_CONNECTIONS) if not given.
    type: int
    default: 16
  shared_directory:
    description:
      - Directory of what processes of a user share, namely whose turn it is to make objects on a server, so that two runs at a time make nothing twice. It must
        belong to the user, with mode 0700; it is made if it does not exist. Within a directory of somebody else, as the root of a volume is,
        C(remoteops-access-UID) is made and used, unless everybody may take it away there (mode 0777 without the sticky bit).
      - C($XDG_CACHE_HOME/remoteops-access), or C(~/.cache/remoteops-access), if not given. Jobs in containers of their own share nothing unless this is a
        directory on a volume of all of them.
      - Taken from the environment variable E(SCREENCONNECT_SHARED_DIRECTORY) if not given.
    type: path
requirements:
  - httpx >= 0.27
notes:
  - Confirmed against the simulator that comes with this collection, not against a live server.
  - The server needs the extension RESTful API Manager, and version 22.3 of ScreenConnect at least.
"""

    ACTION_GROUP = r"""
attributes:
  action_group:
    description: Use C(group/remoteops.access.screenconnect) in C(module_defaults) to set connection options once for all ScreenConnect modules.
    support: full
    membership: [remoteops.access.screenconnect]
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

    # The sessions that an action is for.
    TARGETS = r"""
options:
  sessions:
    description:
      - The sessions, each by its identifier or by the name under which it is shown, which is that of the machine where it has none of its own.
      - A name that none or several sessions have is refused before anything is sent; if there are several, their identifiers are told.
      - All of them are served side by side. If something fails on one, it is done on the others all the same, unless the server cannot be reached any
        more. The result tells the fate of each.
    type: list
    elements: str
    required: true
  type:
    description: The type of the sessions that are meant by name. If not given, any.
    type: str
    choices: [support, meeting, access]
"""

    # What chooses sessions.
    SELECTING = r"""
options:
  types:
    description: Take only sessions of these types. If neither this nor another option chooses, all are taken.
    type: list
    elements: str
    choices: [support, meeting, access]
  where:
    description:
      - Take only sessions whose attributes are these texts. Of several texts for an attribute one has to fit; all attributes have to.
      - Write one text as a list, too; otherwise Ansible makes several of it at each comma.
      - The texts are data and cannot change the filter, whatever quotes and words are in them. Whether the case of letters counts is the server's business.
    type: dict
    suboptions:
      name:
        description: The session's own name.
        type: list
        elements: str
      host:
        description: The host that a session is reserved for.
        type: list
        elements: str
      code:
        description: The code to join.
        type: list
        elements: str
      machine_name:
        description: The name of the guest's machine.
        type: list
        elements: str
      machine_domain:
        description: The domain of the guest's machine.
        type: list
        elements: str
      machine_serial_number:
        description: The serial number of the guest's machine.
        type: list
        elements: str
      machine_model:
        description: The model of the guest's machine.
        type: list
        elements: str
      machine_manufacturer:
        description: The manufacturer of the guest's machine.
        type: list
        elements: str
      logged_on_user:
        description: The user who is logged on at the guest.
        type: list
        elements: str
      operating_system:
        description: The guest's operating system.
        type: list
        elements: str
      network_address:
        description: The address from which the guest connects.
        type: list
        elements: str
      private_network_address:
        description: The guest's address in its own network.
        type: list
        elements: str
      client_version:
        description: The version of the guest's client.
        type: list
        elements: str
      custom_properties:
        description: Custom properties by name or number, each with a text or a list of texts.
        type: dict
  like:
    description:
      - As O(where), with patterns in which C(%) stands for any characters. Whether C(_) stands for a single character is not documented by the vendor.
    type: dict
    suboptions:
      name:
        description: The session's own name.
        type: list
        elements: str
      host:
        description: The host that a session is reserved for.
        type: list
        elements: str
      code:
        description: The code to join.
        type: list
        elements: str
      machine_name:
        description: The name of the guest's machine.
        type: list
        elements: str
      machine_domain:
        description: The domain of the guest's machine.
        type: list
        elements: str
      machine_serial_number:
        description: The serial number of the guest's machine.
        type: list
        elements: str
      machine_model:
        description: The model of the guest's machine.
        type: list
        elements: str
      machine_manufacturer:
        description: The manufacturer of the guest's machine.
        type: list
        elements: str
      logged_on_user:
        description: The user who is logged on at the guest.
        type: list
        elements: str
      operating_system:
        description: The guest's operating system.
        type: list
        elements: str
      network_address:
        description: The address from which the guest connects.
        type: list
        elements: str
      private_network_address:
        description: The guest's address in its own network.
        type: list
        elements: str
      client_version:
        description: The version of the guest's client.
        type: list
        elements: str
      custom_properties:
        description: Custom properties by name or number, each with a text or a list of texts.
        type: dict
  filter:
    description:
      - An expression in the language of ScreenConnect's session filters, for those who need more, for example V(GuestConnectedCount = 0).
      - It is sent as it is. Never build one from texts of others; use O(where).
    type: str
  online:
    description:
      - Take only the sessions whose guest is connected (V(true)), or is not (V(false)). All if not given.
      - A guest is connected that has an active connection, or that has connected after it has last disconnected.
    type: bool
"""

    # Inventory and lookup plugins read the environment through their documentation.
    PLUGIN = r"""
options:
  url:
    env: [{name: SCREENCONNECT_URL}]
  auth_secret:
    env: [{name: SCREENCONNECT_AUTH_SECRET}]
  origin:
    env: [{name: SCREENCONNECT_ORIGIN}]
  session_type_wire:
    env: [{name: SCREENCONNECT_SESSION_TYPE_WIRE}]
  validate_certs:
    env: [{name: SCREENCONNECT_VALIDATE_CERTS}]
  ca_path:
    env: [{name: SCREENCONNECT_CA_PATH}]
  client_cert:
    env: [{name: SCREENCONNECT_CLIENT_CERT}]
  client_key:
    env: [{name: SCREENCONNECT_CLIENT_KEY}]
  proxy:
    env: [{name: SCREENCONNECT_PROXY}]
  timeout:
    env: [{name: SCREENCONNECT_TIMEOUT}]
  retries:
    env: [{name: SCREENCONNECT_RETRIES}]
  connections:
    env: [{name: SCREENCONNECT_CONNECTIONS}]
  shared_directory:
    env: [{name: SCREENCONNECT_SHARED_DIRECTORY}]
"""
