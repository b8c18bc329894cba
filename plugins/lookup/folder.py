"""The lookup folder: a folder of YAML files, put together to one description of a server."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: folder
short_description: Read a folder of YAML files as one description of a server
description:
  - Reads every YAML file below a folder and puts the contents together, for modules such as M(remoteops.access.simplehelp_config).
  - Each file is a mapping of kinds of object to what is described. Lists of the same kind are appended in the order of the file
    names; mappings are merged. The same entry in two files with different values is an error that names both.
  - Files, and single values, may be encrypted with Ansible Vault, and values may be templates.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  _terms:
    description: Folders on the controller. A relative path counts from where C(ansible-playbook) was started.
    type: list
    elements: path
    required: true
notes:
  - Files whose names start with a dot, and files that do not end in C(.yml) or C(.yaml), are passed over.
"""

EXAMPLES = r"""
- name: Tell how many accounts a folder describes
  ansible.builtin.debug:
    msg: "{{ lookup('remoteops.access.folder', 'playbooks/demo/harrow_finch').technician | length }} technicians"
"""

RETURN = r"""
_raw:
  description: The description in each folder.
  type: list
  elements: dict
  sample: [{technician: [{username: a.keller}], server: {hostname: support.example.org}}]
"""

import inspect
from pathlib import Path

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase


class LookupModule(LookupBase):
    """Reads folders."""

    def run(self, terms, variables=None, **kwargs):
        """Return the description in each of the folders."""
        self.set_options(var_options=variables, direct=kwargs)
        return [self._described(Path(term).expanduser().resolve()) for term in terms]

    def _described(self, folder):
        files = sorted(
            path for path in folder.rglob("*")
            if path.suffix in (".yml", ".yaml") and path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        )
        if not files:
            raise AnsibleError(f"{folder} has no YAML files, or is no folder.")
        whole, origin = {}, {}
        for path in files:
            content = self._loaded(path)
            if content is None:
                continue
            if not isinstance(content, dict):
                raise AnsibleError(f"{path} must hold a mapping of kinds to descriptions.")
            for kind, part in content.items():
                whole[kind] = self._merged(whole.get(kind), part, path, kind, origin)
        return whole

    def _merged(self, old, new, path, place, origin):
        """Return ``old`` and ``new`` put together; ``origin`` remembers which file each entry came from."""
        first = origin.setdefault(place, path)
        if old is None or old == new:
            for key in new if isinstance(new, dict) else ():
                origin.setdefault(f"{place}.{key}", path)
            return new
        if isinstance(old, list) and isinstance(new, list):
            return old + new
        if isinstance(old, dict) and isinstance(new, dict):
            return {**old, **{key: self._merged(old.get(key), value, path, f"{place}.{key}", origin) for key, value in new.items()}}
        raise AnsibleError(f"{place} stands in {first} and, with another value, in {path}.")

    def _loaded(self, path):
        # The user's own files: since ansible-core 2.19, templates in them count only when they are marked as trusted.
        trust = {"trusted_as_template": True} if "trusted_as_template" in inspect.signature(self._loader.load_from_file).parameters else {}
        return self._templar.template(self._loader.load_from_file(str(path), cache="none", **trust))
