"""The figures of one page made ready to be compared: what each counts, in which scope, as of when, by whom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.figures.events import is_event
from sayso.figures.heads import is_person
from sayso.figures.line import Line
from sayso.pile.series.page import Page, kinds_of, of_happening, page_of
from sayso.pile.series.places import Where, is_room, phrases, place_key, sites
from sayso.pile.series.told import Originating, Scope, Thing, Told
from sayso.pile.series.when import Timing, timing
from sayso.pile.series.words import Names, course_of, names_in, stem, stems_of, telling, who_key, words_of
from sayso.records import Figure, Reading, Span, Statement
from sayso.tables import load

UNITS = ("count", "money", "percent", "other")
UNREAL = 12
"""Words before a figure in which "could", "would", "if" make it one that is not counted yet. 4 gets one of 198 stories wrong."""
HIT = ("killed", "injured", "missing", "casualties")
"""Events whose day is that of the happening; people are detained and displaced on other days too."""
OWN = ("outlet", "agency", "copy", "unknown", "nameless")
"""A headline has its number from whom the text has it, where it names nobody itself."""
FROM_TO = 4
"""Words behind a number in which "to" leads on to the next one: "from 35 dead on Monday to 41"."""
SPOT = 5
"""Words from "in" to the spot: "inside a white delivery van" has four."""
REACH = 200
"""Characters behind a figure in which its place may be named; the reading looks 20 words far."""


def told_of(reading: Reading, origin: Originating) -> tuple[Told, ...]:
    """Every figure of a page that may belong to a series, in the order of the text, the headline's last."""
    statements = {s.id: s for s in (*reading.statements, *(reading.headline.statements if reading.headline else ()))}
    shown = [f for f in reading.figures if _counts(f, statements)]
    head = [f for f in reading.headline.figures if _counts(f, statements)] if reading.headline else []
    if not (shown or head):
        return ()
    maker = _Maker(reading, page_of(reading), statements, origin)
    made = [told for figure in shown if (told := maker.told(figure)) is not None]
    made = _of_one_day(made, maker.page)
    if reading.headline and head:
        page = replace(maker.page, text=reading.headline.text, sentences=((0, len(reading.headline.text)),))
        other = _Maker(reading, page, statements, origin)
        made += _of_one_day([t for f in head if (t := other.told(f)) is not None], page, made)
    return tuple(_as_in_body(made, reading))


def _counts(figure: Figure, statements: dict[str, Statement]) -> bool:
    """Whether a figure may be counted with others: no length of time, nobody's wish, no number without a thing."""
    held = statements.get(figure.statement or "")
    if figure.unit not in UNITS or (held is not None and held.act == "want"):
        return False
    return bool(figure.event) or (figure.low is not None or figure.high is not None)


def _of_one_day(made: Sequence[Told], page: Page, body: Sequence[Told] = ()) -> list[Told]:
    """Where the page dates one happening and no other, its figures without a date are of that one."""
    starts = {told.start for told in (*made, *body) if told.start and told.thing.event in HIT}
    if len(starts) > 1 or not (starts or page.start):
        return list(made)
    start = next(iter(starts), page.start)
    return [
        replace(t, start=start) if t.thing.event and t.start is None and t.scope.stretch is None else t for t in made
    ]


def _as_in_body(made: Sequence[Told], reading: Reading) -> Iterator[Told]:
    """A number in a title that the text has from somebody is theirs."""
    titles = [b.span for b in reading.document.blocks if b.kind in ("title", "heading")]
    body = [t for t in made if t.part == "text" and not any(s <= t.span[0] < e for s, e in titles)]
    for told in made:
        on_top = told.part == "headline" or any(s <= told.span[0] < e for s, e in titles)
        same = [t for t in body if _same_number(told, t)] if on_top and told.origin.basis in OWN else []
        if same:
            first = next((t for t in same if t.origin.basis not in OWN), same[0])
            basis = "body" if first.origin.known else first.origin.basis
            told = replace(told, origin=replace(first.origin, basis=basis), scope=_scope_on_top(told, first))
        yield told


