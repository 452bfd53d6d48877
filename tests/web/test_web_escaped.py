"""Whatever a page holds stays words: in HTML, in JSON, in CSV, on every page of the room."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import quote, urlencode

import pytest
from web_pages import page
from web_paths import TABLES, data, documents, every_path
from web_payloads import PAYLOADS
from web_visitor import Seen, Visitor

from sayso.web.drawing import link
from sayso.web.wishes import way_back

ELEMENTS = frozenset(
    re.findall(
        r"\S+",
        """html head meta title link script body a header span form label input button nav main footer p h1 h2 ol ul li small
strong em b q mark table thead tbody tr th td caption dl dt dd section aside div article details summary figure
figcaption svg desc g line text rect circle path del ins kbd select option fieldset legend dialog meter textarea""",
    )
)
"""Every element that our templates have. Any other came out of a page."""
ATTRIBUTES = frozenset(
    re.findall(
        r"\S+",
        """lang charset name content rel href type src defer class title role action method for id value placeholder aria-label
aria-current aria-hidden aria-labelledby data-label data-key data-reading data-statement data-s data-advance
data-from data-part data-who data-kind data-act data-content data-content-at data-source data-source-at data-cue data-cue-at
data-copy data-role data-take data-move data-pick data-close hidden form rows
tabindex scope colspan open min max maxlength autocomplete checked selected required formnovalidate viewbox width
height x y x1 x2 y1 y2 cx cy r d preserveaspectratio""",
    )
)
LINKS = re.compile(r"(/(?!/)|#|https?://)")
SCRIPTS = {"/static/room.js"}


def faults(text: str) -> list[str]:
    """What in a page no template of ours puts there."""
    found = []
    for tag, attributes in Seen(text).elements:
        if tag not in ELEMENTS:
            found.append(f"<{tag}>")
        found += [f"{tag} {name}" for name in attributes if name not in ATTRIBUTES]
        for name in ("href", "action", "src"):
            if name in attributes and not LINKS.match(attributes[name]):
                found.append(f"{tag} {name}={attributes[name]!r:.40}")
        if tag == "script" and attributes.get("src") not in SCRIPTS:
            found.append(f"script {attributes}")
        if tag in ("form", "link", "script") and attributes.get("action", attributes.get("href", "/"))[:1] != "/":
            found.append(f"{tag} {attributes}")
    return found


def test_the_finder():
    for bad in (
        "<iframe>",
        "<p onclick=x>",
        '<a href="javascript:x">',
        '<a href="//x">',
        "<script>x</script>",
        "<p style=x>",
        "<base>",
    ):
        assert faults(bad), bad
    assert not faults('<p class="x">a &lt;b&gt; <a href="/page/x">y</a>')


def test_every_payload_on_every_page_stays_words(hostile: Visitor):
    """60 payloads stand in the title, outlet, byline, address, names, roles, chain, text and findings of a page each."""
    seen: set[str] = set()
    paths = every_path(hostile, "/pile?month=2031-04", switches=False)
    for path in paths:
        answer = hostile.ask(path)
        assert answer.status == 200, (path, answer.text[-300:])
        assert not faults(answer.text), path
        words = Seen(answer.text).words
        seen |= {payload for payload in PAYLOADS if visible(payload) in words}
    assert len(paths) > 3 * len(PAYLOADS)
    assert seen == set(PAYLOADS)  # each was shown, and shown as it is worded


def visible(payload: str) -> str:
    """A payload as HTML can hold it: half characters and NUL cannot be."""
    return payload.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_query_stays_words(hostile: Visitor, payload: str):
    for path, name in (("/pile", "q"), ("/speakers", "q"), ("/voices", "outlet"), ("/decisions", "done")):
        query = urlencode({name: payload}, errors="replace")
        answer = hostile.ask(f"{path}?{query}")
        assert answer.status == 200, (path, answer.text)
        assert not faults(answer.text), (path, payload)
    for path in ("/page/", "/series/"):
        answer = hostile.ask(path + quote(payload, safe="", errors="replace"))
        assert answer.status == 404, (path, payload, answer.status)
        assert not faults(answer.text)


def test_json_and_csv_are_not_html(hostile: Visitor):
    for path in TABLES:
        head, _, query = path.partition("?")
        answer = hostile.ask(f"{head}.json?{query}")
        assert answer.headers["content-type"] == "application/json"
        assert answer.body.isascii()
        if path.startswith(("/who", "/pile", "/figures", "/findings", "/speakers", "/queue")):
            table = hostile.ask(f"{head}.csv?{query}")
            assert table.headers["content-type"] == "text/csv; charset=utf-8"
            assert table.headers["content-disposition"].startswith("attachment")
            for row in csv.reader(io.StringIO(table.text)):
                assert not [cell for cell in row if re.match(r"[=+@]|-\D", cell)], row


def test_a_link_leads_to_the_web_or_nowhere():
    rows = {"https://varn.example/a": True, "HTTP://varn.example": True, " https://varn.example ": True, "": False,
            "javascript:alert(1)": False, "//varn.example": False, "data:text/html,x": False, "https:///x": False,
            "http://[": False, "ftp://x": False, "java\nscript:x": False}  # fmt: skip
    assert {url: bool(link(url)) for url in rows} == rows


def test_the_templates_do_not_mark_anything_safe():
    from importlib.resources import files

    for template in (files("sayso.web") / "templates").iterdir():
        text = template.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", ""), template.name
        assert "autoescape" not in text
        assert not re.search(r"\sstyle=|\son\w+=\"|<style|<script(?! src=\"/static/room.js\" defer)", text), (
            template.name
        )


def test_no_way_back_leaves(hostile: Visitor):
    assert all(way_back(payload).startswith("/") and not way_back(payload).startswith("//") for payload in PAYLOADS)


def test_the_made_page_is_as_it_should_be(hostile: Visitor):
    held = data(hostile, f"/page/{documents(hostile)[0]}")
    assert held["headline"] is not None
    assert {part["kind"] for part in held["parts"]} == {"title", "paragraph", "quote"}
    assert page(1, "x").document.url == "x"
