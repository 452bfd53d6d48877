"""What text may hold in files: lone surrogates that UTF-8 cannot carry, controls that XML and spreadsheets refuse."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, BinaryIO

from sayso.contract import dumps

_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOST = "\ufffd"


def encodable(text: str) -> str:
    """Lone surrogates become U+FFFD, one for one, so that offsets stay."""
    return _SURROGATE.sub(_LOST, text) if not text.isascii() else text


def for_xml(text: str) -> str:
    """Characters that XML 1.0 cannot hold become U+FFFD, one for one, so that offsets stay."""
    return _NOT_XML.sub(_LOST, text)


def attribute(text: str) -> str:
    """Text for an XML attribute in double quotes; white space is kept as it is."""
    text = for_xml(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")


def element(text: str) -> str:
    """Text for an XML element; a carriage return, which a parser would take for a line feed, is kept."""
    return for_xml(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def json_bytes(value: dict[str, Any]) -> bytes:
    """One JSON object on one line, in UTF-8."""
    return dumps(value).encode("utf-8")


def write_list(out: BinaryIO, values: Iterable[dict[str, Any]]) -> None:
    """Objects as a JSON list, one a line, written one by one."""
    out.write(b"[")
    for n, value in enumerate(values):
        out.write(b",\n" if n else b"\n")
        out.write(json_bytes(value))
    out.write(b"\n]")
