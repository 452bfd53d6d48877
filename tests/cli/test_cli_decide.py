"""``sayso decide`` and ``undo``: what is decided, how it is told, how it is shown on the page, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from cli_screens import coloured, plain
from click.testing import CliRunner, Result
from conftest import TOLL
from jsonschema import Draft202012Validator
from test_cli_commands import closed, lines_of, schema

from sayso.cli import decide, decisions, main
from sayso.cli.render import Screen
from sayso.cli.render_decisions import decision_lines, taken_lines
from sayso.cli.render_list import list_lines
from sayso.cli.render_reading import reading_lines
from sayso.cli.render_table import Told
from sayso.decisions import ACTIONS
from sayso.ledger import DecisionFilter, DecisionRow, Ledger, StatementFilter, StatementRow
from sayso.web.cast import cast_of

Run = Callable[..., Result]
PIERS = "441e7ea8"
WIRE = "dd366331"
NO_BOATS = "ferry:1"


def statements(ledger: Path, **where: Any) -> list[StatementRow]:
    with Ledger(ledger) as opened:
        return list(opened.statements(StatementFilter(**{"document": "bridge.txt", "act": "", **where})))


def one(ledger: Path, words: str) -> StatementRow | None:
    found = [row for row in statements(ledger) if row.content == words]
    return found[0] if found else None


TOLL_WORDS = "the toll on the bridge would end in May"

# what is typed -> what is told, the words of the statement afterwards, and one thing about it
DECIDED = {
    "accept": (["accept", TOLL], "accepted: the toll on the bridge", TOLL_WORDS, {"speaker": "Mira Halden"}),
    "reject": (["reject", TOLL], "rejected: the toll on the bridge", TOLL_WORDS, None),
    "speaker of the page": (["speaker", TOLL, "ivo brandt"], "speaker is Ivo Brandt: ", TOLL_WORDS,
                            {"speaker": "Ivo Brandt"}),
    "speaker by short id": (["speaker", TOLL, "98379076"], "speaker is Ivo Brandt: ", TOLL_WORDS,
                            {"speaker": "Ivo Brandt"}),
    "new speaker": (["speaker", TOLL, "Dock Union", "--kind", "organisation"], "speaker is Dock Union: ", TOLL_WORDS,
                    {"speaker": "Dock Union", "speaker_kind": "organisation"}),
    "open": (["speaker", TOLL, "-"], "speaker left open: ", TOLL_WORDS, {"speaker": ""}),
    "words": (["span", TOLL, "--content", "the bridge would  end\nin May"],
              "words changed: the toll on the bridge would end in May → the bridge would end in May",
              "the bridge would end in May", {"cue": "said"}),
    "fragments": (["span", TOLL, "--content", "the toll", "--content", "would end"], "words changed: ",
                  "the toll … would end", {}),
    "no cue": (["span", TOLL, "--no-cue"], "source or cue changed: ", TOLL_WORDS, {"cue": "", "source": "Mira Halden"}),
    "source": (["span", TOLL, "--source", "mayor of Tarn"], "source or cue changed: ", TOLL_WORDS,
               {"source": "mayor of Tarn"}),
    "kind": (["kind", TOLL, "mixed"], "kind is mixed: ", TOLL_WORDS, {"kind": "mixed"}),
    "add": (["add", "bridge.txt", "--content", "opened eleven years ago", "--cue", "was", "--speaker", "Odo Quill"],
            "added, speaker Odo Quill: opened", "opened eleven years ago", {"speaker": "Odo Quill", "cue": "was"}),
    "add, open": (["add", "bridge.txt", "--content", "opened eleven years ago", "--act", "want"],
                  "added, speaker left open: ", "opened eleven years ago", {"speaker": "", "act": "want"}),
    "merge": (["merge", "bridge.txt", "ferry guild", "harbour office"], "one speaker: ferry guild = harbour office",
              "that boats would stand idle", {"speaker": "ferry guild", "joint": ()}),
    "split": (["split", "bridge.txt", "Mira Halden", TOLL, "--name", "Mira Halden the elder"],
              "parted: Mira Halden ≠ Mira Halden the elder: the toll", TOLL_WORDS, {"speaker": "Mira Halden the elder"}),
    "note": (["note", TOLL, "compare the minutes"], "noted: the toll", TOLL_WORDS, {"speaker": "Mira Halden"}),
}  # fmt: skip


@pytest.mark.parametrize(("call", "told", "words", "facts"), DECIDED.values(), ids=DECIDED)
def test_decided_and_undone(
    call: list[str], told: str, words: str, facts: dict[str, object] | None, run: Run, ledger: Path
):
    before = statements(ledger)
    result = run("decide", *call, "--reviewer", "Ada Fenn")
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    (line,) = result.stdout.splitlines()
    identity = line.split("  ")[0]
    assert told in line
    assert line.endswith(f"(undo: sayso undo {identity} -l {ledger})")
    row = one(ledger, words)
    if facts is None:
        assert row is None
    else:
        assert row is not None
        assert {name: getattr(row, name) for name in facts} == facts
    assert run("check").exit_code == 0
    undone = run("undo", identity, "--reviewer", "Bo Kell")
    assert undone.exit_code == 0, undone.stderr
    assert f"decision {identity} is undone" in undone.stdout
    assert statements(ledger) == before


# what is typed -> what is said; nothing is decided
REFUSED = {
    "a short id": (["accept", "34e2"], "no statement has the id '34e2'; sayso show --list DOC prints the ids"),
    "no such words": (["span", TOLL, "--content", "the tolls"], "do not stand on the page, letter by letter"),
    "nothing to change": (["span", TOLL], "say which content, source or cue"),
    "both": (["span", TOLL, "--source", "x", "--no-source"], "--source and --no-source cannot both be"),
    "words in many places": (["add", "bridge.txt", "--content", "the"], "times; give more of them"),
    "no such page": (["add", "nope", "--content", "x"], "No document of"),
    "no such kind": (["kind", TOLL, "loud"], "'loud' is not one of"),
    "one to merge": (["merge", "bridge.txt", "Mira Halden"], "wants two speakers"),
    "nobody of that name": (["merge", "bridge.txt", "Mira Halden", "Nobody"], "there speak: Mira Halden (a8fa0986)"),
    "not by that one": (["split", "bridge.txt", "Mira Halden", WIRE, "--name", "X"], "is not by Mira Halden"),
    "an empty name": (["speaker", TOLL, " "], "a speaker needs a name"),
    "an empty note": (["note", TOLL, ""], "a note needs words"),
    "nobody decides": (["accept", TOLL, "--reviewer", " "], "give --reviewer NAME, or set SAYSO_REVIEWER"),
    "no content": (["add", "bridge.txt"], "Missing option '--content'"),
}


@pytest.mark.parametrize(("call", "said"), REFUSED.values(), ids=REFUSED)
def test_refused(call: list[str], said: str, run: Run, ledger: Path):
    result = run("decide", *call)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert run("decisions", "--json").stdout == ""


def test_several_statements_are_several_decisions(run: Run):
    found = lines_of(run("decide", "accept", TOLL, PIERS, WIRE, "--json"))
    assert [row["words"] for row in found] == [
        TOLL_WORDS, "“Who mends the piers?”", "that Captain Ivo Brandt had called the plan “half-baked”",
    ]  # fmt: skip
    assert len({row["id"] for row in found}) == 3
    assert lines_of(run("decisions", "--json")) == found


def test_what_was_decided_before_an_error_stands_and_is_told(run: Run):
    result = run("decide", "accept", TOLL, "nonsense")
    assert result.exit_code == 2
    assert result.stdout.count("accepted") == 1
    assert len(lines_of(run("decisions", "--json"))) == 1


def test_json_is_as_the_schema_says(run: Run):
    validator = Draft202012Validator(closed(schema("decisions")))
    (decision,) = lines_of(run("decide", "speaker", TOLL, "Odo Quill", "--note", "on tape", "--json"))
    validator.validate(decision)
    assert (decision["state"], decision["said"], decision["note"]) == ("stands", "Odo Quill", "on tape")
    (undoing,) = lines_of(run("undo", decision["id"], "--json"))
    validator.validate(undoing)
    assert (undoing["action"], undoing["undoes"], undoing["state"]) == ("undo", decision["id"], "")


def test_undoing_twice_and_undoing_an_undoing(run: Run, ledger: Path, decided: str):
    (undoing,) = lines_of(run("undo", decided[:8], "--json"))
    assert one(ledger, TOLL_WORDS)
    again = run("undo", decided[:8], "--reviewer", "Bo")
    assert again.exit_code == 2
    assert "is undone already" in again.stderr
    assert run("undo", undoing["id"][:8]).exit_code == 0
    assert one(ledger, TOLL_WORDS) is None


@pytest.mark.parametrize(
    ("options", "environment", "who", "why"),
    [
        (["--reviewer", "Bo"], {"SAYSO_REVIEWER": "Ada"}, "Bo", "what is typed comes first"),
        ([], {"SAYSO_REVIEWER": "Ada"}, "Ada", "then the environment"),
        ([], {"LOGNAME": "olla"}, "olla", "then the user's name"),
    ],
)
def test_who_decides(options: list[str], environment: dict[str, str], who: str, why: str, run: Run,
                     monkeypatch: pytest.MonkeyPatch):  # fmt: skip
    monkeypatch.delenv("SAYSO_REVIEWER", raising=False)
    (row,) = lines_of(run("decide", "accept", TOLL, "--json", *options, **environment))
    assert row["reviewer"] == who, why


def test_a_kind_that_has_no_effect_is_told(run: Run):
    result = run("decide", "speaker", TOLL, "Ivo Brandt", "--kind", "group")
    assert result.exit_code == 0
    assert "Ivo Brandt is on the page already, as person; --speaker-kind is for new ones" in result.stderr


def test_words_in_a_headline(run: Run, ledger: Path):
    """The words of a headline's statement are looked for in the headline."""
    (head,) = [row for row in statements(ledger, document=NO_BOATS) if row.part == "headline"]
    assert run("decide", "span", head.id, "--content", "no boats").exit_code == 0
    assert "no boats" in [row.content for row in statements(ledger, document=NO_BOATS)]


