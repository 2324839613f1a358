"""The tables of lives: an operator's rows, and the passages between bodies that follow from all rows (lives.py)."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from corpus.store.schema import Words, metadata

successions = Table(
    "successions",
    metadata,
    Column("who", Words, primary_key=True),
    Column("was", Words, primary_key=True),
    Column("since", Integer, nullable=False),
    Column("source", Words, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("was_id", Words, primary_key=True),
    Column("who_id", Words, primary_key=True, index=True),
    Column("was", Words, nullable=False),
    Column("who", Words, nullable=False),
    Column("was_region", Words, nullable=False),
    Column("who_region", Words, nullable=False),
    Column("since", Integer, nullable=False),
    Column("was_last", Integer, nullable=False),
    Column("who_first", Integer, nullable=False),
    Column("how", Words, nullable=False),
    Column("source", Words, nullable=False),
)
