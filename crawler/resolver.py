"""Names are resolved to public addresses only: a redirect, or a name's owner, leads nobody into a private network.

The address that is judged here is the one that is connected to, so a name cannot say one thing first and another later.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

from crawler.address import private

if TYPE_CHECKING:
    from twisted.internet.defer import Deferred


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver, which gives no address of this machine or of a private network."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 - Twisted's name
        """The address of a name; fails with DNSLookupError for a private one."""
        return super().getHostByName(name, timeout).addCallback(_public, name)


def _public(address: str, name: str) -> str:
    if private(address):
        raise DNSLookupError(f"{name} stands for {address}, which is no public address")
    return address
