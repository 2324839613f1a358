"""The fictional province's web: its government sites, served on this machine for the crawler to find its way in.

One server stands for all sites: the first segment of a path is the site's host. A site has a home page, lists of
fifteen reports a page (index.html, index_1.html …, docs/sites.md § 2), and its reports at the paths of their addresses.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from corpus.sample.model import SampleReport
from corpus.sample.render.html import render_html

_COLUMN = "zfxxgk/zfxxgknb"
_ON_A_PAGE = 15
_NOTICE = "本站所述地方与机关均为虚构。"


@dataclass(frozen=True, slots=True)
class SampleWeb:
    """``pages`` by path, and the paths of the sites' home pages, where a crawl begins."""

    pages: Mapping[str, bytes]
    homes: tuple[str, ...]


def sample_web(reports: Iterable[SampleReport]) -> SampleWeb:
    """Every page of every site: the portal, the home pages, the lists, the reports."""
    pages: dict[str, bytes] = {}
    sites: dict[str, list[SampleReport]] = {}
    for report in reports:
        sites.setdefault(urlsplit(report.url).netloc, []).append(report)
        pages[path_of(report)] = render_html(report)
    pages["/"] = _page("虚构省份的政府网站", [(f"/{host}/", f"{own[-1].place}人民政府") for host, own in sites.items()])
    for host, own in sites.items():
        home = f"{own[-1].place}人民政府门户网站"
        pages[f"/{host}/"] = _page(home, [(f"/{host}/{_COLUMN}/", "政府信息公开年报")])
        pages.update(_lists(host, sorted(own, key=lambda report: report.published, reverse=True)))
    return SampleWeb(pages, tuple(f"/{host}/" for host in sites))


def path_of(report: SampleReport) -> str:
    """Where the sample's web has a report."""
    parts = urlsplit(report.url)
    return f"/{parts.netloc}{parts.path}"


@contextmanager
def serving(web: SampleWeb, port: int = 0) -> Iterator[str]:
    """Serve the pages on this machine while the context lasts; gives the address of the portal.

    Raises OSError if the port is taken; port 0 takes a free one.
    """
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(web.pages))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _lists(host: str, reports: list[SampleReport]) -> Iterator[tuple[str, bytes]]:
    chunks = [reports[start : start + _ON_A_PAGE] for start in range(0, len(reports), _ON_A_PAGE)]
    names = ["", *(f"index_{number}.html" for number in range(1, len(chunks)))]
    for number, (name, chunk) in enumerate(zip(names, chunks, strict=True)):
        links = [(path_of(report), report.title) for report in chunk]
        if number + 1 < len(chunks):
            links.append((f"/{host}/{_COLUMN}/{names[number + 1]}", "下一页"))
        yield f"/{host}/{_COLUMN}/{name}", _page("政府信息公开年报", links)


def _page(title: str, links: Iterable[tuple[str, str]]) -> bytes:
    items = "".join(f'<li><a href="{escape(path)}">{escape(text)}</a></li>' for path, text in links)
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="UTF-8"><title>{escape(title)}</title></head>'
        f"<body><h1>{escape(title)}</h1><ul>{items}</ul><p>{_NOTICE}</p></body></html>"
    ).encode()


def _handler(pages: Mapping[str, bytes]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            page = pages.get(urlsplit(self.path).path)
            tag = f'"{hashlib.sha256(page).hexdigest()[:16]}"' if page is not None else ""
            if page is None:
                self._answer(HTTPStatus.NOT_FOUND, b"404", "")
            elif self.headers.get("If-None-Match") == tag:
                self._answer(HTTPStatus.NOT_MODIFIED, b"", tag)
            else:
                self._answer(HTTPStatus.OK, page, tag)

        def _answer(self, status: HTTPStatus, body: bytes, tag: str) -> None:
            self.send_response(status)
            # The pages declare their encodings themselves, some of them wrongly, as real ones do.
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            if tag:
                self.send_header("ETag", tag)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name that http.server gives it)
            """Keep quiet: the crawl says what it fetched."""

    return Handler
