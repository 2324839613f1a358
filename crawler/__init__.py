"""Finds and fetches; knows no report structure.

::

    source.py ─ starts ─→ frontier.py ─→ scheduler.py ─→ (Scrapy) ─→ spider.py
                              ↑  requests                               │ answer
                     response_handler.py ←── step.py (pure) ←───────────┘
                              │               page.py, records.py, links.py, platform.py
                              ↓
                     the store: archive, crawl queue, findings

``crawl.crawl`` is the door; the crawl itself runs in a process of its own (process.py).
"""
