"""Lists that do not end, or that are larger than anything is, are given up after so many pages and
bytes.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from contextlib import closing

import httpx
import pytest

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust import lists
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.lists import (
    MOST_UNCOUNTED_PAGES,
    PAGE,
    every_page,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import ServerError
from ansible_collections.remoteops.access.plugins.module_utils._core.http import Session


class Pages:
    """Pages of a list, as ``objects(number)`` tells, with the headers that count them; how often
    one was asked for is counted.
    """

    def __init__(self, objects, size=1000, **headers):
        self.objects, self.size, self.asked = objects, size, 0
        self.headers = {
            f"x-bt-pagination-{name.replace('_', '-')}": str(value)
            for name, value in headers.items()
        }

    def __call__(self, per_page, current_page):
        self.asked += 1
        return [{"id": each} for each in self.objects(current_page)], self.headers, self.size


def read(pages):
    """Return all that every_page makes of pages."""
    with closing(
        Session(
            "https://server.test",
            transport=httpx.MockTransport(lambda request: httpx.Response(200)),
        )
    ) as session:
        return every_page(session, pages, "/things")


def full(number):
    return range(PAGE * (number - 1), PAGE * number)


@pytest.mark.parametrize(
    ("objects", "asked", "message"),
    [
        (full, MOST_UNCOUNTED_PAGES, "does not count its objects and has no end"),
        (lambda number: range(PAGE), 2, "the same page again and again"),
        (
            lambda number: range(PAGE) if number % 2 else range(PAGE, 2 * PAGE),
            3,
            "the same page again and again",
        ),
        (lambda number: [*range(PAGE - 1), PAGE + number], MOST_UNCOUNTED_PAGES, "has no end"),
        (lambda number: range(PAGE + number - 1), 1, None),
        (
            lambda number: full(number) if number < 3 else range(2 * PAGE),
            3,
            "200 objects on a page of 100",
        ),
    ],
    ids=[
        "new objects for ever",
        "one page",
        "two in turn",
        "one new object on each",
        "a page of any size",
        "a page larger than asked for",
    ],
)
def test_pages_that_nobody_counts_are_read_while_they_bring_something_new_and_not_for_ever(
    objects, asked, message
):
    pages = Pages(objects)
    if message is None:
        pages.objects = lambda number: range(PAGE + 1)
        assert len(read(pages)) == PAGE + 1
    else:
        with pytest.raises(ServerError, match=message):
            read(pages)
    assert pages.asked == asked


def test_an_object_that_moved_to_the_next_page_meanwhile_is_there_once():
    pages = Pages(lambda number: range(PAGE) if number == 1 else range(PAGE - 1, PAGE + 5))
    assert [record["id"] for record in read(pages)] == list(range(PAGE + 5))


@pytest.mark.parametrize(
    ("headers", "asked", "message"),
    [
        ({"last_page": 2001}, 1, "claims to have 2001 pages"),
        ({"last_page": 2000, "total": 150}, 1, "claims to have 2000 pages with 150 objects"),
        ({"last_page": 3, "total": 350}, 6, "lists 300 objects and counts 350"),
    ],
)
def test_pages_that_are_counted_wrongly_are_not_believed(headers, asked, message):
    pages = Pages(full, **headers)
    with pytest.raises(ServerError, match=message):
        read(pages)
    assert pages.asked == asked


@pytest.mark.parametrize("headers", [{}, {"last_page": 1000}])
def test_pages_that_are_too_large_all_together_are_refused(headers):
    pages = Pages(full, size=lists.LARGEST_LIST // 10, **headers)
    with pytest.raises(ServerError, match="bytes in all"):
        read(pages)
    assert pages.asked < 10 + 17  # those that were on their way at the same time are finished
