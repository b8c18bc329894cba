#!/usr/bin/python
"""The module beyondtrust_appliance_info: what a BeyondTrust appliance tells of itself."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_appliance_info
short_description: Read version, permissions and health of a BeyondTrust appliance
description:
  - Return what an appliance of Remote Support or Privileged Remote Access tells of itself, its version, its health and role in a failover
    relationship, its peers, and what the API account may do.
  - An appliance that is not healthy is no failure of this module. Use what it returns in a condition.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  gather:
    description:
      - What to read, each with one request. All that the product has, if not given.
      - V(api_info) is the version of the API and the permissions of the account.
      - V(health) is what the command C(check_health) tells.
      - V(appliances) is the list of the appliances of a failover relationship or cluster. Remote Support only.
      - V(health_page) is the page C(/check_health), which load balancers look at. It takes no login, so that it is answered whatever
        the account may do.
    type: list
    elements: str
    choices: [api_info, health, appliances, health_page]
notes:
  - The API account needs read access to the command API (C(perm_command)), and not C(perm_configuration); for V(health_page) it needs nothing.
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - plugin: remoteops.access.appliance
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Read what the appliance tells of itself
  remoteops.access.beyondtrust_appliance_info:
  register: appliance

- name: Make sure that it is the primary one, and healthy
  ansible.builtin.assert:
    that:
      - appliance.health.healthy
      - appliance.health.failover_role == "primary"

- name: Make sure that the account may change the configuration
  ansible.builtin.assert:
    that: appliance.api_info.permissions.perm_configuration

- name: Wait until it answers again
  remoteops.access.beyondtrust_appliance_info:
    gather: [health_page]
  register: page
  until: page is succeeded and page.health_page.healthy
  retries: 30
  delay: 10
"""

RETURN = r"""
product:
  description: Which product the appliance is, V(rs) for Remote Support or V(pra) for Privileged Remote Access.
  returned: success
  type: str
  sample: rs
api_info:
  description: The API and the account.
  returned: success, and RV(api_info) was asked for
  type: dict
  contains:
    api_version:
      description: Version of the API, which follows that of the product.
      returned: always
      type: str
      sample: 1.22.2
    company_name:
      description: The company's API name; null since version 24.3, which does not tell it any more.
      returned: always
      type: str
      sample: exampleco
    timestamp:
      description: The appliance's time.
      returned: always
      type: str
      sample: "2026-01-15T09:00:00+00:00"
    permissions:
      description: What the API account may do. C(perm_command) is V(deny), V(read_only) or V(full_access), the others are true or false.
      returned: always
      type: dict
      sample: {perm_command: full_access, perm_configuration: true, perm_backup: false}
health:
  description: The appliance's health. What it does not tell is null.
  returned: success, and RV(health) was asked for
  type: dict
  contains:
    healthy:
      description: Whether the appliance's own check was successful.
      returned: always
      type: bool
      sample: true
    error_message:
      description: What is wrong, if something is.
      returned: always
      type: str
      sample: The appliance could not be contacted.
    id:
      description: The appliance's GUID.
      returned: always
      type: str
      sample: 0c1d2e3f40516273849a0b1c2d3e4f50
    hostname:
      description: The appliance's host name.
      returned: always
      type: str
      sample: support.example.org
    version:
      description: Version of the product.
      returned: always
      type: str
      sample: 22.2.3
    build:
      description: Number of the build.
      returned: always
      type: str
      sample: 50123-0123456789abcdef0123456789abcdef01234567
    failover_role:
      description: The role in a failover relationship, V(none), V(primary) or V(backup).
      returned: always
      type: str
      sample: primary
    enabled_shared_ips:
      description: Addresses that the primary and the backup appliance share and that are enabled here.
      returned: always
      type: list
      elements: str
      sample: [192.0.2.10]
    last_data_sync_time:
      description: When data was last synchronised, in UTC.
      returned: always
      type: str
      sample: "2026-01-15T08:00:00+00:00"
    last_data_sync_status:
      description: How that ended.
      returned: always
      type: str
      sample: Success
appliances:
  description: The appliances of a failover relationship or cluster, this one among them. Remote Support only.
  returned: success, and RV(appliances) was asked for
  type: list
  elements: dict
  contains:
    id:
      description: The appliance's GUID.
      returned: always
      type: str
      sample: 0c1d2e3f40516273849a0b1c2d3e4f50
    name:
      description: The appliance's name.
      returned: always
      type: str
      sample: support
    public_hostname:
      description: The appliance's public host name.
      returned: always
      type: str
      sample: support.example.org
    cluster_role:
      description: The role in a cluster, V(single), V(primary) or V(traffic).
      returned: always
      type: str
      sample: single
    failover_role:
      description: The role in a failover relationship, V(none), V(primary) or V(backup).
      returned: always
      type: str
      sample: primary
    accepting_connections:
      description: Whether new clients may connect to it.
      returned: always
      type: bool
      sample: true
    timezone_offset:
      description: Seconds from UTC.
      returned: always
      type: int
      sample: 0
health_page:
  description: What the page for load balancers says.
  returned: success, and RV(health_page) was asked for
  type: dict
  contains:
    healthy:
      description: Whether the page says that the appliance is healthy.
      returned: always
      type: bool
      sample: true
    status:
      description: The HTTP status of the page, 200 or 500.
      returned: always
      type: int
      sample: 200
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 6, retries: 0, seconds_waited: 0.2}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.appliance import (
    SPEC,
    read_appliance,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(BEYONDTRUST, read_appliance, SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()
