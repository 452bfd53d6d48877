"""One page on the screen: its text with whose words are whose, then who they are.

In colour a speaker's words have a colour and end in the speaker's number, [1]; cues are underlined, what is no part of
the article is dim. Without colour the words stand between «1: and ». A star behind the number, [1*], says that people
decided about the statement.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

from sayso.cli import render_figures
from sayso.cli.palette import style
from sayso.cli.render import Screen, one_line, safe, screen
from sayso.cli.render_layers import Piece, fragments, pieces
from sayso.cli.render_text import FAINT, STRONG, cut, line, put, wrapped
from sayso.records import Published, Reading, Span
from sayso.web.cast import CRUMB, OPEN, Cast, Line, reason

CUE = "underline"
LAYERS = {"furniture": FAINT, "title": STRONG, "heading": STRONG}
"""Kinds of blocks that look different, and how."""
STAR = "*"
BASES = {"dateline": "dateline", "text": "from the text", "inferred": "inferred"}
"""What a date of publication rests on, where no metadata gives it."""
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
SNIPPET = 24
"""Cells that the words of a statement with a chain get at least."""


def colour(mark: str) -> str:
    """The style of the words of the speakers with that mark ("1", "1+3*", "?")."""
    first = mark.rstrip(STAR).split("+")[0]
    return style(None if first == OPEN else int(first) - 1)


def _paint(piece: Piece, text: str, coloured: bool) -> Iterator[str | tuple[str, str]]:
    words = safe(text[slice(*piece.span)])
    if not coloured:
        yield "".join(f"«{mark}: " for mark in piece.opens) + words + "»" * len(piece.closes)
        return
    styles = [LAYERS[layer] for layer in sorted(piece.layers) if layer in LAYERS]
    styles += [colour(piece.mark)] if piece.mark else []
    styles += [CUE] if "cue" in piece.layers else []
    yield words, " ".join(styles)
    yield from ((f"[{part.mark}]", f"{colour(part.mark)} bold") for part in piece.closes if part.last)


def marked(text: str, lines: tuple[Line, ...], cast: Cast, layers: list[tuple[str, Span]], coloured: bool) -> Text:
    """A text with the statements in it marked; ``layers`` are its blocks by kind."""
    statements = [each.statement for each in lines if each.text == text]
    marks = {each.id: cast.mark(each) + (STAR if each.decided else "") for each in statements}
    cues = [("cue", span) for statement in statements for span in statement.cue]
    painted = pieces(len(text), fragments(statements, marks), [*layers, *cues])
    return line(*(part for piece in painted for part in _paint(piece, text, coloured)))


def when(published: Published | None) -> str:
    """When a page was published, and what says so where it is not metadata: "3 November, year not given (dateline)"."""
    if published is None:
        return "no date"
    basis = BASES.get(published.basis, "")
    return f"{_day(published.date)} ({basis})" if basis else _day(published.date)


def _day(date: str) -> str:
    """A date as it is; one without its year in words."""
    without = re.fullmatch(r"XXXX-(0[1-9]|1[0-2])(?:-(\d\d))?(?:T.*)?", date)
    if without is None:
        return date
    day = f"{int(without[2])} " if without[2] else ""
    return f"{day}{MONTHS[int(without[1]) - 1]}, year not given"


def _head(reading: Reading, cast: Cast, shown: Screen) -> Iterator[Text]:
    document = reading.document
    facts = [document.name, document.outlet, when(document.published), document.language, document.url]
    yield from wrapped(line((" · ".join(one_line(fact) for fact in facts if fact), FAINT)), shown)
    yield line()
    if reading.headline:
        title = marked(reading.headline.text, cast.lines, cast, [], shown.colour)
        title.stylize_before(STRONG)
        yield from wrapped(title, shown)
        yield line()
    elif document.title and not any(block.kind == "title" for block in document.blocks):
        yield from wrapped(line((one_line(document.title), STRONG)), shown)
        yield line()


def crumbs(each: Line, cast: Cast) -> str:
    """Chain of a statement, safe: "Mira Halden → Chirp → this page"; empty where it has none."""
    return CRUMB.join(one_line(step) for step in cast.crumbs(each.statement))


def legend(cast: Cast, shown: Screen) -> Iterator[Text]:
    """Who speaks: number, name, kind, how many statements, roles; under it the chain of each statement that has one."""
    by_mark = cast.by_mark()
    broad = max((len(f"[{mark}]  ") for mark in by_mark), default=0)
    for mark, lines in by_mark.items():
        yield from wrapped(_who(cast, mark, lines, broad), shown, indent=broad + 2, first=0)
        for each in lines:
            way, words = crumbs(each, cast), one_line(each.words("content"))
            if way and shown.width is not None:
                words = cut(words, max(SNIPPET, shown.width - broad - cell_len(way) - 2))
            if way:
                yield from wrapped(line(way, "  ", (words, FAINT)), shown, indent=broad + 2, first=broad)


def _who(cast: Cast, mark: str, lines: list[Line], broad: int) -> Text:
    said = f"  {len(lines):,} statement{'s' if len(lines) > 1 else ''}  "
    label = (f"[{mark}]".ljust(broad), f"{colour(mark)} bold")
    if mark == OPEN:
        reasons = Counter(one_line(reason(each.statement)) for each in lines)
        why = ", ".join(f"{why} {many}" for why, many in sorted(reasons.items()))
        return line(label, ("open who speaks", STRONG), said, (why, FAINT))
    speakers = cast.who(lines[0].statement)
    names = " + ".join(one_line(speaker.name) for speaker in speakers)
    kinds = " + ".join(dict.fromkeys(one_line(speaker.kind) for speaker in speakers))
    roles = "; ".join(dict.fromkeys(one_line(role.text) for speaker in speakers for role in speaker.roles))
    return line(label, (names, STRONG), f"  {kinds}", said, (roles, FAINT))


def _foot(reading: Reading, cast: Cast, shown: Screen) -> Iterator[Text]:
    decided = sum(bool(each.statement.decided) for each in cast.lines)
    if decided:
        what = f"{STAR} people decided about {decided:,} statement{'s' if decided > 1 else ''}  (--list says what)"
        yield from wrapped(line((what, FAINT)), shown)
    yield from render_figures.foot(reading, shown)
    for finding in reading.findings:
        sentence = line((one_line(finding.code), STRONG), "  ", one_line(finding.message))
        yield from wrapped(sentence, shown, indent=2, first=0)
    if reading.dropped:
        count = len(reading.dropped)
        yield line((f"left out: {count:,} part{'s' if count > 1 else ''}  (--left-out lists them)", FAINT))


def reading_lines(reading: Reading, cast: Cast, shown: Screen) -> Iterator[Text]:
    """The whole page: head, text, legend, findings."""
    layers = [(block.kind, block.span) for block in reading.document.blocks]
    yield from _head(reading, cast, shown)
    text = marked(reading.document.text, cast.lines, cast, [*layers], shown.colour)
    text.rstrip()
    yield from wrapped(text, shown)
    parts = [list(legend(cast, shown)), list(_foot(reading, cast, shown))]
    for part in parts:
        if part:
            yield line()
            yield from part


def put_reading(reading: Reading, cast: Cast) -> None:
    """The page to standard output."""
    shown = screen()
    put(reading_lines(reading, cast, shown), shown)
