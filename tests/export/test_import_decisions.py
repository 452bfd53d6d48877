"""Decisions go out of one ledger and into another, and nothing of them is lost."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner
from export_pages import READINGS, ferry, layla, members

from sayso.decisions import ACTIONS, Change
from sayso.errors import UsageError
from sayso.export import Filters, export
from sayso.export.exchange import read
from sayso.export.importing import Came, import_decisions
from sayso.ledger import Ledger
from sayso.ledger.labelling import Bearer, label_rows, put_label, take_label

FERRY, LAYLA = "news/ferry 🚢.txt", "layla.txt"
HOW = {"csv": {"table": "decisions"}, "zip": {}, "w3c": {}}


def filled(path: Path, *, decided: bool = False) -> Path:
    with Ledger(path, write=True) as opened:
        for reading in READINGS:
            opened.add(reading)
        if decided:
            decide_everything(opened)
    return path


def decide_everything(opened: Ledger) -> None:
    """One decision of each kind at least: some rest on others, some are undone, one undoing is undone."""
    said, inner, wish = (s.id for s in ferry().statements)
    arabic, words, open_ = (s.id for s in layla().statements)
    head = layla().headline.statements[0].id  # type: ignore[union-attr]
    second = 0

    def who(reviewer: str = "Ada Fenn 🖊", note: str = "") -> dict[str, str]:
        nonlocal second
        second += 1
        return {"reviewer": reviewer, "note": note, "at": f"2031-05-01T09:00:{second:02}+00:00"}

    text = ferry().document.text
    place = text.index("Ferry"), text.index("Ferry") + len("Ferry 👩‍👩‍👧")
    opened.decide("accept", [said], **who(note="=right, “quite”\nso"))
    opened.decide("kind", [wish], Change(kind="direct"), **who("@Bo"))
    opened.decide("speaker", [open_], Change(speaker="نور 🧭", speaker_kind="group"), **who())
    start = text.index("𝕭𝖗𝖎𝖉𝖌𝖊")
    mended = opened.decide("span", [inner], Change(content=((start, start + 6),), source=()), **who())
    (now,) = [d.statement for d in opened.decisions() if d.id == mended.id]
    opened.decide("note", [now], **who(note="look at the tape"))
    opened.decide("add", [], Change(content=(place,), speaker="guild", act="think"), document=FERRY, **who())
    opened.decide("split", ["Zoë̋ Ardalán", said], Change(speaker="Zoë the elder"), document=FERRY, **who())
    opened.decide("merge", ["guild", "Zoë̋ Ardalán"], document=FERRY, **who())
    rejected = opened.decide("reject", [arabic], **who())
    opened.decide("reject", [head], **who())
    undone = opened.undo(rejected.id, **who("Bo", "it was right"))
    opened.undo(undone.id, **who())
    opened.undo(opened.decide("accept", [words], **who()).id, **who())
    opened.decide_across("same-person", (FERRY, "Zoë the elder"), (LAYLA, "ليلى حدّاد"), **who())
    opened.decide_across("other-person", (LAYLA, "ليلى حدّاد"), (FERRY, "guild"), **who())
    put_label(opened, "قديم ⛴", Bearer(statement=open_), **who(note="=x"))
    put_label(opened, "guild", Bearer(speaker="Zoë the elder", document=FERRY), **who())
    put_label(opened, "guild", Bearer(speaker="ليلى حدّاد"), **who())
    put_label(opened, "⚓ 1", Bearer(outlet=next(r.document.outlet for r in READINGS if r.document.outlet)), **who())
    take_label(opened, "guild", Bearer(speaker="ليلى حدّاد"), **who())


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return filled(tmp_path / "source.db", decided=True)


def taken_away(path: Path, how: str, out: Path) -> Path:
    """The decisions of a ledger in a file."""
    made = io.BytesIO()
    with Ledger(path) as opened:
        export(opened, "w3c" if how == "w3c" else "csv", made, Filters(), **HOW[how])  # type: ignore[arg-type]
    out.write_bytes(made.getvalue())
    return out


def brought(path: Path, file: Path, reviewer: str = "") -> list[Came]:
    with Ledger(path, write=True) as opened:
        return list(import_decisions(opened, read(file), reviewer=reviewer))


def digest(path: Path) -> str:
    with Ledger(path) as opened:
        return opened.digest()


def decisions(path: Path) -> list:
    with Ledger(path) as opened:
        return list(opened.decisions())


def test_every_kind_of_decision_is_tried(source: Path):
    assert {row.action for row in decisions(source)} == set(ACTIONS)


@pytest.mark.parametrize("how", HOW)
def test_nothing_is_lost(how: str, source: Path, tmp_path: Path):
    """A ledger with the same pages gets the very same decisions, ids too, and shows the very same readings."""
    target = filled(tmp_path / "target.db")
    came = brought(target, taken_away(source, how, tmp_path / "out"))
    assert [each.reason for each in came if each.state != "taken"] == []
    assert decisions(target) == decisions(source)
    assert digest(target) == digest(source)
    with Ledger(source) as one, Ledger(target) as other:
        for reading in READINGS:
            assert one.reading(reading.id) == other.reading(reading.id)
        assert other.check().faults == ()


@pytest.mark.parametrize("how", HOW)
def test_twice_is_as_once(how: str, source: Path, tmp_path: Path):
    target = filled(tmp_path / "target.db")
    file = taken_away(source, how, tmp_path / "out")
    brought(target, file)
    once = digest(target)
    assert Counter(each.state for each in brought(target, file)) == {"there": len({d.id for d in decisions(source)})}
    assert digest(target) == once
    assert {each.state for each in brought(source, file)} == {"there"}


@pytest.mark.parametrize("how", HOW)
def test_beside_decisions_of_ones_own(how: str, source: Path, tmp_path: Path):
    """Numbers and ids are others then; what rests on a decision and what undoes one follow."""
    target = filled(tmp_path / "target.db")
    with Ledger(target, write=True) as opened:
        opened.decide("note", [layla().statements[1].id], reviewer="Cy", note="first", at="2031-04-01T00:00:00+00:00")
    brought(target, taken_away(source, how, tmp_path / "out"))
    rows, ours = decisions(source), [row for row in decisions(target) if row.reviewer != "Cy"]

    def said(row) -> tuple:  # type: ignore[no-untyped-def]
        return row.action, row.state, row.words, row.reviewer, row.at, row.note, row.document, row.statement

    assert [said(row) for row in ours] == [said(row) for row in rows]
    ids = {new.id: old.id for new, old in zip(ours, rows, strict=True)}
    assert [ids.get(row.undoes, "") for row in ours] == [row.undoes for row in rows]
    with Ledger(target) as opened:
        assert opened.check().faults == ()


def test_pages_that_are_not_there(source: Path, tmp_path: Path):
    """What is about a page that was not read is refused and listed; all else is taken."""
    target = tmp_path / "target.db"
    with Ledger(target, write=True) as opened:
        opened.add(layla())
    came = brought(target, taken_away(source, "csv", tmp_path / "out"))
    states = Counter(each.state for each in came)
    assert states["refused"] > 0 < states["taken"]
    assert {each.document for each in came if each.state == "taken"} == {LAYLA, ""}
    assert all("not in this ledger" in e.reason or "no document" in e.reason.casefold() or FERRY in e.reason
               for e in came if e.state == "refused")  # fmt: skip


# --- by another hand ---


def table(tmp_path: Path, *rows: dict[str, str]) -> Path:
    out = tmp_path / "rows.csv"
    columns = sorted({key for row in rows for key in row})
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return out


def test_plain_rows(tmp_path: Path):
    target = filled(tmp_path / "target.db")
    said, inner, wish = (s.id for s in ferry().statements)
    came = brought(
        target,
        table(
            tmp_path,
            {"action": "accept", "statement": said[:10], "reviewer": "Ada", "at": "2031-05-01T00:00:00+00:00"},
            {"action": "reject", "document": FERRY, "words": "“stays in port” 🛟", "note": "a title"},
            {"action": "speaker", "statement": inner, "speaker": "guild"},
            {"action": "span", "statement": said, "content": "“the 𝕭𝖗𝖎𝖉𝖌𝖊 is closed,”", "cue": "told"},
            {"action": "kind", "document": LAYLA, "words": "«ننتظر»", "kind": "mixed"},
            {"action": "add", "document": FERRY, "content": "🚢 Ferry … 🛟", "speaker": "guild", "act": "want"},
            {"action": "merge", "document": FERRY, "speaker": "guild | Zoë̋ Ardalán"},
            {"action": "same-person", "document": FERRY, "speaker": "guild", "other_document": LAYLA, "other": "ليلى حدّاد"},
            {"action": "note", "statement": layla().statements[0].id, "note": "=look"},
            {"action": "speaker", "document": LAYLA, "part": "headline", "words": "«الجسر مغلق 🌉»", "speaker": "-"},
            {"action": "label", "document": LAYLA, "words": "«ننتظر»", "label": "waiting"},
            {"action": "label", "speaker": "ليلى حدّاد", "label": "waiting"},
            {"action": "label", "document": FERRY, "speaker": "guild", "label": "trade"},
            {"action": "label", "outlet": "Varn", "label": "local"},
        ),
        "Bo",
    )
    assert [each.reason for each in came] == [""] * 14
    rows = decisions(target)
    assert [row.action for row in rows if row.document == FERRY][:2] == ["accept", "reject"]
    assert {row.reviewer for row in rows} == {"Ada", "Bo"}
    with Ledger(target) as opened:
        page = opened.reading(FERRY)
        assert wish not in {s.id for s in page.statements}
        assert [s.name for s in page.speakers] == ["guild"]
        assert [(row.label, row.target) for row in label_rows(opened)] == [
            ("local", "outlet"), ("trade", "speaker"), ("waiting", "name"), ("waiting", "statement"),
        ]  # fmt: skip
        assert opened.check().faults == ()


REFUSED = [
    ({"action": "praise", "statement": "abcdef"}, "'praise' is no decision"),
    ({"action": "accept"}, "say which statement"),
    ({"action": "accept", "statement": "ffffffff"}, "no statement has the id"),
    ({"action": "reject", "document": LAYLA, "words": "nowhere"}, "do not stand on the page"),
    ({"action": "reject", "document": "nowhere.txt", "words": "x"}, "nowhere.txt"),
    ({"action": "kind", "document": LAYLA, "words": "«ننتظر»", "kind": "loud"}, "a kind is one of"),
    ({"action": "undo", "undoes": "ffffffff"}, "no decision has the id"),
    ({"action": "accept", "number": "x", "what": "{}"}, "not told as decisions are"),
    ({"action": "accept", "number": "1", "what": "{}", "document_id": "a", "reviewer": "b", "at": "c", "note": "", "undoes": "",
      "id": ""}, "not told as decisions are"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "reason"), REFUSED, ids=[reason for _, reason in REFUSED])
def test_a_row_that_cannot_be_is_listed_and_the_next_is_taken(row: dict[str, str], reason: str, tmp_path: Path):
    target = filled(tmp_path / "target.db")
    file = table(tmp_path, row)
    assert [each.state for each in brought(target, file, "Bo")] == ["refused"]
    assert reason in brought(target, file, "Bo")[0].reason
    good = {"action": "note", "statement": layla().statements[0].id, "note": "n"}
    if "what" not in row:
        assert [each.state for each in brought(target, table(tmp_path, row, good), "Bo")] == ["refused", "taken"]


def test_annotations_of_another_program(tmp_path: Path):
    target = filled(tmp_path / "target.db")
    said, inner, _ = (s.id for s in ferry().statements)
    page = f"urn:sayso:document:{layla().id}"
    by = {"creator": {"type": "Person", "name": "Cy Oru"}, "created": "2031-05-02T10:00:00Z"}
    items = [
        {"type": "Annotation", "motivation": "assessing", "target": f"urn:sayso:statement:{said}", **by,
         "body": {"type": "TextualBody", "value": "Approved"}},
        {"type": "Annotation", "motivation": "moderating", **by,
         "target": {"source": page, "selector": [{"type": "TextQuoteSelector", "exact": "«ننتظر»"}]},
         "body": [{"type": "TextualBody", "purpose": "moderating", "value": "reject"},
                  {"type": "TextualBody", "purpose": "commenting", "value": "no quotation"}]},
        {"type": "Annotation", "motivation": "identifying", **by, "target": [{"id": f"urn:sayso:statement:{inner}"}],
         "body": [{"type": "TextualBody", "purpose": "identifying", "value": "guild"}]},
        {"type": "Annotation", "motivation": "highlighting", "target": page},
        {"id": f"urn:sayso:statement:{said}", "type": "Annotation", "motivation": "identifying", "target": page},
    ]  # fmt: skip
    file = tmp_path / "a.jsonld"
    file.write_text(json.dumps({"type": "AnnotationPage", "items": items}), encoding="utf-8")
    came = brought(target, file)
    assert [(each.state, each.action) for each in came] == [
        ("taken", "accept"), ("taken", "reject"), ("taken", "speaker"), ("refused", ""),
    ]  # fmt: skip
    rows = decisions(target)
    assert {row.reviewer for row in rows} == {"Cy Oru"}
    assert [row.note for row in rows] == ["", "no quotation", ""]


HOSTILE = [
    (b"a,b\n1,2\n", "a column"),
    (b"[" * 100_000, "no decisions that can be read"),
    (b"{\"first\": {\"items\": 3}}", "no annotation"),
    (b"PK\x03\x04nonsense", "no decisions that can be read"),
    (b"\xff\xfe\x00", "no decisions that can be read"),
    (b"[1, 2]", "no annotation"),
]


@pytest.mark.parametrize(("raw", "reason"), HOSTILE, ids=range(len(HOSTILE)))
def test_files_that_are_none(raw: bytes, reason: str, tmp_path: Path):
    target, file = filled(tmp_path / "target.db"), tmp_path / "file"
    file.write_bytes(raw)
    with pytest.raises(UsageError, match=reason):
        brought(target, file)


def test_no_file(tmp_path: Path):
    with pytest.raises(UsageError, match="there is no file"):
        brought(filled(tmp_path / "target.db"), tmp_path / "nowhere")


def test_a_zip_that_unpacks_to_too_much(tmp_path: Path):
    file = tmp_path / "bomb.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("decisions.csv", b"action\n" + b"a" * (65 << 20))
    assert file.stat().st_size < 1 << 20
    with pytest.raises(UsageError, match="too long"):
        brought(filled(tmp_path / "target.db"), file)


def test_without_words_no_decision_goes_out(source: Path):
    out = io.BytesIO()
    with Ledger(source) as opened:
        export(opened, "csv", out, Filters(), words=False)
    assert members(out.getvalue())["decisions.csv"].count(b"\n") == 1


def test_the_command(source: Path, tmp_path: Path):
    command = import_module("sayso.cli.import").command
    target, file = filled(tmp_path / "target.db"), taken_away(source, "w3c", tmp_path / "out.jsonld")
    count = len({d.id for d in decisions(source)})
    done = CliRunner().invoke(command, [str(file), "-l", str(target), "--json"], standalone_mode=False)
    assert done.return_value == 0
    assert done.stderr == f"sayso: {count} taken, 0 there already, 0 refused\n"
    assert {json.loads(line)["state"] for line in done.stdout.splitlines()} == {"taken"}
    bad = table(tmp_path, {"action": "praise"})
    done = CliRunner().invoke(command, [str(bad), "-l", str(target)], standalone_mode=False)
    assert done.return_value == 1
    assert done.stderr.startswith("sayso: row 2: 'praise' is no decision")


def test_the_command_reads_a_pipe(source: Path, tmp_path: Path):
    command = import_module("sayso.cli.import").command
    target = filled(tmp_path / "target.db")
    for raw, expected in ((b"", 0), (taken_away(source, "csv", tmp_path / "out").read_bytes(), len({d.id for d in decisions(source)}))):
        done = CliRunner().invoke(command, ["-", "-l", str(target)], input=raw, standalone_mode=False)
        assert done.stderr == f"sayso: {expected} taken, 0 there already, 0 refused\n"
    assert digest(target) == digest(source)


# --- texts that come back ---


def sent(path: Path, form: str, **more: object) -> bytes:
    out = io.BytesIO()
    with Ledger(path) as opened:
        export(opened, form, out, Filters(), **more)  # type: ignore[arg-type]
    return out.getvalue()


def as_annotated(raw: bytes, change=None) -> bytes:  # type: ignore[no-untyped-def]
    """Tasks as Label Studio gives them back once somebody took the predictions over and changed them."""
    tasks = json.loads(raw)
    for task in tasks:
        result = task.pop("predictions")[0]["result"]
        if change is not None:
            result = change(task["data"], result)
        task["annotations"] = [
            {"result": result, "completed_by": {"email": "ada@example.org"}, "created_at": "2031-05-03T08:00:00Z"},
            {"result": [], "was_cancelled": True},
        ]
    return json.dumps(tasks).encode("utf-8")


def came_back(tmp_path: Path, raw: bytes, name: str = "back.json") -> tuple[Path, list[Came]]:
    target, file = filled(tmp_path / "target.db"), tmp_path / name
    file.write_bytes(raw)
    return target, brought(target, file, "Bo")


@pytest.mark.parametrize("words", [True, False], ids=["words", "no words"])
def test_label_studio_as_it_went_out_is_accepted(words: bool, tmp_path: Path):
    one = filled(tmp_path / "one.db")
    target, came = came_back(tmp_path, as_annotated(sent(one, "labelstudio", words=words)))
    assert Counter((each.state, each.action) for each in came) == {("taken", "accept"): 9}
    assert {row.reviewer for row in decisions(target)} == {"ada@example.org"}


def test_label_studio_moved_gone_and_new(tmp_path: Path):
    one, (said, inner, _) = filled(tmp_path / "one.db"), (s.id for s in ferry().statements)

    def change(data: dict, result: list[dict]) -> list[dict]:
        if data["document"] != ferry().id:
            return result
        text = data["text"]
        kept = [each for each in result if each.get("id") not in (inner, f"{said}#1")]
        kept = [each for each in kept if {each.get("from_id"), each.get("to_id")} & {inner, f"{said}#1"} == set()]
        start = text.index("🛟")
        kept.append({"id": "new1", "type": "labels", "value": {"start": start, "end": start + 1, "labels": ["Statement"]}})
        start = text.index("says")
        kept.append({"id": "new2", "type": "labels", "value": {"start": start, "end": start + 4, "labels": ["Cue"]}})
        kept.append({"type": "relation", "from_id": "new1", "to_id": "new2", "labels": ["cue"]})
        return kept

    target, came = came_back(tmp_path, as_annotated(sent(one, "labelstudio"), change))
    assert [each.reason for each in came if each.reason] == []
    assert Counter(each.action for each in came) == {"accept": 7, "reject": 1, "span": 1, "add": 1}
    with Ledger(target) as opened:
        page = opened.reading(ferry().id)
        words = {tuple(page.document.text[a:b] for a, b in s.content): s for s in page.statements}
        assert ("“the 𝕭𝖗𝖎𝖉𝖌𝖊 is closed,”",) in words, "its second fragment was taken away"
        assert inner not in {s.id for s in page.statements}
        assert [page.document.text[a:b] for a, b in words["🛟",].cue] == ["says"]
        assert opened.check().faults == ()


def test_statements_that_did_not_go_out_are_left_alone(tmp_path: Path):
    """Thoughts and wishes are not among those sent; that they are not there rejects nothing."""
    one = filled(tmp_path / "one.db")
    target, came = came_back(tmp_path, as_annotated(sent(one, "labelstudio"), lambda _, result: []))
    assert Counter(each.action for each in came) == {"reject": 9}
    with Ledger(target) as opened:
        assert [s.act for s in opened.reading(ferry().id).statements] == ["want"]


def test_cas_comes_back(tmp_path: Path):
    one = filled(tmp_path / "one.db")
    target, came = came_back(tmp_path, sent(one, "uima"), "back.zip")
    assert Counter((each.state, each.action) for each in came) == {("taken", "accept"): 9}
    assert {row.reviewer for row in decisions(target)} == {"Bo"}


def test_cas_changed_by_another_program(tmp_path: Path):
    cassis = pytest.importorskip("cassis")
    one, (said, inner, _) = filled(tmp_path / "one.db"), (s.id for s in ferry().statements)
    (raw,) = (v for k, v in members(sent(one, "uima")).items() if k.startswith("news-ferry"))
    cas = cassis.load_cas_from_json(raw.decode("utf-8"))
    for each in list(cas.select("sayso.Fragment")):
        if each.statement.identity == inner:
            cas.remove(each)
        elif each.statement.identity == said and each.role == "cue":
            each.end -= 1
    for each in list(cas.select("sayso.Statement")):
        if each.identity == inner:
            cas.remove(each)
    target, came = came_back(tmp_path, cas.to_json().encode("utf-8"))
    assert [each.reason for each in came if each.reason] == []
    assert Counter(each.action for each in came) == {"reject": 1, "span": 1}
    with Ledger(target) as opened:
        page = opened.reading(ferry().id)
        assert inner not in {s.id for s in page.statements}
        assert [page.document.text[a:b] for a, b in page.statements[0].cue] == ["sai"]


def test_another_text_is_refused(tmp_path: Path):
    raw = as_annotated(sent(filled(tmp_path / "one.db"), "labelstudio")).replace(b"she said", b"he! said")
    _, came = came_back(tmp_path, raw)
    assert [each.reason for each in came if each.state == "refused"] == [
        "the text of news/ferry 🚢.txt is another than the one that came back"
    ]
    assert sum(each.state == "taken" for each in came) == 7
