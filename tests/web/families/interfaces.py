"""Interfaces behind lists: how a script asks for records, page by page, and what it is answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from tests.web.server import Answer
from tests.web.style import style, styles
from tests.web.town import JSON, Link, Town, seen

SIZE = 4


def told(data: object) -> Answer:
    """Data as an interface answers it."""
    return Answer(json.dumps(data, ensure_ascii=False).encode(), media_type=JSON)


def records(links: Sequence[Link], title: str = "title", address: str = "url") -> list[dict[str, object]]:
    """Records under given key names, with what else records have."""
    return [
        {"id": n, title: text, "pubDate": "2026-01-18 09:30", address: path} for n, (path, text) in enumerate(links)
    ]


@dataclass(frozen=True)
class Paged:
    """An interface asked by GET: its address as the script has it, the parameter that turns, and what it counts."""

    address: str
    parameter: str
    counts: str = "page"
    title: str = "title"
    link: str = "url"
    root: Callable[[list[dict[str, object]], int], object] = lambda rows, total: {"total": total, "rows": rows}


PAGED = {
    "json_page_no": Paged("/api/content/list?cid=31&pageNo=1&pageSize=4", "pageNo", title="docTitle", link="docRelUrl"),
    "json_cur_page": Paged(
        "/front/list.do?column=nb&curPage=1&rows=4", "curPage", link="article_url", title="article_title"
    ),
    "json_offset": Paged("/open/api/docs?ch=12&offset=0&limit=4", "offset", "records", link="htmlUrl", title="docName"),
    "json_start": Paged("/search/docs?q=年报&start=0&length=4", "start", "records", link="linkUrl", title="infoTitle"),
    "json_upper_case": Paged("/gk/getInfo?type=9&PAGE=1&SIZE=4", "PAGE", title="TITLE", link="DOCURL"),
    "json_from_zero": Paged(
        "/cms/news?cat=7&page=0&size=4",
        "page",
        "from 0",
        root=lambda rows, total: {"totalElements": total, "content": rows},
    ),
    "json_nested": Paged(
        "/gk/data?c=5&p=1&n=4",
        "p",
        title="bt",
        link="lj",
        root=lambda rows, total: {
            "code": 0,
            "result": {"page": {"count": total}, "data": {"items": [{"doc": row} for row in rows]}},
        },
    ),
    "json_array_alone": Paged("/list/nb.json?pageIndex=1&pageSize=4", "pageIndex", root=lambda rows, _: rows),
    "json_in_a_string": Paged(
        "/svc/List?cid=8&page=1&size=4",
        "page",
        root=lambda rows, total: {"d": json.dumps({"total": total, "list": rows})},
    ),
}


def _first(query: str, paged: Paged) -> int:
    asked = int(parse_qs(query, keep_blank_values=True)[paged.parameter][0])
    return asked if paged.counts == "records" else (asked - (paged.counts == "page")) * SIZE


@styles("interfaces", PAGED)
def by_get(town: Town, paged: Paged) -> None:
    """The address stands whole in the page's script, for its first page."""
    links = town.reports("/c/", bodies=2, years=5)
    town.column("/gk/nb.html", [], after=f"<ul id='list'></ul><script>$.getJSON('{paged.address}', draw);</script>")

    def interface(query: str, _: str) -> Answer:
        start = _first(query, paged)
        return told(paged.root(records(links[start : start + SIZE], paged.title, paged.link), len(links)))

    town.aside(paged.address.partition("?")[0], interface)
    town.site.lists |= {"page 1", "page 2", "page 3"}


@style("interfaces")
def json_cursor(town: Town) -> None:
    """Each answer names the cursor of the next, until it is null."""
    links = town.reports("/c/", bodies=2, years=5)
    town.column("/gk/nb.html", [], after="<ul></ul><script>fetch('/api/feed?channel=nb&cursor=').then(draw)</script>")

    def interface(query: str, _: str) -> Answer:
        start = int(parse_qs(query).get("cursor", ["0"])[0])
        following = str(start + SIZE) if start + SIZE < len(links) else None
        return told({"data": {"list": records(links[start : start + SIZE]), "cursor": following}})

    town.aside("/api/feed", interface)
    town.site.lists |= {"page 1", "page 2", "page 3"}


