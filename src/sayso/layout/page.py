"""A document as a page: its blocks, and the running text that is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.language import code_of, detect, has_english, looks_english
from sayso.layout.blocks import is_paragraph, kinds_of
from sayso.layout.furniture import Taken, is_empty_source
from sayso.layout.stamps import dateline_end
from sayso.layout.units import Unit, unit_of, units_of
from sayso.layout.view import Flow, View, stitch
from sayso.records import Block, BlockKind, Document, Dropped, Finding, Span

#: Kinds that are in the view.
READ: frozenset[BlockKind] = frozenset(
    {"title", "dateline", "paragraph", "heading", "caption", "list", "quote", "turn"}
)
#: A dateline without agency is sought in this many paragraphs from the top.
DATELINE_PARAGRAPHS = 3
#: A single block in another language is left out from this length on, and where py3langid is this sure.
#: (Of 14,772 English paragraphs of that length the surest wrong guess had .66; text in another script needs less.)
FOREIGN_LENGTH, FOREIGN_SURE, FOREIGN_SURE_SCRIPT = 120, 0.9, 0.5
#: A whole document is left out where py3langid is this sure and less than this share of its text looks English.
DOCUMENT_SURE, ENGLISH_PART = 0.6, 0.3
_SAMPLE = 3000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block in the view. ``label``: the words before the colon of a turn. Spans are in the view."""

    kind: BlockKind
    span: Span
    label: Span | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A document with its blocks (and its language) filled in, the view that is read, what was noticed and left out.

    ``findings`` holds what layout noticed; those of ingest stay in ``document.findings``.
    """

    document: Document
    view: View
    paragraphs: tuple[Paragraph, ...]
    findings: tuple[Finding, ...] = ()
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    unit: Unit
    kind: BlockKind
    taken: Taken | None = None


def lay_out(document: Document) -> Page:
    """Tell the blocks of a page apart and make its running text. Never raises; ``document.text`` stays as it is."""
    units = units_of(document)
    kinds, flags = kinds_of(units, document)
    parts = _cut_datelines([_Part(*part) for part in zip(units, kinds, flags, strict=True)])
    blocks = tuple(
        sorted((Block(part.kind, span) for part in parts for span in part.unit.spans), key=lambda block: block.span)
    )
    findings = _furniture_findings(parts)
    readable = [part for part in parts if part.kind in READ]
    language = _language(document, readable)
    laid = replace(document, blocks=blocks, language=language)
    if language not in ("", "en"):
        dropped = _drop_all(document, readable, language)
        finding = Finding(
            "language-unsupported",
            f"The page is in another language than English ({language}); it was not read.",
            tuple(d.span for d in dropped),
        )
        return Page(laid, *_view([]), (*findings, finding), dropped)
    foreign = {id(part): code for part in readable if (code := _foreign(part))}
    view, paragraphs = _view([part for part in readable if id(part) not in foreign])
    dropped = tuple(
        Dropped(
            "language-unsupported",
            _hull(part.unit),
            f"This block is in another language than English ({foreign[id(part)]}).",
        )
        for part in readable
        if id(part) in foreign
    )
    if dropped:
        findings += (
            Finding(
                "language-unsupported",
                "Part of the page is in another language than English; it was not read.",
                tuple(d.span for d in dropped),
            ),
        )
    return Page(laid, view, paragraphs, findings, dropped)


def _cut_datelines(parts: Sequence[_Part]) -> list[_Part]:
    """Make a dateline that opens a paragraph a block of its own."""
    cut: list[_Part] = []
    seen = 0
    for part in parts:
        if part.kind != "paragraph" or part.unit.given == "quote":
            cut.append(part)
            continue
        seen += is_paragraph(part.unit)
        length = dateline_end(part.unit.text, weak=seen <= DATELINE_PARAGRAPHS and is_paragraph(part.unit))
        cut += _cut(part, length) if 0 < length < len(part.unit.text) else [part]
    return cut


def _cut(part: _Part, length: int) -> list[_Part]:
    flow, spans = part.unit.flow, part.unit.spans
    first, rest = flow.cut(0, length), flow.cut(length, len(flow.text))
    end, start = first.offsets[-1] + 1, rest.offsets[0]
    if not spans[0][0] < end <= start < spans[0][1]:
        return [part]
    opening = unit_of(((spans[0][0], end),), first)
    story = unit_of(((start, spans[0][1]), *spans[1:]), rest, part.unit.given)
    return [_Part(opening, "dateline"), _Part(story, "paragraph")]


def _view(parts: Sequence[_Part]) -> tuple[View, tuple[Paragraph, ...]]:
    flows: list[Flow] = [part.unit.flow for part in parts]
    view, spans = stitch(flows)
    paragraphs = []
    for part, (start, end) in zip(parts, spans, strict=True):
        label = part.unit.label
        shown = None if label is None or part.kind != "turn" else (start + label[0], start + label[1])
        paragraphs.append(Paragraph(part.kind, (start, end), shown))
    return view, tuple(paragraphs)


def _hull(unit: Unit) -> Span:
    return unit.spans[0][0], unit.spans[-1][1]


def _language(document: Document, readable: Sequence[_Part]) -> str:
    """Take the code of the metadata where it is one, else what the text shows; "" where that cannot be told."""
    given = code_of(document.language)
    if given:
        return given
    sample = _sample(readable)
    if looks_english(sample):
        return "en"
    code, sure = detect(sample)
    if code in ("", "en") or sure < DOCUMENT_SURE:
        return "en" if code == "en" else ""
    sizes = [(len(part.unit.text), looks_english(part.unit.text)) for part in readable]
    english = sum(size for size, is_english in sizes if is_english)
    return "en" if english > ENGLISH_PART * sum(size for size, _ in sizes) else code


def _sample(readable: Sequence[_Part]) -> str:
    texts: list[str] = []
    left = _SAMPLE
    for part in readable:
        if left <= 0:
            break
        texts.append(part.unit.text[:left])
        left -= len(texts[-1])
    return " ".join(texts)


def _foreign(part: _Part) -> str:
    """Name the language of a block that is surely not English, else ""."""
    text = part.unit.text
    if len(text) < FOREIGN_LENGTH or has_english(text):
        return ""
    code, sure = detect(text)
    least = FOREIGN_SURE if sum(map(str.isascii, text)) >= 0.5 * len(text) else FOREIGN_SURE_SCRIPT
    return code if code not in ("", "en") and sure >= least else ""


def _drop_all(document: Document, readable: Sequence[_Part], language: str) -> tuple[Dropped, ...]:
    reason = f"The page is in another language than English ({language or document.language})."
    return tuple(Dropped("language-unsupported", _hull(part.unit), reason) for part in readable)


def _furniture_findings(parts: Sequence[_Part]) -> tuple[Finding, ...]:
    """Filler anywhere, promotion between paragraphs of the article, a source line that names none."""
    body = [
        i for i, part in enumerate(parts) if part.kind in ("paragraph", "turn", "quote") and is_paragraph(part.unit)
    ]
    first, last = (body[0], body[-1]) if body else (0, -1)
    filler = [_hull(p.unit) for p in parts if p.taken is not None and p.taken.filler]
    inside = [
        _hull(p.unit) for i, p in enumerate(parts) if p.taken is not None and p.taken.promotion and first < i < last
    ]
    source = [_hull(p.unit) for p in parts if p.kind == "furniture" and is_empty_source(p.unit)]
    findings = []
    if filler:
        findings.append(Finding("furniture", "Filler text of a page template stands on the page.", tuple(filler)))
    if inside:
        findings.append(Finding("furniture", "Promotion stands inside the text.", tuple(inside)))
    if source:
        findings.append(Finding("source-line-empty", "The page has a source line that names no source.", tuple(source)))
    return tuple(findings)
