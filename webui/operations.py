"""What an operation of the interface for programs is made of: its parameters, its answers (OpenAPI 3.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from corpus.doubts import LANGUAGES
from indexer.facets import BY_NAME

Json = dict[str, Any]

LANG: Json = {"name": "lang", "in": "query", "schema": {"type": "string", "enum": list(LANGUAGES)}}
ERROR: Json = {"$ref": "#/components/schemas/ErrorShape"}
ONE_YEAR = "^(19|20|21)[0-9]{2}$"
AGENCY = f"^{BY_NAME['agency'].pattern}$"
REGION: Json = {"$ref": "#/components/schemas/RegionCode"}
METRIC: Json = {"$ref": "#/components/schemas/MetricId"}


def one(name: str, schema: Json, words: str) -> Json:
    """A parameter that is given once."""
    return {"name": name, "in": "query", "schema": schema, "description": words}


def many(name: str, schema: Json, words: str, most: int = 50) -> Json:
    """A parameter that may be given again, ``most`` times."""
    array = {"type": "array", "items": schema, "maxItems": most}
    return {"name": name, "in": "query", "schema": array, "description": words, "style": "form", "explode": True}


def in_path(name: str, pattern: str) -> Json:
    """A part of the address."""
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": pattern}}


def operation(summary: str, schema: str, parameters: list[Json]) -> Json:
    """What is asked for JSON of a type (answers.py)."""
    answer = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"get": {"summary": summary, "parameters": parameters, "responses": _responses(answer, parameters)}}


def file(summary: str, media_type: str, parameters: list[Json]) -> Json:
    """What is asked for a file."""
    answer = {media_type: {"schema": {"type": "string"}}}
    return {"get": {"summary": summary, "parameters": parameters, "responses": _responses(answer, parameters)}}


def _responses(answer: Json, parameters: Iterable[Json]) -> Json:
    error = {"application/json": {"schema": ERROR}}
    responses: Json = {
        "200": {"description": "Done", "content": answer},
        "400": {"description": "A parameter means nothing; the error names it", "content": error},
        "503": {"description": "The index is not ready", "content": error},
    }
    if any(parameter["name"] == "beside" for parameter in parameters):
        responses["302"] = {"description": "It is the comparison of the agency with its neighbours"}
        responses["404"] = {"description": "There is nothing here", "content": error}
    if any(parameter["in"] == "path" for parameter in parameters):
        responses["301"] = {"description": "The id has become another one"}
        responses["410"] = {"description": "It is withheld; the answer says why and since when", "content": error}
        responses["404"] = {"description": "There is nothing here", "content": error}
    return responses


REPORT: Json = in_path("id", r"^[0-9]{6}-[0-9]{4}-[0-9a-f]{8}$")
"""A report's id."""
