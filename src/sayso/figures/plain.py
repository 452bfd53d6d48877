"""Whether a number counts something at all: by its noun, its qualifier, or the words and figures around it."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.figures import refused
from sayso.figures.amount import Amount
from sayso.figures.events import event_of, event_of_number, is_event
from sayso.figures.heads import is_person, is_plural
from sayso.figures.line import Line
from sayso.figures.mention import Mention
from sayso.figures.phrases import words
from sayso.tables import load

_CLAUSES, _REFUSED = "figures-clauses", "figures-refused"
#: A small number in words behind "the" points back ("the two leaders"); from five on it is told anew as often as not.
SMALL = 4
#: How far before a bare number the word may stand that says what it counts ("the toll … to 29").
TOLD = 12
_AGO = frozenset({"ago", "earlier", "later", "before", "after", "on", "old"})
_PARTS = frozenset({"them", "those", "whom", "the", "these"})


def is_refused(line: Line, mention: Mention, earlier: Sequence[Mention], dated: frozenset[int]) -> bool:
    """Whether a number is no figure; ``earlier``: those before it in the sentence, ``dated``: tokens of dates."""
    amount = mention.amount
    if mention.unit == "duration":
        if amount.start in dated and line.at[amount.last] not in _AGO and line.at[amount.first - 1] == "first":
            return True
    elif any(i in dated for i in range(amount.first, amount.last)) and not _counts_people(line, mention):
        return True
    if refused.is_name_or_code(line, amount, dated) or refused.is_age(line, amount):
        return True
    if refused.is_year(line, amount, mention.head is not None):
        return True
    if amount.form == "vague":
        return _is_refused_vague(line, mention)
    if mention.unit != "count" or amount.form in ("times", "none", "share", "ratio"):
        return False
    if line.at[mention.first - 1] in ("top", "bottom", "first"):
        return True
    if amount.form == "number" and line.at[amount.start] == "one" and amount.high == 1:
        return _is_refused_one(line, mention)
    if mention.head is None:
        return not _counts(line, mention, earlier, dated)
    return _is_known(line, mention) and not event_of(line, [mention], 0)


def _counts_people(line: Line, mention: Mention) -> bool:
    """Four digits taken for a year that count people all the same ("killing 2000 people")."""
    head = mention.head
    if (
        head is None
        or mention.unit != "count"
        or len(line.at[mention.amount.start]) != 4
        or not is_person(line.at[head[1] - 1])
    ):
        return False
    before = line.at[mention.first - 1]
    return mention.qualifier is not None or before not in ("in", "of", "since", "the", "by", "from")


def _is_known(line: Line, mention: Mention) -> bool:
    """As in "the two leaders": a small number in words that points back at what was told before."""
    amount: Amount = mention.amount
    small = amount.spelled and amount.high is not None and amount.high <= SMALL and not amount.compound
    return small and mention.qualifier is None and line.at[mention.first - 1] in words(_REFUSED, "known")


def _is_refused_vague(line: Line, mention: Mention) -> bool:
    """A vague word needs its noun, but for those in the plural ("thousands rallied")."""
    word, own = line.at[mention.amount.first], mention.amount.own
    if mention.unit != "count" or mention.head is not None:
        return word == "few" and line.at[mention.first - 1] in ("a", "the")
    last = line.at[own[1] - 1] if own else ""
    if last == "of" or last in load("figures-numbers")["scales"]:
        return False
    if word != "few" and line.at[mention.last] == "of" and line.at[mention.last + 1] in _PARTS:
        return False
    return word in ("several", "few", "a") or word.startswith("multi")


def _is_refused_one(line: Line, mention: Mention) -> bool:
    """The word “one” counts only where a qualifier or an event shows it, or a plain noun stands behind it in mid-sentence."""
    if event_of(line, [mention], 0):
        return mention.head is None and not is_event(line.at[mention.amount.last])
    if mention.head is None:
        return True
    if mention.qualifier is not None and line.at[mention.first] not in ("just", "only", "some", "about"):
        return False
    before, behind = line.at[mention.first - 1], line.at[mention.amount.last]
    if mention.first == 0 or before in words(_REFUSED, "one_before") or behind in words(_REFUSED, "one_behind"):
        return True
    introduced = is_person(line.at[mention.last - 1]) or line.at[mention.last] in (",", "of", "who", "said", "told")
    return introduced or before in (".", "“", '"', ":", ",")


def _counts(line: Line, mention: Mention, earlier: Sequence[Mention], dated: frozenset[int]) -> bool:
    """Whether a number without a noun counts something: a qualifier, its size, an event or its neighbours show it."""
    amount = mention.amount
    before, behind = line.at[mention.first - 1], line.at[amount.last]
    if mention.qualifier is not None or mention.behind is not None:
        return True
    named = mention.first > 1 and line.capital(mention.first - 1) and not is_event(before)
    if named and "," not in line.at[amount.start]:
        return False
    if amount.big or line.at[mention.last - 1] == "more":
        return True
    listed = _goes_on(line, mention, earlier)
    if behind in words(_CLAUSES, "bare_behind") and (listed or behind not in ("in", "is", "was")):
        return before not in ("the", "number", "this") or is_event(behind)
    if listed or _is_told_before(line, mention, earlier) or _is_before_date(line, amount.last, dated):
        return True
    near = (*line.words[max(0, mention.first - 4) : mention.first], *line.words[amount.last : amount.last + 2])
    return any(is_event(word) for word in near)


def _is_told_before(line: Line, mention: Mention, earlier: Sequence[Mention]) -> bool:
    """What a bare number counts stands before it: "a population of 900", "the toll … to 29", "Headcount: 212", "71 of 198"."""
    told = words(_CLAUSES, "bare_before")
    first = mention.first
    link, noun = line.at[first - 1], line.at[first - 2]
    if link == "of":
        return noun in told or bool(earlier and not earlier[-1].refused and earlier[-1].last == first - 1)
    if link in words(_CLAUSES, "told_link"):
        near = line.words[max(0, first - TOLD) : first]
        if mention.amount.spelled:  # in words only where it is the dead and the like that are numbered
            return link in ("to", "at") and bool(event_of_number(line, mention))
        return any(word in words(_CLAUSES, "told") for word in near)
    return link == ":" and (noun in told or is_plural(noun) or is_event(noun))


def _is_before_date(line: Line, k: int, dated: frozenset[int]) -> bool:
    """Whether a date follows: "686 on Friday", "703 over the weekend"."""
    if line.at[k] not in words(_CLAUSES, "before_date"):
        return False
    weekend = line.words[k : k + 3] == ("over", "the", "weekend")
    return k in dated or k + 1 in dated or (k + 2 in dated and line.at[k + 1] == "the") or weekend


def _goes_on(line: Line, mention: Mention, earlier: Sequence[Mention]) -> bool:
    """A count in a row with one before it: "47 towns at home and 16 abroad", "put at 6 … and at 8"."""
    if not earlier:
        return False
    other, before = earlier[-1], line.at[mention.first - 1]
    if other.refused or other.unit != "count" or mention.first - other.last > 10:
        return False
    if other.head is None and before in ("at", "by", "to") and line.at[other.first - 1] == before:
        return True
    linked = mention.first == other.last or before in words(_CLAUSES, "list_link")
    return linked and (other.head is None or is_plural(line.at[other.last - 1]))
