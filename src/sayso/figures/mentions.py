"""The numbers of a sentence with what they count: qualifier, number, unit and noun put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.figures import qualifiers
from sayso.figures.amount import Amount
from sayso.figures.amounts import amount_at, starts
from sayso.figures.heads import head_end, one_end
from sayso.figures.line import Line
from sayso.figures.mention import Mention
from sayso.figures.plain import is_refused
from sayso.figures.units import unit_of_noun

_MEASURED = ("percent", "money", "duration", "other")


def mentions_of(line: Line, dated: frozenset[int], dotted: bool) -> list[Mention]:
    """Amounts of the sentence in order, those that are no figures marked as refused.

    ``dated``: tokens of dates. ``dotted``: whether the page groups digits with full stops.
    """
    out: list[Mention] = []
    last = 0
    for i in starts(line):
        if i >= last and (amount := amount_at(line, i, dotted)) is not None:
            out.append(_mention(line, amount, out, dated))
            last = out[-1].amount.last if out[-1].refused else out[-1].last
    return out


def _mention(line: Line, amount: Amount, earlier: Sequence[Mention], dated: frozenset[int]) -> Mention:
    """The amount with qualifier and noun; refused where it is no figure."""
    if _is_change(line, amount):
        return _change(line, amount, earlier)
    amount = _inherited(line, amount, earlier)
    head, unit = _head(line, amount)
    behind = qualifiers.behind(line, amount.last)
    if behind is not None and amount.unit and line.at[behind.first] == "plus":
        behind = None
    if behind is not None and (amount.compound or head is None) and not amount.unit:
        end = head_end(line, behind.last)
        head, unit = ((behind.last, end), unit_of_noun(line.at[end - 1])) if end else (None, "count")
        amount = replace(amount, compound=False)
    elif behind is None and head:
        behind = qualifiers.behind(line, head[1])
    last = max(amount.last, behind.last if behind else 0, head[1] if head else 0)
    if head is None and unit == "count" and line.at[last] == "more" and line.at[last + 1] != "than":
        last += 1
    qualifier = qualifiers.before(line, amount.first, unit)
    if qualifier is not None and any(qualifier.first < other.last for other in earlier[-1:] if not other.refused):
        qualifier = None
    mention = Mention(amount, qualifier.first if qualifier else amount.first, last, unit, head, qualifier, behind)
    return replace(mention, refused=True) if is_refused(line, mention, earlier, dated) else mention


def _inherited(line: Line, amount: Amount, earlier: Sequence[Mention]) -> Amount:
    """A number without a unit right behind one that has it: "from nine points TO FOUR"."""
    if amount.unit or amount.form != "number" or amount.compound or not earlier or line.at[amount.first - 1] != "to":
        return amount
    other = earlier[-1]
    if other.refused or other.last != amount.first - 1 or other.unit not in _MEASURED or head_end(line, amount.last):
        return amount
    return replace(amount, unit=other.unit, currency=other.amount.currency)


def _is_change(line: Line, amount: Amount) -> bool:
    """A signed number in brackets, as behind a percentage: "(-1)", "(+2)"."""
    i = amount.start
    if amount.unit or amount.spelled or line.at[i - 1] not in ("-", "−", "–", "+"):
        return False
    return line.at[i - 2] == "(" and line.at[amount.last] == ")" and line.joined(i)


def _change(line: Line, amount: Amount, earlier: Sequence[Mention]) -> Mention:
    """By how much the percentage before it changed; refused where there is none."""
    near = [m for m in earlier if not m.refused and m.unit == "percent" and amount.start - m.last <= 4]
    if not near or amount.low is None:
        return Mention(amount, amount.first, amount.last, "count", refused=True)
    value = abs(amount.low) if line.at[amount.start - 1] == "+" else -abs(amount.low)
    changed = replace(amount, first=amount.start - 1, low=value, high=value, unit="percent")
    return Mention(changed, changed.first, changed.last, "percent")


def _head(line: Line, amount: Amount) -> tuple[tuple[int, int] | None, str]:
    """Tokens of the noun that is counted, and the unit."""
    j = amount.last
    if amount.form == "ratio" and (end := head_end(line, j)):
        return (j, end), amount.unit
    if amount.unit:
        return None, amount.unit
    if amount.compound:
        k = j if line.at[j] != "-" else j + 1
        return ((k, k + 1), "count") if line.at[k][:1].isalpha() else (None, "count")
    if amount.form == "none" or (amount.form == "number" and amount.high == 1):
        end = one_end(line, j)
    else:
        of = amount.own is not None and line.at[amount.own[1] - 1] == "of"
        end = head_end(line, j) or (one_end(line, j) if of else 0)
    if not end or _is_verb(line, amount, end):
        return None, "count"
    return (j, end), "count" if amount.form == "none" else unit_of_noun(line.at[end - 1])


def _is_verb(line: Line, amount: Amount, end: int) -> bool:
    """Whether the word taken for a noun is a verb: "a population of 900 LIVES there"."""
    behind_population = line.words[max(0, amount.first - 2) : amount.first] == ("population", "of")
    return behind_population and end == amount.last + 1 and line.at[amount.last] in ("lives", "works")
