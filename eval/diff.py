"""What a change does to the readings: page by page, the statements gained and lost since another revision.

    python -m eval.diff [--shared DIR] BASE

Both revisions read the same pages, each with its own code and its own model.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

from eval.readings import BUILD, ROOT, Pile, demo_pile, load, produce, shared_pile
from sayso.records import Reading, Spans, Statement

SHARED = ("seeds", "ced-dev", "polnear-dev")


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """A statement in words alone, so that two revisions can be compared whatever their offsets and ids."""

    content: str
    speaker: str
    source: str
    cue: str
    kind: str
    act: str
    chain: str
    within: str


@dataclass(frozen=True, slots=True)
class PageChange:
    """What changed on one page. ``changed`` pairs statements with one content that differ in something else."""

    name: str
    gained: tuple[Told, ...]
    lost: tuple[Told, ...]
    changed: tuple[tuple[Told, Told], ...]


def told(reading: Reading) -> Counter[Told]:
    """The statements of a reading in words."""
    names = {speaker.id: speaker.name for speaker in reading.speakers}
    by_id = {s.id: s for s in reading.statements}

    def words(spans: Spans) -> str:
        return " … ".join(" ".join(reading.document.text[start:end].split()) for start, end in spans)

    def one(s: Statement) -> Told:
        speakers = " and ".join(names.get(i, "") for i in (s.speaker, *s.joint) if i)
        outer = by_id.get(s.within or "")
        within = words(outer.content) if outer else ""
        chain = " < ".join(hop.name for hop in s.chain)
        return Told(words(s.content), speakers, words(s.source), words(s.cue), s.kind, s.act, chain, within)

    return Counter(one(s) for s in reading.statements)


def compare(old: Mapping[str, Reading], new: Mapping[str, Reading]) -> list[PageChange]:
    """The pages whose statements differ, by name; a page that only one side has gained or lost all of its own."""
    out = []
    for name in sorted({*old, *new}):
        before = told(old[name]) if name in old else Counter[Told]()
        after = told(new[name]) if name in new else Counter[Told]()
        lost, gained = sorted((before - after).elements()), sorted((after - before).elements())
        changed = []
        for one in list(lost):
            match = next((other for other in gained if other.content == one.content), None)
            if match:
                lost.remove(one)
                gained.remove(match)
                changed.append((one, match))
        if lost or gained or changed:
            out.append(PageChange(name, tuple(gained), tuple(lost), tuple(changed)))
    return out


def render(page: PageChange) -> Iterator[str]:
    """The lines of one page: `-` lost, `+` gained, `~` changed."""
    yield f"{page.name}: {len(page.gained)} gained, {len(page.lost)} lost, {len(page.changed)} changed"
    for mark, statements in (("-", page.lost), ("+", page.gained)):
        for s in statements:
            yield f"  {mark} {s.speaker or '?'} | {s.source} | {s.cue} | {s.content}"
    for before, after in page.changed:
        yield f"  ~ {before.content}"
        for field in fields(Told):
            one, other = getattr(before, field.name), getattr(after, field.name)
            if one != other:
                yield f"      {field.name}: {one or '–'} → {other or '–'}"


@contextmanager
def worktree(base: str) -> Iterator[Path]:
    """The tree of another revision in a folder that goes away again."""
    with tempfile.TemporaryDirectory(prefix="sayso-diff-") as folder:
        tree = Path(folder) / "base"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(tree), base], cwd=ROOT, check=True)
        try:
            yield tree
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True)


def changes(piles: Iterable[Pile], base: str) -> Iterator[PageChange]:
    """Read every pile with both revisions and compare."""
    with worktree(base) as tree:
        for pile in piles:
            old = load(produce(pile, tree / "src", tree / "build"))
            new = load(produce(pile, ROOT / "src", BUILD))
            yield from compare(old, new)


def main() -> int:
    """Print the changes since a revision."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", help="a git revision")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    args = parser.parse_args()
    piles = [demo_pile(), *(shared_pile(args.shared, name) for name in SHARED)]
    counts: Counter[str] = Counter()
    try:
        for page in changes([pile for pile in piles if pile.here()], args.base):
            print("\n".join(render(page)))
            counts.update(gained=len(page.gained), lost=len(page.lost), changed=len(page.changed), pages=1)
    except (subprocess.CalledProcessError, RuntimeError) as error:
        print(f"diff: {error}", file=sys.stderr)
        return 1
    print(
        f"{counts['pages']} pages differ: "
        f"{counts['gained']} statements gained, {counts['lost']} lost, {counts['changed']} changed"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
