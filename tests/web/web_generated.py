"""Requests that schemathesis makes of the room's own description, asked of the room itself; and what every answer must be."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import jsonschema
from hypothesis import HealthCheck, Phase, given, seed, settings
from web_visitor import HOME

from sayso.web.openapi import ERROR, PATH
from sayso.web.room import Room

EVERY_THIRD = 3
"""Of three requests for something by its id, two are for what is there."""


def ask_generated(room: Room, ids: dict[str, list[str]], requests: int) -> Counter[tuple[str, int]]:
    """So many requests, by path and status. ``ids`` are real ones by path. A fault of the room fails here."""
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.openapi import from_asgi
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    headers = {
        "Authorization": f"Bearer {room.keys.token}",
        "Host": HOME.partition("//")[2],
        "Accept": "application/json",
    }
    schema = from_asgi(PATH, room.app(), headers=headers)
    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    met: Counter[tuple[str, int]] = Counter()

    def asked(case: schemathesis.Case) -> None:
        real = ids.get(case.operation.path.rsplit(".", 1)[0] if "{" in case.operation.path else "", [])
        at = len(str(case.path_parameters)) + len(str(case.query))
        if real and at % EVERY_THIRD:
            case.path_parameters = {name: real[at % len(real)] for name in case.path_parameters}
        answer = case.call(base_url=HOME, headers=headers, allow_redirects=False)
        met[case.operation.path, answer.status_code] += 1
        case.validate_response(answer, checks=checks)
        if answer.status_code >= 400:
            assert answer.headers["content-type"][0] == "application/json", case.operation.path
            error = json.loads(answer.content)
            jsonschema.validate(error, ERROR)
            assert error["error"]["status"] == answer.status_code

    _given(schema, requests)(asked)()
    return met


def _given(schema: Any, requests: int) -> Callable[[Callable[[Any], None]], Callable[[], None]]:
    def wrapped(asked: Callable[[Any], None]) -> Callable[[], None]:
        run = given(schema.as_strategy())(asked)
        bounds = settings(
            max_examples=requests,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        return bounds(seed(20)(run))

    return wrapped
