"""HTML → text with its blocks and metadata. Runs in the extractor process; see :mod:`sayso.ingest.extractor`.

trafilatura says which part of the page is the article; the words, their order and the count of what it left out are the page's
own (:mod:`sayso.ingest.segments`). Text that the page hides is taken out first and reported.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import trafilatura
import trafilatura.settings
from lxml import etree
from lxml import html as lxml_html

from sayso.errors import InputError
from sayso.ingest.alignment import Piece, pieces_of
from sayso.ingest.article import choose
from sayso.ingest.bounds import BOUNDS, Bounds
from sayso.ingest.compose import completed, compose
from sayso.ingest.extracted import Extracted
from sayso.ingest.fields import tidy
from sayso.ingest.hiding import mark_hidden
from sayso.ingest.losses import hidden_text, plain_choice, text_lost
from sayso.ingest.pagemeta import PageMeta, page_meta
from sayso.ingest.published import published_of
from sayso.ingest.segments import Element, key_of, segments_of, settled, split_at
from sayso.ingest.text import decode_page

EXTRACTOR = f"trafilatura {trafilatura.__version__}"
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}  # no guesses from prose, no clock


def extract_html(data: bytes, bounds: Bounds = BOUNDS) -> Extracted:
    """Text, blocks and metadata of one page.

    Raises InputError ``bad-encoding``, ``too-deep`` or ``no-text``, and whatever the libraries throw at a page they choke on.
    """
    root = parse_page(decode_page(data), bounds)
    mark_hidden(root)
    segments, unshown = segments_of(root)
    for element in unshown:
        element.drop_tree()
    meta = _guessed(page_meta(root), root)
    wordings = frozenset(map(key_of, meta.titles))
    segments = [part for segment in segments for part in split_at(segment, wordings)]
    body = trafilatura.bare_extraction(deepcopy(root), include_comments=False, include_images=False)
    pieces = pieces_of(body.body) if isinstance(body, trafilatura.settings.Document) else []
    choice = choose(segments, [part for piece in pieces for part in _paragraphs(piece, meta.body)])
    if not choice.kept and not choice.strays:
        choice = plain_choice(segments)
    if not choice.kept and not choice.strays:
        raise InputError("no-text", "The page shows no article text. Save it once it has loaded, or give its text.")
    segments = settled(segments, choice.region)
    composed = compose(segments, choice, meta)
    meta = completed(meta, composed)
    return Extracted(
        text=composed.text,
        extractor=EXTRACTOR,
        title=composed.title,
        byline=meta.byline,
        outlet=meta.outlet,
        url=meta.url,
        language=meta.language,
        published=meta.published,
        blocks=composed.blocks,
        findings=(*text_lost(segments, choice, composed), *hidden_text(segments, choice, composed)),
    )


def parse_page(text: str, bounds: Bounds = BOUNDS) -> Element:
    """The tree of a page, whole. Raises InputError ``too-deep`` or ``no-text``.

    libxml2 ends a tree at 256 levels and drops the rest of the page without a word; here it may use all of its 2,048, and what it
    still drops is an error.
    """
    parser = lxml_html.HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        root = lxml_html.document_fromstring(data, parser=parser)
    except etree.XMLSyntaxError as error:
        why = f"The page cannot be parsed ({error}); it may need more memory than it may have. Give its text."
        raise InputError("extractor-failed", why) from None
    except etree.ParserError:
        raise InputError("no-text", "The page is empty. Leave it out, or save it again.") from None
    if _depth(root) > bounds.html_depth or any("depth" in entry.message for entry in parser.error_log):
        raise InputError(
            "too-deep", f"Its elements are nested more than {bounds.html_depth:,} deep. Give the article's text alone."
        )
    return root


def _paragraphs(piece: Piece, body: str) -> list[Piece]:
    """A piece that is the whole text of the page's JSON-LD in its own paragraphs, which the extractor runs together."""
    parts = [Piece("paragraph", tidy(line), key_of(line)) for line in body.split("\n") if line.strip()]
    return parts if len(parts) > 1 and "".join(part.key for part in parts) == piece.key else [piece]


def _depth(root: Element) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _guessed(meta: PageMeta, root: Element) -> PageMeta:
    """The page's metadata, with what it lacks as the extractor guesses it. A guessed date has the basis ``inferred``."""
    if meta.titles and meta.byline and meta.outlet and meta.published and meta.url:
        return meta
    guess = trafilatura.extract_metadata(deepcopy(root), date_config=dict(_DATES), extensive=False)
    authors = meta.authors or tuple(filter(None, map(tidy, (guess.author or "").split(";"))))
    site = tidy(guess.sitename or "")
    return replace(
        meta,
        titles=meta.titles or ((tidy(guess.title),) if guess.title else ()),
        authors=authors,
        byline=meta.byline or ", ".join(authors),
        outlet=meta.outlet or ("" if site.lower() == (guess.hostname or "").lower() else site),
        url=meta.url or guess.url or "",
        published=meta.published or published_of(guess.date or "", "inferred"),
    )
