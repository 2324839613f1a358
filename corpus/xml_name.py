"""What an XML element is called, whoever wrote it."""

from __future__ import annotations


def local_name(tag: object) -> str:
    """An XML element's tag, whose type lxml leaves open, without its namespace, or a prefix that nothing declares.

    >>> local_name("{http://purl.org/dc/elements/1.1/}date"), local_name("dc:date"), local_name("date")
    ('date', 'date', 'date')
    """
    return str(tag).rpartition("}")[2].rpartition(":")[2]
