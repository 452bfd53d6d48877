"""What a page says that its figures lean on: where and when it plays, what happened, which names it is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from sayso.figures.line import Line, line_of, sentences
from sayso.pile.series.places import Where, is_room, phrases, place_key, sites
from sayso.pile.series.told import Names, Stretch
from sayso.pile.series.words import is_ordinary, name_key, names_in, words_of
from sayso.records import Document, Reading, Span
from sayso.tables import load

OFTEN = 3
"""A name that stands so often on a page is one of what it is about. On 327 pages of the news 2 and 3 give the same series; with
5 one of five events is lost."""
TOP = 3
"""Sentences of the text that tell what a page is about, with its title. On the same pages 1 loses one of five events, and 6
makes nine of them: of those looked at most are two things with a name in common."""
BESIDE = 5
"""Words between a date and a word for saying that make it the day of saying: "officials said as dawn broke FRIDAY". With 3,
four of 198 stories go wrong and the longest real series falls from 15 pages to 11; 8 is as good as 5."""
BEHIND, FRONT = 14, 10
"""Words from a happening to a date behind it, and from a date at the head of the sentence to a happening. 6 to 20 and 4 to 16
differ on none of the stories and pages: what stands between them decides."""
_CUTS = {",", ";", ":", "to", "that", "when", "while", "who", "which", "but", "after", "before", "since", "remember"}
NOBODYS = {"", "strike", "attack", "fighting", "shooting"}
"""Classes of happening whose word may have before it who did it, and not where: "Vellish strikes"."""
ANCHORS = 6
"""Names of a page that a figure without names of its own is looked for under: 3 lose two of five events, 12 find none more."""
_CAPITALS = re.compile(r"(?<![.!?:”\"'\n] )(?<!\n)\b[A-ZÀ-Þ][^\W\d_]+(?:[ -][A-ZÀ-Þ][^\W\d_]+)*")
_LOWER = re.compile(r"\b[a-zß-ÿ]{3,}\b")
_STAMP = re.compile(
    r"[A-Z][A-Z' -]{2,40}(?:, [A-Z][\w' ]{2,30})?(?:, [A-Z]\w{2,8}\.? \d{1,2})? ?\([^()]{2,40}\) ?[-_–—]{0,3}$"
)
_PARTS = {"title", "heading", "paragraph", "list", "quote", "turn", "caption", "other", "table", "dateline"}


@dataclass(frozen=True, slots=True)
class Page:
    """The frame of one page; ``common``: its words in lower case; ``named``: those with capitals inside sentences."""

    text: str
    sentences: tuple[Span, ...]
    common: frozenset[str]
    named: frozenset[str]
    published: Stretch | None
    where: Where
    anchors: Names
    kinds: Names
    days: tuple[tuple[Span, int], ...] = ()
    """The days that the text names, with where."""
    sites: frozenset[tuple[str, str]] = frozenset()
    """Sites that the top of the page puts in places."""
    start: Stretch | None = None
    """The one day on which the top of the page says that something happened."""

    def days_in(self, line: Line) -> list[tuple[Span, int]]:
        """The days that a sentence names, not after the page was published."""
        last = self.published[1] if self.published else 10**7
        if not line.words:
            return []
        first = bisect_left(self.days, ((line.starts[0], 0), 0))
        behind = bisect_left(self.days, ((line.ends[-1], 0), 0), first)
        return [(span, day) for span, day in self.days[first:behind] if day <= last]

    def line(self, at: int) -> Line:
        """The sentence around a place of the text, as tokens."""
        k = bisect_right(self.sentences, (at, 1 << 60)) - 1
        return line_of(self.text, self.sentences[max(0, k)])


def stretch_of(iso: str) -> Stretch | None:
    """ISO date, month, year or start/end as a stretch of days; None where it is none of these."""
    first, _, last = iso.partition("/")
    ends = (_days(first), _days(last or first))
    if ends[0] is None or ends[1] is None or ends[0][0] > ends[1][1]:
        return None
    return ends[0][0], ends[1][1]


def _days(iso: str) -> Stretch | None:
    parts = iso[:10].split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 1:
            return date(numbers[0], 1, 1).toordinal(), date(numbers[0], 12, 31).toordinal()
        if len(numbers) == 2:
            year, month = numbers
            after = date(year + month // 12, month % 12 + 1, 1) if year < 9999 or month < 12 else date(9999, 12, 31)
            return date(year, month, 1).toordinal(), after.toordinal() - 1
        day = date(*numbers[:3]).toordinal()
    except (ValueError, TypeError):
        return None
    return day, day


def published_of(document: Document) -> Stretch | None:
    """When a page was published; None where that, or the year of it, is not known."""
    return stretch_of(document.published.date) if document.published else None


@cache
def _kinds() -> dict[str, str]:
    return {word: kind for kind, words in load("series")["happenings"].items() for word in words}


def kinds_of(line: Line, start: int = 0) -> Names:
    """The classes of happening that a sentence names, from that place of the text on."""
    return frozenset(
        kind for word, at in zip(line.words, line.starts, strict=True) if at >= start and (kind := _kinds().get(word))
    )


def of_happening(line: Line) -> Names:
    """Names right before a word for a happening: "the PELLGATE flood"."""
    out = set()
    for _, end, name in names_in(line, 0, len(line)):
        place = _without_head(place_key(name))
        no_place = is_room(place) or set(place.split()) & words_of("places", "never")
        if _kinds().get(line.at[end], "") not in NOBODYS and not no_place:
            out.add(place)
    return frozenset(out)


def _without_head(name: str) -> str:
    """A name without the words of a title before it: "toll of drumlow"."""
    first, of, rest = name.partition(" of ")
    return rest if of and first.split()[-1] in words_of("places", "heads") else name


def page_of(reading: Reading) -> Page:
    """The frame of a reading's page."""
    document = reading.document
    text = document.text
    blocks = [b.span for b in document.blocks if b.kind in _PARTS] or _paragraphs(text)
    cut = tuple(sorted({s for block in blocks for s in sentences(text, block) if text[slice(*s)].strip()}))
    common = frozenset(_LOWER.findall(text))
    top = _top(reading, cut)
    where = _where(top, text)
    named = frozenset(word.casefold() for m in _CAPITALS.finditer(text) if m.start() for word in re.split("[ -]", m[0]))
    anchors = _anchors(reading, top, where, common, named)
    page = Page(
        text, cut or ((0, len(text)),), common, named, published_of(document), where, anchors,
        frozenset(kind for line in top for kind in kinds_of(line)), _days_of(reading),
        frozenset(pair for line in top for pair in sites(line)),
    )  # fmt: skip
    starts = {
        day for line in top if line.starts and kinds_of(line) for day in [happened(page, line)] if day is not None
    }
    return replace(page, start=(min(starts), min(starts))) if len(starts) == 1 else page


