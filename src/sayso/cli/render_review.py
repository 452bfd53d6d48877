"""Coded samples and agreement on the screen."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.cli.render import one_line, screen
from sayso.cli.render_table import Column, Noun, put_rows, table
from sayso.cli.render_text import FAINT, STRONG, line, put
from sayso.review.agreement import Compared
from sayso.review.results import MEASURES, Result

MEANING = {name: words for name, _, _, words in MEASURES}


def share(row: Result) -> str:
    """A share with its interval: ".87 (.79-.92)"."""
    if row.share is None or row.low is None or row.high is None:
        return "nothing judged"
    return f"{hundredth(row.share)} ({hundredth(row.low)}-{hundredth(row.high)})"


def hundredth(value: float) -> str:
    """A share in hundredths, as papers print it: .87, 1.00."""
    text = f"{value:.2f}"
    return text[1:] if text.startswith("0.") else text


RESULTS = (
    Column("measure", lambda row: row.measure, 9, 12, style=STRONG),
    Column("in", lambda row: row.stratum, 8, 30, if_any=True),
    Column("share (95 %)", share, 15, 18),
    Column("counted", lambda row: f"{row.hits:,} of {row.judged:,}", 8, 16, right=True),
    Column("of units", lambda row: f"{row.units:,}", 6, 11, right=True),
    Column("what", lambda row: MEANING[row.measure], 20, 60),
    Column("read by", lambda row: row.made, 12, 40, wide=130),
    Column("coded by", lambda row: row.reviewer, 6, 20, wide=110),
)
AGREED = (
    Column("over", lambda row: row.over, 6, 9),
    Column("measure", lambda row: row.measure, 7, 9, style=STRONG),
    Column("alpha", lambda row: "–" if row.alpha is None else f"{row.alpha:.3f}", 5, 6, right=True),
    Column("equal", lambda row: "" if row.agreed is None else f"{100 * row.agreed:.0f} %", 5, 6, right=True),
    Column("units", lambda row: f"{row.units:,}", 5, 8, right=True),
    Column("method", lambda row: row.method, 10, 20),
    Column("reviewers", lambda row: row.reviewers, 8, 50),
)
DIFFER = (
    Column("measure", lambda row: f"{row.over}: {row.measure}", 10, 18),
    Column("one", lambda row: f"{row.one}: {row.first}", 10, 30),
    Column("other", lambda row: f"{row.other}: {row.second}", 10, 30),
    Column("words", lambda row: row.words, 20, 120),
    Column("document", lambda row: row.document, 8, 24),
)


def put_results(rows: Iterable[Result]) -> None:
    """Measures of a sample to standard output."""
    put_rows(table(RESULTS), rows, screen(), Noun("measure", "measures"))


def put_compared(found: Compared) -> None:
    """Agreement and differences to standard output."""
    shown = screen()
    put_rows(table(AGREED), found.measures, shown, Noun("measure", "measures"))
    if found.differences:
        put([line()], shown)
        put_rows(table(DIFFER), found.differences, shown, Noun("difference", "differences"))
    elif shown.width is not None:
        put([line((one_line("nobody differs"), FAINT))], shown)
