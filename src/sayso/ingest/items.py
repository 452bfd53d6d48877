"""Paths → items: folders are walked in order, JSON and JSON Lines are split; nothing is extracted yet.

Everything found becomes an item, what cannot be read included; only hidden files, metadata files and the litter of file
browsers are passed over in silence inside folders.
"""

from __future__ import annotations

import codecs
import io
import itertools
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import BinaryIO

from sayso.errors import InputError
from sayso.ingest.bounds import BOUNDS, Bounds
from sayso.ingest.files import open_regular, read_bounded, shown, too_large
from sayso.ingest.jsonl import elements_of, id_of, is_list, is_object
from sayso.ingest.meta import SIDECAR
from sayso.ingest.sniff import HEAD_BYTES, TEXT_SUFFIXES, is_textual, looks_json
from sayso.ingest.text import bom_of, decode_text
from sayso.records import Unreadable

STANDARD_INPUT = "-"
_LITTER = frozenset({"thumbs.db", "desktop.ini"})
_LINES = (".jsonl", ".ndjson", ".jsonlines")

_Numbered = Iterator[tuple[int, bytes]]


@dataclass(frozen=True, slots=True)
class Item:
    """One document to be.

    ``data`` is None for a file, which is read when it is loaded, and the bytes of one JSON object or of standard input
    otherwise. ``line`` is the line of the file that a JSON object begins on. ``problem`` says why there is nothing to load.
    """

    name: str
    path: str
    data: bytes | None = None
    line: int | None = None
    problem: Unreadable | None = None


def items(paths: Iterable[str], *, stdin: BinaryIO | None = None, bounds: Bounds = BOUNDS) -> Iterator[Item]:
    """Every document under ``paths`` (files, folders, ``-``), in the order given and sorted inside folders.

    Lazy; what cannot be read is an item with its ``problem`` and never raises.
    """
    for path in map(os.fspath, paths):
        if path == STANDARD_INPUT:
            yield from _of_standard_input(stdin or sys.stdin.buffer, bounds)
        elif os.path.isdir(path):
            yield from _of_folder(path, "", bounds, 1)
        else:
            yield from _of_file(path, PurePath(path).name or path, bounds)


def place_of(path: str, line: int | None = None) -> str:
    """How messages name a file, or a line of it."""
    where = "Standard input" if path == STANDARD_INPUT else shown(path)
    return f"{where}, line {line}" if line else where


def problem_of(item: Item, error: InputError) -> Unreadable:
    """What stands in for an item that could not be read."""
    return Unreadable(shown(item.name), error.code, f"{place_of(item.path, item.line)}: {error}", shown(item.path))


def _failed(name: str, path: str, error: InputError, line: int | None = None) -> Item:
    item = Item(shown(name), path, None, line)
    return replace(item, problem=problem_of(item, error))


def _of_folder(folder: str, below: str, bounds: Bounds, depth: int) -> Iterator[Item]:
    """The documents of a folder; ``below`` is its path below the one that was named."""
    try:
        if depth > bounds.folder_depth:
            raise InputError(
                "too-deep", f"Folders are nested more than {bounds.folder_depth} deep. Name this folder itself."
            )
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except InputError as error:
        yield _failed(below or folder, folder, error)
        return
    except OSError as error:
        why = InputError("not-a-file", f"The folder cannot be opened: {error.strerror}. Check who may read it.")
        yield _failed(below or folder, folder, why)
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith(SIDECAR) or entry.name.lower() in _LITTER:
            continue
        name = f"{below}/{entry.name}" if below else entry.name
        if not _is_folder(entry):
            yield from _of_file(entry.path, name, bounds)
        elif entry.is_symlink():
            why = InputError("not-a-file", "This is a link to a folder. Name that folder itself to read it.")
            yield _failed(name, entry.path, why)
        else:
            yield from _of_folder(entry.path, name, bounds, depth + 1)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads round in a circle; opening it says so
        return False


