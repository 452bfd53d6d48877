"""Figures in words: how much, whose word, as a table and below a page; dates of publication with what they rest on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cli_sample import bridge, headline
from cli_screens import plain
from click.testing import Result
from test_cli_commands import lines_of

from sayso.cli.render import Screen
from sayso.cli.render_figures import FEW, amount, as_of, figure_lines, figures_of_page, foot, number
from sayso.cli.render_reading import when
from sayso.cli.render_table import Told
from sayso.ledger import FigureFilter, Ledger
from sayso.records import Figure, Headline, Published

Run = Callable[..., Result]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (9.0, "9"), (0, "0"), (11000, "11,000"), (5.4, "5.4"), (999_999, "999,999"), (1_000_000, "1 million"),
        (2_500_000, "2.5 million"), (2_345_678, "2,345,678"), (20_000_000_000, "20 billion"), (1_234_000, "1.234 million"),
        (0.5, "0.5"), (-3, "-3"),
    ],
)  # fmt: skip
def test_numbers(value: float, shown: str):
    assert number(value) == shown


def made(low: float | None, high: float | None, **more: Any) -> Figure:
    return Figure("0" * 32, (10, 20), low, high, **more)


AMOUNTS: list[tuple[Figure, str, str, str]] = [
    (made(35, 35), "35 people", "35", "a number is a number"),
    (made(9, 9), "Nine", "9", "in digits, however it is written"),
    (
        made(11000, None, qualifier="More than", qualifier_span=(10, 14)),
        "More than 11,000",
        "more than 11,000",
        "the page's word",
    ),
    (made(None, 40, qualifier="up to", qualifier_span=(10, 12)), "up to 40", "up to 40", "an upper bound"),
    (
        made(6000, None, qualifier="or more", qualifier_span=(15, 20)),
        "6,000 or more",
        "6,000 or more",
        "a word behind it",
    ),
    (made(60, None), "60+", "60 or more", "no word of the page says so"),
    (made(None, 60), "≤60", "at most 60", "no word of the page says so"),
    (made(5, 7), "between 5 and 7", "5-7", "a range"),
    (made(3e8, 4e8), "between 300 and 400 million", "300-400 million", "the size is said once"),
    (made(5e5, 2e6), "half a million to two million", "500,000-2 million", "two sizes are both said"),
    (made(4e5, 5e5, qualifier="about"), "about 4-5 lakh", "about 400,000-500,000", "a range with a word"),
    (made(None, None, qualifier="dozens"), "dozens of people", "dozens of people", "bounds unknown: the words"),
    (made(50, None, qualifier="At least", unit="percent"), "At least half", "at least 50 %", "a share"),
    (made(2000, 2000, unit="money", currency="GBP"), "£2,000", "2,000 GBP", "money"),
    (
        made(7, None, qualifier="at least", unit="duration"),
        "at least seven\nmonths",
        "at least seven months",
        "a measure as worded",
    ),
    (made(5.1, 5.1, unit="other"), "5.1 metres", "5.1 metres", "a measure as worded"),
    (made(0, 0, qualifier="not one"), "not one", "not one", "nought as worded"),
]


@pytest.mark.parametrize(("figure", "words", "shown", "why"), AMOUNTS)
def test_amounts(figure: Figure, words: str, shown: str, why: str):
    assert amount(figure, words) == shown, why


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (made(1, 1), ""),
        (made(1, 1, as_of="2031-04-09"), "2031-04-09"),
        (made(1, 1, as_of="2031-04/2031-05", since="2031-01"), "2031-04 to 2031-05, since 2031-01"),
        (made(1, 1, period="daily"), "daily"),
        (made(1, 1, period="cumulative"), ""),
    ],
)
def test_times(figure: Figure, shown: str):
    assert as_of(figure) == shown


def test_whose_word(run: Run):
    """A speaker's, or the voice that it stands in; only what is surely nobody else's is the outlet's own."""
    rows = {row["words"]: row for row in lines_of(run("figures", "--json"))}
    assert (rows["twice"]["voice"], rows["twice"]["speaker"]) == ("statement", "Mira Halden")
    assert (rows["eleven years"]["voice"], rows["eleven years"]["statement"]) == ("own", None)
    assert rows["twice"]["document"] == "bridge.txt"
    assert run("figures", "--own").stdout.splitlines()[1].split("\t")[4] == "(own voice)"


