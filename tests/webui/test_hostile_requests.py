"""Whatever is asked, in whatever bytes: an answer, never a fault of ours."""

from __future__ import annotations

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import create_environ, run_wsgi_app

PAGES = (
    "/", "/search", "/search.json", "/search.csv", "/search.atom", "/trend", "/metrics/refused", "/compare",
    "/coverage", "/about", "/listing", "/suggest", "/sitemap.xml", "/openapi.json", "/healthz",
    "/reports/990221-2023-00000000", "/regions/990100", "/agencies/990101-00000000", "/snapshots/" + "0" * 64,
)  # fmt: skip
WORDS = (
    "", "0", "-1", "9" * 30, "NaN", "1e999", "2022..2019", "refused:..", "-标题:", "(((", "NOT", "年份>=", "%00", "%ff",
    "%zz", "\u202e", "💥", "en", "٣", "a" * 600, "refused:1..2", "year", "-refused", "I1:broken", "<b>",
)  # fmt: skip
PARAMETERS = (
    "q", "like", "region", "year", "level", "kind", "form", "agency", "section", "finding", "metric", "facet_metric",
    "sort", "page", "lang", "mark", "what", "range", "min", "max", "among", "reason", "since", "stats", "group",
)  # fmt: skip
HEADERS = {
    "HTTP_HOST": ("localhost", "a" * 70 + ".example", "xn--\x80", "[::1", "host:99999", ".", "é"),
    "HTTP_ACCEPT_LANGUAGE": ("*", "en;q=x", "x" * 3000, ",,;"),
    "HTTP_IF_NONE_MATCH": ('"', 'W/"x"', "*"),
    "HTTP_IF_MODIFIED_SINCE": ("x", "Thu, 99 Foo 9999"),
    "HTTP_RANGE": ("bytes=0-", "bytes=5-1", "bytes=a-b", "x=1", "bytes=0-0,5-6"),
    "HTTP_COOKIE": ("=", "a=b; c", "é"),
    "HTTP_AUTHORIZATION": ("Basic !!!", "Digest a=b"),
    "CONTENT_LENGTH": ("x", "-1", "99999999"),
    "CONTENT_TYPE": ("multipart/form-data", "é"),
}

_anything = st.sampled_from(WORDS) | st.text(max_size=20)
_paths = st.builds("{}{}".format, st.sampled_from(PAGES), st.sampled_from(("", ".json", "/..", "/x", "\0", "é")))
_queries = st.lists(st.tuples(st.sampled_from(PARAMETERS), _anything), max_size=4)
_headers = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in HEADERS.items()})


def raw(words: str) -> str:
    """Words as WSGI hands over bytes (PEP 3333)."""
    return words.encode("utf-8", "surrogatepass").decode("latin-1")


@given(st.sampled_from(("GET", "GET", "GET", "HEAD", "POST", "OPTIONS")), _paths, _queries, _headers)
def test_no_request_is_a_fault_of_ours(
    app: Flask, method: str, path: str, query: list[tuple[str, str]], headers: dict[str, str]
) -> None:
    environ = create_environ("/", method=method)
    environ |= {name: raw(value) for name, value in headers.items()}
    environ |= {"PATH_INFO": raw(path), "QUERY_STRING": raw("&".join(f"{name}={value}" for name, value in query))}
    said, status, _ = run_wsgi_app(app, environ)
    body = b"".join(said)
    assert int(status[:3]) < 500, body[:500]
