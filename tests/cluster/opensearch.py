"""A cluster of OpenSearch of our own on loopback: real nodes from Maven Central, each a Java process of this one.

It needs a JDK of 17 or newer and Maven; the jars are kept in build/opensearch. Its folder goes away with it.
"""

from __future__ import annotations

import json
import shutil
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
    "-Xms384m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.security.manager=allow",
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
    """So many nodes of our own."""

    def __init__(self, folder: Path, nodes: int = 1) -> None:
        self._class_path = f"{folder}/*"
        self._home = Path(mkdtemp(prefix="nianbao-opensearch-"))
        self._ports = _free_ports(2 * nodes)
        self._nodes: list[subprocess.Popen[bytes]] = []
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
            self._await()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for node in self._nodes:
            node.kill()
            node.wait(30)
        shutil.rmtree(self._home, ignore_errors=True)

    def start(self, number: int) -> None:
        """Start a node, counted from 0."""
        count = len(self.addresses)
        home = self._home / f"node-{number}"
        home.mkdir(exist_ok=True)
        names = ",".join(f"node-{other}" for other in range(count))
        settings = {
            "cluster.name": "nianbao-test",
            "node.name": f"node-{number}",
            "path.data": str(home / "data"),
            "path.logs": str(home / "logs"),
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
            command = ["java", *_JAVA, "-cp", self._class_path, "Node", str(home), *words]
            self._nodes.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log))

    def _await(self) -> None:
        """Until all nodes found each other."""
        deadline = time.monotonic() + 180
        while True:
            with suppress(URLError, OSError), urlopen(self.addresses[0] + "/_cluster/health", timeout=5) as answer:  # noqa: S310 - our own node
                if json.load(answer)["number_of_nodes"] == len(self.addresses):
                    return
            if time.monotonic() > deadline or any(node.poll() is not None for node in self._nodes):
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
