"""What there is to be read, walked once: every document under the hash of all that its reading follows from.

Documents are found again by their place in one file on the disk, so that a pile of millions takes 24 bytes of memory for each.
What lies in a file of its own stays there; lines of JSON, standard input and what stands in a container are kept in the spool.
"""

from __future__ import annotations

import json
import struct
import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from sayso.engine.documents import document_row, input_id
from sayso.errors import InputError
from sayso.ingest import Item, Metadata, data_of

_FRAME = struct.Struct(">II")
_QUICK = 1  # zlib's level: pages shrink to a third at 100 MB/s; better ones take time from the reading
_CHANGED = "It changed while the pile was being read. Run the same command again to read it as it is now."

Row = dict[str, Any]
Numbers = NDArray[np.uint64]


class Spool:
    """Documents to be read, on the disk: written once, read in any order by any process. To be closed at the end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._out: BinaryIO | None = None
        self._high, self._low, self._places = array("Q"), array("Q"), array("Q")

    def add(self, item: Item, meta: Metadata | None) -> None:
        """Put one item in, hashed with all that is known of it. OSError where the disk is full."""
        if self._out is None:
            self._out = self.path.open("wb")
        row = document_row(item, meta)
        content = row.pop("content")
        lies = item.path if content is not None and item.data is None else None
        header = json.dumps({"row": {k: v for k, v in row.items() if v is not None}, "file": lies}).encode("ascii")
        kept = zlib.compress(content, _QUICK) if content is not None and lies is None else b""
        self._high.append(int(row["id"][:16], 16))
        self._low.append(int(row["id"][16:], 16))
        self._places.append(self._out.tell())
        self._out.write(_FRAME.pack(len(header), len(kept)) + header + kept)

    def inputs(self) -> Inputs:
        """All that was put in, in the order of their ids; one that came twice counts once."""
        if self._out is not None:
            self._out.flush()
        high, low, places = (np.array(each, dtype=np.uint64) for each in (self._high, self._low, self._places))
        order = np.lexsort((places, low, high))
        high, low, places = high[order], low[order], places[order]
        first = np.ones(len(order), dtype=bool)
        first[1:] = (high[1:] != high[:-1]) | (low[1:] != low[:-1])
        return Inputs(high[first], low[first], places[first])

    def close(self) -> None:
        """Take it away."""
        if self._out is not None:
            self._out.close()
            self._out = None
        self.path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Documents by id, in order: both halves of each id as numbers, and where each stands in the spool."""

    high: Numbers
    low: Numbers
    places: Numbers

    def __len__(self) -> int:
        """How many there are."""
        return len(self.high)

    def ids(self, start: int, stop: int) -> list[str]:
        """The ids from ``start`` to ``stop``, in hexadecimal digits."""
        return [
            f"{int(high):016x}{int(low):016x}"
            for high, low in zip(self.high[start:stop], self.low[start:stop], strict=True)
        ]

    def cuts(self, most: int) -> Iterator[tuple[int, int]]:
        """The documents in stretches whose ids share their first bits: as many bits as make ``most`` a stretch or fewer.

        How many are in one follows from chance, so a stretch may have a few more. Empty ones are left out.
        """
        bits = max(0, -(-len(self) // most) - 1).bit_length()
        shift = np.uint64(64 - bits)
        edges = [0, len(self)]
        if bits:
            starts = np.arange(1, 1 << bits, dtype=np.uint64) << shift
            edges[1:1] = [int(each) for each in np.searchsorted(self.high, starts)]
        yield from ((start, stop) for start, stop in pairwise(edges) if start < stop)

    def known(self, ids: Sequence[str]) -> list[bool]:
        """Whether each of these ids is here."""
        return [self._has(int(each[:16], 16), int(each[16:], 16)) for each in ids]

    def _has(self, high: int, low: int) -> bool:
        start, stop = (int(np.searchsorted(self.high, np.uint64(high), side=side)) for side in ("left", "right"))
        return any(int(each) == low for each in self.low[start:stop])


def row_at(spool: BinaryIO, place: int) -> Row:
    """The row of ``DOCUMENTS`` that stands at a place of the spool; a file that changed since is a row with a problem."""
    spool.seek(place)
    of_header, of_content = _FRAME.unpack(spool.read(_FRAME.size))
    told = json.loads(spool.read(of_header))
    row: Row = told["row"]
    for known in (row, row.get("beside") or {}):
        known["extra"] = [tuple(pair) for pair in known.get("extra") or ()]
    if of_content:
        return {**row, "content": zlib.decompress(spool.read(of_content))}
    if told["file"] is None:
        return row
    try:
        row["content"] = data_of(Item(row["name"], told["file"]))
    except InputError as error:
        return {**row, "problem": {"code": error.code, "message": f"{row.get('path', '')}: {error}"}}
    if input_id({**dict.fromkeys(("content", "text")), **row}) != row["id"]:
        return {**row, "problem": {"code": "not-a-file", "message": f"{row.get('path', '')}: {_CHANGED}"}}
    return row
