"""Who a figure counts, whether of one day or from the start on, and what whole it is a part of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sayso.figures.events import is_event
from sayso.figures.heads import head_end, is_named, is_person, is_plural, is_stop
from sayso.figures.line import Line, joined
from sayso.figures.mention import Mention
from sayso.figures.phrases import Phrases, by_first, starts_at
from sayso.tables import load

#: How far from a figure words for its period may stand, and what another figure or a clause between counts.
FAR, OTHER_FIGURE, CLAUSE = 18, 4, 4
_CLAUSE = {";", "but", "while", "–", "—"}
_PART = {("of", "them"), ("of", "whom"), ("of", "these"), ("of", "those")}


@cache
def _period() -> tuple[Phrases, Phrases, Phrases]:
    table = load("figures-events")
    return (
        by_first(table["period"]["daily"]),
        by_first(table["period"]["cumulative"]),
        by_first(table["share"]["heads"]),
    )


def _of_people(line: Line, k: int) -> bool:
    """Whether token ``k`` is a word for people, or the plural of a name: all peoples and parties read alike."""
    return is_person(line.at[k]) or is_named(line, k)


def who_of(line: Line, mention: Mention) -> str:
    """Who is counted, as worded, where the noun is one for people."""
    if mention.head is None and line.words[mention.last : mention.last + 2] in _PART:
        end = head_end(line, mention.last + 2)
        return joined(line, mention.last + 2, end) if end and _of_people(line, end - 1) else ""
    if (
        mention.head is None
        or not _of_people(line, mention.head[1] - 1)
        or mention.unit != "count"
        or mention.amount.compound
    ):
        return ""
    start, end = mention.head
    while start < end - 1 and (
        (line.words[start] in ("more", "other", "additional", "further", "new") and not line.capital(start))
        or is_stop(line.words[start])
    ):
        start += 1
    return joined(line, start, end)


def period_of(line: Line, mentions: Sequence[Mention], k: int) -> str:
    """``daily`` or ``cumulative`` where words of the sentence near the figure say so."""
    daily, cumulative, _ = _period()
    mention = mentions[k]
    if mention.unit != "count" or mention.amount.compound:
        return ""
    best, cost = "", 99
    for i in range(max(0, mention.first - FAR), min(len(line), mention.last + FAR)):
        word = line.words[i]
        for name, phrases in (("daily", daily), ("cumulative", cumulative)):
            if (
                word in phrases
                and starts_at(line, i, phrases)
                and not (line.words[i] == "since" and held_against(line, i))
            ):
                price = _distance(line, mentions, mention, i)
                if price < cost:
                    best, cost = name, price
    return best if cost <= FAR else ""


def _distance(line: Line, mentions: Sequence[Mention], mention: Mention, i: int) -> int:
    start, end = (mention.last, i) if i >= mention.last else (i + 1, mention.first)
    price = max(0, end - start)
    price += OTHER_FIGURE * sum(1 for m in mentions if not m.refused and start <= m.first and m.last <= end)
    return price + CLAUSE * sum(word in _CLAUSE for word in line.words[start:end])


def held_against(line: Line, i: int) -> bool:
    """Whether "since" at token ``i`` starts no count: "the highest since 2019", "has since risen"."""
    return any(
        word.endswith("est") or word in ("first", "most", "worst", "least") for word in line.words[max(0, i - 4) : i]
    )


def share_of(line: Line, mentions: Sequence[Mention], k: int) -> tuple[int, int] | None:
    """The whole that a figure is a part of: another figure ("six OF THEM"), what a percentage is of; or "mostly children"."""
    mention = mentions[k]
    whole = whole_of(line, mentions, k)
    if whole is not None:
        return whole.first, whole.last
    if mention.unit == "percent":
        return _whole(line, mention)
    if mention.unit != "count":
        return None
    heads = _period()[2]
    for i in range(mention.last, min(len(line), mention.last + 8)):
        size = starts_at(line, i, heads)
        if size:
            end = i + size
            while (
                end < len(line)
                and end - i < size + 5
                and line.words[end][0].isalpha()
                and (not is_stop(line.words[end]) or line.words[end] in ("and", "were", "are"))
            ):
                end += 1
            while line.words[end - 1] in ("and", "were", "are"):
                end -= 1
            return (i, end) if end > i + size else None
        if line.words[i] in (".", ";"):
            break
    return None


def whole_of(line: Line, mentions: Sequence[Mention], k: int) -> Mention | None:
    """The figure of the same sentence that this one is a part of."""
    mention = mentions[k]
    if mention.unit not in ("count", "percent") or mention.amount.compound:
        return None
    if line.at[mention.last] == "of" and mention.head is None:
        for other in mentions[k + 1 :]:
            between = line.words[mention.last + 1 : other.first]
            if (
                not other.refused
                and len(between) <= 3
                and all(w in ("the", "its", "their", "his", "her", "all") or w.endswith("'s") for w in between)
            ):
                return other if other.unit == "count" else None
    earlier = [m for m in mentions[:k] if not m.refused and m.unit == "count" and not m.amount.compound]
    if earlier and line.words[mention.last : mention.last + 2] in _PART:
        return earlier[-1]
    if mention.unit != "count":
        return None
    for other in reversed(earlier):
        between = line.words[other.last : mention.first]
        if "including" in between or "among" in between:
            started = between[between.index("including" if "including" in between else "among") :]
            ended = any(word in (";", "but", ".") or is_event(word) for word in started)
            return other if len(between) <= 14 and not ended else None
    return None


def _whole(line: Line, mention: Mention) -> tuple[int, int] | None:
    k = mention.last
    if line.at[k] == "(":
        k = next((j + 1 for j in range(k, min(k + 6, len(line))) if line.words[j] == ")"), k)
    if line.at[k] == ")":
        k += 1
    if line.at[k] != "of":
        return None
    start = end = k + 1
    while line.at[start] in ("the", "all", "its", "their", "our", "his", "her"):
        start = end = start + 1
    while (
        end < len(line)
        and end - start < 6
        and line.words[end][0].isalnum()
        and not (is_stop(line.words[end]) and line.words[end] not in ("those", "killed", "them"))
    ):
        end += 1
        if is_plural(line.words[end - 1]) and not is_plural(line.at[end]):
            break
    return (start, end) if end > start else None
