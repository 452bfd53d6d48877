"""``--where``: a small language that says which readings are taken, and nothing else. Nothing in it is run.

    outlet = "Varn Daily" and published >= 2031-03 and published < 2031-05
    (outlet = Kestrel or outlet ~ post) and not url ~ /sport/

Fields: outlet, published, url, name, language, id. Comparisons: = != ~ (holds the words) < <= > >=, joined by and, or, not and
parentheses. Values stand in quotation marks where they hold spaces or parentheses. Case does not count. Dates are
compared as far as the one that is given goes, so ``published <= 2031-03`` holds on the last of March. Where the page's own goes less
far, what is asked must hold whatever the rest of it is: of a page of March nobody knows that it is before the 15th. A page without a
date, or without a year, fits no comparison with one but ``!=``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sayso.errors import UsageError

Row = Mapping[str, Any]
Test = Callable[[Row], bool]

FIELDS = {name: name for name in ("outlet", "published", "url", "name", "language")} | {"id": "document"}
"""The fields of the language, and the columns of ``READINGS`` that they are."""
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2})?)?)?")
_TOKEN = re.compile(r"""\s*(?:(?P<quoted>"[^"]*"|'[^']*')|(?P<sign>!=|<=|>=|[=~<>()])|(?P<word>[^\s"'=~<>!()]+))""")
_DEEPEST = 50
"""Parentheses and nots inside each other."""


def where(expression: str) -> Test:
    """The test of a row of ``READINGS`` that an expression asks for. Raises UsageError, which says where it goes wrong."""
    tokens = _Tokens(expression)
    test = _either(tokens, 0)
    if tokens.here:
        raise tokens.fault("“and” or “or”")
    return test


class _Tokens:
    """The words of an expression, and how far it is read."""

    def __init__(self, expression: str) -> None:
        self.expression, self.at = expression, 0
        self.here = self.value = ""
        self.start = 0
        self.next()

    def next(self) -> None:
        """Go on to the next word; ``here`` is empty at the end."""
        rest = len(self.expression.rstrip())
        if self.at >= rest:
            self.start, self.here, self.value = rest, "", ""
            return
        found = _TOKEN.match(self.expression, self.at)
        self.start = found.start(found.lastgroup or 0) if found else self.at
        if found is None:
            raise self.fault("a quotation mark that closes")
        self.at = found.end()
        self.here = found[found.lastgroup or 0]
        self.value = self.here[1:-1] if found["quoted"] is not None else self.here
        if found["quoted"] is not None:
            self.here = '"'  # what stands in quotation marks is a value, never a word of the language

    def word(self, *words: str) -> bool:
        """Whether one of these comes now; then it is passed."""
        if self.here.casefold() not in words:
            return False
        self.next()
        return True

    def fault(self, wanted: str) -> UsageError:
        """The error for something else than what is wanted here."""
        there = self.expression[self.start : self.start + 20] or "its end"
        return UsageError(
            f"--where: at “{there}” (character {self.start + 1}) there must be {wanted}. "
            'An example: outlet = "Varn Daily" and published >= 2031-03'
        )


def _either(tokens: _Tokens, depth: int) -> Test:
    tests = [_both(tokens, depth)]
    while tokens.word("or"):
        tests.append(_both(tokens, depth))
    return tests[0] if len(tests) == 1 else lambda row: any(test(row) for test in tests)


def _both(tokens: _Tokens, depth: int) -> Test:
    tests = [_one(tokens, depth)]
    while tokens.word("and"):
        tests.append(_one(tokens, depth))
    return tests[0] if len(tests) == 1 else lambda row: all(test(row) for test in tests)


def _one(tokens: _Tokens, depth: int) -> Test:
    if depth > _DEEPEST:
        raise tokens.fault("less nesting")
    if tokens.word("not"):
        test = _one(tokens, depth + 1)
        return lambda row: not test(row)
    if tokens.word("("):
        inner = _either(tokens, depth + 1)
        if not tokens.word(")"):
            raise tokens.fault("“)”")
        return inner
    return _comparison(tokens)


def _comparison(tokens: _Tokens) -> Test:
    field = tokens.here.casefold()
    if field not in FIELDS:
        raise tokens.fault(f"one of {', '.join(FIELDS)}")
    tokens.next()
    sign = tokens.here
    dated = field == "published"
    signs = ("=", "!=", "<", "<=", ">", ">=") if dated else ("=", "!=", "~")
    if sign not in signs:
        raise tokens.fault(f"one of {' '.join(signs)}")
    tokens.next()
    if not tokens.here or tokens.here in ("(", ")", *signs):
        raise tokens.fault("a value")
    value = tokens.value
    if dated and not _DATE.fullmatch(value):
        raise tokens.fault("a date as 2031, 2031-04 or 2031-04-09")
    tokens.next()
    return _dates(sign, value) if dated else _words(FIELDS[field], sign, value.casefold())


def _words(column: str, sign: str, value: str) -> Test:
    def holds(row: Row) -> bool:
        found = str(row[column] or "").casefold()
        return value in found if sign == "~" else (found == value) == (sign == "=")

    return holds


_COMPARED: dict[str, Callable[[str, str], bool]] = {
    "=": lambda one, other: one == other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}


def _dates(sign: str, value: str) -> Test:
    def holds(row: Row) -> bool:
        found = str(row["published"] or "")
        known = found[:4].isdigit()
        if sign == "!=":
            return not known or found[: len(value)] != value
        return known and _surely(sign, found[: len(value)], value)

    return holds


def _surely(sign: str, found: str, value: str) -> bool:
    """Whether it holds whatever the rest is of a date that goes less far than the value."""
    is_open = len(found) < len(value) and value.startswith(found)
    return not is_open and _COMPARED[sign](found, value)
