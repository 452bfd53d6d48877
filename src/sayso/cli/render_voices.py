"""Voices on the screen: words by outlet and voice, by speaker, at their places, and contested words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rich.text import Text

from sayso.cli.render import Screen, one_line
from sayso.cli.render_cut import put_first
from sayso.cli.render_rows import OPEN
from sayso.cli.render_table import Column, Noun, Renderer, Told, tabbed_lines, table, table_lines
from sayso.cli.render_text import FAINT, STRONG, line, wrapped

if TYPE_CHECKING:
    from sayso.pile.voices import Row, SpeakerUses, Use

NAMES = {
    "own": "own", "carried": "carried", "direct": "direct", "indirect": "told", "quoted": "quoted", "unsure": "unsure",
    "headline": "title", "aside": "aside",
}  # fmt: skip
"""How the screen calls what words are counted under."""
WHOSE = {
    "own": "own voice", "carried": "carried", "quoted": "in quotation marks", "unsure": "unsure",
    "aside": "outside of the article",
}  # fmt: skip
UNKNOWN = "(no outlet)"
MOST = 40
"""Rows that a terminal is shown where no number is asked for."""
NOTHING = {
    "words": "no page that fits has the words",
    "speakers": "no statement on the pages that fit has the words",
    "places": "no place fits: no page that fits has the words, or none in such a voice",
    "contested": "no word stands out: none is written by some outlets and only quoted by others more often than chance has it",
}
"""Why an answer is empty."""


def _count(cell: str) -> Callable[[Row], str]:
    def text(row: Row) -> str:
        count = row.cells[cell].count
        return f"{count:,}" if count else "·"

    return text


def _denied(row: Row) -> str:
    """Uses in any voice that are denied ("no famine")."""
    denied = sum(cell.denied for cell in row.cells.values())
    return f"{denied:,}" if denied else "·"


def _rate(row: Row) -> str:
    """Own use in 1,000 words, with its interval."""
    own = row.cells["own"]
    if own.rate is None or own.low is None or own.high is None:
        return "-"
    return f"{_short(own.rate)} ({_short(own.low)}-{_short(own.high)})"


def _short(rate: float) -> str:
    return f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}"


def _sources(row: Row) -> str:
    return ", ".join(f"{name or 'unknown'} {count}" for name, count in row.sources)


def _outlets(pairs: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name or UNKNOWN} {count}" for name, count in pairs)


COUNTS = (
    Column("word", lambda row: row.word, 5, 24, style=STRONG),
    Column("outlet", lambda row: row.outlet or UNKNOWN, 8, 26),
    *(Column(NAMES[cell], _count(cell), 3, 12, right=True) for cell in ("own", "carried", "direct", "indirect")),
    Column("quoted", _count("quoted"), 3, 12, right=True),
    Column("unsure", _count("unsure"), 3, 12, right=True),
    Column("title", _count("headline"), 3, 12, right=True),
    Column("aside", _count("aside"), 3, 12, right=True, wide=110),
    Column("denied", _denied, 3, 12, right=True),
    Column("own in 1,000 (95 %)", _rate, 12, 20, right=True, wide=90),
    Column("carried from", _sources, 8, 24, wide=100),
)
SPEAKERS = (
    Column("word", lambda row: row.word, 5, 24, style=STRONG),
    Column("speaker", lambda row: row.speaker or OPEN, 10, 32),
    Column("kind", lambda row: row.kind, 6, 12, wide=80),
    Column("direct", lambda row: f"{row.direct:,}", 3, 9, right=True),
    Column("told", lambda row: f"{row.indirect:,}", 3, 9, right=True),
    Column("denied", lambda row: f"{row.denied:,}", 3, 9, right=True),
    Column("pages", lambda row: f"{row.pages:,}", 3, 9, right=True),
    Column("outlets", lambda row: tuple(outlet or UNKNOWN for outlet in row.outlets), 10, 60),
)
CONTESTED = (
    Column("word", lambda row: row.word, 6, 24, style=STRONG),
    Column("score", lambda row: f"{row.score:.1f}", 4, 6, right=True),
    Column("use it themselves (pages)", lambda row: _outlets(row.own), 16, 50),
    Column("only quote it (pages)", lambda row: _outlets(row.quoted), 16, 50),
)


def whose(use: Use) -> str:
    """Whose words a use is, in words."""
    if use.voice in ("direct", "indirect"):
        said = "" if use.voice == "direct" else ", told"
        return " + ".join((use.speaker or OPEN, *use.joint)) + said
    if use.voice == "carried":
        return f"carried from {use.source}" if use.source else "shared with other pages"
    return WHOSE[use.voice]


PLACES = (
    Column("whose word", whose, 10, 40),
    Column("title", lambda use: "title" if use.title else "", 0, 5),
    Column("denied", lambda use: "denied" if use.denied else "", 0, 6),
    Column("sentence", lambda use: use.sentence, 40, 200),
    Column("outlet", lambda use: use.outlet, 8, 26),
    Column("date", lambda use: use.published[:10], 10, 10),
    Column("document", lambda use: use.document, 10, 30),
    Column("span", lambda use: f"{use.span[0]}-{use.span[1]}", 5, 12),
)


def place_lines(rows: Iterable[Use], shown: Screen, told: Told) -> Iterator[Text]:
    """Places, two lines or more each: the sentence with the word marked, then whose word it is and where."""
    if shown.width is None:
        yield from tabbed_lines(PLACES, rows, told)
        return
    for use in rows:
        told.rows += 1
        yield from wrapped(_marked(use), shown, indent=2, first=0)
        marks = [part for part, held in (("in the title", use.title), ("denied", use.denied)) if held]
        where = " · ".join(one_line(part) for part in (use.outlet, use.published[:10], use.document) if part)
        facts = " · ".join((one_line(whose(use)), *marks))
        yield from wrapped(
            line("  ", facts, (f"  {where}  {use.span[0]}-{use.span[1]}", FAINT)), shown, indent=4, first=0
        )


def _marked(use: Use) -> Text:
    start, end = (edge - use.sentence_span[0] for edge in use.span)
    before, word, after = use.sentence[:start], use.sentence[start:end], use.sentence[end:]
    before = f"… {before}" if use.cut[0] else before
    after = f"{after} …" if use.cut[1] else after
    lead = " " if before[-1:].isspace() else ""
    tail = " " if after[:1].isspace() else ""
    return line(one_line(before) + lead, (one_line(word), STRONG), tail + one_line(after))


def count_lines(rows: Iterable[Row], shown: Screen, told: Told) -> Iterator[Text]:
    """Counts as a table; columns that are nought in every row are left out, and so is the word where it is one."""
    held = list(rows)
    empty = {NAMES[cell] for cell in NAMES if not any(row.cells[cell].count for row in held)} - {"own"}
    empty |= set() if any(_denied(row) != "·" for row in held) else {"denied"}
    empty |= {"word"} if shown.width is not None and len({row.word for row in held}) == 1 else set()
    columns = [column for column in COUNTS if column.heading not in empty]
    if not any(row.sources for row in held):
        columns = [column for column in columns if column.heading != "carried from"]
    yield from table_lines(columns, held, shown, told)
    if shown.width is not None:
        yield from _forms(held, shown)


def _forms(rows: Iterable[Row], shown: Screen) -> Iterator[Text]:
    """Under the table, for each word that stands in several forms, which and how often."""
    forms: dict[str, Counter[str]] = {}
    for row in rows:
        forms.setdefault(row.word, Counter()).update(dict(row.forms))
    for word, counts in forms.items():
        if len(counts) > 1:
            ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
            told = ", ".join(f"{form} {count:,}" for form, count in ordered)
            yield from wrapped(line((one_line(f"{word}: {told}"), FAINT)), shown, indent=2, first=0)


def speaker_lines(rows: Iterable[SpeakerUses], shown: Screen, told: Told) -> Iterator[Text]:
    """Words by speaker as a table; the word is left out where it is one."""
    held = list(rows)
    one = shown.width is not None and len({row.word for row in held}) == 1
    yield from table_lines([column for column in SPEAKERS if not (one and column.heading == "word")], held, shown, told)


RENDERERS: Mapping[str, tuple[Renderer, Noun]] = {
    "words": (count_lines, Noun("row", "rows")),
    "speakers": (speaker_lines, Noun("speaker", "speakers")),
    "places": (place_lines, Noun("place", "places")),
    "contested": (table(CONTESTED), Noun("word", "words that outlets use unevenly")),
}


def put_voices(kind: str, rows: Iterable[Any], limit: int | None) -> None:
    """An answer of this kind to standard output."""
    renderer, noun = RENDERERS[kind]
    put_first(renderer, rows, noun, limit, MOST, NOTHING[kind])
