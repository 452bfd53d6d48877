"""Who vouches for a figure of a series: the originators of the pile, and what they may be taken for."""

from __future__ import annotations

from sayso.pile.origin import Originator, Origins
from sayso.pile.series.told import Origin, Originating
from sayso.records import Figure, Reading

BASIS = {
    "own-voice": "outlet", "credit": "agency", "copy": "copy", "carrier": "carrier", "hop": "carrier", "spokesperson": "spokesperson",
    "description": "description", "open": "unknown", "unsure-voice": "unknown",
}  # fmt: skip
"""How it is known who vouches, by the rule that decided; a speaker where nothing else is said."""


def originating(origins: Origins) -> Originating:
    """The originators that the pile knows, as series take them."""

    def of(reading: Reading, figure: Figure) -> Origin:
        return _origin(reading, origins, origins.of_figure(reading, figure))

    return of


def _origin(reading: Reading, origins: Origins, found: Originator) -> Origin:
    """One that is only described ("officials") is one for certain on pages of one outlet or agency alone."""
    basis = "unknown" if found.sort == "open" else BASIS.get(found.by, "speaker")
    home = f" of {origins.own(reading).key}" if found.sort == "description" else ""
    return Origin(found.key + home, found.name, basis, found.key)


origin_of: Originating = originating(Origins())
"""The originator of a figure by its page alone, where nothing is known of who is who and what is a copy."""
