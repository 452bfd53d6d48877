"""What changed between two sets of readings, told in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made import INNER, OUTER, SAFE, TEXT, TOLL, reading

from eval.diff import compare, render

# statements before, after (None: no such page), counts of (gained, lost, changed), reason
CASES = [
    ([SAFE, TOLL], [SAFE, TOLL], None, "nothing changed"),
    ([SAFE, TOLL], [TOLL, SAFE], None, "the order is no change"),
    ([SAFE], [SAFE, TOLL], (1, 0, 0), "one more"),
    ([SAFE, TOLL], [TOLL], (0, 1, 0), "one less"),
    ([SAFE, SAFE], [SAFE], (0, 1, 0), "one of two alike is gone"),
    ([SAFE], [{**SAFE, "speaker": "Ana Orlov"}], (0, 0, 1), "another speaker"),
    ([SAFE], [{**SAFE, "kind": "mixed"}], (0, 0, 1), "another kind"),
    ([TOLL], [{**TOLL, "via": ()}], (0, 0, 1), "the chain is lost"),
    ([OUTER, INNER], [OUTER, {**INNER, "within": None}], (0, 0, 1), "no longer inside"),
    ([SAFE], [{**SAFE, "content": "The bridge is safe"}], (1, 1, 0), "other words are another statement"),
    (None, [SAFE], (1, 0, 0), "a new page"),
    ([SAFE], None, (0, 1, 0), "a page that is not read any more"),
    ([], None, None, "a page without statements is not missed"),
]


@pytest.mark.parametrize(("old", "new", "counts", "reason"), CASES, ids=[c[3] for c in CASES])
def test_compare(old: list | None, new: list | None, counts: tuple[int, int, int] | None, reason: str):
    before, after = ({} if rows is None else {"page": reading(*rows)} for rows in (old, new))
    found = compare(before, after)
    assert [(len(p.gained), len(p.lost), len(p.changed)) for p in found] == ([counts] if counts else []), reason


def test_offsets_and_ids_are_no_change():
    shifted = reading(SAFE, TOLL, text=f"By our staff\n\n{TEXT}")
    assert compare({"page": reading(SAFE, TOLL)}, {"page": replace(shifted, id="another")}) == []


def test_line_breaks_are_no_change():
    broken = reading({**SAFE, "content": "“The bridge\nis safe,”"}, text=TEXT.replace("bridge is", "bridge\nis", 1))
    assert compare({"page": reading(SAFE)}, {"page": broken}) == []


def test_rendering_shows_each_side():
    old, new = reading(SAFE, TOLL), reading({**SAFE, "speaker": None}, INNER)
    (page,) = compare({"page": old}, {"page": new})
    assert list(render(page)) == [
        "page: 1 gained, 1 lost, 1 changed",
        "  - Ana Orlov | Mayor Ana Orlov | told | that the “toll” will rise",
        "  + Halden | Halden had |  | that ferries may stop",
        "  ~ “The bridge is safe,”",
        "      speaker: Halden → –",
    ]
