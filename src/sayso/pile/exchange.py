"""Pages of one question out and in: the rows, and the relations that are lost and found with them.

Afterwards there is a relation between two items exactly where both are active in some bucket, are ``near``, and
``compare`` finds one: so what is stored follows from the set of pages, however it came together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set

from sayso.ledger.keys import PLACES
from sayso.pile.blocks import Member, Shift, Width, meet, shift
from sayso.pile.question import Item, Place, Question
from sayso.pile.rows import Rows, members
from sayso.pile.shelf import Shelf
from sayso.records import Reading

Coming = tuple[int, int, Sequence[Item]]
"""A page to take in: its key, the stamp of its reading, its items (see :func:`items_of`)."""
Found = tuple[int, int]
"""The keys of two items, in the order of their names."""


def items_of(question: Question, reading: Reading) -> list[Item]:
    """The items of a page by id, the keys of each in order. Raises ValueError where a question breaks its word."""
    try:
        items = [Item(reading.id, i.id, tuple(sorted(set(i.keys))), i.sketch) for i in question.items(reading)]
    except Exception as error:
        error.add_note(f"while {question.name} looked at {reading.document.name!r}")
        raise
    items.sort(key=lambda item: item.id)
    ids = {item.id for item in items}
    if len(ids) < len(items) or len(items) >= PLACES:
        raise ValueError(f"{question.name}: two items of {reading.document.name!r} have one id, or there are too many")
    if any(item.keys and not 0 <= item.keys[0] <= item.keys[-1] < 1 << 63 for item in items):
        raise ValueError(f"{question.name}: a key of {reading.document.name!r} is no whole number below 2**63")
    return items


_NOBODY: Set[int] = frozenset()


class Moving:
    """Items out of their buckets and into others, for one question.

    ``shifts`` tells what became of each bucket, but for those where some came ``behind`` all that are active: heads, and who
    came. ``crowds`` are those who are not active in buckets that have new heads.
    """

    def __init__(self, rows: Rows, width: Width, *, compares: bool = True) -> None:
        self.rows, self.width, self.compares = rows, width, compares
        self.shifts: dict[int, Shift] = {}
        self.crowds: dict[int, list[int]] = {}
        self.behind: dict[int, tuple[tuple[int, ...], list[Member]]] = {}

    def move(self, gone: Iterable[tuple[int, Item]], came: Iterable[tuple[int, Item]]) -> None:
        """Move the members of all buckets that are touched, and remember where others are compared now."""
        leaving = sorted(place for key, item in gone for place in members(key, item))
        arriving = sorted(place for key, item in came for place in members(key, item))
        if self.compares:
            self._shifts(leaving, arriving)
        self.rows.move(leaving, arriving)

    def _shifts(self, leaving: list[tuple[int, Member]], arriving: list[tuple[int, Member]]) -> None:
        """Remember what becomes of each bucket, before anybody is moved."""
        out: defaultdict[int, set[int]] = defaultdict(set)
        new: defaultdict[int, list[Member]] = defaultdict(list)
        for bucket, member in leaving:
            out[bucket].add(member[1])
        for bucket, member in arriving:
            new[bucket].append(member)
        heads = self.rows.heads([bucket for bucket in new if bucket not in out], self.width.cap)
        for bucket, came in new.items():
            if bucket not in out and (len(came) > 1 or bucket in heads):
                self._shift(bucket, _NOBODY, came, heads.get(bucket, []))
        for bucket, left in out.items():
            head = self.rows.head(bucket, self.width.cap + len(left))
            self._shift(bucket, left, new.get(bucket, []), head)

    def _shift(self, bucket: int, left: Set[int], came: list[Member], head: list[Member]) -> None:
        """Remember what becomes of a bucket with these members; nothing where nobody is to be compared or parted for it."""
        most = self.width.cap + len(left)
        if not left and len(head) == most and came[0] > head[-1]:  # as it is most often where many have one key
            self.behind[bucket] = tuple(item for _, item in head[: self.width.heads]), came
            return
        found = shift(head, left, came, self.width)
        if found.new_heads:
            others = self.rows.bucket(bucket) if len(head) == most else [item for _, item in head]
            crowd = {*others, *found.beyond}.difference(found.active, left)
            crowd.update(found.beyond)  # a page that changed both left and came
            if crowd:
                self.crowds[bucket] = sorted(crowd)
        if not found.is_still() or bucket in self.crowds:
            self.shifts[bucket] = found

    def facing(self) -> Iterator[tuple[int, Sequence[int]]]:
        """Those that are to be compared though not both are active: each that came with the heads, each new head with all."""
        for heads, came in self.behind.values():
            for _, one in came:
                yield one, heads
        for bucket, found in self.shifts.items():
            for one in found.beyond:
                yield one, found.heads
            for one in sorted(found.new_heads):
                yield one, self.crowds.get(bucket, ())

    def fresh(self) -> set[int]:
        """Every item that is compared with somebody now and was not before, but for those that only meet such a one."""
        return {one for found in self.shifts.values() for one in (*found.fresh, *found.beyond, *found.new_heads)}


def strike(rows: Rows, width: Width, out: Sequence[int]) -> None:
    """Take pages out, by key, and compare nothing: the pages of those that become active in their place are unsettled."""
    moving = Moving(rows, width)
    moving.move([row for document in out for row in rows.take_out(document)], [])
    rows.unsettle({page_of(one) for one in moving.fresh()})


def page_of(item: int) -> int:
    """The key of the page that an item is on."""
    return item - item % PLACES


class Exchange:
    """Pages out and in for one question, all at once.

    Nothing is compared with the pages that are ``leaving`` (by key) and will be taken out later: their readings are not
    those that their rows were made of.
    """

    def __init__(
        self, question: Question, rows: Rows, shelf: Shelf, width: Width, leaving: Set[int] = frozenset()
    ) -> None:
        self.question, self.rows, self.shelf, self.width, self.leaving = question, rows, shelf, width, leaving
        self.new: set[int] = set()
        self.moving = Moving(rows, width, compares=question.compares)
        self.shifts = self.moving.shifts

    def run(self, out: Sequence[int], come: Sequence[Coming]) -> None:
        """Take pages out, by key, and others in; one that changed is in both lists."""
        gone = [row for document in out for row in self.rows.take_out(document)]
        came = [(document + place, item) for document, _, items in come for place, item in enumerate(items)]
        self.new = {key for key, _ in came}
        self.moving.move(gone, came)
        at = 0
        for document, stamp, items in come:
            self.rows.put_in(document, stamp, came[at : at + len(items)])
            at += len(items)
        self._take_back()
        self._compare()

    # --- what is lost ---

    def _take_back(self) -> None:
        """Take back what was found between two that are compared in no bucket any more."""
        apart: defaultdict[int, set[int]] = defaultdict(set)
        for found in self.shifts.values():
            for one, other in found.lost():
                apart[one].add(other)
        past = {one for found in self.shifts.values() for one in found.past_heads}
        for one in sorted(past | apart.keys()):
            known = self.rows.partners(one)
            for other in sorted(known if one in past else known & apart[one]):
                if not self._meet(one, other):
                    self.rows.part(one, other)

    def _meet(self, one: int, other: int) -> bool:
        """Whether two items are compared in some bucket."""
        shared = set(self.rows.item(one).keys) & set(self.rows.item(other).keys)
        return any(meet(self._active(bucket), self.width.heads, one, other) for bucket in sorted(shared))

    def _active(self, bucket: int) -> Sequence[int]:
        found = self.shifts.get(bucket)
        return found.active if found else [item for _, item in self.rows.head(bucket, self.width.cap)]

    # --- what is found ---

    def _compare(self) -> None:
        """Compare all that are active together in some bucket and were not."""
        for a, b in self._worth():
            before, after = (Place(self.shelf.reading(i.document), i.id) for i in map(self.rows.item, (a, b)))
            try:
                found = self.question.compare(before, after)
            except Exception as error:
                names = " and ".join(repr(place.reading.document.name) for place in (before, after))
                error.add_note(f"while {self.question.name} compared {names}")
                raise
            if found is not None:
                self.rows.relate(a, b, found)

    def _worth(self) -> list[Found]:
        """The pairs that are worth loading. Those with one page that was there before follow each other."""
        gained = list(self._gained())
        self.rows.fetch({other for one, others in gained for other in (one, *others)})
        pairs = {pair for one, others in gained for pair in self._near(one, others)}

        def order(pair: Found) -> tuple[int, int, int, int]:
            there, here = sorted(pair, key=lambda key: (key in self.new, key))
            return page_of(there), page_of(here), there, here

        return sorted(pairs, key=order)

    def _gained(self) -> Iterator[tuple[int, set[int]]]:
        """Each item that came to be compared, with those that it is to be compared with."""
        fresh: defaultdict[int, list[Shift]] = defaultdict(list)
        for found in self.shifts.values():
            for one in found.fresh:
                fresh[one].append(found)
        facing: defaultdict[int, set[int]] = defaultdict(set)
        for one, others in self.moving.facing():
            facing[one].update(others)
        for one in sorted(fresh.keys() | facing.keys()):
            if page_of(one) not in self.leaving:
                yield one, facing[one].union(*(found.beside(one) for found in fresh[one]))

    def _near(self, one: int, others: set[int]) -> Iterator[Found]:
        """The pairs of an item with these others that are worth loading and not known already."""
        item, new, near = self.rows.item(one), one in self.new, self.question.near
        for other in others:
            if self.leaving and page_of(other) in self.leaving:
                continue
            second = self.rows.item(other)
            here_first = (item.document, item.id) < (second.document, second.id)
            if not (near(item, second) if here_first else near(second, item)):
                continue
            pair = (one, other) if here_first else (other, one)
            if new or other in self.new or not self.rows.related(*pair):
                yield pair
