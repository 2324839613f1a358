"""The words of an index with how often each occurs: OpenSearch tells in how many reports a word is, not how often.

They lie in an index beside the build: what every commit has added and taken away, some thousand words a document.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice

from indexer.opensearch_engine.cluster import Cluster
from indexer.opensearch_engine.dsl import EVERYTHING

_WORDS = 20_000
"""Words in a document."""


def name(build: str) -> str:
    """The index of the words of a build."""
    return f"{build}-words"


def make(cluster: Cluster, build: str) -> None:
    """Begin it; what there is already was begun by a call whose answer was lost."""
    body = {
        "settings": {"auto_expand_replicas": "0-1", "number_of_shards": 1},
        "mappings": {
            "dynamic": "strict",
            "properties": {"id": {"type": "keyword"}, "counts": {"type": "object", "enabled": False}},
        },
    }
    cluster.create(name(build), body)


def add(cluster: Cluster, build: str, commit: str, counts: Counter[str], *, whole: bool = False) -> None:
    """Keep what a commit has changed, or the ``whole`` that stands for all before; the same commit replaces itself."""
    former = [hit["_id"] for hit in cluster.walk(name(build), EVERYTHING, 1_000, source=False)] if whole else []
    changed = iter([(word, count) for word, count in counts.items() if count])
    kept: set[str] = set()
    while words := list(islice(changed, _WORDS)):
        id_ = f"{commit}-{len(kept)}"
        kept.add(id_)
        # As lists: a word may be anything, an object's name may not.
        body = {"id": id_, "counts": {"words": [word for word, _ in words], "times": [count for _, count in words]}}
        cluster.ask(cluster.client.index, index=name(build), id=id_, body=body)
    for id_ in set(former) - kept:
        cluster.ask(cluster.client.delete, index=name(build), id=id_)
    cluster.ask(cluster.client.indices.refresh, index=name(build))


def read(cluster: Cluster, build: str) -> Counter[str]:
    """All words."""
    found: Counter[str] = Counter()
    for hit in cluster.walk(name(build), EVERYTHING, 20, ["counts"]):
        counts = hit["_source"]["counts"]
        for word, times in zip(counts["words"], counts["times"], strict=True):
            found[word] += times
    return +found
