"""Decisions for hours: long sequences over small ledgers, many over a large one, a page with very many statements."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))
sys.path.insert(0, str(Path(__file__).parents[1] / "decisions"))
from factory import article
from strategies import readings
from test_decisions_properties import any_decisions_leave_any_reading_sound, decisions_leave_a_page_sound, plain
from test_ledger_decisions import play
from varn import ledger_at

from sayso.decisions import Change
from sayso.records import Reading

pytestmark = [pytest.mark.soak, pytest.mark.timeout(3600)]
IDA = {"reviewer": "Ida Maro"}
long = settings(deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])


@settings(long, max_examples=300)
@given(st.data())
def test_long_sequences_follow_from_their_table(data: st.DataObject):
    with tempfile.TemporaryDirectory() as folder:
        play(Path(folder), data, 20)


@settings(long, max_examples=2000)
@given(st.data(), readings())
def test_any_decisions_leave_any_reading_sound(data: st.DataObject, reading: Reading):
    any_decisions_leave_any_reading_sound(data, reading)


@settings(long, max_examples=3000)
@given(st.data(), plain)
def test_decisions_leave_a_page_sound(data: st.DataObject, reading: Reading):
    decisions_leave_a_page_sound(data, reading)


def test_ten_thousand_decisions(tmp_path: Path):
    """What a decision takes grows with those on its page (fifty in the end), not with those of the ledger."""
    pages = [article(n, statements=12) for n in range(200)]
    with ledger_at(tmp_path / "l.db") as ledger:
        for page in pages:
            ledger.add(page)
        took, last = [], time.process_time()
        for n in range(10_000):
            page = pages[n % 200]
            done = ledger.decide("note", [page.statements[n // 200 % 12].id], note="n", **IDA)
            if n % 20 == 19:
                ledger.undo(done.id, **IDA)
            if n % 1000 == 999:
                took.append(time.process_time() - last)
                last = time.process_time()
        print([round(seconds, 1) for seconds in took], "seconds of processor time for each thousand")
        assert took[-1] < 3 * took[0]
        assert ledger.check().faults == ()


def test_a_page_with_very_many_statements(tmp_path: Path):
    page = article(1, statements=2000)
    with ledger_at(tmp_path / "l.db") as ledger:
        ledger.add(page)
        last = time.process_time()
        for n in range(200):
            action = ("reject", "speaker", "kind", "note", "accept")[n % 5]
            change = Change(speaker="Nils Aho", kind="mixed")
            ledger.decide(action, [page.statements[n * 7 % 2000].id], change, note="n", **IDA)
        print(round((time.process_time() - last) / 200, 2), "seconds of processor time for each decision")
        assert ledger.check().faults == ()
