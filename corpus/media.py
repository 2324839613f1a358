"""What a file is, told by its first bytes, and in which files a report may be looked for: one vocabulary for all rooms.

Signatures as the formats' own specifications give them (ISO 32000-1, 7.5.2; APPNOTE 4.3.7; MS-CFB 2.2; RFC 1952; POSIX
ustar); suffixes as publishers use them: WPS writes .wps and .et, which are Word's and Excel's binary files.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Medium:
    """A kind of file. ``name`` is what a person calls it, in any language; a report comes under the ``suffixes``.

    One of the ``signatures`` stands ``at`` this offset in it, or up to ``within`` bytes behind.
    """

    id: str
    name: str
    media_type: str
    suffixes: tuple[str, ...] = ()
    signatures: tuple[bytes, ...] = ()
    at: int = 0
    within: int = 0

    def signs(self, payload: bytes) -> bool:
        """Whether a payload, of which the first 2,048 bytes are enough, bears the signature."""
        last = self.at + self.within
        return any(payload.find(signature, self.at, last + len(signature)) >= 0 for signature in self.signatures)


MEDIA = (
    Medium(
        "ole",
        "Office 97–2003",
        "application/x-ole-storage",
        (".doc", ".wps", ".wpt", ".dot", ".xls", ".et", ".ett", ".xlt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    ),
    Medium(
        "zip",
        "ZIP",
        "application/zip",
        (".zip", ".docx", ".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".xlsb", ".xltx", ".xltm", ".odt", ".ods"),
        (b"PK\x03\x04", b"PK\x05\x06"),
    ),
    Medium("rar", "RAR", "application/vnd.rar", (".rar",), (b"Rar!\x1a\x07",)),
    Medium("7z", "7z", "application/x-7z-compressed", (".7z",), (b"7z\xbc\xaf\x27\x1c",)),
    Medium("gzip", "gzip", "application/gzip", (".gz", ".tgz"), (b"\x1f\x8b\x08",)),
    Medium("bzip2", "bzip2", "application/x-bzip2", (".bz2",), (b"BZh",)),
    Medium("xz", "xz", "application/x-xz", (".xz",), (b"\xfd7zXZ\x00",)),
    Medium("tar", "tar", "application/x-tar", (".tar",), (b"ustar",), at=257),
    Medium("rtf", "RTF", "application/rtf", (".rtf",), (b"{\\rtf",)),
    Medium("png", "PNG", "image/png", (), (b"\x89PNG",)),
    Medium("jpeg", "JPEG", "image/jpeg", (), (b"\xff\xd8\xff",)),
    Medium("gif", "GIF", "image/gif", (), (b"GIF8",)),
    Medium("bmp", "BMP", "image/bmp", (), (b"BM",)),
    Medium("tiff", "TIFF", "image/tiff", (), (b"II*\x00", b"MM\x00*")),
    Medium("webp", "WebP", "image/webp", (), (b"WEBPVP8",), at=8),
    Medium("program", "EXE", "application/x-msdownload", (), (b"MZ\x90\x00", b"\x7fELF")),
    Medium("sound", "MP3", "audio/mpeg", (), (b"ID3\x02", b"ID3\x03", b"ID3\x04", b"RIFF")),
    Medium("film", "MP4", "video/mp4", (), (b"ftyp",), at=4),
    Medium("caj", "CAJ", "application/x-caj", (), (b"CAJ\x00", b"HN\x00\x00", b"KDH ")),
    # A PDF may begin with other bytes: readers look for its header in the first 1,024 (ISO 32000-1, annex H).
    Medium("pdf", "PDF", "application/pdf", (".pdf",), (b"%PDF-",), within=1024),
    # Without a signature: told by their words.
    Medium("page", "HTML", "text/html", (".html", ".htm", ".shtml", ".xhtml", ".shtm", ".xht")),
    Medium("web archive", "MHTML", "multipart/related", (".mht", ".mhtml")),
    Medium("xml", "XML", "application/xml", (".xml", ".fodt", ".fods")),
    Medium("json", "JSON", "application/json", (".json",)),
    Medium("csv", "CSV", "text/csv", (".csv", ".tsv")),
    Medium("text", "TXT", "text/plain", (".txt", ".md", ".markdown", ".text")),
)
"""Every kind of file that is told apart, in the order in which signatures are tried."""

SUFFIXES = frozenset(suffix for medium in MEDIA for suffix in medium.suffixes)
"""The endings of files in which a report may be looked for, in lower case."""

SIGNED_WITHIN = 2048
"""So many bytes of a payload tell which signature it bears."""


def medium_of(payload: bytes) -> Medium | None:
    """The kind of file whose signature a payload bears, white space before it aside; None for text and the unknown."""
    head = payload[:SIGNED_WITHIN]
    return next((medium for medium in MEDIA if medium.signs(head) or medium.signs(head.lstrip())), None)


def is_picture(payload: bytes) -> bool:
    """Whether a payload is one."""
    medium = medium_of(payload)
    return medium is not None and medium.media_type.startswith("image/")


def may_hold_report(name: str) -> bool:
    """Whether a file of this name is of a kind in which a report may be looked for."""
    return PurePosixPath(name).suffix.lower() in SUFFIXES


def has_suffix(name: str, *media: str) -> bool:
    """Whether a file's name ends as those of some kinds of files (by id) do."""
    suffix = PurePosixPath(name).suffix.lower()
    return any(suffix in medium.suffixes for medium in MEDIA if medium.id in media)
