"""What of the article is not in the text: left out by the extractor, or hidden by the page itself.

The second count: paragraphs of the page's own walk that stand where the article stands and look as it does, but are not in the
text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.ingest.article import Choice
from sayso.ingest.compose import Composed
from sayso.ingest.page import class_words, terms
from sayso.ingest.regions import block_above, is_in, region_of, upwards
from sayso.ingest.segments import Element, Segment, is_around
from sayso.records import Finding, Span

_LOST_SHARE = 0.1  # of the article's words: in 400 words one paragraph, which may hold the one statement that matters
_LOST_WORDS = 20  # a short paragraph; less than that are labels and promotions that extractors are right to drop
_MANY_WORDS = 200  # lost from an article of any length: half a screen of it
_PARAGRAPH_WORDS = 10  # of a paragraph that counts; shorter ones are labels more often than sentences
_FOREIGN_SHARE = 0.3  # of the letters between the article's first and last paragraph
_HIDDEN_WORDS = 3  # fewer are labels of buttons
_LINKED = 0.5  # of a paragraph's letters in links; more is a pointer to another page
_SHOWN_WORDS = 12  # words of the page in a message


def text_lost(segments: list[Segment], choice: Choice, composed: Composed) -> tuple[Finding, ...]:
    """Finding ``text-lost`` where a substantial part of the article's paragraphs is not in the text."""
    lost = sorted(_lost(segments, choice, composed))
    words = sum(len(segments[n].text.split()) for n in lost)
    kept = len(composed.text.split())
    if words < _LOST_WORDS or (words < _LOST_SHARE * (kept + words) and words < _MANY_WORDS):
        return ()
    places = dict.fromkeys(span for n in lost if (span := _before(n, composed)) is not None)
    parts = "one paragraph" if len(lost) == 1 else f"{len(lost)} paragraphs"
    message = (
        f"The extractor left out {words:,} of {kept + words:,} words of the article ({parts}), beginning with "
        f"{_quoted(segments[lost[0]].text)}. Compare with the page."
    )
    return (Finding("text-lost", message, tuple(places)),)


def hidden_text(segments: list[Segment], choice: Choice, composed: Composed) -> tuple[Finding, ...]:
    """Finding ``hidden-text`` where the page hides words inside the article; they are not in the text."""
    first, last = min(choice.kept, default=0), max(choice.kept, default=len(segments))
    found = [
        n
        for n, s in enumerate(segments)
        if s.hidden
        and not is_around(s)
        and len(s.text.split()) >= _HIDDEN_WORDS
        and (choice.region is None or is_in(s.element, choice.region) or first < n < last)
    ]
    if not found:
        return ()
    words = sum(len(segments[n].text.split()) for n in found)
    places = dict.fromkeys(span for n in found if (span := _before(n, composed)) is not None)
    message = (
        f"The page holds {words:,} words inside the article that it does not show, beginning with "
        f"{_quoted(segments[found[0]].text)}. They are left out."
    )
    return (Finding("hidden-text", message, tuple(places)),)


def hidden_in_pdf(hidden: Sequence[tuple[int, str]]) -> tuple[Finding, ...]:
    """Finding ``hidden-text`` for the unseen words of a PDF, each with the number of its page."""
    words = sum(len(text.split()) for _, text in hidden)
    if words < _HIDDEN_WORDS:
        return ()
    page, first = hidden[0]
    message = f"The PDF holds {words:,} words that its pages do not show (first on page {page}), beginning with {_quoted(first)}."
    return (Finding("hidden-text", f"{message} They are left out."),)


def plain_choice(segments: list[Segment]) -> Choice:
    """The article where the extractor finds none: all paragraphs that are no furniture and no links, of the main element if any."""
    usable = {n: s for n, s in enumerate(segments) if _is_prose(s) or (s.kind in {"heading", "table"} and _is_open(s))}
    inside = {n: s for n, s in usable.items() if any(e.tag in {"article", "main"} for e in upwards(s.element))}
    chosen = inside or usable
    if not any(_is_prose(s) for s in chosen.values()):
        return Choice(frozenset(), (), None)
    return Choice(frozenset(chosen), (), region_of(chosen.values()))


def _lost(segments: list[Segment], choice: Choice, composed: Composed) -> Iterator[int]:
    """Paragraphs of the article that are not in the text.

    In the article's own element, or looking like what was kept of it, or in between what was kept, whatever its class is called.
    """
    if choice.region is None or not choice.kept:
        return
    region, own = _widened(choice.region), _is_article(choice.region)
    looks = {_look(segments[n].element) for n in choice.kept if _is_prose(segments[n])}
    held = {segments[n].key for n in composed.spans}
    first, last = min(choice.kept), max(choice.kept)
    foreign = _much_foreign(segments, range(first, last))
    for number, segment in enumerate(segments):
        if number in composed.spans or segment.key in held or not is_in(segment.element, region):
            continue
        if not _is_long(segment) or (segment.foreign and not foreign):
            continue
        between = first < number < last and is_in(segment.element, choice.region)
        loose = choice.region in (segment.element, block_above(segment.element)) or (
            own and is_in(segment.element, choice.region)
        )
        alike = loose or _look(segment.element) in looks
        if between or (alike and not segment.furniture):
            held.add(segment.key)
            yield number


def _much_foreign(segments: list[Segment], numbers: range) -> bool:
    """Whether so much inside the article is called related, shared and the like that the names must mean something else."""
    long = [segments[n] for n in numbers if _is_long(segments[n])]
    foreign, total = (sum(len(s.key) for s in part) for part in ([s for s in long if s.foreign], long))
    return foreign > _FOREIGN_SHARE * total


def _is_long(segment: Segment) -> bool:
    """Whether a segment is a paragraph of prose, wherever it stands."""
    shown = segment.kind in {"paragraph", "quote", "list"} and not segment.hidden
    return shown and segment.link_share <= _LINKED and len(segment.text.split()) >= _PARAGRAPH_WORDS


def _is_open(segment: Segment) -> bool:
    return bool(segment.key) and not (segment.hidden or is_around(segment)) and segment.link_share <= _LINKED


def _is_prose(segment: Segment) -> bool:
    return _is_open(segment) and segment.kind in {"paragraph", "quote", "list"}


def _is_article(element: Element) -> bool:
    return element.tag in {"article", "main"} or bool(class_words(element) & terms().words["article"])


def _widened(region: Element) -> Element:
    """The outermost article or main element around the region: an extractor may have found one post of a live page."""
    around = [element for element in upwards(region) if element.tag in {"article", "main"}]
    return around[-1] if around else region


def _look(element: Element) -> tuple[tuple[str, str], ...]:
    """What a reader takes an element's look from: names and classes from the top down."""
    return tuple((e.tag, e.get("class") or "") for e in upwards(element))


def _before(number: int, composed: Composed) -> Span | None:
    """The span of the last block of the text before a segment that is not in it."""
    return composed.spans.get(max((n for n in composed.spans if n < number), default=-1))


def _quoted(text: str) -> str:
    words = text.split()
    return f"“{' '.join(words[:_SHOWN_WORDS])}{' …' if len(words) > _SHOWN_WORDS else ''}”"
