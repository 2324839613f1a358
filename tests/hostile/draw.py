"""Hostile requests as bytes, drawn from a seed: the same seed is the same request."""

from __future__ import annotations

import random

from tests.hostile.vocabulary import ENDINGS, HEADERS, METHODS, PAGES, PARAMETERS, WORDS


def request(seed: str) -> bytes:
    """One request, head and body, as it goes over the wire."""
    chance = random.Random(seed)  # noqa: S311 - a seeded draw, no secret
    path = chance.choice(PAGES) + (chance.choice(ENDINGS) if chance.random() < 0.3 else "")
    pairs = [f"{chance.choice(PARAMETERS)}={_word(chance)}" for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 4)))]
    target = _raw(path + ("?" + "&".join(pairs) if pairs else ""))
    method = chance.choice(METHODS)
    headers = {"Host": "localhost"}
    for name in chance.sample(sorted(HEADERS), chance.choice((0, 0, 1, 1, 2, 3))):
        headers[name] = chance.choice(HEADERS[name])
    body = b"x" * chance.choice((0, 1, 5000)) if method in {"POST", "PUT"} else b""
    if body:
        headers["Content-Length"] = str(len(body))
    head = [method.encode() + b" " + target + b" HTTP/1.1"]
    head += [name.encode() + b": " + value.encode("utf-8", "surrogatepass") for name, value in headers.items()]
    return b"\r\n".join(head) + b"\r\n\r\n" + body


def _word(chance: random.Random) -> str:
    if chance.random() < 0.7:
        return chance.choice(WORDS)
    return "".join(chr(chance.choice((chance.randrange(33, 127), chance.randrange(0x4E00, 0x9FA5)))) for _ in range(8))


def _raw(words: str) -> bytes:
    """A target in the bytes that a careless program sends: no space or control, everything else as it is."""
    said = words.encode("utf-8", "surrogatepass")
    return said.replace(b" ", b"%20").replace(b"\0", b"%00").replace(b"#", b"%23")
