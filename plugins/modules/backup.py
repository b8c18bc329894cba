#!/usr/bin/python
"""The module backup: keep backups of a BeyondTrust appliance, or make a SimpleHelp server save one."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: backup
short_description: Keep backups of a BeyondTrust appliance, or make a SimpleHelp server save one
description:
  - With O(platform=beyondtrust) a backup of the appliance's configuration and logged data is downloaded to a file on the machine on which
    the module runs, unless there is one that is young enough. A backup holds no recordings, and of the file store at most 50 files
    below 200 KB each.
  - The file is named after the server, the beginning of its GUID and the time in UTC. Beside it lies a manifest, a JSON file that tells
    where the backup is from, when it was taken, how long that took, its size and its SHA-256. Only a whole backup gets its name and its
    manifest; a page, a message or a download that broke off is an error, and nothing of it is kept.
  - A process that is killed, at whatever moment, leaves every earlier backup as it was. What it has left is cleared up by the next run.
  - With O(platform=simplehelp) the server is asked to save its configuration as a file with the time in its name, in
    C(configuration/backups/api) below the directory in which it is installed. The file stays on the server; the API can neither list
    nor download it, nor restore it; fetch it with other means. Each run makes another backup and reports a change.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  platform:
    description: The kind of server. It says which of the other options count, the connection options among them.
    type: str
    required: true
    choices: [simplehelp, beyondtrust]
  backup_query:
    description:
      - SimpleHelp only. The query that asks for a backup. The vendor's document describes it and does not print it; the default is a guess.
      - If the server does not know the query, it refuses and the module fails. Take the right one from your server's documentation.
      - Words of letters and hyphens, joined by slashes; anything else is refused before anything is sent.
    type: str
    default: server/backup
  directory:
    description:
      - BeyondTrust only, and required there. Absolute path of the directory in which the backups lie. It is made, with mode 0700, if only
        the last part of the path is missing. Backups of several servers may share it. Files have mode 0600.
      - It also holds a hidden directory for each server, for what is not whole yet.
    type: path
  max_age:
    description:
      - BeyondTrust only. If a good backup is there that is not older than this, no other one is taken. Without it, each run takes one.
      - A number with a unit, such as V(24h), V(90m), V(7d) or V(2w), or a number of seconds. For a daily schedule choose a little less than
        the interval, such as V(23h).
      - Good means here that it has a manifest and the size that this tells, and is encrypted and protected as O(encrypt_with),
        O(recipients) and O(backup_password) ask for; M(remoteops.access.backup_verify) reads the content, too.
    type: str
  keep_last:
    description:
      - BeyondTrust only. Keep so many of the newest backups of this server.
      - If at least one of O(keep_last), O(keep_daily), O(keep_weekly) and O(keep_monthly) is given, a backup that none of them keeps is removed with
        its manifest, also from O(copy_to). The newest good one always stays. Files without a manifest, damaged backups and those
        of other servers are left alone.
      - If no backup was taken in this run, the newest one is read before anything is removed. If it is damaged, nothing is removed, and the module fails.
    type: int
  keep_daily:
    description: BeyondTrust only. Keep the newest backup of each of the last so many days, in UTC, that have one. See O(keep_last).
    type: int
  keep_weekly:
    description: BeyondTrust only. Keep the newest backup of each of the last so many weeks, from Monday to Sunday in UTC, that have one. See O(keep_last).
    type: int
  keep_monthly:
    description: BeyondTrust only. Keep the newest backup of each of the last so many months, in UTC, that have one. See O(keep_last).
    type: int
  backup_password:
    description:
      - BeyondTrust only. Have the appliance protect the backup with this password, which is needed to restore it. Up to 22.2 there is no
        such thing, and the module refuses; of an appliance that does not tell its version it cannot know, and warns.
      - An appliance that ignores the password cannot be told from one that does not. O(encrypt_with) does not depend on it.
      - The password stands in no file, and in no message.
    type: str
  encrypt_with:
    description:
      - BeyondTrust only. Encrypt the backup to O(recipients) with this program, which has to be on the machine on which the module runs.
      - The download is led through the program, so that nothing unencrypted is ever written to the disk. The manifest is not encrypted.
    type: str
    choices: [age, gpg]
  recipients:
    description:
      - BeyondTrust only. Who can decrypt the backup.
      - For age, public keys of age (V(age1...)) or of SSH (C(ssh-ed25519) or C(ssh-rsa)). For gpg, whole fingerprints of keys in the keyring of the
        user who runs the module; a key that is named in this way is trusted.
    type: list
    elements: str
  copy_to:
    description:
      - BeyondTrust only. Absolute path of a second directory, such as one on another machine that is mounted there. The newest backup is copied
        to it with its manifest, if it is not there yet, and the copy is read again and compared.
      - The directory has to exist. The module does not make it, as a missing one may be a place that is not mounted.
    type: path
  url:
    description:
      - Address of the server, for example V(https://support.example.org). Required.
      - Taken from the environment variable E(SIMPLEHELP_URL) or E(BEYONDTRUST_URL) if not given, as O(platform) says.
    type: str
    required: false
  api_token:
    description:
      - Token of SimpleHelp's Integration API, generated in the Administration tab of the Technician Console. Required for SimpleHelp.
      - It is part of every URL of the API; this collection keeps it out of every message and result.
      - Taken from the environment variable E(SIMPLEHELP_API_TOKEN) if not given.
    type: str
    required: false
  client_id:
    description:
      - OAuth client ID of BeyondTrust's API account (/login, Management, API Configuration). Required for BeyondTrust.
      - The account needs access to the backup API (C(perm_backup)). With read access to the command API, too, the manifest tells the
        appliance's GUID and version.
      - Taken from the environment variable E(BEYONDTRUST_CLIENT_ID) if not given.
    type: str
    required: false
  client_secret:
    description:
      - OAuth client secret of BeyondTrust's API account. Required for BeyondTrust.
      - Taken from the environment variable E(BEYONDTRUST_CLIENT_SECRET) if not given.
    type: str
    required: false
  validate_certs:
    description:
      - Whether to verify the server's certificate. Leave this on; to trust a private authority use O(ca_path).
      - Taken from the environment variable E(SIMPLEHELP_VALIDATE_CERTS) or E(BEYONDTRUST_VALIDATE_CERTS) if not given, as O(platform) says; else V(true).
    type: bool
    default: null
  ca_path:
    description:
      - PEM file of the authority that the server's certificate is verified against, instead of the system's.
      - Taken from the environment variable E(SIMPLEHELP_CA_PATH) or E(BEYONDTRUST_CA_PATH) if not given, as O(platform) says.
    type: path
  client_cert:
    description:
      - PEM file of a client certificate, for a server behind a proxy that demands one.
      - Taken from the environment variable E(SIMPLEHELP_CLIENT_CERT) or E(BEYONDTRUST_CLIENT_CERT) if not given, as O(platform) says.
    type: path
  client_key:
    description:
      - PEM file of the client certificate's key, if it is not in O(client_cert).
      - Taken from the environment variable E(SIMPLEHELP_CLIENT_KEY) or E(BEYONDTRUST_CLIENT_KEY) if not given, as O(platform) says.
    type: path
  proxy:
    description:
      - URL of a proxy. If not given, the environment variables E(HTTPS_PROXY), E(ALL_PROXY) and E(NO_PROXY) count by the rules of curl.
      - Taken from the environment variable E(SIMPLEHELP_PROXY) or E(BEYONDTRUST_PROXY) if not given, as O(platform) says.
    type: str
  timeout:
    description:
      - Seconds to wait for a connection, for the answer's head, and for each part of its body. The head may take long, if the appliance makes the whole backup
        before it sends anything. The download as a whole may take twelve hours.
      - Taken from the environment variable E(SIMPLEHELP_TIMEOUT) or E(BEYONDTRUST_TIMEOUT) if not given, as O(platform) says; else V(30).
    type: float
    default: null
  retries:
    description:
      - How often a request is repeated that got no answer, or was refused because the server was busy. A download begins anew.
      - Taken from the environment variable E(SIMPLEHELP_RETRIES) or E(BEYONDTRUST_RETRIES) if not given, as O(platform) says; else V(3).
    type: int
    default: null
  connections:
    description:
      - How many connections to the server are used side by side at most.
      - Taken from the environment variable E(SIMPLEHELP_CONNECTIONS) or E(BEYONDTRUST_CONNECTIONS) if not given, as O(platform) says; else V(16).
    type: int
    default: null
attributes:
  action_group:
    description:
      - Use C(group/remoteops.access.beyondtrust) or C(group/remoteops.access.simplehelp) in C(module_defaults) to set connection options once.
      - Where a play sets both, they share options such as O(url); there give those to the task.
    support: full
    membership: [remoteops.access.beyondtrust, remoteops.access.simplehelp]
  check_mode:
    description: Can run in C(check_mode) and tells what would be done; sends nothing and writes nothing.
    support: full
  diff_mode:
    description: Tells which backups each directory holds before and after. Of SimpleHelp there is nothing to tell.
    support: partial
  idempotent:
    description: With O(max_age) a second run changes nothing. Without it, and for SimpleHelp, each run makes another backup.
    support: partial
requirements:
  - age or gpg, for O(encrypt_with)
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.simplehelp.action_group
  - remoteops.access.beyondtrust
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.controller
seealso:
  - module: remoteops.access.backup_verify
  - module: remoteops.access.backup_info
  - module: remoteops.access.simplehelp_config_info
"""

