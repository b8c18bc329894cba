"""Documentation that all FastX plugins share: the connection options and what they promise."""

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
      - Address of the FastX server, for example V(https://fx1.example.org:3443).
      - Taken from the environment variable E(FASTX_URL) if not given.
    type: str
    required: true
  username:
    description:
      - The user to log in as. Users see and change their own sessions and bookmarks only.
      - Taken from the environment variable E(FASTX_USERNAME) if not given.
    type: str
    required: true
  password:
    description:
      - The user's password. Required for O(login_method=basic); otherwise it is sent when the server asks for it.
      - It is sent once in a login. Where the server asks a second time, the login ends; O(answers) can say that a prompt wants it again.
      - Taken from the environment variable E(FASTX_PASSWORD) if not given.
    type: str
  login_method:
    description:
      - How to log in. V(basic) sends the password once, and the server answers every prompt with it, which is the way for automation and cannot
        work with a second factor. V(interactive) goes through the server's stages and answers its prompts with O(answers) and O(password).
      - V(public_key), experimental, begins with the key in O(private_key_path). A server that does not accept the key goes on with the other stages.
      - V(auto) asks the server which ways it allows, and takes the key if there is one, else the prompts if there are O(answers), else V(basic).
      - Taken from the environment variable E(FASTX_LOGIN_METHOD) if not given.
    type: str
    choices: [auto, basic, interactive, public_key]
    default: auto
  answers:
    description:
      - What the prompts of the server are answered with, such as the code of a second factor.
      - An answer is never given twice to the same prompt, as that would bring the account nearer to being locked. A prompt without an answer
        here is answered with O(password) if it asks for a password, and is an error otherwise.
    type: list
    elements: dict
    suboptions:
      prompt:
        description:
          - A Python regular expression. The answer is for each prompt that it is found in.
          - Without it, the answer is for one prompt, the next one that no pattern fits.
        type: str
      answer:
        description: The answer.
        type: str
        required: true
  private_key_path:
    description:
      - File of a private RSA key, in PEM or in the form of OpenSSH. Experimental. Needs the Python library C(cryptography).
      - It is offered once. Where the server asks for another one, the login begins again without keys if there is O(password) or O(answers), else it ends.
      - Taken from the environment variable E(FASTX_PRIVATE_KEY_PATH) if not given.
    type: path
  private_key_passphrase:
    description:
      - The passphrase of the private key, if it has one.
      - Taken from the environment variable E(FASTX_PRIVATE_KEY_PASSPHRASE) if not given.
    type: str
  server_id:
    description:
      - The server of a cluster to log in to, by its ID. By default the one that O(url) leads to.
      - Taken from the environment variable E(FASTX_SERVER_ID) if not given.
    type: str
  generation:
    description:
      - Which paths the API has. V(early) are those of the vendor's page of the API; V(later) those in which the released product is known to
        differ from it. V(auto) tells them apart by what the server says of itself.
      - A guess of this collection. A wrong setting ends in an error that names the path.
      - Taken from the environment variable E(FASTX_GENERATION) if not given.
    type: str
    choices: [auto, early, later]
    default: auto
  token_header:
    description:
      - The header that carries the token of a login. V(fastx) is C(X-FASTX-TOKEN), V(bearer) is C(Authorization), V(both) are both.
      - A guess of this collection, as the vendor's page does not say it. The token is never sent in a URL. It is tried right after the login, so
        that a wrong setting is told by its name.
      - Taken from the environment variable E(FASTX_TOKEN_HEADER) if not given.
    type: str
    choices: [both, fastx, bearer]
    default: both
  login_token_name:
    description:
      - The name under which the token of a login that is not complete is sent back. V(auto) sends it as the server calls it.
      - A guess of this collection. A wrong setting ends in a refused login.
      - Taken from the environment variable E(FASTX_LOGIN_TOKEN_NAME) if not given.
    type: str
    choices: [auto, token, authtoken]
    default: auto
  signature_form:
    description:
      - What a login with a key signs with. V(bare) is the signature itself, V(ssh_blob) the form in which SSH sends one. Both are RSA with SHA-1.
      - A guess of this collection. A wrong setting ends in a refused login.
      - Taken from the environment variable E(FASTX_SIGNATURE_FORM) if not given.
    type: str
    choices: [bare, ssh_blob]
    default: bare
  validate_certs:
    description:
      - Whether to verify the server's certificate. Leave this on; to trust a private authority use O(ca_path).
      - Taken from the environment variable E(FASTX_VALIDATE_CERTS) if not given.
    type: bool
    default: true
  ca_path:
    description:
      - PEM file of the authority that the server's certificate is verified against, instead of the system's.
      - Taken from the environment variable E(FASTX_CA_PATH) if not given.
    type: path
  client_cert:
    description:
      - PEM file of a client certificate, for a server behind a proxy that demands one.
      - Taken from the environment variable E(FASTX_CLIENT_CERT) if not given.
    type: path
  client_key:
    description:
      - PEM file of the client certificate's key, if it is not in O(client_cert).
      - Taken from the environment variable E(FASTX_CLIENT_KEY) if not given.
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
      - Taken from the environment variable E(FASTX_PROXY) if not given.
    type: str
  timeout:
    description:
      - Seconds to wait for a connection, then for all of the answer's head, and then for each part of its body. At most 600.
      - As a whole an exchange may take 600 seconds, and one that brings a file a second more for each 10 kB that have come.
      - Taken from the environment variable E(FASTX_TIMEOUT) if not given.
    type: float
    default: 30.0
  retries:
    description:
      - How often a request is repeated that got no answer, or was refused because the server was busy.
      - It is repeated after 0.5, 1, 2 seconds and so on, 30 at most, or after as many as the server asks to wait (C(Retry-After)). If these are
        more than 300 the task fails at once, and says so.
      - A write whose outcome is unknown is looked up first, and repeated only if it did not happen.
      - Taken from the environment variable E(FASTX_RETRIES) if not given.
    type: int
    default: 3
  connections:
    description:
      - How many connections to the server are used side by side at most.
      - Taken from the environment variable E(FASTX_CONNECTIONS) if not given.
    type: int
    default: 16
  shared_directory:
    description:
      - Directory of what processes of a user share, namely whose turn it is to make objects on a server, so that two runs at a time make nothing twice. It must
        belong to the user, with mode 0700; it is made if it does not exist. Within a directory of somebody else, as the root of a volume is,
        C(remoteops-access-UID) is made and used, unless everybody may take it away there (mode 0777 without the sticky bit).
      - C($XDG_CACHE_HOME/remoteops-access), or C(~/.cache/remoteops-access), if not given. Jobs in containers of their own share nothing unless this is a
        directory on a volume of all of them.
      - Taken from the environment variable E(FASTX_SHARED_DIRECTORY) if not given.
    type: path
requirements:
  - httpx >= 0.27
notes:
  - Confirmed against the simulator that comes with this collection, not against a live server.
  - Each run logs in and logs out again, also in check mode and after a failure. Neither counts as a change.
"""

    ACTION_GROUP = r"""
attributes:
  action_group:
    description: Use C(group/remoteops.access.fastx) in C(module_defaults) to set connection options once for all FastX modules.
    support: full
    membership: [remoteops.access.fastx]
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
    env: [{name: FASTX_URL}]
  username:
    env: [{name: FASTX_USERNAME}]
  password:
    env: [{name: FASTX_PASSWORD}]
  login_method:
    env: [{name: FASTX_LOGIN_METHOD}]
  private_key_path:
    env: [{name: FASTX_PRIVATE_KEY_PATH}]
  private_key_passphrase:
    env: [{name: FASTX_PRIVATE_KEY_PASSPHRASE}]
  server_id:
    env: [{name: FASTX_SERVER_ID}]
  generation:
    env: [{name: FASTX_GENERATION}]
  token_header:
    env: [{name: FASTX_TOKEN_HEADER}]
  login_token_name:
    env: [{name: FASTX_LOGIN_TOKEN_NAME}]
  signature_form:
    env: [{name: FASTX_SIGNATURE_FORM}]
  validate_certs:
    env: [{name: FASTX_VALIDATE_CERTS}]
  ca_path:
    env: [{name: FASTX_CA_PATH}]
  client_cert:
    env: [{name: FASTX_CLIENT_CERT}]
  client_key:
    env: [{name: FASTX_CLIENT_KEY}]
  proxy:
    env: [{name: FASTX_PROXY}]
  timeout:
    env: [{name: FASTX_TIMEOUT}]
  retries:
    env: [{name: FASTX_RETRIES}]
  connections:
    env: [{name: FASTX_CONNECTIONS}]
  shared_directory:
    env: [{name: FASTX_SHARED_DIRECTORY}]
"""
