"""``sayso decide``: what a person says about a reading. It outranks the machine through every reading to come.

``--json`` prints each decision as ``sayso decisions`` does. Schema: ``schemas/decisions.schema.json``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from sayso.cli import options
from sayso.cli.door import Chapter, Explained
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.decisions import Across, Action, Change
    from sayso.ledger import Ledger, StatementRow
    from sayso.records import Act, SpeakerKind, StatementKind

KINDS = ("person", "organisation", "group", "anonymous", "document", "author")
EXAMPLES = (
    "sayso decide accept 34e23f94",
    'sayso decide speaker 34e23f94 "Odo Quill"',
    'sayso decide span 34e23f94 --content "the bridge would end in May"',
    'sayso decide add bridge.txt --content "opened eleven years ago" --cue was',
)


@click.group("decide", cls=Chapter, examples=EXAMPLES, short_help="Accept, reject or mend what was read.")
def command() -> None:
    """Accept, reject or mend what was read. A decision outranks the machine, now and through every later reading.

    STATEMENT is the id of a statement or its first 6 digits or more, as `sayso show --list DOC` prints them. DOC is a
    page, by name or id. Nothing is ever deleted: `sayso undo` takes a decision back, `sayso decisions` lists them all.
    """


@dataclass(frozen=True, slots=True)
class Desk:
    """Where decisions are taken: the ledger, who takes them and why, and how they are told."""

    ledger: str
    reviewer: str
    note: str
    as_json: bool

    def take(
        self,
        action: Action,
        several: Iterable[Sequence[str]],
        change: Callable[[Ledger], Change] | None = None,
        document: str = "",
        told: Callable[[Ledger, str], None] | None = None,
    ) -> None:
        """Take one decision for each of several lists of targets, and tell it; ``told`` gets the statement it led to."""
        from sayso.cli.taken import row_of, tell
        from sayso.decisions import Change

        reviewer = options.by(self.reviewer)
        with options.open_ledger(self.ledger, write=True) as opened:
            for targets in several:
                wish = change(opened) if change else Change()
                decision = opened.decide(action, targets, wish, reviewer=reviewer, note=self.note, document=document)
                row = row_of(opened, decision)
                tell(row, self.ledger, self.as_json)
                if told:
                    told(opened, row.statement)


    def take_across(self, action: Across, one: tuple[str, str], other: tuple[str, str]) -> None:
        """Take one decision about speakers of two pages, each a page and a name, and tell it."""
        from sayso.cli.taken import row_of, tell

        reviewer = options.by(self.reviewer)
        with options.open_ledger(self.ledger, write=True) as opened:
            decision = opened.decide_across(action, one, other, reviewer=reviewer, note=self.note)
            tell(row_of(opened, decision), self.ledger, self.as_json)


def deciding(*, note: bool = True) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """``--reviewer``, ``--note``, ``-l`` and ``--json``, handed to the function as one :class:`Desk`."""

    def decorated(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def packed(*, reviewer: str, ledger: str, as_json: bool, note: str = "", **more: Any) -> None:
            function(Desk(ledger, reviewer, note, as_json), **more)

        made = options.ledger(options.as_json(packed))
        return options.reviewer(options.note(made) if note else made)

    return decorated


one = click.argument("statement")
some = click.argument("statements", nargs=-1, required=True, metavar="STATEMENT...")
page = click.argument("document", metavar="DOC")
KIND = ("--speaker-kind", "--kind", "kind")
"""One name in every command that makes a speaker; the shorter one is older and goes on working."""
new_kind = click.option(*KIND, type=click.Choice(KINDS), metavar="KIND",
                        help=f"What a speaker is who is new on the page: {', '.join(KINDS)}.  [default: person]")  # fmt: skip
content = click.option("--content", multiple=True, metavar="WORDS", help="What was said; once for each fragment.")
source = click.option("--source", multiple=True, metavar="WORDS", help="The words that name who said it.")
cue = click.option("--cue", multiple=True, metavar="WORDS", help="The reporting words.")


@command.command(
    cls=Explained, short_help="Statements are right as they are.",
    examples=("sayso decide accept 34e23f94 f59d5bb2", 'sayso decide accept 34e23f94 --reviewer "Ada Fenn"'),
)  # fmt: skip
@some
@deciding()
def accept(desk: Desk, statements: tuple[str, ...]) -> None:
    """Statements are right as they are: words, source, kind and speaker."""
    desk.take("accept", [[each] for each in statements])


@command.command(
    cls=Explained, short_help="Statements are none.",
    examples=("sayso decide reject 34e23f94", 'sayso decide reject 34e23f94 --note "the title again"'),
)  # fmt: skip
@some
@deciding()
def reject(desk: Desk, statements: tuple[str, ...]) -> None:
    """Statements are none, and are no longer shown; `sayso show --left-out` lists them."""
    desk.take("reject", [[each] for each in statements])


@command.command(
    cls=Explained, short_help="Somebody else speaks, or it is open who does.",
    examples=('sayso decide speaker 34e23f94 "Odo Quill"', "sayso decide speaker 34e23f94 -"),
)  # fmt: skip
@one
@click.argument("name")
@new_kind
@deciding()
def speaker(desk: Desk, statement: str, name: str, kind: SpeakerKind | None) -> None:
    """NAME speaks the statement: a speaker of the page by name or id, or a new one; - leaves it open who speaks."""

    def told(opened: Ledger, now: str) -> None:
        row = _statement(opened, now)
        if kind and row and row.speaker_kind != kind:
            from sayso.cli.render import complain

            complain(f"{row.speaker} is on the page already, as {row.speaker_kind}; --speaker-kind is for new ones")

    desk.take("speaker", [[statement]], lambda _: _change(speaker=name, speaker_kind=kind), told=told)


@command.command(
    cls=Explained, short_help="Content, source or cue are other words.",
    examples=(
        'sayso decide span 34e23f94 --content "the bridge would end in May"',
        'sayso decide span 34e23f94 --source "mayor of Tarn" --no-cue',
    ),
)  # fmt: skip
@one
@content
@source
@cue
@click.option("--no-source", is_flag=True, help="No words name who said it.")
@click.option("--no-cue", is_flag=True, help="There are no reporting words.")
@deciding()
def span(
    desk: Desk,
    statement: str,
    content: tuple[str, ...],
    source: tuple[str, ...],
    cue: tuple[str, ...],
    no_source: bool,
    no_cue: bool,
) -> None:
    """Content, source or cue are other words of the page; what is not given stays as it is.

    WORDS are written as they stand on the page; where they stand there twice, those nearest to the statement are meant.
    """
    for given, none, name in ((source, no_source, "source"), (cue, no_cue, "cue")):
        if given and none:
            raise UsageError(f"--{name} and --no-{name} cannot both be; choose one")
    words = {"content": content, "source": ("",) if no_source else source, "cue": ("",) if no_cue else cue}

    def change(opened: Ledger) -> Change:
        row = _statement(opened, statement)
        return _words(opened, row.document_id, words, part=row.part, near=row.start) if row else _change()

    desk.take("span", [[statement]], change)


@command.command(
    cls=Explained, short_help="A statement is direct, indirect or mixed.",
    examples=("sayso decide kind 34e23f94 mixed", 'sayso decide kind 34e23f94 direct --note "marks lost in print"'),
)  # fmt: skip
@one
@click.argument("kind", type=click.Choice(["direct", "indirect", "mixed"]), metavar="direct|indirect|mixed")
@deciding()
def kind(desk: Desk, statement: str, kind: StatementKind) -> None:
    """The statement is direct (all of it in quotation marks), indirect (nothing) or mixed."""
    desk.take("kind", [[statement]], lambda _: _change(kind=kind))


@command.command(
    cls=Explained, short_help="A statement was not seen.",
    examples=(
        'sayso decide add bridge.txt --content "opened eleven years ago" --cue was',
        'sayso decide add bridge.txt --content "mends the piers" --speaker "Ivo Brandt" --act want',
    ),
)  # fmt: skip
@page
@click.option("--content", multiple=True, required=True, metavar="WORDS",
              help="What was said; once for each fragment.")  # fmt: skip
@source
@cue
@click.option("--speaker", metavar="NAME", help="Who said it, by name or id; without it that is left open.")
@click.option("--speaker-kind", "--kind", "speaker_kind", type=click.Choice(KINDS), metavar="KIND",
              help="What a new speaker is, as in speaker.")  # fmt: skip
@click.option("--act", type=click.Choice(["say", "think", "want"]), default="say", show_default=True, metavar="ACT",
              help="say, think or want.")  # fmt: skip
@deciding()
def add(
    desk: Desk,
    document: str,
    content: tuple[str, ...],
    source: tuple[str, ...],
    cue: tuple[str, ...],
    speaker: str | None,
    speaker_kind: SpeakerKind | None,
    act: Act,
) -> None:
    """A statement stands on DOC that was not seen. WORDS are written as they stand on the page."""
    words = {"content": content, "source": source, "cue": cue}

    def change(opened: Ledger) -> Change:
        return _words(opened, document, words, speaker=speaker, speaker_kind=speaker_kind, act=act)

    desk.take("add", [[]], change, document)


@command.command(
    cls=Explained, short_help="Two speakers of a page are one.",
    examples=(
        'sayso decide merge bridge.txt "ferry guild" "harbour office"',
        'sayso decide merge bridge.txt "Mira Halden" "Ivo Brandt" --note "her maiden name"',
    ),
)  # fmt: skip
@page
@click.argument("speakers", nargs=-1, required=True, metavar="NAME NAME...")
@deciding()
def merge(desk: Desk, document: str, speakers: tuple[str, ...]) -> None:
    """Speakers of DOC are one, who has the name of the first. NAME is a name or an id."""
    desk.take("merge", [speakers], document=document)


@command.command(
    cls=Explained, short_help="Some statements of a speaker are another's.",
    examples=(
        'sayso decide split bridge.txt "Mira Halden" 34e23f94 --name "Mira Halden the elder"',
        'sayso decide split bridge.txt Northwire dd366331 --name "Northwire radio" --speaker-kind organisation',
    ),
)  # fmt: skip
@page
@click.argument("speaker", metavar="NAME")
@some
@click.option("--name", required=True, metavar="NAME", help="What the other speaker is called.")
@click.option(*KIND, type=click.Choice(KINDS), metavar="KIND",
              help="What the other speaker is.  [default: what the first is]")  # fmt: skip
@deciding()
def split(
    desk: Desk, document: str, speaker: str, statements: tuple[str, ...], name: str, kind: SpeakerKind | None
) -> None:
    """The STATEMENTs are not by NAME but by another speaker, who is called as --name says."""
    wish = _change(speaker=name, speaker_kind=kind)
    desk.take("split", [[speaker, *statements]], lambda _: wish, document)


@command.command(
    "same-person", cls=Explained, short_help="Speakers of two pages are one.",
    examples=(
        'sayso decide same-person bridge.txt "Mira Halden" ferry:1 "Ruta Vend"',
        'sayso decide same-person bridge.txt "Ivo Brandt" ferry:1 "Ruta Vend" --note "his pen name"',
    ),
)  # fmt: skip
@page
@click.argument("speaker", metavar="NAME")
@click.argument("other_document", metavar="DOC")
@click.argument("other", metavar="NAME")
@deciding()
def same_person(desk: Desk, document: str, speaker: str, other_document: str, other: str) -> None:
    """The first NAME, of the first DOC, and the second, of the second, are one person or body."""
    desk.take_across("same-person", (document, speaker), (other_document, other))


@command.command(
    "other-person", cls=Explained, short_help="Speakers of two pages are two.",
    examples=(
        'sayso decide other-person bridge.txt "Mira Halden" ferry:1 "Ruta Vend"',
        'sayso decide other-person bridge.txt "Mira Halden" ferry:1 "Ruta Vend" --note "her daughter"',
    ),
)  # fmt: skip
@page
@click.argument("speaker", metavar="NAME")
@click.argument("other_document", metavar="DOC")
@click.argument("other", metavar="NAME")
@deciding()
def other_person(desk: Desk, document: str, speaker: str, other_document: str, other: str) -> None:
    """The second NAME is somebody else than the first; all others who were taken for one stay with the first."""
    desk.take_across("other-person", (document, speaker), (other_document, other))


@command.command(
    cls=Explained, short_help="Put a note beside a statement.",
    examples=('sayso decide note 34e23f94 "compare the council\'s minutes"', 'sayso decide note 34e23f94 "on tape"'),
)  # fmt: skip
@one
@click.argument("words")
@deciding(note=False)
def note(desk: Desk, statement: str, words: str) -> None:
    """Put a note beside a statement, which stays as it is."""
    Desk(desk.ledger, desk.reviewer, words, desk.as_json).take("note", [[statement]])


def _change(**wish: Any) -> Change:
    from sayso.decisions import Change

    return Change(**wish)


def _words(
    opened: Ledger, document: str, words: dict[str, tuple[str, ...]], *, part: str = "text", near: int | None = None,
    **wish: Any,
) -> Change:  # fmt: skip
    """The words as spans of a page."""
    from sayso.decisions import change_of

    return _change(**change_of(opened.reading(document), **words, part=part, near=near), **wish)


def _statement(opened: Ledger, identity: str) -> StatementRow | None:
    """The one statement with that id or beginning of one; None where there is none, or several."""
    from sayso.ledger import StatementFilter

    found = list(opened.statements(StatementFilter(act="", id=identity, limit=2)))
    return found[0] if len(found) == 1 else None
