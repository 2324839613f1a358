"""What a report is, and where reports are kept.

Data moves one way through this package; each room is a sub-package, and import-linter holds the walls between them::

    payload (bytes) ── readers ──→ Content (blocks) ── extraction ──→ Report, its findings and doubts
          │                                                               │
          └──── store: WARC files  ←──────────────────  store: SQL  ←─────┘

What stands here beside the rooms says what a report is. It imports nothing of the crawler, the indexer or the web
interface.
"""
