"""Every page of the room: what it is called, where it stands, and what builds it."""

from __future__ import annotations

from sayso.web.answers import Kind
from sayso.web.pages.copies import copies, shared
from sayso.web.pages.facts import decisions, figures, findings, matches
from sayso.web.pages.page import page
from sayso.web.pages.people import speaker, speakers
from sayso.web.pages.pile import pile
from sayso.web.pages.queue import queue
from sayso.web.pages.series import all_series, one_series
from sayso.web.pages.statement import statement
from sayso.web.pages.voices import shares, uses

DOCUMENTS = (
    "name",
    "title",
    "outlet",
    "published",
    "language",
    "words",
    "statements",
    "speakers",
    "findings",
    "url",
    "id",
)
SPEAKERS = ("name", "kind", "statements", "pages", "joined", "spellings", "roles", "id")
SAID = (
    "content", "cue", "kind", "stance", "joint", "crumbs", "outlet", "published", "document", "confidence",
    "speaker_confidence", "decided", "document_id", "id",
)  # fmt: skip
FIGURES = (
    "words", "low", "high", "qualifier", "counted", "unit", "currency", "event", "who", "place", "period", "since", "as_of",
    "voice", "speaker", "joint", "outlet", "published", "document", "part", "span", "document_id", "id", "statement",
)  # fmt: skip
ALL_SERIES = (
    "event", "counted", "unit", "currency", "places", "pages", "outlets", "originators", "figures", "first", "last", "id",
)  # fmt: skip
SERIES = (
    "as_of", "as_of_basis", "low", "high", "qualifier", "unit", "counted", "words", "originator", "originator_basis",
    "relation.kind", "relation.why", "scope", "outlet", "published", "document", "part", "span", "document_id", "id",
)  # fmt: skip
FINDINGS = ("code", "message", "document", "words", "spans", "document_id")
DECISIONS = (
    "id", "action", "state", "reason", "words", "said", "reviewer", "at", "note", "document", "document_id", "statement", "undoes",
)  # fmt: skip
MATCHES = (
    "kind", "score", "because", "whose", "days", "figures",
    *(f"{side}.{name}" for side in "ab" for name in ("document", "outlet", "published", "speaker", "content", "id")),
)  # fmt: skip
QUEUE = tuple(
    f"row.{name}"
    for name in ("confidence", "speaker_confidence", "speaker", "content", "cue", "kind", "outlet", "published", "document", "id")
)  # fmt: skip
COPIES = (
    "group", "origin", "origin_by", "page.kind", "page.share", "page.shared_with", "page.credit", "page.outlet",
    "page.published", "page.document", "page.why", "page.document_id", "page.shared_with_id",
)  # fmt: skip
SHARED = (
    "kind",
    "share",
    "other_share",
    "words",
    "other",
    "other_outlet",
    "other_published",
    "first",
    "credits",
    "why",
    "other_id",
)
PLACES = (
    "term", "words", "voice", "denied", "title", "speaker", "speaker_kind", "source", "outlet", "published", "document", "part",
    "span", "sentence", "statement", "document_id",
)  # fmt: skip
SHARES = (
    "by", "name", "kind", "outlet", "statements", "of", "share", "low", "high", "words", "of_words", "words_share", "pages",
    "outlets",
)  # fmt: skip

KINDS = (
    Kind("pile", "/pile", pile, "documents", DOCUMENTS),
    Kind("page", "/page/{id}", page),
    Kind("statement", "/statement/{id}", statement),
    Kind("speakers", "/speakers", speakers, "speakers", SPEAKERS),
    Kind("speaker", "/speaker/{id}", speaker, "said", SAID),
    Kind("figures", "/figures", figures, "figures", FIGURES),
    Kind("all-series", "/series", all_series, "series", ALL_SERIES),
    Kind("series", "/series/{id}", one_series, "figures", SERIES),
    Kind("findings", "/findings", findings, "findings", FINDINGS),
    Kind("copies", "/copies", copies, "lines", COPIES),
    Kind("shared", "/copies/{id}", shared, "pairs", SHARED),
    Kind("matches", "/matches", matches, "matches", MATCHES),
    Kind("voices", "/voices", uses, "places", PLACES),
    Kind("who-speaks", "/who-speaks", shares, "shares", SHARES),
    Kind("queue", "/queue", queue, "statements", QUEUE),
    Kind("decisions", "/decisions", decisions, "decisions", DECISIONS),
)
