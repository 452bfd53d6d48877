"""One page on the screen: golden texts in two widths, in colour and without, and who is marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from cli_sample import bridge, headline, hostile
from cli_screens import coloured, plain

from sayso.cli.render import Screen
from sayso.cli.render_list import left_out_lines, list_lines
from sayso.cli.render_reading import reading_lines
from sayso.errors import UsageError
from sayso.records import Reading
from sayso.web.cast import cast_of

PAGES = {"bridge": bridge, "headline": headline, "hostile": hostile}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("width", [80, 120, None])
def test_golden_text(page: str, width: int | None, golden: Callable[[str, str], None]):
    reading = PAGES[page]()
    golden(f"show-{page}-{width or 'pipe'}.txt", plain(reading_lines(reading, cast_of(reading), Screen(width))))


@pytest.mark.parametrize("page", PAGES)
def test_golden_colour(page: str, golden: Callable[[str, str], None]):
    reading = PAGES[page]()
    text = coloured(reading_lines(reading, cast_of(reading), Screen(80, True)))
    golden(f"show-{page}-colour.txt", text.replace("\x1b", "ESC"))


@pytest.mark.parametrize("width", [80, 120, None])
def test_golden_list(width: int | None, golden: Callable[[str, str], None]):
    reading = bridge()
    lines = [*list_lines(cast_of(reading, all_acts=True), Screen(width)), *left_out_lines(reading, Screen(width))]
    golden(f"list-bridge-{width or 'pipe'}.txt", plain(lines))


def marks(reading: Reading, **more: bool | str) -> list[str]:
    cast = cast_of(reading, **more)  # type: ignore[arg-type]
    return [f"{each.number}:{cast.mark(each.statement)}" for each in cast.lines]


def test_numbers_follow_the_text():
    assert marks(bridge()) == ["1:1", "2:1", "3:1", "4:2+3", "5:4", "6:5", "7:?"]
    assert marks(bridge(), all_acts=True)[-1] == "8:2"
    assert marks(headline()) == ["1:?", "2:1"], "the headline comes first"


def test_one_speaker_keeps_number_and_colour():
    assert marks(bridge(), speaker="BRANDT") == ["6:5"]
    assert marks(bridge(), speaker="harbour") == ["4:2+3"], "a joint speaker speaks too"


def test_no_such_speaker_names_those_there_are():
    with pytest.raises(UsageError, match=r"no speaker “Nobody” on bridge\.txt; there speak: Ivo Brandt, Mira Halden"):
        cast_of(bridge(), speaker="Nobody")


def test_speakers_that_are_not_there_are_open():
    """A reading from elsewhere may name a speaker it does not list; the page is shown all the same."""
    reading = replace(bridge(), speakers=())
    assert set(marks(reading)) == {f"{number}:?" for number in range(1, 8)}
    assert "open who speaks" in plain(reading_lines(reading, cast_of(reading), Screen(80)))


def test_an_empty_page():
    reading = replace(bridge(), statements=(), speakers=(), figures=(), findings=(), dropped=())
    text = plain(reading_lines(reading, cast_of(reading), Screen(80)))
    assert text.rstrip().endswith("Le pont ne sera plus payant.")


@pytest.mark.parametrize("screen", [Screen(), Screen(80), Screen(80, True)])
def test_nothing_of_the_page_commands_the_terminal(screen: Screen):
    reading = hostile()
    lines = list(reading_lines(reading, cast_of(reading), screen))
    assert not {c for c in plain(lines) if c in "\x1b\x9b\x07\u202e\u2028\r\ud800"}


def test_a_long_page_is_quick():
    """Thousands of statements: painting is near linear, not quadratic. (The bound is for a busy machine.)"""
    import time

    reading = bridge()
    text = reading.document.text
    many = 400
    far = len(text) + 2
    moved = tuple(
        replace(each, id=f"{n}-{each.id}", content=tuple((s + n * far, e + n * far) for s, e in each.content),
                cue=tuple((s + n * far, e + n * far) for s, e in each.cue), source=())
        for n in range(many) for each in reading.statements
    )  # fmt: skip
    long = replace(reading, document=replace(reading.document, text=f"{text}\n\n" * many, blocks=()), statements=moved)
    began = time.perf_counter()
    plain(reading_lines(long, cast_of(long), Screen(80, True)))
    assert time.perf_counter() - began < 8
