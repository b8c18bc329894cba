#!/usr/bin/python
"""The module simplehelp_config: a whole SimpleHelp server from one document."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: simplehelp_config
short_description: Bring a whole SimpleHelp server to the state that a document describes
description:
  - Manage technician groups, technicians, properties of machine groups, machines and the server's own settings together, in one process.
    Compared with a loop over the modules for single objects this saves almost all of the time.
  - The whole document is checked against the server before anything is written. A technician may name a group that the same document
    makes, in check mode too.
  - Objects are made and changed in the order of the kinds below, those of one kind side by side over O(connections) connections. Restrictions
    on logins come last of these, then removals, in reverse order.
  - If a change fails, the others of its kind are still made, those of later kinds are not tried, and the result tells the fate of each.
    A second run does what is left.
  - A kind that is left out is left alone, and so is an option that is left out. An empty text or list makes an attribute empty. An object that
    is not described is left alone, unless O(purge) says otherwise.
  - M(remoteops.access.simplehelp_config_info) exports a server as such a document.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  config:
    description: What the server should hold.
    type: dict
    required: true
    suboptions:
      tech_group:
        description:
          - Technician groups, each as in M(remoteops.access.tech_group). None may be described twice.
          - Of settings and permissions only the keys that are given count; the others keep their values.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - The group's name. It is unique on a server.
              - Required, unless O(config.tech_group[].unique_id) says which group is meant.
            type: str
          unique_id:
            description:
              - The server's number for the group, as M(remoteops.access.tech_group_info) tells it. The group must exist.
              - Given together with O(config.tech_group[].name), it renames the group.
            type: int
          allow_anonymous_logins:
            description: Whether somebody who has no technician account can log in to this group.
            type: bool
          max_group_sh_sessions:
            description: How many support sessions the whole group can have at most. What V(0) means is not documented by the vendor.
            type: int
          max_group_sg_sessions:
            description: How many access sessions the whole group can have at most. What V(0) means is not documented by the vendor.
            type: int
          max_user_sh_sessions:
            description: How many support sessions each technician of the group can have at most. What V(0) means is not documented by the vendor.
            type: int
          max_user_sg_sessions:
            description:
              - How many access sessions each technician of the group can have at most. What V(0) means is not documented by the vendor.
              - The name under which this is sent (C(max_userSgSessions)) is a guess. The vendor's document lists C(max_userShSessions) twice and
                describes the second one in these words. The value is read back, so that a wrong guess is reported.
            type: int
          max_file_size:
            description: The largest file that can be transferred, in bytes. What V(0) means is not documented by the vendor.
            type: int
          request_access_timeout:
            description: How long a request for access waits for an answer, in milliseconds. V(0) means without end.
            type: int
          group_specific_hostname:
            description: The server's host name for the technicians of this group, where that differs.
            type: str
          default_sg_service_name:
            description: The name of the Remote Access Service that the technicians of this group get by default.
            type: str
          video_password:
            description:
              - The password that is needed to watch recordings made by this group.
              - It is not read back, even where the server shows it. O(config.tech_group[].update_video_password) says when it is sent.
            type: str
          update_video_password:
            description:
              - V(on_create) sets O(config.tech_group[].video_password) only when the group is made.
              - V(always) sets it on every run, and reports a change every time.
            type: str
            choices: [on_create, always]
            default: on_create
          session_speed_limit_kbps:
            description: The bandwidth that each technician of this group is held to, in kbps. V(0) means no limit.
            type: int
          fps_delay:
            description: The time between two frames of the remote screen, in milliseconds. V(100) makes ten frames per second.
            type: int
          ldap_settings:
            description: How technicians of this group are authenticated by a directory. Keys that are not given keep their values.
            type: dict
            suboptions:
              enabled:
                description: Whether the directory is asked.
                type: bool
              advanced:
                description: Whether the advanced settings count.
                type: bool
              base_dn:
                description: Where in the directory the search begins.
                type: str
              filter:
                description: The advanced search filter.
                type: str
              member_of_groups:
                description: All the directory groups whose members are technicians of this group. An empty list means none.
                type: list
                elements: str
          mfa_settings:
            description: The second factor that this group's technicians need to log in. Keys that are not given keep their values.
            type: dict
            suboptions:
              email:
                description: Whether a code is sent by mail.
                type: bool
              app:
                description: Whether an app shows the code.
                type: bool
              email_code_length:
                description: How many characters the mailed code has.
                type: int
              email_subject:
                description: Template of the mail's subject.
                type: str
              email_body:
                description: Template of the mail's text.
                type: str
              remember_machine:
                description: Whether technicians can choose not to be asked again on the same machine.
                type: bool
          password_settings:
            description:
              - Whether technicians can log in with the group's password. Keys that are not given keep their values; no key can be removed.
              - The vendor's document names none of the keys (C(enabled) is likely). They are sent as they are given, so use the names that
                M(remoteops.access.tech_group_info) shows for your server.
            type: dict
          permissions:
            description:
              - What the group's technicians may do, as names with V(true) or V(false). Names that are not given keep their values.
              - The names are the server's own, for example C(canRunTools); M(remoteops.access.tech_group_info) tells them. A name
                that the server does not know is refused before anything is sent. For a new group, the names of a group that exists count.
            type: dict
          password:
            description:
              - The group's password. It cannot be read back, so O(config.tech_group[].update_password) says when it is sent.
              - It is set after the group is made. Until then O(config.tech_group[].allow_anonymous_logins) is false and
                O(config.tech_group[].default_sg_service_name) is V((unfinished\)); a run that
                ends in between, for whatever reason, leaves it so. The next run finds such a group by that name and finishes it, password first.
              - A new group with O(config.tech_group[].password) that is described without them has V(false) and an empty name there in the end.
              - An unfinished group that is described without O(config.tech_group[].password) is refused.
            type: str
          update_password:
            description:
              - V(on_create) sets O(config.tech_group[].password) only when the group is made, or when one that a run left unfinished is finished.
              - V(always) sets it on every run, and reports a change every time.
            type: str
            choices: [on_create, always]
            default: on_create
          state:
            description: Whether the object exists.
            type: str
            choices: [present, absent]
            default: present
      technician:
        description: Technician accounts, each as in M(remoteops.access.technician). None may be described twice.
        type: list
        elements: dict
        suboptions:
          username:
            description:
              - The name that the technician logs in with. It is unique on a server.
              - Required, unless O(config.technician[].unique_id) says which account is meant.
            type: str
          unique_id:
            description:
              - The server's number for the account, as M(remoteops.access.technician_info) tells it. The account must exist.
              - Given together with O(config.technician[].username), it renames the account.
            type: int
          display_name:
            description: The name that others see.
            type: str
          email_address:
            description: The technician's mail address.
            type: str
          allow_locally_authenticated_logins:
            description: Whether the technician can log in with the account's own password.
            type: bool
          enabled:
            description: Whether the account is enabled.
            type: bool
          groups:
            description:
              - Names of all the technician groups that the technician is a member of; membership in others ends.
              - An empty list takes the technician out of all groups. A group that does not exist is refused before anything is sent.
            type: list
            elements: str
          password:
            description:
              - The account's password. It cannot be read back, so O(config.technician[].update_password) says when it is sent.
              - It is set after the account is made. Until then the account is disabled and its display name is V((unfinished\)); a run that
                ends in between, for whatever reason, leaves it so. The next run finds such an account by that name and finishes it, password first.
              - A new account with O(config.technician[].password) is enabled in the end, unless
                O(config.technician[].enabled=false), and one without O(config.technician[].display_name) has an empty one then.
              - An unfinished account that is described without O(config.technician[].password) is refused. An account that
                anybody else disabled keeps its password.
            type: str
          update_password:
            description:
              - V(on_create) sets O(config.technician[].password) only when the account is made, or when one that a run left unfinished is finished.
              - V(always) sets it on every run, and reports a change every time.
            type: str
            choices: [on_create, always]
            default: on_create
          state:
            description: Whether the object exists.
            type: str
            choices: [present, absent]
            default: present
      machine_group:
        description:
          - Properties of machine groups, as with M(remoteops.access.machine_property). Machine groups cannot be made or removed.
          - The vendor's document has no query that removes such a property. This collection uses C(machinegroups/properties/remove), by
            analogy with the query for machines.
        type: list
        elements: dict
        suboptions:
          path:
            description:
              - The path of the machine group from the root, for example V([United Kingdom, London]).
              - The API lists no machine groups, so that only a group is known in which, or below which, there is a machine. Another
                one is refused, whether it exists or not.
            type: list
            elements: str
            required: true
          properties:
            description:
              - The group's own properties, as keys with texts. Keys that are not given keep their values, unless O(purge) has
                V(machine_group_property); an empty mapping changes nothing without it.
              - A key with V(null) is removed.
              - Numbers are turned into texts, so that V(0123) arrives as V(83); anything else that is not a text must stand in quotes.
            type: dict
      machine:
        description:
          - Settings of machines, each as in M(remoteops.access.simplehelp_machine). Machines cannot be made or removed.
        type: list
        elements: dict
        suboptions:
          machine:
            description:
              - The machine's identifier (C(machineID)), or its name if only one machine bears it. If several do, the module fails and lists
                their identifiers.
              - To change O(config.machine[].name), give the identifier here. The next run would no longer find the machine by its old name.
            type: str
            required: true
          name:
            description: The name that the machine gets.
            type: str
          monitor:
            description: Whether the machine is monitored. Needs SimpleHelp 5.2.12 or later.
            type: bool
          notes:
            description: The notes about the machine. The O(config.machine[].warnings) stay as they are.
            type: str
          warnings:
            description: The warning text about the machine. The O(config.machine[].notes) stay as they are.
            type: str
          properties:
            description:
              - The machine's own properties, as keys with texts. Keys that are not given keep their values; an empty mapping changes nothing.
              - A key with V(null) is removed.
              - Numbers are turned into texts, so that V(0123) arrives as V(83); anything else that is not a text must stand in quotes.
              - A value that the machine inherits from its groups does not count as its own.
            type: dict
      server:
        description: Settings of the server itself.
        type: dict
        suboptions:
          hostname:
            description:
              - The host name or address.
              - Clients connect to what stands here, so a wrong one can keep them away. An empty text, or one with other characters than
                letters, digits, V(.), V(-), V(_), V(:) and brackets, is refused before anything is sent.
            type: str
          tech_restrictions:
            description:
              - All the regular expressions for addresses from which technicians may log in; others are removed.
              - They are checked as M(remoteops.access.simplehelp_tech_restriction) does, see O(own_address) and O(allow_empty).
            type: list
            elements: str
  purge:
    description:
      - Kinds of which what is not described is removed.
      - V(tech_group) and V(technician) remove objects. The document must have a list of that kind. Accounts that the server made
        itself stay, see O(remove_protected).
      - V(machine_property) and V(machine_group_property) remove properties of those machines and machine groups for which the document gives
        C(properties). Other machines are left alone.
      - All bounds are checked, for each kind by itself, before anything is written.
    type: list
    elements: str
    choices: [tech_group, technician, machine_group_property, machine_property]
    default: []
  max_removed:
    description:
      - How many objects of one kind O(purge) may remove at most. If it would be more, nothing is changed and the module fails.
      - The smaller of O(max_removed) and O(max_removed_percent) holds. Objects with C(state=absent) do not count.
    type: int
    default: 10
  max_removed_percent:
    description:
      - How many percent of the objects of one kind O(purge) may remove at most. For properties, of those that the described machines or
        groups have together.
      - One object may be removed however few there are, unless O(max_removed=0).
    type: int
    default: 30
  allow_empty:
    description:
      - Whether an empty list may mean that everything goes, for O(purge) and for O(config.server.tech_restrictions). Without it an empty list is
        taken for a mistake and refused.
      - The bounds O(max_removed) and O(max_removed_percent) hold all the same.
    type: bool
    default: false
  remove_protected:
    description:
      - Whether O(purge) and C(state=absent) may remove accounts that the server made itself, for an anonymous login or for
        preconfigured applications.
      - Without it, O(purge) leaves them alone, and C(state=absent) for one of them is refused.
    type: bool
    default: false
  own_address:
    description:
      - Addresses that O(config.server.tech_restrictions) must admit. If one is not admitted, nothing is changed and the module fails.
      - An address is admitted if one of the expressions matches the whole of it, by Python's rules. The vendor does not document
        whether the server wants a whole match, nor whether the restrictions bind the API as well.
      - Checked only when the restrictions change. Not checked when no restriction remains, since everybody is admitted then.
      - A restriction that looks ahead or back, or that would take very long to follow, counts as one that admits nobody.
    type: list
    elements: str
    default: []
  allow_lockout:
    description: Whether to make the change even if an O(own_address) is not admitted.
    type: bool
    default: false
attributes:
  idempotent:
    support: partial
    details: Whether a password is set already cannot be asked, so one with V(always) is changed on every run.
notes:
  - The API does not tell which technicians are administrators, so that O(purge) cannot recognise the last one. Describe your administrators in the
    document. The API token belongs to no account and is not lost.
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.controller
  - remoteops.access.simplehelp.action_group
  - remoteops.access.simplehelp.object
seealso:
  - module: remoteops.access.simplehelp_config_info
  - module: remoteops.access.tech_group
  - module: remoteops.access.technician
  - module: remoteops.access.machine_property
  - module: remoteops.access.simplehelp_machine
  - module: remoteops.access.simplehelp_tech_restriction
  - module: remoteops.access.simplehelp_server
"""

