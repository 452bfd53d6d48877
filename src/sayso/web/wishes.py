"""What a form of the room asks to be decided, read and bounded; where to go afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, get_args
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sayso.errors import UsageError
from sayso.records import Act, SpeakerKind, StatementKind

SPEAKER_KINDS: Final[tuple[SpeakerKind, ...]] = ("person", "organisation", "group", "anonymous", "document", "author")
"""What a speaker is who is new on a page."""
STATEMENT_KINDS: Final[tuple[StatementKind, ...]] = get_args(StatementKind)
ACTS: Final[tuple[Act, ...]] = get_args(Act)
ROLES = ("content", "source", "cue")
LONGEST = {"note": 2000, "name": 200, "reviewer": 100, "content": 20_000, "source": 2000, "cue": 2000}
"""Characters that a field may have: what is written is kept for good."""
MOST_SPANS = 64
"""Fragments of one statement; the longest of the demo has four."""
MOST_PAIRS = 60
"""Speakers of pages that are taken for one at once."""
HOME = "/pile"


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a form, those of one name in their order."""

    pairs: tuple[tuple[str, str], ...] = ()

    def word(self, name: str) -> str:
        """The last value of a name, without white space around it; empty where there is none."""
        return next((value.strip() for key, value in reversed(self.pairs) if key == name), "")

    def has(self, name: str) -> bool:
        """Whether there is a field of this name, be it empty."""
        return any(key == name for key, _ in self.pairs)

    def every(self, name: str) -> tuple[str, ...]:
        """All values of a name but empty ones, each once."""
        return tuple(dict.fromkeys(value.strip() for key, value in self.pairs if key == name and value.strip()))


@dataclass(frozen=True, slots=True)
class Words:
    """Words that a statement is to have: as given, and where they stood on the page (empty where that was not sent)."""

    given: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """A decision as a form or a program sends it. ``reviewer`` is empty where the cookie names who decides.

    ``one`` and ``other`` are speakers of two pages, each the id of its page and its own; ``pairs`` are several such. ``words``
    has the roles that were sent, ``kind`` and ``act`` are of the statement and empty where they were not.
    """

    action: str
    statement: str = ""
    statements: tuple[str, ...] = ()
    decision: str = ""
    document: str = ""
    part: str = "text"
    name: str = ""
    speaker_kind: SpeakerKind = "person"
    kind: str = ""
    act: str = ""
    words: Mapping[str, Words] = field(default_factory=dict)
    note: str = ""
    reviewer: str = ""
    back: str = HOME
    one: tuple[str, str] = ("", "")
    other: tuple[str, str] = ("", "")
    pairs: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = ()
    filter: Mapping[str, str] = field(default_factory=dict)
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """The decision that was taken (the last one of a ``lot``), and where to go: ids in it are those of now."""

    decision: str
    back: str
    lot: tuple[str, ...] = ()


def way_back(given: str) -> str:
    """Where to go after a decision: an address of the room, whatever was sent."""
    if (
        not given.startswith("/")
        or given.startswith("//")
        or any(c in "\\\r\n\t" or not c.isprintable() for c in given)
    ):
        return HOME
    parts = urlsplit(given)
    return HOME if parts.scheme or parts.netloc else given


def with_done(back: str, decision: str) -> str:
    """The way back with the decision that was taken, so that the page can say it and offer to undo it."""
    parts = urlsplit(back)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name != "done"]
    return urlunsplit(("", "", parts.path, urlencode([*kept, ("done", decision)]), parts.fragment))


def reviewer_of(given: str) -> str:
    """A reviewer's name on one line. Raises UsageError where it is too long or holds what is no letter."""
    name = " ".join(given.split())
    if len(name) > LONGEST["reviewer"] or not name.isprintable():
        raise UsageError(f"a reviewer's name has at most {LONGEST['reviewer']} characters, all of which can be seen")
    return name


def _pair(given: str) -> tuple[str, str]:
    """A page and a speaker out of one field: their ids, a blank between."""
    page, _, speaker = given.strip().partition(" ")
    return page, speaker.strip()


def _pairs(given: str) -> tuple[tuple[tuple[str, str], tuple[str, str]], ...]:
    """Pairs of speakers out of one field: ``PAGE SPEAKER PAGE SPEAKER``, a comma between pairs. Raises UsageError."""
    found = []
    for each in given.split(",")[:MOST_PAIRS] if given else ():
        ids = each.split()
        if len(ids) != 4:
            raise UsageError("a pair of speakers is four ids: page and speaker, and page and speaker of the other")
        found.append(((ids[0], ids[1]), (ids[2], ids[3])))
    return tuple(found)


def _spans(given: str) -> tuple[tuple[int, int], ...]:
    """Places out of a field: ``12-40 55-80``. Raises UsageError."""
    found = []
    for each in given.split()[: MOST_SPANS + 1]:
        start, _, end = each.partition("-")
        if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit() and len(each) < 32):
            raise UsageError(f"{each!r:.40} is no place of words: write 12-40 for the characters from 12 to 40")
        found.append((int(start), int(end)))
    if len(found) > MOST_SPANS:
        raise UsageError(f"a statement has at most {MOST_SPANS} fragments")
    return tuple(found)


def _one_of(fields: Fields, name: str, among: tuple[str, ...]) -> str:
    given = fields.word(name)
    if given and given not in among:
        raise UsageError(f"{name} is one of {', '.join(among)}, not {given!r:.40}")
    return given


def wish_of(fields: Fields, filters: tuple[str, ...] = ()) -> Wish:
    """The wish that the fields of a form make; ``filters`` are the names of those that choose statements.

    Raises UsageError for one that cannot be.
    """
    for name, most in LONGEST.items():
        if len(fields.word(name)) > most:
            raise UsageError(f"the {name} has {len(fields.word(name)):,} characters; {most:,} are the most")
    speaker_kind = _one_of(fields, "kind", SPEAKER_KINDS) or "person"
    return Wish(
        fields.word("action"), fields.word("statement"), fields.every("statement"), fields.word("decision"),
        fields.word("document"), _one_of(fields, "part", ("text", "headline")) or "text",
        fields.word("name") or fields.word("speaker"), speaker_kind,  # type: ignore[arg-type]
        _one_of(fields, "statement_kind", STATEMENT_KINDS), _one_of(fields, "act", ACTS),
        {role: Words(fields.word(role), _spans(fields.word(f"{role}_at"))) for role in ROLES if fields.has(role)},
        fields.word("note"), reviewer_of(fields.word("reviewer")), way_back(fields.word("back")),
        _pair(fields.word("one")), _pair(fields.word("other")), _pairs(fields.word("pairs")),
        {name: fields.word(name) for name in filters}, fields.word("seen"),
    )  # fmt: skip
