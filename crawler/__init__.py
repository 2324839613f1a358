"""Finds and fetches; knows no report structure.

::

    source.py ─ starts ─→ frontier.py ─→ scheduler.py ─→ (Scrapy) ─→ spider.py
                              ↑  requests                               │ answer
                     response_handler.py ←── take_step.py (pure) ←──────┘
                              │                │ page.py: links (anchors.py), what scripts tell (scripts.py, sandbox/)
                              │                │ interfaces.py: answers with records (records.py) and their next part
                              │                │ verdict.py: a report, a list, nothing, a shut door
                              │                └ links.py by words, induction.py by shape, platform.py by system
                              ↓
                     the store: archive, crawl queue, findings

``crawl.crawl`` is the door; the crawl itself runs in a process of its own (process.py).
"""
