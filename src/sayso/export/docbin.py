"""spaCy: the pages as ``Doc``s in DocBin files of at most 200, in a zip. Needs spacy.

``doc.text`` is the text, character for character. Tokens end where a mark begins or ends, so that every span lies on tokens:
they are runs of letters and digits, single signs, and white space. ``doc.spans`` has a group for each label (``statement``,
``source``, ``cue``, ``hop``, ``speaker``, ``figure``); the label of a span says its kind, its id the id of the contract. The
facts stand in ``doc.user_data["sayso"]``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from sayso.export.archive import Archive
from sayso.export.extras import needed
from sayso.export.origin import Json, Makers, Origin, made_json
from sayso.export.pages import Page, Sheet
from sayso.export.standoff import LABELS, marks
from sayso.export.writing import encodable
from sayso.records import Span

_MANY = 200
"""Docs in one file: some megabytes, which are held in memory while it is made."""
_TOKEN = re.compile(r"[^\W_]+|\s+|.", re.S)


def tokens(text: str, spans: Iterable[Span]) -> tuple[list[str], list[bool]]:
    """Words of a text and whether a single space follows each; every span begins and ends with one. Joined they are the text."""
    starts, ends = map(set, zip(*spans, strict=True)) if (spans := tuple(spans)) else (set(), set())
    words: list[str] = []
    spaces: list[bool] = []
    for start, end in _pieces(text, starts | ends):
        after = words and not spaces[-1] and not words[-1].isspace()
        if after and text[start:end] == " " and start not in starts and end not in ends:
            spaces[-1] = True
        else:
            words.append(text[start:end])
            spaces.append(False)
    return words, spaces


def _pieces(text: str, cuts: set[int]) -> Iterator[Span]:
    """Tokens, cut in two where a mark begins or ends inside one."""
    for match in _TOKEN.finditer(text):
        start = match.start()
        for at in range(start + 1, match.end() + 1):
            if at == match.end() or at in cuts:
                yield start, at
                start = at


def _doc(spacy: Any, vocabulary: Any, page: Page, sheet: Sheet) -> Any:
    text = encodable(sheet.text)
    found = list(marks(page, sheet))
    words, spaces = tokens(text, (span for mark in found for span in mark.spans))
    doc = spacy.tokens.Doc(vocabulary, words=words, spaces=spaces)
    groups: dict[str, list[Any]] = {label.lower(): [] for label in LABELS}
    for mark in found:
        kind = dict(mark.facts).get("kind", mark.label.lower())
        identity = mark.key.partition("/")[0]
        for start, end in mark.spans:
            span = doc.char_span(start, end, label=kind, span_id=identity)
            if span is not None:
                groups[mark.label.lower()].append(span)
    for name, spans in groups.items():
        doc.spans[name] = spans
    doc.user_data["sayso"] = _facts(page, sheet, {m.key: dict(m.facts) for m in found if m.label in ("Statement", "Figure")})
    return doc


def _facts(page: Page, sheet: Sheet, facts: Json) -> Json:
    d = page.reading.document
    value = {
        "document": page.reading.id, "part": sheet.part, "name": d.name, "title": d.title, "outlet": d.outlet, "url": d.url,
        "published": page.published, "text_sha256": page.reading.text_id, "made_by": made_json(page), "facts": facts,
    }  # fmt: skip
    plain: Json = json.loads(encodable(json.dumps(value, ensure_ascii=False)))
    return plain


def write_docbin(pages: Iterable[Page], out: BinaryIO, origin: Origin) -> None:
    """A zip of ``.spacy`` files, as spaCy's training reads a folder of them. Raises UsageError where spacy is missing."""
    spacy = needed("spacy", "docbin", "spacy.tokens")
    vocabulary, makers = spacy.blank("en").vocab, Makers()
    with Archive(out) as archive:
        bin_, number = spacy.tokens.DocBin(attrs=["ORTH", "SPACY"], store_user_data=True), 0
        for page in pages:
            makers.note(page)
            for sheet in page.sheets():
                bin_.add(_doc(spacy, vocabulary, page, sheet))
            if len(bin_) >= _MANY:
                number += 1
                archive.add(f"pages-{number:05}.spacy", bin_.to_bytes(), packed=False)
                vocabulary = spacy.blank("en").vocab
                bin_ = spacy.tokens.DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
        if len(bin_) or not number:
            archive.add(f"pages-{number + 1:05}.spacy", bin_.to_bytes(), packed=False)
        archive.add_json("provenance.json", {**origin.json(), "made_by": makers.json()})
