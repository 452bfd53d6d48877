"""UIMA: each page as a CAS in JSON (Apache UIMA JSON CAS 0.4.0), as INCEpTION and DKPro read it; a zip.

Offsets are UTF-16 units, as UIMA counts them. A headline read on its own is a CAS of its own, as most tools show the initial
view only. Every fragment of a statement, its source, cue and hops is an annotation that leads to its statement.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

from sayso.export.archive import Archive
from sayso.export.origin import Json, Makers, Origin, made_json
from sayso.export.pages import Page, Sheet, Units
from sayso.export.standoff import hull, sheet_name
from sayso.export.writing import encodable, json_bytes
from sayso.records import Spans

_TEXT, _NUMBER = "uima.cas.String", "uima.cas.Double"
_VIEW, _DOCUMENT = "_InitialView", "uima.tcas.DocumentAnnotation"
_TYPES: dict[str, tuple[str, dict[str, str]]] = {
    "sayso.Provenance": ("uima.cas.TOP", dict.fromkeys(
        ("sayso", "contract", "ledger", "model", "code", "runtime", "extractor", "document", "part", "name", "outlet", "url",
         "published", "textSha256", "statements"), _TEXT)),
    "sayso.Speaker": ("uima.cas.TOP", dict.fromkeys(("identity", "name", "kind"), _TEXT)),
    "sayso.Mention": ("uima.tcas.Annotation", {"speaker": "sayso.Speaker"}),
    "sayso.Statement": ("uima.tcas.Annotation", {
        **dict.fromkeys(("identity", "kind", "act", "stance", "speakerName", "joint", "chain", "decided", "sha256"), _TEXT),
        "confidence": _NUMBER, "speakerConfidence": _NUMBER, "speaker": "sayso.Speaker", "within": "sayso.Statement",
    }),
    "sayso.Fragment": ("uima.tcas.Annotation", {"role": _TEXT, "name": _TEXT, "statement": "sayso.Statement"}),
    "sayso.Figure": ("uima.tcas.Annotation", {
        **dict.fromkeys(("identity", "qualifier", "counted", "unit", "currency", "event", "who", "place", "period", "since",
                         "asOf", "voice"), _TEXT),
        "low": _NUMBER, "high": _NUMBER, "statement": "sayso.Statement",
    }),
}  # fmt: skip
"""Our types: what each derives from, and its features. A ``Statement`` reaches from its first fragment to its last."""


def _type_system() -> Json:
    return {
        name: {
            "%NAME": name, "%SUPER_TYPE": base,
            **{feature: {"%NAME": feature, "%RANGE": kind} for feature, kind in features.items()},
        }
        for name, (base, features) in _TYPES.items()
    }  # fmt: skip


class _Cas:
    """The CAS of one sheet that is being put together: feature structures in order, each with its number."""

    def __init__(self, page: Page, sheet: Sheet) -> None:
        self.page, self.sheet = page, sheet
        self.units = Units(sheet.text)
        self.structures: list[Json] = []
        self.members: list[int] = []
        self.speakers: dict[str, int] = {}
        self.statements: dict[str, int] = {}

    def add(self, kind: str, /, **features: Any) -> int:
        """A feature structure; those without a value are left out."""
        number = len(self.structures) + 1
        given = {key.replace("at_", "@", 1): value for key, value in features.items() if value not in ("", None)}
        self.structures.append({"%ID": number, "%TYPE": kind, **given})
        return number

    def mark(self, kind: str, spans: Spans, /, **features: Any) -> int:
        """An annotation from the first character of the spans to the last."""
        begin, end = self.units.span(hull(spans))
        number = self.add(kind, at_sofa=1, begin=begin, end=end, **features)
        self.members.append(number)
        return number

    def begin(self, origin: Origin) -> None:
        """The text, the document annotation, where it all came from, and the speakers."""
        r, d = self.page.reading, self.page.reading.document
        self.add("uima.cas.Sofa", sofaNum=1, sofaID=_VIEW, mimeType="text/plain")
        self.structures[0]["sofaString"] = encodable(self.sheet.text)
        self.add(_DOCUMENT, at_sofa=1, begin=0, end=self.units(len(self.sheet.text)), language=d.language or "x-unspecified")
        made = {**made_json(self.page), "contract": str(origin.contract), "ledger": origin.ledger}
        self.add(
            "sayso.Provenance", **made, document=r.id, part=self.sheet.part, name=d.name, outlet=d.outlet, url=d.url,
            published=self.page.published, textSha256=r.text_id, statements=" ".join(s.id for s in self.sheet.statements),
        )  # fmt: skip
        self.speakers = {s.id: self.add("sayso.Speaker", identity=s.id, name=s.name, kind=s.kind) for s in r.speakers}
        self.members = list(range(2, len(self.structures) + 1))

    def fill(self) -> None:
        """All marks of the sheet."""
        for speaker in self.sheet.speakers:
            for mention in speaker.mentions:
                self.mark("sayso.Mention", (mention,), at_speaker=self.speakers[speaker.id])
        self._statements()
        for f in self.sheet.figures:
            self.mark(
                "sayso.Figure", (f.span,), identity=f.id, low=f.low, high=f.high, qualifier=f.qualifier, counted=f.counted,
                unit=f.unit, currency=f.currency, event=f.event, who=f.who, place=f.place, period=f.period, since=f.since,
                asOf=f.as_of, voice=self.page.voice(self.sheet.part, f), at_statement=self.statements.get(f.statement or ""),
            )  # fmt: skip

    def _statements(self) -> None:
        for s in self.sheet.statements:
            speaker = self.page.speaker(s.speaker)
            self.statements[s.id] = number = self.mark(
                "sayso.Statement", s.content, identity=s.id, kind=s.kind, act=s.act, stance=s.stance,
                speakerName=speaker.name if speaker else "", joint=" | ".join(self.page.names(s)),
                chain=" | ".join(h.name for h in s.chain), decided=" ".join(s.decided), sha256=self.page.digests[s.id],
                confidence=float(s.confidence), speakerConfidence=float(s.speaker_confidence),
                at_speaker=self.speakers.get(s.speaker or ""),
            )  # fmt: skip
            for role, spans in (("content", s.content), ("source", s.source), ("cue", s.cue)):
                for span in spans:
                    self.mark("sayso.Fragment", (span,), role=role, at_statement=number)
            for hop in s.chain:
                self.mark("sayso.Fragment", (hop.span,), role=f"hop {hop.kind}", name=hop.name, at_statement=number)
        for s in self.sheet.statements:
            if s.within in self.statements:
                self.structures[self.statements[s.id] - 1]["@within"] = self.statements[s.within]


    def json(self) -> Json:
        """The CAS as JSON."""
        views = {_VIEW: {"%SOFA": 1, "%MEMBERS": self.members}}
        return {"%TYPES": _type_system(), "%FEATURE_STRUCTURES": self.structures, "%VIEWS": views}


def cas_json(page: Page, sheet: Sheet, origin: Origin) -> Json:
    """A sheet as a CAS."""
    cas = _Cas(page, sheet)
    cas.begin(origin)
    cas.fill()
    return cas.json()


def write_uima(pages: Iterable[Page], out: BinaryIO, origin: Origin) -> None:
    """A zip with one CAS for each text."""
    makers = Makers()
    with Archive(out) as archive:
        for page in pages:
            makers.note(page)
            for sheet in page.sheets():
                archive.add(f"{sheet_name(page, sheet)}.json", json_bytes(cas_json(page, sheet, origin)) + b"\n")
        archive.add_json("provenance.json", {**origin.json(), "made_by": makers.json()})