def test_words_that_stand_twice_are_those_near_the_statement(run: Run, ledger: Path):
    assert run("decide", "span", PIERS, "--source", "the").exit_code == 0
    row = one(ledger, "“Who mends the piers?”")
    assert row is not None
    assert row.source == "the"


# --- help ---


def subcommands() -> dict[str, click.Command]:
    return dict(decide.command.commands)


def test_help_of_the_group(run: Run):
    shown = run("decide", "--help").stdout
    assert [name for name in subcommands() if f"\n  {name} " not in shown] == []
    assert [*subcommands(), "label", "undo"] == list(ACTIONS), "every kind of decision has a command, in one order"
    assert decisions.ACTIONS == ACTIONS
    assert run("decide", "nonsense").exit_code == 2


EXAMPLES = [(name, example) for name, command in subcommands().items() for example in command.examples]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_examples_work(name: str, example: str, run: Run, ledger: Path):
    words = shlex.split(example)
    assert words[:3] == ["sayso", "decide", name]
    assert example in run("decide", name, "--help").stdout
    result = CliRunner().invoke(main, [*words[1:], "-l", str(ledger)])
    assert result.exit_code == 0, result.stderr


# --- how it looks ---


def rows(ledger: Path, **where: str) -> list[DecisionRow]:
    with Ledger(ledger) as opened:
        return list(opened.decisions(DecisionFilter(**where)))