def _scope_on_top(title: Told, body: Told) -> Scope:
    """The scope of a number in a title: what it leaves out is told by the text ("at least seven" are seven workers)."""
    one, other = title.scope, body.scope
    if one.who and other.who and one.who != other.who:
        return one
    places = other.places_told and not (one.places_told and one.places & other.places)
    return replace(
        one, who=one.who or other.who, marks=one.marks or other.marks,
        places=other.places if places else one.places, places_told=one.places_told or places,
    )  # fmt: skip


def _same_number(title: Told, body: Told) -> bool:
    one, other = title.thing, body.thing
    same = one.unit == other.unit and one.event == other.event and (one.event or one.noun == other.noun)
    values = {v for v in (title.low, title.high) if v is not None}
    return bool(same) and bool(values & {body.low, body.high})


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the figures of one text of a page."""

    reading: Reading
    page: Page
    statements: dict[str, Statement]
    origin: Originating

    def told(self, figure: Figure) -> Told | None:
        """One figure, or None where it counts nothing that could be told again."""
        line = self.page.line(figure.span[0])
        first, last = line.tokens(figure.span)
        if first >= last or _is_unreal(line, first, self._content(figure)):
            return None
        if line.words[last - 1] in load("figures-numbers")["times"]:
            return None
        noun = _noun(figure, line, first, last)
        event = _event(figure, noun, line, last)
        where = self._where(figure, line, last)
        thing = self._thing(figure, event, noun, line, where)
        if thing is None:
            return None
        document = self.reading.document
        times = timing(figure, event, line, self.page)
        return Told(
            document=self.reading.id, figure=figure.id, span=figure.span, part=self._part(), outlet=document.outlet,
            page=document.name, published=self.page.published, minute=document.published.date if document.published else "",
            low=figure.low, high=figure.high, qualifier=" ".join(figure.qualifier.casefold().split()),
            words=" ".join(self.page.text[slice(*figure.span)].split()), thing=thing,
            counted=" ".join(figure.counted.split()),
            scope=self._scope(figure, event, line, (first, last), where, times), as_of=times.as_of,
            origin=self.origin(self.reading, figure), anchors=self.page.anchors, start=times.start,
            kinds=kinds_of(line, self._content(figure)) or self.page.kinds, within=where.within | self.page.where.within,
            sites=sites(line) | self.page.sites, corrected=any(word in words_of("time", "corrected") for word in line.words),
        )  # fmt: skip

    def _part(self) -> str:
        return "text" if self.page.text is self.reading.document.text else "headline"

    def _content(self, figure: Figure) -> int:
        """Where the words of whoever tells the figure begin, before which others stand."""
        held = self.statements.get(figure.statement or "")
        starts = [s for s, e in held.content if s <= figure.span[0] < e] if held else []
        return starts[0] if starts else 0

    def _where(self, figure: Figure, line: Line, last: int) -> Where:
        """Where a figure counts: the phrase of its sentence that its place stands in, "there", else the page's place."""
        content = self._content(figure)
        found = [where for where in phrases(line) if line.starts[where.first] >= content]
        if (
            figure.place
            and not is_room(figure.place)
            and not (content and figure.place not in self.page.text[content : figure.span[1] + REACH])
        ):
            key = place_key(figure.place)
            for where in found:
                if key in where.places or key.split()[-1:] == sorted(where.places)[0].split()[-1:]:
                    return where
            return Where(frozenset({key}), frozenset(), 1, 1)
        behind = [where for where in found if where.first >= last and not _parts(line, last, where.first)]
        named = of_happening(line)
        if named:
            return Where(named, frozenset(), 1, 1)
        if behind:
            return replace(behind[0], first=1)
        first = line.tokens(figure.span)[0]
        before = [where for where in found if where.last <= first and not _parts(line, where.last, first)]
        return replace(before[-1], first=1) if before else replace(self.page.where, first=0, last=0)

    def _scope(self, figure: Figure, event: str, line: Line, at: Span, where: Where, times: Timing) -> Scope:
        who = who_key(figure.who) if event else frozenset()
        share = (figure.share_of or "").casefold()
        part = bool(share) and not share.startswith(tuple(words_of("who", "mostly"))) and figure.unit != "percent"
        if part and not who and event and at[1] < len(line) and line.words[at[1] : at[1] + 2] == ("of", "them"):
            who = who_key(" ".join(line.raw[at[1] + 2 : at[1] + 4]))
        more = words_of("who", "more")
        near = (*line.words[max(0, at[0] - 1) : at[1]], *line.words[at[1] : at[1] + 1])
        return Scope(
            who=who, places=where.places, places_told=where.first > 0,
            period="daily" if figure.period == "daily" else "cumulative" if figure.period else "",
            stretch=times.stretch, since=times.since, on=times.on, part=part and not who,
            spot=_is_at_spot(line, at),
            more=any(word in more for word in near) and "than" not in line.words[at[0] : at[0] + 2] + line.words[at[0]-1:at[1]],
            marks=_marks(figure, line, at), past=_is_past(line, at),
        )  # fmt: skip

    def _thing(self, figure: Figure, event: str, noun: str, line: Line, where: Where) -> Thing | None:
        if event:
            return Thing("count", "", event)
        span = figure.counted_span or figure.span
        counted = line.tokens(span)
        before = self._before(figure, line)
        common = self.page.common
        stretches = (counted, before)
        named = {name for s in stretches for _, _, name in names_in(line, *s, common, self.page.named)}
        covered = {i for s in stretches for a, b, _ in names_in(line, *s, common, self.page.named) for i in range(a, b)}
        words = [line.raw[i] for s in stretches for i in range(*s) if i not in covered]
        words += (figure.share_of or "").split()
        marks = _marks(figure, line, line.tokens(figure.span))
        bag = {
            stem_
            for stem_ in telling(w for w in words if w.casefold() not in words_of("places", "never"))
            if stem_ != noun
        }
        course = course_of(words)
        moving = stems_of("things", "gained") | stems_of("things", "lost") if course else frozenset()
        bag = {w for w in bag if w not in marks and w not in moving and w not in _numbers()}
        names = frozenset(n for n in named if place_key(n) not in where.places)
        if figure.unit != "money" and (not noun or noun in stems_of("things", "idle")) and not bag:
            return None
        if noun in stems_of("things", "idle"):
            return None
        return Thing(figure.unit, figure.currency, "", noun, names, frozenset(bag), course)

    def _before(self, figure: Figure, line: Line) -> Span:
        """Tokens of the clause before a figure: from the figure before it, or from where its statement begins."""
        first = line.tokens(figure.span)[0]
        floor = max([0, *(line.tokens((0, f.span[1]))[1] for f in self._others(figure) if f.span[1] <= figure.span[0])])
        content = self._content(figure)
        while floor < first and line.starts[floor] < content:
            floor += 1
        for i in range(first - 1, floor - 1, -1):
            if line.words[i] in (";", ":", "but", "while", "said", "”", "“", '"'):
                return i + 1, first
        return floor, first

    def _others(self, figure: Figure) -> Sequence[Figure]:
        if self._part() == "headline":
            return self.reading.headline.figures if self.reading.headline else ()
        figures = self.reading.figures
        start = self.page.line(figure.span[0]).starts[0]
        first, last = (bisect_left(figures, at, key=lambda f: f.span[0]) for at in (start, figure.span[0]))
        return figures[first:last]


