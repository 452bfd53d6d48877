"""What a number is measured in: money, a share, a stretch of time, another measure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from sayso.figures.line import Line
from sayso.figures.phrases import Phrases, by_first, starts_at
from sayso.tables import load

#: "points" are looked up in this many tokens on either side for what they are points of (news prose: 95 % within 25).
NEAR = 30


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with the token behind it. ``factor``: 1 in 100 for cents; ``compound``: joined by a hyphen ("five-day")."""

    unit: str
    end: int
    currency: str = ""
    factor: Decimal = Decimal(1)
    compound: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    percent: Phrases
    points: frozenset[str]
    poll: frozenset[str]
    market: frozenset[str]
    times: frozenset[str]
    time_letters: frozenset[str]
    measures: frozenset[str]
    measure_letters: frozenset[str]
    needs: dict[str, frozenset[str]]


@cache
def _words() -> _Words:
    table = load("figures-units")
    share, time, measure = table["share"], table["time"], table["measure"]
    return _Words(
        by_first(share["percent"]),
        frozenset(share["points"]),
        frozenset(share["poll"]),
        frozenset(share["market"]),
        frozenset([*time["singular"], *time["plural"]]),
        frozenset(time["letters"]),
        frozenset(measure["words"]),
        frozenset(measure["letters"]),
        {key: frozenset(words) for key, words in measure["needs"].items()},
    )


def money_before(line: Line, i: int) -> tuple[str, int] | None:
    """The currency right before token ``i`` and the token it starts at: "£", "US$", "Rs.", "EUR"."""
    table = load("figures-units")
    k = i - 1
    if line.at[k] == "." and line.at[k - 1] in ("rs", "tk"):
        k -= 1
    word = line.at[k]
    code = table["symbols"].get(word)
    if code:
        if word == "$" and line.joined(k) and (letters := table["dollars"].get(line.at[k - 1].replace(".", ""))):
            return letters, k - 1
        if word == "$" and line.at[k - 1] == "." and line.joined(k) and line.at[k - 2] in ("s", "u"):
            return "USD", k
        return code, k
    code = table["before"].get(line.raw[k]) if k >= 0 else None
    if code and (
        len(word) > 1
        or (line.joined(i) and (len(line.at[i]) > 2 or line.at[i + 1] in load("figures-numbers")["scales"]))
    ):
        return code, k
    return None


def unit_behind(line: Line, j: int, digits: bool) -> Unit | None:
    """The unit that starts at token ``j``, right behind a number; ``digits``: the number is written in digits."""
    words = _words()
    k, compound = j, False
    if line.at[j] == "-" and line.joined(j) and line.joined(j + 1):
        k, compound = j + 1, True
    word = line.at[k]
    if not word:
        return None
    if size := starts_at(line, k, words.percent):
        return Unit("percent", k + size, compound=compound)
    if word in words.points:
        return _points(line, k, compound)
    attached = digits and line.joined(k) and not compound
    money = _money(line, k, attached, compound)
    if money is not None:
        return money
    if word in words.times or (attached and word in words.time_letters):
        return Unit("duration", k + 1, compound=compound)
    return _measure(line, k, attached, compound)


def _points(line: Line, k: int, compound: bool) -> Unit | None:
    words = _words()
    near = set(line.words[max(0, k - NEAR) : k + NEAR])
    if line.at[k - 1] == "basis" or near & words.market:
        return Unit("other", k + 1, compound=compound)
    if near & words.poll and not compound:
        return Unit("percent", k + 1)
    return None


def _money(line: Line, k: int, attached: bool, compound: bool) -> Unit | None:
    table = load("figures-units")
    word = line.at[k]
    if nation := table["nations"].get(word):
        after = k + 2 if word == "new" and line.at[k + 1] == "zealand" else k + 1
        code = nation.get(line.at[after])
        if code:
            factor = Decimal("0.01") if line.at[after] in table["cents"] else Decimal(1)
            return Unit("money", after + 1, code, factor, compound)
        if line.at[k + 1] in table["money"]:
            return Unit("money", k + 2, "", compound=compound)
        return None
    if word in table["cents"] and (len(word) > 1 or (attached and word == "p")):
        return Unit("money", k + 1, table["cents"][word], Decimal("0.01"), compound)
    if word not in table["money"]:
        return None
    if word in ("pound", "pounds") and _weighs(line, k, compound):
        return Unit("other", k + 1, compound=compound)
    if word in ("won", "dong", "rand", "marks", "real") and line.at[k + 1] in ("the", "a", "in", "by", "their", "his"):
        return None
    end = k + 2 if line.at[k + 1] == "sterling" else k + 1
    return Unit("money", end, table["money"][word], compound=compound)


def _weighs(line: Line, k: int, compound: bool) -> bool:
    """Whether "pounds" is a weight: after a verb of weight, or of some matter that is not money."""
    share = load("figures-units")["share"]
    if set(line.words[max(0, k - 6) : k]) & set(share["weight"]) or line.at[k + 1] == "per":
        return True
    if line.at[k + 1] == "of":
        return line.at[k + 2] not in share["money_of"]
    return compound and line.at[k] == "pound" and line.at[k + 1] in ("bomb", "bombs", "shell", "shells", "man", "baby")


def _measure(line: Line, k: int, attached: bool, compound: bool) -> Unit | None:
    words = _words()
    word = line.at[k]
    if word in words.measures:
        if word in words.needs:
            fits = line.at[k + 1] in words.needs[word]
            return Unit("other", k + 2, compound=compound) if fits else None
        end = k + 1
        if word in ("°", "degrees", "degree") and line.at[end] in ("c", "f", "celsius", "fahrenheit"):
            end += 1
        elif (
            (
                line.at[end] == "/"
                and line.joined(end)
                and line.joined(end + 1)
                and line.at[end + 1] in ("h", "s", "hr", "day", "hour", "l")
            )
            or line.words[end : end + 2] == ("per", "hour")
            or (line.at[end] == "an" and line.at[end + 1] == "hour")
        ):
            end += 2
        return Unit("other", end, compound=compound)
    if attached and word in words.measure_letters and not (line.joined(k + 1) and line.at[k + 1][0].isalnum()):
        return Unit("other", k + 1)
    return None


def is_time(word: str) -> bool:
    """Whether a word is a stretch of time ("years")."""
    return word in _words().times


def unit_of_noun(word: str) -> str:
    """The unit that a head noun gives ("three long YEARS"): duration, other or count."""
    words = _words()
    if word in words.times:
        return "duration"
    return "other" if word in words.measures and word not in words.needs else "count"
