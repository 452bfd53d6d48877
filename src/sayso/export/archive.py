"""Zip archives whose bytes follow from their content alone: fixed times, fixed order, written in one go.

The output need not be seekable. The length of a member is always told behind it, so that a file and a pipe get the same bytes.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import IO, Any, BinaryIO, cast

_THEN = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip can hold."""
_READABLE = 0o644 << 16
_UNIX = 3
_PIECE = 1 << 16


class _OneWay:
    """A binary stream of which only writing is known."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        self._out.write(data)
        return len(data)

    def flush(self) -> None:
        self._out.flush()


class Archive:
    """A zip archive that is being written to a binary stream; to be used in a ``with``."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._zip: zipfile.ZipFile | None = None

    def __enter__(self) -> Archive:
        """Begin."""
        self._zip = zipfile.ZipFile(cast(IO[bytes], _OneWay(self._out)), "w", zipfile.ZIP_DEFLATED)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the list of members; not after an error, so that a half archive does not open."""
        if self._zip is not None and error is None:
            self._zip.close()
        self._zip = None

    @contextmanager
    def member(self, name: str, size: int | None = None, *, packed: bool = True) -> Iterator[IO[bytes]]:
        """A member to write to; ``size`` where it is known, else it may be of any. ``packed`` false stores it as it is."""
        assert self._zip is not None
        info = zipfile.ZipInfo(name, _THEN)
        info.external_attr, info.create_system = _READABLE, _UNIX
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        if size is not None:
            info.file_size = size
        with self._zip.open(info, "w", force_zip64=size is None) as stream:
            yield stream

    def add(self, name: str, content: bytes, *, packed: bool = True) -> None:
        """A whole member."""
        with self.member(name, len(content), packed=packed) as stream:
            stream.write(content)

    def add_json(self, name: str, value: Any) -> None:
        """A member that holds one JSON value, indented."""
        self.add(name, (json.dumps(value, ensure_ascii=True, indent=1) + "\n").encode("ascii"))

    def add_spool(self, name: str, spool: IO[bytes], *, packed: bool = True) -> None:
        """A member from a file that was written before; it is read from its beginning."""
        size = spool.tell()
        spool.seek(0)
        with self.member(name, size, packed=packed) as stream:
            while piece := spool.read(_PIECE):
                stream.write(piece)
