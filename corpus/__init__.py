"""What a report is, and where reports are kept.

Data moves one way through this package::

    payload (bytes) ─ text ─→ str ─ readers ─→ Content (blocks) ─ parsers ─→ Report ─ audit ─→ Findings
          │                                                                    │
       archive (WARC)  ←──────────────────  store (SQL)  ←─────────────────────┘

It imports nothing of the crawler, the indexer or the web interface.
"""
