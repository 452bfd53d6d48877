"""Whether a day named without its year or week is over or still to come, by the words around it."""

from __future__ import annotations

from sayso.dates.lexicon import lexicon
from sayso.dates.tokens import Tokens

#: Tokens looked at before and after. Measured on two thirds of timex-dev, see docs/dates.md.
BEFORE, AFTER = 14, 6
#: The answers that mean the past.
PAST, LIKELY_PAST = -2, -1
_STOPS = frozenset('.;!?“”"`')
_WERE = frozenset({"had", "was", "were"})
_UP_TO = frozenset({"by", "until", "till", "through", "effective", "payable", "due"})


def direction(t: Tokens, first: int, last: int) -> int:
    """Give 1 for the future, PAST, LIKELY_PAST where only a participle tells it, 0 where nothing does.

    What stands right before or after it counts first, then the nearest cue before it in its sentence, then the nearest
    after it. Participles in -ed count only where there is no plainer cue.
    """
    if t.word(last) in ("'", "’") and t.word(last + 1) == "s":
        return PAST  # "Wednesday’s ruling" is known of
    if t.word(first - 1) in _UP_TO and any(
        t.word(j) in _WERE for j in (*range(first - 8, first), *range(last, last + 5))
    ):
        return PAST  # "they had met by Friday"
    if t.word(first - 1) in _UP_TO or (t.word(first - 1) == "and" and t.word(first - 2) == "now"):
        return 1
    before = range(first - 1, max(-1, first - 1 - BEFORE), -1)
    return _nearest(t, before) or _nearest(t, range(last, min(len(t.words), last + AFTER)))


def _nearest(t: Tokens, places: range) -> int:
    lex = lexicon()
    weak = 0
    for j in places:
        word = t.words[j]
        if word in _STOPS and not _abbreviation(t, j):
            break
        if word in lex.future and not _is_other_word(t, j):
            return 1
        if word in lex.past:
            return 1 if t.word(j - 1) == "be" else PAST
        if word == "to" and t.word(j - 1) in ("is", "are"):
            return 1
        if word.endswith("ing") and t.word(j - 1) in ("is", "are", "be"):
            return 1
        if not weak and len(word) > 4 and word.endswith("ed") and not word.endswith("eed") and not t.capital(j):
            if t.word(j - 1) == "be":
                return 1
            weak = PAST if j >= places.start - 1 and places.step < 0 else LIKELY_PAST
    return weak


def _is_other_word(t: Tokens, j: int) -> bool:
    """Whether a word that looks ahead is another here: the month of May, "rain set in"."""
    return (t.words[j] == "may" and t.capital(j)) or (t.words[j] == "set" and t.word(j + 1) not in ("to", "for"))


def _abbreviation(t: Tokens, j: int) -> bool:
    """Whether a full stop ends no sentence: "Oct.", "9.5"."""
    return t.words[j] == "." and (t.touches(j + 1) or (len(t.word(j - 1)) <= 4 and t.capital(j - 1)))


#: Tokens that may lie between a verb and the date of what happened.
_GAP = 7


def _sentence(t: Tokens, places: range) -> list[int]:
    """The places up to the end of the sentence, as far as the stretch goes."""
    out = []
    for j in places:
        if t.words[j] in _STOPS and not _abbreviation(t, j):
            break
        out.append(j)
    return out


def told_as_past(t: Tokens, first: int, last: int) -> bool:
    """Whether a date surely tells of something over: a verb in the past close before it and nothing that looks ahead."""
    lex = lexicon()
    before, after = _sentence(t, range(first - 1, -1, -1)), _sentence(t, range(last, len(t.words)))
    if any(t.words[j] in lex.ahead or t.words[j] in _UP_TO for j in before) or any(
        t.words[j] in lex.future for j in after
    ):
        return False
    for j in range(first - 1, max(-1, first - 1 - _GAP), -1):
        if t.words[j] in _STOPS and not _abbreviation(t, j):
            return False
        if t.words[j] in lex.happened:
            return True
    return False
