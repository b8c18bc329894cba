#!/usr/bin/python
"""The module beyondtrust_config: a whole BeyondTrust appliance from one document."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_config
short_description: Bring a whole BeyondTrust appliance to the state that a document describes
description:
  - Manage jump groups, jumpoints, jump items, policies, teams, users and the vault of Remote Support or Privileged Remote Access together, in
    one process. Compared with a loop over the modules for single objects this saves almost all of the time, and most of the requests that an
    API account may send.
  - The whole document is checked against the appliance before anything is written. An object may name another that the same document makes, by
    name or code name, in check mode too.
  - Objects are made and changed in the order of the kinds below, those of one kind side by side, within the account's budget of requests.
    Removals come last, in reverse order. Changed permissions are provisioned once, at the very end.
  - If a change fails, the others of its kind are still made, those of later kinds are not tried, and the result tells the fate of each.
    A second run does what is left.
  - A kind that is left out is left alone, and so is an option that is left out. An empty text or list makes an attribute empty. An object that
    is not described is left alone, unless O(purge) says otherwise.
  - M(remoteops.access.beyondtrust_config_info) exports an appliance as such a document.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  config:
    description: What the appliance should hold.
    type: dict
    required: true
    suboptions:
      # Made by scripts/config_documentation.py from the modules of the kinds.
      security_provider:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_security_provider). None may be described twice.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - Name of the security provider. One that is not there is refused.
            type: str
            required: true
          available_groups:
            description:
              - The names of the groups. The list is complete, its order does not matter, and an empty one means that a group
                can be chosen only after the first of its users has logged in.
              - Only a security provider of the type V(saml) has them.
            type: list
            elements: str
      user:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_user). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          username:
            description:
              - The name that the user logs in with, at most 64 characters.
              - Required, unless O(config.user[].id) says which account is meant. Given together with O(config.user[].id) it renames
                the account, if that is a local one.
            type: str
          public_display_name:
            description:
              - The name that customers and others outside see, 1 to 64 characters. A new user needs one.
            type: str
          private_display_name:
            description:
              - The name that other representatives see, 1 to 64 characters. A new user needs one. Remote Support only.
            type: str
          display_number:
            description:
              - The user's place in the list of representatives on the public site, 1 or more. A new user is given one. Remote
                Support only.
            type: int
          email_address:
            description:
              - The user's mail address, 3 to 255 characters.
            type: str
          preferred_email_language:
            description:
              - The language of mails to the user, as one of the appliance's locale codes, such as V(en-us), which a new user
                has.
            type: str
          password:
            description:
              - The password of a local user, at most 256 characters. How long it has to be is a setting of the appliance.
              - It cannot be read back, so O(config.user[].update_password) says when it is sent.
              - A user who is made without one is given a random password that nobody knows.
            type: str
          update_password:
            description:
              - V(on_create) sets O(config.user[].password) only when the account is made.
              - V(always) sets it on every run, and reports a change every time.
            type: str
            default: on_create
            choices: [on_create, always]
          password_expiration:
            description:
              - When the password of a local user expires, in UTC and in this form, V(2027-01-31T00:00:00+00:00).
              - An empty text means never.
            type: str
          password_reset_next_login:
            description:
              - Whether a local user has to choose another password at the next login.
            type: bool
          two_factor_required:
            description:
              - Whether the user has to log in with a second factor. Local and LDAP users only. Others may use one of their own
                accord.
            type: bool
          enabled:
            description:
              - Whether the user can log in. A new user can.
            type: bool
          failed_logins:
            description:
              - V(0) unlocks the account of a local user that is locked after too many failed logins. It cannot be set to anything
                else.
            type: int
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      rep_status:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_rep_status). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name of the status, at most 64 characters. Required, unless O(config.rep_status[].id) says which one is meant.
            type: str
          code_name:
            description:
              - Name by which programs refer to the status. At most 64 letters, digits, underscores and hyphens. A new one gets
                one from the appliance if it is given none.
            type: str
          display_as:
            description:
              - What others see of a representative with this status.
            type: str
            choices: [away, busy]
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      team:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_team). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name of the team, at most 255 characters. Required, unless O(config.team[].id) says which one is meant.
            type: str
          code_name:
            description:
              - Name by which programs refer to the team. At most 64 letters, digits, underscores and hyphens. A new one gets
                one from the appliance if it is given none.
            type: str
          comments:
            description:
              - Comments, at most 4096 characters.
            type: str
          persistent_queue:
            description:
              - Whether the team's queue stays open while nobody of the team is logged in. Remote Support only.
            type: bool
          public_portals:
            description:
              - The public portals that the team has access to, by name. The list is complete, and an empty one takes all away.
              - V(All portals) alone stands for all of them, those that come later included. That is what a new team has. Remote
                Support only.
            type: list
            elements: str
          members:
            description:
              - The users who belong to the team on their own account. The list is complete, and an empty one removes all.
              - What is left out of a member is left alone.
            type: list
            elements: dict
            suboptions:
              user:
                description:
                  - The user, by username.
                type: str
                required: true
              role:
                description:
                  - The user's role in the team. A new member is a V(member).
                type: str
                choices: [member, lead, manager]
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      jump_policy:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_jump_policy). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          display_name:
            description:
              - Name of the policy, at most 255 characters. Required, unless O(config.jump_policy[].id) says which one is meant.
            type: str
          code_name:
            description:
              - Name by which programs refer to the policy. At most 64 letters, digits, underscores and hyphens. A new one gets
                one from the appliance if it is given none.
            type: str
          description:
            description:
              - Comments, at most 1000 characters.
            type: str
          schedule_enabled:
            description:
              - Whether items can be used only within the hours of the schedule. Excludes O(config.jump_policy[].approval_required).
              - A new policy has this on unless it is switched off here. Its hours are then to be entered in /login.
            type: bool
          schedule_strict:
            description:
              - Whether users are put out of sessions when the hours end. Needs O(config.jump_policy[].schedule_enabled).
            type: bool
          simultaneous_jumps:
            description:
              - What happens to a second user of an item, V(global) being what the settings of jump items say. A new policy has
                V(global).
            type: str
            choices: [global, join, disallow]
          simultaneous_jumps_rdp:
            description:
              - The same for RDP items, where a second user can be given a session of their own. A new policy has V(global).
            type: str
            choices: [global, new_session, disallow]
          simultaneous_jump_behavior_applies_to_copies:
            description:
              - Whether a second user may join by a copy of the item that lies in another jump group. Needs O(config.jump_policy[].simultaneous_jumps=join).
            type: bool
          ticket_id_required:
            description:
              - Whether users have to enter a ticket ID that the ticket system of the appliance knows.
            type: bool
          two_factor_challenge_required:
            description:
              - Whether users have to pass a two-factor challenge before a session.
            type: bool
          external_tools_rdp_allowed:
            description:
              - Whether RDP items may be opened with tools of the user's own, where the settings of jump items allow it. A new
                policy allows it. Privileged Remote Access only.
            type: bool
          external_tools_shell_allowed:
            description:
              - Whether shell jumps may be opened with tools of the user's own, where the settings of jump items allow it. A new
                policy allows it. Privileged Remote Access only.
            type: bool
          session_start_notification:
            description:
              - Whether mails are sent when a session begins. Privileged Remote Access only.
            type: bool
          session_end_notification:
            description:
              - Whether mails are sent when a session ends. Privileged Remote Access only.
            type: bool
          notification_email_addresses:
            description:
              - Where these mails go, at most 100 addresses. The list is complete. Required with either notification. Privileged
                Remote Access only.
            type: list
            elements: str
          notification_display_name:
            description:
              - What users are told that the recipients are called. Required with either notification. Privileged Remote Access
                only.
            type: str
          notification_email_language:
            description:
              - The language of these mails, as one of the appliance's locale codes. A new policy has V(en-us). Privileged Remote
                Access only.
            type: str
          approval_required:
            description:
              - Whether users have to wait for an approval before a session. Excludes O(config.jump_policy[].schedule_enabled),
                which a new policy has on unless it is switched off. Privileged Remote Access only.
            type: bool
          approval_max_duration:
            description:
              - For how many minutes an approval is good, 1 to 524160. A new policy has 480. Privileged Remote Access only.
            type: int
          approval_scope:
            description:
              - Who may use an approval, who asked for it or anyone who could have asked. Privileged Remote Access only.
            type: str
            choices: [requestor, anyone]
          approval_approver_scope:
            description:
              - Who may approve, only others than who asked, or anyone who is an approver. Privileged Remote Access only.
            type: str
            choices: [not_requestor, anyone]
          approval_email_addresses:
            description:
              - The approvers, by mail address, at most 100. The list is complete. Privileged Remote Access only.
            type: list
            elements: str
          approval_users:
            description:
              - The approvers, by username, at most 100. The list is complete. Privileged Remote Access only.
            type: list
            elements: str
          approval_teams:
            description:
              - The teams whose members are approvers, by name or code name, at most 100. The list is complete. Privileged Remote
                Access only.
            type: list
            elements: str
          approval_display_name:
            description:
              - What users are told that the approvers are called. Required with O(config.jump_policy[].approval_required). Privileged
                Remote Access only.
            type: str
          approval_email_language:
            description:
              - The language of mails to approvers, as one of the appliance's locale codes. A new policy has V(en-us). Privileged
                Remote Access only.
            type: str
          recordings_disabled:
            description:
              - Whether sessions are not recorded, even where recordings are switched on for the appliance. Privileged Remote
                Access only.
            type: bool
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      jump_group:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_jump_group). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name of the jump group, at most 255 characters. Required, unless O(config.jump_group[].id) says which one is meant.
            type: str
          code_name:
            description:
              - Name by which programs refer to the group, such as the import of jump shortcuts. At most 64 letters, digits, underscores
                and hyphens. A new one gets one from the appliance if it is given none.
            type: str
          comments:
            description:
              - Comments, at most 4096 characters.
            type: str
          ecm_group_id:
            description:
              - The group of the endpoint credential manager, by its number. Privileged Remote Access only.
            type: int
          members:
            description:
              - The users who may use the group on their own account, beside those whom a group policy lets in. The list is complete,
                and an empty one removes all.
              - What is left out of a member is left alone.
            type: list
            elements: dict
            suboptions:
              user:
                description:
                  - The user, by username.
                type: str
                required: true
              jump_item_role:
                description:
                  - The jump item role of the user in this group, by name. An empty text means the user's default role, which
                    a new member has.
                type: str
              jump_policy:
                description:
                  - The jump policy for this user, by name or code name. An empty text means the one that is set on each item,
                    which a new member has. Privileged Remote Access only.
                type: str
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      vault_account_policy:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_vault_account_policy). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name of the account policy, 1 to 255 characters. It is unique.
            type: str
          code_name:
            description:
              - Name by which accounts and groups refer to the policy, at most 64 characters. It is unique.
            type: str
          description:
            description:
              - Description, at most 1024 characters.
            type: str
          auto_rotate_credentials:
            description:
              - Whether the appliance gives an account another password after it is checked in, where it can.
            type: bool
          allow_simultaneous_checkout:
            description:
              - Whether several users or sessions may have an account checked out at a time.
            type: bool
          scheduled_password_rotation:
            description:
              - Whether the appliance gives an account another password when the password reaches O(config.vault_account_policy[].maximum_password_age),
                which has to be given then.
            type: bool
          maximum_password_age:
            description:
              - The age in days at which a password is rotated, 1 to 365. Counts only with O(config.vault_account_policy[].scheduled_password_rotation),
                and is forgotten when that is switched off.
            type: int
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      vault_account_group:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_vault_account_group). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name of the account group, 1 to 255 characters. It is unique.
              - Required, unless O(config.vault_account_group[].id) says which group is meant. Given together with O(config.vault_account_group[].id)
                it renames the group.
            type: str
          description:
            description:
              - Description, at most 1024 characters.
            type: str
          account_policy:
            description:
              - The account policy of those accounts in the group that have none of their own, by name or code name. An empty
                text means the default one.
            type: str
          users:
            description:
              - The users who may use the accounts of the group on their own account, beside those whom a group policy lets in.
              - The list is complete; an empty one removes all.
              - What is left out of a user is left alone.
            type: list
            elements: dict
            suboptions:
              user:
                description:
                  - The user, by username.
                type: str
                required: true
              role:
                description:
                  - Whether the user may only have it injected into sessions, or check it out, too. The appliance chooses for
                    a new one.
                type: str
                choices: [inject, inject_and_checkout]
          jump_item_association:
            description:
              - The jump items into whose sessions those accounts of the group that have no association of their own may be injected.
              - What is left out of it is left alone. When C(filter_type) changes from V(criteria) to something else, the appliance
                drops the criteria.
            type: dict
            suboptions:
              filter_type:
                description:
                  - V(any_jump_items) and V(no_jump_items) mean all of them and none.
                  - V(criteria) means those that fit C(criteria), and those that C(jump_items) names.
                type: str
                required: true
                choices: [any_jump_items, no_jump_items, criteria]
              criteria:
                description:
                  - What a jump item has to fit. What is given replaces what was there of the same name; an empty list takes it
                    away.
                  - A pattern is 1 to 64 characters long, and may have an asterisk at its beginning and its end. The appliance
                    takes no notice of case and keeps patterns in lower case, so that they have to be written like that.
                type: dict
                suboptions:
                  shared_jump_groups:
                    description:
                      - Jump groups, by name or code name.
                    type: list
                    elements: str
                  host:
                    description:
                      - Patterns for the host name or address of an item, at most 32.
                    type: list
                    elements: str
                  name:
                    description:
                      - Patterns for the name of an item, at most 32.
                    type: list
                    elements: str
                  tag:
                    description:
                      - Patterns for the tag of an item, at most 32.
                    type: list
                    elements: str
                  comment:
                    description:
                      - Patterns for the comments of an item, at most 32.
                    type: list
                    elements: str
              jump_items:
                description:
                  - Single jump items. The list is complete; an empty one takes all of them away.
                type: list
                elements: dict
                suboptions:
                  type:
                    description:
                      - The kind of the item. V(web_jump) and V(protocol_tunnel) are for Privileged Remote Access only, and of
                        protocol tunnels only those for SQL Server are allowed.
                    type: str
                    required: true
                    choices: [jump_client, remote_rdp, shell_jump, web_jump, protocol_tunnel]
                  id:
                    description:
                      - The identifier of the item among those of its kind, from the matching C(_info) module.
                    type: int
                    required: true
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      vault_account:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_vault_account). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name of the account, 1 to 255 characters.
              - Required, unless O(config.vault_account[].id) says which account is meant. Together with O(config.vault_account[].id)
                it renames the account.
            type: str
          type:
            description:
              - What kind of account it is. A new account needs one, and it cannot be changed afterwards.
              - An SSH account of the type V(ssh_ca) has the key of a certificate authority, with which a certificate is signed
                at each use.
              - V(windows_local) and V(windows_domain) are for accounts that discovery has found.
            type: str
            choices: [username_password, ssh, ssh_ca, opaque_token, windows_local, windows_domain]
          username:
            description:
              - The name to log in with, 1 to 255 characters. A new account needs one, unless it is an opaque token, which has
                none.
            type: str
          password:
            description:
              - The password, at most 255 characters. A new account with username and password needs one, and others have none.
              - It cannot be read back, so O(config.vault_account[].update_password) says when it is sent.
            type: str
          update_password:
            description:
              - V(on_create) sets O(config.vault_account[].password) only when the account is made.
              - V(always) sets it on every run, and reports a change every time.
            type: str
            default: on_create
            choices: [on_create, always]
          private_key:
            description:
              - The private key, at most 4096 characters. A new SSH account needs one, and others have none.
              - It cannot be read back, so O(config.vault_account[].update_private_key) says when it is sent.
            type: str
          update_private_key:
            description:
              - V(on_create) sets O(config.vault_account[].private_key) only when the account is made.
              - V(always) sets it on every run, and reports a change every time.
            type: str
            default: on_create
            choices: [on_create, always]
          private_key_passphrase:
            description:
              - The passphrase of O(config.vault_account[].private_key), at most 1024 characters. SSH accounts only.
              - It cannot be read back, so O(config.vault_account[].update_private_key_passphrase) says when it is sent.
            type: str
          update_private_key_passphrase:
            description:
              - V(on_create) sets O(config.vault_account[].private_key_passphrase) only when the account is made.
              - V(always) sets it on every run, and reports a change every time.
            type: str
            default: on_create
            choices: [on_create, always]
          private_key_public_cert:
            description:
              - The public certificate to O(config.vault_account[].private_key), at most 4096 characters. An empty text takes
                it away. SSH accounts only.
            type: str
          token:
            description:
              - The token, at most 4096 characters. A new opaque token needs one, and other accounts have none.
              - It cannot be read back, so O(config.vault_account[].update_token) says when it is sent.
            type: str
          update_token:
            description:
              - V(on_create) sets O(config.vault_account[].token) only when the account is made.
              - V(always) sets it on every run, and reports a change every time.
            type: str
            default: on_create
            choices: [on_create, always]
          description:
            description:
              - Description, at most 4096 characters.
            type: str
          account_group:
            description:
              - The account group that the account is in, by name. Every account is in one; a new account is in the default group
                if nothing else is said.
            type: str
          account_policy:
            description:
              - The account policy, by name or code name. An empty text means that of the account group, which a new account has.
              - SSH accounts have none.
            type: str
          users:
            description:
              - The users who may use the account on their own account, beside those whom a group policy or the account group
                lets in.
              - The list is complete; an empty one removes all.
              - What is left out of a user is left alone.
            type: list
            elements: dict
            suboptions:
              user:
                description:
                  - The user, by username.
                type: str
                required: true
              role:
                description:
                  - Whether the user may only have it injected into sessions, or check it out, too. The appliance chooses for
                    a new one.
                type: str
                choices: [inject, inject_and_checkout]
          jump_item_association:
            description:
              - The jump items into whose sessions the account may be injected.
              - What is left out of it is left alone. When C(filter_type) changes from V(criteria) to something else, the appliance
                drops the criteria.
            type: dict
            suboptions:
              filter_type:
                description:
                  - V(any_jump_items) and V(no_jump_items) mean all of them and none.
                  - V(criteria) means those that fit C(criteria), and those that C(jump_items) names.
                  - V(inherit) means that the account has no association of its own, and that of its account group counts.
                type: str
                required: true
                choices: [any_jump_items, no_jump_items, criteria, inherit]
              criteria:
                description:
                  - What a jump item has to fit. What is given replaces what was there of the same name; an empty list takes it
                    away.
                  - A pattern is 1 to 64 characters long, and may have an asterisk at its beginning and its end. The appliance
                    takes no notice of case and keeps patterns in lower case, so that they have to be written like that.
                type: dict
                suboptions:
                  shared_jump_groups:
                    description:
                      - Jump groups, by name or code name.
                    type: list
                    elements: str
                  host:
                    description:
                      - Patterns for the host name or address of an item, at most 32.
                    type: list
                    elements: str
                  name:
                    description:
                      - Patterns for the name of an item, at most 32.
                    type: list
                    elements: str
                  tag:
                    description:
                      - Patterns for the tag of an item, at most 32.
                    type: list
                    elements: str
                  comment:
                    description:
                      - Patterns for the comments of an item, at most 32.
                    type: list
                    elements: str
              jump_items:
                description:
                  - Single jump items. The list is complete; an empty one takes all of them away.
                type: list
                elements: dict
                suboptions:
                  type:
                    description:
                      - The kind of the item. V(web_jump) and V(protocol_tunnel) are for Privileged Remote Access only, and of
                        protocol tunnels only those for SQL Server are allowed.
                    type: str
                    required: true
                    choices: [jump_client, remote_rdp, shell_jump, web_jump, protocol_tunnel]
                  id:
                    description:
                      - The identifier of the item among those of its kind, from the matching C(_info) module.
                    type: int
                    required: true
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      jumpoint:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_jumpoint). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name of the jumpoint, at most 255 characters. Required, unless O(config.jumpoint[].id) says which one is meant.
            type: str
          code_name:
            description:
              - Name by which programs refer to the jumpoint, such as the import of jump shortcuts. At most 64 letters, digits,
                underscores and hyphens. A new one gets one from the appliance if it is given none.
            type: str
          platform:
            description:
              - What the jumpoint is installed on. A new one needs it. It cannot be changed afterwards.
            type: str
            choices: [windows-x86, linux-x86]
          clustered:
            description:
              - Whether the jumpoint can have several nodes. It cannot be changed afterwards. A new one has it off.
            type: bool
          comments:
            description:
              - Comments, at most 1024 characters.
            type: str
          enabled:
            description:
              - Whether the jumpoint can be used. A new one can.
            type: bool
          shell_jump_enabled:
            description:
              - Whether shell jumps can go through it. A new jumpoint has it off.
            type: bool
          external_jump_item_network_id:
            description:
              - The number of the network that an external source of jump items knows it by, at most 1024 characters. No other
                may have the same.
            type: str
          protocol_tunnel_enabled:
            description:
              - Whether protocol tunnels can go through it. A new jumpoint has it on. Privileged Remote Access only.
            type: bool
          rdp_service_account:
            description:
              - The account of the vault that the jumpoint runs external RDP tools with, by name. An empty text takes it away.
                Privileged Remote Access only.
              - Where a jumpoint has one, the API account needs the permission C(perm_configuration_vault_account), too.
            type: str
          managed_ip_ranges:
            description:
              - The ranges of addresses that the jumpoint is used for. The list is complete, and an empty one removes all. Privileged
                Remote Access only.
            type: list
            elements: dict
            suboptions:
              start:
                description:
                  - The first address.
                type: str
                required: true
              end:
                description:
                  - The last address.
                type: str
                required: true
          jzp_enabled:
            description:
              - Whether the jumpoint is a proxy for jump clients that cannot reach the appliance.
            type: bool
          jzp_proxy_hostname:
            description:
              - The host name by which these reach it, at most 256 characters.
            type: str
          jzp_proxy_port:
            description:
              - The port by which these reach it. A new jumpoint has 9555.
            type: int
          jzp_allow_http_get:
            description:
              - Whether plain HTTP GET requests are passed on.
            type: bool
          jzp_client_address_restrictions_type:
            description:
              - How O(config.jumpoint[].jzp_restricted_ips) is meant. A new jumpoint has V(no_restriction).
            type: str
            choices: [no_restriction, allow_all, deny_all]
          jzp_restricted_ips:
            description:
              - The addresses that may, or may not, use the proxy. The list is complete.
            type: list
            elements: str
          members:
            description:
              - The users who may use the jumpoint on their own account, by username, beside those whom a group policy lets in.
                The list is complete, and an empty one removes all.
            type: list
            elements: str
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      remote_rdp:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_remote_rdp). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name of the jump item. With the jump group, or the personal list, it tells one item from another.
            type: str
          jump_group:
            description:
              - The jump group that the item lies in, by name or code name.
            type: str
          personal_list_of:
            description:
              - The user in whose personal list the item lies, by username, instead of O(config.remote_rdp[].jump_group).
            type: str
          jumpoint:
            description:
              - The jumpoint that connects to the target, by name or code name. A new item needs one.
            type: str
          tag:
            description:
              - Tag by which the item is sorted in the console, at most 64 characters.
            type: str
          comments:
            description:
              - Comments, at most 1024 characters.
            type: str
          jump_policy:
            description:
              - The jump policy that governs access, by name or code name. An empty text takes it away.
            type: str
          session_policy:
            description:
              - The session policy of sessions with this item, by name or code name. An empty text takes it away.
            type: str
          hostname:
            description:
              - Host name or IP address of the target, at most 128 characters. A new item needs one.
            type: str
          rdp_username:
            description:
              - The user to log in as, at most 128 characters.
            type: str
          domain:
            description:
              - The domain of that user, at most 64 characters.
            type: str
          quality:
            description:
              - The quality of the picture. A new item has V(best_performance).
            type: str
            choices: [low, performance, performance_quality, quality, best_performance, lossless]
          console:
            description:
              - Whether the session is the target's console instead of a new one. A new item has it off.
            type: bool
          ignore_untrusted:
            description:
              - Whether a certificate of the target that cannot be verified is accepted without a warning. A new item has it off.
            type: bool
          session_forensics:
            description:
              - Whether sessions have session forensics. A new item has it off. Privileged Remote Access only.
            type: bool
          secure_app_type:
            description:
              - What is started instead of the desktop, and how. V(none) starts none, and a new item has it. Privileged Remote
                Access only.
            type: str
            choices: [none, remote_app, remote_desktop_agent, remote_desktop_agent_credentials]
          remote_app_name:
            description:
              - The remote application to start, for O(config.remote_rdp[].secure_app_type=remote_app). At most 512 characters.
                Privileged Remote Access only.
            type: str
          remote_app_params:
            description:
              - The parameters of that application, at most 8000 characters. Privileged Remote Access only.
            type: str
          remote_exe_path:
            description:
              - The program that the agent starts, for both other kinds of O(config.remote_rdp[].secure_app_type). At most 512
                characters. Privileged Remote Access only.
            type: str
          remote_exe_params:
            description:
              - The parameters of that program, at most 8000 characters. Privileged Remote Access only.
            type: str
          target_system:
            description:
              - The target system, for O(config.remote_rdp[].secure_app_type=remote_desktop_agent_credentials). At most 250 characters.
                Privileged Remote Access only.
            type: str
          credential_type:
            description:
              - The type of credentials, for O(config.remote_rdp[].secure_app_type=remote_desktop_agent_credentials). At most
                250 characters. Privileged Remote Access only.
            type: str
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      shell_jump:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_shell_jump). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name of the jump item. With the jump group, or the personal list, it tells one item from another.
            type: str
          jump_group:
            description:
              - The jump group that the item lies in, by name or code name.
            type: str
          personal_list_of:
            description:
              - The user in whose personal list the item lies, by username, instead of O(config.shell_jump[].jump_group).
            type: str
          jumpoint:
            description:
              - The jumpoint that connects to the target, by name or code name. A new item needs one.
            type: str
          tag:
            description:
              - Tag by which the item is sorted in the console, at most 64 characters.
            type: str
          comments:
            description:
              - Comments, at most 1024 characters.
            type: str
          jump_policy:
            description:
              - The jump policy that governs access, by name or code name. An empty text takes it away.
            type: str
          session_policy:
            description:
              - The session policy of sessions with this item, by name or code name. An empty text takes it away.
            type: str
          hostname:
            description:
              - Host name or IP address of the target, at most 128 characters. A new item needs one.
            type: str
          protocol:
            description:
              - How the target is reached. A new item needs it.
            type: str
            choices: [ssh, telnet]
          port:
            description:
              - The target's port, from 1 to 65535. A new item has 22 for V(ssh) and 23 for V(telnet). It does not follow when
                O(config.shell_jump[].protocol) changes.
            type: int
          username:
            description:
              - The user to log in as, where no credentials come from the vault or from outside. At most 128 characters.
            type: str
          terminal:
            description:
              - The terminal that is shown to the target. A new item has V(xterm).
            type: str
            choices: [xterm, VT100]
          keep_alive:
            description:
              - Seconds between two packets that keep an idle session open, from 0 to 300. 0 sends none, as does a new item.
            type: int
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      remote_vnc:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_remote_vnc). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name of the jump item. With the jump group, or the personal list, it tells one item from another.
            type: str
          jump_group:
            description:
              - The jump group that the item lies in, by name or code name.
            type: str
          personal_list_of:
            description:
              - The user in whose personal list the item lies, by username, instead of O(config.remote_vnc[].jump_group).
            type: str
          jumpoint:
            description:
              - The jumpoint that connects to the target, by name or code name. A new item needs one.
            type: str
          tag:
            description:
              - Tag by which the item is sorted in the console, at most 64 characters.
            type: str
          comments:
            description:
              - Comments, at most 1024 characters.
            type: str
          jump_policy:
            description:
              - The jump policy that governs access, by name or code name. An empty text takes it away.
            type: str
          session_policy:
            description:
              - The session policy of sessions with this item, by name or code name. An empty text takes it away.
            type: str
          hostname:
            description:
              - Host name or IP address of the target, at most 128 characters. A new item needs one.
            type: str
          port:
            description:
              - The target's port, from 100 to 65535. A new item has 5900.
            type: int
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      web_jump:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_web_jump). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name of the jump item. With the jump group, or the personal list, it tells one item from another.
            type: str
          jump_group:
            description:
              - The jump group that the item lies in, by name or code name.
            type: str
          personal_list_of:
            description:
              - The user in whose personal list the item lies, by username, instead of O(config.web_jump[].jump_group).
            type: str
          jumpoint:
            description:
              - The jumpoint that connects to the target, by name or code name. A new item needs one.
            type: str
          tag:
            description:
              - Tag by which the item is sorted in the console, at most 64 characters.
            type: str
          comments:
            description:
              - Comments, at most 1024 characters.
            type: str
          jump_policy:
            description:
              - The jump policy that governs access, by name or code name. An empty text takes it away.
            type: str
          session_policy:
            description:
              - The session policy of sessions with this item, by name or code name. An empty text takes it away.
            type: str
          target_url:
            description:
              - Address of the site, at most 255 characters. A new item needs one. The API calls it C(url), and so does what is
                returned.
            type: str
          username_format:
            description:
              - In which form the name of a user is put in. A new item has V(default).
            type: str
            choices: [default, username_only, force_upn_format, force_dlln_format]
          verify_certificate:
            description:
              - Whether the site's certificate is verified. A new item has it on.
            type: bool
          authentication_timeout:
            description:
              - Seconds to wait for the login, from 1 to 30. A new item has 3.
            type: int
          username_field:
            description:
              - The field that takes the name, by its HTML id, its name or a CSS selector. At most 255 characters. An empty text
                has it looked for.
            type: str
          password_field:
            description:
              - The field that takes the password, as O(config.web_jump[].username_field).
            type: str
          submit_field:
            description:
              - What sends the login, as O(config.web_jump[].username_field).
            type: str
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      protocol_tunnel_jump:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_protocol_tunnel_jump). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name of the jump item. With the jump group, or the personal list, it tells one item from another.
            type: str
          jump_group:
            description:
              - The jump group that the item lies in, by name or code name.
            type: str
          personal_list_of:
            description:
              - The user in whose personal list the item lies, by username, instead of O(config.protocol_tunnel_jump[].jump_group).
            type: str
          jumpoint:
            description:
              - The jumpoint that connects to the target, by name or code name. A new item needs one.
            type: str
          tag:
            description:
              - Tag by which the item is sorted in the console, at most 64 characters.
            type: str
          comments:
            description:
              - Comments, at most 1024 characters.
            type: str
          jump_policy:
            description:
              - The jump policy that governs access, by name or code name. An empty text takes it away.
            type: str
          session_policy:
            description:
              - The session policy of sessions with this item, by name or code name. An empty text takes it away.
            type: str
          tunnel_type:
            description:
              - What the tunnel is for, V(tcp), V(mssql) or V(k8s) for Kubernetes. A new item has V(tcp).
              - V(tcp) needs O(config.protocol_tunnel_jump[].hostname) and O(config.protocol_tunnel_jump[].tunnel_definitions),
                V(mssql) needs O(config.protocol_tunnel_jump[].hostname) and O(config.protocol_tunnel_jump[].username), V(k8s)
                needs O(config.protocol_tunnel_jump[].target_url) and O(config.protocol_tunnel_jump[].ca_certificates).
            type: str
            choices: [tcp, mssql, k8s]
          hostname:
            description:
              - Host name or IP address of the target, at most 128 characters. It is refused for V(k8s), where the appliance takes
                it from O(config.protocol_tunnel_jump[].target_url).
            type: str
          tunnel_listen_address:
            description:
              - Where the tunnel begins on the user's own machine, an address in 127.0.0.0/24. A new item has V(127.0.0.1).
            type: str
          tunnel_definitions:
            description:
              - Pairs of a local and a remote port, such as V(22;24;26;28) for two of them, at most 5000 characters. A local port
                may be 0.
              - Only V(tcp) heeds it.
            type: str
          username:
            description:
              - The user of the database, for V(mssql). At most 128 characters.
            type: str
          database:
            description:
              - The name of the database, for V(mssql). At most 128 characters.
            type: str
          target_url:
            description:
              - Address of the cluster, for V(k8s). At most 256 characters. It needs a jumpoint on Linux.
              - The API calls it C(url), and so does what is returned.
            type: str
          ca_certificates:
            description:
              - The certificates of the cluster's authority as PEM, for V(k8s). At most 12288 characters.
            type: str
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      psql_tunnel_jump:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_psql_tunnel_jump). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name of the jump item. With the jump group, or the personal list, it tells one item from another.
            type: str
          jump_group:
            description:
              - The jump group that the item lies in, by name or code name.
            type: str
          personal_list_of:
            description:
              - The user in whose personal list the item lies, by username, instead of O(config.psql_tunnel_jump[].jump_group).
            type: str
          jumpoint:
            description:
              - The jumpoint that connects to the target, by name or code name. A new item needs one.
            type: str
          tag:
            description:
              - Tag by which the item is sorted in the console, at most 64 characters.
            type: str
          comments:
            description:
              - Comments, at most 1024 characters.
            type: str
          jump_policy:
            description:
              - The jump policy that governs access, by name or code name. An empty text takes it away.
            type: str
          session_policy:
            description:
              - The session policy of sessions with this item, by name or code name. An empty text takes it away.
            type: str
          hostname:
            description:
              - Host name or IP address of the database's server, at most 128 characters. A new item needs one.
            type: str
          tunnel_listen_address:
            description:
              - Where the tunnel begins on the user's own machine, an address in 127.0.0.0/24. A new item has V(127.0.0.1).
            type: str
          username:
            description:
              - The user of the database, at most 128 characters.
            type: str
          database:
            description:
              - The name of the database, at most 128 characters.
            type: str
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      mysql_tunnel_jump:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_mysql_tunnel_jump). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name of the jump item. With the jump group, or the personal list, it tells one item from another.
            type: str
          jump_group:
            description:
              - The jump group that the item lies in, by name or code name.
            type: str
          personal_list_of:
            description:
              - The user in whose personal list the item lies, by username, instead of O(config.mysql_tunnel_jump[].jump_group).
            type: str
          jumpoint:
            description:
              - The jumpoint that connects to the target, by name or code name. A new item needs one.
            type: str
          tag:
            description:
              - Tag by which the item is sorted in the console, at most 64 characters.
            type: str
          comments:
            description:
              - Comments, at most 1024 characters.
            type: str
          jump_policy:
            description:
              - The jump policy that governs access, by name or code name. An empty text takes it away.
            type: str
          session_policy:
            description:
              - The session policy of sessions with this item, by name or code name. An empty text takes it away.
            type: str
          hostname:
            description:
              - Host name or IP address of the database's server, at most 128 characters. A new item needs one.
            type: str
          tunnel_listen_address:
            description:
              - Where the tunnel begins on the user's own machine, an address in 127.0.0.0/24. A new item has V(127.0.0.1).
            type: str
          username:
            description:
              - The user of the database, at most 128 characters.
            type: str
          database:
            description:
              - The name of the database, at most 128 characters.
            type: str
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      network_tunnel_jump:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_network_tunnel_jump). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name of the jump item. With the jump group, or the personal list, it tells one item from another.
            type: str
          jump_group:
            description:
              - The jump group that the item lies in, by name or code name.
            type: str
          personal_list_of:
            description:
              - The user in whose personal list the item lies, by username, instead of O(config.network_tunnel_jump[].jump_group).
            type: str
          jumpoint:
            description:
              - The jumpoint that connects to the target, by name or code name. A new item needs one.
            type: str
          tag:
            description:
              - Tag by which the item is sorted in the console, at most 64 characters.
            type: str
          comments:
            description:
              - Comments, at most 1024 characters.
            type: str
          jump_policy:
            description:
              - The jump policy that governs access, by name or code name. An empty text takes it away.
            type: str
          session_policy:
            description:
              - The session policy of sessions with this item, by name or code name. An empty text takes it away.
            type: str
          filter_rules:
            description:
              - What may pass, from 1 to 50 rules in this order. A new item needs one. The list is complete, and so is each rule.
            type: list
            elements: dict
            suboptions:
              ip_addresses:
                description:
                  - The addresses that may be reached, as exactly one of the three.
                type: dict
                required: true
                suboptions:
                  cidr:
                    description:
                      - A network, such as V(192.168.1.0/24).
                    type: str
                  range:
                    description:
                      - All addresses of IPv4 from one to another.
                    type: dict
                    suboptions:
                      start:
                        description:
                          - The first address.
                        type: str
                        required: true
                      end:
                        description:
                          - The last address.
                        type: str
                        required: true
                  list:
                    description:
                      - From 1 to 16 addresses of IPv4.
                    type: list
                    elements: str
              protocol:
                description:
                  - The protocol, by the keyword that IANA has for it with underscores, such as V(TCP), V(UDP) or V(ICMP). V(ANY),
                    or none, means all.
                type: str
              ports:
                description:
                  - The ports that may be reached, where the protocol has ports, as one of both. Without it all may be.
                type: dict
                suboptions:
                  range:
                    description:
                      - All ports from one to another.
                    type: dict
                    suboptions:
                      start:
                        description:
                          - The first port, from 1 to 65535.
                        type: int
                        required: true
                      end:
                        description:
                          - The last port, from 1 to 65535.
                        type: int
                        required: true
                  list:
                    description:
                      - At most 42 ports, from 1 to 65535. An empty list means all.
                    type: list
                    elements: int
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      jump_client:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_jump_client). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name of the jump client, at most 128 characters. Required, unless O(config.jump_client[].id) says which one is
                meant.
              - Given together with O(config.jump_client[].id), it renames the jump client.
            type: str
          jump_group:
            description:
              - The jump group that the jump client lies in, by name or code name. Another one moves it there.
            type: str
          personal_list_of:
            description:
              - The user in whose personal list the jump client lies, by username, instead of O(config.jump_client[].jump_group).
            type: str
          tag:
            description:
              - Tag by which the jump client is sorted in the console, at most 64 characters.
            type: str
          comments:
            description:
              - Comments, at most 1024 characters.
            type: str
          jump_policy:
            description:
              - The jump policy that governs access, by name or code name. An empty text takes it away.
            type: str
          session_policy:
            description:
              - The session policy of sessions, by name or code name. An empty text takes it away. Privileged Remote Access only.
            type: str
          attended_session_policy:
            description:
              - The session policy where somebody sits at the machine, by name or code name. An empty text takes it away. Remote
                Support only.
            type: str
          unattended_session_policy:
            description:
              - The session policy where nobody does, by name or code name. An empty text takes it away. Remote Support only.
            type: str
          public_site_address:
            description:
              - One of the addresses of a public site, at most 128 characters. Remote Support only.
            type: str
          support_button_profile_code_name:
            description:
              - The code name of the profile of the support button on the machine. Remote Support only.
            type: str
          support_button_direct_queue:
            description:
              - The team that sessions of that button go to, as V(team:) and its code name. An empty text means none. Remote Support
                only.
            type: str
          customer_client_start_mode:
            description:
              - How the window of a session begins on the machine. V(hidden) takes a permission of its own. Remote Support only.
            type: str
            choices: [normal, minimized, hidden]
          is_quiet:
            description:
              - Whether sessions begin with their window minimised. Remote Support only.
            type: bool
          endpoint_agreement_policy:
            description:
              - What happens when nobody answers the agreement that is shown on the machine. V(no_prompt) shows none. Privileged
                Remote Access only.
            type: str
            choices: [no_prompt, accept, reject]
          max_offline_minutes:
            description:
              - Minutes after which the jump client is uninstalled when it is offline. 0 means as set for the whole appliance.
            type: int
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      jump_client_installer:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_jump_client_installer). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name that the jump clients get which are installed with it, at most 128 characters. Required, unless O(config.jump_client_installer[].id)
                says which one is meant.
              - V((computer name\)) stands for the name of each computer; the API leaves the name out for that.
            type: str
          jump_group:
            description:
              - The jump group that the jump clients lie in, by name or code name.
            type: str
          personal_list_of:
            description:
              - The user in whose personal list they lie, by username, instead of O(config.jump_client_installer[].jump_group).
            type: str
          tag:
            description:
              - Tag of the jump clients, at most 64 characters.
            type: str
          comments:
            description:
              - Comments of the jump clients, at most 1024 characters.
            type: str
          jump_policy:
            description:
              - The jump policy that governs access to them, by name or code name.
            type: str
          session_policy:
            description:
              - The session policy of sessions with them, by name or code name. Privileged Remote Access only.
            type: str
          attended_session_policy:
            description:
              - The session policy where somebody sits at the machine, by name or code name. Remote Support only.
            type: str
          unattended_session_policy:
            description:
              - The session policy where nobody does, by name or code name. Remote Support only.
            type: str
          connection_type:
            description:
              - Whether the jump clients keep a connection or wait for one. A new installer has V(active), and appliances in the
                cloud take no other.
            type: str
            choices: [active, passive]
          elevate_install:
            description:
              - Whether the installation tries to become a service. A new installer has it on.
            type: bool
          elevate_prompt:
            description:
              - Whether the installation asks for credentials for that, if it has to. A new installer has it on.
            type: bool
          customer_client_start_mode:
            description:
              - How the window of a session begins on the machine. A new installer has V(normal); V(hidden) takes a permission
                of its own. Remote Support only.
            type: str
            choices: [normal, minimized, hidden]
          support_button_profile_code_name:
            description:
              - The code name of the profile of a support button that is put on the machine. Remote Support only.
            type: str
          support_button_direct_queue:
            description:
              - The team that sessions of that button go to, as V(team:) and its code name. Remote Support only.
            type: str
          jumpoint_proxy:
            description:
              - The name of a jumpoint that the jump clients connect through. It has to be online with its proxy enabled.
            type: str
          valid_duration:
            description:
              - Minutes that a new installer is valid, from 10 to 525600. The appliance's own choice is 1440, a day.
              - It counts only when the installer is made, and is never shown. What is shown is when it ends, as C(expiration_timestamp).
            type: int
          allow_override_jump_group:
            description:
              - Whether the jump group can be chosen when it is installed. A new installer has it off.
            type: bool
          allow_override_jump_policy:
            description:
              - Whether the jump policy can be chosen when it is installed. A new installer has it off.
            type: bool
          allow_override_name:
            description:
              - Whether the name can be chosen when it is installed. A new installer has it off.
            type: bool
          allow_override_tag:
            description:
              - Whether the tag can be chosen when it is installed. A new installer has it off.
            type: bool
          allow_override_comments:
            description:
              - Whether the comments can be chosen when it is installed. A new installer has it off.
            type: bool
          allow_override_session_policy:
            description:
              - Whether the session policy can be chosen when it is installed. A new installer has it off. Privileged Remote Access
                only.
            type: bool
          allow_override_attended_session_policy:
            description:
              - Whether the session policy of attended sessions can be chosen when it is installed. A new installer has it off.
                Remote Support only.
            type: bool
          allow_override_unattended_session_policy:
            description:
              - Whether the session policy of unattended sessions can be chosen when it is installed. A new installer has it off.
                Remote Support only.
            type: bool
          allow_override_support_button_profile:
            description:
              - Whether the profile of the support button can be chosen when it is installed. A new installer has it off. Remote
                Support only.
            type: bool
          allow_override_support_button_direct_queue:
            description:
              - Whether the team of the support button can be chosen when it is installed. A new installer has it off. Remote
                Support only.
            type: bool
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      group_policy:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_group_policy). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name of the policy, at most 255 characters. Required, unless O(config.group_policy[].id) says which one is meant.
            type: str
          perm_support_allowed:
            description:
              - Whether members may give support. Remote Support only.
            type: str
            choices: [not_allowed, full_support]
          rep_perm_status:
            description:
              - Whether the permissions in this policy count, V(not_defined) being no, V(defined) yes, and V(final) yes, and no
                policy of a lower priority may change them. Remote Support only.
              - A new policy has V(defined) if it is made with any permission, else V(not_defined). Set it where a permission
                is added later.
            type: str
            choices: [not_defined, defined, final]
          perm_access_allowed:
            description:
              - Whether members may access endpoints. Privileged Remote Access only.
            type: bool
          access_perm_status:
            description:
              - Whether the permissions in this policy count, V(not_defined) being no, V(defined) yes, and V(final) yes, and no
                policy of a lower priority may change them. Privileged Remote Access only.
              - A new policy has V(defined) if it is made with any permission, else V(not_defined). Set it where a permission
                is added later.
            type: str
            choices: [not_defined, defined, final]
          perm_share_other_team:
            description:
              - Whether members may share sessions with teams that they do not belong to.
            type: bool
          perm_extended_availability_mode_allowed:
            description:
              - Whether members may use the extended availability mode.
            type: bool
          perm_edit_external_key:
            description:
              - Whether members may edit the external key of a session.
            type: bool
          perm_collaborate:
            description:
              - Whether members may show their own screen to others of the team.
            type: bool
          perm_collaborate_control:
            description:
              - Whether members may give control to those to whom they show their screen.
            type: bool
          perm_jump_client:
            description:
              - Whether members may use jump clients.
            type: bool
          perm_local_jump:
            description:
              - Whether members may use local jumps, to Windows computers in their own network.
            type: bool
          perm_remote_jump:
            description:
              - Whether members may use remote jumps.
            type: bool
          perm_remote_vnc:
            description:
              - Whether members may use remote VNC.
            type: bool
          perm_remote_rdp:
            description:
              - Whether members may use remote RDP.
            type: bool
          perm_shell_jump:
            description:
              - Whether members may use shell jumps.
            type: bool
          perm_local_vnc:
            description:
              - Whether members may use local VNC. Remote Support only.
            type: bool
          perm_local_rdp:
            description:
              - Whether members may use local RDP. Remote Support only.
            type: bool
          perm_vpro:
            description:
              - Whether members may use Intel vPro. Remote Support only.
            type: bool
          perm_generate_session_key:
            description:
              - Whether members may generate session keys in the console. Remote Support only.
            type: bool
          perm_send_ios_profiles:
            description:
              - Whether members may generate access keys by which iOS profiles are sent. Remote Support only.
            type: bool
          perm_accept_team_sessions:
            description:
              - Whether members may take sessions from the queue of a team. Remote Support only.
            type: bool
          perm_transfer_other_team:
            description:
              - Whether members may transfer sessions to teams that they do not belong to. Remote Support only.
            type: bool
          perm_invite_external_rep:
            description:
              - Whether members may invite representatives from outside. Remote Support only.
            type: bool
          perm_next_session_button:
            description:
              - Whether members may take the next session in line (Get Next Session). Remote Support only.
            type: bool
          perm_disable_auto_assignment:
            description:
              - Whether members may opt out of being assigned sessions. Remote Support only.
            type: bool
          perm_support_button_personal_deploy:
            description:
              - Whether members may deploy and manage Support Buttons for their personal queue. Remote Support only.
            type: bool
          perm_support_button_team_manage:
            description:
              - Whether members may manage the Support Buttons of teams. Remote Support only.
            type: bool
          perm_support_button_team_deploy:
            description:
              - Whether members may deploy Support Buttons of teams. Remote Support only.
            type: bool
          perm_support_button_change_public_sites:
            description:
              - Whether members may change the public portal of Support Buttons. Remote Support only.
            type: bool
          perm_invite_external_user:
            description:
              - Whether members may invite users from outside. Privileged Remote Access only.
            type: bool
          perm_web_jump:
            description:
              - Whether members may use web jumps. Privileged Remote Access only.
            type: bool
          perm_protocol_tunnel:
            description:
              - Whether members may use protocol tunnels. Privileged Remote Access only.
            type: bool
          perm_sd_static_port_for_external_tools:
            description:
              - Whether members may have a fixed port and username for sessions with external tools. Privileged Remote Access
                only.
            type: bool
          perm_session_idle_timeout:
            description:
              - Seconds without activity after which a member is taken out of a session. V(-1) stands for the setting of the whole
                appliance, which a new policy has, and V(0) for never.
            type: int
            choices: [-1, 0, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 43200, 86400]
          perm_console_idle_timeout:
            description:
              - Seconds without activity after which a member's console is logged out. V(-1) stands for the setting of the whole
                appliance, which a new policy has, and V(0) for never. Remote Support only.
            type: int
            choices: [-1, 0, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 43200, 86400]
          perm_routing_idle_timeout:
            description:
              - Seconds without activity after which a member is assigned no sessions. V(0) stands for never. A new policy has
                V(900). Remote Support only.
            type: int
            choices: [0, 180, 300, 600, 900, 1200, 1800, 2700, 3600]
          auto_assignment_max_sessions:
            description:
              - In how many sessions a member can be and still be assigned others, 1 to 10. A new policy has 3. Remote Support
                only.
            type: int
          default_jump_item_role:
            description:
              - The jump item role that members have wherever no other is set, by name. It can be exchanged and not be empty.
            type: str
          private_jump_item_role:
            description:
              - The jump item role that members have in their personal list, by name. It can be exchanged and not be empty.
            type: str
          inferior_jump_item_role:
            description:
              - The jump item role that members have in the personal lists of team members below them, by name. It can be exchanged
                and not be empty.
            type: str
          unassigned_jump_item_role:
            description:
              - The jump item role that members have for all other items, by name. It can be exchanged and not be empty.
            type: str
          members:
            description:
              - Who the policy applies to, each either a user, or what a security provider knows by a group or a distinguished
                name.
              - SAML and SCIM providers have groups, LDAP and SCIM providers distinguished names. SCIM users are named by these
                only.
            type: list
            elements: dict
            suboptions:
              security_provider:
                description:
                  - The security provider that knows the group or the distinguished name, by name. A user has one already.
                type: str
              user:
                description:
                  - The user, by username.
                type: str
              group_name:
                description:
                  - The group of a SAML or SCIM provider, 1 to 64 characters.
                type: str
              distinguished_name:
                description:
                  - The LDAP user, organisational unit or container, or the SCIM user, written as the appliance shows it, 1 to
                    1024 characters.
                type: str
          jump_groups:
            description:
              - The jump groups that members may use. What is left out of an entry is left alone.
            type: list
            elements: dict
            suboptions:
              jump_group:
                description:
                  - The jump group, by name or code name.
                type: str
                required: true
              jump_item_role:
                description:
                  - The role that members have in it, by name. An empty text means each user's default role, which a new entry
                    has.
                type: str
              jump_policy:
                description:
                  - The jump policy that applies to them, by name or code name. An empty text means the one that is set on each
                    item, which a new entry has. Privileged Remote Access only.
                type: str
          jumpoints:
            description:
              - The jumpoints that members may use, by name or code name.
            type: list
            elements: str
          teams:
            description:
              - The teams that members belong to. What is left out of an entry is left alone.
            type: list
            elements: dict
            suboptions:
              team:
                description:
                  - The team, by name or code name.
                type: str
                required: true
              role:
                description:
                  - The role that members have in it. In a new entry they are V(member).
                type: str
                choices: [member, lead, manager]
          vault_accounts:
            description:
              - The accounts of the vault that members may use. What is left out of an entry is left alone.
              - The API account needs the permission C(perm_configuration_vault_account), too.
            type: list
            elements: dict
            suboptions:
              vault_account:
                description:
                  - The account, by name.
                type: str
                required: true
              role:
                description:
                  - Whether they may only use it in sessions, or check it out as well. In a new entry they may V(inject).
                type: str
                choices: [inject, inject_and_checkout]
          vault_account_groups:
            description:
              - The groups of accounts of the vault that members may use. What is left out of an entry is left alone.
              - The API account needs the permission C(perm_configuration_vault_account), too.
            type: list
            elements: dict
            suboptions:
              vault_account_group:
                description:
                  - The account group, by name.
                type: str
                required: true
              role:
                description:
                  - Whether they may only use its accounts in sessions, or check them out as well. In a new entry they may V(inject).
                type: str
                choices: [inject, inject_and_checkout]
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      vendor:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_vendor). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The appliance's identifier of the object, from the matching C(_info) module. Finds it whatever it is called, so
                that it can be renamed.
            type: int
          name:
            description:
              - Name of the vendor, at most 255 characters. Required, unless O(config.vendor[].id) says which one is meant.
            type: str
          default_policy:
            description:
              - The group policy that the vendor's users are members of, by name. A new vendor needs one. It must not grant administrative
                privileges.
            type: str
          account_expiration:
            description:
              - Days after which a new user of the vendor expires, 1 to 365. A new vendor has 30.
            type: int
          deletion_days_after_expiration:
            description:
              - Days after which a user who has expired is removed, 1 to 365. V(0) means never, which a new vendor has.
            type: int
          user_added_notification_enabled:
            description:
              - Whether O(config.vendor[].administrators) and O(config.vendor[].teams) are told by mail when a user is added.
                It has to be on with O(config.vendor[].user_approval_enabled).
              - A new vendor has it on, and then needs somebody to write to.
            type: bool
          user_expired_notification_enabled:
            description:
              - Whether O(config.vendor[].administrators) and O(config.vendor[].teams) are told by mail when a user has expired
                or was removed for that.
              - A new vendor has it on, and then needs somebody to write to.
            type: bool
          user_approval_enabled:
            description:
              - Whether O(config.vendor[].administrators) or O(config.vendor[].teams) have to approve new users. One of the two
                must then name somebody.
            type: bool
          user_reactivation_enabled:
            description:
              - Whether they have to approve as well when a user is prolonged or reactivated. Needs O(config.vendor[].user_approval_enabled).
            type: bool
          administrators:
            description:
              - The users who are written to, by username. The list is complete. Together with O(config.vendor[].teams) there
                may be 10.
            type: list
            elements: str
          teams:
            description:
              - The teams whose members are written to, by name or code name. The list is complete.
            type: list
            elements: str
          network_restrictions:
            description:
              - The network addresses that the vendor's users may come from, at most 128. An empty list allows all.
            type: list
            elements: str
          duration:
            description:
              - Hours after which O(config.vendor[].administrators) and O(config.vendor[].teams) are reminded of users who wait
                for them, 1 to 168. A new vendor has 24.
            type: int
          duration_enabled:
            description:
              - Whether they are reminded.
            type: bool
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      vendor_user:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_vendor_user). None may be described twice.
        type: list
        elements: dict
        suboptions:
          username:
            description:
              - The name that the user logs in with, at most 64 characters.
            type: str
            required: true
          vendor:
            description:
              - The vendor that the user belongs to, by name.
            type: str
            required: true
          public_display_name:
            description:
              - The name that others see, 1 to 64 characters. A new user needs one.
            type: str
          email_address:
            description:
              - The user's mail address, 1 to 256 characters. A new user needs one.
            type: str
          password:
            description:
              - The user's password, at most 255 characters. A new user needs one.
              - It cannot be read back, so O(config.vendor_user[].update_password) says when it is sent.
            type: str
          update_password:
            description:
              - V(on_create) sets O(config.vendor_user[].password) only when the account is made.
              - V(always) sets it on every run, and reports a change every time.
            type: str
            default: on_create
            choices: [on_create, always]
          password_expiration:
            description:
              - When the password expires, in UTC and in this form, V(2027-01-31T00:00:00+00:00).
              - An empty text means never.
            type: str
          password_reset_next_login:
            description:
              - Whether the user has to choose another password at the next login.
            type: bool
          enabled:
            description:
              - Whether the user can log in. A new user can, once approved where the vendor's users have to be.
            type: bool
          preferred_email_language:
            description:
              - The language of mails to the user, as one of the appliance's locale codes, such as V(en-us), which a new user
                has.
            type: str
          state:
            description:
              - Whether the object exists.
            type: str
            default: present
            choices: [present, absent]
      automation_script:
        description: Objects of this kind, each as in M(remoteops.access.beyondtrust_automation_script). None may be described twice.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - Name of the script, 1 to 128 characters.
            type: str
            required: true
          description:
            description:
              - Description, at most 1000 characters.
            type: str
          tag:
            description:
              - Tag by which scripts are sorted, at most 128 characters.
            type: str
          operating_system:
            description:
              - The system on which the script runs. A new script needs one.
            type: str
            choices: [Windows, Linux, Mac]
          cmd:
            description:
              - The command that starts the script, 1 to 2048 characters. A new script needs one.
            type: str
          script:
            description:
              - The script itself, 1 to 100,000 characters. A new script needs one.
              - It is kept on the appliance in the clear, and shown to whoever may read it there. Keep secrets out of it.
            type: str
          resources:
            description:
              - The files that go with the script, at most 20, by the names under which they were uploaded in /login.
            type: list
            elements: str
      # The end of what is made.
  purge:
    description:
      - Kinds of which objects that are not described are removed. The document must then hold a list of that kind.
      - Of users, administrators stay unless O(remove_protected) says otherwise. Of jump groups, those that still own something are refused unless
        O(remove_items) says otherwise.
    type: list
    elements: str
    choices:
      - user
      - rep_status
      - team
      - jump_policy
      - jump_group
      - vault_account_policy
      - vault_account_group
      - vault_account
      - jumpoint
      - remote_rdp
      - shell_jump
      - remote_vnc
      - web_jump
      - protocol_tunnel_jump
      - psql_tunnel_jump
      - mysql_tunnel_jump
      - network_tunnel_jump
      - jump_client
      - jump_client_installer
      - group_policy
      - vendor
      - vendor_user
    default: []
  max_removed:
    description: How many objects of each kind O(purge) removes at most. If it would be more, nothing is changed at all.
    type: int
    default: 10
  max_removed_percent:
    description:
      - Which part of the objects of each kind O(purge) removes at most. If it would be more, nothing is changed at all. One object may always
        go, unless this is V(0).
    type: int
    default: 30
  allow_empty:
    description: Whether an empty list of a kind that is purged may mean that all objects of that kind are removed.
    type: bool
    default: false
  remove_protected:
    description: Whether administrators may be removed, by description or by O(purge). The appliance is known to refuse it all the same.
    type: bool
    default: false
  remove_items:
    description: Whether jump groups may be removed that still own jump items, jump clients or installers, which are removed with them.
    type: bool
    default: false
  remove_users:
    description: Whether vendors may be removed that still have users, who are removed with them. Privileged Remote Access only.
    type: bool
    default: false
attributes:
  idempotent:
    support: partial
    details: Whether a secret is set already cannot be asked, so one with V(always) is written on every run.
notes:
  - The vault's kinds need the permission C(perm_configuration_vault_account) as well.
  - Most lists of members take a request for each object that gives them.
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.object
seealso:
  - module: remoteops.access.beyondtrust_config_info
"""

