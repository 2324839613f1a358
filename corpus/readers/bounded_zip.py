"""A ZIP file opened with care: counted, measured and bounded before anything in it is used.

Office Open XML files are ZIP files too, so everything zipped passes here: a bomb is refused before a parser sees it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.errors import UnreadableError
from corpus.readers.limits import Limits

_UTF8_NAMES = 0x800


@dataclass(frozen=True, slots=True)
class Archive:
    """The members of a ZIP file by name, all within the limits as they declare themselves.

    Folders are parted by / (APPNOTE 4.4.17), whatever the program that wrote the file parts them by.
    """

    _members: Mapping[str, zipfile.ZipInfo]
    _zip: zipfile.ZipFile
    _limits: Limits

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members but folders."""
        return tuple(self._members)

    @classmethod
    def open(cls, payload: bytes, limits: Limits) -> Archive:
        """Open and measure. Raises UnreadableError for a damaged archive, TooLargeError beyond the limits."""
        try:
            opened = zipfile.ZipFile(io.BytesIO(payload))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
            raise UnreadableError("archive_damaged") from error
        members = [member for member in opened.infolist() if not member.is_dir()]
        limits.check_members(len(members))
        limits.check_unpacked(sum(member.file_size for member in members))
        return cls({member.filename.replace("\\", "/"): member for member in members}, opened, limits)

    def read(self, name: str) -> bytes:
        """One member, which must be there, be as long as it says and match its checksum."""
        if (member := self._members.get(name)) is None:
            raise UnreadableError("archive_damaged")
        self._limits.check_part(member.file_size)
        try:
            # zipfile never reads beyond the declared size, and a wrong one fails the checksum.
            return self._zip.read(member)
        except RuntimeError as error:
            raise UnreadableError("archive_locked") from error
        except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise UnreadableError("archive_damaged") from error

    def shown(self, name: str) -> str:
        """A member's name for a person: names without a declared encoding are GB18030 in China, not CP437."""
        if self._members[name].flag_bits & _UTF8_NAMES:
            return name
        return name.encode("cp437", errors="replace").decode("gb18030", errors="replace")
