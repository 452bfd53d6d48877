"""The judge of the case tables, and that the tables themselves are sound."""

from __future__ import annotations

import json

import pytest
from made import INNER, OUTER, SAFE, TEXT, TOLL, reading

from eval.cases import CASES, quotations_fault, speakers_fault, statements_fault

ROWS = [
    (path.stem, json.loads(line))
    for path in sorted(CASES.glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]


def test_every_case_has_its_own_id_and_a_reason():
    assert len({row["id"] for _, row in ROWS}) == len(ROWS)
    assert [row["id"] for _, row in ROWS if not row["reason"].strip()] == []


@pytest.mark.parametrize("table", ["quotations", "statements", "speakers"])
def test_the_words_of_a_case_stand_in_its_text(table: str):
    def named(row: dict) -> list[str]:
        if table == "quotations":
            return row["quotations"]
        if table == "speakers":
            return [item["content"] for item in row["speakers"]]
        return [words for s in row["statements"] for words in (*s["content"], s["source"], s["cue"])]

    rows = [row for stem, row in ROWS if stem == table]
    assert rows
    assert [(row["id"], words) for row in rows for words in named(row) if words not in row["text"]] == []


GOLD = [{"content": [s["content"]], "source": s["source"], "cue": s["cue"], "kind": s["kind"]} for s in (SAFE, TOLL)]

# statements read, what the fault says (empty: right), reason
STATEMENTS = [
    ([SAFE, TOLL], "", "all and no other"),
    ([TOLL, SAFE], "", "in any order"),
    ([SAFE], "missed (('that the", "one is missed"),
    ([SAFE, TOLL, OUTER], "read (('Halden had", "one too many"),
    ([{**SAFE, "cue": ""}, TOLL], "missed (('“The", "another cue"),
    ([{**SAFE, "kind": "mixed"}, TOLL], "missed (('“The", "another kind"),
]


@pytest.mark.parametrize(("rows", "says", "reason"), STATEMENTS, ids=[c[2] for c in STATEMENTS])
def test_statements(rows: list, says: str, reason: str):
    fault = statements_fault({"statements": GOLD}, reading(*rows))
    assert fault.startswith(says) and bool(fault) == bool(says), reason  # noqa: PT018


def asked(content: str, speaker: str | None, kind: str | None = "person") -> dict:
    return {"speakers": [{"content": content, "speaker": speaker, "kind": kind}]}


# the case, statements read, whether right, reason
SPEAKERS = [
    (asked("The bridge is safe", "Halden"), [SAFE], True, "the words without their marks"),
    (asked("The bridge is safe", "Orlov"), [SAFE], False, "somebody else"),
    (asked("The bridge is safe", "Halden", "group"), [SAFE], False, "another kind"),
    (asked("The bridge is safe", "Halden"), [], False, "not found"),
    (asked("The bridge is safe", None, None), [{**SAFE, "speaker": None}], True, "left open as it should be"),
    (asked("The bridge is safe", None, None), [SAFE], False, "named where it should be left open"),
    (asked("that ferries may stop", "Halden"), [OUTER, INNER], True, "the innermost statement counts"),
]


@pytest.mark.parametrize(("row", "rows", "right", "reason"), SPEAKERS, ids=[c[3] for c in SPEAKERS])
def test_speakers(row: dict, rows: list, right: bool, reason: str):
    assert (speakers_fault(row, reading(*rows)) == "") is right, reason


def test_quotations():
    page = reading()
    assert quotations_fault({"quotations": ["“The bridge is safe,”", "“toll”"]}, page) == ""
    assert "“toll”" in quotations_fault({"quotations": ["“The bridge is safe,”"]}, page)
    assert TEXT.count("“") == 2