SAMPLE = [
    DecisionRow(f"{number}" * 32, action, state, reason, words, said, who, f"2031-04-1{number}T09:00:00+00:00", note,
                document, f"{9:032x}", f"{7:032x}" if state == "stands" else "", undoes)
    for number, action, state, reason, words, said, who, note, document, undoes in (
        (1, "accept", "stands", "", TOLL_WORDS, "", "Ada Fenn", "", "bridge.txt", ""),
        (2, "speaker", "lost", "no statement stands at its words now", "“We have paid for it twice,”", "Odo Quill",
         "Ada Fenn", "on tape", "bridge.txt", ""),
        (3, "speaker", "stands", "", "“Who mends the piers?”", "open", "Bo \x1b[2JKell", "", "bridge.txt", ""),
        (4, "span", "undone", f"undone by {'5' * 32}", TOLL_WORDS, "the bridge would end", "Ada Fenn", "", "bridge.txt", ""),
        (5, "undo", "", "", "", "4" * 32, "Bo", "a slip", "bridge.txt", "4" * 32),
        (6, "merge", "stands", "", "ferry guild + harbour office", "ferry guild = harbour office", "Bo", "", "bridge.txt", ""),
        (7, "add", "", "", "", "open", "Bo", "", "", ""),
    )
]  # fmt: skip


