"""Opening files the careful way: regular files only, and never more of one than the bound allows."""

from __future__ import annotations

import os
import stat
from typing import BinaryIO

from sayso.errors import InputError

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
_PART = 1 << 20  # bytes read at a time, so that a small file takes little memory whatever the bound


def shown(path: str) -> str:
    r"""A name that can be printed: bytes of a file name that are not UTF-8 become ``\xe9``, half pairs ``\ud800``."""
    if path.isascii():
        return path
    return "".join(c if not "\ud800" <= c <= "\udfff" else _escaped(ord(c)) for c in path)


def _escaped(code: int) -> str:
    byte = code - 0xDC00  # how Python hands on a byte that is not UTF-8
    return f"\\x{byte:02x}" if 0x80 <= byte <= 0xFF else f"\\u{code:04x}"


def open_regular(path: str) -> BinaryIO:
    """Open a regular file for reading. Raises InputError ``not-a-file``; a FIFO or device is never opened for its content."""
    try:
        found = os.stat(path)
    except (OSError, ValueError) as error:
        raise InputError("not-a-file", f"{_sentence(error)} Check the path.") from None
    _need_regular(found.st_mode)
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        raise InputError("not-a-file", f"{_sentence(error)} Check who may read it.") from None
    stream = os.fdopen(descriptor, "rb")
    try:
        _need_regular(os.fstat(descriptor).st_mode)  # it may have been swapped in between
    except InputError:
        stream.close()
        raise
    return stream


def read_file(path: str, limit: int) -> bytes:
    """The whole file. Raises InputError ``not-a-file`` or ``too-large``."""
    with open_regular(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        if size > limit:
            raise too_large(size, limit)
        return read_bounded(stream, limit)


def read_bounded(stream: BinaryIO, limit: int) -> bytes:
    """All that is left of a stream. Raises InputError ``too-large``."""
    parts, size = [], 0
    try:
        while part := stream.read(min(_PART, limit + 1 - size)):
            parts.append(part)
            size += len(part)
            if size > limit:
                raise too_large(size, limit)
    except OSError as error:
        raise InputError("not-a-file", f"{_sentence(error)} Check the disk.") from None
    return b"".join(parts)


def too_large(size: int, limit: int) -> InputError:
    """The error for something of ``size`` bytes (or more)."""
    return InputError(
        "too-large", f"It has {size:,} bytes or more; the limit is {limit:,}. Split it, or give the text alone."
    )


def too_long(size: int, limit: int) -> InputError:
    """The error for a text of ``size`` characters (or more)."""
    return InputError("too-large", f"Its text has {size:,} characters or more; the limit is {limit:,}. Split it.")


def _need_regular(mode: int) -> None:
    kinds = (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a named pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    kind = next((name for test, name in kinds if test(mode)), "" if stat.S_ISREG(mode) else "no regular file")
    if kind:
        raise InputError("not-a-file", f"This is {kind}. Give a file, or pipe its content into -.")


def _sentence(error: OSError | ValueError) -> str:
    reason = getattr(error, "strerror", None) or str(error)
    return f"It cannot be opened: {reason[:1].lower()}{reason[1:]}."
