"""How one statement came about: the facts, the sentence for every reason, and nothing that the reading does not hold."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cli_sample import bridge
from cli_screens import plain
from click.testing import Result
from test_cli_commands import lines_of

import sayso
from sayso.cli.render import Screen
from sayso.cli.render_why import why_lines
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.statements.stance import STANCES as ALL
from sayso.tables import load
from sayso.web.explaining import ACTS, KINDS, STANCES, because, explained

Run = Callable[..., Result]
PACKAGE = Path(sayso.__file__).parent
TOLD, HALF, TOLL = "f59d5bb2", "b7138dfa", "34e23f94"
NEVER = {"same-paragraph"}  # a weight, which shows as last-speaker


def strings(node: ast.AST) -> Iterator[str]:
    """The strings that an expression may be: the branches of a condition, not what it asks."""
    if isinstance(node, ast.IfExp):
        yield from (*strings(node.body), *strings(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def reasons() -> set[str]:
    """Every reason that the code gives: third of ``Who(…)``, ``reason=``, ``speaker_reason=``, the names of weights."""
    found: set[str] = set()
    for path in (*(PACKAGE / "speakers").glob("*.py"), *(PACKAGE / "decisions").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                named = [k.value for k in node.keywords if k.arg in ("reason", "speaker_reason")]
                third = node.args[2:3] if getattr(node.func, "id", "") == "Who" else []
                found.update(each for value in (*named, *third) for each in strings(value))
            elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names = {getattr(target, "id", "") for target in targets}
                if names & {"why", "reason"}:
                    found.update(strings(node.value))
                if "WEIGHTS" in names and isinstance(node.value, ast.Dict):
                    found.update(key.value for key in node.value.keys if isinstance(key, ast.Constant))  # type: ignore[misc]
    return found - NEVER - {""}


def test_the_table_has_every_reason_and_no_other():
    table = load("reasons")
    assert reasons() == set(table["given"]) | set(table["open"])


def test_every_stance_kind_and_act_has_words():
    assert tuple(STANCES) == ALL
    assert set(KINDS) == {"direct", "mixed", "indirect"}
    assert set(ACTS) == {"say", "think", "want"}


@pytest.mark.parametrize(("part", "names"), [("given", ("Nadja Orrin",)), ("open", ())])
def test_every_reason_is_a_sentence(part: str, names: tuple[str, ...]):
    for reason in load("reasons")[part]:
        statement = replace(bridge().statements[0], speaker_reason=reason, stance=None)
        sentence = because(statement, names, "the captain", "said").speaker
        assert sentence.endswith(".")
        assert "{" not in sentence


def test_an_unknown_reason_is_shown_as_it_is():
    statement = replace(bridge().statements[0], speaker_reason="hunch", stance="shrug")
    found = because(statement, ("Nadja Orrin",), "she", "")
    assert found.speaker == "The reading gives a reason that this version does not know: hunch."
    assert found.stance == "shrug, as there is no cue"


def test_what_is_told(run: Run):
    (found,) = lines_of(run("why", TOLD, "--json"))
    assert [each["words"] for each in found["content"]] == [
        "“We have paid for it twice,”",
        "“and nobody pays a third time.”",
    ]
    assert [hop["words"] for hop in found["chain"]] == ["Radio Fell"]
    assert (found["speaker"], found["stance"]) == ("Mira Halden", "neutral")
    assert [(each["words"], each["low"], each["counted"]) for each in found["figures"]] == [("twice", 2, "paid for it")]
    text = bridge().document.text
    for each in (*found["content"], *found["source"], *found["cue"], *found["chain"], *found["figures"]):
        assert text[each["start"] : each["end"]] == each["words"]


def test_within_and_holds(run: Run):
    (inner,) = lines_of(run("why", HALF, "--json"))
    (outer,) = lines_of(run("why", inner["within"]["id"], "--json"))
    assert outer["within"] is None
    assert [each["id"] for each in outer["holds"]] == [inner["id"]]
    assert outer["holds"][0]["speaker"] == inner["speaker"] == "Ivo Brandt"


def test_decisions_about_it(run: Run, ledger: Path):
    """What people decided is told, also where the statement has another id now."""
    made = run("decide", "speaker", TOLL, "Ivo Brandt", "--reviewer", "Ada Fenn", "--note", "on tape")
    assert made.exit_code == 0, made.stderr
    (found,) = lines_of(run("why", TOLL, "--json"))
    assert [(row["action"], row["reviewer"]) for row in found["decisions"]] == [("speaker", "Ada Fenn")]
    assert found["because"]["speaker"] == "A person decided who speaks."
    shown = run("why", TOLL).stdout
    assert "speaker: Ivo Brandt, by Ada Fenn on 20" in shown
    assert run("decide", "reject", TOLL, "--reviewer", "Ada Fenn").exit_code == 0
    gone = run("why", TOLL)
    assert gone.exit_code == 2
    assert "is not shown now" in gone.stderr


def test_the_statement_must_be_there():
    with pytest.raises(UsageError, match=r"bridge\.txt has no statement 00"):
        explained(bridge(), "00", ())


@pytest.mark.parametrize("width", [80, 120, None])
def test_golden(width: int | None, ledger: Path, golden: Callable[[str, str], None]):
    with Ledger(ledger) as opened:
        both = [explained(reading, identity, ()) for identity, reading in map(opened.holding, (TOLD, HALF, "441e7ea8"))]
    golden(f"why-{width or 'pipe'}.txt", "".join(plain(why_lines(each, Screen(width))) for each in both))


def test_pages_cannot_command_the_terminal(run: Run):
    (row,) = lines_of(run("statements", "--document", "=hostile", "--json"))
    for result in (run("why", row["id"]), run("why", row["id"], "--json")):
        assert not {c for c in result.stdout if c in "\x1b\x9b\x07\u202e\u2028\r"}
    assert json.loads(result.stdout)["id"] == row["id"]
