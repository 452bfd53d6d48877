"""Paths → items: folders are walked in order, JSON, JSON Lines and containers are split; no page is extracted yet.

Everything found becomes an item, what cannot be read included; only hidden files, metadata files and the litter of file
browsers are passed over in silence inside folders.
"""

from __future__ import annotations

import codecs
import io
import itertools
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import BinaryIO

from sayso.errors import InputError
from sayso.ingest.bounds import BOUNDS, Bounds
from sayso.ingest.containers import Walk, chained, of_feed, of_gzip, of_warc, of_zip
from sayso.ingest.files import open_regular, read_bounded, shown, too_large
from sayso.ingest.inflate import Budget
from sayso.ingest.item import STANDARD_INPUT, Item, failed
from sayso.ingest.jsonl import elements_of, id_of, is_list, is_object
from sayso.ingest.meta import is_hidden
from sayso.ingest.sniff import HEAD_BYTES, TEXT_SUFFIXES, container_of, is_textual, looks_json
from sayso.ingest.text import bom_of, decode_text

_LINES = (".jsonl", ".ndjson", ".jsonlines")

_Numbered = Iterator[tuple[int, bytes]]


def _unheard(_: str) -> None:
    """Where nobody asks what was passed over."""


def items(
    paths: Iterable[str],
    *,
    stdin: BinaryIO | None = None,
    bounds: Bounds = BOUNDS,
    note: Callable[[str], None] = _unheard,
) -> Iterator[Item]:
    """Every document under ``paths`` (files, folders, ``-``), in the order given and sorted inside folders.

    Lazy; what cannot be read is an item with its ``problem`` and never raises. ``note`` is called with a sentence for each
    container out of which something was passed over.
    """
    walk = Walk(bounds, note, _of_head, Budget(bounds))
    for path in map(os.fspath, paths):
        if path == STANDARD_INPUT:
            yield from _of_standard_input(stdin or sys.stdin.buffer, walk)
        elif os.path.isdir(path):
            yield from _of_folder(path, "", walk, 1)
        else:
            yield from _of_file(path, PurePath(path).name or path, walk)


def _of_folder(folder: str, below: str, walk: Walk, depth: int) -> Iterator[Item]:
    """The documents of a folder; ``below`` is its path below the one that was named."""
    try:
        if depth > walk.bounds.folder_depth:
            raise InputError(
                "too-deep", f"Folders are nested more than {walk.bounds.folder_depth} deep. Name this folder itself."
            )
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except InputError as error:
        yield failed(Item(below or folder, folder), error)
        return
    except OSError as error:
        why = InputError("not-a-file", f"The folder cannot be opened: {error.strerror}. Check who may read it.")
        yield failed(Item(below or folder, folder), why)
        return
    for entry in entries:
        if is_hidden(entry.name):
            continue
        name = f"{below}/{entry.name}" if below else entry.name
        if not _is_folder(entry):
            yield from _of_file(entry.path, name, walk)
        elif entry.is_symlink():
            why = InputError("not-a-file", "This is a link to a folder. Name that folder itself to read it.")
            yield failed(Item(name, entry.path), why)
        else:
            yield from _of_folder(entry.path, name, walk, depth + 1)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads round in a circle; opening it says so
        return False


def _of_file(path: str, name: str, walk: Walk) -> Iterator[Item]:
    """The one document of a file, or the many of a JSON file or a container."""
    whole = Item(shown(name), path)
    try:
        with open_regular(path) as stream:
            head = stream.read(HEAD_BYTES)
            stream.seek(0)
            yield from _of_head(head, stream, whole, walk.at_file())
    except InputError as error:
        yield failed(whole, error)
    except OSError as error:
        yield failed(whole, InputError("not-a-file", f"It cannot be read: {error.strerror}. Check the disk."))


def _of_standard_input(stream: BinaryIO, walk: Walk) -> Iterator[Item]:
    """Standard input: JSON Lines, WARC and gzip as they come, anything else as one document."""
    whole, bounds, walk = Item(STANDARD_INPUT, STANDARD_INPUT), walk.bounds, walk.at_file()
    try:
        head = stream.readline(HEAD_BYTES)
        if _bare(head)[:1] == b"{" and looks_json(_bare(head)):
            yield from _objects(head, stream, whole, bounds)
        elif container_of(head) in {"warc", "gzip"}:
            head += stream.read(HEAD_BYTES)
            yield from _of_head(head, chained(head, stream), whole, walk)
        else:
            data = head + read_bounded(stream, max(bounds.file_bytes, bounds.json_array_bytes))
            yield from _of_head(data[:HEAD_BYTES], io.BytesIO(data), replace(whole, data=data), walk)
    except InputError as error:
        yield failed(whole, error)


def _of_head(head: bytes, stream: BinaryIO, whole: Item, walk: Walk) -> Iterator[Item]:
    """Split what begins with ``head``, and is in ``stream`` from its start, if it holds many; else it is one document."""
    bounds, kind = walk.bounds, container_of(head)
    if kind == "zip":
        yield from of_zip(stream, whole, walk)
    elif kind == "gzip":
        yield from of_gzip(head, stream, whole, walk)
    elif kind == "warc":
        yield from of_warc(stream, whole, walk)
    elif kind == "feed":
        yield from of_feed(read_bounded(stream, bounds.feed_bytes), whole, walk)
    else:
        yield from _of_text(head, stream, whole, bounds)