EXAMPLES = r"""
- name: Have a SimpleHelp server save its configuration before it is changed
  remoteops.access.backup:
    platform: simplehelp

- name: Keep daily backups of an appliance for a week, weekly ones for a month and monthly ones for a year
  remoteops.access.backup:
    platform: beyondtrust
    directory: "{{ lookup('ansible.builtin.env', 'HOME') }}/backups"
    max_age: 23h
    keep_daily: 7
    keep_weekly: 5
    keep_monthly: 12
  register: kept

- name: Tell which one is the newest
  ansible.builtin.debug:
    msg: "{{ kept.backup.path }} of {{ kept.backup.taken_at }}"

- name: Take a backup now, with a password of the appliance's own
  remoteops.access.backup:
    platform: beyondtrust
    directory: "{{ lookup('ansible.builtin.env', 'HOME') }}/backups"
    backup_password: "{{ vault_backup_password }}"
"""

RETURN = r"""
changes:
  description: What was done, or would be in check mode.
  returned: always, but for a run that could not begin
  type: list
  elements: dict
  sample: [{action: backup, kind: server, name: support.example.org, fields: []}]
backup:
  description: The newest good backup of the appliance as it was asked for, the one that was taken or the one that spared another.
  returned: success, for BeyondTrust, unless check mode would take one
  type: dict
  contains:
    path:
      description: Path of the file.
      type: str
      returned: always
      sample: /var/backups/rs/support.example.org_0c1d2e3f_20260115T085320.417Z.nsb
    file:
      description: Name of the file.
      type: str
      returned: always
      sample: support.example.org_0c1d2e3f_20260115T085320.417Z.nsb
    platform:
      description: The kind of server.
      type: str
      returned: always
      sample: beyondtrust
    url:
      description: Address of the server.
      type: str
      returned: always
      sample: https://support.example.org
    server:
      description: Host name of the server, with the port where it is not the usual one.
      type: str
      returned: always
      sample: support.example.org
    product:
      description: The product, null if the appliance did not tell.
      type: str
      returned: always
      sample: Remote Support
    guid:
      description: GUID of the appliance, null if it did not tell.
      type: str
      returned: always
      sample: 0c1d2e3f40516273849a0b1c2d3e4f50
    version:
      description: Version of the product, null if the appliance did not tell.
      type: str
      returned: always
      sample: 25.2.1
    taken_at:
      description: When the backup was asked for, in UTC.
      type: str
      returned: always
      sample: "2026-01-15T08:53:20.417Z"
    seconds:
      description: How long the download took.
      type: float
      returned: always
      sample: 12.125
    size:
      description: Size of the file in bytes.
      type: int
      returned: always
      sample: 268435712
    sha256:
      description: SHA-256 of the file.
      type: str
      returned: always
      sample: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
    content_size:
      description: Size in bytes of what the appliance sent; it differs from the file's where that is encrypted.
      type: int
      returned: always
      sample: 268435712
    content_sha256:
      description: SHA-256 of what the appliance sent; it differs from the file's where that is encrypted.
      type: str
      returned: always
      sample: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
    encryption:
      description: The program and the recipients that the file is encrypted with and to, null if it is not.
      type: dict
      returned: always
      sample: {tool: age, recipients: [age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p]}
    password_protected:
      description: Whether the appliance was given a password to protect the backup.
      type: bool
      returned: always
      sample: false
diff:
  description:
    - The backups in each directory, by the names of their files, with their times, before and after.
    - One that is taken in this run is called C(new).
  returned: in diff mode, for BeyondTrust
  type: dict
  sample: {before: {/var/backups/rs: {}}, after: {/var/backups/rs: {new: ""}}}
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 4, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._backups.platforms import (
    SharedModule,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust import (
    backup as beyondtrust,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp import (
    actions as simplehelp,
)
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP

MODULE = SharedModule(
    {
        "simplehelp": Module(SIMPLEHELP, simplehelp.request_backup, simplehelp.BACKUP_SPEC),
        "beyondtrust": Module(beyondtrust.BACKUPS, beyondtrust.back_up, beyondtrust.BACKUP_SPEC),
    }
)
main = MODULE.main

if __name__ == "__main__":
    main()
