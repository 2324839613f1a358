"""The XML inside Office files, parsed so that nothing in it can reach out or grow: no entities, no network."""

from __future__ import annotations

import io
from collections.abc import Iterator

from lxml import etree

from corpus.errors import UnreadableError

_UNDECLARED = etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
"""The strict form of ECMA-376 differs from the usual one in its namespaces."""


def parsed(xml: bytes) -> etree._Element:
    """The root of a part. Raises UnreadableError for a damaged one, or one that declares entities."""
    # Some programs forget to declare a prefix: nothing is lost by it, so the parser may go on behind that alone.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(_checked(xml), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError("office_damaged") from error
    if any(error.type != _UNDECLARED for error in parser.error_log):
        raise UnreadableError("office_damaged")
    return root


def elements(xml: bytes, *tags: str) -> Iterator[etree._Element]:
    """The elements of some kinds one after the other, each freed when the next is asked for. Raises as ``parsed``."""
    found = etree.iterparse(io.BytesIO(_checked(xml)), tag=tags, resolve_entities=False, no_network=True)
    try:
        for _, element in found:
            yield element
            element.clear()
    except etree.XMLSyntaxError as error:
        raise UnreadableError("office_damaged") from error


def _checked(xml: bytes) -> bytes:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise UnreadableError("office_entities")
    for strict, usual in _STRICT.items():
        xml = xml.replace(strict, usual)
    return xml
