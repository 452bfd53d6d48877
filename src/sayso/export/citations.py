"""Citations of the pages: CSL-JSON for reference managers, BibTeX for papers.

Only facts of the page itself are given: a byline stays one literal name, a date without a year is left out. The note has the
hash of the text that was read, so that another may see whether it is the same page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from sayso.export.origin import Json, Origin
from sayso.export.pages import Page
from sayso.export.writing import encodable, for_xml, write_list

_BY = re.compile(r"(?:by|von|par|por)\s+", re.I)
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_URL = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}


def _one_line(text: str) -> str:
    return " ".join(for_xml(encodable(text)).split())


def _author(page: Page) -> str:
    byline = _one_line(page.reading.document.byline)
    return _BY.sub("", byline, count=1) if _BY.match(byline) else byline


def _note(page: Page, origin: Origin) -> str:
    made = page.reading.made_by
    return (
        f"Read by Sayso {made.sayso}, model {made.model[:12]}; SHA-256 of the text {page.reading.text_id}; ledger {origin.ledger}"
    )


def _parts(page: Page) -> list[int]:
    """Year, month and day as far as they are known."""
    found = _DATE.match(page.published)
    parts = [int(each) for each in found.groups() if each] if found else []
    stamp = page.reading.document.published
    return parts[:1] if stamp and stamp.granularity == "year" else parts


def _csl(pages: Iterable[Page], origin: Origin) -> Iterator[Json]:
    for page in pages:
        d, parts = page.reading.document, _parts(page)
        value: Json = {
            "id": f"sayso-{page.reading.id[:16]}",
            "type": "article-newspaper" if d.outlet else "webpage" if d.url else "document",
            "title": _one_line(d.title) or d.name, "container-title": _one_line(d.outlet),
            "author": [{"literal": _author(page)}] if _author(page) else [],
            "issued": {"date-parts": [parts]} if parts else {}, "URL": d.url, "language": d.language,
            "note": _note(page, origin),
        }  # fmt: skip
        yield {key: each for key, each in value.items() if each}


def write_csl(pages: Iterable[Page], out: BinaryIO, origin: Origin) -> None:
    """A list of CSL-JSON items, one for each page."""
    write_list(out, _csl(pages, origin))
    out.write(b"\n")


def _escaped(text: str) -> str:
    return "".join(_SIGNS.get(c, c) for c in text)


def _entry(page: Page, origin: Origin) -> str:
    d, parts = page.reading.document, _parts(page)
    url = "".join(_URL.get(c, c) for c in _one_line(d.url))
    fields = {
        "title": f"{{{_escaped(_one_line(d.title) or _one_line(d.name))}}}",
        "author": f"{{{_escaped(_author(page))}}}" if _author(page) else "",
        "journal": _escaped(_one_line(d.outlet)),
        "year": str(parts[0]) if parts else "",
        "url": url,
        "language": _escaped(d.language),
        "note": _escaped(_note(page, origin)),
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value]
    if len(parts) > 1 and 1 <= parts[1] <= 12:
        lines.append(f"  month = {_MONTHS[parts[1] - 1]},")
    kind = "article" if d.outlet else "misc"
    return f"@{kind}{{sayso-{page.reading.id[:16]},\n" + "\n".join(lines) + "\n}\n\n"


def write_bibtex(pages: Iterable[Page], out: BinaryIO, origin: Origin) -> None:
    """A BibTeX entry for each page, in UTF-8."""
    out.write(f"% {origin.line()}\n\n".encode())
    for page in pages:
        out.write(encodable(_entry(page, origin)).encode("utf-8"))
