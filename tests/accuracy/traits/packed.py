"""Archives of one file, by every program that packs."""

from __future__ import annotations

import gzip
import io
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path

from tests.accuracy.formats.office import docx_file
from tests.accuracy.formats.page import html
from tests.accuracy.paper import Paper
from tests.accuracy.traits.pages import Written

_NAME = "云溪县年报.docx"


def _zip(paper: Paper) -> Written:
    """Names in GB18030 without a word about it, as Chinese programs write them."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_NAME.encode("gb18030").decode("cp437"), docx_file(paper))
        archive.writestr("__MACOSX/._a.docx", b"\0" * 100)
    return paper, output.getvalue(), ".zip"


def _tar(paper: Paper) -> Written:
    output = io.BytesIO()
    payload = html(paper)
    with tarfile.open(fileobj=output, mode="w", format=tarfile.GNU_FORMAT, encoding="gb18030") as archive:
        member = tarfile.TarInfo("云溪县年报.html")
        member.size = len(payload)
        archive.addfile(member, io.BytesIO(payload))
    return paper, output.getvalue(), ".tar"


def _packed(paper: Paper) -> Written:
    made, payload, _ = _tar(paper)
    return made, gzip.compress(payload), ".tar.gz"


def _mailed(paper: Paper) -> Written:
    message = EmailMessage()
    message["Subject"] = "年报"
    message.set_content("请查收。")
    message.add_attachment(docx_file(paper), maintype="application", subtype="octet-stream", filename=_NAME)
    return paper, message.as_bytes(), ".eml"


def _book(paper: Paper) -> Written:
    """Two chapters of an electronic book, the second without a head of its own."""
    first, second = html(paper).decode().split("<table", 1)
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", "<container/>")
        archive.writestr("OEBPS/1.xhtml", f"<?xml version='1.0'?>{first}</div></body></html>")
        archive.writestr("OEBPS/2.xhtml", f"<?xml version='1.0'?><html><body><div><table{second}")
    return paper, output.getvalue(), ".epub"


def _seven_zip(paper: Paper) -> Written:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "report.docx").write_bytes(docx_file(paper))
        program = shutil.which("bsdtar") or "bsdtar"
        made = Path(folder) / "made.7z"
        subprocess.run([program, "-a", "-cf", str(made), "-C", folder, "report.docx"], check=True)
        return paper, made.read_bytes(), ".7z"


TRAITS: Mapping[str, Callable[[Paper], Written]] = {
    "zip: names in GB18030": _zip,
    "tar: names in GB18030": _tar,
    "tar: compressed": _packed,
    "mail: attached": _mailed,
    "book": _book,
    **({"7z": _seven_zip} if shutil.which("bsdtar") else {}),
}