def _of_text(head: bytes, stream: BinaryIO, whole: Item, bounds: Bounds) -> Iterator[Item]:
    """The objects of JSON, each a document; what is no JSON is one document."""
    mark = bom_of(head)
    if (
        mark
        and mark[0] != "utf-8"
        and looks_json(head[len(mark[1]) :].decode(mark[0], "ignore").encode("utf-8", "ignore"))
    ):
        head = decode_text(read_bounded(stream, bounds.json_array_bytes)).encode("utf-8", "surrogatepass")
        stream = io.BytesIO(head)
    if _is_lines(whole) and is_textual(head):
        yield from _objects(b"", stream, whole, bounds)
    elif not looks_json(_bare(head[:HEAD_BYTES])):
        held = whole.is_file or whole.data is not None
        yield whole if held else replace(whole, data=read_bounded(stream, bounds.file_bytes))
    elif _bare(head)[:1] == b"{":
        yield from _objects(b"", stream, whole, bounds)
    else:
        yield from _elements(read_bounded(stream, bounds.json_array_bytes), whole, bounds)


def _bare(head: bytes) -> bytes:
    """The bytes without byte order mark and white space before them."""
    return head.removeprefix(codecs.BOM_UTF8).lstrip()


def _is_lines(whole: Item) -> bool:
    return whole.label.lower().endswith(_LINES)


def _objects(head: bytes, stream: BinaryIO, whole: Item, bounds: Bounds) -> Iterator[Item]:
    """JSON Lines, or one object over many lines. ``head`` is the part of the first line that is read already."""
    numbered = _numbered(head, stream, bounds)
    read = _until_filled(numbered, 2)
    filled = [line for _, line in read if line.strip()]
    several = len(filled) > 1 and any(is_object(line) for line in filled)
    lines = itertools.chain(read, numbered)
    if several or _is_lines(whole):
        for number, line in lines:
            if line.strip():
                yield _line_item(line, number, whole, bounds)
        return
    data = _joined(lines, bounds)
    named = replace(whole, name=id_of(data) or whole.name)
    yield named if whole.is_file else replace(named, data=data)


def _joined(lines: _Numbered, bounds: Bounds) -> bytes:
    """One object out of its lines. Raises InputError ``too-large``."""
    parts, size = [], 0
    for _, line in lines:
        parts.append(line)
        size += len(line)
        if size > bounds.json_array_bytes:
            raise too_large(size, bounds.json_array_bytes)
    return b"".join(parts)


def _numbered(head: bytes, stream: BinaryIO, bounds: Bounds) -> _Numbered:
    r"""Lines by number; only ``\n`` ends a line. A line past the limit is cut, so that it is longer than the limit still.

    Raises InputError ``too-large`` where too many lines are empty.
    """
    limit, blank = bounds.json_line_bytes, 0
    for number in itertools.count(1):
        line = head if head.endswith(b"\n") else head + stream.readline(limit + 1 - len(head))
        head = b""
        if not line:
            return
        blank += line == b"\n"
        if blank > bounds.json_blank_lines:
            why = (
                f"More than {bounds.json_blank_lines:,} of its lines are empty (up to line {number:,}). Take them out."
            )
            raise InputError("too-large", why)
        rest = line
        while len(line) > limit and rest and not rest.endswith(b"\n"):
            rest = stream.readline(limit)
        yield number, line


def _until_filled(numbered: _Numbered, count: int) -> list[tuple[int, bytes]]:
    """Lines from the iterator, up to the ``count``-th that is not blank."""
    read = []
    for number, line in numbered:
        read.append((number, line))
        count -= bool(line.strip())
        if not count:
            break
    return read


def _line_item(line: bytes, number: int, whole: Item, bounds: Bounds) -> Item:
    """The item of one line of JSON Lines; its bytes are those of the line without the white space around them."""
    name = f"{whole.name}:{number}"
    if len(line) > bounds.json_line_bytes:
        return failed(replace(whole, name=name, data=None, line=number), too_large(len(line), bounds.json_line_bytes))
    data = line.strip()
    return replace(whole, name=id_of(data) or name, data=data, line=number)


def _elements(data: bytes, whole: Item, bounds: Bounds) -> Iterator[Item]:
    """The elements of a JSON list, named by their place in it; a fault ends the list where it stands."""
    number = 0
    if whole.label.lower().endswith(TEXT_SUFFIXES) and not is_list(data, bounds):
        yield whole if whole.is_file else replace(whole, data=data)
        return
    try:
        for number, (raw, line) in enumerate(elements_of(data, bounds), 1):
            yield replace(whole, name=id_of(raw) or f"{whole.name}:{number}", data=raw, line=line)
    except InputError as error:
        yield failed(replace(whole, name=f"{whole.name}:{number + 1}"), error)
