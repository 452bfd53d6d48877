"""Every page of the room: what it is called, where it stands, and what builds it."""

from __future__ import annotations

from sayso.pile.matches.rows import KINDS as MATCHING
from sayso.pile.matches.rows import WHOSE
from sayso.pile.voices import CELLS
from sayso.web.answers import Kind
from sayso.web.declared import Ask, flag
from sayso.web.pages.copies import copies, shared
from sayso.web.pages.done import alike
from sayso.web.pages.facts import EVENTS, STATES, UNITS, decisions, figures, findings, matches
from sayso.web.pages.incidents import all_incidents, one_incident
from sayso.web.pages.page import page
from sayso.web.pages.people import KINDS as SPEAKING
from sayso.web.pages.people_many import speaker, speakers
from sayso.web.pages.pile import ORDERS, pile
from sayso.web.pages.queue import every as queue_all
from sayso.web.pages.queue import queue
from sayso.web.pages.series import all_series, one_series
from sayso.web.pages.statement import statement
from sayso.web.pages.taking import taking
from sayso.web.pages.voices import BY, shares, uses
from sayso.web.wishes import STATEMENT_KINDS

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
    *(f"row.{name}" for name in ("id", "action", "state", "reason", "words", "said", "reviewer", "at", "note", "document")),
    "row.document_id", "row.statement", "row.undoes", "lot",
)  # fmt: skip
MATCHES = (
    "kind", "score", "because", "whose", "days", "figures",
    *(f"{side}.{name}" for side in "ab" for name in ("document", "outlet", "published", "speaker", "content", "id")),
)  # fmt: skip
NOTES = (
    "number", "speaker", "words", "cue", "kind", "act", "stance", "crumbs", "open_reason", "depth", "confidence",
    "speaker_confidence", "decided", "speaker_id", "id",
)  # fmt: skip
QUEUE = tuple(
    f"row.{name}"
    for name in ("confidence", "speaker_confidence", "speaker", "content", "cue", "kind", "outlet", "published", "document", "id")
)  # fmt: skip
CHOSEN = ("confidence", "speaker", "content", "cue", "source", "kind", "outlet", "published", "document", "document_id", "id")
INCIDENTS = (
    "incident.date", "incident.places", "count.event", "count.who", "by.originator", "by.basis", "by.low", "by.high", "by.least",
    "by.most", "by.latest", "by.as_of", "by.as_of_basis", "by.pages", "incident.pages", "incident.outlets", "incident.kinds",
    "incident.documents", "incident.id",
)  # fmt: skip
FORMATS = ("name", "about", "ending", "missing", "tables")
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

DONE = Ask("done", "The decision that was taken just now, by its id.")
OUTLET = Ask("outlet", "One outlet, by its whole name.")
CHOICE = (
    Ask("document", "Only on this page, by its id."), OUTLET, Ask("speaker", "Only by this speaker, by the whole name."),
    Ask("told", "Only of this kind.", STATEMENT_KINDS), Ask("least", "At least so sure, from 0 to 1."),
    Ask("most", "At most so sure, from 0 to 1."),
)  # fmt: skip
KINDS = (
    Kind("pile", "/pile", pile, "documents", DOCUMENTS, (
        Ask("q", "Words, or a whole sentence, to search for."), OUTLET, Ask("month", "One month, as in 2031-04."),
        Ask("order", "In which order.", ORDERS),
    )),
    Kind("page", "/page/{id}", page, "notes", NOTES, (
        Ask("only", "Only the outlet's own voice.", ("own",)), Ask("speaker", "Only this speaker, by the id on the page."),
        flag("direct", "Only direct speech."), flag("all", "Thoughts and wishes, too."), DONE,
    )),
    Kind("statement", "/statement/{id}", statement, "twins", MATCHES, (DONE,)),
    Kind("speakers", "/speakers", speakers, "speakers", SPEAKERS, (
        Ask("q", "A part of a name."), Ask("kind", "One kind of speaker.", (*SPEAKING, "body")),
    )),
    Kind("speaker", "/speaker/{id}", speaker, "said", SAID, (
        Ask("with", "A part of the name of another who may be the same."), DONE,
    )),
    Kind("figures", "/figures", figures, "figures", FIGURES, (
        Ask("q", "A part of what is counted."), Ask("event", "What happened.", EVENTS), Ask("unit", "The unit.", UNITS),
        flag("own", "Only those that the outlets vouch for themselves."),
    )),
    Kind("all-series", "/series", all_series, "series", ALL_SERIES, (flag("all", "Also those in which nothing changes."),)),
    Kind("series", "/series/{id}", one_series, "figures", SERIES),
    Kind("findings", "/findings", findings, "findings", FINDINGS, (Ask("code", "One kind of finding that the pile has."),)),
    Kind("copies", "/copies", copies, "lines", COPIES, (Ask("outlet", "A part of an outlet's name."),)),
    Kind("shared", "/copies/{id}", shared, "pairs", SHARED),
    Kind("matches", "/matches", matches, "matches", MATCHES, (
        Ask("kind", "One kind of match.", MATCHING), Ask("whose", "How the two speakers stand.", WHOSE),
    )),
    Kind("voices", "/voices", uses, "places", PLACES, (
        Ask("q", "Words; several in quotation marks are one."), flag("exact", "Only in this very form."),
        Ask("voice", "Only places in this voice.", CELLS), OUTLET,
    )),
    Kind("who-speaks", "/who-speaks", shares, "shares", SHARES, (
        Ask("by", "What shares are counted by.", BY), Ask("outlet", "A part of an outlet's name."),
        flag("each_outlet", "Under each outlet."),
    )),
    Kind("incidents", "/incidents", all_incidents, "lines", INCIDENTS, (
        Ask("event", "Only with a count of it.", EVENTS), flag("all", "Also those of which neither place nor date is known."),
    )),
    Kind("incident", "/incident/{id}", one_incident),
    Kind("queue", "/queue", queue, "statements", QUEUE, (*CHOICE, DONE)),
    Kind("queue-all", "/queue/all", queue_all, "statements", CHOSEN, CHOICE),
    Kind("decisions", "/decisions", decisions, "decisions", DECISIONS, (
        Ask("state", "What became of them.", STATES), Ask("document", "Only about this page, by its id."), DONE,
    )),
    Kind("alike", "/alike/{id}", alike, "statements", CHOSEN, (
        Ask("by", "How they are alike.", ("words", "source")), Ask("back", "Where to go afterwards."),
    )),
    Kind("export", "/export", taking, "formats", FORMATS, (
        OUTLET, Ask("speaker", "A part of a speaker's name."), Ask("document", "One page, by its id or name."),
        Ask("since", "From this day on, as in 2031-04."), Ask("until", "Up to this day."),
        flag("all_acts", "Thoughts and wishes, too."), flag("no_text", "No words of the pages but names."),
    )),
)  # fmt: skip
