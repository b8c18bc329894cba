#!/usr/bin/python
"""The module simplehelp_history_info: the session history of SimpleHelp."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: simplehelp_history_info
short_description: Read the session history of SimpleHelp
description:
  - Return the sessions of the past that pass all filters, newest first.
  - The result is complete however many sessions there are, although the server answers a limited number at a time, unless
    O(max_results) is given. If that cannot be achieved, the module fails.
  - With O(search_until_session_id) only what is newer than a known session is read, so that a regular run is cheap.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  range_start:
    description:
      - Return sessions that started at this time or later.
      - Milliseconds since 1970, or an ISO 8601 time with a time zone, such as V(2026-01-31T08:00:00+01:00). Quote the latter.
    type: raw
  range_end:
    description: Return sessions that started before this time, given as in O(range_start).
    type: raw
  range_last_modified:
    description:
      - Whether O(range_start) and O(range_end) mean the time at which a session was last modified instead of its start.
      - This finds sessions that were commented later on. It costs more requests.
    type: bool
    default: false
  max_results:
    description:
      - Return at most so many sessions, the newest ones.
      - With O(range_last_modified) the vendor's document does not say which ones the server chooses.
    type: int
  text_filter:
    description: Return sessions in which this text occurs. Where the server looks for it, its document does not say.
    type: str
  technician_name_filters:
    description: Return sessions of technicians whose names match at least one of these. How, is up to the server.
    type: list
    elements: str
  group_filters:
    description:
      - Return sessions of technicians who are members of at least one of these technician groups, given by name.
      - The name of a group that does not exist is an error. Costs one more request.
    type: list
    elements: str
  machine_id_filters:
    description:
      - Return sessions with these machines, each given by its ID or its name.
      - A name that several machines have is an error; the message lists their IDs. What no machine is called is taken for the
        ID of a machine that was removed, with a warning. Costs one more request.
    type: list
    elements: str
  include_support_sessions:
    description: Whether to return support sessions.
    type: bool
    default: true
  include_access_sessions:
    description: Whether to return access sessions.
    type: bool
    default: true
  include_presentation_sessions:
    description: Whether to return presentation sessions.
    type: bool
    default: true
  search_until_session_id:
    description:
      - Return only sessions that are newer than the session with this ID. Give RV(latest_session_id) of the previous run with
        the same filters and without O(max_results), and no session is left out.
      - If the server does not know such a session (any more), everything that passes the filters is returned.
      - What changes in older sessions is not seen in this way; use O(range_last_modified) with O(range_start) for that.
    type: str
notes:
  - The vendor's document does not say in which order sessions are answered; the module does not rely on any.
  - Nor does it say whether the session with O(search_until_session_id) is answered, too. Either is understood, and that session is never returned.
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.controller
  - remoteops.access.simplehelp.action_group
  - remoteops.access.simplehelp.info
seealso:
  - module: remoteops.access.simplehelp_session_info
"""

EXAMPLES = r"""
- name: Read all sessions of one day
  remoteops.access.simplehelp_history_info:
    range_start: "2026-01-14T00:00:00+00:00"
    range_end: "2026-01-15T00:00:00+00:00"

- name: Read the last ten support sessions of two groups of technicians
  remoteops.access.simplehelp_history_info:
    group_filters: [Helpdesk, Night Shift]
    include_access_sessions: false
    include_presentation_sessions: false
    max_results: 10

- name: Read who was on a machine
  remoteops.access.simplehelp_history_info:
    machine_id_filters: [LDN-FIN-002]
  register: visits

- name: Show it
  ansible.builtin.debug:
    msg: "{{ visits.sessions | map(attribute='technician_username') | unique }}"

- name: Read everything once
  remoteops.access.simplehelp_history_info:
  register: all_sessions

- name: Read what is new since then
  remoteops.access.simplehelp_history_info:
    search_until_session_id: "{{ all_sessions.latest_session_id }}"
"""

RETURN = r"""
sessions:
  description:
    - The sessions, those that started last first, with the server's attributes in snake_case.
    - What the server leaves out is not there. Times are milliseconds, points in time since 1970.
  returned: success
  type: list
  elements: dict
  contains:
    session_id:
      description: The session's ID.
      type: str
      returned: always
      sample: H-499998
    type:
      description: One of C(Access), C(Support) and C(Presentation).
      type: str
      returned: always
      sample: Access
    technician_username:
      description: The login name of the technician who started it.
      type: str
      returned: always
      sample: a.keller
    technician_name:
      description: The technician's name.
      type: str
      returned: always
      sample: Anna Keller
    start:
      description: When it started.
      type: int
      returned: always
      sample: 1768459560000
    duration:
      description: How long it lasted.
      type: int
      returned: always
      sample: 141000
    last_modified:
      description: When it was last modified.
      type: int
      returned: always
      sample: 1768459701000
    has_recording:
      description: Whether there is a recording.
      type: bool
      returned: always
      sample: false
    chat:
      description: The text of the chat.
      type: str
      returned: if there was one
      sample: "Customer: The scanner does not connect."
    comments:
      description: The technician's comments.
      type: str
      returned: if there are any
      sample: Changed the battery.
    mode:
      description: How the session began, for example C(VNC), C(Terminal) or C(File Transfer).
      type: str
      returned: always
      sample: App Tunnel
    app_tunnel_target:
      description: Where an application tunnel leads.
      type: str
      returned: for the mode C(App Tunnel)
      sample: localhost:3389
    machine:
      description: The machine, as M(remoteops.access.simplehelp_machine_info) returns it.
      type: dict
      returned: for access sessions
      sample: {machine_id: SG_4700015838, name: LDN-FIN-002, groups: [United Kingdom, London, Finance], online: true}
    customer:
      description: The customer, as M(remoteops.access.simplehelp_session_info) returns it.
      type: dict
      returned: for support sessions
      sample: {customer_id: CU_880000, username: reception0, hostname: PRACTICE-00, details: {Practice: Ashdown Vets}}
latest_session_id:
  description:
    - ID of the session that started last, for O(search_until_session_id) of the next run.
    - If there is no new session, it is what O(search_until_session_id) says; null if there is neither.
  returned: success
  type: str
  sample: H-500000
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.history import (
    HISTORY_SPEC,
    read_history,
)

MODULE = Module(SIMPLEHELP, read_history, HISTORY_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()
