"""What ``read`` says at its end: what came in, what was found, what was left out, and where to go from here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.text import Text

from sayso.cli.options import named
from sayso.cli.render import Screen, one_line, why
from sayso.cli.render_diff import counted
from sayso.cli.render_rows import STATEMENT
from sayso.cli.render_text import FAINT, STRONG, line, put, wrapped
from sayso.cli.tally import Tally

LABEL = 14
MOST_QUOTED = 5
SHOW_LEFT_OUT = "sayso show DOC --left-out"
NO_STATEMENT = "sentences with a reporting word or quotation marks but no statement"
LEFT_OUT = {
    "cue": NO_STATEMENT,
    "quotation": NO_STATEMENT,
    "no-cue": NO_STATEMENT,
    "unsaid": "sentences that say that nothing was said, or suppose that it is",
    "doubtful": "doubtful statements, under the threshold",
    "language-unsupported": "parts in a language that is not read",
    "too-large": "ends of pages that are longer than is read",
    "rejected": "statements that people rejected",
}
"""Codes of what is dropped, in words for readers; another code is shown as it is."""
NAMELESS = {"group": "group without a name", "anonymous": "anonymous source"}
"""Kinds of speakers that have no name, in words."""


def _fact(label: str, text: str, screen: Screen) -> list[Text]:
    body = wrapped(line(text), screen, indent=LABEL)
    plain = body[0].plain[LABEL:]
    return [line((f"{label:<{LABEL}}", FAINT), plain), *body[1:]]


def _counted(counts: Counter[str]) -> str:
    """Counts in words, "no candidate 3, anonymous 1": the most frequent first, equal ones by name."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{one_line(word)} {count:,}" for word, count in ordered)


def _worded(counts: Counter[str]) -> Counter[str]:
    return Counter({NAMELESS.get(code, code.replace("-", " ")): count for code, count in counts.items()})


def _documents(tally: Tally, seconds: float) -> str:
    parts = [f"{tally.read:,} read"]
    for how, words in (("version", "as a new version of its page"), ("reread", "again")):
        if tally.documents[how]:
            parts[0] += f" ({tally.documents[how]:,} {words})"
    if tally.documents["same"]:
        parts.append(f"{tally.documents['same']:,} the same as before")
    if tally.documents["forgotten"]:
        parts.append(f"{tally.documents['forgotten']:,} forgotten and not taken in again")
    if tally.unreadable:
        parts.append(f"{len(tally.unreadable):,} could not be read")
    rate = f"; {tally.read / seconds:,.1f} a second" if seconds > 1 and tally.read > 1 else ""
    return ", ".join(parts) + rate


def _again(tally: Tally, option: str) -> Iterator[tuple[str, str]]:
    """What reading again changed."""
    if tally.documents["reread"]:
        how = counted(tally.changes)
        yield "read again", f"{how}  (sayso diff{option} lists them)" if how else "every statement as before"


def _facts(tally: Tally, option: str, seconds: float) -> Iterator[tuple[str, str]]:
    yield "documents", _documents(tally, seconds)
    yield from _again(tally, option)
    if tally.lost:
        words = "decision has no place on it" if tally.lost == 1 else "decisions have no place on it"
        yield "new text", f"{tally.lost:,} {words}  (sayso decisions --state lost{option} lists them)"
    if tally.kept:
        yield "originals", f"{tally.kept:,} kept"
    if not tally.read:
        return
    said = sum(tally.kinds.values())
    kinds = ", ".join(f"{tally.kinds[kind]:,} {kind}" for kind in ("direct", "indirect", "mixed"))
    yield "statements", f"{said:,}: {kinds}" if said else "none"
    thoughts = tally.acts["think"] + tally.acts["want"]
    if thoughts:
        yield "", f"and {thoughts:,} of what speakers think or want (--all shows them)"
    yield "speakers", f"{len(tally.named):,} named"
    if tally.unnamed:
        reasons = _counted(_worded(tally.unnamed))
        yield "unnamed", f"{STATEMENT(tally.unnamed.total())} without a named speaker: {reasons}"
    if tally.figures:
        yield "figures", f"{tally.figures:,}  (sayso figures{option})"
    if tally.findings:
        yield "findings", _counted(tally.findings)
    yield from _left_out(tally)
    if tally.quoted:
        most = sorted(tally.quoted.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_QUOTED]
        yield "most quoted", _counted(Counter(dict(most)))


def _left_out(tally: Tally) -> Iterator[tuple[str, str]]:
    counts: Counter[str] = Counter()
    for code, count in tally.dropped.items():
        counts[LEFT_OUT.get(code, code)] += count
    for place, (what, count) in enumerate(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))):
        yield "" if place else "left out", f"{one_line(what)}: {count:,}{'' if place else f'  ({SHOW_LEFT_OUT})'}"


def _lost(tally: Tally, screen: Screen) -> Iterator[Text]:
    yield line(("could not be read", STRONG))
    for unreadable in tally.unreadable:
        name, reason = one_line(unreadable.name), one_line(why(unreadable))
        yield from wrapped(line(name, "  ", (reason, FAINT)), screen, indent=4, first=2)


def summary_lines(tally: Tally, path: str, seconds: float, screen: Screen) -> Iterator[Text]:
    """The summary of one run into the ledger at ``path`` that took so many seconds."""
    option = one_line(named(path))
    for label, text in _facts(tally, f" {option}" if option else "", seconds):
        yield from _fact(label, text, screen)
    if tally.unreadable:
        yield from _lost(tally, screen)
    if tally.safe:
        yield line(("next: ", FAINT), f"sayso statements{option and ' ' + option}")


def put_summary(tally: Tally, path: str, seconds: float, screen: Screen) -> None:
    """The summary to standard output."""
    put(summary_lines(tally, path, seconds, screen), screen)
