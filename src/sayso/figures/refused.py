"""Numbers that are no figures: names and labels, ages, scores, clock times, telephone numbers, list numbers."""

from __future__ import annotations

from functools import cache

from sayso.figures.amount import Amount
from sayso.figures.heads import head_end, is_person, is_plural
from sayso.figures.line import Line
from sayso.figures.units import is_time
from sayso.tables import load

#: Nobody is older than this.
OLDEST = 115
_GLUE = set("/_#@=&:\\~^")


@cache
def _table() -> dict[str, frozenset[str]]:
    table = load("figures-refused")
    return {key: frozenset(table[key]) for key in table}


def is_name_or_code(line: Line, amount: Amount, dated: frozenset[int]) -> bool:
    """Whether the number is glued to letters or signs, or part of a name, code, address or telephone number."""
    i, last = amount.start, amount.last
    if amount.form == "vague":
        return False
    return (
        _glued_before(line, i, amount)
        or _glued_behind(line, last, amount)
        or _is_telephone(line, i, amount, dated)
        or _is_labelled(line, amount)
        or _is_address(line, amount)
        or _is_list_number(line, amount)
        or _is_compound_word(line, amount)
        or _is_adverb(line, amount)
        or _is_proper(line, amount)
    )


def _is_adverb(line: Line, amount: Amount) -> bool:
    """As in "one day" for some time to come; "21-century", an ordinal without its ending."""
    if amount.unit != "duration":
        return False
    if amount.compound and line.at[amount.last - 1] in ("century", "centuries"):
        return True
    words = line.words[amount.start : amount.last]
    return words in (("one", "day"), ("one", "night"), ("one", "second")) and line.at[amount.first - 1] not in (
        "in",
        "for",
        "within",
        "after",
        "of",
        "than",
        "least",
        "just",
        "only",
        "lasts",
        "lasted",
        "over",
        "about",
        "to",
        "single",
    )


def _glued_before(line: Line, i: int, amount: Amount) -> bool:
    if amount.unit == "money" or not line.joined(i):
        return False
    before = line.at[i - 1]
    if before in _GLUE and not (before in "~" or (before == ":" and not line.at[i - 2][:1].isdecimal())):
        return True
    if before[0].isalnum():
        return True
    hyphen = before in ("-", "–", ".", ",") and line.joined(i - 1)
    return hyphen and line.at[i - 2][:1].isalnum() and amount.form != "range"


def _glued_behind(line: Line, last: int, amount: Amount) -> bool:
    if not line.joined(last) or amount.compound:
        return False
    after = line.at[last]
    if after[0].isalnum():
        return True
    if after in "/:" and line.joined(last + 1) and line.at[last + 1][:1].isdecimal():
        return True
    if after in ("-", "–", "—") and line.joined(last + 1) and line.at[last + 1][:1].isdecimal():
        return True
    return after in ("_", "@", "=", "&", "\\", "#", "^")


def _is_telephone(line: Line, i: int, amount: Amount, dated: frozenset[int]) -> bool:
    """Digits next to digits, with a blank or a hyphen between them, are no one amount."""
    if amount.unit or amount.spelled or amount.big:
        return False
    before, after = line.at[i - 1][:1].isdecimal() and i - 1 not in dated, line.at[amount.last][:1].isdecimal()
    plus = line.at[i - 1] == "+" and line.joined(i) and len(line.at[i]) <= 3 and after
    near_before = before and line.starts[i] - line.ends[i - 1] <= 1
    near_after = after and line.starts[amount.last] - line.ends[amount.last - 1] <= 1
    return plus or near_before or near_after


def _is_labelled(line: Line, amount: Amount) -> bool:
    """Behind a label ("Article 5", "No. 10", "aged 30"); with a noun behind the number only labels that are names."""
    table = _table()
    k = amount.first - 1
    if line.at[k] == "." and line.at[k - 1] in ("no", "nos", "art", "sec", "vol", "fig", "p", "pp", "ch"):
        return True
    word = line.at[k]
    if word not in table["labels"] or (amount.unit and not (amount.unit == "duration" and word in table["age_words"])):
        return False
    if word in table["age_words"] or (word in table["firm"] and not amount.spelled):
        return True
    if line.capital(k) and (k > 0 or not amount.spelled) and word not in ("won", "lost", "beat"):
        return True
    if word in table["bare"]:
        return not amount.big and not head_end(line, amount.last)
    return word not in table["capital"] and not amount.big


def _is_proper(line: Line, amount: Amount) -> bool:
    """As in "the Seven Wells district": a number word with a capital inside a sentence, and a capital behind it."""
    i = amount.start
    if amount.unit or not amount.spelled or not line.capital(i) or i == 0:
        return False
    return line.at[i - 1][0].isalnum() and line.capital(amount.last)


def _is_address(line: Line, amount: Amount) -> bool:
    k = amount.last
    if amount.unit or not line.capital(k):
        return False
    for j in range(k, min(k + 4, len(line))):
        if not line.capital(j):
            return False
        if j > k and line.at[j] in _table()["streets"]:
            return True
        if line.at[j] in _table()["names_behind"]:
            return True
    return False


