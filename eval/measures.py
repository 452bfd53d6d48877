"""Measures of a reading against gold. Counts are added up over documents before any share is taken (micro-average).

Offsets are code points, half-open. A token is a run of word characters or one other visible character.

    found       statements whose content overlaps a gold one by half (tokens in both / tokens in either), one to one
    linked      the same, where the words of the source meet too (or neither has any)
    exact.ROLE  fragments of source, cue, content with both ends right; blanks at the ends do not count
    token.ROLE  tokens that carry the role
    own_voice   tokens rightly told apart as content of some statement or not
    within      statements told inside another that are found and marked so
    kind, act   of those found: right
    speaker             gold statements with a named speaker that are found and given the right name
    speaker_precision   names given to found statements that are right
    speaker_wrong       gold statements given a wrong name, nameless sources given one included (lower is better)
    described           gold statements of nameless sources found with the right description
    chain       hops of the statements, by name
    figure_found, and of those found: figure_value, figure_unit, figure_voice
    findings    findings by their code

Gold statements that two careful readers may see differently (``sure`` is false) neither gain nor cost, and no more does
what was read in their place.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from eval.gold import Gold, GoldFigure, GoldStatement
from sayso.records import Figure, Reading, Span, Spans, Statement

TOKEN = re.compile(r"\w+|[^\w\s]")
NAMED = ("person", "organisation")
LOWER_IS_BETTER = frozenset({"speaker_wrong"})
# Words that stand before a name without belonging to it.
TITLES = frozenset(
    re.findall(
        r"\w+",
        "a an the mr mrs ms miss mx dr prof professor sir dame lord lady king queen prince princess president minister "
        "prime former senator representative governor mayor general colonel judge chancellor secretary",
    )
)
Tokens = frozenset[int]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts: ``right`` of those ``given`` by the reading and of those ``wanted`` by the gold."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def __add__(self, other: Score) -> Score:
        """Both counts together."""
        return Score(self.right + other.right, self.given + other.given, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """Right among the given, 0 where nothing was given."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Right among the wanted, 0 where nothing was wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two; a plain share where as many are given as wanted."""
        return 2 * self.right / (self.given + self.wanted) if self.given + self.wanted else 0.0


Scores = dict[str, Score]


def total(scores: Iterable[Scores]) -> Scores:
    """The counts of several documents, added up."""
    out: Scores = {}
    for one in scores:
        for name, score in one.items():
            out[name] = out.get(name, Score()) + score
    return out


def share(verdicts: Iterable[bool]) -> Score:
    """A share of yes among verdicts."""
    listed = list(verdicts)
    return Score(sum(listed), len(listed), len(listed))


@dataclass(frozen=True, slots=True)
class Tokenised:
    """A text and the places of its tokens."""

    text: str
    tokens: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> Tokenised:
        """Cut ``text`` into tokens."""
        return cls(text, tuple(m.span() for m in TOKEN.finditer(text)))

    def inside(self, spans: Spans) -> Tokens:
        """Numbers of the tokens that the spans touch."""
        out: set[int] = set()
        for start, end in spans:
            first = bisect_left(self.tokens, start, key=lambda token: token[1] - 1)
            last = bisect_left(self.tokens, end, key=lambda token: token[0])
            out.update(range(first, last))
        return frozenset(out)

    def fragments(self, spans: Spans) -> set[Span]:
        """The spans without blanks at their ends, joined where nothing but blanks stands between."""
        out: list[Span] = []
        for start, end in sorted(spans):
            words = self.text[start:end]
            start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
            if start >= end:
                continue
            if out and not self.text[out[-1][1] : start].strip():
                out[-1] = (out[-1][0], max(end, out[-1][1]))
            else:
                out.append((start, end))
        return set(out)


