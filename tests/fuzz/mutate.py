"""Mutations of a file: bytes flipped, cut, doubled and swapped for what parsers trip over; in ZIP members too."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Sequence

# What has broken parsers before: numbers at the edges, unclosed and absurd markup, entities, spans, references.
_TOKENS = (
    b"\x00", b"\xff\xff\xff\xff", b"-1", b"0", b"99999999999999999999", b"4294967295", b"1e999", b"NaN",
    b"\xef\xbb\xbf",
    b"<table>", b"</td>", b"<td colspan=99999 rowspan=99999>", b"<![CDATA[", b"<!--", b"&#xD800;", b"&#99999999;",
    b'<!DOCTYPE a [<!ENTITY b "c">]>', b"<div>" * 500, b'"' * 50, b",," * 200, b"\t" * 300, b"\n" * 300,
    "第二十条".encode(), "一、".encode() * 50, "总计".encode("gb18030"), b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"/Length 999999999", b"<< /Type /Page /Kids [1 0 R] >>", b"1 0 R", b"stream\n", b'w:val="99999999"',
    b'r="XFD1048576"', b'<c r="A1" t="s"><v>999999</v></c>',
)  # fmt: skip
_MOST = 12


def mutated(payload: bytes, chance: random.Random) -> bytes:
    """The payload with one to a dozen mutations."""
    if payload.startswith(b"PK") and chance.random() < 0.7:
        return _inside(payload, chance)
    for _ in range(chance.choice((1, 1, 2, 4, _MOST))):
        payload = chance.choice(_MUTATIONS)(payload, chance)
    return payload


def _inside(payload: bytes, chance: random.Random) -> bytes:
    """A ZIP file with one member mutated, packed again so that its checksum is right."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(payload)) as archive, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as made:
        names = archive.namelist()
        # Most of what is read stands in the larger members.
        chosen = chance.choices(names, [archive.getinfo(name).file_size + 100 for name in names])[0]
        for name in names:
            member = archive.read(name)
            made.writestr(name, mutated(member, chance) if name == chosen else member)
    return output.getvalue()


def _at(payload: bytes, chance: random.Random) -> int:
    return chance.randrange(len(payload) + 1)


def _flip(payload: bytes, chance: random.Random) -> bytes:
    made = bytearray(payload)
    for _ in range(chance.choice((1, 3, 20))):
        if made:
            made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _cut(payload: bytes, chance: random.Random) -> bytes:
    start = _at(payload, chance)
    return payload[:start] + payload[start + chance.choice((1, 10, 1000, len(payload))) :]


def _double(payload: bytes, chance: random.Random) -> bytes:
    start = _at(payload, chance)
    end = start + chance.choice((5, 100, 3000))
    return payload[:end] + payload[start:end] * chance.choice((1, 2, 30)) + payload[end:]


def _insert(payload: bytes, chance: random.Random) -> bytes:
    start = _at(payload, chance)
    return payload[:start] + chance.choice(_TOKENS) + payload[start:]


def _replace(payload: bytes, chance: random.Random) -> bytes:
    start = _at(payload, chance)
    token = chance.choice(_TOKENS)
    return payload[:start] + token + payload[start + len(token) :]


def _swap(payload: bytes, chance: random.Random) -> bytes:
    first, second = sorted((_at(payload, chance), _at(payload, chance)))
    return payload[second:] + payload[first:second] + payload[:first]


def _stream(payload: bytes, chance: random.Random) -> bytes:
    """A packed stream of a PDF unpacked, mutated and packed again."""
    starts = (
        [at for at in range(len(payload)) if payload.startswith(b"stream\n", at)] if b"%PDF" in payload[:99] else []
    )
    if not starts:
        return _flip(payload, chance)
    start = chance.choice(starts) + len(b"stream\n")
    inflate = zlib.decompressobj()
    try:
        data = inflate.decompress(payload[start:])
    except zlib.error:
        return _flip(payload, chance)
    end = len(payload) - len(inflate.unused_data)
    return payload[:start] + zlib.compress(_insert(_flip(data, chance), chance)) + payload[end:]


_MUTATIONS: Sequence[Callable[[bytes, random.Random], bytes]] = (
    _flip, _flip, _cut, _double, _insert, _insert, _replace, _replace, _swap, _stream,
)  # fmt: skip
