"""The room told to programs, in OpenAPI 3.1: made from the declarations that the room itself goes by, so that both say the same.

Paths and values come from the kinds of pages and the forms, what a page holds from the dataclass that its builder gives back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from sayso.version import __version__
from sayso.web.answers import Kind
from sayso.web.asked import LONGEST
from sayso.web.declared import CURSOR, Ask, File, Form

PATH = "/openapi.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]
_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"}, bool: {"type": "boolean"},
    NoneType: {"type": "null"}, Any: {}, object: {},
}  # fmt: skip
REFUSED = {
    400: "What was asked for cannot be.", 401: "The key is missing.", 403: "Another page sent this.",
    404: "Nothing stands there.", 413: "The form is too large.", 421: "The Host is another's.",
    500: "Something went wrong.", 503: "Somebody else is writing, or what is asked for is still being worked out.",
}  # fmt: skip


def first_line(thing: Any) -> str:
    """What a thing says of itself in its first sentence."""
    return (thing.__doc__ or "").strip().partition("\n")[0].replace("``", "")


class Components:
    """Dataclasses as schemas under names of their own."""

    def __init__(self) -> None:
        self.schemas: dict[str, Schema] = {}
        self._names: dict[type, str] = {}

    def schema(self, kind: Any) -> Schema:
        """The schema of what an annotation allows. Raises TypeError for one that no page has."""
        if kind in _PLAIN:
            return dict(_PLAIN[kind])
        if isinstance(kind, type) and is_dataclass(kind):
            return {"$ref": f"#/components/schemas/{self._named(kind)}"}
        origin, parts = get_origin(kind), get_args(kind)
        if origin is Literal:
            return {"enum": list(parts)}
        if origin in (Union, UnionType):
            return {"anyOf": [self.schema(part) for part in parts]}
        if origin in (tuple, list) and parts[-1] is not Ellipsis and origin is tuple:
            every = [self.schema(part) for part in parts]
            return {"type": "array", "prefixItems": every, "minItems": len(every), "maxItems": len(every)}
        if origin in (tuple, list):
            return {"type": "array", "items": self.schema(parts[0])}
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.schema(parts[1])}
        raise TypeError(f"{kind!r} has no schema")

    def _named(self, kind: type) -> str:
        """The name of a dataclass; where another has it, with the name of its module before it."""
        if kind not in self._names:
            taken = set(self._names.values())
            name = (
                kind.__name__ if kind.__name__ not in taken else f"{kind.__module__.rpartition('.')[2]}.{kind.__name__}"
            )
            self._names[kind] = name
            hints = get_type_hints(kind)
            names = [each.name for each in fields(kind)]
            self.schemas[name] = {
                "type": "object", "description": first_line(kind), "additionalProperties": False, "required": names,
                "properties": {each: self.schema(hints[each]) for each in names},
            }  # fmt: skip
        return self._names[kind]


def _parameter(ask: Ask) -> Schema:
    schema: Schema = {"type": "string", "enum": [*dict.fromkeys(("", *ask.among))]} if ask.among else {
        "type": "string", "maxLength": LONGEST}  # fmt: skip
    return {"name": ask.name, "in": "query", "required": False, "description": ask.means, "schema": schema}


def _parts(path: str) -> list[Schema]:
    return [
        {"name": name, "in": "path", "required": True, "description": "An id.", "schema": {"type": "string", "minLength": 1}}
        for name in re.findall(r"{(\w+)}", path)
    ]  # fmt: skip


def _refusals(*codes: int) -> dict[str, Schema]:
    return {str(code): {"$ref": f"#/components/responses/{code}"} for code in codes}


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}


def asks_of(kind: Kind) -> tuple[Ask, ...]:
    """All values that a page takes: those that are declared, and a cursor where it goes on."""
    goes_on = "next" in {each.name for each in fields(get_type_hints(kind.build)["return"])}
    return (*kind.asks, *([CURSOR] if goes_on else []))


def _page(kind: Kind, form: str, components: Components) -> Schema:
    data = components.schema(get_type_hints(kind.build)["return"])
    envelope: Schema = {
        "type": "object", "required": ["page", "address", "behind", "data"], "additionalProperties": False,
        "properties": {"page": {"const": kind.name}, "address": {"type": "string"}, "behind": {"type": "boolean"}, "data": data},
    }  # fmt: skip
    words: Schema = {"schema": {"type": "string"}}
    content = {"json": _json(envelope), "csv": {"text/csv": words}, "html": {"text/html": words}}[form]
    told = {"json": "The page in the envelope.", "csv": "The table of the page.", "html": "The page as it is read."}
    next_ = {"Link": {"description": "The address of the next part, rel=next.", "schema": {"type": "string"}}}
    return {
        "operationId": f"{kind.name}-{form}", "summary": first_line(kind.build),
        "parameters": [*_parts(kind.path), *map(_parameter, asks_of(kind))],
        "responses": {
            "200": {"description": told[form], "content": content, **({"headers": next_} if form != "html" else {})},
            **_refusals(400, 401, 403, 404, 421, 500, 503),
        },
    }  # fmt: skip


def _form(form: Form) -> Schema:
    properties = {
        each.name: {"type": "string", "description": each.means, **({"enum": list(each.among)} if each.among else {})}
        for each in form.fields
    }
    sent: Schema = {"schema": {"type": "object", "properties": properties}}
    answers: dict[str, Schema] = {"303": {"description": "Done; Location is the page to go on with."}}
    if form.answer:
        value: Schema = {"type": "array", "items": {"type": "string"}} if form.many else {"type": "string"}
        answers["200"] = {
            "description": "Done, for who accepts JSON.",
            "content": _json({"type": "object", "required": [form.answer], "properties": {form.answer: value}}),
        }
    return {
        "operationId": form.path.strip("/"), "summary": form.means,
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": sent}},
        "responses": {**answers, **_refusals(400, 401, 403, 404, 413, 421, 500, 503)},
    }  # fmt: skip


ERROR: Schema = {
    "type": "object", "description": "What went wrong, in one shape everywhere.", "required": ["error"],
    "additionalProperties": False,
    "properties": {"error": {
        "type": "object", "required": ["status", "message"], "additionalProperties": False,
        "properties": {"status": {"type": "integer", "minimum": 400, "maximum": 599}, "message": {"type": "string"}},
    }},
}  # fmt: skip


def _file(file: File) -> Schema:
    content = {"*/*": {"schema": {"type": "string"}}}
    return {
        "operationId": file.path.split("/")[1] + "-file", "summary": file.means,
        "parameters": [*_parts(file.path), *map(_parameter, file.asks)],
        "responses": {"200": {"description": "The file.", "content": content}, **_refusals(400, 401, 403, 404, 421, 500, 503)},
    }  # fmt: skip


def described(kinds: Iterable[Kind], forms: Iterable[Form], given: Iterable[File]) -> Schema:
    """Pages of a pile as data: one envelope for answers, one shape for errors, cursors for what goes on."""
    components, paths = Components(), {}
    for kind in kinds:
        for form in kind.forms:
            paths[kind.path + ("" if form == "html" else f".{form}")] = {"get": _page(kind, form, components)}
    for each in forms:
        paths[each.path] = {"post": _form(each)}
    for file in given:
        paths[file.path] = {"get": _file(file)}
    answer = {"200": {"description": "This document.", "content": _json({"type": "object"})}}
    paths[PATH] = {
        "get": {
            "operationId": "openapi",
            "summary": "This description.",
            "responses": {**answer, **_refusals(401, 403, 421)},
        }
    }
    words = {"schema": {"$ref": "#/components/schemas/Error"}}
    page = {"schema": {"type": "string"}}
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {"title": "The reading room of Sayso", "version": __version__, "description": first_line(described)},
        "security": [{"bearer": []}, {"cookie": []}],
        "paths": paths,
        "components": {
            "schemas": {"Error": ERROR, **components.schemas},
            "responses": {
                str(code): {"description": told, "content": {"application/json": words, "text/html": page}}
                for code, told in REFUSED.items()
            },
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "description": "The key of the address that was printed."},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "sayso-PORT", "description": "What a browser is given."},
            },
        },
    }  # fmt: skip
