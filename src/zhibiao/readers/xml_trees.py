"""XML from strangers as trees of plain names."""

from __future__ import annotations

from xml.etree import ElementTree

from zhibiao.errors import InputError

Element = ElementTree.Element
MAX_DEPTH = 200


class _PlainNames(ElementTree.TreeBuilder):
    """Builds a tree without namespaces, and refuses what a document never needs: DTDs and bottomless nesting.

    Without a DTD no entity can be declared, so none can grow or fetch anything. Namespaces go because Word has two sets
    of them (ISO strict and transitional) for the same elements.
    """

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise InputError("its XML declares entities; not read")

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise InputError(f"its XML is nested deeper than {MAX_DEPTH} elements; not read")
        return super().start(_plain(tag), {_plain(name): value for name, value in attrs.items()})

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(_plain(tag))


def _plain(name: str) -> str:
    return name.rpartition("}")[2]


def parse_xml(content: bytes) -> Element:
    """Parse XML into a tree whose tags and attributes have no namespace.

    Raises
    ------
    InputError
        If it is not well-formed, nested too deeply, or has a DTD.

    Examples
    --------
    >>> parse_xml('<w:t xmlns:w="urn:w" w:val="1">高企</w:t>'.encode()).attrib
    {'val': '1'}
    >>> parse_xml(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    Traceback (most recent call last):
        ...
    zhibiao.errors.InputError: its XML declares entities; not read
    """
    parser = ElementTree.XMLParser(target=_PlainNames())  # noqa: S314  the target refuses every DTD
    try:
        parser.feed(content)
        root: Element = parser.close()
    except (ElementTree.ParseError, ValueError, LookupError):
        raise InputError("its XML is damaged; get the file again from where it came from") from None
    return root
