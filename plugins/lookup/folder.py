"""The lookup folder: a folder of YAML files, put together to one description of a server."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: folder
short_description: Read a folder of YAML files as one description of a server
description:
  - Reads every YAML file below a folder and puts the contents together, for modules such as M(remoteops.access.simplehelp_config).
  - Each file is a mapping of kinds of object to what is described. Lists of the same kind are appended in the order of the file
    names; mappings are merged. The same entry in two files with different values is an error that names both. An entry without
    a value says nothing.
  - Files, and single values, may be encrypted with Ansible Vault, and values may be templates. A text with the tag C(!unsafe) is
    taken as it stands.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  _terms:
    description: Folders on the controller. A relative path counts from where C(ansible-playbook) was started.
    type: list
    elements: path
    required: true
notes:
  - Files and folders whose names start with a dot, files that do not end in C(.yml) or C(.yaml), and links to folders are passed over.
  - Whoever can write to the folder can have commands run on the controller, as with a playbook. To write down what a server said, use
    P(remoteops.access.literal_yaml#filter).
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
import os
import re
from pathlib import Path

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase

from ansible_collections.remoteops.access.plugins.module_utils._core.files import read_regular

LARGEST = 16 * 2**20  # bytes of a file


class LookupModule(LookupBase):
    """Reads folders."""

    def run(self, terms, variables=None, **kwargs):
        """Return the description in each of the folders."""
        if kwargs:
            raise AnsibleError(f"There is no option {', '.join(sorted(kwargs))}.")
        return [self._described(Path(term).expanduser().resolve()) for term in terms]

    def _described(self, folder):
        whole, origin = {}, {}
        for path in _files(folder):
            content = self._loaded(path)
            if not isinstance(content, dict | None):
                raise AnsibleError(f"{path} must hold a mapping of kinds to descriptions.")
            whole = _merged(whole, content, (), path, origin)
        return whole

    def _loaded(self, path):
        try:
            read_regular(path, LARGEST)
        except OSError as exc:
            raise AnsibleError(f"{path} cannot be read: {exc.strerror}.") from None
        # The user's own files: since ansible-core 2.19, templates in them count only when they are
        # marked as trusted.
        trust = (
            {"trusted_as_template": True}
            if "trusted_as_template" in inspect.signature(self._loader.load_from_file).parameters
            else {}
        )
        try:
            return self._templar.template(
                self._loader.load_from_file(str(path), cache="none", **trust)
            )
        except AnsibleError as exc:
            # Ansible goes on to quote the place in the file, where a password may stand.
            reason = re.split(r"\n\nThe error appears|\. String: ", str(exc))[0]
            line = getattr(getattr(exc, "obj", None), "line_num", None)
            raise AnsibleError(f"{path}{f', line {line}' if line else ''}: {reason}") from None


def _files(folder):
    """Return the YAML files below a folder, in the order of their names. Raises AnsibleError if
    there are none, or not all can be seen.
    """

    def fail(error):
        raise AnsibleError(f"{error.filename} cannot be read: {error.strerror}.")

    if not folder.is_dir():
        raise AnsibleError(f"{folder} is not a folder.")
    found = []
    for directory, subfolders, names in os.walk(folder, onerror=fail):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        found += [
            Path(directory, name)
            for name in names
            if name.endswith((".yml", ".yaml")) and not name.startswith(".")
        ]
    if not found:
        raise AnsibleError(f"{folder} has no YAML files.")
    return sorted(found)


def _merged(old, new, place, path, origin):
    """Return ``old`` and ``new``, from the file ``path``, put together; ``origin`` remembers which
    file each entry came from.
    """
    if new is None:
        return old
    if isinstance(old, dict) and isinstance(new, dict):
        return {
            **old,
            **{
                key: _merged(old.get(key), value, (*place, key), path, origin)
                for key, value in new.items()
            },
        }
    if old is None:
        origin[place] = path
        return new
    if isinstance(old, list) and isinstance(new, list):
        return old + new
    if old == new:
        return old
    first = next(
        origin[place[:length]] for length in range(len(place), 0, -1) if place[:length] in origin
    )
    raise AnsibleError(
        f"{'.'.join(map(str, place))} stands in {first} and, with another value, in {path}."
    )
