"""What this code reads otherwise than a commit's, cell by cell: ``make compare-readings ARGS="COMMIT …"``.

The old code makes and reads the sample, and takes in the folders that are named; the new code extracts all of it again
and says what changed. A change is right only if the document says so: each line is to be looked at.
"""

from __future__ import annotations

import io
import socket
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
_COMMAND = (sys.executable, "-c", "import sys; sys.path.insert(0, ''); from webui.cli import main; main()")


def main(commit: str, reports: str = "600", *folders: str) -> None:
    """Print the changes and, on stderr, how many there are of each kind."""
    with tempfile.TemporaryDirectory() as scratch:
        old, data = Path(scratch) / "old", Path(scratch) / "data"
        packed = subprocess.run(("git", "archive", commit), cwd=ROOT, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(old, filter="data")
        _run(old, data, "demo", "--no-serve", "--reports", reports, "--web-port", str(_free_port()))
        for folder in folders:
            # Files that hold no report are named and skipped.
            _run(old, data, "add", str(Path(folder).resolve()))
        changed = _run(ROOT, data, "extract", "--all")
    sys.stdout.write(changed)
    what = Counter(line.split("\t")[1].partition(".")[0] for line in changed.splitlines())
    sys.stderr.write(f"{what.total()} lines: {dict(what)}\n")


def _free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def _run(code: Path, data: Path, *command: str) -> str:
    """What a command prints, run by the code of a folder."""
    done = subprocess.run((*_COMMAND, "--data", str(data), *command), cwd=code, check=True, stdout=subprocess.PIPE)
    return done.stdout.decode()


if __name__ == "__main__":
    main(*sys.argv[1:])
