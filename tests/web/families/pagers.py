"""Pagers: how a list says that it goes on, and where. Each style is a list of three pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs

from tests.web.server import Answer
from tests.web.style import style, styles
from tests.web.town import Link, Town, seen

PAGES = 3
SIZE = 4

# TRS scripts; %(n)d is the page counted from 0, %(m)d from 1. The pages are index.html, index_1.html, index_2.html.
TRS = {
    "trs_variables": "var countPage = 3; var currentPage = %(n)d;createPageHTML(countPage,currentPage,'index','html');",
    "trs_object": "createPageHTML({pageCount: 3, currIndex: %(n)d, pageName: 'index', pageExt: 'html'});",
    "trs_loop": (
        "var total=3,cur=%(n)d,s='';for(var k=0;k<total;k++)"
        "{s+='<a href=\"index'+(k?'_'+k:'')+'.html\">'+(k+1)+'</a>';} document.write(s);"
    ),
    "trs_callback": (
        "new Pager({count: 3, current: %(m)d, onChange: function(p){ "
        "location.href = p > 1 ? 'index_' + (p - 1) + '.html' : 'index.html'; }});"
    ),
    "trs_defined_beside": (
        "function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){ if(_nPageCount==null) return; }\n"
        'createPageHTML(3, %(n)d, "index", "html");'
    ),
    "trs_more_arguments": "createPageHTML('pagination', 3, %(m)d, 'index', 'html', 'black2', 621);",
}


@styles("pagers", TRS)
def trs(town: Town, script: str) -> None:
    """The count stands only in a script."""
    links = town.reports("/xxgk/nb/", bodies=3, years=4, shape="{published}01/t{published}0118_{n}{year}.html")
    paths = ["/xxgk/nb/", *(f"/xxgk/nb/index_{n}.html" for n in range(1, PAGES))]
    town.paged(paths, links, lambda m: f"<div><script>{script % {'n': m - 1, 'm': m}}</script></div>")


@dataclass(frozen=True)
class Linked:
    """Pages that are linked: their names by number from 1, and the marks of the link to the next one."""

    name: Callable[[int], str]
    link: str
    every: bool = False


# {u} is the next page's address, {n} its number.
LINKED = {
    "next_in_square_brackets": Linked("list{}.html".format, "[<a href='{u}'>下一页</a>]"),
    "next_in_lenses": Linked("p_{}.htm".format, "<a href='{u}'>【下一页】</a>"),
    "next_with_arrows": Linked("more-{}.html".format, "<a href='{u}'>下一页&gt;&gt;</a>"),
    "next_is_an_arrow": Linked("list_{}.shtml".format, "<a href='{u}' class='laypage_next'>&rsaquo;</a>"),
    "next_is_an_image": Linked("{}.html".format, "<a href='{u}'><img src='/images/next.gif' alt='下一页'></a>"),
    "next_is_an_icon": Linked("p{}.html".format, "<a class='page-next' href='{u}'><i class='icon-right'></i></a>"),
    "next_in_traditional": Linked("a{}.html".format, "<a href='{u}'>下一頁</a>"),
    "next_in_other_words": Linked("list-{}.html".format, "<a href='{u}'>后页</a>"),
    "next_in_english": Linked("en{}.html".format, "<a href='{u}' rel='next'>Next »</a>"),
    "numbers_in_brackets": Linked("list.asp?page={}".format, "<a href='{u}'>[{n}]</a>", every=True),
    "numbers_alone": Linked("index.php?p={}".format, "<span><a href='{u}'>{n}</a></span>", every=True),
}


@styles("pagers", LINKED)
def linked(town: Town, pager: Linked) -> None:
    """A link leads on."""
    links = town.reports("/gk/nb/c/", bodies=4)
    paths = ["/gk/nb/" + pager.name(number) for number in range(1, PAGES + 1)]

    def after(number: int) -> str:
        others = range(1, PAGES + 1) if pager.every else [number + 1] if number < PAGES else []
        return "".join(pager.link.format(u=paths[n - 1], n=n) for n in others if n != number)

    town.paged(paths, links, after)


@style("pagers")
def descending(town: Town) -> None:
    """博达: the front is nb.htm, the second page has the highest number, the last one is nb/1.htm."""
    paths = ["/gk/nb.htm", "/gk/nb/2.htm", "/gk/nb/1.htm"]
    links = town.reports("/info/1086/", bodies=4, shape="{year}{n}.htm")
    following = ["nb/2.htm", "1.htm", ""]

    def after(number: int) -> str:
        way = following[number - 1]
        return f"共{len(links)}条 {number}/{PAGES} " + (
            f"<a href='{way}' class='Next'>下页</a>" if way else "<span>下页</span>"
        )

    town.paged(paths, links, after)


@style("pagers")
def web_forms(town: Town) -> None:
    """ASP.NET: pages turn by __doPostBack alone, with the state that the page holds."""
    links = town.reports("/show.aspx", bodies=4, shape="?id={year}{n}")
    path = "/list.aspx?lm=12"
    town.home(Link(path, "政府信息公开年报"))

    def answer(_: str, sent: str) -> Answer:
        form = {name: values[0] for name, values in parse_qs(sent).items()}
        asked = form.get("__EVENTARGUMENT", "") if form.get("__EVENTTARGET") == "ctl00$Pager" else ""
        number = int(asked.removeprefix("Page$")) if asked and form.get("__VIEWSTATE", "").startswith("/wEPDw") else 1
        turns = "".join(
            f"<a href=\"javascript:__doPostBack('ctl00$Pager','Page${n}')\">{n}</a> " for n in range(1, PAGES + 1)
        )
        state = f"<input type='hidden' name='__VIEWSTATE' id='__VIEWSTATE' value='/wEPDw{number}==' />"
        hidden = (
            "<input type='hidden' name='__EVENTTARGET' value=''><input type='hidden' name='__EVENTARGUMENT' value=''>"
        )
        around = f"<form name='aspnetForm' method='post' action='list.aspx?lm=12'>{hidden}{state}{turns}</form>"
        return Answer(town.listing(seen(links, SIZE, number), after=around).encode())

    town.put("/list.aspx", answer)
    town.site.lists |= {"page 2", "page 3"}


def _record(link: Link) -> str:
    shown = f"<li><a href='{link.path}' title='{link.text}'>{link.text[:14]}</a><span>01-18</span></li>"
    return f"<record><![CDATA[{shown}]]></record>"


def _store(links: list[Link], size: int, first: int, last: int, group: str = "") -> str:
    chosen = "".join(map(_record, links[first - 1 : last]))
    following = f'<nextgroup><![CDATA[<a href="{group}"></a>]]></nextgroup>' if group else ""
    return (
        f"<datastore>{following}<totalrecord>{len(links)}</totalrecord><totalpage>{-(-len(links) // size)}</totalpage>"
        f"<recordset>{chosen}</recordset></datastore>"
    )


@style("pagers")
def jpage_next_group(town: Town) -> None:
    """大汉: the store in the page names the address of its next group, in CDATA, in a script."""
    links = town.reports("/art/2026/1/18/", bodies=4, shape="art_58_{year}{n}.html")
    address = "/module/web/jpage/dataproxy.jsp"
    group = f"{address}?page={{}}&appid=1&webid=8&path=/&columnid=58&unitid=901&webname=x"
    first = _store(links, SIZE, 1, SIZE, group.format(2))
    town.column("/col/col58/index.html", [], after=f"<div id='901'><script type='text/xml'>{first}</script></div>")

    def proxy(query: str, _: str) -> Answer:
        number = int(parse_qs(query)["page"][0])
        more = group.format(number + 1) if number < PAGES else ""
        return Answer(
            _store(links, SIZE, number * SIZE - SIZE + 1, number * SIZE, more).encode(), media_type="text/xml"
        )

    town.aside(address, proxy)
    town.site.lists |= {"group 2", "group 3"}


@style("pagers")
def jpage_two_units(town: Town) -> None:
    """Two stores on one page, one for the government and one for its departments, each with a proxy's call."""
    units = {
        "311": [town.report(f"/art/x/art_7_{y}.html", "人民政府", y) for y in range(2025, 2018, -1)],
        "312": [town.report(f"/art/b/art_7_{y}.html", "财政局", y) for y in range(2025, 2018, -1)],
    }
    town.home(Link("/col/col7/index.html", "政府信息公开年报"))
    boxes = "".join(
        f"<div id='{unit}'></div><script type='text/xml'>{_store(links, 3, 1, 3)}</script><script>$('#{unit}').jpage({{"
        f"perPage:3,totalRecord:{len(links)},proxyUrl:'/module/jpage/dataproxy.jsp',proxyParam:{{'col':1,'appid':1,"
        f"'webid':2,'path':'/','columnid':7,'unitid':{unit},'webname':'x','permissiontype':0}}}});</script>"
        for unit, links in units.items()
    )
    town.put("/col/col7/index.html", town.page("政府信息公开年报", boxes))

    def proxy(query: str, sent: str) -> Answer:
        form, asked = parse_qs(sent), parse_qs(query)
        if form.get("columnid") != ["7"] or form.get("unitid", [""])[0] not in units:
            return Answer(b"error", 400)
        store = _store(units[form["unitid"][0]], 3, int(asked["startrecord"][0]), int(asked["endrecord"][0]))
        return Answer(store.encode(), media_type="text/xml")

    town.aside("/module/jpage/dataproxy.jsp", proxy)
    town.site.lists |= {f"unit {n}" for n in range(4)}


