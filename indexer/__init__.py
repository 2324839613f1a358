"""Turns reports into an index and answers searches; knows no HTTP request.

::

    Stored ─ document ─→ Document ─ segment, postings ─→ Engine ←─ Query ─ SearchRequest
                                                           │
                          bits ─→ scores ─→ facets ─→ snippets ─→ SearchResult

Everything but ``whoosh_engine`` is independent of the engine that keeps the postings.
"""