@style("interfaces")
def json_files(town: Town) -> None:
    """Static files, list_1.json, list_2.json …, each of which says how many there are."""
    links = town.reports("/c/", bodies=2, years=5)
    town.column("/gk/nb.html", [], after="<ul></ul><script>$.ajax({url:'/data/nb/list_1.json',success:draw})</script>")
    for number in (1, 2, 3):
        town.put(f"/data/nb/list_{number}.json", told({"pages": 3, "list": records(seen(links, SIZE, number))}))


@dataclass(frozen=True)
class Posted:
    """An interface that answers POST alone: the script's call, and how the number of the page is read from its body."""

    script: str
    number: Callable[[str], int]


def _form(name: str, **needed: str) -> Callable[[str], int]:
    def read(sent: str) -> int:
        form = parse_qs(sent)
        return int(form[name][0]) if all(form.get(key) == [value] for key, value in needed.items()) else 99

    return read


def _body(*way: str) -> Callable[[str], int]:
    def read(sent: str) -> int:
        data: Any = json.loads(sent)
        for step in way:
            data = data[step]
        return int(data)

    return read


POSTED = {
    "post_form": Posted(
        "var id='c81';function q(p){$.post('/gk/query',{channel:id,pageNo:p,pageSize:4},draw,'json')} q(1);",
        _form("pageNo", channel="c81"),
    ),
    "post_string": Posted(
        "$.ajax({type:'POST',url:'/gk/query',data:'area=&divid=d9&currpage=1&rows=4',dataType:'json',success:draw});",
        _form("currpage", divid="d9"),
    ),
    "post_json": Posted("axios.post('/gk/query', {catalogId: 'k5', current: 1, size: 4}).then(draw)", _body("current")),
    "post_json_nested": Posted(
        "$.ajax({type:'post',contentType:'application/json',url:'/gk/query',data:JSON.stringify({token:'t0',params:"
        "{category:'002',pageIndex:1,pageSize:4}}),success:draw});",
        _body("params", "pageIndex"),
    ),
    "post_after_refusal": Posted(
        "$.getJSON('/gk/query?columnId=44&page=1&size=4', draw);", _form("page", columnId="44")
    ),
}


@styles("interfaces", POSTED)
def by_post(town: Town, posted: Posted) -> None:
    """GET is answered 405."""
    links = town.reports("/c/", bodies=2, years=5)
    town.column("/gk/nb.html", [], after=f"<ul id='list'></ul><script>{posted.script}</script>")

    def interface(_: str, sent: str) -> Answer:
        if not sent:
            return Answer(b"Method Not Allowed", 405, headers={"Allow": "POST"})
        number = posted.number(sent)
        return told({"code": "200", "data": {"total": len(links), "rows": records(seen(links, SIZE, number))}})

    town.aside("/gk/query", interface)
    town.site.lists |= {"page 1", "page 2", "page 3", "the refusal"}


@style("interfaces")
def linked_script(town: Town) -> None:
    """The interface is named in a script file of the same host; the column's id in the page."""
    links = town.reports("/c/", bodies=2, years=5)
    town.column(
        "/gk/nb.html",
        [],
        after="<ul></ul><script>var columnId = 'n17';</script><script src='/static/js/list.js'></script>",
    )
    code = "function load(p){$.get('/portal/api/list',{columnId:columnId,pageNum:p,pageSize:4},draw)};load(1);"
    town.put("/static/js/list.js", Answer(code.encode(), media_type="application/javascript"))

    def interface(query: str, _: str) -> Answer:
        asked = parse_qs(query)
        if asked.get("columnId") != ["n17"]:
            return told({"total": 0, "rows": []})
        return told({"total": len(links), "rows": records(seen(links, SIZE, int(asked["pageNum"][0])))})

    town.aside("/portal/api/list", interface)
    town.site.lists |= {"page 1", "page 2", "page 3"}


