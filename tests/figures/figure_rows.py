"""Rows of the case table for figures, and what is wrong with a reading of one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sayso.dates import dates_of
from sayso.figures import figures_of
from sayso.layout import lay_out
from sayso.records import Document, Figure, Published

CASES = Path(__file__).resolve().parents[1] / "cases" / "figures.jsonl"
Row = Mapping[str, Any]
#: A share in words has more digits than a row gives ("a third").
NEAR = 5e-4


def rows() -> list[Row]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def read(text: str, published: str = "") -> tuple[str, tuple[Figure, ...]]:
    """The running text of a page and its figures."""
    page = lay_out(Document("case", text, language="en"))
    spans = [paragraph.span for paragraph in page.paragraphs]
    stamp = Published(published) if published else None
    return page.view.text, figures_of(page.view.text, spans, dates_of(page.view.text, spans, stamp))


def near(wanted: float | None, got: float | None) -> bool:
    if wanted is None or got is None:
        return wanted is got
    return abs(wanted - got) <= NEAR * max(1, abs(wanted))


def alike(wanted: str, got: str) -> bool:
    """Whether two wordings of what is counted share half their words."""
    one, two = ({*re.findall(r"\w+", words.casefold())} - {"the", "a", "an"} for words in (wanted, got))
    return bool(one & two) and 2 * len(one & two) >= 0.5 * (len(one) + len(two))


def faults(row: Row) -> list[str]:
    """What is not as the row says; keys that the row does not give are not compared."""
    text, figures = read(row["text"], row["published"])
    wanted = [figure["text"] for figure in row["figures"]]
    found = [text[slice(*figure.span)] for figure in figures]
    if wanted != found:
        return [f"figures {found}, wanted {wanted}"]
    out = []
    for want, figure in zip(row["figures"], figures, strict=True):
        for key, value in want.items():
            got = figure.share_of or "" if key == "share_of" else getattr(figure, key, None)
            right = key == "text" or (near(value, got) if key in ("low", "high") else (value or "") == got)  # type: ignore[arg-type]
            right = right or (key == "counted" and alike(value, str(got)))
            if not right:
                out.append(f"{want['text']}: {key} {got!r}, wanted {value!r}")
    return out
