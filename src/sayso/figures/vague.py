"""Amounts without a number: "dozens of", "several", "a few hundred", "multi-", "not one", "twice", "a minute of"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sayso.figures.amount import Amount, spelled
from sayso.figures.heads import is_stop
from sayso.figures.line import Line
from sayso.figures.phrases import words
from sayso.figures.units import is_time, unit_behind
from sayso.tables import load

_NUMBERS, _QUALIFIERS = "figures-numbers", "figures-qualifiers"
_NOT = (("not", "a", "single"), ("not", "even", "one"), ("not", "a", "solitary"), ("not", "one"))
_TENS = ("10", "100", "1000", "1,000")


def vague_at(line: Line, i: int) -> Amount | None:
    """The amount without a number that starts at token ``i``, or None."""
    word = line.words[i]
    if word in ("not", "none", "no"):
        return _nought(line, i)
    if word in load(_NUMBERS)["times"]:
        return spelled("times", i, i + 1, Decimal(load(_NUMBERS)["times"][word]), "count")
    if word in words(_NUMBERS, "vague", "multiple"):
        return _multiple(line, i)
    if word in ("a", "an") and is_time(line.at[i + 1]):
        return _one_unit(line, i)
    end = _end(line, i)
    if not end:
        return None
    if line.at[end - 1] == "of" and line.at[end] in words(_NUMBERS, "vague", "pronouns"):
        end -= 1
    amount = spelled("vague", i, end, None)
    unit = unit_behind(line, end, False)
    if unit is None or unit.compound:
        return amount
    return replace(amount, last=unit.end, unit=unit.unit, currency=unit.currency)


def _nought(line: Line, i: int) -> Amount | None:
    """Nothing or nobody: "not one", "not a single", "none of the twelve", "no deaths"."""
    word, size = line.words[i], 0
    if word == "not":
        size = next((len(row) for row in _NOT if line.words[i : i + len(row)] == row), 0)
        size = 0 if line.at[i + size] in words(_QUALIFIERS, "none", "not_before") else size
    elif word == "no":
        size = int(line.at[i + 1] in words(_QUALIFIERS, "none", "nouns"))
    elif line.at[i + 1] == "of":
        behind = line.at[i + 3] if line.at[i + 2] in ("the", "its", "their", "these", "those") else line.at[i + 2]
        number = behind[:1].isdecimal() or behind in load(_NUMBERS)["small"] or behind in load(_NUMBERS)["tens"]
        size = int(number)
    return spelled("none", i, i + size, Decimal(0)) if size else None


def _end(line: Line, i: int) -> int:
    """The token behind a vague amount, 0 where there is none."""
    word, plural = line.words[i], words(_NUMBERS, "vague", "plural")
    if word in plural or word in words(_NUMBERS, "vague", "only_of"):
        end = i + 1
        while line.at[end] == "of" and line.at[end + 1] in plural:
            end += 2
        if line.at[end] == "of":
            return end + 1
        return 0 if word in words(_NUMBERS, "vague", "only_of") and end == i + 1 else end
    if word in _TENS and line.joined(i + 1) and line.words[i + 1 : i + 3] == ("s", "of"):
        return i + 5 if line.at[i + 3] in plural and line.at[i + 4] == "of" else i + 3
    if word == "several" or (word == "few" and line.at[i - 1] not in words(_NUMBERS, "vague", "not_few")):
        return _scale_words(line, i + 1)
    if word == "a" and line.at[i + 1] == "few":
        return _scale_words(line, i + 2)
    counted = word == "a" and line.at[i + 1] in words(_NUMBERS, "vague", "counted")
    return i + 3 if counted and (line.at[i + 2] == "of" or line.at[i + 2] in load(_NUMBERS)["scales"]) else 0


def _scale_words(line: Line, k: int) -> int:
    while line.at[k] in load(_NUMBERS)["scales"]:
        k += 1
    return k


def _multiple(line: Line, i: int) -> Amount | None:
    """A compound with "multi": a unit or scale word must follow ("multi-gigawatt", "multimillion-pound")."""
    k = i + 1
    while line.at[k] == "-" and line.at[k + 1] in load(_NUMBERS)["scales"]:
        k += 2
    unit = unit_behind(line, k, False)
    if unit is None or (not unit.compound and k == i + 1 and line.words[i] == "multi"):
        return None
    own = (i, k + 1 if line.at[k] == "-" else k)
    return replace(spelled("vague", i, unit.end, None, unit.unit, unit.currency), own=own, compound=True)


def _one_unit(line: Line, i: int) -> Amount | None:
    """One of a unit of time with what fills it: "a minute of silence"."""
    after = line.at[i + 3]
    if line.at[i + 2] != "of" or line.at[i + 1] in ("second", "night", "day"):
        return None
    if not after[:1].isalpha() or is_stop(after) or line.capital(i + 3):
        return None
    alone = is_stop(line.at[i + 4]) or not line.at[i + 4][:1].isalpha()
    return spelled("article", i, i + 4 if alone else i + 2, Decimal(1), "duration")
