"""What hostile requests are made of: addresses, parameters, values and headers that once broke a site."""

from __future__ import annotations

PAGES = (
    "/", "/index.json", "/search", "/search.json", "/search.csv", "/search.ndjson", "/search.xlsx", "/search.parquet",
    "/search.atom", "/trend", "/trend.csv", "/metrics", "/metrics/refused", "/compare", "/coverage", "/coverage/late",
    "/about", "/listing", "/suggest.json", "/sitemap.xml", "/sitemaps/places.xml", "/openapi.json", "/healthz",
    "/readyz", "/-/metrics", "/datapackage.json", "/opensearch.xml", "/robots.txt", "/static/site.css",
    "/reports/990221-2023-00000000", "/reports/990221-2023-00000000/original", "/reports/990221-2023-00000000/changes",
    "/regions/990100", "/agencies/990101-00000000", "/snapshots/" + "0" * 64,
)  # fmt: skip
ENDINGS = ("", ".json", "/..", "/x", "\0", "é", "//", "%2e%2e%2f", ";x=1", ".csv")
WORDS = (
    "", "0", "-1", "9" * 30, "NaN", "1e999", "2022..2019", "refused:..", "-标题:", "(((", "NOT", "年份>=", "%00", "%ff",
    "%zz", "\u202e", "💥", "en", "٣", "a" * 600, "refused:1..2", "year", "-refused", "I1:broken", "<b>", "＝1+1",
    "NOT " * 120, "(" * 250, '"' * 99, "OR OR OR", "讨薪 AND (", "A~" * 100, "*", "?" * 200, "' OR 1=1 --",
    "{{7*7}}", "../../etc/passwd", "%0d%0aX-Injected:%201", "\ufeff", "\ud800", "申请>=1 申请<=2 -申请:1..2",
)  # fmt: skip
PARAMETERS = (
    "q", "like", "region", "year", "level", "kind", "form", "agency", "section", "finding", "metric", "facet_metric",
    "sort", "page", "lang", "mark", "what", "range", "min", "max", "among", "reason", "since", "stats", "group",
    "apart", "plain", "cell",
)  # fmt: skip
METHODS = ("GET", "GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "PUT", "TRACE", "BREW")
HEADERS = {
    "Host": (
        "localhost",
        "a" * 70 + ".example",
        "xn--\x80",
        "[::1",
        "host:99999",
        ".",
        "é",
        "",
        "a b",
        "x@y",
        "127.0.0.1",
    ),
    "Accept-Language": ("*", "en;q=x", "x" * 3000, ",,;", "en", "zh"),
    "Accept-Encoding": ("br", "gzip", "*;q=0", "br;q=x", ",", "identity;q=0", "zstd"),
    "If-None-Match": ('"', 'W/"x"', "*", "W/" * 500),
    "If-Modified-Since": ("x", "Thu, 99 Foo 9999"),
    "If-Range": ("x", '"x"', "Thu, 99 Foo 9999"),
    "Range": ("bytes=0-", "bytes=5-1", "bytes=a-b", "x=1", "bytes=0-0,5-6", "bytes=-" + "9" * 40),
    "Cookie": ("=", "a=b; c", "é", "session=" + "x" * 3000),
    "Authorization": ("Basic !!!", "Digest a=b", "Bearer"),
    "X-Forwarded-For": ("1.2.3.4", "é", "," * 300, "::ffff:1.2.3.4, x", "unix:"),
    "X-Request-Id": ("x", "a" * 65, "ab\tcd", "abcdefgh"),
    "Content-Type": ("multipart/form-data", "é", "application/json"),
    "Expect": ("100-continue", "x"),
    "Upgrade": ("websocket", "h2c"),
}
