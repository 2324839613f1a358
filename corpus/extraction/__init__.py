"""Blocks → Report: metadata, sections, tables, claims of the text, doubts. Blind to the format they came from."""
