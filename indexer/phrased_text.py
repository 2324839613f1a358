"""What a text says in words over several runs: what is left out, what joins two, which years (phrases.toml)."""

from __future__ import annotations

import re

from indexer.phrases import any_of, phrases


def excluded(text: str) -> str:
    """讨薪 不含 尾矿库, 除平澜市外 讨薪: what is not wanted, behind a minus."""
    data = phrases()
    begin = r"(?<![^\s(])"
    outside = any_of(data.outside)
    bounded = r"(?:的|,|，)?(?=$|[\s()|])"  # 除夕外出 leaves nothing out
    text = re.sub(rf"{begin}除(?!了)([^\s()|]{{2,}}?)(?:{outside}){bounded}", r" -\1 ", text)
    text = re.sub(rf"{begin}除了([^\s()|]+?)(?:{outside})(?:的|,|，)?", r" -\1 ", text)
    text = re.sub(rf"{begin}(?:{any_of(data.without)})(?!求)\s*([^\s()|]+?)(?:{outside})?(?=$|[\s()|])", r"-\1", text)
    text = re.sub(rf"{begin}(?:{any_of(data.without_year)})(?=[12]\d{{3}}年?(?:$|[\s()|]))", "-", text)
    return re.sub(rf"{begin}(?:{any_of(data.without_apart)})\s+(?=\S)", "-", text, flags=re.IGNORECASE)


def joined(text: str) -> str:
    """讨薪 或者 停车位, 讨薪 or 停车位: the operator that stands there in words; in a foreign text it is a word."""
    if text.isascii():
        return text
    for operator, words in phrases().joins.items():
        text = re.sub(rf"(?<=[^\s(|])\s+(?:{any_of(words)})\s+(?=[^\s)|])", f" {operator} ", text)
    return text


def years(text: str) -> str:
    """2021 2022 and 2021/2022 are two years, of which a report has one; 18-20年; 年份 2019; >2019; since 2020."""
    begin, end = r"(?<![^\s(])", r"(?=$|[\s)])"
    text = re.sub(rf"{begin}年[份度]\s+(?=[12]\d{{3}})", "", text)
    text = re.sub(rf"{begin}([012]\d)年?[-~至到]([012]\d)年度?{end}", r"20\1..20\2", text)
    text = re.sub(rf"{begin}([<>]=?|[≥≤])\s*(20\d\d)年?{end}", r"年份\1\2", text)
    beside = rf"{begin}20\d\d年?(?:(?:\s+|/)20\d\d年?)+{end}"
    text = re.sub(beside, lambda found: "、".join(f"{year}年" for year in re.findall(r"20\d\d", found[0])), text)
    if not text.isascii() and not re.search(r"[a-z]", text, re.IGNORECASE):
        return text
    span = rf"{begin}(?:from|between)?\s*(20\d\d)\s+(?:to|and|through)\s+(20\d\d){end}"
    text = re.sub(span, r"\1..\2", text, flags=re.IGNORECASE)
    for words, form in phrases().years.items():
        said = rf"{begin}(?:{words})\s+(20\d\d){end}"
        text = re.sub(said, lambda found, form=form: form.format(found[1]), text, flags=re.IGNORECASE)  # type: ignore[misc]
    return text