@style("interfaces")
def address_from_id(town: Town) -> None:
    """Records have no address: the script builds it from the id."""
    links = town.reports("/gk/detail/", bodies=2, years=5, shape="{year}{n}.html")
    script = (
        "function draw(d){d.rows.forEach(function(r){"
        "$('#l').append('<a href=\"/gk/detail/'+r.id+'.html\">'+r.title+'</a>')})}"
        "$.getJSON('/gk/list.json', draw);"
    )
    town.column("/gk/nb.html", [], after=f"<div id='l'></div><script>{script}</script>")
    rows = [{"id": path.rpartition("/")[2].removesuffix(".html"), "title": text} for path, text in links]
    town.put("/gk/list.json", told({"rows": rows}))


@style("interfaces")
def jpaas_attributes(town: Town) -> None:
    """大汉 jpaas: address and query of the unit are attributes of a script tag; the answer is HTML inside JSON."""
    links = town.reports("/art/2026/", bodies=2, years=5, shape="art_{year:0>31}{n}.html")
    query = "{'webId':'w3','pageId':'p3','parseType':'bulidstatic','pageType':'column','tagId':'t3','tplSetId':'s3'}"
    tag = f'<script parseType="bulidstatic" url="/common/build/unit" queryData="{query}" src=\'/js/unit.js\'></script>'
    town.column("/col/col9001/index.html", [], after=f"<div class='unit'></div>{tag}")
    town.aside("/js/unit.js", Answer(b"/* build */", media_type="application/javascript"))

    def unit(asked: str, _: str) -> Answer:
        given = {name: values[0] for name, values in parse_qs(asked).items()}
        if (given.get("webId"), given.get("pageId"), given.get("tagId")) != ("w3", "p3", "t3"):
            return told({"success": False})
        return told({"success": True, "data": {"html": town.rows(links)}})

    town.put("/common/build/unit", unit)


@style("interfaces")
def gkmlpt_tree(town: Town) -> None:
    """Guangdong's directory: the column's id stands only in the site's tree of columns."""
    links = town.reports("/gkmlpt/content/3/", bodies=2, years=5, shape="post_{year}{n}.html")
    tree = {
        "SITE_ID": 755031,
        "TREE": [
            {"id": 1, "name": "机构职能", "children": []},
            {"id": 2, "name": "法定公开", "children": [{"id": 4471, "name": "政府信息公开年报", "children": []}]},
        ],
    }
    town.home(Link("/gkmlpt/index", "政府信息公开"))
    shell = f"<div id='app'></div><script>window._CONFIG = {json.dumps(tree, ensure_ascii=False)};</script>"
    town.put("/gkmlpt/index", town.page("政府信息公开", shell))

    def interface(query: str, _: str) -> Answer:
        asked = parse_qs(query)
        if asked.get("sid") != ["755031"]:
            return told({"articles": []})
        return told({"total": len(links), "articles": records(seen(links, SIZE, int(asked.get("page", ["1"])[0])))})

    town.aside("/gkmlpt/api/all/4471", interface)
    town.site.lists |= {"page 1", "page 2", "page 3", "page 4"}


@style("interfaces")
def ucap_channel(town: Town) -> None:
    """UCAP: the channel stands in a hidden field, the interface is the platform's own."""
    links = town.reports("/hx/c100418/202601/", bodies=2, years=5, shape="{year:0>31}{n}.shtml")
    field = "<input type='hidden' id='channelId' value='ab93c1'><div class='list' data-pagesize='4'></div>"
    script = "<script>$.get('/common/search/' + $('#channelId').val(), {_pageSize: 4, page: 1}, draw)</script>"
    town.column("/hx/c100418/list.shtml", [], after=field + script)

    def interface(query: str, _: str) -> Answer:
        number = int(parse_qs(query).get("page", ["1"])[0])
        return told(
            {"data": {"total": len(links), "rows": SIZE, "page": number, "results": records(seen(links, SIZE, number))}}
        )

    town.aside("/common/search/ab93c1", interface)
    town.site.lists |= {"page 1", "page 2", "page 3"}
