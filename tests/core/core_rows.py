"""Case tables as parameters of a test: each row begins with its reason, which names it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest


def rows(table: Sequence[tuple[Any, ...]], known: Mapping[str, str] | None = None) -> list[Any]:
    """Parameters for ``pytest.mark.parametrize``: the reason is the id and no argument.

    ``known`` gives the reasons of rows that are not right yet, with what goes wrong: strict, so that a row that comes
    right is noticed.
    """
    reasons = [row[0] for row in table]
    assert len(set(reasons)) == len(reasons), "two rows have one reason"
    known = known or {}
    assert set(known) <= set(reasons), f"no such row: {sorted(set(known) - set(reasons))}"
    out = []
    for reason, *values in table:
        marks = [pytest.mark.xfail(reason=known[reason], strict=True)] if reason in known else []
        out.append(pytest.param(*values, id=reason, marks=marks))
    return out
