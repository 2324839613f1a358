"""What a file is, told by its first bytes, and in which files a report may be looked for: one vocabulary for all rooms.

Signatures as the formats' own specifications give them (ISO 32000-1, 7.5.2; APPNOTE 4.3.7; MS-CFB 2.2; RFC 1952; POSIX
ustar); suffixes as publishers use them: WPS writes .wps and .et, which are Word's and Excel's binary files.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Medium:
    """A kind of file. ``name`` is what a person calls it; ``suffixes`` are those under which a report comes.

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
        "a binary Office file",
        "application/x-ole-storage",
        (".doc", ".wps", ".wpt", ".dot", ".xls", ".et", ".ett", ".xlt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    ),
    Medium(
        "zip",
        "a ZIP file",
        "application/zip",
        (".zip", ".docx", ".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".xlsb", ".xltx", ".xltm", ".odt", ".ods"),
        (b"PK\x03\x04", b"PK\x05\x06"),
    ),
    Medium("rar", "a RAR archive", "application/vnd.rar", (".rar",), (b"Rar!\x1a\x07",)),
    Medium("7z", "a 7z archive", "application/x-7z-compressed", (".7z",), (b"7z\xbc\xaf\x27\x1c",)),
    Medium("gzip", "a gzip file", "application/gzip", (".gz", ".tgz"), (b"\x1f\x8b\x08",)),
    Medium("bzip2", "a bzip2 file", "application/x-bzip2", (".bz2",), (b"BZh",)),
    Medium("xz", "an xz file", "application/x-xz", (".xz",), (b"\xfd7zXZ\x00",)),
    Medium("tar", "a tar archive", "application/x-tar", (".tar",), (b"ustar",), at=257),
    Medium("rtf", "a Rich Text file", "application/rtf", (".rtf",), (b"{\\rtf",)),
    Medium("png", "a picture (PNG)", "image/png", (), (b"\x89PNG",)),
    Medium("jpeg", "a picture (JPEG)", "image/jpeg", (), (b"\xff\xd8\xff",)),
    Medium("gif", "a picture (GIF)", "image/gif", (), (b"GIF8",)),
    Medium("bmp", "a picture (BMP)", "image/bmp", (), (b"BM",)),
    Medium("tiff", "a picture (TIFF)", "image/tiff", (), (b"II*\x00", b"MM\x00*")),
    Medium("webp", "a picture (WebP)", "image/webp", (), (b"WEBPVP8",), at=8),
    Medium("program", "a program", "application/x-msdownload", (), (b"MZ\x90\x00", b"\x7fELF")),
    Medium("sound", "a sound file", "audio/mpeg", (), (b"ID3\x02", b"ID3\x03", b"ID3\x04", b"RIFF")),
    Medium("film", "a film", "video/mp4", (), (b"ftyp",), at=4),
    Medium("caj", "a CAJ file", "application/x-caj", (), (b"CAJ\x00", b"HN\x00\x00", b"KDH ")),
    # A PDF may begin with other bytes: readers look for its header in the first 1,024 (ISO 32000-1, annex H).
    Medium("pdf", "a PDF", "application/pdf", (".pdf",), (b"%PDF-",), within=1024),
    # Without a signature: told by their words.
    Medium("page", "a web page", "text/html", (".html", ".htm", ".shtml", ".xhtml", ".shtm", ".xht")),
    Medium("web archive", "a web archive", "multipart/related", (".mht", ".mhtml")),
    Medium("xml", "an XML file", "application/xml", (".xml", ".fodt")),
    Medium("json", "a JSON text", "application/json", (".json",)),
    Medium("csv", "a text with separators", "text/csv", (".csv", ".tsv")),
    Medium("text", "a plain text", "text/plain", (".txt", ".md", ".markdown", ".text")),
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


def may_hold_report(name: str) -> bool:
    """Whether a file of this name is of a kind in which a report may be looked for."""
    return PurePosixPath(name).suffix.lower() in SUFFIXES


def has_suffix(name: str, *media: str) -> bool:
    """Whether a file's name ends as those of some kinds of files (by id) do."""
    suffix = PurePosixPath(name).suffix.lower()
    return any(suffix in medium.suffixes for medium in MEDIA if medium.id in media)
