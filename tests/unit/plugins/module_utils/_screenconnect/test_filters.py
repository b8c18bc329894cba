"""Expressions in the language of session filters: what the user's texts become in them."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import InputError
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.filters import (
    EVERYTHING,
    called,
    selecting,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.properties import (
    PropertyNames,
)

NAMES = PropertyNames({"Site": 1, "Department": 3})


def expression(**given):
    return selecting({"types": None, "where": None, "like": None, "filter": None, **given}, NAMES)


def test_without_any_choice_there_is_no_expression():
    assert expression() is None


def test_a_text_stands_in_quotes_and_its_quotes_are_doubled():
    assert expression(where={"name": ["O'Brien's"]}) == "Name = 'O''Brien''s'"


def test_one_of_several_texts_has_to_fit_and_all_attributes_have_to():
    found = expression(
        types=["access", "support"],
        where={"host": ["a", "b"], "custom_properties": {"Site": "Plant A", 3: ["x", "y"]}},
        like={"name": ["%1"]},
    )
    assert found == (
        "(SessionType = 'Access' OR SessionType = 'Support') AND (Host = 'a' OR Host = 'b') AND CustomProperty1 = 'Plant A' AND "
        "(CustomProperty3 = 'x' OR CustomProperty3 = 'y') AND Name LIKE '%1'"
    )


def test_an_expression_of_the_users_own_cannot_reach_beyond_its_part():
    assert expression(filter="Name = 'a' OR Name = 'b'") == "Name = 'a' OR Name = 'b'"
    assert (
        expression(types=["access"], filter="Name = 'a' OR Name = 'b'")
        == "SessionType = 'Access' AND (Name = 'a' OR Name = 'b')"
    )


@pytest.mark.parametrize(
    "text", ["x' OR Name <> '", "'", "''", "\\'", "') OR ('1' = '1", "a\nb", "%", "", "Ünï", "x'--"]
)
def test_no_text_is_anything_else_than_a_text_to_the_server(text):
    for expressed in (
        expression(where={"name": [text]}),
        expression(where={"custom_properties": {"Site": text}}),
        called(text),
    ):
        literals = _literals(expressed)
        assert literals and set(literals) == {text}


def _literals(expressed):
    """The texts in an expression, as a reader takes them that knows nothing but quotes."""
    parts, at = [], 0
    while (start := expressed.find("'", at)) >= 0:
        end, text = start + 1, ""
        while expressed[end] != "'" or expressed[end : end + 2] == "''":
            text += expressed[end]
            end += 2 if expressed[end : end + 2] == "''" else 1
        parts.append(text)
        at = end + 1
    return parts


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"filter": " "}, "filter must not be empty"),
        ({"where": {"name": []}}, "where.name must be a text"),
        (
            {"where": {"custom_properties": {"Site": 5}}},
            "where.custom_properties.Site must be a text",
        ),
        ({"like": {"custom_properties": {"Colour": "red"}}}, "no custom property 'Colour'"),
        ({"like": {"custom_properties": {9: "red"}}}, "no custom property 9"),
    ],
)
def test_what_makes_no_sense_is_refused(given, words):
    with pytest.raises(InputError, match=words):
        expression(**given)


def test_all_sessions_are_those_of_every_type_as_a_filter_must_not_be_empty():
    assert (
        EVERYTHING
        == "(SessionType = 'Support' OR SessionType = 'Meeting' OR SessionType = 'Access')"
    )
