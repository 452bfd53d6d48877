"""What a decision is worth when the page is read again, or comes in again changed.

Each row: what happened, what a careful user wants of it, the decision, the page as it comes in next, what must then be
shown of it, and what is said of the decision. Every row is also undone, and the undoing undone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from varn import (
    ALL,
    LAYOUT,
    NEWER,
    NEWEST,
    TEXT,
    A,
    B,
    C,
    D,
    E,
    F,
    Said,
    file,
    ledger_at,
    line,
    read,
    shown,
)

from sayso.decisions import Change, Decision, change_of
from sayso.ledger import DecisionFilter, Ledger
from sayso.ledger.rows import DecisionRow
from sayso.records import Reading

Take = Callable[[Ledger, Reading], Decision]


def words_of(reading: Reading, content: tuple[tuple[int, int], ...]) -> str:
    return " … ".join(" ".join(reading.document.text[a:b].split()) for a, b in content)


def the(reading: Reading, said: Said) -> str:
    """The id of the statement with these words."""
    wanted = said.content if isinstance(said.content, str) else " … ".join(said.content)
    found = [s for s in reading.statements if words_of(reading, s.content) == " ".join(wanted.split())]
    return found[said.at].id


def do(action: str, *on: Said, note: str = "", speaker: str | None = None, kind: Any = None, speakers: tuple[str, ...] = (),
       content: str = "", source: str = "", cue: str = "") -> Take:  # fmt: skip
    """A decision by its words."""

    def take(ledger: Ledger, reading: Reading) -> Decision:
        now = ledger.reading(reading.id)
        spans = change_of(now, **{k: (v,) for k, v in (("content", content), ("source", source), ("cue", cue)) if v})
        change = Change(speaker=speaker, kind=kind, **spans)
        targets = (*speakers, *(the(now, s) for s in on))
        return ledger.decide(
            action, targets, change, reviewer="Ida Maro", note=note, document="" if on and not speakers else reading.id
        )  # type: ignore[arg-type]

    return take


def but(*changes: tuple[Said, Said | None], plus: tuple[Said, ...] = (), of: tuple[Said, ...] = ALL) -> tuple[Said, ...]:
    """The statements with some put in the place of others."""
    swapped = dict(changes)
    return tuple(x for s in of if (x := swapped.get(s, s)) is not None) + plus


def text(*changes: tuple[str, str]) -> str:
    out = TEXT
    for old, new in changes:
        assert out.count(old) == 1, old
        out = out.replace(old, new)
    return out


ABOVE = text(("Olga Brandt, mayor", "The rain has stopped, and the Ilse is falling again.\n\nOlga Brandt, mayor"))
PARAGRAPH = TEXT.split("\n\n")[1] + "\n\n"
TORN = A.but(content="“We will re-\nbuild the bridge over the Ilse by spring”")
ADDED = Said("It has been closed since March", "", "", "Olga Brandt")
ADD = do("add", content="It has been closed since March", speaker="Olga Brandt")
A_PARTS = (A.but(content="“We will rebuild the bridge"), A.but(content="over the Ilse by spring”"))
A_HALVES = (A.but(content="“We will rebuild the bri"), A.but(content="dge over the Ilse by spring”"))
CD = C.but(content=(C.content, D.content), kind="mixed")
B_SHORT = B.but(content="nobody had asked the traders about the closure")
C_SHORT = C.but(content="“The ferry will run every hour until then")
D_SHORT = D.but(content="tickets would stay at two crowns")
OSTROVA = "Lena Ostrova"
MERGE = do("merge", speakers=("Tomas Rehn", "Rehn"))
MERGED = but((E, E.but(speaker="Tomas Rehn")))
SPLIT = do("split", D, speakers=("Ada Quill",), speaker=OSTROVA)
GONE, NOBODY = "do not stand on this page", "no statement stands"
TWICE = TEXT + "\n\n" + TEXT.split("\n\n")[1]
NEWS = Said("“We will think about it again in autumn, that is all I can say”", "He", "said", None, "direct")
TWINS = """Brandt came first. “Nobody told me of the plan to close the bridge,” he said.

