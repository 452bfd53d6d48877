"""Charts say what their tables say: every segment and stretch is a cell of the table, in order, to scale, inside the drawing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_paths import data
from web_visitor import Seen, Visitor

from sayso.pile.incidents.answers import CountRow, OriginatorRow
from sayso.pile.voices import CELLS, Cell, Row
from sayso.web.bars import MOST, SPOKEN, bars_of, ranges_of

COUNTS = st.fixed_dictionaries({cell: st.integers(0, 10**6) for cell in CELLS})
NUMBERS = st.floats(0, 1e9, allow_nan=False)


@given(st.lists(COUNTS, max_size=40))
def test_bars_are_the_cells_of_the_table(rows: list[dict[str, int]]):
    table = [
        Row(
            "word",
            f"Outlet {n} of Varn and all its towns",
            1,
            sum(row.values()),
            (),
            {c: Cell(row[c]) for c in CELLS},
            (),
        )
        for n, row in enumerate(rows)
    ]
    told = [row for row in table if any(row.cells[cell].count for cell in ("own", *SPOKEN))]
    chart = bars_of(table)
    assert (chart is None) == (not told)
    if chart is None:
        return
    assert chart.more == max(0, len(told) - MOST)
    for row, bar in zip(told, chart.bars, strict=False):
        assert {s.cell: s.count for s in bar.segments} == {
            cell: row.cells[cell].count for cell in ("own", *SPOKEN) if row.cells[cell].count
        }
        assert all(s.x >= 0 and s.x + s.width <= chart.width for s in bar.segments)
        assert all((s.x < chart.middle) == (s.cell == "own") or s.width < 0.1 for s in bar.segments)
        assert bar.y + chart.bar <= chart.height
    widths = sorted((s.count, s.width) for bar in chart.bars for s in bar.segments)
    assert [width for _, width in widths] == sorted(width for _, width in widths)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=30))
def test_stretches_are_what_originators_tell(told: list[tuple[float, float]]):
    by = tuple(
        OriginatorRow(f"Body {n}", "body", min(pair), max(pair), min(pair), max(pair), "some", "2031-04-09", "text", 1)
        for n, pair in enumerate(told)
    )
    least, most = min((b.least for b in by), default=0.0), max((b.most for b in by), default=0.0)
    chart = ranges_of(CountRow("killed", (), least, most, least, most, len(by), by))
    numbers = {value for each in by for value in (each.least, each.most)}
    assert (chart is None) == (len(by) < 2 or len(numbers) < 2)
    if chart is None:
        return
    assert [s.row for s in chart.stretches] == list(by[:MOST])
    assert all(chart.left <= s.start <= s.end <= chart.right + 0.1 for s in chart.stretches)
    assert len({tick.label for tick in chart.ticks}) == len(chart.ticks) <= 12
    assert all(tick.at <= chart.right + 0.1 for tick in chart.ticks)


@pytest.mark.parametrize("path", ["/voices?q=wreckers", "/incident", "/series"])
def test_a_chart_has_words_and_a_table(demo: Visitor, path: str):
    if path in ("/incident", "/series"):
        name = path.strip("/").replace("incident", "incidents")
        rows = data(demo, f"/{name}")[name]
        path = next(f"{path}/{row['id']}" for row in rows if "<svg" in demo.ask(f"{path}/{row['id']}").text)
    text = demo.ask(path).text
    seen = Seen(text)
    tags = [tag for tag, _ in seen.elements]
    assert tags.count("table") >= 1
    assert "desc" in tags
    assert "title" in tags[tags.index("svg") :]
    named = {value for tag, held in seen.elements if tag == "svg" for value in held.get("aria-labelledby", "").split()}
    ids = {held.get("id") for _, held in seen.elements}
    assert named
    assert named <= ids


def test_every_cell_of_voices_leads_to_its_places(demo: Visitor):
    page = data(demo, "/voices?q=wreckers")
    for bar in page["chart"]["bars"]:
        for segment in bar["segments"]:
            found = data(demo, f"/voices?q=wreckers&outlet={bar['outlet'].replace(' ', '+')}&voice={segment['cell']}")
            kept = [place for place in found["places"] if not place["denied"]]
            assert len(kept) == segment["count"], (bar["outlet"], segment["cell"])