def _is_list_number(line: Line, amount: Amount) -> bool:
    """As in "1." or "2)" at the head of a sentence, "(iii)" and the like, "#5"."""
    if amount.unit or amount.spelled or amount.big:
        return False
    if amount.first == 0 and line.at[amount.last] in (".", ")", ":") and line.joined(amount.last):
        return True
    return amount.first == 1 and line.at[0] in ("(", "#", "[") and line.at[amount.last] in (")", "]")


def _is_compound_word(line: Line, amount: Amount) -> bool:
    """As in "one-off", "two-way", "24-year-old", "5-a-side"."""
    hyphen = line.at[amount.last]
    if hyphen != "-" or not line.joined(amount.last) or not line.joined(amount.last + 1):
        return False
    word = line.at[amount.last + 1]
    if word in ("odd", "plus"):
        return False
    if amount.unit == "duration":
        return word in ("old", "olds")
    if line.at[amount.start] == "zero" and amount.compound:
        return True
    return not amount.unit and (word in _table()["compounds"] or (line.at[amount.start] == "one" and not is_time(word)))


def is_age(line: Line, amount: Amount) -> bool:
    """Whether the number is somebody's age."""
    value, i, last = amount.high if amount.high is not None else amount.low, amount.first, amount.last
    if amount.form == "vague" or value is None or amount.unit in ("money", "percent", "other"):
        return False
    if amount.unit == "duration":
        old = line.at[last + 1] if line.at[last] == "-" else line.at[last]
        return old in ("old", "olds") or line.words[last : last + 2] == ("of", "age") or _aged(line, i)
    if value > OLDEST:
        return False
    return _aged(line, i) or _over_age(line, amount) or _between_commas(line, amount) or _of_person(line, amount)


def _of_person(line: Line, amount: Amount) -> bool:
    """As in "a woman of 67", "girls of 12 and about 14"; "a crew of 9" and "a family of five" are counts."""
    table = _table()
    k = amount.first - 1
    while line.at[k] in table["before_age"] or (line.at[k] in ("and", "or", ",") and _is_number(line.at[k - 1])):
        k -= 1 if line.at[k] in table["before_age"] else 2
    return line.at[k] == "of" and _has_age(line.at[k - 1]) and not head_end(line, amount.last)


def _is_number(word: str) -> bool:
    numbers = load("figures-numbers")
    return word.isdecimal() or word in numbers["small"] or word in numbers["tens"]


def _has_age(word: str) -> bool:
    """Whether a word is for somebody who has an age: a person or persons, not a group of them."""
    table = _table()
    return word in table["kin"] or (word not in table["groups"] and (is_person(word) or is_person(f"{word}s")))


def _aged(line: Line, i: int) -> bool:
    """As in "aged 30", "under the age of 5", "aged between 5 and 7"."""
    before = line.words[max(0, i - 5) : i]
    for k, word in enumerate(reversed(before)):
        if word in _table()["age_words"]:
            return True
        if word not in (
            "of",
            "between",
            "and",
            "from",
            "to",
            "about",
            "around",
            "under",
            "over",
            "just",
            "at",
            "or",
            "the",
            "only",
            "-",
            "than",
            "above",
            "below",
        ) and not (k and word.isdecimal()):
            return False
    return False


def _over_age(line: Line, amount: Amount) -> bool:
    """As in "children under four", "the over-60s", "women over 50", "two of the dead were over 65"."""
    before = line.at[amount.first - 1]
    if before == "-":
        return line.at[amount.first - 2] in ("over", "under")
    if before not in ("under", "over", "below", "above"):
        return False
    who = line.at[amount.first - 2]
    people = is_person(who) or who in ("those", "anyone", "everyone", "them", "whom")
    if who in ("were", "was", "are", "is"):
        people = any(is_person(word) or word in ("dead", "them", "wounded") for word in line.words[: amount.first])
    return people and not head_end(line, amount.last)


def _between_commas(line: Line, amount: Amount) -> bool:
    """As in "Ana Holt, 45, said", "Holt (45)", "a driver, 31,", "a boy, nine,"."""
    before, after, who = line.at[amount.first - 1], line.at[amount.last], line.at[amount.first - 2]
    if amount.form == "range" or who == "":
        return False
    one = _has_age(who) and not is_plural(who)
    if amount.spelled or not line.at[amount.start].isdecimal():
        return one and before == "," and after == ","
    named = line.capital(amount.first - 2) or one or who == "children"
    if before == "," and after in (",", ".", ")", ";", "and", ""):
        return named
    return before == "(" and after == ")" and named


def is_year(line: Line, amount: Amount, head: bool) -> bool:
    """Whether four digits are most likely a year: no noun behind them, or a word before them that years have."""
    word = line.at[amount.start]
    if amount.unit or amount.big or len(word) != 4 or not word.isdecimal() or not 1500 <= int(word) <= 2100:
        return False
    return (
        not head
        or line.at[amount.first - 1]
        in (
            "the",
            "in",
            "since",
            "of",
            "by",
            "until",
            "from",
            "'s",
            "his",
            "her",
            "their",
            "its",
            "during",
            "early",
            "late",
            "mid",
            "a",
            "for",
        )
        or line.at[amount.first - 1].endswith("'s")
    )
