"""Who vouches for a figure of a series: the originators of the pile, and what they may be taken for."""

from __future__ import annotations

from sayso.pile.origin import Originator, Origins
from sayso.pile.series.told import Origin, Originating
from sayso.records import Figure, Reading

BASIS = {
    "own-voice": "outlet", "credit": "agency", "copy": "copy", "carrier": "carrier", "hop": "carrier", "spokesperson": "spokesperson",
    "text": "copy", "description": "description", "open": "unknown", "unsure-voice": "unknown", "nameless": "nameless",
}  # fmt: skip
"""How it is known who vouches, by the rule that decided; a speaker where nothing else is said."""


def originating(origins: Origins) -> Originating:
    """The originators that the pile knows, as series take them."""

    def of(reading: Reading, figure: Figure) -> Origin:
        return _origin(origins.of_figure(reading, figure))

    return of


def _origin(found: Originator) -> Origin:
    basis = BASIS.get(found.by, "unknown" if found.sort == "open" else "speaker")
    return Origin(found.key, found.name, basis, found.counted, found.family, found.families)


origin_of: Originating = originating(Origins())
"""The originator of a figure by its page alone, where nothing is known of who is who and what is a copy."""
