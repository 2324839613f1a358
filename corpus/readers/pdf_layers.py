"""Which layers of a PDF are off when it opens (ISO 32000-1, 8.11): what belongs to them is not seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import literal_name


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers of a document that are off, by the numbers of their objects."""

    off: frozenset[int] = frozenset()

    @classmethod
    def of(cls, document: Any) -> Layers:
        """As the document's own configuration says."""
        properties = resolve1(document.catalog.get("OCProperties")) or {}
        usual = resolve1(properties.get("D")) or {}
        if literal_name(usual.get("BaseState", "ON")) == "OFF":
            return cls(_numbers(properties, "OCGs") - _numbers(usual, "ON"))
        return cls(_numbers(usual, "OFF"))

    def hide(self, member: Any) -> bool:
        """Whether what belongs to a layer is hidden; what belongs to several is, where all of them are off."""
        if isinstance(member, PDFObjRef) and member.objid in self.off:
            return True
        told = resolve1(member)
        groups = resolve1(told.get("OCGs")) if isinstance(told, dict) else None
        each = groups if isinstance(groups, list) else [told["OCGs"]] if groups else []
        return bool(each) and all(map(self.hide, each))


def _numbers(holder: Mapping[str, Any], name: str) -> frozenset[int]:
    return frozenset(each.objid for each in resolve1(holder.get(name)) or () if isinstance(each, PDFObjRef))
