"""Moving archive files up to a bucket, whole, once nobody writes to them.

The order is that of all evidence here: first the bytes are there, then a row points to them, and only then the file is
removed. What breaks off in between is done again by the next run.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.store.bucket import Bucket
from corpus.store.evidence import EvidenceStore
from corpus.store.warc import nobody_writes


def move(store: EvidenceStore, bucket: Bucket) -> Iterator[tuple[str, int]]:
    """Move what can be moved; the name and the bytes of each file. Raises ArchiveError where the bucket fails.

    An original in it that no row names is taken in first: nobody would look for it there.
    """
    there = store.moved.every()
    for path in sorted(store.archive.folder.glob("*.warc.gz")):
        with nobody_writes(path) as still:
            if not still:
                continue
            size = path.stat().st_size
            if path.name not in there:
                store.adopt(path.name)
                bucket.put(path)
                store.moved.note(path.name, bucket.address_of(path.name), size)
            path.unlink()
        yield path.name, size
