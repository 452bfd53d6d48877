"""Who comes in, who may write, and what every answer tells the browser."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from web_paths import documents, notes
from web_visitor import FORM, HERE, HOME, PORT, Visitor

from sayso.ledger import DecisionFilter, Ledger
from sayso.web.forms import FORMS

WRITING = tuple(form.path for form in FORMS)
HOSTS = (
    HERE,
    f"localhost:{PORT}",
    "127.0.0.1",
    f"127.0.0.1:{PORT + 1}",
    f"evil.example:{PORT}",
    f"{HERE}.evil.example",
    None,
)
KEYS = ("right", "wrong", "none", "bearer", "wrong bearer")
ORIGINS = (
    None,
    HOME,
    f"http://localhost:{PORT}",
    f"http://127.0.0.1:{PORT + 1}",
    f"https://{HERE}",
    "https://evil.example",
    "null",
)
SITES = (None, "same-origin", "same-site", "cross-site", "none", "odd")


def headers_of(visitor: Visitor, host: str | None, key: str, origin: str | None, site: str | None) -> dict[str, str]:
    given = {
        "host": host, "origin": origin, "sec-fetch-site": site,
        "cookie": {"right": visitor.cookie, "wrong": visitor.cookie + "x"}.get(key),
        "authorization": {"bearer": f"Bearer {visitor.room.keys.token}", "wrong bearer": "Bearer x"}.get(key),
    }  # fmt: skip
    return {**{name: value for name, value in given.items() if value is not None}, **FORM}


def expected(host: str | None, key: str, origin: str | None, site: str | None) -> int:
    """What a request deserves: 400 is let through, and then finds that it wishes for nothing."""
    if host not in HOSTS[:2]:
        return 421
    if key not in ("right", "bearer"):
        return 401
    if (origin, site) == ("null", "same-origin"):
        return 400  # a form of ours, whose pages have no referrer
    if origin not in (None, f"http://{host}") or site not in (None, "same-origin"):
        return 403
    return 403 if origin is None and site is None and key == "right" else 400


@pytest.mark.parametrize("path", WRITING)
def test_writing_matrix(demo: Visitor, path: str):
    faults, body = [], b"reviewer=" + b"x" * 101  # a name that is too long: whoever is let through is told so
    for row in product(HOSTS, KEYS, ORIGINS, SITES):
        answer = demo.ask(path, "POST", headers_of(demo, *row), body)
        if answer.status != expected(*row):
            faults.append((row, answer.status))
    assert not faults


def test_every_writing_route_is_in_the_matrix(demo: Visitor):
    guarded = demo.app
    writing = {route.path for route in guarded.app.routes if "POST" in (route.methods or ())}
    assert writing == set(WRITING)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": HERE}, 401),
        ({"host": "evil.example"}, 421),
        ({}, 421),
        ({"host": HERE, "cookie": "sayso-7297=wrong"}, 401),
        ({"host": HERE, "cookie": "\x80=;;\x00"}, 401),
        ({"host": HERE, "authorization": "Basic eDp4"}, 401),
    ],
)
@pytest.mark.parametrize("path", ["/pile", "/pile.json", "/pile.csv", "/page/x", "/queue", "/", "/nowhere"])
def test_reading_needs_the_key(demo: Visitor, path: str, headers: dict[str, str], status: int):
    assert demo.ask(path, headers=headers).status == status


@pytest.mark.parametrize(
    ("site", "mode", "dest", "status"),
    [
        ("none", "navigate", "document", 200),  # typed
        ("same-origin", "cors", "empty", 200),  # our own script
        ("cross-site", "navigate", "document", 200),  # a link
        ("same-site", "navigate", "iframe", 403),  # a page of another port holds ours
        ("same-site", "no-cors", "script", 403),  # another port's page takes our data for a script
        ("cross-site", "cors", "empty", 403),
    ],
)
def test_parts_of_other_pages_are_refused(demo: Visitor, site: str, mode: str, dest: str, status: int):
    fetch = {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest}
    assert demo.ask("/pile", headers={"host": HERE, "cookie": demo.cookie, **fetch}).status == status


def test_the_key_opens_and_leaves_the_address(demo: Visitor):
    answer = demo.ask(f"/pile?token={demo.room.keys.token}&outlet=a%26b", headers={"host": HERE})
    assert (answer.status, answer.headers["location"]) == (303, "/pile?outlet=a%26b")
    cookie = answer.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=strict", "Path=/"))
    assert demo.room.keys.token not in cookie  # who sees the cookie of a page does not see the address
    inside = demo.ask("/pile", headers={"host": HERE, "cookie": cookie.split(";")[0]})
    assert inside.status == 200
    assert demo.ask("/pile?token=wrong", headers={"host": HERE}).status == 403
    assert (
        demo.ask("//evil.example/?token=" + demo.room.keys.token, headers={"host": HERE}).headers["location"]
        == "/evil.example/"
    )


def test_a_lent_key_opens_once(demo: Visitor):
    key = demo.room.keys.lend()
    assert [demo.ask(f"/?token={key}", headers={"host": HERE}).status for _ in range(2)] == [303, 403]


def test_headers_of_every_answer(demo: Visitor):
    for path in ("/pile", "/pile.json", "/pile.csv", "/nowhere", "/static/room.css", "/", "/page/none"):
        for headers in (None, {"host": HERE}, {"host": "x"}):
            found = demo.ask(path, headers=headers).headers
            policy = found["content-security-policy"].split("; ")
            assert policy[0] == "default-src 'none'", path
            assert not any("unsafe" in each or "*" in each or "http" in each for each in policy)
            assert {"frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} <= set(policy)
            assert found["x-content-type-options"] == "nosniff"
            assert found["referrer-policy"] == "no-referrer"
            assert path.startswith("/static") or found["cache-control"] == "no-store"


def test_errors_have_one_shape(demo: Visitor):
    rows = [("/page/none.json", 404), ("/statement/abcdef123.json", 404), ("/speaker/none.json", 404), ("/series/x.json", 404),
            ("/pile.json?order=odd", 400), ("/pile.json?after=odd", 400), ("/figures.json?after=WzFd&unit=odd", 400),
            ("/queue.json?after=WyJhIl0", 400), ("/copies/none.json", 404), ("/voices.json?q=“open", 400),
            ("/nowhere.json", 404), ("/findings.json?code=odd", 400), ("/speakers.json?after=WyJhIl0", 400)]  # fmt: skip
    found = {}
    for path, _ in rows:
        answer = demo.ask(path.replace("“", "%E2%80%9C"))
        error = answer.json.get("error", {})
        assert answer.headers["content-type"] == "application/json"
        assert set(error) == {"status", "message"}, path
        assert error["status"] == answer.status
        found[path] = answer.status
    assert found == dict(rows)


def test_nothing_but_get_and_post(demo: Visitor):
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert demo.ask("/decide", method).status == 405
    assert demo.post("/pile").status == 405
    assert demo.ask("/decide").status == 405


def test_a_form_has_bounds(demo: Visitor):
    own = {"host": HERE, "cookie": demo.cookie, "origin": HOME}
    large = b"note=" + b"x" * (70 << 10)
    assert demo.ask("/decide", "POST", {**own, **FORM}, large).status == 413
    assert demo.ask("/decide", "POST", {**own, "content-type": "application/json"}, b"{}").status == 400
    assert demo.ask("/decide", "POST", {**own, **FORM}, b"&".join(b"a=1" for _ in range(100))).status == 400


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "", "/a\r\nb", "\t//x"]
)
def test_the_way_back_stays_in_the_room(demo: Visitor, back: str):
    answer = demo.post("/reviewer", reviewer="Ada Fenn", back=back)
    assert (answer.status, answer.headers["location"]) == (303, "/pile")


def test_somebody_else_is_writing(opened: Callable[[Path], Visitor], own_ledger: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sayso.web.deciding.PATIENCE", 0.2)
    visitor = opened(own_ledger)
    statement = notes(visitor, documents(visitor)[0])[0]["id"]
    with Ledger(own_ledger, write=True):
        answer = visitor.post("/decide", action="accept", statement=statement)
    assert answer.status == 503
    assert "Somebody else is writing" in answer.text
    with Ledger(own_ledger) as ledger:
        assert not list(ledger.decisions(DecisionFilter()))
