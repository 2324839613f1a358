"""One reader a format; each gives the same Content (corpus/blocks.py)."""
