"""Colours of speakers: told apart by people with any kind of colour sight, readable on a dark and on a light ground.

Chosen by search: all colours with a contrast of at least 3.2:1 on white and 3.6:1 on black (WCAG 2.2, 1.4.11 asks
for 3:1), and among them the six that lie farthest apart: at least 24 (CIE 1976) between any two, in ordinary sight and
in the three simulated kinds of colour blindness (Machado, Oliveira, Fernandes 2009, full severity). Seven would lie
20 apart. The seventh speaker therefore has the first colour again, in bold. The number in brackets is what counts; the
colour only helps the eye.
"""

from __future__ import annotations

COLOURS = ("#0090a8", "#f06018", "#9048c0", "#789078", "#a84830", "#6048f0")
UNKNOWN = "italic"


def style(place: int | None) -> str:
    """The style of the speaker who comes ``place``-th in the text (0 the first); None is the speaker left open."""
    if place is None:
        return UNKNOWN
    again, colour = divmod(place, len(COLOURS))
    return COLOURS[colour] + (" bold" if again % 2 else "")
