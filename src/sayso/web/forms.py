"""The addresses that write, and those that give files: each with all that it takes, as the room and its description go by it."""

from __future__ import annotations

from sayso.web.choosing import NAMES
from sayso.web.deciding import ACTS, LOTS
from sayso.web.declared import Ask, File, Form
from sayso.web.pages import KINDS
from sayso.web.wishes import ACTS as TOLD
from sayso.web.wishes import ROLES, SPEAKER_KINDS, STATEMENT_KINDS

_WHO = (
    Ask("reviewer", "Who decides; else the one whom the cookie names."), Ask("note", "A note."),
    Ask("back", "Where to go afterwards: an address of the room."),
)  # fmt: skip
_ABOUT = (
    Ask("statement", "The statement, by its id."), Ask("decision", "The decision to be undone, by its id."),
    Ask("document", "The page that a statement is added to, by its id."), Ask("part", "Of the page.", ("text", "headline")),
    Ask("name", "Who speaks: a name of the page or a new one; - leaves it open."), Ask("speaker", "As name."),
    Ask("kind", "What a new speaker is.", ("", *SPEAKER_KINDS)),
    Ask("statement_kind", "The kind of the statement.", ("", *STATEMENT_KINDS)), Ask("act", "Said, thought or wanted.", ("", *TOLD)),
    *(Ask(role, f"The words of its {role}.") for role in ROLES),
    *(Ask(f"{role}_at", "Where they stand: 12-40 55-80.") for role in ROLES),
    Ask("one", "A speaker: the id of the page, a blank, its own id."), Ask("other", "Another speaker, in the same way."),
    Ask("pairs", "Speakers to be taken for one, pair by pair: as one and other with a blank between, commas between the pairs."),
)  # fmt: skip
FORMS = (
    Form("/decide", "Take one decision.", (Ask("action", "What is decided.", tuple(ACTS)), *_ABOUT, *_WHO), "decision"),
    Form(
        "/decide-all", "Take many decisions at once.",
        (Ask("action", "What is decided.", tuple(LOTS)), *_ABOUT, Ask("seen", "The seal of the list that was shown."),
         *(Ask(name, f"Chooses statements, as {name} of /queue.") for name in NAMES if name not in ("document", "speaker")), *_WHO),
        "decisions", many=True,
    ),
    Form("/reviewer", "Keep the name of who decides in a cookie.", (_WHO[0], _WHO[2])),
)  # fmt: skip
FILES = (
    File(
        "/export/{name}", "All that is chosen, in one format of /export.json.",
        (*next(kind.asks for kind in KINDS if kind.name == "export"), Ask("table", "Of a format of tables: which one.")),
    ),
)  # fmt: skip
