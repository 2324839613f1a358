"""OpenSearch as the second engine: our tokens, our clauses, its postings."""

from indexer.opensearch_engine.engine import OpenSearchEngine

__all__ = ["OpenSearchEngine"]
