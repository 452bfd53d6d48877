"""The extractor process: limits on time and memory, restarts, and none of it costs more than the one document."""

from __future__ import annotations

import io
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.ingest import Bounds, close, extractor, items, load
from sayso.ingest.extracted import extracted_json, extracted_of
from sayso.ingest.extractor import extract
from sayso.ingest.frames import read_frame, write_frame
from sayso.ingest.html import extract_html
from sayso.records import Document

PARAGRAPH = (
    "<p>The council of ward {0} said that its budget had grown by {0} per cent, and that more would follow.</p>\n"
)
PAGE = ("<html><head><title>Budget</title></head><body>" + PARAGRAPH.format(7) * 3 + "</body></html>").encode()


def long_page(paragraphs: int) -> bytes:
    return ("<html><body><article>" + "".join(map(PARAGRAPH.format, range(paragraphs)))).encode()


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    close()
    yield
    close()


def child_id() -> int:
    assert extractor._child is not None
    return extractor._child.process.pid


def test_the_child_says_what_the_code_says():
    assert extract("html", PAGE) == extract_html(PAGE)


def test_one_child_serves_many():
    extract("html", PAGE)
    first = child_id()
    extract("html", PAGE)
    assert child_id() == first


def test_worn_child_is_replaced():
    bounds = Bounds(documents_per_process=2)
    ids = []
    for _ in range(4):
        extract("html", PAGE, bounds=bounds)
        ids.append(child_id())
    assert ids[0] == ids[1] != ids[2] == ids[3]


def test_stuck_child_costs_one_document_and_is_gone():
    extract("html", PAGE)
    stuck = child_id()
    start = time.monotonic()
    with pytest.raises(InputError) as caught:
        extract("html", long_page(20_000), bounds=Bounds(html_seconds=0.3))
    assert caught.value.code == "timeout"
    assert "0.3 seconds" in str(caught.value)
    assert time.monotonic() - start < 5
    assert extract("html", PAGE).title == "Budget"
    assert child_id() != stuck


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a limit on address space")
def test_memory_is_limited():
    bounds = Bounds(memory_bytes=400 << 20, html_bytes=64 << 20)
    with pytest.raises(InputError) as caught:
        extract("html", long_page(40_000) + b"<p>" + b"x" * (60 << 20), bounds=bounds)
    assert caught.value.code == "extractor-failed"
    assert extract("html", PAGE, bounds=bounds).title == "Budget"


def test_dead_child_is_replaced():
    extract("html", PAGE)
    assert extractor._child is not None
    extractor._child.process.kill()
    extractor._child.process.wait()
    assert extract("html", PAGE).title == "Budget"


def test_page_that_the_library_chokes_on_is_named(tmp_path: Path):
    (tmp_path / "deep.html").write_bytes(b"<html><body>" + b"<div>" * 3000 + b"Yes." + b"</div>" * 3000)
    (tmp_path / "good.html").write_bytes(PAGE)
    found = [load(item) for item in items([str(tmp_path)])]
    assert getattr(found[0], "code", "") == "too-deep"
    assert isinstance(found[1], Document)


def test_large_page_is_not_sent(tmp_path: Path):
    (tmp_path / "a.html").write_bytes(PAGE)
    (item,) = items([str(tmp_path / "a.html")])
    assert getattr(load(item, bounds=Bounds(html_bytes=100)), "code", "") == "too-large"
    assert extractor._child is None


def test_closing_twice_is_closing():
    extract("html", PAGE)
    process = extractor._child.process if extractor._child else None
    close()
    close()
    assert process is not None
    assert process.poll() is not None


def _in_worker(path: str) -> tuple[int, str, int]:
    (item,) = items([path])
    found = load(item)
    return os.getpid(), getattr(found, "title", ""), child_id()


@pytest.mark.parametrize("method", sorted({"fork", "spawn"} & set(multiprocessing.get_all_start_methods())))
def test_inside_daemonic_workers(tmp_path: Path, method: str):
    """Workers of an engine may not have children of multiprocessing's; forked ones must not use their parent's."""
    (tmp_path / "a.html").write_bytes(PAGE)
    extract("html", PAGE)
    mine = child_id()
    with multiprocessing.get_context(method).Pool(1) as pool:
        found = pool.map(_in_worker, [str(tmp_path / "a.html")] * 2, chunksize=1)
        pool.close()
        pool.join()
    assert {title for _, title, _ in found} == {"Budget"}
    assert mine not in {child for _, _, child in found}
    assert len({child for _, _, child in found}) == len({worker for worker, _, _ in found})
    assert extract("html", PAGE).title == "Budget"
    assert child_id() == mine


def test_child_leaves_when_its_parent_is_gone(tmp_path: Path):
    """A parent that is killed cannot close anything; the end of the pipe tells the child."""
    program = (
        "import os, sys\nfrom sayso.ingest import extractor\n"
        f"extractor.extract('html', {PAGE!r})\nprint(extractor._child.process.pid, flush=True)\nos.kill(os.getpid(), 9)\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    child = int(run.stdout)
    for _ in range(100):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("the child outlived its parent")


def test_a_module_in_the_working_folder_is_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A pile of downloads may hold a file named like a library."""
    (tmp_path / "lxml.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    assert extract("html", PAGE).title == "Budget"


def test_interrupt_leaves_no_answer_behind(monkeypatch: pytest.MonkeyPatch):
    """The answer to a question that was interrupted must not become the answer to the next."""
    extract("html", PAGE)

    def interrupted(stream: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(extractor, "read_frame", interrupted)
        with pytest.raises(KeyboardInterrupt):
            extract("html", PAGE)
    assert extract("html", PAGE.replace(b"Budget", b"Another")).title == "Another"


def test_answer_that_is_none_is_a_failure(monkeypatch: pytest.MonkeyPatch):
    """A child that a page has taken over may say anything."""
    monkeypatch.setattr(extractor, "read_frame", lambda stream: ({"text": 5}, b""))
    with pytest.raises(InputError) as caught:
        extract("html", PAGE)
    assert caught.value.code == "extractor-failed"


def test_extraction_goes_both_ways():
    found = extract_html(PAGE.replace(b"<body>", b"<body><time class=published>12 May 2024</time>"))
    assert extracted_of(extracted_json(found)) == found


FRAMES = [
    (b"", "the end"),
    (b"\0\0", "cut in the lengths"),
    (b"\0\0\0\x05\0\0\0\0{}", "cut in the head"),
    (b"\xff\xff\xff\xff\0\0\0\0", "a length that is none"),
    (b"\0\0\0\x02\0\0\0\0[]", "no object"),
]


@pytest.mark.parametrize(("data", "reason"), FRAMES, ids=[row[1] for row in FRAMES])
def test_no_frame(data: bytes, reason: str):
    assert read_frame(io.BytesIO(data)) is None, reason


def test_frame_goes_both_ways():
    pipe = io.BytesIO()
    write_frame(pipe, {"a": "\ud800é"}, b"\0\xff")
    pipe.seek(0)
    assert read_frame(pipe) == ({"a": "\ud800é"}, b"\0\xff")
