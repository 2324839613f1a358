"""Reports printed over several pages: each page a snapshot, all of them one document."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.server import Answer
from tests.web.style import styles
from tests.web.town import OFFICES, YEARS, Town

# Addresses of a report's parts from its stem, and what stands below part n (from 1) of 3.
Names = Callable[[str, int], str]
Below = Callable[[str, int], str]


def _underscore(stem: str, n: int) -> str:
    return f"{stem}.html" if n == 1 else f"{stem}_{n}.html"


def _from_zero(stem: str, n: int) -> str:
    return f"{stem}.html" if n == 1 else f"{stem}_{n - 1}.html"


def _query(stem: str, n: int) -> str:
    return f"{stem}.html" if n == 1 else f"{stem}.html?page={n}"


def _folder(stem: str, n: int) -> str:
    return f"{stem}.html" if n == 1 else f"{stem}/{n}.html"


def _numbers(names: Names) -> Below:
    def below(stem: str, n: int) -> str:
        shown = " ".join(f"<b>{k}</b>" if k == n else f"<a href='{names(stem, k)}'>{k}</a>" for k in (1, 2, 3))
        return f"<div class='fy'>{shown}</div>"

    return below


PARTS: dict[str, tuple[Names, Below]] = {
    "parts_numbered": (_underscore, _numbers(_underscore)),
    "parts_next": (
        _query,
        lambda stem, n: f"<p align=center><a href='{_query(stem, n + 1)}'>下一页</a></p>" if n < 3 else "<p>完</p>",
    ),
    "parts_in_a_folder": (_folder, _numbers(_folder)),
    "parts_rest": (_underscore, lambda stem, n: f"<a href='{_underscore(stem, n + 1)}'>余下全文</a>" if n < 3 else ""),
    "parts_by_script": (
        _from_zero,
        lambda stem, n: f"<script>createPageHTML(3, {n - 1}, '{stem.rpartition('/')[2]}', 'html');</script>",
    ),
}


@styles("parts", PARTS)
def over_three_pages(town: Town, part: tuple[Names, Below]) -> None:
    """Two sections a page."""
    names, below = part
    links = []
    for year in YEARS[:3]:
        stem = f"/gk/nb/{year}"
        links.append(town.report(names(stem, 1), OFFICES[0], year))
        for n in (1, 2, 3):
            page = town.article(OFFICES[0], year, slice(n * 2 - 2, n * 2), after=below(stem, n))
            town.site.routes[names(stem, n)] = Answer(page.encode())
        town.site.parts |= {names(stem, 2), names(stem, 3)}
    town.column("/gk/nb/", links)
