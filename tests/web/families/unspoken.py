"""Lists that go on, or stand, where no link says so: in the head, in data, at the end of scrolling, behind a choice."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

from tests.web.families.interfaces import told
from tests.web.families.widgets import SIZE, numbers, piece
from tests.web.server import Answer
from tests.web.style import style
from tests.web.town import OFFICES, YEARS, Town, seen


@style("unspoken")
def next_in_the_head(town: Town) -> None:
    """Only ``<link rel=next>`` says that the list goes on."""
    links = town.reports("/nb/", bodies=2, years=5)
    town.home(("/nb/", "政府信息公开年报"))

    def part(query: str, _: str) -> Answer:
        number = numbers(query).get("n", 1)
        head = f"<link rel='next' href='?n={number + 1}'>" if number * SIZE < len(links) else ""
        page = town.page("政府信息公开年报", town.rows(seen(links, SIZE, number)))
        return Answer(page.replace("</head>", f"{head}</head>").encode())

    town.put("/nb/", part)
    town.site.lists |= {f"/nb/ {n}" for n in range(2)}


@style("unspoken")
def feed_of_the_column(town: Town) -> None:
    """The page shows the newest; the feed beside it has all."""
    links = town.reports("/nb/", bodies=3, years=4)
    town.home(("/nb/", "政府信息公开年报"))
    page = town.page("政府信息公开年报", town.rows(links[:SIZE]))
    feed = "<link rel='alternate' type='application/rss+xml' href='/nb/feed.xml'>"
    town.put("/nb/", page.replace("</head>", f"{feed}</head>"))
    items = "".join(f"<item><title>{text}</title><link>{path}</link></item>" for path, text in links)
    town.put("/nb/feed.xml", f"<?xml version='1.0'?><rss><channel>{items}</channel></rss>", kind="application/rss+xml")


@style("unspoken")
def end_of_the_page(town: Town) -> None:
    """Whoever scrolls to the end is given more, a file of rows at a time, until there is no file."""
    links = town.reports("/nb/", bodies=2, years=6)
    town.column(
        "/nb/",
        seen(links, SIZE, 1),
        after="<script>var n = 1; $(window).scroll(function () { if ($(document).height() - $(window).height() -"
        " $(window).scrollTop() < 80) { n++; $.get('/nb/part_' + n + '.html', function (d) { $('ul').append(d); }); }"
        " });</script>",
    )
    for number in (2, 3):
        rows = piece(seen(links, SIZE, number))
        town.put(f"/nb/part_{number}.html", lambda *_, rows=rows: rows)


@style("unspoken")
def records_for_scripts(town: Town) -> None:
    """The page carries its records as data for scripts that are not read."""
    links = town.reports("/nb/", bodies=2, years=4)
    records = [{"href": path, "name": text} for path, text in links]
    data = json.dumps({"props": {"list": records}}, ensure_ascii=False)
    town.home(("/nb/", "政府信息公开年报"))
    town.put("/nb/", town.page("政府信息公开年报", f"<script type='application/json' id='d'>{data}</script>"))


@style("unspoken")
def chosen_year(town: Town) -> None:
    """A select whose change asks an interface; nothing is shown before."""
    rows = {year: [town.report(f"/nb/{year}/{n}.html", OFFICES[n], year) for n in range(3)] for year in YEARS[:4]}
    options = "".join(f"<option value='{year}'>{year}年</option>" for year in rows)
    town.home(("/nb/", "政府信息公开年报"))
    script = (
        "<script>$('#y').on('change', function () { $.post('/nb/of', {y: $(this).val()}, function (r) {"
        " $('#l').html(r.rows.map(function (e) { return '<a href=\"' + e.url + '\">' + e.title + '</a>'; }).join(''));"
        " }, 'json'); });</script>"
    )
    town.put("/nb/", town.page("政府信息公开年报", f"<select id='y'>{options}</select><ul id='l'></ul>{script}"))

    def answer(_: str, body: str) -> Answer:
        found = rows.get(int(parse_qs(body).get("y", ["0"])[0]), [])
        return told({"rows": [{"url": path, "title": text} for path, text in found]})

    town.put("/nb/of", answer)
    town.site.lists |= {f"/nb/of {year}" for year in rows}


@style("unspoken")
def years_with_counts(town: Town) -> None:
    """The years stand in a side bar, each with how many there are."""
    town.home(("/nb/", "政府信息公开年报"))
    years = []
    for year in YEARS[:4]:
        links = [town.report(f"/nb/{year}/{n}.html", OFFICES[n], year) for n in range(3)]
        town.put(f"/nb/of/{year}", town.listing(links, head=f"{year}年度"))
        years.append((f"/nb/of/{year}", f"{year}年度 ({len(links)})"))
    town.put("/nb/", town.page("政府信息公开年报", f"<div class='sidebar nav'>{town.rows(years)}</div>"))
