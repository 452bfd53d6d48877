"""One document to be: where it stands, and what is said of it there."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from sayso.errors import InputError
from sayso.ingest.fields import Fields
from sayso.ingest.files import shown
from sayso.records import Published, Unreadable

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Inside:
    """What a container (WARC, zip, gzip, feed) says of a document in it.

    ``place`` is how messages name it there ("record 17"), ``label`` the name whose suffix counts, ``kind`` how it is to be taken
    apart where the container knows, ``charset`` the encoding that it was sent with, by its label. ``alone``: it is the one document
    of its file. ``given`` is what the container says about the page, ``beside`` what a metadata file of its own in the container
    says, ``around`` what one for many pages in the container says. ``depth`` is how many containers it stands in.
    """

    place: str
    label: str = ""
    kind: Literal["", "html", "text", "entry"] = ""
    charset: str = ""
    alone: bool = False
    depth: int = 1
    given: Fields = field(default_factory=Fields)
    beside: Fields = field(default_factory=Fields)
    around: Fields = field(default_factory=Fields)


@dataclass(frozen=True, slots=True)
class Item:
    """One document to be.

    ``data`` is None for a file, which is read when it is loaded, and the bytes of one JSON object, of standard input or of a page
    in a container otherwise; ``text`` is set where characters came and no bytes. ``line`` is the line of the file that a JSON
    object begins on. ``problem`` says why there is nothing to load. ``media_type`` is that of the bytes where their keeper says
    it; "" has it told by content. ``beside`` is what is known from where the document lies; None has ``NAME.meta.json`` looked
    for. ``inside`` is set for what stands in a container.
    """

    name: str
    path: str
    data: bytes | None = None
    line: int | None = None
    problem: Unreadable | None = None
    text: str | None = None
    media_type: str = ""
    beside: Fields | None = None
    inside: Inside | None = None

    @property
    def label(self) -> str:
        """The name whose suffix tells what it is."""
        return self.inside.label if self.inside else self.path

    @property
    def is_file(self) -> bool:
        """Whether it is a file as it lies on the disk, which need not be held."""
        return self.inside is None and self.path != STANDARD_INPUT


def place_of(item: Item) -> str:
    """How messages name where an item stands: its file, its place in a container, its line."""
    where = ["Standard input" if item.path == STANDARD_INPUT else shown(item.path)]
    where += [shown(item.inside.place)] if item.inside else []
    where += [f"line {item.line}"] if item.line else []
    return ", ".join(where)


def problem_of(item: Item, error: InputError) -> Unreadable:
    """What stands in for an item that could not be read."""
    return Unreadable(shown(item.name), error.code, f"{place_of(item)}: {error}", shown(item.path))


def failed(item: Item, error: InputError) -> Item:
    """The item as one that could not be read."""
    return replace(item, name=shown(item.name), data=None, problem=problem_of(item, error))


def inside_json(inside: Inside) -> str:
    """A place in a container as one line of JSON; the inverse is :func:`inside_of`."""
    return json.dumps(asdict(inside), sort_keys=True)


def inside_of(text: str) -> Inside:
    """A place in a container out of :func:`inside_json`."""
    value = json.loads(text)
    return Inside(**{**value, **{name: _fields(value[name]) for name in ("given", "beside", "around")}})


def _fields(value: dict[str, Any]) -> Fields:
    stamp = value["published"]
    if stamp:
        stamp = Published(**{**stamp, "span": stamp["span"] and tuple(stamp["span"])})
    return Fields(**{**value, "published": stamp, "extra": tuple((key, text) for key, text in value["extra"])})
