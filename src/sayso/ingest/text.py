"""Bytes → characters, never mangled: what cannot be decoded with good reason is an error and not a guess.

Order: byte order mark, UTF-16 told by its zero bytes, UTF-8 (strict), then the legacy encodings. Line breaks, odd white
space and lone surrogates stay as they are; only a byte order mark is dropped, which is no part of the text.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from charset_normalizer import from_bytes

from sayso.errors import InputError
from sayso.tables import parse

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with theirs
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b")
_CONTROL_SHARE = 0.05  # of all bytes; text has none or a stray one, packed numbers and pictures have 10 % and more
_WIDE_SHARE = 0.4  # of the bytes at one parity; western text in UTF-16 has 95 % and more, packed numbers are mixed
_SAMPLE = 65_536  # bytes shown to the detector; its verdict does not change past some thousands
_ACCENTS = 0.03  # of all letters; English with foreign names stays under 1 %, Polish or Czech have 10 % and more
_ODD = 0.1  # of the characters past ASCII that stand where no writer puts them; right encodings have next to none
_COHERENCE = 0.1  # the detector's trust in a language; ten lines of any have 0.16 and more (measured), one word has 0
_LATIN = 0.4  # of all letters past ASCII: Windows-1252 has no language with so many, another alphabet has nearly all
_MULTIBYTE = frozenset({"gb18030", "big5", "cp932", "euc_jp", "cp949"})  # no language measure; hard to be by chance
_REPLACED = 0.01  # of a page's characters; more than a stray broken byte is another encoding

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.I)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([A-Za-z0-9_.-]{1,40})", re.I)
_TYPOGRAPHIC = frozenset("‘’‚“”„–—…•†‡‰‹›«»€£§©®™°·¿¡¢¥½¼¾×÷\u00a0\u00ad")
_WAY_OUT = "Save it as UTF-8 and read it again."


@dataclass(frozen=True, slots=True)
class Encodings:
    """The table of ``encodings.toml``."""

    labels: dict[str, str]
    legacy: tuple[str, ...]


@cache
def encodings() -> Encodings:
    """Load and check the table. Raises LookupError where it names a codec that Python has not."""
    raw = parse("encodings", resources.files("sayso.ingest").joinpath("encodings.toml").read_bytes())
    table = Encodings(dict(raw["label"]), tuple(raw["legacy"]["codecs"]))
    for codec in (*table.labels.values(), *table.legacy):
        codecs.lookup(codec)
    return table


def bom_of(data: bytes) -> tuple[str, bytes] | None:
    """Encoding and bytes of the byte order mark that ``data`` begins with."""
    return next(((encoding, mark) for mark, encoding in _BOMS if data.startswith(mark)), None)


def wide_encoding(data: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` where the zero bytes stand at one parity only; None otherwise."""
    sample = data[: _SAMPLE // 16 * 2]
    half = len(sample) // 2
    if not half or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd >= _WIDE_SHARE and even < _WIDE_SHARE / 10:
        return "utf-16-le"
    return "utf-16-be" if even >= _WIDE_SHARE and odd < _WIDE_SHARE / 10 else None


def has_controls(data: bytes) -> bool:
    """Whether ``data`` holds a control character that text does not have."""
    return len(data.translate(None, _CONTROLS)) != len(data)


def decode_text(data: bytes) -> str:
    """All characters of a plain text. Raises InputError ``bad-encoding`` or ``unknown-format`` (no text at all)."""
    if mark := bom_of(data):
        return _strictly(data[len(mark[1]) :], mark[0], len(mark[1]))
    wide = wide_encoding(data)
    text = _attempt(data, wide) if wide else None
    if text is not None:
        return text
    _refuse_binary(data)
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        return _decode_other(data, error)


def decode_page(data: bytes) -> str:
    """All characters of a page of HTML, as a browser shows them: a stray broken byte becomes U+FFFD.

    Valid UTF-8 is believed over what the page declares, the declaration over the detector. Raises InputError ``bad-encoding``.
    """
    if mark := bom_of(data):
        return _leniently(data[len(mark[1]) :], mark[0])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = declared_encoding(data)
    if declared and declared != "utf-8":
        return _leniently(data, declared)
    if _is_damaged_utf8(data):
        return _leniently(data, "utf-8")
    return decode_text(data)


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page says it is in; None where it says none, or one that is not known."""
    found = _XML_ENCODING.search(data[:512]) or _CHARSET.search(data[:8192])
    return encodings().labels.get(found[1].decode("ascii").lower()) if found else None


def _strictly(data: bytes, encoding: str, skipped: int = 0) -> str:
    try:
        return data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError as error:
        raise InputError(
            "bad-encoding",
            f"Its byte order mark says {encoding.upper()}, but byte {error.start + skipped + 1} is not that. {_WAY_OUT}",
        ) from None


def _leniently(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    if broken > 3 and broken > _REPLACED * len(text):
        raise InputError(
            "bad-encoding",
            f"{broken:,} characters of the page are not {encoding.upper()}, which it says it is in. {_WAY_OUT}",
        )
    return text


def _decode_other(data: bytes, error: UnicodeDecodeError) -> str:
    """A text that is not UTF-8, which broke at ``error``."""
    if _is_damaged_utf8(data):
        raise InputError("bad-encoding", f"It is UTF-8, but byte {error.start + 1} is broken. {_WAY_OUT}")
    text = _legacy(data)
    if text is None:
        raise InputError(
            "bad-encoding",
            f"It is not UTF-8 (byte {error.start + 1}), and no other encoding gives sound text. {_WAY_OUT}",
        )
    return text


def _refuse_binary(data: bytes) -> None:
    """Raise InputError where the bytes cannot be text: too many control characters."""
    kept = len(data.translate(None, _CONTROLS))
    if len(data) - kept > _CONTROL_SHARE * len(data):
        place = next(i for i, byte in enumerate(data) if byte in _CONTROLS)
        raise InputError(
            "unknown-format",
            f"This is a binary file of no known format (byte {place + 1} is a control character). "
            "Give plain text, HTML, PDF, JSON or JSON Lines.",
        )


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most of what is past ASCII is sound UTF-8, so that the rest is damage and no other encoding."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", text)))
    return sound > broken


def _legacy(data: bytes) -> str | None:
    """The text in the one legacy encoding that is plausible: Windows-1252 where accents are few, else the detector's choice."""
    for codec in ("cp1252", "mac_roman"):
        text = _attempt(data, codec)
        if text is not None and _accents(text) < _ACCENTS and _odd(text) <= _ODD:
            return text
    western = _attempt(data, "cp1252")
    if western is not None and (_odd(western) > _ODD or _accents(western) > _LATIN):
        western = None
    best = from_bytes(data[:_SAMPLE], cp_isolation=list(encodings().legacy), enable_fallback=False).best()
    if best is None or (best.encoding not in _MULTIBYTE and best.coherence < _COHERENCE):
        return western
    text = _attempt(data, best.encoding)
    return text if text is not None and _odd(text) <= _ODD else western


def _attempt(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec, "surrogatepass")
    except UnicodeDecodeError:
        return None


def _accents(text: str) -> float:
    """Share of letters past ASCII among all letters."""
    letters = sum(map(len, re.findall(r"[A-Za-z]+", text)))
    accented = sum(c.isalpha() for run in re.findall(r"[^\x00-\x7f]+", text) for c in run)
    return accented / (letters + accented) if letters + accented else 0.0


def _odd(text: str) -> float:
    """Share of the characters past ASCII that stand where no writer puts them.

    A letter is at home beside letters or alone, but no capital between small letters; punctuation is at home if printers use it;
    all else (control characters, ``³`` inside a word) is odd.
    """
    odd = total = 0
    for match in re.finditer(r"[^\x00-\x7f]", text):
        at, c = match.start(), match[0]
        total += 1
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if c.isalpha():
            odd += c.isupper() and before.islower()
        elif c in _TYPOGRAPHIC:
            odd += c in "¢¥½¼¾×÷¿¡" and before.isalpha() and after.isalpha()
        elif c < "\u3000":
            odd += 1
    return odd / total if total else 0.0
