"""Containers → items: WARC, zip, gzip and feeds, each within the bounds, in whatever they stand themselves.

A document in a container has its bytes with it. What is damaged in one costs the one document.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from sayso.errors import InputError
from sayso.ingest.bounds import Bounds
from sayso.ingest.extractor import feed_entries
from sayso.ingest.fields import fields_of, over
from sayso.ingest.files import read_bounded, shown
from sayso.ingest.inflate import Budget, Damaged, Inflated, Readable, peeked
from sayso.ingest.item import Inside, Item, failed, place_of
from sayso.ingest.meta import beside_of
from sayso.ingest.records import OPENING
from sayso.ingest.sniff import HEAD_BYTES
from sayso.ingest.warc import Passed, captures_of
from sayso.ingest.zipped import members_of

_GZIP = (".gz", ".gzip")
_UNPACKED = "unpacked"
_LONGEST = 4_000  # characters of an entry's own id


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk over paths: its bounds, whom to tell what was passed over, and how what stands in a container is split.

    ``budget`` is what may come out of the file that it is at.
    """

    bounds: Bounds
    note: Callable[[str], None]
    split: Callable[[bytes, BinaryIO, Item, Walk], Iterator[Item]]
    budget: Budget

    def at_file(self) -> Walk:
        """The walk at another file, with the whole budget."""
        return replace(self, budget=Budget(self.bounds))


def chained(head: bytes, rest: Readable) -> BinaryIO:
    """A stream with bytes before it that were read already."""
    return io.BufferedReader(_Chained(head, rest))


class _Chained(io.RawIOBase):
    """What :func:`chained` reads from."""

    def __init__(self, head: bytes, rest: Readable) -> None:
        super().__init__()
        self.head, self.rest = head, rest

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer, with what was read already first. Raises InputError where what follows is damaged."""
        part = self.head[: len(buffer)] or _read(self.rest, len(buffer))
        self.head = self.head[len(part) :]
        buffer[: len(part)] = part
        return len(part)


def _read(stream: Readable, size: int) -> bytes:
    """Up to so many bytes. Raises InputError where they cannot be unpacked."""
    try:
        return stream.read(size)
    except Damaged as damage:
        raise InputError("extractor-failed", f"It is damaged as gzip: {damage}. Pack it again.") from None


def of_warc(stream: Readable, whole: Item, walk: Walk) -> Iterator[Item]:
    """The pages of a WARC; how many records held none is told."""
    passed = Passed()
    for capture in captures_of(stream, walk.bounds, passed):
        inside = _within(whole, capture.inside)
        item = replace(whole, name=capture.name or f"{whole.name}:{capture.number}", data=capture.data, inside=inside)
        yield failed(item, capture.problem) if capture.problem else item
    if passed.kinds:
        walk.note(f"{place_of(whole)}: {passed}")


def of_gzip(head: bytes, stream: Readable, whole: Item, walk: Walk) -> Iterator[Item]:
    """What is packed with gzip: the records of a WARC, or whatever else it is, as if it were not packed."""
    _need_shallow(whole, walk.bounds)
    end = next((end for end in _GZIP if whole.label.lower().endswith(end)), "")
    label = whole.label.removesuffix(whole.label[-len(end) :]) if end else whole.label
    opened = Inflated(stream, walk.budget, outermost=whole.inside is None)
    if peeked(head).startswith(OPENING):
        yield from of_warc(opened, whole, walk)
        return
    inside = _within(whole, Inside(_UNPACKED, label, alone=whole.inside is None))
    beginning = b""
    while len(beginning) < HEAD_BYTES and (part := _read(opened, HEAD_BYTES)):
        beginning += part
    yield from walk.split(beginning, chained(beginning, opened), replace(whole, data=None, inside=inside), walk)


def of_zip(stream: BinaryIO, whole: Item, walk: Walk) -> Iterator[Item]:
    """The files of a zip, each as if it lay in a folder."""
    _need_shallow(whole, walk.bounds)
    if not stream.seekable():  # it comes out of gzip
        stream = io.BytesIO(read_bounded(stream, walk.bounds.file_bytes))
    for member in members_of(stream, walk.budget, outermost=whole.inside is None):
        name = shown(member.name)
        item = replace(whole, name=f"{whole.name}/{name}", data=member.data, inside=_within(whole, Inside(name, name)))
        try:
            if member.problem:
                raise member.problem
            yield from _of_member(member.data, member.about, item, walk)
        except InputError as error:
            yield failed(item, error)


def _of_member(data: bytes, about: bytes | None, item: Item, walk: Walk) -> Iterator[Item]:
    if about is not None and item.inside is not None:
        beside = beside_of(about, f"{item.inside.label}.meta.json", bounds=walk.bounds)
        item = replace(item, inside=replace(item.inside, beside=beside))
    yield from walk.split(data[:HEAD_BYTES], io.BytesIO(data), item, walk)


def of_feed(data: bytes, whole: Item, walk: Walk) -> Iterator[Item]:
    """The entries of a feed. One that has no address is told from the others by its place."""
    for number, entry in enumerate(feed_entries(data, bounds=walk.bounds), 1):
        said = {name: getattr(entry, name) for name in ("title", "byline", "outlet", "date", "language")}
        said["url"] = entry.url if entry.url.lower().startswith(("http://", "https://")) else ""
        said["feed-id"] = entry.id[:_LONGEST]
        given = fields_of({key: value for key, value in said.items() if value})
        inside = _within(whole, Inside(f"entry {number}", kind="entry", given=given))
        page = entry.page.encode("utf-8", "surrogatepass")
        yield replace(whole, name=f"{whole.name}:{number}", data=page, inside=inside)


def _within(whole: Item, inside: Inside) -> Inside:
    """A place in a container that may stand in another one itself."""
    outer = whole.inside
    if outer is None:
        return inside
    places = [place for place in (outer.place, inside.place) if place != _UNPACKED] or [_UNPACKED]
    return replace(inside, place=", ".join(places), around=over(outer.beside, outer.around), depth=outer.depth + 1)


def _need_shallow(whole: Item, bounds: Bounds) -> None:
    """Raise InputError where containers stand in containers past the bound."""
    depth = whole.inside.depth if whole.inside else 0
    if depth >= bounds.container_depth:
        raise InputError(
            "too-deep",
            f"Archives are packed into each other more than {bounds.container_depth} deep. Unpack the outer ones.",
        )
