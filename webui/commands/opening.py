"""The store of the settings, opened to look at or to write to."""

from __future__ import annotations

from corpus.errors import StoreError
from corpus.store import Store
from webui.settings import Settings


def existing(settings: Settings) -> Store:
    """The store of the data folder, which must be there: looking makes nothing."""
    if settings.store_url is None and not settings.data.exists():
        raise StoreError(f"There is no data folder {settings.data}: add reports first, or name another with --data.")
    return Store.look(settings.data, settings.store_url)


def to_write(settings: Settings) -> Store:
    """The store of the settings, made if absent; another writer is waited for."""
    return Store.open(settings.data, settings.store_url, wait=settings.wait)
