"""How much the tests that draw at random draw: little in everyday runs, as much as is promised in ``make thorough``."""

from __future__ import annotations

import os

THOROUGH = os.environ.get("NIANBAO_THOROUGH") == "1"

SUBSTRINGS = 10_000 if THOROUGH else 200
QUERIES = 1_000 if THOROUGH else 60
STRINGS = 100_000 if THOROUGH else 1_500
LAWS = 150
"""Random queries for which the laws of sets are tried; long.py tries 100,000."""
ASKED = 60
"""Random queries that are answered by reading everything besides; 2,000 in long.py."""
