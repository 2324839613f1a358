from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.opensearch_engine.cuts import Cut, written
from indexer.segment import Segmenter

TEXTS = st.lists(
    st.sampled_from(
        ("政务公开", "政府信息公开", "人民政府", "人民", "市", "1,234件", "2019年", "abc", "。", " ", "讨薪")
    ),
    max_size=30,
).map("".join)


@given(text=TEXTS)
def test_a_kept_cut_tells_where_words_and_beginnings_of_words_stand(segmenter: Segmenter, text: str) -> None:
    tokens, starts = segmenter.tokens(text)
    cut = Cut(text, written(text, tokens, starts))
    standing = {(token, start) for token, start in zip(tokens, starts, strict=True)}
    assert sorted(cut.tokens()) == sorted(token for token, _ in standing)
    for token in {*tokens, "无"}:
        assert cut.word(token) == sorted(start for other, start in standing if other == token)
        for begun in (token[:1], token[:2]):
            # Several words may begin at one place: that counts once, as in the embedded engine's postings.
            assert cut.prefix(begun) == sorted({start for other, start in standing if other.startswith(begun)})
