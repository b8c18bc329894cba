#!/usr/bin/python
"""The module backup_verify: read backups again and tell what is wrong with them."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: backup_verify
short_description: Read backups again and tell what is wrong with them
description:
  - Read every backup in a directory of the machine on which the module runs, and compare it with the manifest that M(remoteops.access.backup) has
    put beside it. Report what is damaged, missing, too old, or was not taken when it should have been.
  - This shows that a file is what the appliance sent. That it can be restored is shown by restoring it, which no API does.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  directory:
    description: Path of the directory. It should be the place for backups alone; every other file there is reported, too, except hidden ones.
    type: path
    required: true
  servers:
    description:
      - Look only at backups of these servers, each given by its address or by its host name, with the port where it is not the usual one, such as
        V(https://support.example.org) or V(support.example.org:8443). A server without any good backup is a problem.
      - If not given, look at those of all servers that have a manifest there.
    type: list
    elements: str
  max_age:
    description:
      - The objective. The newest good backup of each server may be as old as this, and not older.
      - A number with a unit, such as V(24h), V(90m), V(7d) or V(2w), or a number of seconds.
    type: str
  max_gap:
    description:
      - The longest time that may lie between a good backup of a server and the one before it, given as in O(max_age). Choose a little more than
        the interval of the schedule, such as V(25h) for a daily one.
    type: str
  gaps_within:
    description:
      - Report only gaps that ended within this last time, given as in O(max_age). What is older was thinned out by retention, so that with
        C(keep_daily=7) this would be V(7d).
    type: str
  fail_on_problems:
    description: Whether the module fails if there is any problem.
    type: bool
    default: true
extends_documentation_fragment:
  - remoteops.access.controller
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
seealso:
  - module: remoteops.access.backup
  - module: remoteops.access.backup_info
"""

EXAMPLES = r"""
- name: See that there is a backup of the last day, and that all of them are good
  remoteops.access.backup_verify:
    directory: "{{ lookup('ansible.builtin.env', 'HOME') }}/backups"
    max_age: 24h
    max_gap: 25h
    gaps_within: 7d

- name: Only collect what is wrong
  remoteops.access.backup_verify:
    directory: "{{ lookup('ansible.builtin.env', 'HOME') }}/backups"
    max_age: 24h
    fail_on_problems: false
  register: verified

- name: Show it
  ansible.builtin.debug:
    msg: "{{ verified.problems | map(attribute='message') }}"
"""

RETURN = r"""
problems:
  description: All that is wrong.
  returned: always, but for a directory that cannot be read
  type: list
  elements: dict
  contains:
    problem:
      description:
        - One of V(corrupted) (the content or the size is not that of the manifest, or cannot be read), V(missing) (a manifest without a file),
          V(no_manifest) (a file without a manifest), V(unreadable_manifest), V(no_backup) (of a server),
          V(too_old) (see O(max_age)) and V(gap) (see O(max_gap)).
      type: str
      returned: always
      sample: corrupted
    server:
      description: The server, null where it is not known.
      type: str
      returned: always
      sample: support.example.org
    file:
      description: The file, null where the problem is not one of a file.
      type: str
      returned: always
      sample: support.example.org_0c1d2e3f_20260115T085320.417Z.nsb
    message:
      description: The problem in words.
      type: str
      returned: always
      sample: "support.example.org_0c1d2e3f_20260115T085320.417Z.nsb: its content, or its size, is not that of its manifest."
checked:
  description: How many backups were looked at.
  returned: always, but for a directory that cannot be read
  type: int
  sample: 12
bytes:
  description: How large they are together.
  returned: always, but for a directory that cannot be read
  type: int
  sample: 3221228544
servers:
  description: For each server the number of good backups, and when the newest of them was taken.
  returned: always, but for a directory that cannot be read
  type: dict
  sample: {support.example.org: {good: 12, newest: "2026-01-15T08:53:20.417Z"}}
"""

from ansible_collections.remoteops.access.plugins.module_utils._backups.reading import (
    VERIFY_SPEC,
    verify_backups,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(None, verify_backups, VERIFY_SPEC, needs_httpx=False)
main = MODULE.main

if __name__ == "__main__":
    main()