EXAMPLES = r"""
- name: Keep a part of a server as the document describes it, and leave everything else alone
  remoteops.access.simplehelp_config:
    config:
      tech_group:
        - name: Contractors
          max_user_sh_sessions: 2
          permissions: {canRunTools: false}
      technician:
        - username: b.lindgren
          display_name: Björn Lindgren
          groups: [Contractors, Field Service]
          password: "{{ vault_first_password }}"
        - username: c.byrne
          state: absent
      machine_group:
        - path: [United Kingdom, London]
          properties: {contact: london.helpdesk@example.org}
      machine:
        - machine: LDN-FIN-002
          monitor: true
          warnings: "Month's end: ask Finance before you restart."
      server:
        hostname: support.example.org
        tech_restrictions:
          - '10\.\d{1,3}\.\d{1,3}\.\d{1,3}'
          - '203\.0\.113\.\d{1,3}'
    own_address: [10.10.0.12]

- name: Write a server down
  remoteops.access.simplehelp_config_info:
  register: exported

- name: Store it as a file
  ansible.builtin.copy:
    content: "{{ exported.config | to_nice_yaml(indent=2, sort_keys=false) }}"
    dest: "{{ playbook_dir }}/support.example.org.yml"
    mode: "0640"

- name: Tell how the server differs from the file, and change nothing
  remoteops.access.simplehelp_config:
    config: "{{ lookup('ansible.builtin.file', playbook_dir ~ '/support.example.org.yml') | from_yaml }}"
  check_mode: true
  diff: true

- name: Make the server agree with the file, and remove groups, technicians and properties that are not in it
  remoteops.access.simplehelp_config:
    config: "{{ lookup('ansible.builtin.file', playbook_dir ~ '/support.example.org.yml') | from_yaml }}"
    purge: [tech_group, technician, machine_group_property, machine_property]
    max_removed: 5
    own_address: [10.10.0.12]
"""

