"""``make audit``: known vulnerabilities of what is pinned, by pip-audit; told apart from "nobody could be asked".

pip-audit ends with 0 where a service knows none of the packages, as a mirror of them does, and with a traceback where
none is reached. Neither is a clean bill: both are said, and fail with ``--strict``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from tests.checkout import ROOT

SERVICES = ("pypi", "osv")


def asked(program: str, lock: str, service: str) -> list[dict[str, Any]] | None:
    """What a service says of every package of a lock; None where it does not answer."""
    command = [program, "--requirement", str(ROOT / "requirements" / lock), "--require-hashes", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off", "--vulnerability-service", service, "--timeout", "15"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except ValueError:
        return None
    return found


def verdict(found: Sequence[dict[str, Any]] | None) -> tuple[list[str], int]:
    """The vulnerable packages, and of how many the service knew anything."""
    known = [each for each in found or () if "skip_reason" not in each]
    vulnerable = [
        f"{each['name']} {each['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'none yet'}"
        for each in known
        for flaw in each["vulns"]
    ]
    return vulnerable, len(known)


def main(arguments: Sequence[str]) -> int:
    """Ask the services in turn until one answers; print what is wrong."""
    parser = argparse.ArgumentParser(prog="make audit")
    parser.add_argument("--program", default="pip-audit")
    parser.add_argument("--strict", action="store_true", help="fail where no service answers")
    options = parser.parse_args(arguments)
    for lock in ("runtime.txt", "dev.txt"):
        for service in SERVICES:
            vulnerable, known = verdict(asked(options.program, lock, service))
            if known:
                sys.stdout.write(f"{lock}: {known} packages known to {service}, {len(vulnerable)} vulnerabilities\n")
                sys.stdout.writelines(f"  {words}\n" for words in vulnerable)
                break
        else:
            sys.stdout.write(f"{lock}: nothing was audited: none of {', '.join(SERVICES)} answers from here\n")
        if vulnerable or (options.strict and not known):
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