def add(path: Path, figures: tuple[Figure, ...], voices: Any, title: tuple[Figure, ...] = ()) -> list[Any]:
    page = headline()
    head = page.headline
    assert head is not None
    page = replace(page, made_by=replace(page.made_by, code="other"), figures=figures, voices=voices,
                   headline=Headline(head.text, head.statements, title))  # fmt: skip
    with Ledger(path, write=True) as opened:
        opened.add(page)
        return list(opened.figures(FigureFilter(document="ferry:1")))


@pytest.mark.parametrize(
    ("voices", "voice", "why"),
    [
        ((("own", (0, 78)),), "own", "wholly in its own voice"),
        ((("own", (0, 12)), ("unsure", (12, 78))), "unsure", "a part of it is unsure"),
        ((("own", (0, 12)), ("quoted", (12, 14)), ("own", (14, 78))), "quoted", "a word of it is quoted"),
        ((("statement", (0, 78)),), "statement", "in a statement that vouches for nothing"),
        ((), "unsure", "where nothing is known it is not the outlet's own"),
        ((("own", (20, 78)),), "unsure", "no stretch covers it"),
    ],
)
def test_voices(voices: Any, voice: str, why: str, ledger: Path):
    from sayso.identity import figure_id

    span = (10, 16)
    (row,) = add(ledger, (replace(made(1, 1), id=figure_id(headline().id, span), span=span),), voices)
    assert (row.voice, row.speaker) == (voice, ""), why


def test_a_headline_of_its_own_is_never_counted_as_own_voice(ledger: Path):
    from sayso.identity import figure_id

    span = (0, 5)
    title = (replace(made(1, 1), id=figure_id(headline().id, span, "headline"), span=span),)
    (row,) = add(ledger, (), (("own", (0, 78)),), title)
    assert (row.part, row.voice, row.words) == ("headline", "unsure", "Guild")


def test_order_is_by_thing_then_time(ledger: Path):
    """What happened to people first, by its time or that of the page; then the rest by what is counted."""
    with Ledger(ledger) as opened:
        assert [row.words for row in opened.figures()] == ["Not a single one", "twice", "eleven years"]


def test_narrow_tables_have_headings(ledger: Path):
    with Ledger(ledger) as opened:
        lines = plain(figure_lines(opened.figures(), Screen(80), Told())).splitlines()
    assert [each for each in lines if not each.startswith(" ")] == ["missing", "other things"]
    assert "(own voice) · Tarn Courier · 2031-04-09 · bridge.txt" in lines[-1]


def test_below_a_page():
    page = bridge()
    assert len(list(foot(page, Screen()))) == 2
    many = tuple(replace(page.figures[0], id=str(n), event="killed" if n == 8 else "") for n in range(9))
    lines = plain(foot(replace(page, figures=many), Screen())).splitlines()
    assert len(lines) == FEW + 1
    assert lines[-1] == "9 figures in all  (--figures lists them)"
    assert list(foot(replace(page, figures=()), Screen())) == []


@pytest.mark.parametrize("width", [80, 120, None])
def test_golden_figures_of_a_page(width: int | None, golden: Callable[[str, str], None]):
    golden(f"page-figures-{width or 'pipe'}.txt", plain(figures_of_page(bridge(), Screen(width))))


def test_no_figures_are_said_so(run: Run):
    result = run("show", "=hostile", "--figures")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no figures on" in result.stderr


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        (None, "no date"),
        (Published("2031-04-09"), "2031-04-09"),
        (Published("2031-04-09T10:45"), "2031-04-09T10:45"),
        (Published("XXXX-11-03", basis="dateline"), "3 November, year not given (dateline)"),
        (Published("XXXX-11", basis="text"), "November, year not given (from the text)"),
        (Published("XXXX-11-03"), "3 November, year not given"),
        (Published("XXXX-13-03"), "XXXX-13-03"),
        (Published("2031-11-03", basis="inferred"), "2031-11-03 (inferred)"),
    ],
)
def test_when_it_was_published(published: Published | None, shown: str):
    assert when(published) == shown
