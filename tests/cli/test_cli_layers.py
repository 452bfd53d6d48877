"""Parting a text into pieces: nothing lost, the innermost statement wins, every mark opens and closes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.cli.render_layers import Fragment, pieces

TEXT = "0123456789"


def painted(parts: list[Fragment], layers: list[tuple[str, tuple[int, int]]] | None = None) -> str:
    out = ""
    for piece in pieces(len(TEXT), parts, layers or []):
        start, end = piece.span
        words = TEXT[start:end]
        words = f"_{words}_" if "cue" in piece.layers else words
        closes = "".join(f"{part.mark}>" if part.last else ">" for part in piece.closes)
        out += "".join(f"<{mark}" for mark in piece.opens) + (piece.mark and f"{piece.mark}:") + words + closes
    return out


@pytest.mark.parametrize(
    ("spans", "expected", "why"),
    [
        ([], "0123456789", "own voice only"),
        ([("a", 2, 5)], "01<aa:234a>56789", "one statement"),
        ([("a", 1, 8), ("b", 3, 5)], "0<aa:12<bb:34b>a:567a>89", "the inner one inside the outer"),
        ([("a", 1, 5), ("b", 3, 5)], "0<aa:12<bb:34b>a>56789", "both end: the inner one first"),
        ([("a", 1, 5), ("b", 1, 3)], "0<a<bb:12b>a:34a>56789", "both begin: the outer one first"),
        ([("a", 0, 5), ("b", 3, 8)], "<aa:012<bb:34a>b:567b>89", "crossing: the later wins"),
        ([("a", 0, 10)], "<aa:0123456789a>", "all of it"),
        ([("a", 2, 4), ("b", 4, 6)], "01<aa:23a><bb:45b>6789", "side by side: close before open"),
    ],
)  # fmt: skip
def test_pieces(spans: list[tuple[str, int, int]], expected: str, why: str):
    assert painted([Fragment((start, end), mark, True) for mark, start, end in spans]) == expected, why


def test_only_the_last_fragment_is_numbered():
    assert painted([Fragment((1, 3), "a", False), Fragment((5, 7), "a", True)]) == "0<aa:12>34<aa:56a>789"


def test_layers_cross_statements():
    assert painted([Fragment((2, 6), "a", True)], [("cue", (4, 8))]) == "01<aa:23a:_45_a>_67_89"


def test_a_span_past_the_end_still_closes():
    assert painted([Fragment((8, 99), "a", True)]) == "01234567<aa:89a:a>"


SPANS = st.tuples(st.integers(0, 10), st.integers(0, 10)).map(sorted).filter(lambda span: span[0] < span[1])


@given(st.lists(SPANS), st.lists(SPANS))
def test_nothing_is_lost_and_all_that_opens_closes(spans: list[list[int]], cues: list[list[int]]):
    parts = [Fragment((start, end), str(number), True) for number, (start, end) in enumerate(spans)]
    found = list(pieces(10, parts, [("cue", (start, end)) for start, end in cues]))
    assert [piece.span[0] for piece in found] + [10] == [0] + [piece.span[1] for piece in found]
    opened = sorted(mark for piece in found for mark in piece.opens)
    assert (
        opened == sorted(part.mark for piece in found for part in piece.closes) == sorted(part.mark for part in parts)
    )
    for piece in found:
        covering = [part for part in parts if part.span[0] <= piece.span[0] and piece.span[1] <= part.span[1]]
        assert bool(piece.mark) == bool(covering)
        assert ("cue" in piece.layers) == any(s <= piece.span[0] and piece.span[1] <= e for s, e in cues)
