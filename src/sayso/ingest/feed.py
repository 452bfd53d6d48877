"""RSS and Atom → their entries, each a small page. Runs in the extractor process; see :mod:`sayso.ingest.extractor`.

feedparser is given bytes and nothing else, so it asks nobody for anything. It leaves the markup as it is: what a page hides is
told by the same rules as on any other page.
"""

from __future__ import annotations

import html
import io
from typing import Any
from xml.sax import SAXParseException

import feedparser
from lxml import etree
from lxml import html as lxml_html

from sayso.errors import InputError
from sayso.ingest.article import Choice
from sayso.ingest.bounds import BOUNDS, Bounds
from sayso.ingest.compose import compose
from sayso.ingest.extracted import Entry, Extracted
from sayso.ingest.fields import tidy
from sayso.ingest.hiding import mark_hidden
from sayso.ingest.html import parse_page
from sayso.ingest.losses import hidden_text, plain_choice
from sayso.ingest.pagemeta import PageMeta
from sayso.ingest.segments import segments_of
from sayso.ingest.text import decode_page

EXTRACTOR = f"feedparser {feedparser.__version__}"
_WAY_OUT = "Save the feed again, or the pages that it points to."


def entries_of(data: bytes, bounds: Bounds = BOUNDS) -> list[Entry]:
    """The entries of a feed in order.

    Raises InputError ``no-text`` (no entries), ``extractor-failed`` (no feed after all) or ``too-large`` (too many), and whatever
    the library throws at a feed it chokes on.
    """
    found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not found.entries:
        if found.bozo:
            fault = found.get("bozo_exception")
            said = tidy(fault.getMessage() if isinstance(fault, SAXParseException) else str(fault))[:120]
            raise InputError("extractor-failed", f"The feed is damaged: {said}. {_WAY_OUT}")
        raise InputError("no-text", f"The feed has no entries. {_WAY_OUT}")
    if len(found.entries) > bounds.feed_entries:
        raise InputError(
            "too-large", f"It has {len(found.entries):,} entries; the limit is {bounds.feed_entries:,}. Split it."
        )
    head = dict(found.feed)
    return [_entry(dict(entry), head) for entry in found.entries]


def extract_entry(data: bytes, bounds: Bounds = BOUNDS) -> Extracted:
    """Text and blocks of the page of an entry: all of it is the article. Raises InputError ``too-deep`` or ``no-text``."""
    root = parse_page(decode_page(data), bounds)
    mark_hidden(root)
    segments, _ = segments_of(root)
    choice = plain_choice(segments)
    titles = tuple(filter(None, (tidy(root.findtext("head/title") or ""),)))
    if not choice.kept and not titles:
        raise InputError("no-text", "The entry shows no text. Save the page that it points to.")
    composed = compose(segments, choice, PageMeta(titles=titles))
    whole = Choice(choice.kept, (), choice.region)
    return Extracted(
        text=composed.text,
        extractor=EXTRACTOR,
        title=composed.title,
        blocks=composed.blocks,
        findings=hidden_text(segments, whole, composed),
    )


def _entry(entry: dict[str, Any], head: dict[str, Any]) -> Entry:
    title = _plain(entry.get("title_detail") or {})
    source = entry.get("source")
    return Entry(
        page=_page(title, _content(entry)),
        title=title,
        byline=tidy(_string(entry.get("author")) or _string(head.get("author"))),
        url=_string(entry.get("link")).strip(),
        date=_string(entry.get("published")) or _string(entry.get("updated")),
        language=_string((entry.get("title_detail") or {}).get("language")) or _string(head.get("language")),
        outlet=tidy(_string(source.get("title")) if isinstance(source, dict) else "")
        or _plain(head.get("title_detail") or {}),
        id=_string(entry.get("id")),
    )


def _content(entry: dict[str, Any]) -> str:
    """The longest text that the entry gives, as HTML: its content, else its summary."""
    parts = [
        part
        for part in (*(entry.get("content") or ()), entry.get("summary_detail") or {})
        if _string(part.get("value"))
    ]
    if not parts:
        return ""
    best = max(parts, key=lambda part: len(part["value"]))
    if best.get("type") != "text/plain":
        return str(best["value"])
    return "".join(f"<p>{html.escape(line)}</p>" for line in best["value"].split("\n") if line.strip())


def _page(title: str, content: str) -> str:
    """An entry as a page. Its content may leave elements open; the parser closes them as a browser does."""
    shown = html.escape(title)
    head = f'<meta charset="utf-8"><title>{shown}</title>'
    heading = f"<h1>{shown}</h1>" if title else ""
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><article>{heading}<div>{content}</div></article></body></html>"
    )


def _plain(detail: dict[str, Any]) -> str:
    """A title without markup."""
    value = _string(detail.get("value"))
    if detail.get("type") == "text/plain" or ("<" not in value and "&" not in value):
        return tidy(value)
    try:
        return tidy(lxml_html.fragment_fromstring(value, create_parent=True).text_content())
    except (etree.LxmlError, ValueError):
        return tidy(value)


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
