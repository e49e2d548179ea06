"""XML without DTDs, namespaces or bottomless nesting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.errors import InputError
from zhibiao.readers.xml_trees import MAX_DEPTH, parse_xml

LAUGHS = "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;</a>"


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (LAUGHS.encode(), "declares entities"),
        (LAUGHS.encode("utf-16"), "declares entities"),
        (b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "declares entities"),
        (b"<a>&b;</a>", "damaged"),
        (b"<a><b></a>", "damaged"),
        (b"", "damaged"),
        (b"<?xml version='1.0' encoding='gb18030'?><a/>", "damaged"),
        (b"<a>" * (MAX_DEPTH + 1), "nested deeper"),
        (b"<a>" * 100_000, "nested deeper"),
    ],
)
def test_parse_xml_refuses(xml: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        parse_xml(xml)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_parse_xml_reads_every_encoding_of_the_format(codec: str) -> None:
    root = parse_xml("<w:p xmlns:w='urn:w'><w:t w:x='1'>高企</w:t></w:p>".encode(codec))
    assert (root.tag, root[0].tag, root[0].attrib, root[0].text) == ("p", "t", {"x": "1"}, "高企")


@given(st.binary(max_size=60))
def test_parse_xml_raises_nothing_but_input_errors(xml: bytes) -> None:
    for content in (xml, b"<a>" + xml + b"</a>"):
        try:
            parse_xml(content)
        except InputError:
            continue
