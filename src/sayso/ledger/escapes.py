"""Text that SQLite cannot carry, escaped and given back exactly.

SQLite's TEXT is UTF-8: it has no lone surrogates, and many of its functions stop at a NUL. Both are written as U+FDD0
(a noncharacter, which Unicode sets aside for inner use) and one more character: U+2400 for NUL, U+E000 to U+E7FF for
the surrogates U+D800 to U+DFFF, U+FDD0 for itself. Each pair is decoded on its own, so escaped texts may be joined.
"""

from __future__ import annotations

import re

MARK = "\ufdd0"
_ODD = re.compile("[\x00\ud800-\udfff\ufdd0]")
_PAIR = re.compile("\ufdd0([\u2400\ue000-\ue7ff\ufdd0])")
_SHIFT = 0xE000 - 0xD800


def is_odd(text: str) -> bool:
    """Whether the text has characters that must be escaped."""
    if "\0" in text:
        return True
    if text.isascii():
        return False
    if MARK in text:
        return True
    try:
        text.encode("utf-8")  # ten times faster than looking for surrogates
    except UnicodeEncodeError:
        return True
    return False


def _pair(match: re.Match[str]) -> str:
    character = match[0]
    if character == "\0":
        return MARK + "\u2400"
    return MARK + (MARK if character == MARK else chr(ord(character) + _SHIFT))


def _single(match: re.Match[str]) -> str:
    character = match[1]
    if character == "\u2400":
        return "\0"
    return MARK if character == MARK else chr(ord(character) - _SHIFT)


def kept(text: str) -> str:
    """The text as a ledger keeps it."""
    return _ODD.sub(_pair, text) if is_odd(text) else text


def given(stored: str) -> str:
    """The text back from :func:`kept`."""
    return _PAIR.sub(_single, stored) if MARK in stored else stored


def text_of(raw: bytes) -> str:
    """A TEXT value from SQLite; bytes that are no UTF-8 (a damaged file) become U+FFFD, so that checks see them."""
    return given(raw.decode("utf-8", "replace"))
