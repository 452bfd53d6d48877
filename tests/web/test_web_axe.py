"""Every page of the room as axe looks at it: nothing that keeps somebody out, in both widths, light and dark."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from web_paths import every_path
from web_visitor import Visitor
from web_window import Served, entered, the_breach

axe = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed: make setup installs it")
KINDS = tuple(product((1280, 390), ("light", "dark")))
GRAVE = ("serious", "critical")
OPTIONS = {"resultTypes": ["violations"], "elementRef": False}


def one_of_each(visitor: Visitor) -> list[str]:
    """An address of every kind of page, the richest page of the demo among them, and pages that refuse."""
    page, found = the_breach(visitor), {}
    for path in every_path(visitor):
        parts = path.partition("?")
        kind = "/".join(parts[0].split("/")[:2]) + ("/" if parts[0].count("/") > 1 else "") + parts[2].partition("=")[0]
        if kind not in found or page in path:
            found[kind] = path
    more = ("/help", "/nowhere", "/pile?q=bridge", "/pile?q=nothingatall", "/voices?q=regime", "/speakers?kind=person")
    return [*found.values(), *more]


def grave(window: Any) -> list[str]:
    """What axe finds on the page that is open: the rule, and what breaks it."""
    window.evaluate(axe.AXE_SCRIPT)
    found = window.evaluate("options => axe.run(document, options)", OPTIONS)
    assert found["testEngine"]["name"] == "axe-core"
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:160]}: {node['failureSummary'][:200]}"
        for each in found["violations"] if each["impact"] in GRAVE for node in each["nodes"][:3]
    ]  # fmt: skip


def looked_at(chromium: Any, served: Served, paths: list[str], width: int, scheme: str) -> list[str]:
    """The findings of some pages, each with its address."""
    window = entered(chromium, served, [], viewport={"width": width, "height": 900}, color_scheme=scheme)
    found = []
    for path in paths:
        window.goto(served.home + path, wait_until="domcontentloaded")
        found += [f"{path}: {each}" for each in grave(window)]
    window.context.close()
    return found


def test_axe_finds_what_is_wrong(chromium: Any, served: Served):
    window = entered(chromium, served, [])
    window.evaluate("document.querySelector('main').innerHTML = '<img src=/static/mark.svg><button></button>'")
    rules = {each.partition(" ")[0] for each in grave(window)}
    window.context.close()
    assert {"image-alt", "button-name"} <= rules


@pytest.mark.parametrize(("place", "kind"), list(enumerate(KINDS)))
def test_every_page_once(chromium: Any, served: Served, demo: Visitor, place: int, kind: tuple[int, str]):
    """A quarter of the pages in each width and scheme: together every page, each once."""
    assert looked_at(chromium, served, one_of_each(demo)[place :: len(KINDS)], *kind) == []


@pytest.mark.soak
@pytest.mark.parametrize(("width", "scheme"), KINDS)
def test_every_page_everywhere(chromium: Any, served: Served, demo: Visitor, width: int, scheme: str):
    paths = one_of_each(demo)
    assert len(paths) > 24
    assert looked_at(chromium, served, paths, width, scheme) == []
    print(f"\naxe: {len(paths)} pages at {width} px, {scheme}: nothing serious or critical")
