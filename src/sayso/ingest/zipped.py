"""zip → its files, one after the other in memory. Nothing is ever unpacked to the disk, so a name in it is only a name."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from sayso.errors import InputError
from sayso.ingest.bounds import Bounds
from sayso.ingest.files import too_large
from sayso.ingest.inflate import Budget, bomb
from sayso.ingest.meta import is_hidden, sidecars_of
from sayso.ingest.sniff import formats

_END = b"PK\x05\x06"
_END_SIZE = 22
_LOCATOR = b"PK\x06\x07"
_LOCATOR_SIZE = 20
_ENTRY = b"PK\x01\x02"
_ENTRY_SIZE = 46
_COMMENT = 65_535  # bytes behind the end's own, at most
_LOCKED = 0x1
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_PART = 1 << 20
_WAY_OUT = "Pack it again."
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, struct.error)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a zip: its name, its bytes and those of the metadata file beside it, or why they cannot be had."""

    name: str
    data: bytes = b""
    about: bytes | None = None
    problem: InputError | None = None


class Zip:
    """A zip file, opened. ``members`` are its files, in the order of a folder.

    ``outermost``: it is the file itself, and its bytes add to the budget.
    """

    def __init__(self, stream: BinaryIO, budget: Budget, *, outermost: bool = True) -> None:
        self.budget, bounds = budget, budget.bounds
        size = stream.seek(0, io.SEEK_END)
        budget.taken += size if outermost else 0
        _need_small_list(stream, size, bounds)
        try:
            self._file = zipfile.ZipFile(stream)
        except _FAULTS as error:
            raise InputError("extractor-failed", f"The zip file is damaged: {_said(error)}. {_WAY_OUT}") from None
        found = [info for info in self._file.infolist() if not info.is_dir()]
        _refuse_documents({info.filename for info in found})
        if sum(info.compress_size for info in found) > size:
            raise bomb(bounds)  # its files lie over each other
        self.members = sorted(found, key=lambda info: (info.filename.split("/"), info.header_offset))

    def read(self, member: zipfile.ZipInfo, limit: int) -> bytes:
        """The bytes of a file in it. Raises InputError."""
        if member.flag_bits & _LOCKED:
            raise InputError("encrypted", "It is packed with a password. Pack it without one.")
        if member.compress_type not in _PACKED:
            raise InputError(
                "unknown-format", f"It is packed in a way that is not read (method {member.compress_type}). {_WAY_OUT}"
            )
        parts: list[bytes] = []
        left = limit + 1
        try:
            with self._file.open(member) as stream:
                while left and (part := stream.read(min(_PART, left))):
                    parts.append(part)
                    left -= len(part)
                    self.budget.give(len(part))
        except _FAULTS as error:
            raise InputError("extractor-failed", f"It is damaged: {_said(error)}. {_WAY_OUT}") from None
        if not left:
            raise too_large(limit + 1, limit)
        return b"".join(parts)


def _said(error: Exception) -> str:
    reason = " ".join((str(error) or type(error).__name__).split())[:120].rstrip(".")
    return reason[:1].lower() + reason[1:]


def _need_small_list(stream: BinaryIO, size: int, bounds: Bounds) -> None:
    """Raise InputError where the list of files is too long to be held, before it is (PKWARE APPNOTE 4.3.12 to 4.3.16).

    A locator of zip64 before the end has other numbers than the end's own hold, whatever these are.
    """
    start = stream.seek(max(0, size - _COMMENT - _END_SIZE - _LOCATOR_SIZE))
    tail = stream.read(_COMMENT + _END_SIZE + _LOCATOR_SIZE)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise InputError("extractor-failed", f"The zip file is damaged: its list of files is missing. {_WAY_OUT}")
    length = struct.unpack_from("<I", tail, at + 12)[0]
    if length == 0xFFFFFFFF or tail[max(0, at - _LOCATOR_SIZE) : at].startswith(_LOCATOR):
        raise InputError("too-large", "It is in the form for zip files of more than 4 GB (zip64). Split it.")
    if length > bounds.zip_list_bytes:
        raise too_large(length, bounds.zip_list_bytes)
    stream.seek(max(0, start + at - length))
    _need_few(stream.read(length), bounds)


def _need_few(listed: bytes, bounds: Bounds) -> None:
    """Raise InputError where the list names too many files; what the end says of their number binds nobody."""
    at = count = 0
    while listed.startswith(_ENTRY, at) and at + _ENTRY_SIZE <= len(listed):
        count += 1
        if count > bounds.zip_members:
            raise InputError("too-large", f"It holds more than {bounds.zip_members:,} files. Split it.")
        at += _ENTRY_SIZE + sum(struct.unpack_from("<3H", listed, at + 28))  # its name, its extra field, its comment


def _refuse_documents(names: set[str]) -> None:
    """Raise InputError where the zip is one document and no pack of pages."""
    for marker, (name, way_out) in formats().zipped.items():
        if marker in names:
            raise InputError("unknown-format", f"This is {name}, which is not read; {way_out}.")


def members_of(stream: BinaryIO, budget: Budget, *, outermost: bool = True) -> Iterator[Member]:
    """The files of a zip in the order of a folder, each with the metadata file beside it; those and what is hidden are no files.

    Raises InputError where it is no zip that is read, or a bomb.
    """
    opened, bounds = Zip(stream, budget, outermost=outermost), budget.bounds
    by_name = {info.filename: info for info in opened.members}
    for info in opened.members:
        if is_hidden(info.filename):
            continue
        beside = next((by_name[name] for name in sidecars_of(info.filename, posixpath.split) if name in by_name), None)
        try:
            about = opened.read(beside, bounds.sidecar_bytes) if beside else None
            yield Member(info.filename, opened.read(info, bounds.file_bytes), about)
        except InputError as error:
            if budget.is_spent:
                raise
            yield Member(info.filename, problem=error)
