from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from webui.textdiff import PHRASE, Span, applied, diff, origins, repeated, sentences

TEXTS = st.text(alphabet="公开政府信息的，。；\n12.Ab", max_size=120)


@given(TEXTS, TEXTS)
def test_a_diff_applied_gives_the_newer_text_and_keeps_the_older(before: str, after: str) -> None:
    spans = diff(before, after)
    assert applied(spans) == after
    assert "".join(span.text for span in spans if span.kind != "added") == before
    assert all(span.text for span in spans)
    same, characters = repeated(spans)
    assert 0 <= same <= characters == len(after)


@given(TEXTS)
def test_a_text_repeats_itself_whole(text: str) -> None:
    assert diff(text, text) == ((Span("same", text),) if text else ())
    assert "".join(sentences(text)) == text
    assert set(origins(text, {2020: text})) <= {2020}


def test_a_changed_number_shows_as_that_number() -> None:
    spans = diff("全年公开信息1,204条。热线照旧。", "全年公开信息1,311条。热线照旧。")
    assert spans == (
        Span("same", "全年公开信息"),
        Span("removed", "1,204"),
        Span("added", "1,311"),
        Span("same", "条。热线照旧。"),
    )
    assert repeated(spans) == (len("条。热线照旧。") if len("条。热线照旧。") >= PHRASE else 0, len(applied(spans)))


def test_a_sentence_comes_from_the_earliest_year_that_has_it() -> None:
    earlier = {2020: "甲事已办。", 2021: "甲事已办。乙事在办。"}
    found = origins("甲事已办。\n乙事在办。丙事待办，尚无结果。乙事在办。", earlier)
    assert found == {2020: (5, "甲事已办。"), 2021: (10, "乙事在办。"), None: (10, "丙事待办，尚无结果。")}


def test_a_text_too_long_to_compare_counts_as_written_anew() -> None:
    before = "".join(chr(0x4E00 + at) for at in range(3000))
    after = before[:1500] + "新" + before[1500:]
    assert diff(before, after) == (Span("removed", before), Span("added", after))
