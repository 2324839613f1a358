"""One page for whoever takes a search away: which tables there are, in which formats, and what their columns mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.util import find_spec

from flask import Blueprint, request

from indexer.request import SearchRequest
from webui.addresses import search_address
from webui.catalog import catalog
from webui.export import FORMATS, LICENCE
from webui.facet_choices import chips
from webui.language import chosen_language
from webui.pages.search import namer
from webui.params import parse
from webui.respond import View, page
from webui.tables import TABLES, Table

blueprint = Blueprint("download", __name__)


@page(blueprint, "/download")
def download() -> View:
    """The files of a search; the parameters are those of the search."""
    shelf = catalog()
    query = replace(parse(request.args, shelf.holdings.vocabulary), page=1)
    result = shelf.engine.search(replace(query, size=0))
    offered = tuple(name for name in FORMATS if name != "parquet" or find_spec("pyarrow"))
    files = {name: _files(query, table, offered) for name, table in TABLES.items()}
    body = {
        "ok": True,
        "total": result.total,
        "licence": LICENCE,
        "tables": [
            {
                "what": name,
                "files": files[name],
                "columns": [
                    {"name": each.name, "type": each.type, "description": each.description} for each in table.columns
                ],
            }
            for name, table in TABLES.items()
        ],
    }
    context = {
        "query": query,
        "total": result.total,
        "back": search_address(query),
        "slice": search_address(query, path="/slice.zip"),
        "chips": chips(query, namer(shelf, chosen_language())),
        "tables": TABLES,
        "files": files,
        "packages": {name: _with_table("/datapackage.json", query, table) for name, table in TABLES.items()},
        "missing": [name for name in FORMATS if name not in offered],
        "licence": LICENCE,
    }
    return View("download.html", body, context, index=False, version=result.generation)


def _files(query: SearchRequest, table: Table, offered: tuple[str, ...]) -> Mapping[str, str]:
    """Format → the address of the file."""
    return {name: _with_table(f"/search.{name}", query, table) for name in offered}


def _with_table(path: str, query: SearchRequest, table: Table) -> str:
    address = search_address(query, path=path)
    return f"{address}{'&' if '?' in address else '?'}what={table.name}"
