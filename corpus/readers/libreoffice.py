"""Other Office formats → .docx (.doc, .wps, .rtf, .odt) and .xlsx (.ods, .xlsb), by LibreOffice where installed.

Each call has a profile of its own in a temporary directory, so that runs beside each other and a person's own
LibreOffice do not disturb one another; nothing outside that directory is written.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from corpus.errors import UnreadableError, UnsupportedError
from corpus.readers.limits import Limits

_PROGRAMS = ("soffice", "libreoffice")


def converter() -> str | None:
    """The path of LibreOffice, None where it is not installed."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def to_docx(payload: bytes, suffix: str, limits: Limits) -> bytes:
    """The same document as .docx.

    Raises UnsupportedError where LibreOffice is missing, UnreadableError where it makes nothing of the file in time.
    """
    return _converted(payload, suffix, ".docx", "docx:MS Word 2007 XML", limits)


def to_xlsx(payload: bytes, suffix: str, limits: Limits) -> bytes:
    """The same workbook as .xlsx. Raises as ``to_docx``."""
    return _converted(payload, suffix, ".xlsx", "xlsx:Calc MS Excel 2007 XML", limits)


def _converted(payload: bytes, suffix: str, to: str, filter_: str, limits: Limits) -> bytes:
    program = converter()
    if program is None:
        raise UnsupportedError("converter_missing", suffix=suffix, to=to)
    with tempfile.TemporaryDirectory(prefix="nianbao-office-") as folder:
        source = Path(folder) / f"report{suffix}"
        source.write_bytes(payload)
        _run(
            [
                program,
                f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                filter_,
                "--outdir",
                str(Path(folder) / "out"),
                str(source),
            ],
            folder,
            limits,
        )
        converted = Path(folder) / "out" / f"report{to}"
        if not converted.is_file():
            raise UnreadableError("converter_failed", suffix=suffix, to=to)
        limits.check_unpacked(converted.stat().st_size)
        return converted.read_bytes()


def _run(command: list[str], folder: str, limits: Limits) -> None:
    """Run in a process group of its own, which ends with all its children when the time is over."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": folder, "LANG": "C.UTF-8"}
    process = subprocess.Popen(  # noqa: S603 - a fixed program, no shell, the file's name is ours
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(limits.seconds)
    except subprocess.TimeoutExpired as error:
        raise UnreadableError("converter_slow", seconds=f"{limits.seconds:g}") from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
