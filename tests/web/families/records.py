"""Records inside the page's own script, under many names and in many forms."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from tests.web.style import styles
from tests.web.town import Link, Town

Script = Callable[[Sequence[Link]], str]


def _told(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


RECORDS: dict[str, Script] = {
    "object_keys_unquoted": lambda links: (
        "var rows = [" + ",".join(f"{{bt:'{t}',lj:'{u}',rq:'2026-01-18'}}" for u, t in links) + "];"
    ),
    "upper_case_keys": lambda links: "var DATA=" + _told([{"INFOTITLE": t, "INFOURL": u} for u, t in links]),
    "nested_with_extras": lambda links: (
        "window.__STATE__=" + _told({"page": {"items": [{"meta": {"x": 1}, "name": t, "href": u} for u, t in links]}})
    ),
    "json_parse_escaped": lambda links: (
        "var d = JSON.parse('"
        + json.dumps([{"docTitle": t, "docUrl": u} for u, t in links]).replace("\\", "\\\\")
        + "');"
    ),
    "rows_of_arrays": lambda links: (
        "var arr = new Array();" + "".join(f"arr[{n}] = ['{n}', '{t}', '{u}'];" for n, (u, t) in enumerate(links))
    ),
    "two_parallel_arrays": lambda links: (
        f"var names = {_told([t for _, t in links])};\nvar hrefs = {_told([u for u, _ in links])};"
    ),
    "document_write": lambda links: "".join(f"document.write('<li><a href=\"{u}\">{t}</a></li>');" for u, t in links),
    "html_put_together": lambda links: (
        "var h='';" + "".join(f"h += \"<p><a href='{u}'>{t}</a></p>\";" for u, t in links) + "$('#x').html(h);"
    ),
    "escaped_markup": lambda links: (
        'var html = "' + "".join(f'<li><a href=\\"{u}\\">{t}<\\/a><\\/li>' for u, t in links) + '";'
    ),
}


@styles("records", RECORDS)
def in_page(town: Town, script: Script) -> None:
    """The list is empty; its rows stand in the script below it."""
    links = town.reports("/zwgk/c/", bodies=2)
    town.column("/zwgk/nb/index.html", [], after=f"<ul id='x'></ul><script>\n{script(links)}\n</script>")
