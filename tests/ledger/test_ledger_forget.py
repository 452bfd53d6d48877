"""Forgetting: the words of a page are nowhere in the file, its hash and the reason are, and all else is whole."""

from __future__ import annotations

import hashlib
import random
import re
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from factory import MADE_BY, NEWER, article, pile

sys.path.insert(0, str(Path(__file__).parents[1] / "decisions"))
from varn import TEXT, A, B, C, D, E, F, Said, file, ledger_at, read, shown

from sayso.decisions import Change
from sayso.errors import LedgerBusy, LedgerError, UnknownDocument, UsageError
from sayso.ledger import DecisionFilter, Ledger
from sayso.records import Reading, Unreadable

IDA = {"reviewer": "Ida Maro"}
NOTE = "Kestrelsworth minutes, leaf ninety-one, say otherwise"
RAW = ("<html>" + TEXT + "</html>").encode() * 3
WINDOW = 12


def windows(*texts: str) -> list[bytes]:
    return sorted({text[n : n + WINDOW].encode() for text in texts for n in range(len(text) - WINDOW + 1)})


OTHERS = frozenset(windows(*(article(n, statements=k).document.text for n in range(60) for k in (4, 12))))
"""What other pages of the tests have too."""


def left(path: Path, *texts: str) -> list[bytes]:
    """The stretches of these texts that stand in the bytes of the file or of what lies beside it."""
    beside = [path.with_name(path.name + end) for end in ("", "-wal", "-journal", "-shm")]
    held = b"\n".join(p.read_bytes() for p in beside if p.exists())
    return [w for w in windows(*texts) if w in held and w not in OTHERS]


WORDS = [p for p in TEXT.split("\n\n") if len(p) > 30]


def alone(ledger: Ledger) -> None:
    """Nothing was done to the page."""


def reread(ledger: Ledger) -> None:
    ledger.add(read(made_by=NEWER, said=(A, B, E, F), title="The council of Varn meets on Tuesday"))


def decided_about(ledger: Ledger) -> None:
    page = ledger.reading("varn.txt")
    ids = [s.id for s in page.statements]
    ledger.decide("reject", [ids[0]], note=NOTE, **IDA)
    ledger.decide("speaker", [ids[1]], Change(speaker="Nils Kestrelsworth"), note=NOTE, **IDA)
    ledger.decide("span", [ids[2]], Change(content=((page.statements[2].content[0][0], page.statements[2].content[0][1] - 3),)), **IDA)
    ledger.undo(ledger.decide("note", [ids[3]], note=NOTE, **IDA).id, note=NOTE, **IDA)
    ledger.decide("merge", ["Rehn", "Lena Ostrova"], document="varn.txt", **IDA)


def searched(ledger: Ledger) -> None:
    assert list(ledger.search("bridge")) or list(ledger.search("traders"))
    for number in range(40, 60):  # segments of the search index are put together
        ledger.add(article(number))
        ledger.commit()
    ledger._opened().execute("INSERT INTO document_words (document_words) VALUES ('optimize')")
    ledger._opened().execute("INSERT INTO statement_words (statement_words) VALUES ('optimize')")


def kept(ledger: Ledger) -> None:
    assert ledger.keep(RAW)


def everything(ledger: Ledger) -> None:
    for done in (kept, reread, decided_about, searched):
        done(ledger)


def page() -> Reading:
    import hashlib

    return read(url="https://news.example/varn", file=file("pile/varn.txt", hashlib.sha256(RAW).hexdigest()))