RETURN = r"""
changes:
  description:
    - What was done, or would be in check mode, in this order. When a change failed, what was done all the same.
    - C(action) is V(create), V(update) or V(delete), C(kind) one of the kinds of O(config), and C(fields) are the attributes that were written.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample:
    - {action: create, kind: tech_group, name: Contractors, fields: [name, max_user_sh_sessions, permissions]}
    - {action: update, kind: technician, name: a.keller, fields: [groups]}
    - {action: delete, kind: technician, name: c.byrne, fields: []}
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
    - The object itself is written first, then permissions, notes, properties and passwords. A new technician or group with a password
      is marked as unfinished until it has it.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: technician, name: b.okafor, fields: [email_address], reason: the address is not valid, written: []}]
changes_not_tried:
  description: The changes that were given up because others had failed, as in RV(changes).
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: server, name: "", fields: [tech_restrictions]}]
diff:
  description:
    - What changes, object by object, for C(--diff). C(before) and C(after) hold only what differs, as YAML; secrets are masked.
    - Of a list whose order means nothing, members that stay are counted. An object that is made or removed is C(absent) on one side.
  returned: in diff mode, on success and when a change failed
  type: list
  elements: dict
  sample:
    - before_header: technician a.keller
      after_header: technician a.keller
      before: |
        groups:
          - Field Service
      after: |
        groups:
          - Helpdesk
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 14, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.configuration import (
    manage_whole_server,
    whole_server_spec,
)

MODULE = Module(SIMPLEHELP, manage_whole_server, whole_server_spec(SIMPLEHELP))
main = MODULE.main

if __name__ == "__main__":
    main()