@style("pagers")
def more_columns_proxy(town: Town) -> None:
    """大汉: the first rows stand in the page, each press of 加载更多 asks morecolumndataproxy.jsp for the next page."""
    links = town.reports("/art/2026/1/20/", bodies=4, shape="art_{year}_{n}.html")
    address = "/module/web/jpage/morecolumndataproxy.jsp"
    script = (
        f"<div onclick='more()'>加载更多</div><script>var page=1;function more(){{page++;$.get('{address}?page='+page+"
        f"'&appid=1&webid=9&path=/&columnid=4102&unitid=6412&keyWordCount=30',function(x){{add(x)}});}}</script>"
    )
    town.column("/col/col4102/index.html", seen(links, SIZE, 1), after=script)

    def proxy(query: str, _: str) -> Answer:
        asked = parse_qs(query)
        if asked.get("columnid") != ["4102"]:
            return Answer(b"", 400)
        number = int(asked["page"][0])
        return Answer(_store(links, SIZE, number * SIZE - SIZE + 1, number * SIZE).encode(), media_type="text/xml")

    town.aside(address, proxy)
    town.site.lists |= {"page 2", "page 3"}


@style("pagers")
def blocks(town: Town) -> None:
    """The list is a block of HTML that a script loads again for every page; an attribute counts them."""
    links = town.reports("/columns/9b1e/202601/18/", bodies=4)
    block = "/columns/9b1e07aa/templates/77c0/blocks/5f31"
    first = town.rows(seen(links, SIZE, 1))
    script = f"<script>var u='{block}';function go(p){{$('#l').load(u+'?page='+p);}}</script>"
    pager = f"<div class='pager' data-pages='{PAGES}'></div>"
    town.column("/columns/9b1e07aa/index.html", [], after=f"<div id='l'>{first}</div>{pager}{script}")
    town.aside(block, lambda query, _: Answer(town.rows(seen(links, SIZE, int(parse_qs(query)["page"][0]))).encode()))
    town.site.lists |= {"block 2", "block 3"}


@style("pagers")
def rows_by_interface(town: Town) -> None:
    """An interface that answers rows of HTML, an empty body past the end; nothing declares how many there are."""
    links = town.reports("/nb/v/", bodies=4)
    script = "var no=1;function next(){$.get('/nb/rows.do?no='+(no++)+'&size=4',function(h){$('#u').append(h)})}next();"
    town.column("/nb/list.do", [], after=f"<ul id='u'></ul><script>{script}</script>")
    town.aside(
        "/nb/rows.do", lambda query, _: Answer(town.rows(seen(links, SIZE, int(parse_qs(query)["no"][0]))).encode())
    )
    town.site.lists |= {f"rows {n}" for n in range(1, PAGES + 2)}
