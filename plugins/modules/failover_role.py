#!/usr/bin/python
"""The module failover_role: which of a pair of BeyondTrust appliances is primary."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: failover_role
short_description: Change which of a pair of BeyondTrust appliances is primary
description:
  - Make an appliance the primary or the backup of its failover pair, and its peer the other.
  - The command for that is documented for Remote Support. Of Privileged Remote Access the failover guide speaks of it, a later guide of the API lists it,
    and an older page of the API lacks it, so that the module asks for it and quotes an appliance that refuses; nothing has been changed then.
  - The health and the role of both are read before anything is sent. What could end with two primaries, with none, or with more lost than was
    said, is refused with the reason.
  - A sick appliance that answers is no unreachable one. Its role is known, so that a healthy peer takes over from it without any option, and a warning
    says how old the data is that is at risk. One that cannot tell its health is asked for its role by C(get_appliances) (Remote Support).
  - Where both can be reached, the primary is told to become the backup, and only if its peer does not follow within O(promote_after) is that told to become
    the primary. So at no moment are there two.
  - An answer that is lost is not asked for again. What happened is seen from the roles.
version_added: 0.3.0
author: The remoteops contributors (@remoteops)
options:
  role:
    description: The role of the appliance at O(url). Its peer gets the other one.
    type: str
    required: true
    choices: [primary, backup]
  peer:
    description:
      - The other appliance of the pair, by its own address. What is left out is as for the appliance at O(url).
      - To make an appliance primary it must be given, unless O(allow_unreachable_peer) says otherwise. To make one backup it is needed only for the
        health of the peer to be looked at, and for waiting until it is primary.
      - A data sync overwrites what was set in the /login interface of the backup (failover guide); that API accounts are among that is a guess. With
        O(data_sync_first), an appliance that refuses the account that was given for it is therefore asked with that of its peer, and a warning says so.
        Give the same account for both.
    type: dict
    suboptions:
      url:
        description: Address of the peer. It must be its own one, not the name or address that the pair shares.
        type: str
        required: true
      client_id:
        description: OAuth client ID of the API account on the peer.
        type: str
      client_secret:
        description: OAuth client secret of the API account on the peer.
        type: str
      validate_certs:
        description: As O(validate_certs), for the peer.
        type: bool
      ca_path:
        description: As O(ca_path), for the peer.
        type: path
      client_cert:
        description: As O(client_cert), for the peer.
        type: path
      client_key:
        description: As O(client_key), for the peer.
        type: path
      proxy:
        description: As O(proxy), for the peer.
        type: str
  data_sync_first:
    description:
      - Whether a data sync is made before the roles change. All users of the primary are disconnected during the sync, and nothing else is available
        until the roles have changed.
      - Without it, what was changed since the last data sync is not on the new primary.
    type: bool
    default: false
  force:
    description:
      - Whether a primary becomes backup even if it cannot contact its peer. Then there may be no primary at all. With O(role=backup) only.
    type: bool
    default: false
  allow_unreachable_peer:
    description:
      - Whether an appliance becomes primary while its peer does not tell its role, cannot be reached or is not given; or, without
        O(data_sync_first), is a sick primary that refuses to become backup.
      - A dead primary that returns takes itself for the primary. The result then says what to do.
    type: bool
    default: false
  allow_no_primary:
    description:
      - Whether an appliance becomes primary where both say that they are backup, for longer than O(promote_after). With O(role=primary) only.
      - You have to know that it is the one with the newer data.
    type: bool
    default: false
    version_added: 0.5.0
  max_sync_age:
    description:
      - How many seconds ago the last data sync may be. If it was longer ago, or nobody knows, the change is refused, unless O(data_sync_first=true).
      - Nobody knows it either where an appliance says that its last data sync is still to come. Then clocks differ, and a warning says so.
    type: int
  wait:
    description:
      - Whether to wait until both appliances have their new roles, and the page C(/check_health) of the new primary says that it is healthy.
      - Without it the roles in the result are those right after the appliance has accepted the command, and RV(pending) tells whether they still change.
    type: bool
    default: true
  wait_timeout:
    description: How many seconds to wait. When it takes longer the task fails, and says what each appliance is by then, and what the new primary says.
    type: int
    default: 900
  poll:
    description: How many seconds to wait between two looks at the appliances.
    type: float
    default: 5.0
  promote_after:
    description:
      - How many seconds both may be backup before the one that is to be primary is told so by a command of its own.
      - A guess of this collection. The guide speaks of a swap and does not say whether a primary that becomes backup makes its peer primary.
    type: float
    default: 15.0
notes:
  - The API account needs full access to the command API (C(perm_command)), on both appliances. C(perm_configuration) is not needed.
  - Automatic failover that is set up on the appliances themselves can undo what this does.
  - On the controller itself (local connection, without C(become), C(async) and C(environment)) the task shows how the change goes on.
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.object
seealso:
  - module: remoteops.access.beyondtrust_appliance_info
"""

