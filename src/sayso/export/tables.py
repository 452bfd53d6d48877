"""The tables of an export: their columns and how a page becomes their rows. CSV, Excel and Parquet are three forms of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sayso.decisions.page import speaker_part
from sayso.errors import UsageError
from sayso.export.decided import COLUMNS, row
from sayso.export.pages import Page

Kind = Literal["text", "whole", "number", "list", "spans"]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, its columns with what they hold, and the rows that a page gives.

    ``spans`` are half-open, in code points of the ``part`` (``text`` or ``headline``) of the page.
    """

    name: str
    columns: tuple[tuple[str, Kind], ...]
    rows: Callable[[Page], Iterator[Row]]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(name for name, _ in self.columns)


def _columns(told: str) -> tuple[tuple[str, Kind], ...]:
    """Columns from ``name`` or ``name:kind``, parted by spaces; text where no kind is given."""
    kinds: dict[str, Kind] = {"": "text", "whole": "whole", "number": "number", "list": "list", "spans": "spans"}
    return tuple((name, kinds[kind]) for name, _, kind in (each.partition(":") for each in told.split()))


def _page(page: Page) -> Row:
    d = page.reading.document
    return d.name, page.reading.id, d.outlet, page.published, d.url


def _statements(page: Page) -> Iterator[Row]:
    for part, s in page.statements():
        speaker = page.speaker(s.speaker)
        yield (
            s.id, *_page(page), part, speaker.name if speaker else "", speaker.kind if speaker else "", page.names(s),
            page.cut(part, s.source), page.cut(part, s.cue), page.cut(part, s.content), s.kind, s.act, s.stance or "",
            tuple(h.name for h in s.chain), tuple(h.kind for h in s.chain), s.within or "", s.confidence,
            s.speaker_confidence, s.speaker_reason, s.content[0][0], s.content[-1][1], s.content, s.source, s.cue,
            s.speaker or "", s.joint, s.decided, page.digests[s.id], page.labels_of(s.id), page.labels_of(s.speaker),
            page.labels_of(""),
        )  # fmt: skip


def _speakers(page: Page) -> Iterator[Row]:
    said = [each for _, s in page.statements() for each in (s.speaker, *s.joint)]
    for s in page.reading.speakers:
        part = speaker_part(page.reading, s)
        spelled = tuple(dict.fromkeys(page.cut(part, (m,)) for m in s.mentions)) if page.words else ()
        roles = tuple(r.text for r in s.roles) if page.words else ()
        yield s.id, *_page(page), s.name, s.kind, said.count(s.id), spelled, roles, part, s.mentions, page.labels_of(s.id)


def _figures(page: Page) -> Iterator[Row]:
    by = {s.id: s.speaker for _, s in page.statements()}
    for part, f in page.figures():
        speaker = page.speaker(by.get(f.statement or ""))
        yield (
            f.id, *_page(page), part, page.cut(part, (f.span,)), f.low, f.high, f.qualifier, f.counted, f.unit, f.currency,
            f.event, f.who, f.place, f.period, f.since, f.as_of, f.share_of or "", page.voice(part, f),
            speaker.name if speaker else "", f.statement or "", f.span[0], f.span[1], page.digests[f.id],
        )  # fmt: skip


def _documents(page: Page) -> Iterator[Row]:
    r, d, made = page.reading, page.reading.document, page.reading.made_by
    stamp, file = d.published, d.file
    yield (
        d.name, r.id, d.outlet, page.published, d.url, d.title, d.byline, d.language,
        stamp.granularity if stamp else "", stamp.basis if stamp else "",
        sum(1 for _ in page.statements()), len(r.speakers), sum(1 for _ in page.figures()), len(r.findings),
        len(page.texts["text"]), r.text_id, file.sha256 if file else "", file.media_type if file else "",
        made.sayso, made.model, made.code, made.runtime, made.extractor, made.contract, page.labels_of(""),
    )  # fmt: skip


def _findings(page: Page) -> Iterator[Row]:
    for f in page.reading.findings:
        words = tuple(page.cut("text", (span,)) for span in f.spans) if page.words else ()
        yield *_page(page), f.code, f.message, words, f.spans


def _decisions(page: Page) -> Iterator[Row]:
    for decision in page.decisions:
        yield row(decision, page.reading.document.name if decision.document else "")


_PAGE = "document document_id outlet published url "
TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table("statements", _columns(
            f"id {_PAGE} part speaker speaker_kind joint:list source cue content kind act stance chain:list chain_kinds:list"
            " within confidence:number speaker_confidence:number speaker_reason start:whole end:whole content_spans:spans"
            " source_spans:spans cue_spans:spans speaker_id joint_ids:list decided:list content_sha256"
            " labels:list speaker_labels:list outlet_labels:list"
        ), _statements),
        Table("speakers", _columns(
            f"id {_PAGE} name kind statements:whole spellings:list roles:list part mention_spans:spans labels:list"
        ), _speakers),
        Table("figures", _columns(
            f"id {_PAGE} part words low:number high:number qualifier counted unit currency event who place period since as_of"
            " share_of voice speaker statement start:whole end:whole words_sha256"
        ), _figures),
        Table("documents", _columns(
            f"{_PAGE} title byline language granularity basis statements:whole speakers:whole figures:whole findings:whole"
            " characters:whole text_sha256 file_sha256 media_type sayso model code runtime extractor contract:whole outlet_labels:list"
        ), _documents),
        Table("findings", _columns(f"{_PAGE} code message words:list spans:spans"), _findings),
        Table("decisions", _columns(" ".join(COLUMNS).replace("number", "number:whole", 1)), _decisions),
    )
}  # fmt: skip
"""Every table, in the order in which an archive of them holds them."""


def table_of(name: str) -> Table:
    """The table of that name. Raises UsageError, which names those that there are."""
    if name not in TABLES:
        raise UsageError(f"there is no table {name!r}; these are: {', '.join(TABLES)}")
    return TABLES[name]
