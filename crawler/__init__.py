"""Finds and fetches; knows no report structure.

::

    source.py, sources.csv ─ starts ─→ frontier.py ─→ scheduler.py ─→ (Scrapy) ─→ spider.py ─→ the store's archive
                                           ↑                                         │
                       leads ── links.toml, links.py ←── page.py, records.py ←───────┘
                                platforms.toml, platform.py

``crawl.crawl`` is the door; the crawl itself runs in a process of its own (process.py).
"""
