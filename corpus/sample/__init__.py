"""A fictional province: a generator of reports, for the demonstration, for tests and for benchmarks.

Numbers, words and pages are made apart: ``figures`` → ``faults`` → ``narrative`` → ``render``. Everything follows
from the seed, agency by agency, so that an agency's reports are the same whatever else is asked for.
No place, agency or number is real, and every report says so.
"""
