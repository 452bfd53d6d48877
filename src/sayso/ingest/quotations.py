"""GDELT's Global Quotation Graph: one JSON object for each article, with the quotations found in it and a little around each.

``date`` (when GDELT saw the article, UTC), ``url``, ``title``, ``lang``, and ``quotes``: ``pre`` (some hundred characters before),
``quote``, ``post`` (some hundred behind). Source: blog.gdeltproject.org, "Announcing the Global Quotation Graph" (2020). The article
itself is not there: the text is these stretches in their order, a blank line between, each run together with the one before where
they overlap. Quotation marks are put around a quotation where the file has left them out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sayso.errors import InputError
from sayso.ingest.fields import Fields, fields_of
from sayso.ingest.published import published_of

_SPACES = re.compile(r"\s+")
_LETTER = re.compile(r"\w")
_OVERLAP = 20  # letters that two stretches must share to be one: four or five words
_LOOKED_AT = 600  # letters at either end among which an overlap is looked for: the surroundings are some hundred long
_QUOTES = 1_000  # of one article: the longest transcripts have some hundred; to lay 1,000 beside each other takes .5 s (measured)
_LONG = 100_000  # characters of a stretch to which nothing is added any more: far past any article
_OPEN, _CLOSE = "“\"‘«„'", "”\"’»“'"
_TAIL = ".,;:!?…"


@dataclass(slots=True)
class _Stretch:
    """Text around one or more quotations, and where those stand in it."""

    text: str
    quotes: list[tuple[int, int]] = field(default_factory=list)


def is_quotations(value: dict[str, Any]) -> bool:
    """Whether a JSON object is an article of the quotation graph."""
    quotes = value.get("quotes")
    return (
        "text" not in value and isinstance(quotes, list) and all(isinstance(q, dict) and "quote" in q for q in quotes)
    )


def quotations_of(value: dict[str, Any]) -> tuple[str, Fields]:
    """Text and metadata of an article of the quotation graph. Raises InputError ``no-text`` or ``too-large``."""
    stretches: list[_Stretch] = []
    if len(value["quotes"]) > _QUOTES:
        raise InputError(
            "too-large", f"The article has {len(value['quotes']):,} quotations; the limit is {_QUOTES:,}. Split it."
        )
    for each in value["quotes"]:
        pre, quote, post = (_string(each.get(key)) for key in ("pre", "quote", "post"))
        if not quote.strip():
            continue
        around = _around(pre, quote.strip(), post)
        if not (stretches and _joined(stretches[-1], around)):
            stretches.append(around)
    if not stretches:
        raise InputError("no-text", "The article has no quotation. Leave it out, or give the article itself.")
    given = {key: _string(value.get(name)) for key, name in (("title", "title"), ("url", "url"), ("language", "lang"))}
    seen = _string(value.get("date"))
    known = fields_of({key: text for key, text in given.items() if text})
    extra = dict(known.extra) | ({"gdelt-seen": seen[:80]} if seen else {})
    stamp = published_of(seen, "inferred")
    return "\n\n".join(map(_marked, stretches)), Fields(
        known.title, url=known.url, language=known.language, published=stamp, extra=tuple(sorted(extra.items()))
    )


def _string(value: object) -> str:
    return _SPACES.sub(" ", value) if isinstance(value, str) else ""


def _around(pre: str, quote: str, post: str) -> _Stretch:
    """A quotation in what stands around it, with spaces where words would run together."""
    before, after = pre.lstrip(), post.rstrip()
    before += " " if before and not before[-1].isspace() and before[-1] not in _OPEN + "([" else ""
    after = (" " if after[:1].isalnum() else "") + after
    return _Stretch(before + quote + after, [(len(before), len(before) + len(quote))])


def _joined(first: _Stretch, second: _Stretch) -> bool:
    """Run the second into the first where it repeats how that one ends; whether it does."""
    if len(first.text) > _LONG:
        return False
    ours = [m.start() for m in _LETTER.finditer(first.text, max(0, len(first.text) - 2 * _LOOKED_AT))][-_LOOKED_AT:]
    theirs = [m.start() for m in _LETTER.finditer(second.text)]
    tail, head = (
        "".join(text[n] for n in places) for text, places in ((first.text, ours), (second.text, theirs[:_LOOKED_AT]))
    )
    size = _overlap(tail, head)
    if size < _OVERLAP:
        return False
    skipped = len(ours) - size
    (start, end), cut = second.quotes[0], theirs[size - 1] + 1
    inside = [n for n, place in enumerate(theirs) if start <= place < end]
    base = ours[-1] + 1
    first.text = first.text[:base] + second.text[cut:]

    def moved(number: int) -> int:
        return ours[skipped + number] if number < size else base + theirs[number] - cut

    if inside:
        stop = moved(inside[-1]) + 1
        while stop < len(first.text) and first.text[stop] in _TAIL and end > theirs[inside[-1]] + 1:
            stop += 1
        span = (moved(inside[0]), stop)
        if all(span[0] >= past or span[1] <= begun for begun, past in first.quotes):
            first.quotes.append(span)
    return True


def _overlap(tail: str, head: str) -> int:
    """How many of the last characters of one are the first of the other (the prefix function of Knuth, Morris and Pratt)."""
    joined = head + "\0" + tail
    longest = [0] * len(joined)
    for at in range(1, len(joined)):
        size = longest[at - 1]
        while size and joined[at] != joined[size]:
            size = longest[size - 1]
        longest[at] = size + (joined[at] == joined[size])
    return longest[-1] if tail and head else 0


def _marked(stretch: _Stretch) -> str:
    """The text with quotation marks around each quotation that has none."""
    text = stretch.text
    for start, end in sorted(stretch.quotes, reverse=True):
        closed = text[end - 1] in _CLOSE or text[end : end + 1] in tuple(_CLOSE)
        opened = text[start] in _OPEN or text[max(0, start - 1) : start] in tuple(_OPEN)
        text = text[:end] + ("" if closed else "”") + text[end:]
        text = text[:start] + ("" if opened else "“") + text[start:]
    return text