@pytest.mark.parametrize(
    ("done", "others"), [(alone, 0), (reread, 0), (decided_about, 0), (searched, 0), (kept, 0), (everything, 20)],
    ids=lambda value: getattr(value, "__name__", ""),
)  # fmt: skip
def test_its_words_are_nowhere(tmp_path: Path, done: Callable[[Ledger], None], others: int):
    path = tmp_path / "l.db"
    import zlib

    with ledger_at(path) as ledger:
        ledger.add(page())
        for reading in pile(others):
            ledger.add(reading)
        done(ledger)
    assert len(left(path, *WORDS)) > 200  # the test can fail
    whole = {}
    with ledger_at(path) as ledger:
        ids = [r.id for r in ledger.documents() if r.id != page().id]
        whole = {i: ledger.reading(i) for i in ids}
        (gone,) = ledger.forget("varn.txt", "asked for by a person named on it", **IDA)
        assert left(path, *WORDS, NOTE, "Nils Kestrelsworth") == []  # while it is open, the log included
        assert ledger.check().faults == ()
        assert {i: ledger.reading(i) for i in ids} == whole
        assert ledger.add(page()) == "forgotten" == ledger.add(read(made_by=NEWER, said=()))
        with pytest.raises(UnknownDocument):
            ledger.reading("varn.txt")
        assert list(ledger.search("traders Ostrova crowns")) == []
    assert left(path, *WORDS, NOTE, "Nils Kestrelsworth", "The council of Varn meets on Tuesday") == []
    assert zlib.compress(RAW, 6)[8:40] not in path.read_bytes()
    with Ledger(path) as ledger:
        assert list(ledger.forgotten()) == [gone]
        assert (gone.id, gone.text_id) == (page().id, page().text_id)
        assert ledger.check().faults == ()


def test_a_big_ledger_with_many_page_splits(tmp_path: Path):
    """Rows that were pushed about by others leave copies in free space; none of them stays."""
    path, chance = tmp_path / "l.db", random.Random(1)
    places = ["ilse", "varn", "ferry", "tram", "oriel", "quince"]
    long = "\n\n".join(f"Paragraph {n}: " + " ".join(chance.choices(places, k=30)) for n in range(300))
    odd = "Wolverhampton Kingfisher asked for the lamps. " * 3
    with ledger_at(path) as ledger:
        for n in range(60):
            ledger.add(article(n, statements=12))
            if n in (7, 31):
                said = (Said("the lamps", "Kingfisher", "asked"),)
                ledger.add(read(f"{odd}{n}\n\n{long}", said, url=f"https://x.example/{n}", name=f"{n}.txt"))
        ledger.add(read(f"{odd}7\n\n{long}", (), url="https://x.example/7", name="7.txt", made_by=NEWER))
    assert left(path, odd)
    with ledger_at(path) as ledger:
        ledger.forget("7.txt", "asked for", **IDA)
        assert left(path, odd)  # the other page has these words too
        ledger.forget("31.txt", "asked for", **IDA)
    assert left(path, odd) == []


def test_originals_of_earlier_readings_go_too(tmp_path: Path):
    """The same words came in other bytes; both files were kept."""
    import hashlib

    first, second = (f"<p>{n}</p>{TEXT}".encode() * 20 for n in (1, 2))
    of = [file(f"pile/{n}.html", hashlib.sha256(data).hexdigest()) for n, data in enumerate((first, second))]
    path = tmp_path / "l.db"
    with ledger_at(path) as ledger:
        for source, data, made_by in ((of[1], second, MADE_BY), (of[0], first, MADE_BY), (of[1], second, NEWER)):
            ledger.keep(data)
            ledger.add(read(file=source, made_by=made_by, said=(A,) if made_by == NEWER else (A, B)))
        assert ledger.check().faults == ()
        assert ledger.original("varn.txt") == second
        ledger.forget("varn.txt", "asked for", **IDA)
        assert ledger._opened().execute("SELECT count(*) FROM originals").fetchone() == (0,)
        assert ledger.check().faults == ()


