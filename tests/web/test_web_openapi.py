"""The room told to programs: the description says what the room does, no more and no less, and its answers fit it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

import jsonschema
import pytest
from web_paths import data, every_path
from web_visitor import FORM, HERE, HOME, Visitor

from sayso.web.asked import Asked
from sayso.web.forms import FILES, FORMS
from sayso.web.openapi import PATH, asks_of, described
from sayso.web.pages import KINDS
from sayso.web.wishes import Fields

NOT_TOLD = {"/", "/help", "/static/{name}"}
"""Addresses for browsers alone: they hold nothing of the pile."""


@pytest.fixture(scope="module")
def told(demo: Visitor) -> dict[str, Any]:
    answer = demo.ask(PATH)
    assert answer.status == 200
    return dict(answer.json)


def test_routes_and_description_are_the_same(demo: Visitor, told: dict[str, Any]):
    routes = {
        (route.path, method.lower()) for route in demo.app.app.routes for method in (route.methods or ()) if method != "HEAD"
    }  # fmt: skip
    paths = {(path, method) for path, methods in told["paths"].items() for method in methods}
    assert paths == {each for each in routes if each[0] not in NOT_TOLD}
    for path, methods in told["paths"].items():
        for operation in methods.values():
            placed = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "path"}
            assert placed == set(re.findall(r"{(\w+)}", path)), path


def test_every_page_has_its_twins(told: dict[str, Any]):
    for kind in KINDS:
        assert f"{kind.path}.json" in told["paths"], kind.name
        assert (f"{kind.path}.csv" in told["paths"]) == bool(kind.rows), kind.name
    assert {kind.name for kind in KINDS if not kind.rows} <= {"incident"}


def test_it_is_sound(told: dict[str, Any]):
    assert told["openapi"] == "3.1.0"
    names = [op["operationId"] for methods in told["paths"].values() for op in methods.values()]
    assert len(names) == len(set(names))
    references = set(re.findall(r"'\$ref': '#/components/(\w+)/([\w.]+)'", str(told)))
    assert references
    for part, name in references:
        assert name in told["components"][part], name
    used = {name for part, name in references if part == "schemas"}
    assert used == set(told["components"]["schemas"])
    for name in used:
        jsonschema.Draft202012Validator.check_schema(told["components"]["schemas"][name])
    assert "http" not in str({k: v for k, v in told.items() if k != "jsonSchemaDialect"}).replace("'http'", "")


def schema_of(told: dict[str, Any], path: str) -> jsonschema.Draft202012Validator:
    found = told["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return jsonschema.Draft202012Validator({**found, "components": told["components"]})


def kind_of(path: str) -> str:
    """The declared path of an address."""
    here = path.partition("?")[0]
    fitting = [kind.path for kind in KINDS if re.fullmatch(re.sub(r"{\w+}", "[^/]+", kind.path), here)]
    return min(fitting, key=lambda each: "{" in each)


def test_every_answer_fits_its_schema(demo: Visitor, hostile: Visitor, told: dict[str, Any]):
    seen: Counter[str] = Counter()
    for visitor, pile in ((demo, "/pile"), (hostile, "/pile?month=2031-01")):
        for path in every_path(visitor, pile):
            kind = kind_of(path)
            seen[kind] += 1
            if seen[kind] <= 2:  # most of the time goes into looking at what comes
                head, _, query = path.partition("?")
                answer = visitor.ask(f"{head}.json?{query}")
                assert answer.status == 200, path
                schema_of(told, f"{kind}.json").validate(answer.json)
    assert len(seen) > 14


def test_every_error_fits_its_schema(demo: Visitor, told: dict[str, Any]):
    schema = jsonschema.Draft202012Validator(told["components"]["schemas"]["Error"])
    for path, headers in (
        ("/page/none.json", None), ("/nowhere.json", None), ("/pile.csv?after=odd", None), ("/page/none.csv", None),
        ("/pile.json", {"host": HERE}), ("/pile.csv", {"host": "evil.example"}), (PATH, {"host": HERE}),
    ):  # fmt: skip
        answer = demo.ask(path, headers=headers)
        assert answer.status >= 400
        assert str(answer.status) in told["components"]["responses"]
        schema.validate(answer.json)


def test_all_that_is_read_is_declared(demo: Visitor, monkeypatch: pytest.MonkeyPatch):
    """Each page is asked with every value that any page takes; what it looks at, it declares, and the other way round."""
    looked: defaultdict[str, set[str]] = defaultdict(set)
    plain = Asked.word

    def word(self: Asked, name: str) -> str:
        looked[kind_of(self.path)].add(name)
        return plain(self, name)

    monkeypatch.setattr(Asked, "word", word)
    for path in [each for each in every_path(demo) if "?" not in each][:80]:
        assert demo.ask(f"{path}.json").status == 200, path
        demo.ask(f"{path}.json?done=abc&q=boats")
    for kind in KINDS:
        if kind.path in looked:
            names = {each.name for each in asks_of(kind)}
            assert looked[kind.path] | {"after"} == names | {"after"}, kind.name  # every envelope looks for the cursor
    assert len(looked) > 14


def test_all_fields_that_are_read_are_declared(demo: Visitor, monkeypatch: pytest.MonkeyPatch):
    looked: defaultdict[str, set[str]] = defaultdict(set)
    here = ""
    for name in ("word", "has", "every"):
        plain = getattr(Fields, name)

        def noted(self: Fields, field: str, plain: Any = plain) -> Any:
            looked[here].add(field)
            return plain(self, field)

        monkeypatch.setattr(Fields, name, noted)
    own = {"host": HERE, "cookie": demo.cookie, "origin": HOME, "accept": "application/json", **FORM}
    for form in FORMS:
        here = form.path
        sent = "&".join(f"{each.name}=" for each in form.fields if each.name != "reviewer")
        assert demo.ask(form.path, "POST", own, sent.encode()).status in (303, 400)
    told = {form.path: {each.name for each in form.fields} for form in FORMS}
    told["/decide"] |= told["/decide-all"]  # one wish is made of either
    assert {path: names - told[path] for path, names in looked.items()} == {path: set() for path in told}


def test_cursors_lead_through_csv(hostile: Visitor):
    rows, path = 0, "/pile.csv"
    first = hostile.ask(path)
    assert first.headers["link"].endswith('rel="next"')
    while path:
        answer = hostile.ask(path)
        rows += answer.text.count("\n") - 1
        link = answer.headers.get("link", "")
        path = link.partition(">")[0].lstrip("<")
    assert rows >= len(data(hostile, "/pile")["documents"]) > 0


def test_nothing_drifts_in_what_is_declared():
    assert described(KINDS, FORMS, FILES) == described(KINDS, FORMS, FILES)
    for kind in KINDS:
        names = [each.name for each in asks_of(kind)]
        assert len(names) == len(set(names)), kind.name
        assert all(each.means.endswith(".") for each in kind.asks), kind.name
