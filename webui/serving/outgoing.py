"""What the system still has to send over a connection: Granian takes every piece of an answer at once and keeps it.

Its ``send_bytes`` waits for nobody, so that an export whose reader takes nothing would be made to its end, in memory.
Whoever makes pieces asks here first. Linux tells (proc(5), ``/proc/net/tcp``); elsewhere nothing is known, and 0.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, ip_address
from pathlib import Path

_TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))


def unsent(peer: str) -> int:
    """Bytes that wait for the other end, given as ``address:port``, or are under way to it; 0 for an unknown one."""
    try:
        names = _names(peer)
    except ValueError:
        return 0
    for table in _TABLES:
        try:
            lines = table.read_text("ascii").splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            _, _, remote, _, queues, *_ = line.split()
            if remote in names:
                return int(queues.partition(":")[0], 16)
    return 0


def _names(peer: str) -> frozenset[str]:
    """An address and its port as the tables have them: words of four bytes in the machine's order."""
    host, _, port = peer.rpartition(":")
    address = ip_address(host.strip("[]"))
    packed = [address.packed]
    if isinstance(address, IPv4Address):
        packed.append(bytes(10) + b"\xff\xff" + address.packed)
    words = [
        "".join(f"{socket.ntohl(int.from_bytes(each[at : at + 4])):08X}" for at in range(0, len(each), 4))
        for each in packed
    ]
    return frozenset(f"{word}:{int(port):04X}" for word in words)
