"""``python -m crawler``: a crawl in a process of its own, told by crawl.crawl what to do."""

import sys

from crawler.process import main

sys.exit(main())
