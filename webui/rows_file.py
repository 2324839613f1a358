"""The rows of an analysis as a CSV file (RFC 4180) that Excel opens as UTF-8 and in which no cell is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from flask import Response, current_app, stream_with_context

from webui.export import BOM, defused
from webui.tables import Value

_PIECE = 64 << 10
"""Characters after which a piece of the file is given away."""


def rows_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> Response:
    """An answer that is written while it is sent."""

    def pieces() -> Iterator[bytes]:
        buffer = io.StringIO()
        buffer.write(BOM)
        writer = csv.writer(buffer)
        writer.writerow(columns)
        for row in rows:
            writer.writerow(map(defused, row))
            if buffer.tell() >= _PIECE:
                yield buffer.getvalue().encode()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue().encode()

    response = current_app.response_class(stream_with_context(pieces()), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="nianbao-{name}.csv"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
