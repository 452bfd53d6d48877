"""Label Studio: each text as a task with our marks as predictions, which a reviewer takes over and corrects.

Offsets are code points, as Label Studio stores them since October 2021. The labelling configuration that fits stands in
``docs/export.md``. Fragments of one mark are regions of their own, joined by a relation ``goes on``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import BinaryIO

from sayso.export.origin import Json, Origin, made_json
from sayso.export.pages import Page, Sheet
from sayso.export.standoff import Mark, links, marks
from sayso.export.writing import write_list

_CONTROL, _OBJECT = "label", "text"


def _regions(sheet: Sheet, mark: Mark, words: bool) -> Iterator[Json]:
    for n, (start, end) in enumerate(mark.spans):
        value: Json = {"start": start, "end": end, "labels": [mark.label]}
        if words:
            value["text"] = sheet.text[start:end]
        region: Json = {
            "id": f"{mark.key}#{n}" if n else mark.key, "from_name": _CONTROL, "to_name": _OBJECT, "type": "labels",
            "value": value,
        }  # fmt: skip
        yield region | ({"meta": {"text": [f"{k}: {v}" for k, v in mark.facts]}} if mark.facts and not n else {})


def _relation(one: str, other: str, label: str) -> Json:
    return {"type": "relation", "from_id": one, "to_id": other, "direction": "right", "labels": [label]}


def task(page: Page, sheet: Sheet, origin: Origin) -> Json:
    """One text as a task."""
    d, found = page.reading.document, list(marks(page, sheet))
    result = [region for mark in found for region in _regions(sheet, mark, page.words)]
    for mark in found:
        keys = [f"{mark.key}#{n}" if n else mark.key for n in range(len(mark.spans))]
        result += [_relation(one, other, "goes on") for one, other in pairwise(keys)]
    result += [_relation(link.one, link.other, link.label) for link in links(sheet)]
    made = page.reading.made_by
    data = {
        "text": sheet.text, "document": page.reading.id, "part": sheet.part, "name": d.name, "title": d.title,
        "outlet": d.outlet, "url": d.url, "published": page.published, "text_sha256": page.reading.text_id,
        "statements": " ".join(s.id for s in sheet.statements),
    }  # fmt: skip
    meta = {**origin.json(), "made_by": made_json(page)}
    return {
        "data": data, "meta": meta,
        "predictions": [{"model_version": f"sayso {made.sayso} {made.model[:12]}", "result": result}],
    }  # fmt: skip


def write_labelstudio(pages: Iterable[Page], out: BinaryIO, origin: Origin) -> None:
    """A list of tasks, to be imported as it is."""
    write_list(out, (task(page, sheet, origin) for page in pages for sheet in page.sheets()))
    out.write(b"\n")