def name_words(name: str) -> list[str]:
    """The words of a name without case, accents, possessive and titles."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace(".", "")
    words = re.findall(r"\w+(?:'\w+)?", re.sub(r"'s?(?!\w)", "", plain))
    return [word for word in words if word not in TITLES] or words


def same_name(one: str, other: str) -> bool:
    """Equal, or one is the beginning or the end of the other and the other has two words more at most."""
    short, long = sorted((name_words(one), name_words(other)), key=len)
    if not short:
        return not long
    return len(long) - len(short) <= 2 and (long[-len(short) :] == short or long[: len(short)] == short)


def anyway(i: int, j: int) -> bool:
    """Whatever they are, they fit."""
    return True


def pair(
    wanted: Sequence[Tokens], given: Sequence[Tokens], least: float, fits: Callable[[int, int], bool] = anyway
) -> list[Pair]:
    """One-to-one pairs that share at least ``least`` of their tokens and fit, the closest first."""
    near = []
    for i, one in enumerate(wanted):
        for j, other in enumerate(given):
            common = len(one & other)
            if common and common >= least * len(one | other) and fits(i, j):
                near.append((-common / len(one | other), i, j))
    out: list[Pair] = []
    for _, i, j in sorted(near):
        if all(i != a and j != b for a, b in out):
            out.append((i, j))
    return sorted(out)


@dataclass(frozen=True, slots=True)
class Matched:
    """Gold and read statements of one document, those that are not counted taken out, and which belong together."""

    page: Tokenised
    wanted: tuple[GoldStatement, ...]
    given: tuple[Statement, ...]
    pairs: tuple[Pair, ...]

    @classmethod
    def of(cls, gold: Gold, reading: Reading) -> Matched:
        """Pair by content; leave out unsure gold and what was read in its place."""
        page = Tokenised.of(reading.document.text)
        wanted = [page.inside(s.content) for s in gold.statements]
        given = [page.inside(s.content) for s in reading.statements]
        pairs = pair(wanted, given, 0.5)
        unsure = {i for i, s in enumerate(gold.statements) if not s.sure}
        instead = {j for i, j in pairs if i in unsure}
        keep = [i for i in range(len(wanted)) if i not in unsure]
        kept = [j for j in range(len(given)) if j not in instead]
        return cls(
            page,
            tuple(gold.statements[i] for i in keep),
            tuple(reading.statements[j] for j in kept),
            tuple((keep.index(i), kept.index(j)) for i, j in pairs if i not in unsure),
        )


def score_words(m: Matched) -> Scores:
    """Whether the right words carry the right role."""
    scores: Scores = {}
    sides = (m.wanted, m.given)
    for role in ("source", "cue", "content"):
        want, give = ({f for s in side for f in m.page.fragments(getattr(s, role))} for side in sides)
        scores[f"exact.{role}"] = Score(len(want & give), len(give), len(want))
        wants, gives = ({t for s in side for t in m.page.inside(getattr(s, role))} for side in sides)
        scores[f"token.{role}"] = Score(len(wants & gives), len(gives), len(wants))
        if role == "content":
            n = len(m.page.tokens)
            scores["own_voice"] = Score(n - len(wants ^ gives), n, n)
    return scores


def score_statements(m: Matched) -> Scores:
    """Whether the statements are there, with their source, kind, act, nesting and chain."""
    content = [[m.page.inside(s.content) for s in side] for side in (m.wanted, m.given)]
    source = [[m.page.inside(s.source) for s in side] for side in (m.wanted, m.given)]

    def meets(i: int, j: int) -> bool:
        return bool(source[0][i] & source[1][j]) or not (source[0][i] or source[1][j])

    sizes = (len(m.given), len(m.wanted))
    read = [(m.wanted[i], m.given[j]) for i, j in m.pairs]
    return {
        "found": Score(len(m.pairs), *sizes),
        "linked": Score(len(pair(content[0], content[1], 0.5, meets)), *sizes),
        "kind": share(want.kind == give.kind for want, give in read),
        "act": share(want.act == give.act for want, give in read),
        "within": score_within(m),
        "chain": score_chain(m),
    }


def score_within(m: Matched) -> Score:
    """Statements told inside another, and marked so."""
    right = sum(m.wanted[i].within and m.given[j].within is not None for i, j in m.pairs)
    return Score(right, sum(s.within is not None for s in m.given), sum(s.within for s in m.wanted))


def score_chain(m: Matched) -> Score:
    """Hops by name; the hops of a statement that is not in the gold count as given."""
    right = 0
    for i, j in m.pairs:
        left = [hop.name for hop in m.given[j].chain]
        for name in m.wanted[i].via:
            hit = next((other for other in left if same_name(name, other)), None)
            if hit is not None:
                left.remove(hit)
                right += 1
    return Score(right, sum(len(s.chain) for s in m.given), sum(len(s.via) for s in m.wanted))


def score_speakers(m: Matched, reading: Reading) -> Scores:
    """Whether each gold statement got the right name, and how often a wrong one."""
    known = {speaker.id: speaker for speaker in reading.speakers}
    read = dict(m.pairs)
    named, names, wrong, described = [], [], [], []
    for i, want in enumerate(m.wanted):
        speaker = known.get(m.given[read[i]].speaker or "") if i in read else None
        right = speaker is not None and same_name(want.speaker, speaker.name)
        if want.speaker_kind in NAMED and want.speaker:
            named.append(right)
            names += [right] if speaker else []
            wrong.append(speaker is not None and not right)
        else:
            described.append(right) if want.speaker else None
            wrong.append(speaker is not None and speaker.kind in NAMED and not right)
    return {
        "speaker": share(named),
        "speaker_precision": share(names),
        "speaker_wrong": share(wrong),
        "described": share(described),
    }


def same_value(want: GoldFigure, give: Figure) -> bool:
    """Whether both bounds are the same number, or missing on both sides."""
    return all(
        a == b or (a is not None and b is not None and abs(a - b) <= 1e-9 * abs(a))
        for a, b in ((want.low, give.low), (want.high, give.high))
    )


def score_figures(gold: Gold, reading: Reading) -> Scores:
    """Figures found, with their bounds, their unit and whose word they are."""
    page = Tokenised.of(reading.document.text)
    names = {speaker.id: speaker.name for speaker in reading.speakers}
    voices = {s.id: names.get(s.speaker or "", "") for s in reading.statements}
    spans = [page.inside((f.span,)) for f in gold.figures], [page.inside((f.span,)) for f in reading.figures]
    pairs = pair(*spans, 0.0)
    read = [(gold.figures[i], reading.figures[j]) for i, j in pairs]

    def right_voice(want: GoldFigure, give: Figure) -> bool:
        if want.voice is None or give.statement is None:
            return want.voice is None and give.statement is None
        return same_name(want.voice, voices.get(give.statement, ""))

    return {
        "figure_found": Score(len(pairs), len(reading.figures), len(gold.figures)),
        "figure_value": share(same_value(want, give) for want, give in read),
        "figure_unit": share(want.unit == give.unit for want, give in read),
        "figure_voice": share(right_voice(want, give) for want, give in read),
    }


def score_findings(gold: Gold, reading: Reading) -> Scores:
    """Findings by code, each as often as it stands in the gold."""
    wanted, given = Counter(gold.findings), Counter(f.code for f in reading.findings)
    return {"findings": Score((wanted & given).total(), given.total(), wanted.total())}


def measure(gold: Gold, reading: Reading) -> Scores:
    """All measures of one document, its headline included where the gold has one."""
    m = Matched.of(gold, reading)
    scores = {
        **score_statements(m),
        **score_words(m),
        **score_speakers(m, reading),
        **score_figures(gold, reading),
        **score_findings(gold, reading),
    }
    if gold.headline is None:
        return scores
    return total([scores, measure(gold.headline, headline_of(reading, gold.headline.text))])


def headline_of(reading: Reading, text: str) -> Reading:
    """The reading of the headline ``text`` as if it were a page; empty where it was not read or is another."""
    page = replace(reading, document=replace(reading.document, text=text), findings=(), headline=None)
    headline = reading.headline
    if headline is None or headline.text != text:
        return replace(page, statements=(), figures=())
    return replace(page, statements=headline.statements, figures=headline.figures)
