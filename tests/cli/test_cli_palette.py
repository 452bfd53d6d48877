"""The colours of speakers: readable on both grounds, told apart with any colour sight."""

from __future__ import annotations

import itertools

import pytest

from sayso.cli.palette import COLOURS, UNKNOWN, style

# Machado, Oliveira, Fernandes 2009, severity 1.0
SIGHT = {
    "ordinary": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> list[float]:
    values = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values]


def luminance(colour: str) -> float:
    return sum(part * weight for part, weight in zip(linear(colour), (0.2126, 0.7152, 0.0722), strict=True))


def lab(rgb: list[float]) -> tuple[float, float, float]:
    def f(t: float) -> float:
        return t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116

    r, g, b = rgb
    x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
    y = f(0.2126729 * r + 0.7151522 * g + 0.0721750 * b)
    z = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: str, sight: str) -> tuple[float, float, float]:
    rgb = linear(colour)
    mixed = (sum(weight * part for weight, part in zip(row, rgb, strict=True)) for row in SIGHT[sight])
    return lab([min(1.0, max(0.0, part)) for part in mixed])


@pytest.mark.parametrize("colour", COLOURS)
def test_contrast_on_both_grounds(colour: str):
    assert 1.05 / (luminance(colour) + 0.05) >= 3, "on white"
    assert (luminance(colour) + 0.05) / 0.05 >= 3, "on black"


@pytest.mark.parametrize("sight", SIGHT)
def test_told_apart(sight: str):
    pairs = itertools.combinations((seen(colour, sight) for colour in COLOURS), 2)
    assert min(sum((a - b) ** 2 for a, b in zip(one, two, strict=True)) ** 0.5 for one, two in pairs) > 24


def test_styles_are_stable():
    assert style(0) == COLOURS[0]
    assert style(len(COLOURS)) == f"{COLOURS[0]} bold"
    assert style(2 * len(COLOURS)) == COLOURS[0]
    assert style(None) == UNKNOWN
