"""Blocks → the parts of a report: metadata, sections, tables. Blind to the format the blocks came from."""
