"""What a new reading changed, page by page: old → new, and where words changed, which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import groupby

from rich.text import Text

from sayso.cli.render import Screen, one_line, screen
from sayso.cli.render_rows import OPEN
from sayso.cli.render_table import Column, Noun, Told, put_rows, tabbed_lines
from sayso.cli.render_text import FAINT, STRONG, line, short, wrapped
from sayso.ledger.rows import DiffRow

MOST = 1500
"""Words of both sides up to which single words are compared: 0.15 s at worst. Longer ones are shown whole."""
MARKS = {"gone": ("[-{}-]", FAINT), "new": ("{{+{}+}}", STRONG)}
"""How words that went and words that came are marked, in colour and without."""
COUNTED = {
    "gained": "gained", "lost": "lost", "speaker": "with another speaker", "words": "with other words",
    "kind": "of another kind", "decision": "{} touched",
}  # fmt: skip
"""How differences are counted, in the order in which they are."""
LABEL = 10


def counted(changes: Counter[str]) -> str:
    """Differences in words: "2 gained, 1 lost, 1 decision touched"."""
    parts = []
    for change, words in COUNTED.items():
        count = changes[change]
        if count:
            parts.append(f"{count:,} {words.format('decision' if count == 1 else 'decisions')}")
    return ", ".join(parts)


def compared(before: str, after: str) -> list[tuple[str, str]]:
    """Two texts as runs of words, each with what became of it: same, gone or new."""
    a, b = before.split(), after.split()
    if len(a) + len(b) > MOST:
        return [("gone", " ".join(a)), ("new", " ".join(b))]
    runs = []
    for how, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if how == "equal":
            runs.append(("same", " ".join(a[i:j])))
        else:
            runs += [(name, " ".join(run)) for name, run in (("gone", a[i:j]), ("new", b[k:m])) if run]
    return runs


def _marked(row: DiffRow) -> list[str | tuple[str, str]]:
    """The words of a row, with marks where they changed; safe."""
    before, after = one_line(row.content_before), one_line(row.content)
    if not (row.statement_before and row.statement) or before == after or row.change == "decision":
        return [after or before]
    parts: list[str | tuple[str, str]] = []
    for how, words in compared(before, after):
        if parts:
            parts.append(" ")
        parts.append(words if how == "same" else (MARKS[how][0].format(words), MARKS[how][1]))
    return parts


def _who(row: DiffRow) -> str:
    """The speaker, old → new where another one speaks."""
    before, after = (one_line(name) or OPEN for name in (row.speaker_before, row.speaker))
    if row.change == "gained":
        return after
    return before if row.change == "lost" or before == after else f"{before} → {after}"


def _one(row: DiffRow, shown: Screen) -> Iterator[Text]:
    label = (f"  {row.change:<{LABEL}}", STRONG)
    if row.change == "decision":
        head: tuple[tuple[str, str], str] = ((short(row.decision), FAINT), "  ")
    else:
        kinds = f"{_kind(row)}  " if row.change == "kind" else ""
        head = ((short(row.statement or row.statement_before), FAINT), f"  {kinds}{_who(row)}: ")
    yield from wrapped(line(label, *head, *_marked(row)), shown, indent=LABEL + 2, first=0)


def _kind(row: DiffRow) -> str:
    """The kind, old → new where it changed."""
    return f"{row.kind_before} → {row.kind}" if row.change == "kind" else row.kind or row.kind_before


def _pages(row: DiffRow) -> str:
    """The page that differs; the one it is compared with before it, with ids where both have one name."""
    if not row.before_id:
        return one_line(row.document)
    if row.before != row.document:
        return one_line(f"{row.before} → {row.document}")
    return one_line(f"{row.document} {short(row.before_id)} → {short(row.document_id)}")


DIFF = (
    Column("document", _pages),
    Column("change", lambda row: row.change),
    Column("speaker", lambda row: "" if row.change == "decision" else _who(row)),
    Column("words", lambda row: "".join(part if isinstance(part, str) else part[0] for part in _marked(row))),
    Column("kind", _kind),
    Column("id", lambda row: short(row.decision or row.statement or row.statement_before)),
)


def diff_lines(rows: Iterable[DiffRow], shown: Screen, told: Told) -> Iterator[Text]:
    """Differences under the page they are on, and the page that it is compared with."""
    if shown.width is None:
        yield from tabbed_lines(DIFF, rows, told)
        return
    for _, each in groupby(rows, key=lambda row: (row.document_id, row.before_id)):
        here = list(each)
        told.rows += len(here)
        name = _pages(here[0])
        how = counted(Counter(row.change for row in here))
        yield from wrapped(line((name, STRONG), "  ", (how, FAINT)), shown, indent=2, first=0)
        for row in here:
            yield from _one(row, shown)


def put_diff(rows: Iterable[DiffRow]) -> None:
    """Differences to standard output."""
    put_rows(diff_lines, rows, screen(), Noun("difference", "differences"))
