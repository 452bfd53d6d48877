"""Words by speaker where it is known who is one across pages, and only in what bears a label."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from test_voices_counts import PAGES, WISH

from sayso.ledger.labelling import Bearing
from sayso.pile.voices import places, shelf_of, voices

ONE = {"Nadja Orrin", "Ada Quill"}


def shelf():
    return shelf_of([page.reading for page in PAGES], {page.reading.id: page.carried for page in PAGES})


def test_those_who_are_one_are_one_row():
    """Two names for one person: their counts add up, the other name is a spelling; all others stay as they were."""
    ids = {page.reading.id: {s.id: s.name for s in page.reading.speakers} for page in PAGES}
    joined = voices(shelf(), WISH, person=lambda page, speaker: "one" if ids[page][speaker] in ONE else "")
    plain = voices(shelf(), WISH)
    assert not any(row.spellings for row in plain.speakers)
    wanted: Counter[tuple[str, str]] = Counter()
    for row in plain.speakers:
        wanted[row.word, "one" if row.speaker in ONE else row.speaker] += row.direct + row.indirect + row.denied
    found: Counter[tuple[str, str]] = Counter()
    for row in joined.speakers:
        names = {row.speaker, *row.spellings}
        assert names <= ONE or len(names) == 1
        found[row.word, "one" if row.speaker in ONE else row.speaker] += row.direct + row.indirect + row.denied
    assert found == wanted
    assert any(set(row.spellings) for row in joined.speakers)
    assert joined.rows == plain.rows


def test_only_what_bears_a_label():
    every = list(places(shelf(), WISH))
    said = {(use.document_id, use.statement) for use in every if use.speaker == "Nadja Orrin"}
    outlet = PAGES[0].reading.document.outlet
    by_speaker = replace(WISH, bearing=Bearing("x", frozenset(), frozenset(said)))
    assert list(places(shelf(), by_speaker)) == [use for use in every if (use.document_id, use.statement) in said]
    by_outlet = replace(WISH, bearing=Bearing("x", frozenset({outlet.casefold()}), frozenset()))
    assert list(places(shelf(), by_outlet)) == [use for use in every if use.outlet == outlet]
