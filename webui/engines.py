"""The search engine that the settings name: the index of the data folder, or one on a cluster."""

from __future__ import annotations

from corpus.errors import UsageError
from corpus.regions import Registry
from indexer.engine import Engine
from indexer.whoosh_engine import MEMORY, WhooshEngine
from webui.settings import Settings


def opened(settings: Settings, registry: Registry, *, memory: int = MEMORY, wait: float = 0) -> Engine:
    """The engine; a writer may take ``memory`` bytes for postings and waits so many seconds for another one.

    Raises UsageError for an address that is none, and where the extra that it takes is missing.
    """
    if not settings.engine_url:
        return WhooshEngine(
            settings.index, registry, memory=memory, kept=settings.word_room, wait=wait, ahead=settings.ahead
        )
    try:
        from indexer.opensearch_engine import OpenSearchEngine  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise UsageError(
            f"A search cluster takes the extra cluster ({error}): pip install 'nianbao[cluster]'.", "engine"
        ) from error
    return OpenSearchEngine(settings.engine_url, registry, lexicon=settings.data / "lexicon", wait=wait)


def is_made(settings: Settings) -> bool:
    """Whether there may be an index: of a cluster only the cluster knows."""
    return bool(settings.engine_url) or settings.index.is_dir()
