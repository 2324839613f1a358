"""Files with one trait each that public bug reports of PDF, Word, sheet and web libraries tell of.

A trait prints the same report in a manner that misleads a program and no person: every cell must come back right, or,
where even a person could not say what it holds, blank and flagged. ``catalogue`` gathers them all.
"""
