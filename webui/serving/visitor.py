"""Who asks: the address at the other end, or where that is a proxy of ours, the one that it names."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

from webui.settings import Network


def visitor(peer: str, forwarded: str, proxies: Collection[Network]) -> str:
    """The nearest address that is no trusted proxy's; ``forwarded`` is X-Forwarded-For, the nearest hop last.

    Anybody can write that header, so it is read from its end, and no further than trusted hands wrote it.

    >>> ours = [ipaddress.ip_network("127.0.0.0/8")]
    >>> visitor("127.0.0.1", "6.6.6.6, 198.51.100.7", ours), visitor("203.0.113.9", "6.6.6.6", ours)
    ('198.51.100.7', '203.0.113.9')
    """
    nearest = peer
    for hop in (peer, *reversed(forwarded.split(","))):
        address = _address(hop.strip())
        if address is None:
            break
        nearest = hop.strip()
        if not any(address in network for network in proxies):
            break
    return nearest


def is_trusted(peer: str, proxies: Collection[Network]) -> bool:
    """Whether the other end is a proxy of ours."""
    address = _address(peer)
    return address is not None and any(address in network for network in proxies)


def household(address: str) -> str:
    """What is counted as one visitor: an IPv4 address, or the /64 that one customer has in IPv6 (RFC 6177)."""
    known = _address(address)
    if isinstance(known, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((known, 64), strict=False))
    return address


def _address(words: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(words.strip("[]"))
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
