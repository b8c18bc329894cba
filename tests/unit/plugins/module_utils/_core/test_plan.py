"""Desired and actual in, changes out: what planning promises for whatever objects, shown on many
that are made by chance.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import random
from collections.abc import Iterator
from copy import deepcopy

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import InputError
from ansible_collections.remoteops.access.plugins.module_utils._core.plan import (
    NOT_SHOWN,
    Change,
    Purge,
    Referable,
    as_diff,
    check_references,
    plan_one,
    plan_removals,
    protection,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.resource import Field, Resource
from ansible_collections.remoteops.access.plugins.module_utils._core.server import Known
from tests.unit.plugins.module_utils._core.server_in_memory import MACHINE, MEMBERSHIP, TEAM, USER
from tests.unit.simulated import read_diff

# A field of each sort. A seed makes the same objects on every machine and every run.
EVERYTHING = Resource(
    name="everything",
    endpoint="everything",
    fields={
        "id": Field("int", computed=True),
        "name": Field(),
        "text": Field(),
        "number": Field("int"),
        "flag": Field("bool"),
        "set": Field("list", elements="str"),
        "sequence": Field("list", elements="str", ordered=True),
        "nested": Field(
            "dict",
            fields={
                "text": Field(),
                "set": Field("list", elements="str"),
                "deeper": Field("dict", fields={"flag": Field("bool"), "text": Field()}),
            },
        ),
        "people": Field(
            "list",
            elements="dict",
            key=("who",),
            fields={
                "who": Field(required=True),
                "role": Field(),
                "days": Field("list", elements="str"),
            },
        ),
        "rules": Field(
            "list",
            elements="dict",
            ordered=True,
            fields={"text": Field(), "ports": Field("list", elements="str")},
        ),
        "free": Field("dict", free=True),
        "tags": Field("dict", elements="str", free=True, purge="tag", query="tags"),
        "pin": Field(secret=True),
    },
)
SECRET = "hunter22"  # of every secret field that the chance makes


def chances(number: int = 400) -> Iterator[tuple[int, random.Random]]:
    """Yield a seed, to name a failure by, and the chance that it makes."""
    for seed in range(number):
        yield seed, random.Random(seed)


def some(rng: random.Random, field: Field, null: float = 0.2):
    """Return a value for a field as a server might show it."""
    if rng.random() < null:
        return None
    if field.has_objects:
        keys = rng.sample("abc", rng.randrange(4))
        elements = [
            {name: some(rng, inner) for name, inner in field.fields.items() if rng.random() < 0.8}
            for _key in keys
        ]
        return field.canonical(
            [
                {**element, **({field.key[0]: key} if field.key else {})}
                for key, element in zip(keys, elements, strict=True)
            ]
        )
    if field.fields:
        return {
            name: some(rng, inner) for name, inner in field.fields.items() if rng.random() < 0.8
        }
    if field.type == "dict":
        keys = rng.sample("abcd", rng.randrange(4))
        return {
            key: rng.choice(["", "x", "y"])
            if field.elements
            else rng.choice([None, 1, "x", [1], {"deep": 1}])
            for key in keys
        }
    values = {"str": ["", "x", "y"], "int": [0, 1, 2], "bool": [True, False]}
    if field.type == "list":
        return field.canonical([rng.choice("abc") for _number in range(rng.randrange(4))])
    return rng.choice(values[field.type])


def some_object(rng: random.Random) -> dict:
    """Return an object as it is after it was read: every field that can be read, canonical."""
    return {
        "name": "it",
        "id": rng.randrange(9),
        **{
            name: some(rng, field)
            for name, field in EVERYTHING.fields.items()
            if name not in ("name", "id") and not field.secret
        },
    }


def some_wish(rng: random.Random) -> dict:
    """Return what a user might ask for, without secrets: no nulls, but for keys that can be
    removed.
    """
    params = {
        name: without_nulls(some(rng, field, null=0))
        for name, field in EVERYTHING.fields.items()
        if rng.random() < 0.5 and name not in ("name", "id", "pin")
    }
    if params.get("tags") and rng.random() < 0.5:
        params["tags"]["a"] = None
    return EVERYTHING.given({"name": "it", **params}, creating=False)


def laid_over(field: Field, old, new):
    """Return ``old`` with what ``new`` mentions."""
    if field.has_objects and new is not None:
        before = {
            element.get(field.key[0]) if field.key else place: element
            for place, element in enumerate(old or [])
        }
        return [
            _element_laid_over(
                field, before.get(element.get(field.key[0]) if field.key else place), element
            )
            for place, element in enumerate(new)
        ]
    if new is None or not isinstance(new, dict):
        return old if new is None else new
    result = dict(old or {})
    for key, value in new.items():
        result[key] = (
            laid_over(field.fields[key], result.get(key), value) if field.fields else value
        )
    return result


def _element_laid_over(field: Field, old, new):
    """Return an element of a list with what ``new`` mentions."""
    return {
        **(old or {}),
        **{
            name: laid_over(field.fields[name], (old or {}).get(name), value)
            for name, value in new.items()
        },
    }


def meaning(field: Field, value):
    """Return a value in a form in which two that mean the same are equal."""
    if value is None:
        value = {"str": "", "list": [], "dict": {}}.get(field.type)
    if field.has_objects:
        elements = [
            {name: meaning(inner, element.get(name)) for name, inner in field.fields.items()}
            for element in value
        ]
        return (
            elements if field.ordered else {element[field.key[0]]: element for element in elements}
        )
    if field.fields:
        return {name: meaning(inner, value.get(name)) for name, inner in field.fields.items()}
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if item is not None}
    return set(value) if isinstance(value, list) and not field.ordered else value


def without_nulls(value):
    """Return a value as it may stand in a playbook."""
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    return (
        {key: without_nulls(item) for key, item in value.items() if item is not None}
        if isinstance(value, dict)
        else value
    )


def part_of(rng: random.Random, value, field: Field):
    """Return a part of what the server holds, written another way that means the same."""
    if field.has_objects and value is not None:
        elements = [
            {
                name: part_of(rng, element[name], inner)
                for name, inner in field.fields.items()
                if element.get(name) is not None and (name in field.key or rng.random() < 0.7)
            }
            for element in value
        ]
        return elements if field.ordered else rng.sample(elements, len(elements))
    if field.fields and value is not None:
        return {
            name: part_of(rng, value[name], inner)
            for name, inner in field.fields.items()
            if value.get(name) is not None and rng.random() < 0.7
        }
    if field.type == "dict" and value is not None:
        return {
            key: deepcopy(item)
            for key, item in value.items()
            if item is not None and rng.random() < 0.7
        }
    if field.type == "list" and value and not field.ordered:
        return rng.sample(value, len(value)) + [rng.choice(value)]
    return deepcopy(value)


def sure(change: Change | None) -> Change:
    """Return the change; there must be one."""
    assert change is not None
    return change


# --- the laws -------------------------------------------------------------------------------------------------------------


def test_an_object_that_is_as_it_is_wished_to_be_needs_no_change():
    for seed, rng in chances():
        obj = some_object(rng)
        assert plan_one(EVERYTHING, obj, deepcopy(obj)) is None, seed
        assert plan_one(EVERYTHING, obj, deepcopy(obj), exact=["tags"]) is None, seed


def test_wishing_for_a_part_of_what_is_there_already_needs_no_change_however_it_is_written():
    for seed, rng in chances():
        obj = some_object(rng)
        wish = {
            name: part_of(rng, value, EVERYTHING.fields[name])
            for name, value in obj.items()
            if value is not None and rng.random() < 0.7
        }
        assert plan_one(EVERYTHING, EVERYTHING.given(wish, creating=False), obj) is None, seed


def test_after_a_change_nothing_is_left_to_change():
    changed = 0
    for exact in ([], ["tags"]):
        for seed, rng in chances():
            obj, wish = some_object(rng), some_wish(rng)
            change = plan_one(EVERYTHING, wish, obj, exact)
            changed += change is not None
            assert (
                plan_one(EVERYTHING, wish, obj if change is None else change.after, exact) is None
            ), seed
    assert changed > 100


def test_after_an_object_was_made_nothing_is_left_to_change():
    for seed, rng in chances():
        wish = some_wish(rng)
        made = sure(plan_one(EVERYTHING, wish, None))
        assert made.action == "create", seed
        assert plan_one(EVERYTHING, wish, made.after) is None, seed


def test_what_is_exported_plans_to_nothing():
    for seed, rng in chances():
        obj = some_object(rng)
        wish = EVERYTHING.given(EVERYTHING.exported(obj), creating=False)
        for exact in ([], ["tags"]):
            assert plan_one(EVERYTHING, wish, obj, exact) is None, seed


def test_a_change_is_what_the_wish_laid_over_the_object_makes_different():
    # Against a second, plainer definition of what laying over and meaning the same are.
    for seed, rng in chances():
        obj, wish = some_object(rng), some_wish(rng)
        change = plan_one(EVERYTHING, wish, obj)
        expected = {
            name: laid_over(EVERYTHING.fields[name], value, wish.get(name))
            for name, value in obj.items()
        }
        differing = {
            name
            for name, field in EVERYTHING.fields.items()
            if not field.secret and meaning(field, obj[name]) != meaning(field, expected[name])
        }
        assert set(change.fields if change else ()) == differing, seed
        after = obj if change is None else change.after
        assert all(
            meaning(field, after.get(name)) == meaning(field, expected.get(name))
            for name, field in EVERYTHING.fields.items()
        ), seed


def test_planning_changes_neither_what_is_wished_nor_what_is_there():
    for seed, rng in chances():
        obj, wish = some_object(rng), some_wish(rng)
        copies = deepcopy((obj, wish))
        change = plan_one(EVERYTHING, wish, obj, ["tags"])
        if change:
            as_diff([change])
            change.described()
        assert (obj, wish) == copies, seed


def test_what_the_server_shows_later_does_not_change_what_a_change_says():
    for seed, rng in chances():
        obj = some_object(rng)
        change = plan_one(EVERYTHING, some_wish(rng), obj)
        if change:
            said = deepcopy((change.described(), as_diff([change])))
            for name in list(obj):
                obj[name] = "overwritten"
            assert (change.described(), as_diff([change])) == said, seed


def test_no_diff_shows_a_secret_and_every_diff_is_json():
    for seed, rng in chances():
        obj, wish = some_object(rng), {**some_wish(rng), "pin": SECRET}
        changes = [
            sure(plan_one(EVERYTHING, *sides))
            for sides in ((wish, obj), (wish, None), (None, {**obj, "pin": SECRET}))
        ]
        text = json.dumps([as_diff(changes), *(one.described() for one in changes)])
        assert SECRET not in text and NOT_SHOWN in text, seed


def test_the_order_of_options_does_not_matter():
    for seed, rng in chances():
        obj, wish = some_object(rng), some_wish(rng)
        one, other = (
            plan_one(
                EVERYTHING, {name: wish[name] for name in rng.sample(list(wish), len(wish))}, obj
            )
            for _time in range(2)
        )
        assert (one is None) == (other is None), seed
        assert one is None or (sorted(one.fields), one.after) == (
            sorted(other.fields),
            other.after,
        ), seed


# --- one object -----------------------------------------------------------------------------------------------------------


def test_an_object_that_is_to_be_absent_is_removed_if_it_is_there():
    assert plan_one(TEAM, None, None) is None
    assert sure(plan_one(TEAM, None, {"team_id": 1, "name": "Red"})).action == "delete"


def test_a_change_tells_its_action_its_name_and_what_will_be_written():
    change = sure(
        plan_one(TEAM, {"name": "Crimson", "size": 3}, {"team_id": 1, "name": "Red", "size": 3})
    )
    assert change.described() == {
        "action": "update",
        "kind": "team",
        "name": "Red",
        "fields": ["name"],
    }
    assert sure(plan_one(TEAM, {"name": "Green"}, None)).described() == {
        "action": "create",
        "kind": "team",
        "name": "Green",
        "fields": ["name"],
    }
    assert sure(plan_one(TEAM, None, {"name": "Red"})).described() == {
        "action": "delete",
        "kind": "team",
        "name": "Red",
        "fields": [],
    }
    assert sure(plan_one(MEMBERSHIP, {"team": "Red", "user": "ann"}, None)).name == "Red/ann"


def test_a_secret_that_is_wished_is_always_a_change():
    assert sure(plan_one(TEAM, {"name": "Red", "door_code": "1"}, {"name": "Red"})).fields == [
        "door_code"
    ]


def test_exact_mappings_lose_the_keys_that_are_not_given():
    obj = {"machine_id": "M1", "properties": {"a": "1", "b": "2"}}
    assert sure(plan_one(MACHINE, {"properties": {"a": "1"}}, obj, ["properties"])).after[
        "properties"
    ] == {"a": "1"}
    assert plan_one(MACHINE, {"properties": {"a": "1"}}, obj) is None
    assert plan_one(MACHINE, {"name": None}, {**obj, "name": ""}, ["properties"]) is None


def test_a_key_wished_away_from_a_mapping_that_the_server_leaves_out_is_no_change():
    assert (
        plan_one(MACHINE, {"properties": {"a": None}}, {"machine_id": "M1", "properties": None})
        is None
    )


# --- diff -----------------------------------------------------------------------------------------------------------------


def test_a_diff_shows_what_will_be_written_and_what_it_replaces():
    changes = [
        sure(
            plan_one(
                TEAM,
                {"name": "Red", "size": 4, "comments": "c"},
                {"team_id": 1, "name": "Red", "size": 3, "comments": "c"},
            )
        ),
        sure(plan_one(TEAM, {"name": "Green", "door_code": "1"}, None)),
        sure(plan_one(TEAM, None, {"team_id": 2, "name": "Blue", "size": 5})),
    ]
    assert read_diff(as_diff(changes)) == {
        "before": {"team Red": {"size": 3}, "team Blue": {"name": "Blue", "size": 5}},
        "after": {"team Red": {"size": 4}, "team Green": {"name": "Green", "door_code": NOT_SHOWN}},
    }


def test_a_diff_of_nothing_is_empty():
    assert as_diff([]) == []


def test_a_diff_shows_each_of_several_changes_even_if_their_names_read_alike():
    nodes = Resource(
        name="node",
        endpoint="nodes",
        key=("folder", "name"),
        fields={"folder": Field(), "name": Field()},
    )
    changes = [
        sure(plan_one(nodes, {"folder": "a/b", "name": "c"}, None)),
        sure(plan_one(nodes, {"folder": "a", "name": "b/c"}, None)),
    ]
    assert len(read_diff(as_diff(changes))["after"]) == 2


# --- purge ----------------------------------------------------------------------------------------------------------------


def users(number, **fields):
    """Return users by key, as they are remembered."""
    return {
        (f"u{one}",): Known({"id": one}, {"username": f"u{one}", **fields}, one)
        for one in range(number)
    }


def test_objects_that_nobody_describes_are_removed():
    assert [
        (change.action, change.name, change.identifier)
        for change in plan_removals(USER, users(2), 9, False, Purge(["user"]))
    ] == [("delete", "u0", 0), ("delete", "u1", 1)]


@pytest.mark.parametrize(
    ("present", "removed", "purge", "allowed"),
    [
        (100, 10, Purge(), True),
        (100, 11, Purge(), False),
        (20, 6, Purge(), True),
        (20, 7, Purge(), False),
        (2, 1, Purge(), True),
        (2, 2, Purge(), False),
        (100, 0, Purge(max_removed=0), True),
        (100, 1, Purge(max_removed=0), False),
        (100, 0, Purge(max_removed_percent=0), True),
        (100, 1, Purge(max_removed_percent=0), False),
        (100, 50, Purge(max_removed=50, max_removed_percent=50), True),
        (100, 51, Purge(max_removed=99, max_removed_percent=50), False),
        (10, 10, Purge(max_removed=10, max_removed_percent=100, allow_empty=True), True),
        (0, 0, Purge(max_removed=0, max_removed_percent=0), True),
        (5, 0, Purge(max_removed=-1, max_removed_percent=-1), True),
    ],
)
def test_removals_are_bounded_by_a_number_and_by_a_share(present, removed, purge, allowed):
    if allowed:
        assert len(plan_removals(USER, users(removed), present, False, purge)) == removed
    else:
        with pytest.raises(
            InputError, match=f"remove {removed} of {present} objects of kind user.*u0"
        ):
            plan_removals(USER, users(removed), present, False, purge)


def test_an_empty_list_removes_everything_only_when_it_is_allowed_to():
    everything = Purge(max_removed_percent=100)
    with pytest.raises(InputError, match="all 3 objects of kind user.*allow_empty"):
        plan_removals(USER, users(3), 3, True, everything)
    assert (
        len(
            plan_removals(USER, users(3), 3, True, Purge(max_removed_percent=100, allow_empty=True))
        )
        == 3
    )
    assert plan_removals(USER, {}, 0, True, everything) == []


def test_protected_objects_stay_unless_told_otherwise():
    guests = users(3, is_built_in=True)
    assert plan_removals(USER, guests, 3, False, Purge(max_removed_percent=100)) == []
    assert (
        len(
            plan_removals(
                USER, guests, 3, False, Purge(max_removed_percent=100, remove_protected=True)
            )
        )
        == 3
    )
    assert protection(USER, {"is_built_in": True}) == "is_built_in"
    assert protection(USER, {"is_built_in": False}) is None and protection(USER, {}) is None


def test_a_refusal_names_ten_of_those_that_would_go_and_says_that_there_are_more():
    with pytest.raises(InputError) as caught:
        plan_removals(USER, users(30), 30, False, Purge())
    assert (
        "u9" in str(caught.value) and "u10" not in str(caught.value) and "..." in str(caught.value)
    )


def test_a_refusal_that_names_all_of_them_does_not_say_that_there_are_more():
    with pytest.raises(InputError) as caught:
        plan_removals(USER, users(10), 20, False, Purge())
    assert "u9" in str(caught.value) and "..." not in str(caught.value)


# --- references -----------------------------------------------------------------------------------------------------------


def refused(wish, known, actual=None, changes=(), shared=()):
    """Return the message in which the references of a user are refused, None if they are not."""
    try:
        referable = Referable(dict(enumerate(known)), dict.fromkeys(shared, "two of them"))
        check_references(
            [(USER, {"username": "bob", **wish}, actual or {})], changes, {"team": referable}
        )
    except InputError as exc:
        return str(exc)
    return None


def test_references_are_checked_against_what_will_be_there():
    changes = [
        sure(plan_one(TEAM, {"name": "Green"}, None)),
        sure(plan_one(TEAM, None, {"name": "Red"}, identifier=0)),
    ]
    for name in ("Green", "Blue"):
        assert (
            refused({"teams": [name], "home_team": name}, ["Red", "Blue"], changes=changes) is None
        )
    for name, reason in (("Red", "would be removed"), ("Grey", "does not exist")):
        for wish in ({"teams": ["Blue", name]}, {"home_team": name}):
            option = next(iter(wish))
            assert (
                refused(wish, ["Red", "Blue"], changes=changes)
                == f"user bob: {option} names the team {name!r}, which {reason}."
            )


def test_a_reference_to_what_would_be_removed_is_refused_even_if_it_is_there_already():
    gone = [sure(plan_one(TEAM, None, {"name": "Red"}, identifier=0))]
    assert "would be removed" in refused(
        {"teams": ["Red"]}, ["Red"], {"username": "bob", "teams": ["Red"]}, gone
    )


def test_a_reference_that_dangles_already_may_stay():
    assert (
        refused(
            {"teams": ["(unknown team 7)"]}, [], {"username": "bob", "teams": ["(unknown team 7)"]}
        )
        is None
    )
    assert "does not exist" in refused(
        {"teams": ["(unknown team 7)"]}, [], {"username": "bob", "teams": []}
    )


def test_a_name_that_several_objects_bear_cannot_be_referred_to_anew():
    assert "'Red', which means several: two of them" in refused(
        {"home_team": "Red"}, ["Red"], shared=["Red"]
    )
    assert (
        refused(
            {"home_team": "Red"}, ["Red"], {"username": "bob", "home_team": "Red"}, shared=["Red"]
        )
        is None
    )


def test_references_that_are_empty_or_not_described_are_not_checked():
    assert refused({"teams": [], "home_team": None}, []) is None
    assert refused({"display_name": "x"}, [], {"username": "bob", "teams": ["Red"]}) is None


def test_a_reference_to_the_old_name_of_what_is_renamed_is_refused_and_to_the_new_one_accepted():
    rename = [
        sure(plan_one(TEAM, {"name": "Crimson"}, {"team_id": 1, "name": "Red"}, identifier=0))
    ]
    assert refused({"teams": ["Crimson"]}, ["Red"], changes=rename) is None
    message = refused({"teams": ["Red"]}, ["Red"], changes=rename)
    assert (
        message
        == "user bob: teams names the team 'Red', which would be called 'Crimson' by then; call it that."
    )


# --- what can only be given to a new object -------------------------------------------------------------------------------


def test_what_is_fixed_can_be_given_again_and_not_be_changed():
    fixed = Resource(
        "job",
        "jobs",
        fields={
            "name": Field(),
            "system": Field(fixed=True),
            "days": Field("list", elements="str", fixed=True),
        },
    )
    obj = {"name": "x", "system": "posix", "days": ["a", "b"]}
    assert plan_one(fixed, {"name": "x", "system": "posix", "days": ["b", "a"]}, obj) is None
    sure(plan_one(fixed, {"name": "x", "system": "windows"}, None)).check_fixed()
    sure(plan_one(fixed, {"name": "y"}, obj)).check_fixed()
    with pytest.raises(
        InputError,
        match="job x: system, days cannot be changed.*remove the object and make it anew",
    ):
        sure(plan_one(fixed, {"system": "windows", "days": []}, obj)).check_fixed()