@pytest.mark.parametrize("width", [80, 140, None])
def test_golden_decisions(width: int | None, golden: Callable[[str, str], None]):
    golden(f"decisions-{width or 'pipe'}.txt", plain(decision_lines(SAMPLE, Screen(width), Told())))


@pytest.mark.parametrize("width", [80, 140, None])
def test_golden_taken(width: int | None, golden: Callable[[str, str], None]):
    lines = plain(line for row in SAMPLE for line in taken_lines(row, "sayso.db", Screen(width)))
    golden(f"taken-{width or 'pipe'}.txt", lines)


@pytest.mark.parametrize("width", [80, None])
def test_a_page_says_what_was_decided(width: int | None, run: Run, ledger: Path, golden: Callable[[str, str], None]):
    """A star in the text, a line for each decision in the list."""
    with Ledger(ledger, write=True) as opened:
        for number, (action, target, change) in enumerate(
            (("accept", TOLL, {}), ("note", TOLL, {}), ("speaker", PIERS, {"speaker": "Ivo Brandt"})), 1
        ):
            opened.decide(action, [target], change_of(**change), reviewer="Ada Fenn", note="on tape" * (action == "note"),
                          at=f"2031-04-1{number}T09:00:00+00:00")  # type: ignore[arg-type]  # fmt: skip
    with Ledger(ledger) as opened:
        reading = opened.reading("bridge.txt")
        decided = {row.id: row for row in opened.decisions()}
    cast, shown = cast_of(reading), Screen(width)
    lines = [*reading_lines(reading, cast, shown), *list_lines(cast, shown, decided)]
    golden(f"decided-{width or 'pipe'}.txt", plain(lines))
    sent = coloured([*reading_lines(reading, cast, Screen(80, True)), *list_lines(cast, Screen(80, True), decided)])
    assert "[1*]" in sent
    assert "[5*]" in sent
    assert "[1]" in sent, "and there are statements that nobody decided about"


def change_of(**change: str) -> Any:
    from sayso.decisions import Change

    return Change(**change)  # type: ignore[arg-type]


def test_statements_tell_their_decisions(run: Run, ledger: Path):
    (decision,) = lines_of(run("decide", "accept", TOLL, "--json"))
    (row,) = [row for row in lines_of(run("statements", "--json")) if row["content"] == TOLL_WORDS]
    assert row["decided"] == [decision["id"]]
    table = list(csv.DictReader(io.StringIO(run("statements", "--csv").stdout)))
    assert [line["decided"] for line in table if line["content"] == TOLL_WORDS] == [decision["id"]]
    assert sum(bool(line["decided"]) for line in table) == 1


# --- the list ---


