"""Repeated sentences: planted ones are found; and in whatever order reports come, the outcome is the same."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from corpus.analysis.repetition import find_repetitions, traces
from corpus.model import Agency, Report, Section
from corpus.store import Store
from corpus.store.schema import meta
from corpus.store.wording_tables import told
from tests.analyses.boilerplate import score
from webui.commands.stages import bring_up_to_date_index
from webui.settings import Settings

SENTENCES = (
    "部分栏目更新滞后，群众查找起来十分不便。",
    "经办人员一人身兼数职，业务培训时断时续。",
    "解读材料照搬文件原文，图表和短片太少了。",
    "意见征集结束之后，采纳与否没有下文可查。",
    "老旧页面的链接打不开，却长期无人过问它。",
)
BODIES = tuple(Agency(f"{name}人民政府", code, "county", "government") for name, code in (
    ("甲县", "990101"), ("乙县", "990102"), ("丙县", "990103"),
))  # fmt: skip


def drawn(chance: random.Random) -> list[Report]:
    """Reports of three bodies over six years, each with some of the sentences."""
    return [
        Report(body, year, f"{body.name}{year}", None, (Section("problems", "五", (_text(chance),)),), {}, ())
        for body in BODIES
        for year in range(2018, 2024)
    ]


def _text(chance: random.Random) -> str:
    return "".join(chance.sample(SENTENCES, chance.randint(0, 4)))


def take(store: Store, report: Report, day: int = 1) -> str:
    address = f"https://www.{report.agency.region}.gov.example/{report.year}.html"
    payload = f"{report.title}{report.sections}".encode()
    moment = datetime(2026, 1, day, tzinfo=UTC)
    snapshot = store.keep(payload, url=address, source=address, media_type="text/html", captured=moment)
    return store.accept(snapshot, report, "1")


def outcome(store: Store) -> dict[str, tuple[object, ...]]:
    """Shares and traces of every report, without the numbers that depend on the order."""
    t = told.c
    with store.database.reading() as connection:
        rows = connection.execute(select(t.id, t.copied, t.own, t.others))
        shares = {row.id: tuple(row)[1:] for row in rows}
    return {
        stored.id: (
            shares[stored.id],
            *((t.sentence, tuple(o.id for o in t.own), t.other and t.other.id) for t in traces(store, stored)),
        )
        for stored in store.reports()
    }


def by_hand(reports: Iterable[Report]) -> dict[str, list[tuple[list[str], str | None]]]:
    """For every sentence: the body's earlier reports, and the earliest of another body; straight from the texts."""
    every = sorted(reports, key=lambda report: (report.year, report.id))
    found: dict[str, list[tuple[list[str], str | None]]] = {}
    for report in every:
        found[report.id] = []
        earlier = [each for each in every if each.year < report.year]
        for sentence in filter(None, report.sections[0].text.split("。")):
            having = [each for each in earlier if sentence in each.sections[0].text]
            own = [each.id for each in having if each.agency == report.agency]
            found[report.id].append((own, next((each.id for each in having if each.agency != report.agency), None)))
    return found


def test_it_is_what_the_texts_say_whatever_came_first(tmp_path: Path) -> None:
    for seed in range(6):
        chance = random.Random(seed)  # noqa: S311 - an order, not a secret
        reports = drawn(chance)
        told = by_hand(reports)
        chance.shuffle(reports)
        with Store.open(tmp_path / str(seed)) as store:
            while reports:
                for report in reports[:5]:
                    take(store, report)
                del reports[:5]
                find_repetitions(store)
            found = {
                stored.id: [([own.id for own in t.own], t.other.id if t.other else None) for t in traces(store, stored)]
                for stored in store.reports()
            }
            assert found == told
            for stored in store.reports():
                lines = told[stored.id]
                lengths = [len(each) + 1 for each in stored.report.sections[0].text.split("。")[:-1]]
                copied = sum(length for length, (own, other) in zip(lengths, lines, strict=True) if own or other)
                assert stored.copied == (round(100 * copied / sum(lengths), 1) if lengths else None)


@pytest.mark.parametrize("seed", range(5))
def test_what_changed_or_went_is_compared_anew(tmp_path: Path, seed: int) -> None:
    """Change after change leaves what one comparison of the same reports finds."""
    chance = random.Random(seed)  # noqa: S311 - texts, not secrets
    present = {report.id: report for report in drawn(chance)}
    with Store.open(tmp_path / "one") as store:
        for report in present.values():
            take(store, report)
        find_repetitions(store)
        for day in range(2, 6):
            for report in chance.sample(drawn(chance), 4):
                if report.id in present:
                    take(store, report, day)
                    present[report.id] = report
            store.withhold(gone := chance.choice(sorted(present)), "an order")
            del present[gone]
            assert find_repetitions(store) > 0
        now = outcome(store)
    with Store.open(tmp_path / "two") as store:
        for report in present.values():
            take(store, report)
        find_repetitions(store)
        assert outcome(store) == now


def test_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        for report in drawn(random.Random(1)):  # noqa: S311 - texts, not secrets
            take(store, report)
        assert find_repetitions(store) == 18
        revision = store.revision()
        assert find_repetitions(store) == 0
        assert store.revision() == revision


def test_the_shares_it_notes_give_no_other_analysis_work(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        for report in drawn(random.Random(1)):  # noqa: S311 - texts, not secrets
            take(store, report)
        before = store.revision()
        bring_up_to_date_index(store, Settings(data=tmp_path))
        with store.database.reading() as connection:
            rows = dict(tuple(row) for row in connection.execute(select(meta.c.name, meta.c.value)))
        revision = rows.pop("revision")
        marks = {name: value for name, value in rows.items() if name not in {"schema", "comparison"}}
        assert revision > before
        assert len(marks) >= 6
        assert set(marks.values()) == {revision}


def test_no_word_of_what_is_withheld_is_left(tmp_path: Path) -> None:
    secret = Report(
        BODIES[0], 2022, "甲县", None, (Section("problems", "五", ("张某某的住址和电话被公开在网上。",)),), {}, ()
    )
    with Store.open(tmp_path) as store:
        id_ = take(store, secret)
        find_repetitions(store)
        store.withhold(id_, "personal data")
        find_repetitions(store)
        with store.database.reading() as connection:
            assert connection.exec_driver_sql("select count(*) from wordings").scalar() == 0
            assert connection.exec_driver_sql("select count(*) from sketches").scalar() == 0


def test_planted_copies_are_found_and_nothing_else(tmp_path: Path) -> None:
    found = score(1, tmp_path, reports=240)
    assert found.planted > 50
    assert found.precision >= 0.99, found.wrong[:5]
    assert found.recall >= 0.97, found.missed[:5]
