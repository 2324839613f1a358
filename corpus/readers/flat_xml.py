"""Office files that are one XML text: the flat form of .docx and .xlsx, and Word 2003 XML.

The flat form (``pkg:package``) holds the same parts as the ZIP file. A document of Word 2003 is WordprocessingML
before it was a standard: in another namespace, and all in one part (Office 2003 XML Reference Schemas).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from corpus.errors import UnreadableError
from corpus.readers.markup import parsed
from corpus.readers.package import Package

_ROOT = re.compile(r"\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*)*<([A-Za-z][\w.-]*(?::[\w.-]+)?)([^>]*)", re.DOTALL)
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LOWER_CASE = {"vmerge": "vMerge", "hmerge": "hMerge"}
"""Elements that were spelt otherwise in 2003."""


@dataclass(frozen=True, slots=True)
class FlatPackage:
    """Parts that stood in one text."""

    parts: Mapping[str, bytes]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self.parts)

    def read(self, name: str) -> bytes:
        """One part. Raises UnreadableError where it is missing."""
        if name not in self.parts:
            raise UnreadableError("office_damaged")
        return self.parts[name]


def root_of(text: str) -> str:
    """The name of the element that a text begins with, in its prefix's form; "" for what is no XML."""
    match = _ROOT.match(text)
    return match[1] if match else ""


def package_of(text: str) -> Package | None:
    """The parts of an Office file in one text; None for any other text. Raises UnreadableError for a damaged one."""
    match = _ROOT.match(text)
    if match is None:
        return None
    if match[1] == "pkg:package":
        return FlatPackage(_parts(element_of(text)))
    if _WORD_2003 in match[2]:
        return FlatPackage({"word/document.xml": _modern(text)})
    return None


def declares(text: str, namespace: str) -> bool:
    """Whether the first element of a text declares a namespace."""
    match = _ROOT.match(text)
    return match is not None and namespace in match[2]


def element_of(text: str) -> etree._Element:
    """A text as XML, whatever encoding it declares. Raises UnreadableError for a damaged one."""
    return parsed(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode())


def _parts(root: etree._Element) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    for part in root.iter(f"{_PKG}part"):
        name = part.get(f"{_PKG}name", "").lstrip("/")
        xml, binary = part.find(f"{_PKG}xmlData"), part.findtext(f"{_PKG}binaryData")
        if xml is not None and len(xml):
            parts[name] = etree.tostring(xml[0])
        elif binary is not None:
            try:
                parts[name] = base64.b64decode(binary)
            except binascii.Error as error:
                raise UnreadableError("office_damaged") from error
    return parts


def _modern(text: str) -> bytes:
    """A document of Word 2003 as the main part of a .docx: its styles stay where they stand."""
    root = element_of(text.replace(_WORD_2003, _WORD))
    for old, new in _LOWER_CASE.items():
        for element in root.iter(f"{{{_WORD}}}{old}"):
            element.tag = f"{{{_WORD}}}{new}"
    return etree.tostring(root)
