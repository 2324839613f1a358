"""The embedded engine: a Whoosh index, evaluated by array operations."""

from indexer.whoosh_engine.commit import MEMORY
from indexer.whoosh_engine.engine import WhooshEngine

__all__ = ["MEMORY", "WhooshEngine"]
