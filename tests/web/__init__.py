"""Miniature government sites, served on loopback: one module builds them, one serves them."""
