"""The description of the site for programs (OpenAPI 3.1), made from the filter and the columns."""

from typing import Any, Final

from django import forms

from timeline.exports.codebook import TABLES
from timeline.exports.columns import FORMAT, VERSION, Column, Shape, of_format
from timeline.exports.files import FILES, File
from timeline.exports.tables import Table

_TYPES: Final[dict[Shape, dict[str, Any]]] = {
    Shape.TEXT: {"type": ["string", "null"]},
    Shape.CODE: {"type": ["string", "null"]},
    Shape.LIST: {"type": "array", "items": {"type": "string"}},
    Shape.CODES: {"type": "array", "items": {"type": "string"}},
    Shape.NUMBER: {"type": ["number", "null"]},
    Shape.BOOLEAN: {"type": ["boolean", "null"]},
}
_ETAG: Final = {
    "ETag": {
        "description": "The name of exactly these bytes: send it as If-None-Match.",
        "schema": {"type": "string"},
    }
}
_REFUSAL: Final = {
    "description": "A parameter is unknown or not understood: each line names it and says why.",
    "content": {"text/plain": {"schema": {"type": "string"}}},
}
_KNOWN: Final = {"description": "The reader has these bytes already."}


_MANIFEST: Final = {
    "type": "object",
    "required": ["revision", "filter", "rows", "bytes", "sha256", "columns", "redactions"],
    "properties": {
        "site": {"type": "string"},
        "revision": {"type": "integer"},
        "revision_written_at": {"type": ["string", "null"]},
        "filter": {"type": "string"},
        "filter_in_words": {"type": "string"},
        "format": {"type": "integer"},
        "version": {"type": "integer"},
        "file": {"type": "string"},
        "url": {"type": "string"},
        "columns": {"type": "array", "items": {"type": "string"}},
        "rows": {"type": "integer"},
        "bytes": {"type": "integer"},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "redactions": {"type": "array"},
        "redaction_note": {"type": "string"},
    },
}


def openapi(filters: dict[str, Any], *, site: str, refused: tuple[str, ...]) -> dict[str, Any]:
    """Return the description. `filters` by name; those that are `refused` no file takes."""
    parameters = {
        name: _parameter(name, found.field)
        for name, found in sorted(filters.items())
        if name not in refused
    }
    taken = [{"$ref": f"#/components/parameters/{name}"} for name in parameters]
    manifest = _operation(
        "manifest", "What proves that a copy of the CSV is whole.", "application/json", "Manifest"
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Truceline",
            "version": f"{VERSION}.{FORMAT}",
            "description": (
                "The timeline of peace talks, truces and incidents as files. Every file takes the "
                "same filter; without `as_of` it is of the latest revision. What is not recorded "
                "is empty or null, which is neither zero nor no."
            ),
        },
        "servers": [{"url": site.rstrip("/")}],
        "paths": {
            **{f"/{file.path}": {"get": _of_file(file) | {"parameters": taken}} for file in FILES},
            "/timeline/manifest.json": {"get": manifest | {"parameters": taken}},
            "/codebook.csv": {
                "get": _operation("codebook", "What every name means.", "text/csv", "")
            },
        },
        "components": {
            "parameters": parameters,
            "schemas": {
                **{_name(table): _object(table) for table in TABLES},
                "Manifest": _MANIFEST,
            },
        },
    }


def _of_file(file: File) -> dict[str, Any]:
    """Return the operation of a file; a line of JSON Lines is an object of its table."""
    media = file.content_type.partition(";")[0]
    operation = _operation(file.name, str(file.purpose), media, "")
    if file.table is not None:
        line = f"Each row is {_name(file.table)}: #/components/schemas/{_name(file.table)}."
        operation["description"] = line
    return operation


def _operation(name: str, summary: str, media: str, schema: str) -> dict[str, Any]:
    content: dict[str, Any] = {"$ref": f"#/components/schemas/{schema}"} if schema else {}
    return {
        "operationId": name,
        "summary": summary,
        "responses": {
            "200": {
                "description": summary,
                "headers": _ETAG,
                "content": {media: {"schema": content}},
            },
            "304": _KNOWN,
            "400": _REFUSAL,
        },
    }


def _parameter(name: str, field: forms.Field) -> dict[str, Any]:
    """Return one parameter of the filter; several values stand with commas between."""
    codes = [*getattr(field, "codes", ())]
    is_closed = codes and not hasattr(field, "topic")
    value: dict[str, Any] = {"type": "string"} | ({"enum": codes} if is_closed else {})
    found = {
        "name": name,
        "in": "query",
        "description": str(field.help_text),
        "schema": {"type": "array", "items": value} if getattr(field, "is_many", False) else value,
    }
    return found | ({"style": "form", "explode": False} if getattr(field, "is_many", False) else {})


def _name(table: Table) -> str:
    return table.label.replace(" ", "")


def _object(table: Table) -> dict[str, Any]:
    columns = of_format(table.columns, FORMAT)
    return {
        "type": "object",
        "description": table.help,
        "required": [column.name for column in columns],
        "properties": {column.name: _property(column) for column in columns},
    }


def _property(column: Column) -> dict[str, Any]:
    return {"title": column.label, "description": column.help, **_TYPES[column.shape]}
