"""What a figure counts, in the words of its clause: one stretch of the text, with what happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sayso.figures.events import is_event
from sayso.figures.heads import is_stop
from sayso.figures.line import Line, is_abbreviation
from sayso.figures.mention import Mention
from sayso.figures.scope import whole_of
from sayso.tables import load

#: The longest stretch behind and before a figure, in tokens. On 104 marked figures 12 to 28 behind give the same share of
#: figures rightly counted, and 12 before a point less than 16 or 20.
BEHIND, BEFORE = 20, 16
#: A quotation inside a stretch is passed over where it closes within so many tokens.
QUOTED = 30
#: "from 5 to 6 to 7": the third counts what the first does.
HOPS = 2
#: A stretch with fewer words than this that carry meaning says too little; then the words before the figure are taken.
#: On the same figures 1 to 3 differ by a point.
ENOUGH = 2
_OPEN, _CLOSE = {"(", "[", "“", "‘"}, {")", "]", "”"}
_VERBS = {"are", "were", "is", "was", "have", "has", "had", "will", "would", "remain", "died", "may", "could", "must"}
_AGAINST = {"to", "from", "against", "than", "with"}
_DASHES = {"–", "—", "--", "…"}


@cache
def _table() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    table = load("figures-clauses")
    return frozenset(table["ends"]), frozenset(table["trailing"]), frozenset(table["leading"])


def counted_of(
    line: Line, mentions: Sequence[Mention], k: int, dated: frozenset[int], hops: int = HOPS
) -> tuple[int, int] | None:
    """Tokens of what ``mentions[k]`` counts, or None where the sentence does not say; ``dated``: tokens of dates.

    ``hops``: over how many figures before it this may be looked for.
    """
    mention = mentions[k]
    after = _after(line, mentions, k)
    if mention.head is None and is_event(line.at[after[0]]) and after[1] > after[0]:
        return after
    if _weight(line, after, dated) >= (ENOUGH + 1 if mention.head else ENOUGH):
        return after
    before = _before(line, mentions, k)
    if (
        mention.head is None
        and line.at[mention.first - 1] in _AGAINST
        and (near := _neighbour(line, mentions, k, hops)) is not None
    ):
        return counted_of(line, mentions, near, dated, hops - 1)
    if _weight(line, before, dated) == 0:
        if _weight(line, after, dated) > 0:
            return after
        neighbour = _neighbour(line, mentions, k, hops)
        return counted_of(line, mentions, neighbour, dated, hops - 1) if neighbour is not None else None
    if after[1] > after[0] and before[1] <= after[0]:
        return before[0], after[1]
    return (before[0], mention.last) if mention.unit == "other" else before


def _neighbour(line: Line, mentions: Sequence[Mention], k: int, hops: int) -> int | None:
    """The figure right before this one that counts the same ("from six points TO EIGHT", "half (55%)")."""
    for j in range(k - 1, -1, -1) if hops else ():
        other = mentions[j]
        if not other.refused:
            gap, before = mentions[k].first - other.last, line.at[mentions[k].first - 1]
            return j if (gap <= 2 and before in ("(", "or", "and")) or (gap <= 5 and before in _AGAINST) else None
    return None


def _weight(line: Line, span: tuple[int, int], dated: frozenset[int]) -> int:
    """How many words of a stretch carry meaning."""
    return sum(
        1
        for i in range(*span)
        if line.words[i][0].isalnum()
        and i not in dated
        and (not is_stop(line.words[i]) or len(line.words[i]) > 5 or is_event(line.words[i]))
    )


def _after(line: Line, mentions: Sequence[Mention], k: int) -> tuple[int, int]:
    """From the noun to the end of the clause or to the next figure."""
    ends, trailing, _ = _table()
    mention = mentions[k]
    start = _behind(line, mention)
    least = mention.head[1] if mention.head and start == mention.head[0] else start
    whole = whole_of(line, mentions, k)
    taken = {m.first for m in mentions[k + 1 :] if not m.refused and m is not whole}
    i, passed = least, 0
    if is_event(line.at[start]) and mention.head is None:
        i = least = start + 1
    if line.at[i] in ("and", "or", "but", ",") and line.at[i - 1] != ")":
        opener = _past_aside(line, i) or (i if mention.amount.compound or _is_front(line, mention) else 0)
        if line.at[i] != "," or not opener:
            return start, i
        start = i = least = opener + 1
    while i < len(line) and i - passed - start < BEHIND:
        closed = _closing(line, i) or _unquoted(line, i)
        if closed:
            passed += closed + 1 - i if line.words[i] in ("(", "[") else 0
            i = closed + 1
            continue
        if i in taken or _stops_at(line, i, start, ends):
            break
        i += 1
    return start, _trim_end(line, start, i, trailing, least)


def _is_front(line: Line, mention: Mention) -> bool:
    """Whether a stretch of time begins the sentence, with nothing but small words before it ("In the first nine months, …")."""
    small = ("first", "last", "past", "next", "latest", "coming")
    return mention.unit == "duration" and all(is_stop(word) or word in small for word in line.words[: mention.first])


def _past_aside(line: Line, comma: int) -> int:
    """The comma that ends an aside before the verb ("61 miners, most of them young, ARE missing"), 0 where there is none."""
    if line.at[comma + 1] in ("and", "or", "but"):
        return 0
    for j in range(comma + 2, min(comma + 12, len(line))):
        if line.words[j] == ",":
            return j if line.at[j + 1] in _VERBS else 0
        if line.words[j] in (".", ";"):
            return 0
    return 0


def _behind(line: Line, mention: Mention) -> int:
    """Where the words behind a figure begin: at its noun, behind "ago", behind a bracket that holds only the figure."""
    start = mention.head[0] if mention.head else mention.amount.last
    if line.at[start] in ("ago", "earlier", "later"):
        start += 1
    if line.at[mention.last] == ")" and line.at[mention.first - 1] == "(":
        return mention.last + 1
    while line.at[start] in ("-", "+", "'", "’"):
        start += 1
    closed = _closing(line, start)
    return closed + 1 if closed else start


def _closing(line: Line, i: int) -> int:
    """The token that closes a short bracket opened at ``i``, 0 where none does."""
    if line.at[i] not in ("(", "["):
        return 0
    for j in range(i + 1, min(i + 7, len(line))):
        if line.words[j] in (")", "]"):
            return j
    return 0


def _unquoted(line: Line, i: int) -> int:
    """The token that closes a quotation opened at ``i``, 0 where none does."""
    mark = line.at[i]
    if mark not in ('"', "“") or not line.joined(i + 1) or line.joined(i):
        return 0
    closer = "”" if mark == "“" else mark
    for j in range(i + 1, min(i + QUOTED, len(line))):
        if line.words[j] == closer:
            return j
    return 0


def _stops_at(line: Line, i: int, start: int, ends: frozenset[str]) -> bool:
    word = line.words[i]
    if word == "." and is_abbreviation(line.at[i - 1]) and line.joined(i):
        return False
    if word in (".", "!", "?"):
        return not (line.joined(i + 1) and line.at[i + 1][:1].isalnum())
    if word in (";", ":", "(", "[", ")", "]", "”", '"', "“") or word in _DASHES or (word == "-" and not line.joined(i)):
        return True
    if word == ",":
        return not _goes_on(line, i)
    if word == "as" and line.at[i + 1] in ("a", "an", "the"):
        return False
    return i > start and word in ends


def _goes_on(line: Line, comma: int) -> bool:
    """A comma inside a name of a place ("Lea county, New Mexico") ends nothing."""
    if not line.capital(comma + 1) or is_stop(line.at[comma + 1]):
        return False
    return line.capital(comma - 1) or line.capital(comma - 2)


def _trim_end(line: Line, start: int, end: int, trailing: frozenset[str], least: int) -> int:
    while end > max(start, least) and (line.words[end - 1] in trailing or not line.words[end - 1][0].isalnum()):
        if line.words[end - 1] in ('"', "”", "’", ")") and not _unpaired(line, start, end):
            break
        end -= 1
    return end


def _unpaired(line: Line, start: int, end: int) -> bool:
    words = line.words[start:end]
    pairs = {"”": "“", "’": "‘", ")": "("}
    last = words[-1]
    return words.count(last) % 2 == 1 if last == '"' else pairs.get(last, "") not in words


def _before(line: Line, mentions: Sequence[Mention], k: int) -> tuple[int, int]:
    """From the start of the clause to the figure; the figure's own words are left out."""
    _, trailing, leading = _table()
    first = mentions[k].first
    floor = max((m.last for m in mentions[:k] if not m.refused and m.last <= first), default=0)
    i = first
    while (
        i > floor
        and first - i < BEFORE
        and (not _starts_behind(line, i - 1, first - i) or (line.words[i - 1] == ":" and i == first))
    ):
        i -= 1
    end = first
    while end > i and (line.words[end - 1] in trailing or not line.words[end - 1][0].isalnum()):
        end -= 1
    while i < end and (line.words[i] in leading or not line.words[i][0].isalnum()):
        i += 1
    return i, end


def _starts_behind(line: Line, i: int, size: int) -> bool:
    word = line.words[i]
    if (
        word in (";", ":", "(", "[", "“", '"', "‘", "!", "?")
        or word in _DASHES
        or (word == "." and not line.joined(i + 1))
    ):
        return True
    if word == ",":
        return size >= 3
    if word == "and":
        after = line.at[i + 1]
        return size >= 3 and (is_stop(after) or after.endswith(("ing", "ed")))
    if word == "as":
        return size >= 3 and line.at[i + 1] not in ("a", "an", "the")
    return size >= 3 and word in ("that", "but", "while", "whereas", "although", "said", "says")
