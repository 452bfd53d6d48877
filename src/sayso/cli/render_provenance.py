"""Where a page came from, as a few facts."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from rich.text import Text

from sayso.cli.options import named
from sayso.cli.render import Screen, one_line, screen
from sayso.cli.render_forget import of_pages
from sayso.cli.render_text import FAINT, line, put, wrapped
from sayso.ledger.provenance import Observed, Provenance

LABEL = 12
HASH = 12
"""Digits of a hash in the list of readings; --json has them whole."""


def _made(reading: Observed) -> str:
    code, _, years = reading.code.partition("+")
    parts = [
        f"sayso {reading.sayso}", f"model {reading.model[:HASH]}", code and f"code {code[:HASH]}",
        years and f"years {years}", reading.runtime, reading.extractor,
    ]  # fmt: skip
    return f"{reading.at or 'at an unknown time'}  {', '.join(part for part in parts if part)}"


def _facts(found: Provenance, ledger: str) -> Iterator[tuple[str, str]]:
    name = shlex.quote(found.document)
    yield "document", " · ".join(part for part in (found.document, found.outlet, found.published) if part)
    yield "id", found.id
    yield "address", found.url or "none known"
    yield "text", f"{found.words:,} words, sha256 {found.text_id}"
    if found.sha256:
        yield "file", found.path
        size = "" if found.bytes is None else f"{found.bytes:,} bytes"
        yield "", ", ".join(part for part in (found.media_type, size, f"sha256 {found.sha256}") if part)
        way = f"sayso show {name} --original{named(ledger)} > FILE"
        yield "original", f"kept: {way}" if found.kept else "not kept (sayso read --keep keeps it)"
    else:
        yield "file", "none known"
    for place, reading in enumerate(found.readings):
        yield "" if place else "read", _made(reading)
    if found.versions:
        yield "versions", f"also here: {of_pages(found.versions)}"
    if found.copies:
        yield "copies", f"the very same text or file: {of_pages(found.copies)}"
    if found.decisions:
        yield "decisions", f"{found.decisions:,}  (sayso decisions --document {name}{named(ledger)})"


def provenance_lines(found: Provenance, ledger: str, shown: Screen) -> Iterator[Text]:
    """The facts, each under its label."""
    for label, fact in _facts(found, ledger):
        yield from wrapped(line((f"{label:<{LABEL}}", FAINT), one_line(fact)), shown, indent=LABEL, first=0)


def put_provenance(found: Provenance, ledger: str) -> None:
    """The facts to standard output."""
    shown = screen()
    put(provenance_lines(found, ledger, shown), shown)
