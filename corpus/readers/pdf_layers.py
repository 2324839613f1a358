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
            return cls(_numbers(properties, "OCGs") - _numbers(usual, "ON") | _unviewed(usual))
        return cls(_numbers(usual, "OFF") | _unviewed(usual))

    def hide(self, member: Any) -> bool:
        """Whether what belongs to a layer is hidden; what belongs to several is, where all of them are off."""
        if isinstance(member, PDFObjRef) and member.objid in self.off:
            return True
        told = resolve1(member)
        groups = resolve1(told.get("OCGs")) if isinstance(told, dict) else None
        each = groups if isinstance(groups, list) else [told["OCGs"]] if groups else []
        return bool(each) and all(map(self.hide, each))


def _unviewed(usual: Mapping[str, Any]) -> frozenset[int]:
    """The layers that are switched off for whoever looks at the document, as those for print alone (8.11.4.5)."""
    events = [resolve1(event) for event in resolve1(usual.get("AS")) or ()]
    groups = [
        group
        for event in events
        if literal_name(event.get("Event", "")) == "View"
        for group in resolve1(event.get("OCGs")) or ()
        if isinstance(group, PDFObjRef)
    ]
    return frozenset(group.objid for group in groups if _view_state(resolve1(group)) == "OFF")


def _view_state(group: Mapping[str, Any]) -> str:
    usage = resolve1(group.get("Usage")) or {}
    view = resolve1(usage.get("View")) or {}
    return str(literal_name(view.get("ViewState", "ON")))


def _numbers(holder: Mapping[str, Any], name: str) -> frozenset[int]:
    return frozenset(each.objid for each in resolve1(holder.get(name)) or () if isinstance(each, PDFObjRef))
