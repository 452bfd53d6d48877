"""Figure series measured: stories told by dated pages, and the public daily figures (`eval.daily`).

python -m eval.series [WORD...]      # every story that is not right; only those with the words in it

`tests/pile/series/stories.jsonl` has sentences, read by the rules for figures alone; `texts.jsonl` has pages, read whole.

A page is ``[date, outlet, by, text]``; ``by`` is who says all of it, ``?`` somebody who is not told, empty the outlet itself.
A figure is called by its page's letter and its number ("b41"); a link reads "b41 supersedes a35 later-as-of", the rule may
be left out, and ``?`` is any figure. All main links must be given, and no other may be found. ``ranges``: "as-of low..high originators".
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from eval.measures import Score, Scores
from sayso import identity
from sayso.dates import dates_of
from sayso.figures import figures_of
from sayso.layout import lay_out
from sayso.pile.series import Series, origin_of, series_of, told_of
from sayso.pile.series.told import Stretch, Told
from sayso.reading import Reader
from sayso.records import DateMention, Document, MadeBy, Published, Reading, Speaker, Statement

Row = Mapping[str, Any]
CASES = Path(__file__).resolve().parent.parent / "tests" / "pile" / "series"
MADE = MadeBy("0", "0", "by hand")


def rows(name: str) -> list[Row]:
    """The rows of a table."""
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


def document(page: Sequence[str], name: str, title: str = "") -> Document:
    """One page of a story."""
    when, outlet, _, text = page
    stamp = Published(when, "minute" if "T" in when else "day") if when else None
    return Document(name, text, title, outlet, published=stamp, language="en")


def read(page: Sequence[str], name: str) -> Reading:
    """A reading of one page in which all is said by whom the page gives; no encoder."""
    laid = lay_out(document(page, name))
    text, spans = laid.document.text, [p.span for p in laid.paragraphs]
    assert laid.view.text == text
    found = dates_of(text, spans, laid.document.published)
    key = identity.document_id(laid.document)
    speaker = Speaker(identity.speaker_id(key, None, page[2]), page[2], "organisation", ())
    whole = ((0, len(text)),)
    said = Statement(
        identity.statement_id(key, whole, ()), "indirect", (), (), whole,
        speaker=None if page[2] == "?" else speaker.id,
    )  # fmt: skip
    holds = said.id if page[2] else None
    figures = tuple(
        replace(f, id=identity.figure_id(key, f.span), statement=holds) for f in figures_of(text, spans, found)
    )
    return Reading(
        key, identity.text_id(text), laid.document, MADE, figures=figures,
        statements=(said,) if page[2] else (), speakers=(speaker,) if page[2] not in ("", "?") else (),
        dates=tuple(DateMention(d.span, d.value, d.granularity) for d in found if d.kind == "date"),
        voices=(("statement" if page[2] else "own", (0, len(text))),),
    )  # fmt: skip


def readings(row: Row) -> list[Reading]:
    """The pages of a story, each said by whom the row gives."""
    return [read(page, f"page {ascii_lowercase[n]}") for n, page in enumerate(row["pages"])]


def texts(row: Row, reader: Reader) -> list[Reading]:
    """The pages of a story read whole; a page is ``[date, outlet, title, text]``."""
    pages = enumerate(row["pages"])
    return [reader.read(document((p[0], p[1], "", p[3]), f"page {ascii_lowercase[n]}", p[2])) for n, p in pages]


def told(read_pages: Iterable[Reading]) -> list[Told]:
    """The figures of pages."""
    return [each for reading in read_pages for each in told_of(reading, origin_of)]


def label(each: Told) -> str:
    """Page and number of a figure, as a row calls it."""
    value = each.low if each.low is not None else each.high
    return each.page.removeprefix("page ") + ("" if value is None else f"{value:g}" if value < 1e6 else str(int(value)))


def links(found: Sequence[Series]) -> list[str]:
    """All main links of these series."""
    out = []
    for series in found:
        for member in series.members:
            if member.main is not None:
                to = label(series.told(member.main.to))
                out.append(f"{label(member.told)} {member.main.kind} {to} {member.main.rule}")
    return sorted(out)


def day(stretch: Stretch | None) -> str:
    """A stretch of days as a row gives it."""
    if stretch is None:
        return "-"
    first, last = (date.fromordinal(each).isoformat() for each in stretch)
    return first if first == last else f"{first}/{last}"


def ranges(found: Sequence[Series]) -> list[str]:
    """All ranges of these series."""

    def end(value: float | None) -> str:
        return "" if value is None else f"{value:g}"

    return [f"{day(r.as_of)} {end(r.low)}..{end(r.high)} {r.originators}" for s in found for r in s.ranges]


def fault(row: Row, found: Sequence[Series]) -> str:
    """What is not as a row says; empty where all is."""
    given, wanted = links(found), sorted(row["links"])
    missing = [want for want in wanted if not any(_meant(want, got) for got in given)]
    more = [got for got in given if not any(_meant(want, got) for want in wanted)]
    lost = [each for each in row.get("ranges", ()) if each not in ranges(found)]
    parts = [f"not found: {missing}" if missing else "", f"found: {more}" if more else ""]
    parts.append(f"{len(given)} links, not {len(wanted)}" if len(given) != len(wanted) else "")
    parts.append(f"ranges {ranges(found)}, not {lost}" if lost else "")
    return "; ".join(part for part in parts if part)


def _meant(want: str, got: str) -> bool:
    """Whether a link is the one a row gives, as far as the row gives it. At one time neither of two is the earlier."""
    a, kind, b, rule = got.split()
    forms = [[a, kind, b, rule]] + ([[b, kind, a, rule]] if kind != "supersedes" else [])
    wanted = want.split()
    return any(all(w in ("?", g) for w, g in zip(wanted, form, strict=False)) for form in forms)


def judged(row: Row) -> str:
    """What is not right in a story of sentences; empty where all is."""
    return fault(row, series_of(told(readings(row))))


def judged_text(row: Row, reader: Reader) -> str:
    """What is not right in a story of pages that are read whole; empty where all is."""
    return fault(row, series_of(told(texts(row, reader))))


def scores() -> Scores:
    """Stories wholly right."""
    return {name: Score(sum(not fault for _, fault in found), len(found), len(found)) for name, found in _judged("")}


def _judged(holding: str) -> Iterator[tuple[str, list[tuple[Row, str]]]]:
    reader = Reader()
    for name, judge in (("stories", judged), ("texts", lambda row: judged_text(row, reader))):
        kept = [row for row in rows(f"{name}.jsonl") if holding.casefold() in json.dumps(row).casefold()]
        yield name, [(row, judge(row)) for row in kept]


def main() -> int:
    """Print what is not right, and how many are."""
    for name, found in _judged(" ".join(sys.argv[1:])):
        for row, fault_ in found:
            if fault_:
                print(f"{row['id']}  {row['reason']}\n    {row['pages']}\n    {fault_}")
        print(f"{name}: {sum(not each for _, each in found)} of {len(found)} are right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