def test_decisions_are_chosen(run: Run, ledger: Path):
    run("decide", "accept", TOLL, PIERS, "--reviewer", "Ada Fenn")
    (last,) = lines_of(run("decide", "reject", WIRE, "--reviewer", "Bo Kell", "--json"))
    run("undo", last["id"], "--reviewer", "Ada Fenn")
    for options, count in (
        ([], 4),
        (["--state", "stands"], 2),
        (["--state", "undone"], 1),
        (["--state", "lost"], 0),
        (["--action", "accept"], 2),
        (["--reviewer", "bo"], 1),
        (["--document", "bridge.txt"], 4),
        (["--document", NO_BOATS], 0),
        (["--limit", "1"], 1),
    ):
        assert len(lines_of(run("decisions", "--json", *options))) == count, options
    nothing = run("decisions", "--state", "lost")
    assert (nothing.exit_code, nothing.stderr) == (0, "sayso: no decisions found\n")


def test_a_lost_decision_stands_out(run: Run, ledger: Path, tmp_path: Path):
    """It was about words of a version that a newer one has not."""
    from dataclasses import replace

    from cli_sample import bridge

    from sayso.identity import document_id, text_id

    run("decide", "accept", TOLL)
    page = bridge()
    newer = replace(page.document, text="Mira Halden said nothing of the bridge today.", blocks=())
    with Ledger(ledger, write=True) as opened:
        bare = replace(page, id=document_id(newer), text_id=text_id(newer.text), document=newer, headline=None)
        opened.add(replace(bare, statements=(), speakers=(), figures=(), voices=(), findings=(), dropped=()))
    (row,) = lines_of(run("decisions", "--state", "lost", "--json"))
    assert row["reason"] == "its words do not stand on this page"
    text = plain(decision_lines(rows(ledger), Screen(80), Told()))
    assert "lost: its words do not stand on this page" in text
    assert [line.split()[1] for line in text.splitlines()[1:] if not line.startswith(" ")] == ["stands", "lost"]


def test_an_old_statement_says_where_to_look(run: Run):
    run("decide", "span", TOLL, "--content", "the bridge would end")
    result = run("decide", "accept", TOLL)
    assert result.exit_code == 2
    assert "sayso decisions --document bridge.txt" in result.stderr


def test_json_lines_stand_alone(run: Run):
    for line in run("decide", "accept", TOLL, PIERS, "--json").stdout.splitlines():
        assert json.loads(line)["action"] == "accept"


def test_nothing_that_is_decided_commands_the_terminal(run: Run, ledger: Path):
    """Words, names and notes of the page and of people are shown, and obeyed by nothing."""
    (row,) = statements(ledger, document="=hostile\x1b[1m.txt")
    bad = "\x1b[2J\u202e=1+1"
    calls = (
        ["decide", "speaker", row.id, f"Eve{bad}", "--note", bad],
        ["decide", "note", row.id, bad],
        ["decide", "add", "=hostile\x1b[1m.txt", "--content", "Clear \x1b[2J", "--speaker", bad],
        ["decide", "add", "=hostile\x1b[1m.txt", "--content", bad],
        ["decisions"],
        ["decisions", "--json"],
        ["decisions", "--csv"],
        ["show", "=hostile\x1b[1m.txt"],
        ["show", "--list", "=hostile\x1b[1m.txt"],
        ["show", "--provenance", "=hostile\x1b[1m.txt"],
        ["diff", "=hostile\x1b[1m.txt", "bridge.txt"],
        ["forget", "=hostile\x1b[1m.txt", "--reason", bad, "--yes"],
        ["forget", "--list"],
        ["forget", "--list", "--csv"],
    )
    for call in calls:
        result = run(*call, "--reviewer", f"Bo{bad}") if call[0] == "decide" else run(*call)
        assert result.exit_code == (2 if call[-1] == bad and call[1] == "add" and "--speaker" not in call else 0), call
        assert not set(result.stdout + result.stderr) & set("\x1b\x9b\x07\u202e\u2028\r"), call
