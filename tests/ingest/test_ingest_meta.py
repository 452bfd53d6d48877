"""What the user says about documents: tables, metadata files, and which outranks which."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from sayso.errors import UsageError
from sayso.ingest import Metadata, items, load
from sayso.records import Document, Unreadable


def table(tmp_path: Path, text: str, encoding: str = "utf-8") -> Metadata:
    (tmp_path / "meta.csv").write_bytes(text.encode(encoding))
    return Metadata.from_csv(tmp_path / "meta.csv")


def read(path: Path, meta: Metadata | None = None) -> Document:
    (item,) = items([str(path)])
    found = load(item, meta)
    assert isinstance(found, Document), found
    return found


ROW = "The Vale", "https://vale.example/1", "2024-05-12", "day"
TABLES = [
    ("comma", "name,outlet,url,date,desk\na.txt,The Vale,https://vale.example/1,2024-05-12,home\n", "utf-8", "plain"),
    (
        "mark",
        "name,outlet,url,date,desk\r\na.txt,The Vale,https://vale.example/1,2024-05-12,home\r\n",
        "utf-8-sig",
        "as spreadsheets save it",
    ),
    (
        "semicolon",
        "name;outlet;url;date;desk\na.txt;The Vale;https://vale.example/1;2024-05-12;home\n",
        "utf-8",
        "in half of Europe",
    ),
    (
        "tab",
        "name\toutlet\turl\tdate\tdesk\na.txt\tThe Vale\thttps://vale.example/1\t2024-05-12\thome\n",
        "utf-16",
        "as Unicode text",
    ),
    (
        "capitals",
        "Name, Outlet ,URL,Date,desk\n./a.txt, The  Vale ,https://vale.example/1,2024-05-12,home\n\n",
        "utf-8",
        "by hand",
    ),
    (
        "quoted",
        '"name","outlet","url","date","desk"\n"a.txt","The Vale","https://vale.example/1","12 May 2024","home"\n',
        "utf-8",
        "all quoted",
    ),
    (
        "short",
        "desk,name,outlet,url,date\nhome,a.txt,The Vale,https://vale.example/1,2024-05-12\n,b.txt\n",
        "utf-8",
        "a short row",
    ),
]


@pytest.mark.parametrize(("text", "encoding", "reason"), [row[1:] for row in TABLES], ids=[row[0] for row in TABLES])
def test_table(tmp_path: Path, text: str, encoding: str, reason: str):
    found = table(tmp_path, text, encoding).get("a.txt")
    assert found.published is not None
    assert (found.outlet, found.url, found.published.date, found.published.granularity) == ROW, reason
    assert found.extra == (("desk", "home"),), reason


WRONG = [
    ("file,outlet\na,b\n", "one column “name”", "no name column"),
    ("", "one column “name”", "an empty file"),
    ("name,name\na,b\n", "one column “name”", "two of them"),
    ("name,date\na.txt,2024-05-12\nb.txt,12/05/2024\n", "line 3: the date “12/05/2024”", "a day or a month?"),
    ("name,outlet\na.txt,The Vale\na.txt,The Hill\n", "line 3: “a.txt” has a second row", "which one?"),
    ("name,title\na.txt,Yes, he said\n", "line 2: 3 cells for 2 columns", "a comma that is no border"),
    ("name,outlet\n,The Vale\n", "line 2: the row has no name", "whose?"),
]


@pytest.mark.parametrize(("text", "words", "reason"), WRONG, ids=[row[2] for row in WRONG])
def test_wrong_table_is_a_wrong_call(tmp_path: Path, text: str, words: str, reason: str):
    with pytest.raises(UsageError) as caught:
        table(tmp_path, text)
    assert words in str(caught.value), reason
    assert "meta.csv" in str(caught.value)


def test_missing_table_is_a_wrong_call(tmp_path: Path):
    with pytest.raises(UsageError, match=r"nowhere\.csv"):
        Metadata.from_csv(tmp_path / "nowhere.csv")


def test_the_same_row_twice_is_no_contradiction(tmp_path: Path):
    assert table(tmp_path, "name,outlet\na.txt,The Vale\na.txt,The  Vale\n").get("a.txt").outlet == "The Vale"


def test_names_that_no_document_has(tmp_path: Path):
    meta = table(tmp_path, "name,outlet\na.txt,x\nsub\\b.txt,y\nc.txt,z\n")
    assert meta.unused(["sub/b.txt", "d.txt"]) == ("a.txt", "c.txt")
    assert meta.unused([]) == ("a.txt", "sub/b.txt", "c.txt")


def test_table_goes_to_other_processes(tmp_path: Path):
    meta = table(tmp_path, "name,outlet\na.txt,The Vale\n")
    assert pickle.loads(pickle.dumps(meta)) == meta


def test_plain_text_gets_what_it_lacks(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Said he.")
    meta = table(tmp_path, "name,outlet,title,byline,language,desk\na.txt,The Vale, A  title ,Mara,en-US,home\n")
    found = read(tmp_path / "a.txt", meta)
    assert (found.outlet, found.title, found.byline, found.language) == ("The Vale", "A title", "Mara", "en")
    assert found.extra == (("desk", "home"),)


def test_metadata_file_beside(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Said he.")
    (tmp_path / "a.txt.meta.json").write_text(
        json.dumps({"outlet": "The Vale", "date": "2024-05", "rank": 2, "text": "no"})
    )
    found = read(tmp_path / "a.txt")
    assert found.text == "Said he."
    assert found.published is not None
    assert (found.outlet, found.published.date, found.extra) == ("The Vale", "2024-05", (("rank", "2"),))


def test_metadata_file_without_the_suffix(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Said he.")
    (tmp_path / "a.meta.json").write_text('{"outlet": "The Vale"}')
    assert read(tmp_path / "a.txt").outlet == "The Vale"
    (tmp_path / "a.txt.meta.json").write_text('{"outlet": "The Hill"}')
    assert read(tmp_path / "a.txt").outlet == "The Hill"


def test_broken_metadata_file_is_named(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Said he.")
    (tmp_path / "a.txt.meta.json").write_text('{"outlet": }')
    (item,) = items([str(tmp_path / "a.txt")])
    found = load(item)
    assert isinstance(found, Unreadable)
    assert found.code == "bad-json"
    assert "a.txt.meta.json" in found.message
    assert "column 12" in found.message


def test_table_outranks_file_beside_outranks_page(tmp_path: Path):
    page = (
        "<html lang=fr><head><title>Own title</title><meta name=author content='Own Author'></head><body><p>Said he. "
        * 3
    )
    (tmp_path / "a.html").write_text(page)
    (tmp_path / "a.html.meta.json").write_text('{"title": "Beside", "byline": "Beside", "x": "1", "y": "1"}')
    found = read(tmp_path / "a.html", table(tmp_path, "name,title,y\na.html,Table,2\n"))
    assert (found.title, found.byline, found.language) == ("Table", "Beside", "fr")
    assert found.extra == (("x", "1"), ("y", "2"))


def test_line_outranks_the_metadata_of_its_file(tmp_path: Path):
    (tmp_path / "a.jsonl").write_text('{"text": "a", "outlet": "Line"}\n{"text": "b", "id": "b"}\n')
    (tmp_path / "a.jsonl.meta.json").write_text('{"outlet": "File", "language": "en"}')
    meta = table(tmp_path, "name,outlet\nb,Table\n")
    found = [load(item, meta) for item in items([str(tmp_path / "a.jsonl")])]
    assert [(d.outlet, d.language) for d in found if isinstance(d, Document)] == [("Line", "en"), ("Table", "en")]