def _days_of(reading: Reading) -> tuple[tuple[Span, int], ...]:
    days = ((d.span, stretch_of(d.value)) for d in reading.dates if d.granularity == "day" and d.value[:1].isdecimal())
    return tuple(sorted((span, day[0]) for span, day in days if day is not None))


def _dates(line: Line, i: int, at: Span) -> bool:
    """Whether the date at these tokens is that of the happening at token ``i``: "a bomb in Orrin on FRIDAY", "FRIDAY's bomb"."""
    first, last = at
    if i < first:
        return first - i <= BEHIND and not _CUTS & set(line.words[i + 1 : first])
    front = first <= 3 and i - last <= FRONT and not _CUTS & set(line.words[last + 1 : i])
    return i - last <= 2 or front


def said_beside(line: Line, first: int, last: int) -> bool:
    """Whether a word for saying or for another act of somebody stands beside the date at these tokens."""
    said = words_of("time", "said")
    before = line.words[max(0, first - BESIDE) : first]
    for k in range(len(before) - 1, -1, -1):
        if before[k] in (",", ";", ":"):
            before = before[k + 1 :]
            break
    return any(word in said for word in (*before, *line.words[last : last + 2]))


def state_before(line: Line, first: int) -> bool:
    """Whether the words before a date make it the time of a state: "STOOD at 38 on Friday"."""
    state = words_of("time", "state")
    return any(word in state for word in line.words[max(0, first - BESIDE) : first])


