"""A cluster of OpenSearch of our own on loopback: real nodes from Maven Central, each a Java process of this one.

It needs a JDK of 17 or newer and Maven; the jars are kept in build/opensearch. Its folder goes away with it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Self
from urllib.error import URLError
from urllib.request import urlopen

from tests.checkout import ROOT

MISSING = "OpenSearch needs a JDK of 17 or newer and Maven: apt-get install openjdk-17-jdk-headless maven"
_HERE = Path(__file__).parent / "opensearch_node"
JARS = ROOT / "build" / "opensearch"
_JAVA = (
    "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.security.manager=allow",
    "-Dlog4j2.disable.jmx=true", "-Dlog4j2.level=ERROR",
)  # fmt: skip
"""Little memory and a quick compiler: a cluster for tests."""


_FETCH = 240.0
"""Seconds that 49 MB may take."""


def jars() -> Path | None:
    """The folder of the jars, fetched the first time; None where nothing can fetch or run them."""
    if not (shutil.which("java") and shutil.which("javac")):
        return None
    if not any(JARS.glob("opensearch-2*.jar")):
        if not shutil.which("mvn"):
            return None
        fetch = ["mvn", "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={JARS}"]
        try:
            subprocess.run(fetch, cwd=_HERE, check=True, timeout=_FETCH)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            return None  # no way to Maven Central from here
    return JARS


class Nodes:
    """Nodes that run. ``addresses`` are where they answer."""

    def __init__(self, addresses: list[str]) -> None:
        self.addresses = addresses

    @property
    def engine(self) -> str:
        """The beginning of an engine's address."""
        return "opensearch+http://" + ",".join(address.removeprefix("http://") for address in self.addresses)


class Cluster(Nodes):
    """So many nodes of our own, each with ``heap`` megabytes for Java; counted from 0."""

    def __init__(self, folder: Path, nodes: int = 1, heap: int = 384) -> None:
        self._class_path = f"{folder}/*"
        self._heap = heap
        self._home = Path(mkdtemp(prefix="nianbao-opensearch-"))
        self.snapshots = self._home / "snapshots"
        """A folder that all nodes share, for repositories of the kind ``fs``."""
        self._ports = _free_ports(2 * nodes)
        self._nodes: dict[int, subprocess.Popen[bytes]] = {}
        super().__init__([f"http://127.0.0.1:{port}" for port in self._ports[:nodes]])

    def __enter__(self) -> Self:
        try:
            compiled = self._home / "classes"
            subprocess.run(
                ["javac", "-cp", self._class_path, "-d", str(compiled), str(_HERE / "Node.java")], check=True
            )
            self._class_path += f":{compiled}"
            for number in range(len(self.addresses)):
                self.start(number)
            self.await_all()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for number in list(self._nodes):
            self.kill(number)
        shutil.rmtree(self._home, ignore_errors=True)

    def start(self, number: int) -> None:
        """Start a node; what it held when it was killed is there again."""
        count = len(self.addresses)
        home = self._home / f"node-{number}"
        home.mkdir(exist_ok=True)
        names = ",".join(f"node-{other}" for other in range(count))
        settings = {
            "cluster.name": "nianbao-test",
            "node.name": f"node-{number}",
            "path.data": str(home / "data"),
            "path.logs": str(home / "logs"),
            "path.repo": str(self.snapshots),
            "network.host": "127.0.0.1",
            "http.port": str(self._ports[number]),
            "transport.port": str(self._ports[count + number]),
            "discovery.seed_hosts": ",".join(f"127.0.0.1:{port}" for port in self._ports[count:]),
            "node.store.allow_mmap": "false",
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "indices.query.bool.max_clause_count": "16384",
            **({"discovery.type": "single-node"} if count == 1 else {"cluster.initial_cluster_manager_nodes": names}),
        }
        words = [f"{name}={value}" for name, value in settings.items()]
        with (home / "log").open("ab") as log:
            heap = f"-Xms{self._heap}m", f"-Xmx{self._heap}m"
            command = ["java", *heap, *_JAVA, "-cp", self._class_path, "Node", str(home), *words]
            self._nodes[number] = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def kill(self, number: int) -> None:
        """End a node as a cut of its power does."""
        node = self._nodes.pop(number)
        node.kill()
        node.wait(30)

    def pause(self, number: int) -> None:
        """Let a node be silent: connections to it open, and nothing comes back."""
        self._nodes[number].send_signal(signal.SIGSTOP)

    def resume(self, number: int) -> None:
        """Let it speak again."""
        self._nodes[number].send_signal(signal.SIGCONT)

    def restore(self) -> None:
        """Start what was killed, resume what is silent, and wait until all is as it was."""
        for number in range(len(self.addresses)):
            if number in self._nodes:
                self.resume(number)
            else:
                self.start(number)
        self.await_all()

    def resident(self) -> int:
        """The bytes of memory that all nodes take."""
        lines = (Path(f"/proc/{node.pid}/status").read_text() for node in self._nodes.values())
        return sum(int(re.findall(r"VmRSS:\s+(\d+)", line)[0]) << 10 for line in lines)

    def processor(self) -> float:
        """The seconds of processor that all nodes took."""
        ticks = 0
        for node in self._nodes.values():
            user, system = Path(f"/proc/{node.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
            ticks += int(user) + int(system)
        return ticks / os.sysconf("SC_CLK_TCK")

    def stored(self) -> int:
        """The bytes of all indices on all nodes, copies included."""
        with urlopen(self.addresses[0] + "/_stats/store", timeout=60) as answer:  # noqa: S310 - our own node
            return int(json.load(answer)["_all"]["total"]["store"]["size_in_bytes"])

    def await_all(self, seconds: float = 600) -> None:
        """Until all nodes found each other and no shard waits for a copy. Raises RuntimeError where they do not."""
        deadline = time.monotonic() + seconds
        while True:
            with suppress(URLError, OSError), urlopen(self.addresses[0] + "/_cluster/health", timeout=5) as answer:  # noqa: S310 - our own node
                health = json.load(answer)
                if health["number_of_nodes"] == len(self.addresses) and health["status"] == "green":
                    return
            if time.monotonic() > deadline or any(node.poll() is not None for node in self._nodes.values()):
                raise RuntimeError(f"OpenSearch does not start: {(self._home / 'node-0' / 'log').read_text()[-4000:]}")
            time.sleep(0.2)


def _free_ports(count: int) -> list[int]:
    """Ports that nobody listens at, drawn together so that all differ."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()