def test_lifting(tmp_path: Path):
    """After a tombstone is lifted the page comes in again; what was decided about it stays erased, and is listed."""
    with ledger_at(tmp_path / "l.db") as ledger:
        ledger.add(page())
        decided_about(ledger)
        later = read(TEXT.replace("spring", "autumn"), (B, C, D))
        ledger.add(later)
        (gone,) = ledger.forget(page().id, "asked for", decisions=True, **IDA)
        assert ledger.check().faults == ()
        assert [(r.words, r.note) for r in ledger.decisions()] == [("", "")] * 6
        fates = [(r.state, r.reason) for r in ledger.decisions() if r.action != "undo"]
        assert fates == [("lost", "its page was forgotten")] * 5
        assert list(ledger.decisions(DecisionFilter(state="lost"))) == [r for r in ledger.decisions() if r.action != "undo"]
        assert list(ledger.decisions(DecisionFilter(state="stands"))) == []
        assert ledger.reading(later.id) == later
        for wrong in ("", "ff", gone.id[:5], "0" * 32):
            with pytest.raises(UsageError):
                ledger.take_in_again(wrong)
        assert ledger.add(page()) == "forgotten"
        ledger.take_in_again(gone.text_id[:8])
        assert list(ledger.forgotten()) == []
        assert not ledger.is_forgotten(gone.text_id)
        assert ledger.add(page()) == "version"
        assert ledger.reading(page().id) == page()
        states = {(r.state, r.reason) for r in ledger.decisions() if r.action != "undo" and r.document_id == page().id}
        assert states == {("lost", "its page was forgotten"), ("undone", next(r.reason for r in ledger.decisions() if r.state == "undone"))}
        assert ledger.check().faults == ()
        assert any("but for 5 whose words were erased" in sentence for sentence in ledger.check().proved)
        ledger.repair()
        assert ledger.check().faults == ()
        ledger.decide("reject", [ledger.reading(page().id).statements[0].id], **IDA)
        assert ledger.check().faults == ()


def test_copies_go_together_or_not_at_all(tmp_path: Path):
    reprint = read(outlet="Varn Daily", url="https://daily.example/1", name="daily.txt")
    with ledger_at(tmp_path / "l.db") as ledger:
        ledger.add(page())
        ledger.add(reprint)
        ledger.keep(RAW)
        ledger.decide("reject", [reprint.statements[0].id], note=NOTE, **IDA)
        with pytest.raises(UsageError, match=r"the very same text.*daily.txt"):
            ledger.forget(page().id, "asked for", **IDA)
        with pytest.raises(UsageError, match="reason"):
            ledger.forget(page().id, "  ", **IDA)
        assert len(list(ledger.documents())) == 2
        gone = ledger.forget(page().id, "asked for", copies=True, **IDA)
        assert {g.id for g in gone} == {page().id, reprint.id}
        assert ledger.check().faults == ()
        assert list(ledger.documents()) == []
        with pytest.raises(LedgerError):
            ledger.original("varn.txt")
    assert left(tmp_path / "l.db", *WORDS, NOTE) == []


def test_another_version_stays_and_what_was_decided_about_it(tmp_path: Path):
    later = read(TEXT.replace("by spring", "before the storks are back"), (B, C, D), name="later.txt")
    with ledger_at(tmp_path / "l.db") as ledger:
        ledger.add(page())
        ledger.add(later)
        first = ledger.decide("reject", [page().statements[1].id], **IDA)
        second = ledger.decide("reject", [later.statements[1].id], **IDA)
        assert len(shown(ledger.reading(later.id))) == 1
        assert len(shown(ledger.reading(page().id))) == 4
        for refused in (ledger.may_forget, lambda document: ledger.forget(document, "asked for", **IDA)):
            with pytest.raises(UsageError, match=r"^1 decision taken on later.txt stands on another version.*--decisions"):
                refused(later.id)
        assert len(shown(ledger.reading(page().id))) == 4  # nothing was lost
        ledger.forget(later.id, "asked for", decisions=True, **IDA)
        assert left(tmp_path / "l.db", "before the storks are back") == []
        assert len(shown(ledger.reading(page().id))) == 5  # the second went with its page
        assert {r.id: r.state for r in ledger.decisions() if r.document_id == page().id} == {first.id: "stands"}
        assert second.id in {r.id for r in ledger.decisions()}
        assert ledger.check().faults == ()


