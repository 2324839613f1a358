"""Interfaces named in scripts, as people write them; none is run."""

from __future__ import annotations

import pytest

from crawler.script import interfaces

SCRIPTS = {
    "$.get('/api/articles?channel=7&page=1', draw)": "/api/articles?channel=7&page=1",
    "var cid = 12; fetch(`/api/list?cid=${cid}&page=${page}`)": "/api/list?cid=12&page=1",
    'var siteId="35"; $.getJSON("/rest/list?site=" + siteId + "&p=" + cur.pageNo)': "/rest/list?site=35&p=1",
    "axios.get('/search', {params: {type: 'nb', page: 1}})": "/search?type=nb&page=1",
    "$.ajax({url: '/x/query', type: 'get', data: {a: 1, rows: size}})": "/x/query?a=1&rows=20",
    "loadXML('data.xml')": "data.xml",
    'xhr.open("GET", "./list.json")': "./list.json",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_what_a_script_would_ask(script: str) -> None:
    assert interfaces(script)[0] == SCRIPTS[script]


@pytest.mark.parametrize("script", ["", "var a = 'b';", "location.href = '/x'", "fetch(url)", "f('/api/' + unknown)"])
def test_what_is_not_plain_is_left_alone(script: str) -> None:
    assert interfaces(script) == ()
