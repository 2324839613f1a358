"""Tables of ours in TOML, read into the shape that they must have."""

from __future__ import annotations

from importlib.resources import files
from typing import TypeVar

import msgspec

from corpus.errors import DataFileError

T = TypeVar("T")


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a data file: a key that is missing, unknown or of another type is an error that names it."""


def read_table(package: str, name: str, shape: type[T]) -> T:
    """The file ``name`` of a package as ``shape``. Raises DataFileError with the file and the key that is wrong."""
    return decoded((files(package) / name).read_bytes(), f"{package.replace('.', '/')}/{name}", shape)


def decoded(text: bytes, name: str, shape: type[T]) -> T:
    """TOML as ``shape``; ``name`` is the file that an error names.

    >>> decoded(b"year = 'soon'", "a.toml", dict[str, int])
    Traceback (most recent call last):
    corpus.errors.DataFileError: a.toml: Expected `int`, got `str` - at `$[...]`.
    """
    try:
        return msgspec.toml.decode(text, type=shape)
    except msgspec.DecodeError as error:
        raise DataFileError(f"{name}: {error}.") from error
