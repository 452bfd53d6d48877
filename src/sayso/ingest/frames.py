"""Messages between the two processes of ingest: a JSON head and a body of bytes, each preceded by its length.

No pickle: what comes back from a process that has just parsed a hostile page is data and nothing else.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

_LENGTHS = struct.Struct(">II")
_LARGEST = 1 << 27  # bytes; the longest text with every character escaped is 30 MB, the largest file 64 MiB


def write_frame(stream: IO[bytes], head: dict[str, Any], body: bytes = b"") -> None:
    """Write one message and flush it. Lone surrogates in ``head`` pass as escapes."""
    raw = json.dumps(head).encode("ascii")
    for part in (_LENGTHS.pack(len(raw), len(body)), raw, body):
        _write(stream, part)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """One message, or None where the stream ends or holds something that is no message."""
    lengths = _read(stream, _LENGTHS.size)
    if lengths is None:
        return None
    head_size, body_size = _LENGTHS.unpack(lengths)
    if head_size > _LARGEST or body_size > _LARGEST:
        return None
    raw, body = _read(stream, head_size), _read(stream, body_size)
    if raw is None or body is None:
        return None
    head = json.loads(raw)
    return (head, body) if isinstance(head, dict) else None


def _write(stream: IO[bytes], data: bytes) -> None:
    """Write all of ``data``: an unbuffered pipe may take only a part at a time."""
    view = memoryview(data)
    while view:
        view = view[stream.write(view) :]


def _read(stream: IO[bytes], size: int) -> bytes | None:
    parts = []
    while size:
        part = stream.read(min(size, 1 << 20))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
