"""One vocabulary of kinds of files: what the crawler keeps, a folder is searched for and the readers read."""

from __future__ import annotations

import pytest

from corpus.media import MEDIA, may_hold_report, medium_of
from corpus.readers.formats import _READERS, _READERS_BY_NAME
from crawler.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("payload", "id_"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\n\xef\xbb\xbfHTTP/1.1 200 OK\r\n\r\n%PDF-1.4", "pdf"),
        (b"PK\x03\x04rest", "zip"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"Rar!\x1a\x07\x01\x00", "rar"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (bytes(257) + b"ustar\x0000", "tar"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
        (b"\r\n  {\\rtf1", "rtf"),
        (b"\x89PNG\r\n", "png"),
        ("<html>年报".encode(), None),
        ("BMI 指数".encode("utf-16-le"), None),
    ],
)
def test_a_kind_of_file_is_told_by_its_bytes(payload: bytes, id_: str | None) -> None:
    medium = medium_of(payload)
    assert (medium.id if medium else None) == id_


@pytest.mark.parametrize(
    "name", ["a.et", "a.DOCM", "a.xlsm", "a.tsv", "a.md", "a.7z", "a.wps", "a.mht", "a.tar", "a.gz"]
)
def test_a_folder_is_searched_for_every_file_that_can_be_read(name: str) -> None:
    assert may_hold_report(name)


@pytest.mark.parametrize("name", ["a.exe", "a.png", "a.css", "a", "docx"])
def test_other_files_are_passed_over(name: str) -> None:
    assert not may_hold_report(name)


def test_every_signature_with_a_suffix_has_its_reader() -> None:
    assert {medium.id for medium in MEDIA if medium.signatures and medium.suffixes} == {*_READERS, *_READERS_BY_NAME}


def test_the_crawler_follows_no_file_that_no_reader_knows() -> None:
    # OFD is asked for so that it is kept and told: its reader is still to come.
    assert {name for name in vocabulary().attachments if not may_hold_report(f"a.{name}")} == {"ofd"}
