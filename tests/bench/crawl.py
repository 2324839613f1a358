"""What a crawl of many sources costs: `python -m tests.bench.crawl [SOURCES PAGES]…` (make bench-crawl).

Each source is an address of 127/8 at one port, with a home page, a column and reports, served by one process. Measured
are, on the installed command: adding the sources, listing them, the first request after the start, and the whole crawl
(delay 0), with the processor's time and the memory that the larger of its two processes needed. On a machine that does
other work the processor's time tells more than the clock. Bytecode is cached, as it is where Nianbao is installed.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

NIANBAO = str(Path(sys.executable).with_name("nianbao"))
_FILLER = "".join(f"<li><a href='/fw/{n}.html'>办事服务第{n}项</a></li>" for n in range(60))


def page(host: str, path: str, pages: int) -> str:
    """A page of the source at an address: its home, its column, a report; ``""`` for none."""
    if path == "/":
        return f"<html><title>首页</title><ul>{_FILLER}</ul><a href='/nb/'>政府信息公开年报</a></html>"
    name = f"第{host.replace('.', '')}号县"
    if path == "/nb/":
        years = [(n, f"{name}第{n}局{2024 - n % 6}年政府信息公开工作年度报告") for n in range(pages - 2)]
        return f"<html><title>年报</title>{''.join(f'<p><a href={n}.html>{text}</a></p>' for n, text in years)}</html>"
    found = re.fullmatch(r"/nb/(\d+)\.html", path)
    if found is None:
        return ""
    title = f"{name}第{found[1]}局{2024 - int(found[1]) % 6}年政府信息公开工作年度报告"
    # As long as the crawler asks of a page that is called a report; a shorter one is hollow to it.
    told = "".join(
        f"<h3>{head}</h3><p>{title}。{head}，全年平稳，按时公开，无人投诉；来年将更加及时，更加全面，更加便于查找。</p>"
        for head in ("一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况")
    )
    return f"<html><title>{title}</title><ul>{_FILLER}</ul><h1>{title}</h1>{told}</html>"


async def _serve(hosts: list[str], pages: int, pipe: Connection) -> None:
    asked = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        host = writer.get_extra_info("sockname")[0]
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                if not asked:
                    pipe.send(time.time())
                asked += 1
                body = page(host, request.split(b" ", 2)[1].decode(), pages).encode()
                status = b"200 OK" if body else b"404 Not Found"
                head = b"HTTP/1.1 %b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
                writer.write(head % (status, len(body)) + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(answer, hosts, 0 if len(hosts) == 1 else _free_port(), backlog=64)
    pipe.send(server.sockets[0].getsockname()[1])
    await asyncio.to_thread(pipe.recv)
    pipe.send(asked)


def _free_port() -> int:
    """A port that is free on every address of 127/8, most likely."""
    return 20_000 + os.getpid() % 20_000


def _server(hosts: list[str], pages: int, pipe: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    asyncio.run(_serve(hosts, pages, pipe))


def _timed(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def _busy() -> float:
    """Seconds of processor that the commands took which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(sources: int, pages: int) -> dict[str, object]:
    """The figures for so many sources of so many pages each."""
    hosts = [f"127.1.{n // 250}.{n % 250 + 1}" for n in range(sources)]
    pipe, other = multiprocessing.Pipe()
    server = multiprocessing.Process(target=_server, args=(hosts, pages, other), daemon=True)
    server.start()
    port = pipe.recv()
    with tempfile.TemporaryDirectory(prefix="nianbao-bench-") as folder:
        listed = Path(folder) / "log"
        installed = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

        def nianbao(*arguments: str) -> None:
            with listed.open("w", encoding="utf-8") as log:
                command = [NIANBAO, "--data", folder, *arguments]
                subprocess.run(command, check=True, stdout=log, stderr=subprocess.STDOUT, env=installed)

        names = [f"{host}:{port}" for host in hosts]
        adding = [word for name in names for word in ("--add", f"http://{name}/")]
        figures: dict[str, object] = {"sources": sources, "pages": pages}
        figures["add, s"] = round(_timed(lambda: nianbao("sources", *adding)), 1)
        figures["list, s"] = round(_timed(lambda: nianbao("sources")), 1)
        began, busy = time.time(), _busy()
        whole = _timed(lambda: nianbao("crawl", *names, "--allow-private", "--delay", "0"))
        busy = _busy() - busy
        first: float = pipe.recv()
        pipe.send("done")
        asked: int = pipe.recv()
        figures |= {
            "first request, s": round(first - began, 1),
            "crawl, s": round(whole, 1),
            "processor, s": round(busy, 1),
            "requests": asked,
            "requests a second": round(asked / (began + whole - first), 1),
            "MB at most": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        }
    server.join(5)
    return figures


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]] or [1, 1000, 60, 100, 3000, 4]
    for at in range(0, len(numbers), 2):
        sys.stdout.write(json.dumps(measure(numbers[at], numbers[at + 1]), ensure_ascii=False) + "\n")
        sys.stdout.flush()
