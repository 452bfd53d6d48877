"""Reading a page twice as long takes about twice the steps: statements, speakers and chains, counted and not timed."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from math import log
from types import FrameType
from typing import Any

import pytest

from sayso.chains.chain import chains_of
from sayso.chains.said import Said
from sayso.encoder.annotations import Annotations, Attribution, Marked
from sayso.encoder.words import words_of
from sayso.layout import Page, lay_out
from sayso.quotes import all_quotations
from sayso.records import Document, Span
from sayso.speakers import resolve
from sayso.statements import statements_of

GIVEN = ("Anna", "Tom", "Mira", "Piet", "Lena", "Karl", "Ida", "Hugo")
SOUNDS = ("bar", "den", "fol", "gur", "hal", "jor", "kel", "lin", "mor", "nes", "pol", "rud", "sel", "tam", "vor", "wen")
SLACK = 1.15  # over n log n: the first pages of a run cost more for each statement than the later ones


def name(k: int) -> str:
    """A name of its own for each number."""
    a, b, c = SOUNDS[k % 16], SOUNDS[k // 16 % 16], SOUNDS[k // 256 % 16]
    return f"{GIVEN[k % 8]} {(c + a + b).title()}sen"


def page_of(rounds: int) -> str:
    """A page of so many rounds: names, pronouns, descriptions, quotations that run on and that stand alone."""
    parts = []
    for k in range(rounds):
        who = name(k // 4)  # a name for every 36 statements; of more than 200 only the very same join (``cast.MOST``)
        parts += [
            f"{who}, a pilot from the lower harbour, said that gate {k} was shut. The water stood high on both sides that night.",
            f"She said that bell {k} had not rung. The guard said that no bell had been ordered for the quay.",
            f"{who.split()[1]} said: “We waited for boat {k} until the tide had turned.",
            f"“Nobody came for us on night {k}.",
            f"“We went home by road {k}.”",
            f"“That was the end of trip {k} for all of us.”",
            f"A resident said that lamp {k} was out. He said that it had been out for weeks on end.",
            f"The bank said that loan {k} was safe. It said that nobody had asked for the money back.",
        ]
    return "\n\n".join(parts)


SAID = re.compile(
    r"(?:(?<=\n)|^|(?<=\. ))((?:The |A )?[A-Za-z][\w ]*?)(?:, a pilot[^,]*,)? (said)(?: that |: )"
    r"([^\n]*?)(?=\. |\.?\n|\.?$|”)"
)
NAME = re.compile(r"\b(?:Anna|Tom|Mira|Piet|Lena|Karl|Ida|Hugo) \w+sen|\b\w+sen\b")


def marked_up(text: str) -> Annotations:
    """The annotations of a page, as the encoder would give them."""
    words = words_of(text)
    starts, ends = [s for s, _ in words], [e for _, e in words]

    def marked(kind: str, span: Span) -> Marked:
        return Marked(kind, (bisect_right(ends, span[0]), bisect_left(starts, span[1])), 0.9)

    attributions = []
    for m in SAID.finditer(text):
        source, cue, content = (marked(kind, m.span(n)) for n, kind in enumerate(("source", "cue", "content"), 1))
        attributions.append(Attribution(source, cue, (content,), 0.9, (0.9,)))
    names = tuple(marked("person", m.span()) for m in NAME.finditer(text))
    return Annotations(tuple(words), tuple(attributions), names)


def read(page: Page, annotations: Annotations) -> int:
    """Statements, speakers and chains of a page; how many statements there are."""
    text, spans = page.view.text, [p.span for p in page.paragraphs]
    drafts = statements_of(page, annotations, all_quotations(text, spans)).drafts
    who = resolve(text, spans, annotations, drafts)
    said = [
        Said(d.source, d.cue, d.content, d.kind, None if r.speaker is None else str(r.speaker), d.inside, False)
        for d, r in zip(drafts, who.resolved, strict=True)
    ]
    chains_of(text, spans, said, [])
    return len(drafts)


def steps(work: Callable[[], int]) -> tuple[int, int]:
    """Lines of Python run by some work, those of loops on one line each time round; and what the work gave."""
    count = 0

    def line(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    before = sys.gettrace()
    sys.settrace(line)
    try:
        found = work()
    finally:
        sys.settrace(before)
    return count, found


def cost(rounds: int) -> tuple[int, int]:
    text = page_of(rounds)
    page, annotations = lay_out(Document("long", text, language="en")), marked_up(text)
    read(page, annotations)  # tables are loaded and words folded before any step is counted
    return steps(lambda: read(page, annotations))


def grows_no_worse(small: int, large: int) -> None:
    (few, n), (many, m) = cost(small), cost(large)
    assert m > 1.9 * n * large / small / 2
    bound = few * (m * log(m)) / (n * log(n)) * SLACK
    assert many <= bound, f"{n} statements take {few:,} steps, {m} take {many:,}: {many / few:.2f} times as many"


def test_cost_of_a_long_page() -> None:
    """Four times as many statements: steps grow no worse than n log n."""
    grows_no_worse(15, 60)


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_cost_of_the_longest_page() -> None:
    """2,160 statements in 28,000 words."""
    grows_no_worse(60, 240)
