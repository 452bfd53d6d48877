"""A page eight times as long takes about eight times as long, even where every line has another speaker."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from core_marks import SURE, Hand, page_of, spans_of
from core_rows import rows

from sayso.encoder.annotations import Annotations, Attribution, Marked
from sayso.findings import unclosed
from sayso.layout import Page
from sayso.quotes import Quotation, all_quotations
from sayso.speakers import resolve
from sayso.statements import Draft, statements_of


@dataclass(frozen=True)
class Made:
    """A page of many paragraphs, each one quotation of a speaker of its own."""

    page: Page
    annotations: Annotations
    marks: list[Quotation]
    drafts: tuple[Draft, ...]


def make(count: int) -> Made:
    letters = random.Random(7)
    surnames = ["".join(letters.choices("abdefgilmnoprstuv", k=9)).capitalize() for _ in range(count)]
    text = "\n\n".join(f"“The gates held all night and nobody slept,” said {name}." for name in surnames)
    hand, spans = Hand(text), spans_of(text)
    attributions, names = [], []
    for span in spans:
        first, last = hand.over(span)
        source, cue = (last - 2, last - 1), (last - 3, last - 2)
        content = Marked("content", (first, cue[0]), SURE)
        attributions.append(
            Attribution(Marked("source", source, SURE), Marked("cue", cue, SURE), (content,), SURE, (SURE,))
        )
        names.append(Marked("person", source, SURE))
    annotations = Annotations(words=tuple(hand.words), attributions=tuple(attributions), names=tuple(names))
    page, marks = page_of(text), all_quotations(text, spans)
    return Made(page, annotations, marks, statements_of(page, annotations, marks).drafts)


def statements(made: Made) -> None:
    assert len(statements_of(made.page, made.annotations, made.marks).drafts) == len(made.page.paragraphs)


def speakers(made: Made) -> None:
    spans = [p.span for p in made.page.paragraphs]
    who = resolve(made.page.view.text, spans, made.annotations, made.drafts)
    named, resolved = who.named, who.resolved
    assert len(named) == len(resolved) == len(spans)


def findings(made: Made) -> None:
    assert unclosed(made.page, made.marks) == []


# stage, what it does, paragraphs of the smaller page
STAGES = [
    ("statements", statements, 150),
    ("speakers", speakers, 60),
    ("findings", findings, 150),
]


@pytest.mark.parametrize(("stage", "count"), rows(STAGES, {}))
def test_linear_time(stage: Callable[[Made], None], count: int):
    """Eight times the page: a straight line gives eight, a square sixty-four; forty leaves room for a noisy machine."""
    small, large = make(count), make(8 * count)

    def seconds(made: Made) -> float:
        start = time.process_time()
        stage(made)
        return time.process_time() - start

    seconds(small)
    assert seconds(large) < 40 * min(seconds(small) for _ in range(3)) + 0.02
