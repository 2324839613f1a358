"""Everything that Nianbao raises on purpose.

::

    NianbaoError                 one sentence that says what to do; the command line exits 1 with it
    ├── DoubtError               a code with values: why a payload is no report, told in either language
    │   ├── UnreadableError      a payload that cannot become blocks
    │   │   ├── TooLargeError    beyond a size limit of the settings
    │   │   ├── UnsupportedError a format that no reader knows
    │   │   └── NoTextError      an image or scan: nothing to read, kept and counted
    │   └── NotAReportError      blocks without what makes a report (docs/contract.md, "What is a report")
    ├── StoreError               the store cannot be opened or does not hold what was asked for
    │   ├── StoreLostError       its database went away in the middle of something, which is rolled back
    │   └── ArchiveError         an archived payload is missing or does not have its digest
    │       └── WithheldError    it is there and given to nobody
    ├── SearchIndexError         the index is missing, stale or damaged
    │   └── AwayError            the cluster that holds it, or a part of it, is not there now: later it may be
    ├── DataFileError            a table of ours does not say what it must
    ├── OverBudgetError          an answer would take longer than it may
    └── UsageError               a parameter or an option that means nothing
"""

from __future__ import annotations

import errno

from corpus.doubts import recalled, said

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a system says when a disk, a quota or a file has no more room (errno(3))."""


class NianbaoError(Exception):
    """The root of the tree. ``str(error)`` is one sentence for a person."""


class DoubtError(NianbaoError):
    """What is told by a code of ``doubts.toml`` and its values; ``str(error)`` is its English."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.doubt = recalled(code, values)

    def __str__(self) -> str:
        return said(self.doubt)


class UnreadableError(DoubtError):
    """The payload cannot be turned into blocks."""


class TooLargeError(UnreadableError):
    """The payload is beyond a limit of the settings."""


class UnsupportedError(UnreadableError):
    """No reader knows this format."""


class NoTextError(UnreadableError):
    """The file holds pictures of text, not text."""


class NotAReportError(DoubtError):
    """The blocks do not make a report; ``str(error)`` is the reason."""


class StoreError(NianbaoError):
    """The store cannot be opened, or lacks what was asked for."""


class StoreLostError(StoreError):
    """The database went away and may come back: what was under way is rolled back, what was stored stands."""


class ArchiveError(StoreError):
    """An archived payload is missing, or is not what its digest says."""


class WithheldError(ArchiveError):
    """An archived payload is withheld (docs/operations.md, "Withholding")."""


class SearchIndexError(NianbaoError):
    """The index is missing, stale or damaged."""


class AwayError(SearchIndexError):
    """The cluster that holds the index, or a part of it, is not there now: later it may be."""


class OverBudgetError(NianbaoError):
    """An answer would take longer than it may."""


class DataFileError(NianbaoError):
    """A data file lacks a key, or has one that nobody knows or of another type; the error names file and key."""


class UsageError(NianbaoError):
    """A parameter or option that means nothing.

    ``parameter`` names it, so that a form or an address can be mended.
    """

    def __init__(self, message: str, parameter: str | None = None) -> None:
        super().__init__(message)
        self.parameter = parameter
