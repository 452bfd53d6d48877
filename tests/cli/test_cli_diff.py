"""``sayso diff``: what a new reading changed, told in words, and the marks where words changed."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cli_sample import bridge
from cli_screens import plain
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rich.cells import cell_len
from test_cli_commands import closed, lines_of, schema

from sayso import identity
from sayso.cli.render import Screen
from sayso.cli.render_diff import MOST, compared, counted, diff_lines
from sayso.cli.render_table import Told
from sayso.ledger import DiffRow, Ledger
from sayso.records import Reading

Run = Callable[..., Result]


def later() -> Reading:
    """The page of the sample as another model reads it: one statement fewer, others changed, one more."""
    first, toll, twice, boats, wire, plan, piers, hope = bridge().statements[:8]
    cut = (toll.content[0][0] + 4, toll.content[0][1])  # without "the"
    told = replace(toll, content=(cut,), id=identity.statement_id(bridge().id, (cut,), toll.source))
    text = bridge().document.text
    at = text.index("opened eleven years ago")
    more = replace(piers, id=identity.statement_id(bridge().id, ((at, at + 23),), ()), content=((at, at + 23),), cue=())
    swapped = replace(plan, speaker=wire.speaker, within=None)
    made = replace(bridge().made_by, code="later")
    changed = (first, told, replace(twice, kind="mixed"), boats, wire, swapped, hope, more)
    speakers = tuple(each for each in bridge().speakers if each.name != "Ivo Brandt")
    return replace(bridge(), statements=changed, speakers=speakers, made_by=made)


@pytest.fixture
def reread(ledger: Path, run: Run) -> Path:
    assert run("decide", "accept", "441e7ea8", "--reviewer", "Ada Fenn").exit_code == 0
    with Ledger(ledger, write=True) as opened:
        assert opened.add(later()) == "reread"
    return ledger


def test_json_is_as_the_schema_says(run: Run, reread: Path):
    rows = lines_of(run("diff", "--json"))
    for row in rows:
        Draft202012Validator(closed(schema("diff"))).validate(row)
    assert Counter(row["change"] for row in rows) == {"words": 1, "kind": 1, "speaker": 1, "lost": 1, "gained": 1}
    (kind,) = [row for row in rows if row["change"] == "kind"]
    assert (kind["kind_before"], kind["kind"]) == ("direct", "mixed")
    assert lines_of(run("diff", "bridge.txt", "--json")) == rows
    table = list(csv.DictReader(io.StringIO(run("diff", "--csv").stdout)))
    assert [row["change"] for row in table] == [row["change"] for row in rows]


def test_two_pages(run: Run):
    rows = lines_of(run("diff", "bridge.txt", "ferry:1", "--json"))
    assert Counter(row["change"] for row in rows) == {"lost": 8, "gained": 2}


def test_no_difference_is_said(run: Run):
    result = run("diff")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "sayso: no differences found\n")
    assert run("diff", "nope").exit_code == 2


@pytest.mark.parametrize("width", [80, 140, None])
def test_golden(width: int | None, reread: Path, golden: Callable[[str, str], None]):
    with Ledger(reread) as opened:
        rows = list(opened.diff())
    touched = DiffRow("bridge.txt", rows[0].document_id, "decision", "", "", "",
                      "accept by Ada \x1b[1mFenn: stands, now lost (no statement stands at its words now)",
                      "a" * 32, "", "d" * 32)  # fmt: skip
    text = plain(diff_lines([*rows, touched], Screen(width), Told()))
    golden(f"diff-{width or 'pipe'}.txt", text)
    assert "[-the-]" in text
    if width:
        assert max(cell_len(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize(
    ("before", "after", "marked", "why"),
    [
        ("a b c", "a b c", ["same a b c"], "nothing changed"),
        ("a b c", "a c", ["same a", "gone b", "same c"], "a word went"),
        ("a c", "a b c", ["same a", "new b", "same c"], "a word came"),
        ("a b c", "a x c", ["same a", "gone b", "new x", "same c"], "a word became another"),
        ("a  b", "a b", ["same a b"], "white space is none"),
        ("", "a", ["new a"], "out of nothing"),
    ],
)
def test_compared(before: str, after: str, marked: list[str], why: str):
    assert [f"{how} {words}" for how, words in compared(before, after)] == marked, why


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_both_sides_come_back(before: list[str], after: list[str]):
    runs = compared(" ".join(before), " ".join(after))
    assert " ".join(words for how, words in runs if how != "new").split() == before
    assert " ".join(words for how, words in runs if how != "gone").split() == after


def test_very_long_words_are_shown_whole():
    long = " ".join(map(str, range(MOST)))
    assert [how for how, _ in compared(long, long + " more")] == ["gone", "new"]


def test_counted():
    assert counted(Counter(gained=2, decision=1)) == "2 gained, 1 decision touched"
    assert counted(Counter(decision=1200, lost=1)) == "1 lost, 1,200 decisions touched"
    assert counted(Counter()) == ""