def _parts(line: Line, last: int, first: int) -> bool:
    """Whether a new clause begins between a figure and a place behind it."""
    return any(word in (";", ":", "said", "told", "but", "while", "”", "“", '"') for word in line.words[last:first])


def _is_unreal(line: Line, first: int, content: int) -> bool:
    unreal = words_of("who", "unreal")
    for i in range(first - 1, max(-1, first - UNREAL), -1):
        if line.starts[i] < content or line.words[i] in (",", ";", ":", "but"):
            return False
        if line.words[i] in unreal:
            return True
    return False


def _is_past(line: Line, at: Span) -> bool:
    """Whether a number is told as the one before: "rose FROM 35 to 41", "up FROM 35", "compared WITH 35"."""
    before = line.words[max(0, at[0] - 5) : at[0]]
    moving = words_of("time", "moving")
    if before[-1:] == ("from",):
        return any(word in moving for word in before) or _to_a_number(line, at[1])
    return before[-2:] in (("compared", "with"), ("compared", "to"), ("instead", "of"), ("and", "not")) or before[
        -1:
    ] == ("than",)


def _is_at_spot(line: Line, at: Span) -> bool:
    """Whether bodies are told to be in one spot: "three bodies INSIDE A DELIVERY VAN", "in the cellar lay two bodies"."""
    if not words_of("who", "bodies") & set(line.words[at[0] : at[1]]):
        return False
    start, end = at
    while start and line.words[start - 1] not in (";", ":", "said", "but", "while", "that"):
        start -= 1
    while end < len(line) and line.words[end] not in (",", ";", "who", "which", "but", "while", "when", "after", "as"):
        end += 1
    into = words_of("who", "into")
    return any(line.words[i] in into and _names_spot(line.words[i + 1 : min(i + SPOT, end)]) for i in range(start, end))


