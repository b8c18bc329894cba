"""What a linter makes of a module: ansible-lint runs ``main`` with an AnsibleModule of its own, to
check the arguments of a task in a playbook.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible.module_utils import basic

from .given import as_given

# What stands for a template of which only a run knows the value, by the type of the option.
_STAND_INS: dict[str, Any] = {"bool": True, "int": 1, "float": 1.0, "list": [], "dict": {}}


def is_linted() -> bool:
    """Tell whether another AnsibleModule than Ansible's has taken its place, which ends as soon as
    the arguments are checked.
    """
    return basic.AnsibleModule.__module__ != basic.__name__


def in_a_playbook(option: Mapping[str, Any]) -> dict:
    """Return an option as it is for one task of a playbook: what may come from the environment, or
    from module_defaults, may be left out.
    """
    return {
        name: value
        for name, value in option.items()
        if "fallback" not in option or name not in ("fallback", "required")
    }


class Linted:
    """Lets every template of a playbook pass for a value that fits. ansible-lint does so at the top
    only, and stumbles over those below.
    """

    def _load_params(self):
        spec = self.argument_spec
        super()._load_params()
        self.params = {
            name: untemplated(spec.get(name, {}), value) for name, value in self.params.items()
        }
        # With all choices: a server may know others, yet what stands in a playbook and in no
        # documentation is worth a word.
        self.argument_spec = spec
        _opened, self.misread = as_given(spec, self.params)
        if self.misread:
            self.fail_json(msg=self.misread)


def untemplated(option: Mapping[str, Any], value: Any) -> Any:
    """Return the value of an option with something that fits it in place of each template."""
    if is_template(value):
        kind = option.get("type", "str")
        if option.get("choices") and kind != "list":
            return option["choices"][0]
        return (
            None
            if option.get("options") and not option.get("required")
            else _STAND_INS.get(kind, value)
        )
    if isinstance(value, list):
        element = {**option, "type": option.get("elements", "raw"), "required": False}
        found = [untemplated(element, item) for item in value]
        return [
            item
            for item, given in zip(found, value, strict=True)
            if item is not None or given is None
        ]
    if isinstance(value, dict) and option.get("options"):
        return {
            name: untemplated(option["options"].get(name, {}), item) for name, item in value.items()
        }
    return value


def is_template(value: Any) -> bool:
    """Tell whether only a run knows what a value is."""
    return isinstance(value, str) and ("{{" in value or "{%" in value)
