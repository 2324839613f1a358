"""The embedded engine: a Whoosh index, evaluated by array operations."""

from indexer.whoosh_engine.engine import MEMORY, WhooshEngine

__all__ = ["MEMORY", "WhooshEngine"]