def _names_spot(words: Sequence[str]) -> bool:
    """Whether words behind "in" name a spot before anything else begins."""
    for word in words:
        if word in words_of("who", "spots"):
            return True
        if not word[0].isalpha() or word in words_of("who", "into"):
            return False
    return False


def _to_a_number(line: Line, end: int) -> bool:
    """Whether a number follows "to" right behind a figure: "from 35 TO at least 41", not "from 3 harbours to bring soup"."""
    behind = line.words[end : end + FROM_TO]
    if "to" not in behind:
        return False
    at = end + behind.index("to") + 1
    return any(word[0].isdigit() or word in _numbers() for word in line.words[at : at + 3])


def _marks(figure: Figure, line: Line, at: Span) -> Names:
    """Words that make the count one of another kind: "confirmed", "suspected", "new"."""
    marks = words_of("who", "marks")
    near = [*line.words[max(0, at[0] - 2) : at[1]], *line.words[at[1] : at[1] + 2]]
    event = bool(figure.event)
    people = {"civilian", "civilians", "military", "foreign"}  # of events these stand in who is counted
    verbs = (
        {"confirmed", "identified", "registered", "final", "official", "new"} if event else {"confirmed", "registered"}
    )
    found = set()
    for k, word in enumerate(near):
        if word in marks and not (event and word in people):
            inside = k >= min(2, at[0]) and k < min(2, at[0]) + at[1] - at[0]
            if inside or word not in verbs:
                found.add(stem(word))
    return frozenset(found)


def _noun(figure: Figure, line: Line, first: int, last: int) -> str:
    """The stem of the noun in a figure's own words, or of the event's noun behind it; empty where it is a bare number."""
    if figure.unit == "percent":
        return "percent"
    if figure.unit == "money":
        return ""
    word = line.words[last - 1]
    if not word[0].isalpha() or word in _numbers():
        return ""
    return stem(word)


def _numbers() -> frozenset[str]:
    table = load("figures-numbers")
    vague = table["vague"]
    return frozenset([*table["small"], *table["tens"], *table["scales"], *vague["plural"], *vague["few"], *vague["counted"],
                      "of", *table["times"], "more", "others"])  # fmt: skip


def _event(figure: Figure, noun: str, line: Line, last: int) -> str:
    """What befell those counted; empty where it is things that are missing or lost."""
    if not figure.event or figure.unit != "count":
        return ""
    word = line.words[last - 1]
    bare = not noun
    people = (
        bare
        or figure.who
        or is_person(word)
        or is_event(word)
        or noun in stems_of("who", "generic")
        or line.capital(last - 1)
    )
    return figure.event if people else ""