def happened(page: Page, line: Line) -> int | None:
    """The one day on which a sentence says that its happening was; None where there is none or more than one."""
    found = set()
    places = [i for i, word in enumerate(line.words) if word in _kinds()]
    for span, day in page.days_in(line):
        first, last = line.tokens(span)
        other = (
            said_beside(line, first, last)
            or state_before(line, first)
            or line.at[first - 1] in ("since", "until", "by")
        )
        other = other or line.words[max(0, first - 2) : first] == ("as", "of")
        beside = line.at[last - 1].endswith(("'s", "’s")) and any(last <= i <= last + 1 for i in places)
        if beside or (not other and any(_dates(line, i, (first, last)) for i in places)):
            found.add(day)
    return found.pop() if len(found) == 1 else None


def _paragraphs(text: str) -> list[Span]:
    return [(m.start(), m.end()) for m in re.finditer(r"[^\n]+(?:\n(?![^\S\n]*\n)[^\n]+)*", text)]


def _top(reading: Reading, cut: Sequence[Span]) -> list[Line]:
    """The title and the first sentences as tokens; a dateline is passed over."""
    document = reading.document
    stamps = {b.span[0] for b in document.blocks if b.kind == "dateline"}
    stamps |= {s[0] for s in cut[:4] if _STAMP.match(document.text[slice(*s)].strip())}
    titles = {
        s
        for b in document.blocks
        if b.kind == "title"
        for s in cut
        if b.span[0] <= s[0] < b.span[1] and s[0] not in stamps
    }
    body = [s for s in cut if s not in titles and s[0] not in stamps]
    lines = [line_of(document.text, s) for s in sorted(titles)]
    if document.title and not titles:
        lines.insert(0, line_of(document.title, (0, len(document.title))))
    return [*lines, *(line_of(document.text, s) for s in body[:TOP])]


def _where(top: Sequence[Line], text: str) -> Where:
    """Where a page plays: what its happening is called by, else the first phrase of place, else its dateline."""
    for line in top:
        named = of_happening(line)
        if named:
            return Where(named, frozenset(pair for each in phrases(line) for pair in each.within))
    for line in top:
        for where in phrases(line):
            return where
    stamp = _STAMP.match(text.lstrip()[:120].partition("\n")[0].strip())
    if stamp is not None:
        return Where(frozenset({place_key(re.split(r"[,(]", stamp[0])[0].strip())}))
    return Where()


def _anchors(
    reading: Reading, top: Sequence[Line], where: Where, common: frozenset[str], words: frozenset[str]
) -> Names:
    """Names that a page is about: those of its top, then those that it has most often; speakers and the outlet left out."""
    document = reading.document
    left = {name_key(speaker.name) for speaker in reading.speakers if speaker.kind != "group"} | {
        name_key(document.outlet)
    }
    left -= where.places
    found = Counter(name_key(m[0]) for m in _CAPITALS.finditer(document.text))
    out = sorted(where.places)
    for line in top:
        out += [name for _, _, name in names_in(line, 0, len(line), common, words)]
        out += sorted(place for each in phrases(line) for place in each.places)
    out += [name for name, count in sorted(found.items(), key=lambda each: (-each[1], each[0])) if count >= OFTEN]
    never = words_of("places", "never")
    kept = [
        n
        for n in out
        if n not in left and len(n) > 2 and not (set(n.split()) & never) and not all(map(is_ordinary, n.split()))
    ]
    return frozenset(list(dict.fromkeys(kept))[:ANCHORS])
