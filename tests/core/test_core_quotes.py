"""Quotation marks: rows of invented prose, each with its reason; what holds on any string; linear time."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from core_rows import rows
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.layout import lay_out
from sayso.quotes import Quotation, all_quotations, quotations
from sayso.records import Document, Span


def read(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text, (0, len(text)))]


# reason, one paragraph, its outermost quotations
DOUBLE = [
    ("behind a colon", "The mayor said: “We begin in spring.”", ["“We begin in spring.”"]),
    ("a fragment inside a sentence", "She spoke of “two lost years” at the pier.", ["“two lost years”"]),
    ("behind a square bracket", "The minutes [“as agreed”] were read out.", ["“as agreed”"]),
    ("straight marks behind two hyphens", 'The answer--"not now"--came by post.', ['"not now"']),
    ("straight marks begin with an ellipsis", '"... and then he left," she said.', ['"... and then he left,"']),
    ("straight marks begin with a bracket", '"[The] key was copied," the clerk wrote.', ['"[The] key was copied,"']),
    ("a note's number behind the mark", 'The filing says "we never signed"3 and no more.', ['"we never signed"']),
    (
        "a year before the closing mark is no inch mark",
        '"The flood of 1998" is the name of the play.',
        ['"The flood of 1998"'],
    ),
    (
        "numbers before two closing marks",
        '"We sold 40" the trader said, "and we kept 5."',
        ['"We sold 40"', '"and we kept 5."'],
    ),
    ("three in a row", "“Yes.” “No.” “Perhaps.”", ["“Yes.”", "“No.”", "“Perhaps.”"]),
    ("two in a row without a blank", "“Yes.”“No.”", ["“Yes.”", "“No.”"]),
    ("two straight ones without a blank", '"Yes.""No."', ['"Yes."', '"No."']),
    ("a list of words", 'He wrote "no", "never" and "not now".', ['"no"', '"never"', '"not now"']),
    ("on both sides of a slash", 'The "yes"/"no" question comes back.', ['"yes"', '"no"']),
    ("a hyphen behind the mark", 'It was a "wait and see"-type answer.', ['"wait and see"']),
    ("a possessive behind the mark", 'The "Heron"\'s crew was paid.', ['"Heron"']),
    ("a question and a shout", '"What?!" the cook cried, and ran.', ['"What?!"']),
    ("a blank before the first mark", ' "We row at six," the cox said.', ['"We row at six,"']),
    ("emphasis marks outside", "_“We row at six,”_ the cox said.", ["“We row at six,”"]),
    ("a high reversed mark opens", "‟We row at six,” the cox said.", ["‟We row at six,”"]),
    ("low mark, straight mark", '„Nobody asked us", the miller said.', ['„Nobody asked us"']),
    ("single guillemets", "The sign says ‹ring twice› in red.", ["‹ring twice›"]),
    (
        "guillemets at both ends of a cue",
        "«We wait», said the pilot, «until the tide turns».",
        ["«We wait»", "«until the tide turns»"],
    ),
    ("guillemets that both point right", "»We have time», said the referee.", ["»We have time»"]),
    ("typewriter marks twice", "``Yes,'' she said. ``And no.''", ["``Yes,''", "``And no.''"]),
    ("an apostrophe between typewriter marks", "``I don't know,'' she said.", ["``I don't know,''"]),
    ("curly feet and inches", "At 5’10” she is the tallest on the quay.", []),
    (
        "curly feet and inches inside a quotation",
        "“He is 6’2” and growing,” the coach said.",
        ["“He is 6’2” and growing,”"],
    ),
    ("seconds as two single marks", "A lap of 1'12''5 won the heat.", []),
    ("inches by inches", 'Each tile is 12" x 12" and weighs a pound.', []),
    ("a closing mark alone", "The board met.” Then it left.", []),
    ("an opening mark alone runs to the end", "The board “met and left.", ["“met and left."]),
]
NESTED = [
    ("curly in curly", "“He said “no” to us,” she said.", ["“He said “no” to us,”"]),
    ("guillemets in guillemets", "«He said «no» to us», she said.", ["«He said «no» to us»"]),
    ("single in straight", "\"He said 'no' to us,\" she said.", ["\"He said 'no' to us,\""]),
    ("low single in low double", "„Er heißt ‚der Lotse‘ bei uns“, she read.", ["„Er heißt ‚der Lotse‘ bei uns“"]),
    ("all of it nested", "“‘Never again’” is what the stone says.", ["“‘Never again’”"]),
    ("apostrophes in straight double marks", "\"I can't and won't,\" she said.", ["\"I can't and won't,\""]),
]
SINGLE = [
    ("one word", "'No,' he said.", ["'No,'"]),
    ("two with apostrophes", "‘I didn’t,’ she said. ‘I couldn’t.’", ["‘I didn’t,’", "‘I couldn’t.’"]),
    ("a title with a possessive", "'The Miller's Daughter' opens on Friday.", ["'The Miller's Daughter'"]),
    ("two fragments", "He called it 'a disgrace' and 'a farce'.", ["'a disgrace'", "'a farce'"]),
    (
        "two fragments with commas outside",
        "'A disgrace', he called it, 'and a farce', she added.",
        ["'A disgrace'", "'and a farce'"],
    ),
    (
        "a possessive right before the end",
        "‘The wages,’ he said, ‘are the owners’.’",
        ["‘The wages,’", "‘are the owners’.’"],
    ),
    ("begins with an ellipsis", "‘… and we ran,’ the boy said.", ["‘… and we ran,’"]),
    ("two names in s", "Jess' hat and Marcus' coat hung in the hall.", []),
    ("’tis at the head", "'Tis the season for salt, the keeper says.", []),
    ("apostrophes inside words", "It was his raison d'être, a c'est la vie of sorts.", []),
    ("a name's half ring, written as a mark", "‘Abd al-Karim spoke for ‘Ali, his brother.", []),
    ("rock ‘n’ roll", "There is rock ‘n’ roll on the quay tonight.", []),
    (
        "’til with the wrong mark before a possessive",
        "They waited ‘til dawn outside the workers’ hall.",
        [],
    ),
    ("the 't of a Dutch name", "Gerrit 't Hoef said the sluice 'held'.", ["'held'"]),
    ("words in grave marks", "Type `list` to see the files.", []),
    (
        "not closed, at the head of a paragraph",
        "‘We were all of us in the boat that night.",
        ["‘We were all of us in the boat that night."],
    ),
    ("not closed and short: an apostrophe", "‘Tis late.", []),
]
TABLE = [*DOUBLE, *NESTED, *SINGLE]
KNOWN = {
    "guillemets that both point right": "no closing mark is found, so the quotation runs to the end",
    "curly feet and inches inside a quotation": "only straight inch marks are told from closing marks",
    "seconds as two single marks": "a doubled single mark behind a digit opens",
    "a name's half ring, written as a mark": "at the head of a paragraph it opens a quotation that is never closed",
    "’til with the wrong mark before a possessive": "no table of words that begin with an apostrophe",
    "the 't of a Dutch name": "no table of words that begin with an apostrophe",
}


@pytest.mark.parametrize(("text", "wanted"), rows(TABLE, KNOWN))
def test_quotations(text: str, wanted: list[str]):
    assert read(text) == wanted


def test_the_table_is_long_enough_to_hold_the_rules():
    assert len(TABLE) >= 40


# --- the shared table of cases ---------------------------------------------------------------------------------------
CASES = Path(__file__).resolve().parents[1] / "cases" / "quotations.jsonl"
SHARED = [
    (f"{row['id']}: {row['reason']}", row["text"], row["quotations"])
    for row in map(json.loads, CASES.read_text(encoding="utf-8").splitlines())
]
SHARED_KNOWN: dict[str, str] = {}


@pytest.mark.parametrize(
    ("text", "wanted"),
    rows(SHARED, {row[0]: SHARED_KNOWN[row[0][:7]] for row in SHARED if row[0][:7] in SHARED_KNOWN}),
)
def test_the_shared_cases(text: str, wanted: list[str]):
    """The rows that ``eval.cases`` measures, read the same way: through the layout."""
    page = lay_out(Document("case", text))
    marks = all_quotations(page.view.text, [p.span for p in page.paragraphs])
    assert [page.view.text[q.start : q.end] for q in marks] == wanted


# --- what holds on any string ----------------------------------------------------------------------------------------
ODD = st.sampled_from([*"“”„‟«»‹›\"‘’‚'`aZ5nß .,-—…)(\u00a0é東", "``", "''", "said ", "’s ", '5" ', "'n' ", "\u0301"])
PARAGRAPH = st.lists(ODD, max_size=40).map("".join)
OPENERS = {*"“„‟”«»‹\"‘‚'`’", "``", "''"}


def placed(parts: list[str]) -> tuple[str, list[Span]]:
    """Paragraphs as one text with a blank line between, and where each stands."""
    spans, at = [], 0
    for part in parts:
        spans.append((at, at + len(part)))
        at += len(part) + 2
    return "\n\n".join(parts), spans


def moved(found: list[Quotation], by: int) -> list[Quotation]:
    return [Quotation(q.start + by, q.end + by, q.mark, q.closed) for q in found]


@settings(deadline=None)
@given(st.lists(PARAGRAPH, max_size=5))
def test_disjoint_ordered_and_inside_their_paragraph(parts: list[str]):
    text, spans = placed(parts)
    for span in spans:
        found = quotations(text, span)
        assert all(span[0] <= q.start < q.end <= span[1] for q in found)
        assert all(a.end <= b.start for a, b in pairwise(found))
    whole = all_quotations(text, spans)
    assert all(a.end <= b.start for a, b in pairwise(whole))


@settings(deadline=None)
@given(PARAGRAPH)
def test_a_quotation_stands_between_its_marks(text: str):
    for q in quotations(text, (0, len(text))):
        assert q.mark in OPENERS
        assert text.startswith(q.mark, q.start)
        if q.closed:
            assert q.end - q.start > len(q.mark)
            assert text[q.end - 1] in "”“\"«»›’‘'"
        else:
            assert q.end == len(text)


@settings(deadline=None)
@given(st.lists(PARAGRAPH, min_size=1, max_size=5))
def test_a_paragraph_is_read_as_if_alone(parts: list[str]):
    text, spans = placed(parts)
    for part, span in zip(parts, spans, strict=True):
        assert quotations(text, span) == moved(quotations(part, (0, len(part))), span[0])


SOUND = ["“We row,” she said.", "He said 'no' twice.", '"Once," he said, "and again."', "«Yes», they said."]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(SOUND), min_size=2, max_size=6), st.data(), st.sampled_from([*"“”„«»\"‘’'`", "``", "''"])
)
def test_one_odd_mark_costs_one_paragraph(parts: list[str], data: st.DataObject, mark: str):
    hit = data.draw(st.integers(0, len(parts) - 1))
    at = data.draw(st.integers(0, len(parts[hit])))
    broken = [*parts[:hit], parts[hit][:at] + mark + parts[hit][at:], *parts[hit + 1 :]]
    text, spans = placed(parts)
    odd, moved_spans = placed(broken)
    for n, (span, there) in enumerate(zip(spans, moved_spans, strict=True)):
        if n != hit:
            assert quotations(odd, there) == moved(quotations(text, span), there[0] - span[0])


# --- time ------------------------------------------------------------------------------------------------------------
WORST = [
    ("opening marks only", "“"),
    ("straight marks with letters", '"a '),
    ("single marks that may all open", "'a "),
    ("single marks that may all close", "a' "),
    ("curly single marks that never close", "‘A b "),
    ("one inside the other, without end", "“a ‘b "),
    ("guillemets inside guillemets", "«a «b» "),
    ("rock and roll", "rock 'n' roll "),
    ("inch marks inside quotations", '"a 5" b '),
    ("closing marks only", "a” "),
    ("grave marks", "``a `b' "),
]


def seconds(text: str) -> float:
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        quotations(text, (0, len(text)))
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("unit", rows(WORST))
def test_linear_time(unit: str):
    """Four times the text takes about four times as long; sixteen times would be a square."""
    small, large = 1000, 4000
    assert seconds(unit * large) < 10 * seconds(unit * small) + 0.05
