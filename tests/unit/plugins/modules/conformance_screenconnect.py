"""What each object module of ScreenConnect is asked to do, and what the server must then hold: a
line per step.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from tests.unit.plugins.modules.conformance import Case, Step
from tests.unit.screenconnect_servers import OTHER_RECEPTION, PRESS, RECEPTION, WEB

NAMES = {"Site": 1, "Department": 2}


def _called(name):
    """What is held of the sessions of a name, which should be one; its custom properties as a
    whole.
    """

    def held(site):
        found = [
            _plain(session) for session in site["sessions"].values() if session["Name"] == name
        ]
        return found[0] if len(found) == 1 else found or None

    return held


def _of(*identifiers):
    return lambda site: {
        identifier: _plain(site["sessions"][identifier]) for identifier in identifiers
    }


def _plain(session):
    return {
        "name": session["Name"],
        "type": session["SessionType"],
        "code": session["Code"],
        "public": session["IsPublic"],
        "properties": "|".join(session["CustomPropertyValues"]),
    }


CASES = (
    Case(
        "session",
        "screenconnect_session",
        {"name": "PRESS-07", "type": "access"},
        _called("PRESS-07"),
        server="screenconnect",
        steps=(
            Step(
                "made",
                {"custom_properties": {"Site": "Plant A", "8": 7}, "property_names": NAMES},
                {
                    "type": "Access",
                    "code": "",
                    "public": False,
                    "properties": "Plant A|||||||7",
                },
                ("CreateSession",),
            ),
            Step(
                "changed",
                {"custom_properties": {"2": "Line 7", "8": "eight"}},
                {"properties": "Plant A|Line 7||||||eight"},
                ("UpdateSessionCustomProperties",),
            ),
            Step(
                "emptied",
                {"custom_properties": {"Site": ""}, "property_names": NAMES},
                {"properties": "|Line 7||||||eight"},
                ("UpdateSessionCustomProperties",),
            ),
        ),
    ),
    Case(
        "session for support",
        "screenconnect_session",
        {"name": "O'Brien's", "type": "support"},
        _called("O'Brien's"),
        server="screenconnect",
        steps=(
            Step(
                "made",
                {"code": "'12'", "is_public": True},
                {"type": "Support", "code": "'12'", "public": True, "properties": "|||||||"},
                ("CreateSession",),
            ),
            Step(
                "changed",
                {"code": "'12'", "is_public": True, "custom_properties": {"5": "'"}},
                {"properties": "||||'|||"},
                ("UpdateSessionCustomProperties",),
            ),
        ),
    ),
    Case(
        "session by identifier",
        "screenconnect_session",
        {"id": WEB.upper()},
        _of(WEB),
        server="screenconnect",
        steps=(
            Step(
                "renamed",
                {"name": "web-2"},
                {WEB: {"name": "web-2", "properties": "Plant A|IT||||||"}},
                ("UpdateSessionName",),
            ),
            Step(
                "changed",
                {
                    "name": "web-3",
                    "custom_properties": {"Department": "Web"},
                    "property_names": NAMES,
                },
                {WEB: {"name": "web-3", "properties": "Plant A|Web||||||"}},
                ("UpdateSessionCustomProperties", "UpdateSessionName"),
            ),
            Step(
                "changed again",
                {"type": "access", "custom_properties": {"1": "", "2": ""}},
                {WEB: {"name": "web-3", "properties": "|||||||"}},
                ("UpdateSessionCustomProperties",),
            ),
        ),
    ),
    # Most agents' sessions have no name, and go by that of the machine.
    Case(
        "session without a name",
        "screenconnect_session",
        {"name": "PRESS-01", "type": "access"},
        _of(PRESS),
        server="screenconnect",
        steps=(
            Step(
                "changed",
                {"custom_properties": {"2": "Line 2"}},
                {PRESS: {"name": "", "properties": "Plant A|Line 2|||HF-1|||"}},
                ("UpdateSessionCustomProperties",),
            ),
        ),
    ),
    Case(
        "session of a name that is shared",
        "screenconnect_session",
        {"id": RECEPTION},
        _of(RECEPTION, OTHER_RECEPTION),
        server="screenconnect",
        steps=(
            Step(
                "changed",
                {"name": "Reception", "type": "access", "custom_properties": {"1": "Plant C"}},
                {
                    RECEPTION: {"properties": "Plant C|||||||"},
                    OTHER_RECEPTION: {"properties": "Plant B|||||||"},
                },
                ("UpdateSessionCustomProperties",),
            ),
            Step(
                "renamed",
                {"name": "Reception A"},
                {RECEPTION: {"name": "Reception A"}, OTHER_RECEPTION: {"name": "Reception"}},
                ("UpdateSessionName",),
            ),
        ),
    ),
    Case(
        "sessions in a document",
        "screenconnect_config",
        {},
        lambda site: {
            **_of(WEB, PRESS)(site),
            "new": [_called(name)(site) for name in ("PRESS-07", "PRESS-08")],
        },
        server="screenconnect",
        alone={"config": {"session": [{"name": "web-1", "type": "access"}, {"id": PRESS}]}},
        steps=(
            Step(
                "made",
                {
                    "config": {
                        "session": [
                            {
                                "name": "PRESS-07",
                                "type": "access",
                                "custom_properties": {"1": "Plant A"},
                            },
                            {"name": "PRESS-08", "type": "meeting", "is_public": True},
                        ]
                    }
                },
                {
                    "new": [
                        {
                            "name": "PRESS-07",
                            "type": "Access",
                            "code": "",
                            "public": False,
                            "properties": "Plant A|||||||",
                        },
                        {
                            "name": "PRESS-08",
                            "type": "Meeting",
                            "code": "",
                            "public": True,
                            "properties": "|||||||",
                        },
                    ]
                },
                ("CreateSession",),
            ),
            Step(
                "changed",
                {
                    "config": {
                        "session": [
                            {
                                "name": "PRESS-07",
                                "type": "access",
                                "custom_properties": {"1": "Plant B"},
                            },
                            {"id": WEB, "name": "web-2"},
                            {
                                "name": "PRESS-01",
                                "type": "access",
                                "custom_properties": {"Site": "Plant C"},
                            },
                        ]
                    },
                    "property_names": NAMES,
                },
                {
                    WEB: {"name": "web-2", "properties": "Plant A|IT||||||"},
                    PRESS: {"name": "", "properties": "Plant C|Line 1|||HF-1|||"},
                },
                ("UpdateSessionName", "UpdateSessionCustomProperties"),
            ),
            Step(
                "emptied",
                {
                    "config": {
                        "session": [{"id": PRESS, "custom_properties": {"1": "", "2": "", "5": ""}}]
                    }
                },
                {PRESS: {"properties": "|||||||"}},
                ("UpdateSessionCustomProperties",),
            ),
        ),
    ),
)
