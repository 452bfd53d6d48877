"""REFI-QDA (.qdpx): a project for MAXQDA, NVivo, ATLAS.ti, QualCoder and their like (REFI-QDA Project, 18 March 2019).

Each text is a plain-text source. Codes are kinds of statements, speakers by name, source, cue, carriers, figures by event;
each fragment is a selection. Positions are code points. Line ends stand in the sources as they stand in the texts.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, BinaryIO

from sayso.export.archive import Archive
from sayso.export.origin import Makers, Origin
from sayso.export.pages import Page, Sheet
from sayso.export.standoff import Mark, marks
from sayso.export.writing import attribute, element, encodable
from sayso.identity import text_id

_ROOTS = ("Statement", "Spoken by", "Source", "Cue", "Carried by", "Speaker named", "Figure")
_UNDER = {"Source": "Source", "Cue": "Cue", "Hop": "Carried by", "Speaker": "Speaker named", "Figure": "Figure"}
Path = tuple[str, ...]


def guid(*parts: str) -> str:
    """A GUID that follows from what it names."""
    digest = text_id("\n".join(parts))
    return "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32]))


def _codes(mark: Mark) -> list[Path]:
    """The codes of a mark, each a root and what is below it."""
    facts = dict(mark.facts)
    if mark.label == "Statement":
        speaker = facts.get("speaker")
        return [("Statement", facts["kind"]), *([("Spoken by", speaker)] if speaker else [])]
    root = _UNDER[mark.label]
    below = facts.get("event" if mark.label == "Figure" else "name", "")
    return [(root, below)] if below and root in ("Figure", "Carried by") else [(root,)]


class _Project:
    """What is collected while sources are written: the codes that they use."""

    def __init__(self, spool: IO[bytes]) -> None:
        self.spool = spool
        self.used: set[Path] = set()

    def source(self, page: Page, sheet: Sheet) -> str:
        """Write the selections of a sheet; the name of its text file."""
        own = guid("source", page.reading.id, sheet.part)
        d = page.reading.document
        name = d.name + ("" if sheet.part == "text" else " (headline)")
        about = "; ".join(each for each in (d.title, d.outlet, page.published, d.url, f"text sha256 {page.reading.text_id}") if each)
        self._put(f'<TextSource guid="{own}" name="{attribute(name)}" plainTextPath="internal://{own}.txt">')
        self._put(f"<Description>{element(about)}</Description>")
        for mark in marks(page, sheet):
            for n, (start, end) in enumerate(mark.spans):
                self._put("".join(self._selection(page, sheet, mark, n, (start, end))))
        self._put("</TextSource>")
        return f"sources/{own}.txt"

    def _selection(self, page: Page, sheet: Sheet, mark: Mark, n: int, span: tuple[int, int]) -> Iterator[str]:
        key = (page.reading.id, sheet.part, mark.key, str(n))
        words = sheet.text[slice(*span)][:60] if page.words else mark.label
        yield f'<PlainTextSelection guid="{guid("selection", *key)}" name="{attribute(words)}"'
        yield f' startPosition="{span[0]}" endPosition="{span[1]}">'
        if mark.facts and not n:
            yield f"<Description>{element('; '.join(f'{k}: {v}' for k, v in mark.facts))}</Description>"
        for path in _codes(mark):
            self.used.add(path)
            coding, code = guid("coding", *key, *path), guid("code", *path)
            yield f'<Coding guid="{coding}"><CodeRef targetGUID="{code}"/></Coding>'
        yield "</PlainTextSelection>"

    def _put(self, line: str) -> None:
        self.spool.write(f"{line}\n".encode())

    def codebook(self) -> Iterator[str]:
        """The codes that were used, under their roots."""
        yield "<CodeBook><Codes>\n"
        for root in _ROOTS:
            below = sorted(path[1] for path in self.used if path[0] == root and len(path) > 1)
            yield f'<Code guid="{guid("code", root)}" name="{root}" isCodable="true">'
            for name in below:
                yield f'<Code guid="{guid("code", root, name)}" name="{attribute(name)}" isCodable="true"/>'
            yield "</Code>\n"
        yield "</Codes></CodeBook>\n"


def write_qdpx(pages: Iterable[Page], out: BinaryIO, origin: Origin) -> None:
    """A project as a zip with ``project.qde`` and ``sources/``. Its XML waits in a temporary file, not in memory."""
    makers, any_source = Makers(), False
    with tempfile.TemporaryFile() as spool, Archive(out) as archive:
        project = _Project(spool)
        for page in pages:
            makers.note(page)
            for sheet in page.sheets():
                any_source = True
                archive.add(project.source(page, sheet), encodable(sheet.text).encode("utf-8"))
        models = ", ".join(sorted({made["model"] for made in makers.json()}))
        about = f"{origin.line()}; models {models}"
        with archive.member("project.qde") as stream:
            head = (
                '<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" name="Sayso"'
                f' origin="Sayso {origin.sayso}">\n'
            )
            stream.write((head + "".join(project.codebook())).encode("utf-8"))
            stream.write(b"<Sources>\n" if any_source else b"")
            spool.seek(0)
            while piece := spool.read(1 << 16):
                stream.write(piece)
            stream.write(b"</Sources>\n" if any_source else b"")
            stream.write(f"<Description>{element(about)}</Description>\n</Project>\n".encode())