Long after her the trader Rehn spoke. “Nobody told me of the plan to close the bridge,” he said."""
TWIN = Said("“Nobody told me of the plan to close the bridge,”", "he", "said", "Brandt", "direct")
OTHER = TWIN.but(at=1, speaker="Rehn")

DAM = "Lia Renn said on Monday that the pilots had warned that the gates of the northern dam were weak and would not hold."
TELLS = Said("that the pilots had warned that the gates of the northern dam were weak and would not hold", "Lia Renn", "said",
             "Lia Renn")
TOLD = Said("that the gates of the northern dam were weak and would not hold", "the pilots", "warned", "the pilots",
            within="that the pilots")
BOTH = (TELLS, TOLD)
"""Told within another: the inner content is most of the outer one."""
CUT = TELLS.but(content=str(TELLS.content).removeprefix("that "))
TOLD_CUT = TOLD.but(content=str(TOLD.content).removeprefix("that "))


@dataclass(frozen=True)
class Row:
    """One scenario. ``after`` are the readings that come in next; ``want`` is what is shown of the last of them."""

    what: str
    wish: str
    take: Take
    after: tuple[Reading, ...]
    want: tuple[Said, ...]
    state: str = "stands"
    reason: str = ""
    before: Reading | None = None


def again(*said: Said, made_by: Any = NEWER, **page: Any) -> tuple[Reading, ...]:
    return (read(said=said or ALL, made_by=made_by, **page),)


def version(text: str, said: tuple[Said, ...] = ALL, **page: Any) -> tuple[Reading, ...]:
    return (read(text, said, **page),)


SAME = again(*but((A, A.but(confidence=0.55))))
ROWS = [
    # --- another model: the same statement ---
    Row("accept, found again", "it stands as accepted", do("accept", A), SAME, ALL),
    Row("reject, found again", "it stays away", do("reject", B), SAME, but((B, None))),
    Row("speaker, found again", "the person's name stays", do("speaker", D, speaker=OSTROVA), SAME,
        but((D, D.but(speaker=OSTROVA)))),
    Row("speaker open, found again", "it stays open", do("speaker", D, speaker="-"), SAME, but((D, D.but(speaker=None)))),
    Row("kind, found again", "the kind stays", do("kind", B, kind="mixed"), SAME, but((B, B.but(kind="mixed")))),
    Row("span, found again as it was", "the person's words stay", do("span", B, content=B_SHORT.content), SAME,
        but((B, B_SHORT))),
    Row("span, found as decided", "one statement, not two", do("span", B, content=B_SHORT.content),
        again(*but((B, B_SHORT))), but((B, B_SHORT))),
    Row("add, still not found", "it stays", ADD, SAME, (*ALL, ADDED)),
    Row("add, now found by the machine", "one statement, the speaker as decided", ADD,
        again(*ALL, ADDED.but(speaker=None)), (*ALL, ADDED)),
    Row("merge, found again", "still one person", MERGE, SAME, MERGED),
    Row("merge, the machine merges too", "one person, and the decision stands", MERGE,
        again(*MERGED, also={"Tomas Rehn": "Rehn"}), MERGED),
    Row("split, found again", "still two persons", SPLIT, SAME, but((D, D.but(speaker=OSTROVA)))),
    Row("split, the machine leaves it open", "the words are the other's still", SPLIT,
        again(*but((D, D.but(speaker=None)))), but((D, D.but(speaker=OSTROVA)))),
    Row("note, found again", "the note stands", do("note", A, note="see the minutes"), SAME, ALL),
    # --- another model: cut otherwise ---
    Row("accept, trimmed", "as accepted, once", do("accept", C), again(*but((C, C_SHORT))), ALL),
    Row("reject, trimmed", "it stays away", do("reject", B), again(*but((B, B_SHORT))), but((B, None))),
    Row("speaker, trimmed", "the new cut, the decided speaker", do("speaker", D, speaker=OSTROVA),
        again(*but((D, D_SHORT))), but((D, D_SHORT.but(speaker=OSTROVA)))),
    Row("kind, trimmed", "the new cut, the decided kind", do("kind", B, kind="mixed"), again(*but((B, B_SHORT))),
        but((B, B_SHORT.but(kind="mixed")))),
    Row("note, trimmed", "the note stands on the new cut", do("note", B, note="who asked?"), again(*but((B, B_SHORT))),
        but((B, B_SHORT))),
    Row("accept, in two", "whole, and no piece beside it", do("accept", A), again(*but((A, None), plus=A_PARTS)), ALL),
    Row("accept, in halves", "whole, and no piece beside it", do("accept", A), again(*but((A, None), plus=A_HALVES)), ALL),
    Row("reject, in two", "no piece comes back", do("reject", A), again(*but((A, None), plus=A_PARTS)), but((A, None))),
    Row("reject, in halves", "no piece comes back", do("reject", A), again(*but((A, None), plus=A_HALVES)), but((A, None))),
    Row("speaker, in two", "both pieces are the decided one's", do("speaker", A, speaker=OSTROVA),
        again(*but((A, None), plus=A_PARTS)), but((A, None), plus=tuple(p.but(speaker=OSTROVA) for p in A_PARTS))),
    Row("kind, in two", "both pieces have the kind", do("kind", A, kind="mixed"),
        again(*but((A, None), plus=A_PARTS)), but((A, None), plus=tuple(p.but(kind="mixed") for p in A_PARTS))),
    Row("note, in halves", "it stands, its words are all there", do("note", A, note="see the minutes"),
        again(*but((A, None), plus=A_HALVES)), but((A, None), plus=A_HALVES)),
    Row("span, in two", "the decided words whole, no piece beside them", do("span", A, content=A.content[1:-1]),
        again(*but((A, None), plus=A_PARTS)), but((A, A.but(content=A.content[1:-1])))),
    Row("accept, merged into a longer one", "as accepted, not the longer one", do("accept", C),
        again(*but((C, CD), (D, None))), but((D, None))),
    Row("accept, the smaller part of a longer one", "as accepted, beside the longer one", do("accept", D),
        again(*but((C, CD), (D, None))), but((C, CD))),
    Row("reject, merged into a longer one", "what was rejected is not shown", do("reject", C),
        again(*but((C, CD), (D, None))), but((C, None), (D, None))),
    Row("reject, the smaller part of a longer one", "listed: the words are shown in another statement", do("reject", D),
        again(*but((C, CD), (D, None))), but((C, CD), (D, None)), "lost", "part of a longer statement"),
    Row("speaker, merged", "the words with the decided speaker are there", do("speaker", D, speaker=OSTROVA),
        again(*but((C, CD), (D, None))), but((C, CD), (D, D.but(speaker=OSTROVA)))),
    # --- another model: not found, other speaker, other nesting ---
    Row("accept, not found", "put back", do("accept", D), again(*but((D, None))), ALL),
    Row("reject, not found", "the machine agrees now", do("reject", D), again(*but((D, None))), but((D, None))),
    Row("speaker, not found", "put back with its speaker", do("speaker", D, speaker=OSTROVA), again(*but((D, None))),
        but((D, D.but(speaker=OSTROVA)))),
    Row("kind, not found", "put back with its kind", do("kind", D, kind="mixed"), again(*but((D, None))),
        but((D, D.but(kind="mixed")))),
    Row("span, not found", "put back with its words", do("span", D, content=D_SHORT.content), again(*but((D, None))),
        but((D, D_SHORT))),
    Row("note, not found", "listed: nothing to be noted at", do("note", D, note="?"), again(*but((D, None))),
        but((D, None)), "lost", NOBODY),
    Row("note, not found, found again", "it comes back", do("note", D, note="?"),
        (*again(*but((D, None))), *again(made_by=NEWEST)), ALL),
    Row("split, not found", "listed: the words were nobody's", SPLIT, again(*but((D, None))), but((D, None)), "lost", NOBODY),
    Row("accept, other speaker", "the accepted speaker stays", do("accept", A),
        again(*but((A, A.but(speaker="Ada Quill")))), ALL),
    Row("accept, the machine leaves it open", "the accepted speaker stays", do("accept", A),
        again(*but((A, A.but(speaker=None)))), ALL),
    Row("note, other speaker", "a note decides nothing", do("note", A, note="?"),
        again(*but((A, A.but(speaker="Ada Quill")))), but((A, A.but(speaker="Ada Quill")))),
    Row("reject, other speaker", "it stays away", do("reject", A), again(*but((A, A.but(speaker=None)))), but((A, None))),
    Row("accept, no longer nested", "it stays", do("accept", F), again(*but((F, F.but(within=None)))),
        but((F, F.but(within=None)))),
    Row("accept, outer one not found", "it stays, nested in nothing", do("accept", F),
        again(*but((E, None), (F, F.but(within=None)))), but((E, None), (F, F.but(within=None)))),
    Row("reject of the outer one, nested again", "the inner one stays", do("reject", E), SAME, but((E, None))),
    Row("reject of the inner one, now alone", "it stays away", do("reject", F), again(*but((F, F.but(within=None)))),
        but((F, None))),
    # --- other layout code ---
    Row("accept, other blocks", "as accepted", do("accept", C), again(made_by=LAYOUT, blocks="list"), ALL),
    Row("reject, other blocks", "it stays away", do("reject", C), again(made_by=LAYOUT, blocks="list"), but((C, None))),
    Row("other white space", "words are words", do("reject", A),
        version(text(("rebuild the bridge over", "rebuild\n the  bridge\tover")),
                but((A, A.but(content="“We will rebuild\n the  bridge\tover the Ilse by spring”")))), but((A, None))),
    Row("the title is dropped", "all has moved, nothing changed", do("speaker", D, speaker=OSTROVA),
        version(text(("Varn council meets\n\n", ""))), but((D, D.but(speaker=OSTROVA)))),
    Row("paragraphs in another order", "it goes with its paragraph", do("kind", B, kind="mixed"),
        version("\n\n".join(TEXT.split("\n\n")[n] for n in (0, 3, 2, 1, 4))), but((B, B.but(kind="mixed")))),
    Row("a hyphen mended", "the same word", do("reject", TORN), version(TEXT), but((A, None)),
        before=read(text(("rebuild the", "re-\nbuild the")),
                    but((A, TORN)))),
    Row("a hyphen torn", "the same word", do("reject", A),
        version(text(("rebuild the", "re-\nbuild the")),
                but((A, TORN))), but((A, None))),
    # --- another version of the page ---
    Row("accept, a paragraph above", "moved", do("accept", A), version(ABOVE, but((A, A.but(speaker=None)))), ALL),
    Row("reject, a paragraph above", "moved", do("reject", A), version(ABOVE), but((A, None))),
    Row("speaker, a paragraph above", "moved", do("speaker", D, speaker="Nils Aho"), version(ABOVE),
        but((D, D.but(speaker="Nils Aho")))),
    Row("span, a paragraph above", "moved", do("span", B, content=B_SHORT.content), version(ABOVE), but((B, B_SHORT))),
    Row("kind, a paragraph above", "moved", do("kind", B, kind="mixed"), version(ABOVE), but((B, B.but(kind="mixed")))),
    Row("add, a paragraph above", "moved", ADD, version(ABOVE), (*ALL, ADDED)),
    Row("merge, a paragraph above", "moved", MERGE, version(ABOVE), MERGED),
    Row("split, a paragraph above", "moved", SPLIT, version(ABOVE), but((D, D.but(speaker=OSTROVA)))),
    Row("note, a paragraph above", "moved", do("note", D, note="?"), version(ABOVE), ALL),
    Row("accept, words changed", "nobody accepted the new words", do("accept", A),
        version(text(("by spring", "by autumn")), but((A, A.but(content=A.content.replace("spring", "autumn"), speaker=None)))),
        but((A, A.but(content=A.content.replace("spring", "autumn"), speaker=None))), "lost", GONE),
    Row("accept, a letter more", "other words", do("accept", F),
        version(text(("into the river.", "into the rivers.")),
                but((E, E.but(content=f"{E.content}s")), (F, F.but(content=f"{F.content}s")))),
        but((E, E.but(content=f"{E.content}s")), (F, F.but(content=f"{F.content}s"))), "lost", GONE),
    Row("reject, words changed", "nobody rejected the new words", do("reject", A),
        version(text(("by spring", "by autumn")), but((A, A.but(content=A.content.replace("spring", "autumn"))))),
        but((A, A.but(content=A.content.replace("spring", "autumn")))), "lost", GONE),
    Row("add, words changed", "listed", ADD, version(text(("since March", "since May"))), ALL, "lost", GONE),
    Row("moved to the end", "it goes along", do("accept", A),
        version("\n\n".join(TEXT.split("\n\n")[n] for n in (0, 2, 3, 4, 1))), ALL),
    Row("twice, once where it was", "that one, and not the other", do("reject", A),
        version(TWICE, (*ALL, A.but(at=1))), (*but((A, None)), A)),
    Row("twice, nowhere where it was", "neither is clear", do("reject", A),
        version(f"A word before.\n\nNothing.\n\n{TWICE.partition(PARAGRAPH)[0]}{TWICE.partition(PARAGRAPH)[2]}\n\n{PARAGRAPH}",
                (*ALL, A.but(at=1))), (*ALL, A), "lost", GONE),
    Row("gone", "listed", do("accept", A), version(text((TEXT.split("\n\n")[1] + "\n\n", "")), but((A, None))),
        but((A, None)), "lost", GONE),
    Row("gone and back", "it comes back", do("reject", A),
        (*version(text((TEXT.split("\n\n")[1] + "\n\n", "")), but((A, None))), *version(ABOVE)),
        but((A, None))),
    Row("speaker renamed", "nobody accepted the new name", do("accept", A),
        version(text(("Olga Brandt, mayor", "Nils Aho, mayor")), but((A, A.but(source="Nils Aho", speaker="Nils Aho")))),
        but((A, A.but(source="Nils Aho", speaker="Nils Aho"))), "lost", GONE),
    Row("speaker renamed, the old name near by", "nobody accepted the new name, and no other place is the source",
        do("accept", A),
        version(text(("Olga Brandt, mayor", "Olga Brandt was away.\n\nNils Aho, mayor")),
                but((A, A.but(source="Nils Aho", speaker="Nils Aho")))),
        but((A, A.but(source="Nils Aho", speaker="Nils Aho"))), "lost", GONE),
    Row("an apposition more", "the same source", do("accept", D),
        version(text(("She added that", "She, still smiling, added that")), but((D, D.but(speaker=None)))), ALL),
    Row("merge, one renamed", "listed", MERGE,
        version(text(("\n\nRehn said", "\n\nNils Aho said")), but((E, E.but(source="Nils Aho", speaker="Nils Aho")))),
        but((E, E.but(source="Nils Aho", speaker="Nils Aho"))), "lost", "does not speak"),
    Row("the same words of another, the own ones changed", "never the other's", do("speaker", TWIN, speaker="Olga"),
        version(TWINS.replace("plan to close", "wish to close", 1),
                (TWIN.but(content=str(TWIN.content).replace("plan", "wish")), OTHER.but(at=0))),
        (TWIN.but(content=str(TWIN.content).replace("plan", "wish")), OTHER.but(at=0)), "lost", GONE,
        before=read(TWINS, (TWIN, OTHER))),
    # --- told within another: the decision is about the one and never about the other ---
    *(Row(f"{what} the {which} one, {then}", wish, take, version(DAM, left, made_by=NEWER), want, state, reason,
          before=read(DAM, BOTH)) for what, which, then, wish, take, left, want, state, reason in [
        ("reject", "inner", "not found", "the machine agrees now, the outer one stays", do("reject", TOLD), (TELLS,),
         (TELLS,), "stands", ""),
        ("reject", "outer", "not found", "the machine agrees now, the inner one stays", do("reject", TELLS), (TOLD,),
         (TOLD,), "stands", ""),
        ("reject", "inner", "cut", "it stays away", do("reject", TOLD), (TELLS, TOLD_CUT), (TELLS,), "stands", ""),
        ("reject", "outer", "cut", "the inner one stays", do("reject", TELLS), (CUT, TOLD), (TOLD,), "stands", ""),
        ("speaker of", "inner", "not found", "put back, and the outer one is still Renn's",
         do("speaker", TOLD, speaker="Ida Quill"), (TELLS,), (TELLS, TOLD.but(speaker="Ida Quill")), "stands", ""),
        ("speaker of", "outer", "not found", "put back, and the inner one is still the pilots'",
         do("speaker", TELLS, speaker="Ida Quill"), (TOLD,), (TOLD, TELLS.but(speaker="Ida Quill")), "stands", ""),
        ("note at", "inner", "not found", "listed", do("note", TOLD, note="?"), (TELLS,), (TELLS,), "lost", NOBODY),
        ("note at", "outer", "not found", "listed", do("note", TELLS, note="?"), (TOLD,), (TOLD,), "lost", NOBODY),
        ("accept", "inner", "not found", "put back beside the outer one", do("accept", TOLD), (TELLS,), BOTH, "stands", ""),
        ("accept", "outer", "not found", "put back around the inner one", do("accept", TELLS), (TOLD,), BOTH, "stands", ""),
        ("accept", "inner", "cut", "as accepted, once", do("accept", TOLD), (TELLS, TOLD_CUT), BOTH, "stands", ""),
        ("accept", "outer", "cut", "as accepted, once", do("accept", TELLS), (CUT, TOLD), BOTH, "stands", ""),
        ("kind of", "inner", "without its cue", "the same source tells it", do("kind", TOLD, kind="mixed"),
         (TELLS, TOLD_CUT.but(cue="")), (TELLS, TOLD_CUT.but(kind="mixed")), "stands", ""),
        ("kind of", "outer", "without words of telling", "nearly all its words are enough", do("kind", TELLS, kind="mixed"),
         (CUT.but(cue="", source=""),), (CUT.but(kind="mixed"),), "stands", ""),
        ("reject", "outer", "told by another", "listed: the words are told by another", do("reject", TELLS),
         (CUT.but(cue="on Monday", source=""),), (CUT,), "lost", "told otherwise"),
    ]),
    # --- files ---
    Row("a file edited in place", "the same page", do("reject", A), version(ABOVE, url="", file=file("pile/varn.txt", "cd" * 32)),
        but((A, None)), before=read(url="", file=file("pile/varn.txt"))),
    Row("a file under another name", "the same page", do("reject", A), again(url="", name="varn (1).txt", file=file("pile/varn (1).txt")),
        but((A, None)), before=read(url="", file=file("pile/varn.txt"))),
]  # fmt: skip


def rows_about(ledger: Ledger, reading: Reading, decision: Decision) -> list[DecisionRow]:
    return [r for r in ledger.decisions(DecisionFilter(document=reading.id)) if r.id == decision.id]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.what)
def test_a_decision_survives(tmp_path: Path, row: Row):
    before = row.before or read()
    with ledger_at(tmp_path / "l.db") as ledger:
        ledger.add(before)
        decision = row.take(ledger, before)
        for reading in row.after:
            ledger.add(reading)
        last = row.after[-1]
        found = ledger.reading(last.id)
        said = rows_about(ledger, last, decision)
        assert sorted(shown(found)) == sorted(map(line, row.want)), row.wish
        assert [(r.state, row.reason in r.reason) for r in said] == [(row.state, True)], said
        undo = ledger.undo(decision.id, reviewer="Ida Maro")
        assert ledger.reading(last.id) == last
        assert [r.state for r in rows_about(ledger, last, decision)] == ["undone"]
        ledger.undo(undo.id, reviewer="Ida Maro")
        assert ledger.reading(last.id) == found
        assert rows_about(ledger, last, decision) == said
        assert ledger.check().faults == ()


def test_a_reprint_elsewhere_is_another_page(tmp_path: Path):
    """What somebody decided about one outlet's page says nothing of another's."""
    first, reprint = read(), read(outlet="Varn Daily", url="https://daily.example/1")
    with ledger_at(tmp_path / "l.db") as ledger:
        ledger.add(first)
        ledger.add(reprint)
        ledger.decide("reject", [first.statements[0].id], reviewer="Ida Maro")
        later = read(outlet="Varn Daily", url="https://daily.example/1", made_by=NEWER)
        ledger.add(later)
        assert ledger.reading(reprint.id).statements == reprint.statements
        assert list(ledger.decisions(DecisionFilter(document=reprint.id))) == []
