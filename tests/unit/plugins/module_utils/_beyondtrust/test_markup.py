"""What reading XML promises: any namespace, flat memory, and nothing that a hostile server sends
has an effect or is repeated.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
import traceback

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust import markup
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import ServerError

SECRET = "s3cret"
MEGABYTE = 10**6


def run(script: str) -> list:
    """Run the script in a Python of its own and return the JSON that it prints."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", script]
    return json.loads(
        subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout
    )


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def parsed(data: bytes) -> str:
    return markup.text(markup.parse(data))


def streamed(data: bytes) -> str:
    return "".join(markup.text(element) for element in markup.elements(cut(data, 10_000), "r"))


@pytest.fixture(params=[parsed, streamed])
def read(request):
    """Both ways to read the text of a document whose root is named r."""
    return request.param


def entities(*declarations: str) -> str:
    return (
        "<!DOCTYPE r [" + "".join(f"<!ENTITY {declaration}>" for declaration in declarations) + "]>"
    )


LAUGHS = entities('a0 "ha"', *(f'a{number} "{f"&a{number - 1};" * 10}"' for number in range(1, 10)))
HOSTILE = {
    "a billion laughs": f"{LAUGHS}<r>&a9;</r>",
    "a billion laughs in an attribute": f'{LAUGHS}<r a="&a9;"/>',
    "quadratic blow-up": entities(f'a "{"x" * 50_000}"') + "<r>" + "&a;" * 50_000 + "</r>",
    "an entity that is a file": entities('a SYSTEM "file:///etc/passwd"') + "<r>&a;</r>",
    "a parameter entity that is a file": '<!DOCTYPE r [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]><r/>',
    "a DTD in a file": '<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>',
    "a DTD with a public name": '<!DOCTYPE r PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "xhtml1-strict.dtd"><r/>',
    "an empty DTD": "<!DOCTYPE r []><r/>",
    "a default value for an attribute": '<!DOCTYPE r [<!ATTLIST r a CDATA "x">]><r/>',
    "an HTML page": "<!DOCTYPE html><html><body>Log in</body></html>",
    "a DTD after comments": '<?xml version="1.0"?>\n<!-- a -->\n<?b?>\n<!DOCTYPE r><r/>',
    "a DTD after a long comment": f"<!--{'x' * 200_000}--><!DOCTYPE r><r/>",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("document", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_document_type_is_refused_in_any_encoding(read, document, encoding):
    with pytest.raises(ServerError, match="declares a document type"):
        read(document.encode(encoding))


def test_a_document_type_is_refused_before_more_is_read():
    def chunks():
        yield b"<!DOCTYPE r [<!ENTITY a 'x'>]>"
        raise AssertionError("more was read")

    with pytest.raises(ServerError, match="declares a document type"):
        next(markup.elements(chunks(), "r"))


def test_nothing_is_fetched_from_the_network(read):
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        for document in (
            f'<!DOCTYPE r SYSTEM "{address}"><r/>',
            entities(f'a SYSTEM "{address}"') + "<r>&a;</r>",
        ):
            with pytest.raises(ServerError, match="declares a document type"):
                read(document.encode())
        located = f'<r xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:noNamespaceSchemaLocation="{address}">fine</r>'
        included = (
            f'<r xmlns:i="http://www.w3.org/2001/XInclude">fine<i:include href="{address}"/></r>'
        )
        for document in (located, included):
            assert read(document.encode()) == "fine"
        assert select.select([server], [], [], 0.1)[0] == []


@pytest.mark.parametrize(
    "document",
    [
        b"<r>" * 5_000 + b"</r>" * 5_000,
        b"<r>" + b"x" * 11 * MEGABYTE + b"</r>",
        b"<r><![CDATA[" + b"x" * 11 * MEGABYTE + b"]]></r>",
        b"<r a='" + b"x" * 11 * MEGABYTE + b"'/>",
        b"<r " + b"x" * 11 * MEGABYTE + b"='1'/>",
        b"<r>&undeclared;</r>",
    ],
    ids=[
        "deep nesting",
        "huge text",
        "huge CDATA",
        "huge attribute",
        "huge name",
        "undeclared entity",
    ],
)
def test_what_exceeds_the_bounds_of_the_parser_is_refused(read, document):
    with pytest.raises(ServerError, match="not well-formed XML, or is cut off"):
        read(document)


@pytest.mark.parametrize(
    "document",
    [
        "",
        " ",
        SECRET,
        f"<{SECRET}",
        f"<r a='{SECRET}",
        f"<r>{SECRET}",
        f"<r><{SECRET}></r>",
        f"<r>&{SECRET};</r>",
        f"<r/>{SECRET}",
        f"<r {SECRET}/>",
        f"<{SECRET}:r/>",
        f'{{"error": "{SECRET}"}}',
        f"<r a='1' a='{SECRET}'/>",
        f"<r>{SECRET}\x00</r>",
        f"<r></r><{SECRET}/>",
    ],
)
def test_malformed_xml_is_refused_and_not_repeated_in_the_error(read, document):
    with pytest.raises(
        ServerError, match=r"not well-formed XML, or is cut off \(line \d+, column \d+\)"
    ) as caught:
        read(document.encode())
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_a_document_that_is_cut_off_anywhere_is_refused(read):
    document = "<?xml version='1.0'?>\n\n<r xmlns='urn:x'><a b='1'>é &amp; <![CDATA[<c>]]></a><!-- d --></r>".encode()
    assert read(document) == ""
    for length in range(len(document)):
        with pytest.raises(ServerError):
            read(document[:length])


def test_a_document_may_be_as_long_as_the_limit_and_no_longer():
    document = b"<r>" + b"x" * 93 + b"</r>"
    assert markup.text(markup.parse(document, limit=100)) == "x" * 93
    with pytest.raises(ServerError, match="100 bytes of XML.* at most 99"):
        markup.parse(document, limit=99)


@pytest.mark.parametrize(
    "namespace",
    ["", ' xmlns="http://www.bomgar.com/namespaces/API/command"', ' xmlns="urn:anything"'],
)
def test_elements_are_found_by_their_local_names_in_any_namespace_or_none(namespace):
    root = markup.parse(
        f"<health_check{namespace}>\n\n<shared_ips> <ip> 192.0.2.10\n</ip> </shared_ips></health_check>".encode()
    )
    assert markup.local(root) == "health_check"
    assert markup.local(markup.find(root, "shared_ips", "ip")) == "ip"
    assert markup.text(root, "shared_ips", "ip") == "192.0.2.10"


def test_text_tells_an_empty_element_from_one_that_is_missing():
    root = markup.parse(
        b"<r> own <a/><b><c/></b><b><d> <!-- no --> x<!-- no -->y<?no?><![CDATA[<z>]]></d></b></r>"
    )
    assert markup.text(root) == "own"
    assert markup.text(root, "a") == ""
    assert markup.text(root, "b", "d") == "xy<z>"
    assert markup.text(root, "b", "missing") is None
    assert markup.find(root, "missing", "d") is None
    assert markup.find(root) is root


def test_a_stream_gives_the_same_elements_wherever_it_is_cut():
    document = (
        "<?xml version='1.0' encoding='UTF-8'?>\n\n<!-- a --><list xmlns='urn:x'>\n junk <other><s n='0'>é</s></other>"
        "<s n='1'>one &amp; <b>two</b> tail</s> tail <s n='2'/><y:s xmlns:y='urn:y' n='3'><![CDATA[<s>]]></y:s></list>\n"
    ).encode()
    expected = [
        (element.get("n"), "".join(element.itertext()))
        for element in markup.parse(document).iter("{*}s")
    ]
    assert [number for number, text in expected] == ["0", "1", "2", "3"]
    for size in range(1, len(document) + 1):
        assert [
            (element.get("n"), "".join(element.itertext()))
            for element in markup.elements(cut(document, size), "s")
        ] == expected


def test_an_element_within_one_of_the_same_name_is_part_of_it():
    found = [
        [child.get("n") for child in element.iter("s")]
        for element in markup.elements([b"<r><s n='1'><a><s n='2'/></a></s><s n='3'/></r>"], "s")
    ]
    assert found == [["1", "2"], ["3"]]


def test_the_root_itself_can_be_streamed():
    assert [markup.text(element) for element in markup.elements(cut(b"<r>all</r>", 1), "r")] == [
        "all"
    ]


def test_an_element_is_given_out_before_the_rest_arrives_and_emptied_afterwards():
    def chunks():
        yield b"<r><s>1</s><s>2</s>"
        raise ConnectionError("the rest did not arrive")

    stream = markup.elements(chunks(), "s")
    first = next(stream)
    assert markup.text(first) == "1"
    assert markup.text(next(stream)) == "2"
    assert markup.text(first) == ""
    with pytest.raises(ConnectionError):
        next(stream)


def test_a_stream_that_ends_too_early_gives_what_came_and_then_an_error():
    stream = markup.elements([b"<r><s>1</s>", b"<s>2"], "s")
    assert markup.text(next(stream)) == "1"
    with pytest.raises(ServerError, match="cut off"):
        next(stream)


@pytest.mark.parametrize(
    "document",
    [
        b"<r><s>" + b"<a/>" * 50_000 + b"</s></r>",
        b"<r>" + b"<junk/>" * 50_000 + b"<s/></r>",
        b"<r><s/>" + b"<junk>x</junk>" * 50_000 + b"</r>",
    ],
    ids=["one huge element", "junk before", "junk after"],
)
def test_a_stream_without_the_end_of_a_wanted_element_is_refused_at_the_limit(document):
    with pytest.raises(
        ServerError, match="more than 100000 bytes of XML without the end of a s element"
    ):
        list(markup.elements([document], "s", limit=100_000))


def test_a_stream_may_be_longer_than_the_limit():
    document = b"<r>" + b"<s>x</s>" * 50_000 + b"</r>"
    assert sum(1 for _element in markup.elements([document], "s", limit=100_000)) == 50_000


MEMORY = """
import json
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust import markup

def peak():
    # Not getrusage: there a child begins with the peak of its parent.
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))

def stream(megabytes):
    sessions = b"<group name='x'><session id='1'><a>text</a> <b c='1'/></session> tail</group>\\n" * 1000
    yield b"<report>"
    for _number in range(megabytes * 10 ** 6 // len(sessions)):
        yield sessions
    yield b"</report>"

count = sum(1 for element in markup.elements(stream(1), "session"))
small = peak()
more = sum(1 for element in markup.elements(stream(10), "session"))
large = peak()
markup.parse(b"".join(stream(5)))
print(json.dumps([more / count, large / small, peak() / small]))
"""


def test_a_stream_of_ten_times_the_length_needs_no_more_memory():
    length, streaming, whole_tree = run(MEMORY)
    assert length > 9
    assert streaming < 1.05
    assert whole_tree > 2, "the measurement would not have seen a tree that grows"


WITHOUT_LXML = """
import json, sys
sys.modules["lxml"] = None
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust import markup
from ansible_collections.remoteops.access.plugins.module_utils._core import errors

def error(function):
    try:
        function()
    except errors.Error as exc:
        return str(exc)

print(json.dumps([markup.LXML_IMPORT_ERROR, error(lambda: markup.parse(b"<r/>")), error(lambda: list(markup.elements([b"<r/>"], "r")))]))
"""


def test_without_lxml_the_module_can_be_imported_and_says_what_is_missing_when_used():
    reason, parsing, streaming = run(WITHOUT_LXML)
    assert "import of lxml halted" in reason
    assert parsing == streaming
    assert "library lxml is missing" in parsing
    assert markup.LXML_IMPORT_ERROR is None


@pytest.mark.parametrize("piece", [b"<a/>", b"<a></a>", b'<a b="" c=""/>', b"<a>x</a>"])
def test_elements_and_attributes_are_counted_before_any_is_made(piece, monkeypatch):
    monkeypatch.setattr(markup, "MOST_PARTS", 100)
    document = b"<r>" + piece * 101 + b"</r>"
    with pytest.raises(ServerError, match="more than 100 elements and attributes"):
        markup.parse(document)
    with pytest.raises(ServerError, match="more than 100 elements and attributes"):
        list(markup.elements([document], "wanted"))
    assert len(list(markup.elements([document], "a"))) == 101, (
        "given out one by one, they need no more memory"
    )
