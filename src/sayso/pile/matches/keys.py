"""Which statements are worth comparing: blocking keys that few others have, and a sketch that turns most pairs away.

Keys come from runs of words (shared wording), from a speaker's last name with a rare word, from pairs of rare words and
from figures. What is rare is told by the fixed table of common words, never by the pile.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from struct import calcsize, iter_unpack, pack

from sayso.pile.hashing import key63
from sayso.pile.matches.compare import CLOSE, likeness
from sayso.pile.matches.features import Shared, worth
from sayso.pile.matches.saying import Saying
from sayso.pile.matches.who import main_words
from sayso.pile.matches.words import Word
from sayso.pile.rows import odd

SHINGLE, WINDOW = 4, 4
"""Words of a run that is a key, and runs of which one becomes a key (winnowing: Schleimer, Wilkerson, Aiken, SIGMOD
2003): a wording of SHINGLE + WINDOW - 1 words that two statements share gives them a key in common."""
ALL = 10
"""Runs up to which all become keys, so that a short cut is known again in a statement of some fifteen words."""
SHINGLES = 48
"""Keys from runs at most: those of 120 words, more than all but 31 of 21,406 statements have."""
WITH_SPEAKER = 7
"""Rare words that are joined with the speaker's last name."""
PAIRED = 6
"""Rare words that are joined in pairs. With 6 and 7 five matches of 507 on PolNeAR's training articles are lost."""
TELLS = 2.0
"""What a word must count to be a key: it stands on less than one page in eight."""
SKETCHED = 60
"""Words of a sketch at most."""
HEAD = 3
"""Bytes of a sketch before its entries."""
_ENTRY = ">IB"
_SCALE = 16
QUOTED_BITS, QUOTED_WORDS = 8.0, 3
"""What two statements with quotation marks must share to be looked at for a quoted part in common."""
ROUNDED = 0.03
"""What the likeness may be off by, as sketches are rounded and leave out the words that count least."""
WORDING = 0.8
"""Share of the smaller side from which two statements may have the same words."""


def keys_of(saying: Saying) -> tuple[int, ...]:
    """The blocking keys of a statement, in order; none where it tells too little."""
    return tuple(sorted(set(_keys(saying))))


def _keys(saying: Saying) -> Iterator[int]:
    texts = [word.text for word in saying.words]
    if sum(map(worth, saying.words)) >= TELLS:
        yield key63("words " + " ".join(texts))
    yield from _runs(saying.words, texts)
    rare = _rare(saying.words)
    for name in sorted({name for speaker in saying.speakers for name in main_words(speaker)}):
        for word in rare[:WITH_SPEAKER]:
            yield key63(f"speaker {name} {word}")
    for one, two in combinations(sorted(rare[:PAIRED]), 2):
        yield key63(f"pair {one} {two}")
    for figure in saying.figures:
        if figure.low is not None and rare:
            yield key63(f"figure {figure.low:g} {figure.unit} {figure.event or rare[0]}")


def _rare(words: tuple[Word, ...]) -> list[str]:
    """The notions of a statement by how much they count, most first; equal ones in an order that is the same everywhere."""
    found = {word.notion: worth(word) for word in words}
    ranked = sorted(found.items(), key=lambda each: (-each[1], key63(each[0])))
    return [notion for notion, bits in ranked if bits >= TELLS]


def _runs(words: tuple[Word, ...], texts: list[str]) -> list[int]:
    """Keys of runs of words, thinned so that of any WINDOW neighbours one is kept."""
    counted = list(map(worth, words))
    told = [
        key63("run " + " ".join(texts[at : at + SHINGLE]))
        for at in range(len(words) - SHINGLE + 1)
        if sum(counted[at : at + SHINGLE]) >= TELLS
    ]
    if len(told) <= ALL:
        return told
    kept = {min(told[at : at + WINDOW]) for at in range(len(told) - WINDOW + 1)}
    return sorted(kept)[:SHINGLES]


def sketch_of(saying: Saying) -> bytes:
    """Numbers that tell roughly what a statement shares with another.

    Whether it quotes, what its words count together, and 31 bits of the hash of each notion with what it counts.
    """
    sums: dict[str, float] = {}
    for word in saying.words:
        sums[word.notion] = sums.get(word.notion, 0.0) + worth(word)
    ranked = sorted(((bits, notion) for notion, bits in sums.items() if bits > 0), reverse=True)[:SKETCHED]
    entries = sorted((key63(notion) >> 33 << 1 | notion.startswith("^"), bits) for bits, notion in ranked)
    head = pack(">BH", any(saying.quoted), min(65535, round(sum(sums.values()) * _SCALE)))
    return head + b"".join(pack(_ENTRY, code, min(255, round(bits * _SCALE))) for code, bits in entries)


@lru_cache(1 << 12)
def _read(sketch: bytes) -> tuple[float, dict[int, int]]:
    """What the words of a sketch count together, and its entries; kept for those looked at last."""
    if len(sketch) < HEAD or (len(sketch) - HEAD) % calcsize(_ENTRY):
        raise odd("a sketch")
    return int.from_bytes(sketch[1:3], "big") / _SCALE, dict(iter_unpack(_ENTRY, sketch[HEAD:]))


def near(a: bytes, b: bytes) -> bool:
    """Whether two statements may match, from their sketches; rather yes than no. Symmetric. Raises sqlite3.DatabaseError."""
    (sum_a, one), (sum_b, two) = _read(a), _read(b)
    if not one or not two:
        return a == b
    both = one.keys() & two.keys()
    if not both:
        return False
    named = all_ = 0
    for code in both:
        here, there = one[code], two[code]
        each = here if here < there else there
        all_ += each
        if code & 1:
            named += each
    told, plain = all_ / _SCALE, (all_ - named) / _SCALE
    least, most = (sum_a, sum_b) if sum_a <= sum_b else (sum_b, sum_a)
    if a[0] and b[0] and told >= QUOTED_BITS and len(both) >= QUOTED_WORDS:
        return True
    cover, cosine = told / max(least, 1.0), told / max(1.0, (least * most) ** 0.5)
    shares = Shared(told, plain, least, cosine, cover)
    return cover >= WORDING or likeness(shares, "same", None) >= CLOSE - ROUNDED
