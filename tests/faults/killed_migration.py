"""``nianbao`` that kills itself before its so manyth statement that makes or alters what a schema consists of."""

from __future__ import annotations

import os
import signal
from itertools import count
from typing import Any

from sqlalchemy import Engine, event

from webui.cli import main

_CHANGES = ("CREATE", "ALTER", "INSERT", "UPDATE", "COMMIT")


def kill_at(number: int) -> None:
    """Arrange for it."""
    seen = count(1)

    @event.listens_for(Engine, "before_cursor_execute")
    def look(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().startswith(_CHANGES) and next(seen) == number:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    kill_at(int(os.environ["NIANBAO_TEST_STATEMENT"]))
    main()