HASH = hashlib.sha256(RAW).hexdigest()
OTHERWISE = TEXT.replace(" ", "  ", 3)
"""The text of the same file as another extractor gives it."""


def test_the_same_file_is_not_taken_in_again_with_another_text(tmp_path: Path):
    again = read(OTHERWISE, (), file=file("elsewhere/copy.txt", HASH), name="copy.txt", url="https://x.example/1")
    none = read("Something else altogether.", (), name="none.txt", url="https://x.example/2")
    with ledger_at(tmp_path / "l.db") as ledger:
        ledger.add(page())
        (gone,) = ledger.forget("varn.txt", "asked for", **IDA)
        assert gone.sha256 == HASH
        assert ledger.is_forgotten("", HASH)
        assert not ledger.is_forgotten("", "")
        assert ledger.add(again) == "forgotten"
        assert ledger.add(none) == "added"  # without a file
        (lifted,) = ledger.forget("none.txt", "asked for", **IDA)
        assert lifted.sha256 == ""
        assert ledger.add(read("Another.", (), name="another.txt", url="https://x.example/3")) == "added"
        ledger.take_in_again(gone.id)
        assert [f.id for f in ledger.forgotten()] == [lifted.id]
        assert ledger.add(again) == "added"
        assert ledger.check().faults == ()


def test_pages_out_of_one_file_go_together(tmp_path: Path):
    """Also where they are alike only through a third: the text of the one, the file of the other."""
    reprint = read(name="daily.txt", outlet="Varn Daily", file=file("daily.txt", "cd" * 32))
    third = read(OTHERWISE, (), name="third.txt", file=file("third.txt", "cd" * 32))
    other = read("Something else altogether.", (), name="other.txt", file=file("other.txt", "ef" * 32))
    with ledger_at(tmp_path / "l.db") as ledger:
        for each in (page(), reprint, third, other):
            ledger.add(each)
        assert {v.id for v in ledger.provenance("varn.txt").copies} == {reprint.id, third.id}
        with pytest.raises(UsageError, match="2 other pages have the very same text or file"):
            ledger.forget("varn.txt", "asked for", **IDA)
        gone = ledger.forget("varn.txt", "asked for", copies=True, **IDA)
        assert {g.id for g in gone} == {page().id, reprint.id, third.id}
        assert ledger.check().faults == ()
        ledger.take_in_again(third.id)
        assert [ledger.add(each) for each in (page(), reprint, third)] == ["forgotten", "forgotten", "version"]


def test_a_page_of_a_forgotten_file_is_told(tmp_path: Path):
    path = tmp_path / "l.db"
    with ledger_at(path) as ledger:
        ledger.add(page())
        ledger.forget("varn.txt", "asked for", **IDA)
        ledger.add(read(OTHERWISE, (), name="copy.txt", file=file("copy.txt", "cd" * 32)))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE documents SET sha256 = ?", (HASH,))
    with Ledger(path) as ledger:
        assert any("copy.txt has a text that was forgotten, or is out of a file" in f for f in ledger.check().faults)


