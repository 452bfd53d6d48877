"""Drawing a stratified random sample, the same one for the same seed and pile.

Every unit has a number that follows from the seed and from what it is (SHA-256); those with the smallest numbers of each
stratum are drawn: a simple random sample without replacement. No row order, machine or version of a library is in it, and
where pages are added, most units that were drawn before are drawn again.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.review.frames import Unit

LEAST = 2
"""Units of a stratum that are drawn at least, where it has so many: with one there is no telling how they vary."""
OTHERS = "(others)"
"""The stratum of what falls in none that is large enough to be one of its own."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A unit that was drawn: from the stratum with number ``layer`` and so many ``units``, of which ``drawn`` were."""

    unit: Unit
    layer: int
    stratum: str
    units: int
    drawn: int


Layer = tuple[str, str]
"""A stratum: what read the pages, and its name. So each version of model and code is measured by itself."""


def draw(every: Iterable[Unit], number: int, seed: int) -> list[Drawn]:
    """So many units of all, in random order; all of them where there are no more."""
    units = list(every)
    layers = _layers(units, number)
    held: dict[Layer, list[Unit]] = defaultdict(list)
    for unit in units:
        held[_layer(unit, layers)].append(unit)
    share = allotted({layer: len(held[layer]) for layer in sorted(held)}, number)
    found = []
    for n, layer in enumerate(sorted(held)):
        chosen = heapq.nsmallest(share[layer], held[layer], key=lambda unit: chance(seed, unit))
        found += [Drawn(unit, n, layer[1], len(held[layer]), share[layer]) for unit in chosen]
    return sorted(found, key=lambda one: chance(seed, one.unit, "order"))


def chance(seed: int, unit: Unit, what: str = "") -> str:
    """The number of a unit, as hexadecimal digits."""
    return hashlib.sha256(f"{seed}\n{what}\n{unit.what}\n{unit.document}\n{unit.unit}".encode()).hexdigest()


def _layers(units: Iterable[Unit], number: int) -> set[Layer]:
    """The strata that are large enough: as many of the largest as ``LEAST`` of each leave room for."""
    sizes = Counter((unit.made, unit.stratum) for unit in units)
    room = max(1, number // LEAST)
    if len(sizes) <= room:
        return set(sizes)
    versions = len({made for made, _ in sizes})
    ordered = sorted(sizes, key=lambda layer: (-sizes[layer], layer))
    return set(ordered[: max(0, room - versions)])


def _layer(unit: Unit, layers: set[Layer]) -> Layer:
    own = (unit.made, unit.stratum)
    return own if own in layers else (unit.made, OTHERS if layers or unit.stratum else "")


def allotted(sizes: dict[Layer, int], number: int) -> dict[Layer, int]:
    """How many of each stratum: ``LEAST`` first, the rest in proportion to size, by largest remainders."""
    number = min(number, sum(sizes.values()))
    share = dict.fromkeys(sizes, 0)
    for layer in sorted(sizes, key=lambda layer: (-sizes[layer], layer)):
        share[layer] = min(LEAST, sizes[layer], max(0, number - sum(share.values())))
    while (rest := number - sum(share.values())) > 0:
        open_ = {layer: size - share[layer] for layer, size in sizes.items() if size > share[layer]}
        wanted = {layer: rest * sizes[layer] / sum(sizes[each] for each in open_) for layer in open_}
        whole = {layer: min(open_[layer], int(wanted[layer])) for layer in open_}
        if not any(whole.values()):
            for layer in sorted(open_, key=lambda layer: (-wanted[layer], layer))[:rest]:
                share[layer] += 1
            break
        for layer, more in whole.items():
            share[layer] += more
    return share