EXAMPLES = r"""
- name: Keep what a site needs, from the groups to the switches, and leave everything else alone
  remoteops.access.beyondtrust_config:
    config:
      jump_group:
        - name: Plant Leeds
          code_name: plant_leeds
          members:
            - user: a.keller
              jump_item_role: Administrator
      jumpoint:
        - name: Plant Leeds Jumpoint
          code_name: jp_plant_leeds
          platform: linux-x86
          shell_jump_enabled: true
      shell_jump:
        - name: sw-core-1
          jump_group: plant_leeds
          jumpoint: jp_plant_leeds
          hostname: 10.31.0.1
          protocol: ssh
          username: netadmin
          jump_policy: two_factors
          tag: switch
        - name: sw-core-2
          jump_group: plant_leeds
          jumpoint: jp_plant_leeds
          hostname: 10.31.0.2
          protocol: ssh
          username: netadmin
          tag: switch

- name: Write the jump groups and policies down
  remoteops.access.beyondtrust_config_info:
    kinds: [jump_policy, jump_group, shell_jump]
  register: exported

- name: Tell how the appliance differs from what was written down, and change nothing
  remoteops.access.beyondtrust_config:
    config: "{{ exported.config }}"
  check_mode: true
  diff: true

- name: Make the appliance agree with it, and remove shell jumps that are not in it
  remoteops.access.beyondtrust_config:
    config: "{{ exported.config }}"
    purge: [shell_jump]
    max_removed: 5
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
    - {action: create, kind: jump_group, name: Plant Leeds, fields: [name, code_name, members]}
    - {action: update, kind: shell_jump, name: sw-core-1/Plant Leeds, fields: [hostname]}
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
    - The object itself is written first, then the lists below it.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: shell_jump, name: sw-core-1/Plant Leeds, fields: [name], reason: the jumpoint is disabled, written: []}]
changes_not_tried:
  description: The changes that were given up because others had failed, as in RV(changes).
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: group_policy, name: Technicians, fields: [jump_groups]}]
diff:
  description:
    - What changes, object by object, for C(--diff). C(before) and C(after) hold only what differs, as YAML; secrets are masked.
    - Of a list whose order means nothing, members that stay are counted. An object that is made or removed is C(absent) on one side.
  returned: in diff mode, on success and when a change failed
  type: list
  elements: dict
  sample:
    - before_header: shell_jump sw-core-1/Plant Leeds
      after_header: shell_jump sw-core-1/Plant Leeds
      before: |
        hostname: "10.31.0.9"
      after: |
        hostname: "10.31.0.1"
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 14, retries: 0, seconds_waited: 0.6}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.configuration import (
    manage_whole_appliance,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._core.reconcile import config_spec

MODULE = Module(BEYONDTRUST, manage_whole_appliance, config_spec(BEYONDTRUST))
main = MODULE.main

if __name__ == "__main__":
    main()