class Listening:
    """A connection that keeps what it was asked."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection, self.asked = connection, {}

    def execute(self, sql: str, values: object = ()) -> sqlite3.Cursor:
        if not sql.startswith("INSERT INTO document_words"):
            self.asked[sql] = values
        return self.connection.execute(sql, values)

    def __getattr__(self, name: str) -> object:
        return getattr(self.connection, name)


def test_no_page_is_looked_for_among_all_of_them(tmp_path: Path):
    """What is asked at each page that comes in and at each decision takes no walk through all pages."""
    twin = read(file=file("pile/varn.txt", HASH), title="A", name="a.txt")
    with ledger_at(tmp_path / "l.db") as ledger:
        heard = Listening(ledger._opened())
        ledger._connection = heard
        longer = read(made_by=NEWER, said=(A, B, C, D, E, F))
        for each in (read(file=file("pile/varn.txt", HASH), said=(A, B)), twin, read(name="b.txt"), page(), longer):
            ledger.keep(RAW)
            ledger.add(each)
        ledger.add(Unreadable("odd.pdf", "no-text", "no text"))
        decided_about(ledger)
        ledger.commit()
        asked = dict(heard.asked)
        assert len(asked) > 60
        plans, walk = {}, r"SCAN (d|documents|readings|r|forgotten)\b(?! USING INDEX readings_of_other_pages)"
        for sql, values in asked.items():
            if sql.split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"):
                plan = [row[3] for row in heard.connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
                plans[sql] = [step for step in plan if re.match(walk, step)]
        assert {sql: steps for sql, steps in plans.items() if steps} == {}
        assert any("UNION SELECT d.key FROM documents d" in sql for sql in plans)


def test_forgetting_while_somebody_reads(tmp_path: Path):
    """The reader keeps what it sees; whoever forgets is told, and finishing is one command."""
    path = tmp_path / "l.db"
    with ledger_at(path) as ledger:
        ledger.add(page())
        for reading in pile(5):
            ledger.add(reading)
        ledger.commit()
        ledger._opened().execute("PRAGMA busy_timeout = 50")  # nobody waits for this reader
        with Ledger(path) as reader:
            rows = reader.statements()
            next(rows)
            with pytest.raises(LedgerBusy, match=r"another program reads.*--repair"):
                ledger.forget("varn.txt", "asked for", **IDA)
            assert [r.name for r in ledger.documents() if r.name == "varn.txt"] == []
            rest = list(rows)
            assert any(r.document == "varn.txt" for r in rest)
        ledger.repair()
        assert left(path, *WORDS) == []
        assert ledger.check().faults == ()
    assert left(path, *WORDS) == []


def test_the_last_reader_finishes_what_was_forgotten(tmp_path: Path):
    path = tmp_path / "l.db"
    reader = Ledger(path)
    with ledger_at(path) as ledger:
        ledger.add(page())
        ledger.add(article(1))
        ledger.commit()
        ledger._opened().execute("PRAGMA busy_timeout = 50")
        reader.open()
        rows = reader.statements()
        next(rows)
        with pytest.raises(LedgerBusy):
            ledger.forget("varn.txt", "asked for", **IDA)
    del rows
    reader.close()
    assert left(path, *WORDS) == []
    with Ledger(path) as ledger:
        assert ledger.check().faults == ()


def test_a_cut_off_forgetting_is_finished(tmp_path: Path):
    """Where the process dies between forgetting and erasing, repair takes the bytes out."""
    path = tmp_path / "l.db"
    from sayso.ledger import forgetting

    with ledger_at(path) as ledger:
        ledger.add(page())
        ledger.add(article(1))
        with ledger._whole() as connection:
            forgetting.forget(connection, ledger._resolve("varn.txt"), "asked for", "Ida Maro", "2031-05-01", copies=False)
    with ledger_at(path) as ledger:
        ledger.repair()
        assert ledger.check().faults == ()
    assert left(path, *WORDS) == []


def test_what_was_erased_in_secret_is_told(tmp_path: Path):
    """Words of a decision that were taken out although no page was forgotten."""
    path = tmp_path / "l.db"
    with ledger_at(path) as ledger:
        ledger.add(page())
        ledger.decide("note", [page().statements[0].id], note="keep this", **IDA)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE decisions SET what = '', note = ''")
    connection.commit()
    connection.close()
    with Ledger(path) as ledger:
        assert ledger.check().faults