EXAMPLES = r"""
- name: Tell whether the roles could be swapped now, and change nothing
  remoteops.access.failover_role:
    url: "{{ lookup('ansible.builtin.env', 'BEYONDTRUST_PEER_URL') }}"
    role: primary
    peer:
      url: "{{ lookup('ansible.builtin.env', 'BEYONDTRUST_URL') }}"
    max_sync_age: 86400
  check_mode: true

- name: Swap them, with nothing lost
  remoteops.access.failover_role:
    url: "{{ lookup('ansible.builtin.env', 'BEYONDTRUST_PEER_URL') }}"
    role: primary
    peer:
      url: "{{ lookup('ansible.builtin.env', 'BEYONDTRUST_URL') }}"
    data_sync_first: true
    poll: 0.5
  register: swapped

- name: Tell how long it took
  ansible.builtin.debug:
    msg: "{{ swapped.timeline | map(attribute='event') | zip(swapped.timeline | map(attribute='seconds')) | list }}"
"""

RETURN = r"""
appliances:
  description:
    - Both appliances, the one at O(url) first, as they are after the run; in check mode, and when nothing was done, as they were.
    - C(reachable) tells whether it told its role, C(healthy) whether it told its health, too, and that this is good, C(state) both in a sentence.
    - C(clock_ahead_seconds) tells how far its clock is ahead of that of the machine on which the module runs, by what it answered last before the change.
    - C(account_of_peer) is true of one that takes the account of the other, and not the one that was given for it, as after a data sync that copied it.
  returned: success, and when a change was refused or failed
  type: list
  elements: dict
  sample:
    - url: https://rs-b.example.org
      reachable: true
      problem: null
      healthy: true
      hostname: rs-b.example.org
      id: 7d5e9f0a1b2c3d4e5f60718293a4b5c6
      version: 25.2.1
      failover_role: primary
      last_data_sync_time: '2026-11-24T10:00:00+00:00'
      last_data_sync_status: Success
      clock_ahead_seconds: 0.4
      account_of_peer: false
      state: https://rs-b.example.org is primary and healthy.
sync_age_seconds:
  description:
    - How long ago the last data sync was before the change, by the appliance that says it was longer ago. That is what is at risk without a sync.
    - It is measured by the clock of the appliance, if that tells the time, so that it is right even if the clock of the controller is not.
    - It is null where neither tells it, and where one says that it is still to come.
  returned: success, if an appliance tells it
  type: float
  sample: 3600.0
timeline:
  description:
    - What happened when, with the seconds since the change was asked for and the appliance's own words. Empty if nothing was changed.
    - The events are C(requested), C(sync_started), C(unavailable_) and C(role_changed_) with the appliance's address, C(refused), C(promoted) and
      C(healthy).
  returned: success, and when a change failed
  type: list
  elements: dict
  sample:
    - {event: requested, at: '2026-11-24T11:00:00.123+00:00', seconds: 0.0, words: https://rs-a.example.org is to become backup}
    - {event: healthy, at: '2026-11-24T11:02:10.456+00:00', seconds: 130.3, words: https://rs-b.example.org answers as a healthy primary}
answer:
  description: What the appliance answered to the command.
  returned: when a change was asked for
  type: str
  sample: Successfully changed role
pending:
  description: Whether a change that was asked for, and is not complete, may still take place.
  returned: when a change was asked for
  type: bool
  sample: true
changes:
  description: The appliances that get another role, or would in check mode.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: failover_role, name: https://rs-b.example.org, fields: [failover_role]}]
diff:
  description: The roles of both before and after, for C(--diff).
  returned: in diff mode, on success and when a change failed
  type: dict
  sample:
    before: {https://rs-b.example.org: backup, https://rs-a.example.org: primary}
    after: {https://rs-b.example.org: primary, https://rs-a.example.org: backup}
api:
  description: What the exchange with both appliances cost.
  returned: always
  type: dict
  sample: {requests: 31, retries: 0, seconds_waited: 1.2}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.failover import (
    SPEC,
    manage_role,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(BEYONDTRUST, manage_role, SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()
