#!/usr/bin/python
"""The module backup_info: list backups."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: backup_info
short_description: List the backups in a directory
description:
  - Return the backups that M(remoteops.access.backup) keeps in a directory of the machine on which the module runs, with their manifests.
  - Files without a manifest are not listed, and the files are not read; M(remoteops.access.backup_verify) does that.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  directory:
    description: Path of the directory.
    type: path
    required: true
  servers:
    description:
      - Return only backups of these servers, each given by its address or by its host name, with the port where it is not the usual one, such as
        V(https://support.example.org) or V(support.example.org:8443).
    type: list
    elements: str
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
  - module: remoteops.access.backup_verify
"""

EXAMPLES = r"""
- name: List the backups
  remoteops.access.backup_info:
    directory: "{{ lookup('ansible.builtin.env', 'HOME') }}/backups"
  register: found

- name: Show when they were taken
  ansible.builtin.debug:
    msg: "{{ found.backups | map(attribute='taken_at') }}"
"""

RETURN = r"""
backups:
  description:
    - The backups, the newest first, each as M(remoteops.access.backup) returns it.
    - In addition C(age) is the age in seconds, and C(problem) what is wrong with it as far as can be told without reading it. That is null,
      V(missing) for a manifest without a file, or V(corrupted) for a file whose size is not that of its manifest.
  returned: success
  type: list
  elements: dict
  sample:
    - path: /var/backups/rs/support.example.org_0c1d2e3f_20260115T085320.417Z.nsb
      file: support.example.org_0c1d2e3f_20260115T085320.417Z.nsb
      platform: beyondtrust
      url: https://support.example.org
      server: support.example.org
      product: Remote Support
      guid: 0c1d2e3f40516273849a0b1c2d3e4f50
      version: 25.2.1
      taken_at: "2026-01-15T08:53:20.417Z"
      seconds: 12.125
      size: 268435712
      sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
      content_size: 268435712
      content_sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
      encryption: null
      password_protected: false
      age: 3600.0
      problem: null
"""

from ansible_collections.remoteops.access.plugins.module_utils._backups.reading import (
    READING_SPEC,
    list_backups,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(None, list_backups, READING_SPEC, needs_httpx=False)
main = MODULE.main

if __name__ == "__main__":
    main()
