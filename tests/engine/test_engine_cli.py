"""``sayso read --to`` and ``sayso gather`` as they are typed: what they say, what they refuse, how they exit."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from engine_pile import DEMO, PART, needs_model

from sayso.cli import main
from sayso.engine import handover
from sayso.ledger import Ledger

META = str(DEMO / "meta.csv")


def run(*args: str) -> Result:
    return CliRunner().invoke(main, [str(each) for each in args])


@pytest.fixture
def out(whole: Path, tmp_path: Path) -> Path:
    """A folder in which the pile is finished."""
    return Path(shutil.copytree(whole, tmp_path / "out"))


@needs_model
def test_reading_into_a_folder_and_gathering(pile: Path, out: Path, tmp_path: Path):
    done = run("read", "--to", out, "--part", PART, "--meta", META, pile, tmp_path / "nowhere.txt")
    assert done.exit_code == 1
    assert "documents     19: 0 read, 19 there already, 4 could not be read" in done.stdout
    assert "empty.txt  no-text: There is no text in it." in done.stdout
    assert f"next: sayso gather {out}" in done.stdout
    assert f"there is no file or folder {tmp_path / 'nowhere.txt'}" in done.stderr
    assert not Path("sayso.db").exists()

    made = run("gather", out, "-l", tmp_path / "l.db")
    assert made.exit_code == 0
    assert "documents     19 in the folder" in made.stdout
    assert "              4 could not be read" in made.stdout
    assert run("check", "-l", tmp_path / "l.db").exit_code == 0

    sliced = run("gather", out, "-l", tmp_path / "s.db", "--where", "name ~ short")
    assert "              18 left out by --where" in sliced.stdout
    with Ledger(tmp_path / "s.db") as opened:
        assert len(list(opened.document_ids())) == 1


@needs_model
def test_a_folder_inside_the_pile_is_no_part_of_it(pile: Path, whole: Path, tmp_path: Path):
    inside = tmp_path / "pile"
    inside.mkdir()
    shutil.copytree(whole, inside / "out")
    (inside / "page.txt").write_text("No water came in, Ada Fenn said.\n")
    done = run("read", "--to", inside / "out", inside)
    assert done.exit_code == 0, done.output
    assert "documents     1: 1 read" in done.stdout


@needs_model
def test_parts_of_another_version_are_told(pile: Path, out: Path):
    """They are no obstacle to reading, and neither taken nor taken away; where they lie is for people to say."""
    there = len(list((out / "readings").iterdir()))
    for file in sorted(out.rglob("*.parquet")):
        file.rename(file.with_name("0" * 12 + file.name[12:]))
    page = pile / "short.txt"
    done = run("read", "--to", out, page)
    assert "documents     1: 1 read" in done.stdout, done.output
    assert (
        f"also holds {there} parts that other versions of model or code made; gather refuses both together"
        in done.stderr
    )
    assert len(list((out / "readings").iterdir())) == there + 1


@needs_model
def test_ctrl_c(pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(handover, "read_at", stop)
    done = run("read", "--to", tmp_path / "out", pile)
    assert done.exit_code == 130
    assert "stopped; 0 parts are finished in" in done.stderr
    assert "run the same command again to carry on" in done.stderr


REFUSED = [
    (("read", "--to", "out", "-l", "l.db", "p"), "leave out -l"),
    (("read", "--to", "out", "--keep", "--json", "p"), "leave out --keep and --json"),
    (("read", "--part", "5", "p"), "say which, with --to FOLDER"),
    (("read", "--engine", "spark", "p"), "say which, with --to FOLDER"),
    (("read", "--to", "out", "--master", "local[2]", "p"), "give --engine spark too"),
    (("read", "--to", "out", "--part", "0", "p"), "no whole number from 1"),
    (("gather", "nowhere"), "Directory 'nowhere' does not exist"),
    (("gather", ".", "--where", "colour = red"), "there must be one of outlet"),
    (("gather", "."), "there are no readings in .; make them with: sayso read --to . PATH"),
]


@pytest.mark.parametrize(("args", "said"), REFUSED, ids=[" ".join(row[0]) for row in REFUSED])
def test_refused(args: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    done = run(*args)
    assert done.exit_code == 2, done.output
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_empty_pile(tmp_path: Path):
    (tmp_path / "p").mkdir()
    done = run("read", "--to", tmp_path / "out", tmp_path / "p")
    assert done.exit_code == 0
    assert "nothing to read was found in" in done.stderr


@pytest.mark.parametrize("args", ["read --to out page.txt", "gather ."])
def test_without_pyarrow_a_sentence_says_what_to_install(args: str, tmp_path: Path):
    (tmp_path / "page.txt").write_text("No water came in, Ada Fenn said.\n")
    code = f"import sys; sys.modules['pyarrow'] = None; from sayso.cli import main; main({args.split()!r})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert (
        'needs the library pyarrow, which is not installed; install it with: pip install "sayso[parquet]"'
        in done.stderr
    )


def test_reading_into_a_ledger_does_not_need_it(tmp_path: Path):
    code = "import sys; sys.modules['pyarrow'] = None; import sayso.cli.read, sayso.cli.filling, sayso.engine.local; print('fine')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == "fine\n", done.stderr
