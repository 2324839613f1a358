"""What we give operators to start from is understood by the programs that read it, and names what exists."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.checkout import ROOT
from webui.cli import COMMANDS
from webui.commands.options import SETTINGS, variable

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*"))


def test_every_command_that_is_started_exists() -> None:
    texts = [path.read_text(encoding="utf-8") for path in [*UNITS, DEPLOY / "compose.yaml"]]
    pattern = r"\bnianbao (\w+)(?=[\n;])|command: \[(\w+)"
    started = {name for text in texts for match in re.findall(pattern, text) for name in match if name}
    assert started == {"serve", "crawl", "update"}
    assert started <= set(COMMANDS)


def test_every_setting_that_is_named_exists() -> None:
    assert set(tomllib.loads((DEPLOY / "nianbao.toml").read_text(encoding="utf-8"))) <= set(SETTINGS)
    known = {variable(name) for name in SETTINGS} | {"NIANBAO_CONFIG"}
    for path in [*UNITS, DEPLOY / "compose.yaml", DEPLOY / "Containerfile"]:
        assert set(re.findall(r"NIANBAO_[A-Z_]+", path.read_text(encoding="utf-8"))) <= known, path.name


def command(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed here")
    return found


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    verify = command("systemd-analyze")
    program = tmp_path / "nianbao"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    for unit in UNITS:
        said = unit.read_text(encoding="utf-8").replace("/opt/nianbao/bin/nianbao", str(program))
        (tmp_path / unit.name).write_text(said, encoding="utf-8")
    units = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run([verify, "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if "nianbao" in line] == []


def test_nginx_understands_its_example(tmp_path: Path) -> None:
    nginx = command("nginx")
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; include {DEPLOY}/nginx.conf; }}",
        encoding="utf-8",
    )
    done = subprocess.run([nginx, "-t", "-c", str(whole)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_caddy_understands_its_example() -> None:
    caddy = command("caddy")
    validate = [caddy, "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    done = subprocess.run(validate, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