def _of_file(path: str, name: str, bounds: Bounds) -> Iterator[Item]:
    """The one document of a file, or the many of a JSON file."""
    try:
        with open_regular(path) as stream:
            head = stream.read(HEAD_BYTES)
            stream.seek(0)
            yield from _of_head(head, stream, Item(shown(name), path), bounds)
    except InputError as error:
        yield _failed(name, path, error)
    except OSError as error:
        why = InputError("not-a-file", f"It cannot be read: {error.strerror}. Check the disk.")
        yield _failed(name, path, why)


def _of_standard_input(stream: BinaryIO, bounds: Bounds) -> Iterator[Item]:
    """Standard input: JSON Lines as they come, anything else as one document."""
    whole = Item(STANDARD_INPUT, STANDARD_INPUT)
    try:
        head = stream.readline(HEAD_BYTES)
        if _bare(head)[:1] == b"{" and looks_json(_bare(head)):
            yield from _objects(head, stream, whole, bounds)
            return
        data = head + read_bounded(stream, max(bounds.file_bytes, bounds.json_array_bytes))
        yield from _of_head(data[:HEAD_BYTES], io.BytesIO(data), replace(whole, data=data), bounds)
    except InputError as error:
        yield _failed(STANDARD_INPUT, STANDARD_INPUT, error)


def _of_head(head: bytes, stream: BinaryIO, whole: Item, bounds: Bounds) -> Iterator[Item]:
    """Split what begins with ``head``, and is in ``stream`` from its start, if it is JSON; else it is one document."""
    mark = bom_of(head)
    if (
        mark
        and mark[0] != "utf-8"
        and looks_json(head[len(mark[1]) :].decode(mark[0], "ignore").encode("utf-8", "ignore"))
    ):
        head = decode_text(read_bounded(stream, bounds.json_array_bytes)).encode("utf-8", "surrogatepass")
        stream = io.BytesIO(head)
    if _is_lines(whole.path) and is_textual(head):
        yield from _objects(b"", stream, whole, bounds)
    elif not looks_json(_bare(head[:HEAD_BYTES])):
        yield whole
    elif _bare(head)[:1] == b"{":
        yield from _objects(b"", stream, whole, bounds)
    else:
        yield from _elements(read_bounded(stream, bounds.json_array_bytes), whole, bounds)


def _bare(head: bytes) -> bytes:
    """The bytes without byte order mark and white space before them."""
    return head.removeprefix(codecs.BOM_UTF8).lstrip()


def _is_lines(path: str) -> bool:
    return path.lower().endswith(_LINES)


def _objects(head: bytes, stream: BinaryIO, whole: Item, bounds: Bounds) -> Iterator[Item]:
    """JSON Lines, or one object over many lines. ``head`` is the part of the first line that is read already."""
    numbered = _numbered(head, stream, bounds)
    read = _until_filled(numbered, 2)
    filled = [line for _, line in read if line.strip()]
    several = len(filled) > 1 and any(is_object(line) for line in filled)
    lines = itertools.chain(read, numbered)
    if several or _is_lines(whole.path):
        for number, line in lines:
            if line.strip():
                yield _line_item(line, number, whole, bounds)
        return
    data = _joined(lines, bounds)
    named = replace(whole, name=id_of(data) or whole.name)
    yield replace(named, data=data) if whole.path == STANDARD_INPUT else named


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
        return _failed(name, whole.path, too_large(len(line), bounds.json_line_bytes), number)
    data = line.strip()
    return Item(id_of(data) or name, whole.path, data, number)


def _elements(data: bytes, whole: Item, bounds: Bounds) -> Iterator[Item]:
    """The elements of a JSON list, named by their place in it; a fault ends the list where it stands."""
    number = 0
    if whole.path.lower().endswith(TEXT_SUFFIXES) and not is_list(data, bounds):
        yield whole
        return
    try:
        for number, (raw, line) in enumerate(elements_of(data, bounds), 1):
            yield Item(id_of(raw) or f"{whole.name}:{number}", whole.path, raw, line)
    except InputError as error:
        yield _failed(f"{whole.name}:{number + 1}", whole.path, error)
