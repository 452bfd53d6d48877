"""Shares and ratios from stratified random samples, with intervals.

The estimate is the combined ratio estimator and its linearised variance with finite population correction (Cochran 1977,
*Sampling Techniques*, 3rd ed., 6.11-6.12); a share is the ratio whose denominators are 1. Strata of which one unit was drawn
are taken together for the variance (collapsed strata, Cochran 1977, 5A.12). The interval is Wilson's score interval (Wilson
1927, JASA 22, 209-212) with the effective sample size in place of n, never more than the units that were judged (Korn and
Graubard 1998, Survey Methodology 24, 193-201; compared by Franco et al. 2019, J. Survey Statistics and Methodology 7, 334-364).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf, sqrt

Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the pile with so many ``units``, of which those in ``drawn`` were judged: (hits, of how many) of each unit."""

    units: int
    drawn: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share between 0 and 1 with its 95 % interval; ``judged`` is what it rests on, ``hits`` of them. None: nothing judged."""

    share: float | None
    low: float | None
    high: float | None
    hits: int
    judged: int


NOTHING = Estimate(None, None, None, 0, 0)


def wilson(share: float, n: float) -> tuple[float, float]:
    """Wilson's 95 % interval for a share seen in ``n`` units, which may be a fraction, or infinite where all are known."""
    if n == inf:
        return share, share
    middle = share + Z * Z / (2 * n)
    spread = Z * sqrt(max(0.0, share * (1 - share) / n + Z * Z / (4 * n * n)))
    low, high = (middle - spread) / (1 + Z * Z / n), (middle + spread) / (1 + Z * Z / n)
    return (0.0 if share <= 0 else max(0.0, low), 1.0 if share >= 1 else min(1.0, high))


def estimate(strata: Iterable[Stratum]) -> Estimate:
    """The ratio of hits to all that was judged, over the whole of the strata. Raises ValueError at a stratum drawn beyond itself."""
    used = [s for s in strata if s.drawn]
    if any(len(s.drawn) > s.units for s in used):
        raise ValueError("more units were judged than a stratum has")
    hits, judged = (sum(pair[at] for s in used for pair in s.drawn) for at in (0, 1))
    all_hits, all_judged = (sum(s.units * _mean([pair[at] for pair in s.drawn]) for s in used) for at in (0, 1))
    if not all_judged:
        return NOTHING
    share = min(1.0, all_hits / all_judged)
    low, high = wilson(share, _effective(used, share, all_judged, judged))
    return Estimate(share, low, high, round(hits), round(judged))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _effective(strata: Sequence[Stratum], share: float, total: float, judged: float) -> float:
    """How many units of a simple random sample of an endless pile would tell as much."""
    drawn, units = sum(len(s.drawn) for s in strata), sum(s.units for s in strata)
    if drawn == units:
        return inf
    most = judged / (1 - drawn / units)
    plain = all(of in (0, 1) for s in strata for _, of in s.drawn)
    if len(strata) == 1 and plain:
        return most
    variance = sum(map(_variance, _collapsed(strata), [share] * len(strata))) / total**2
    if variance > 0:
        return min(most, share * (1 - share) / variance)
    weights = [
        s.units / len(s.drawn) for s in strata for _, of in s.drawn if of
    ]  # all alike: Kish's (sum w)^2 / sum w^2
    return min(most, sum(weights) ** 2 / sum(w * w for w in weights) / (1 - drawn / units))


def _variance(stratum: Stratum, share: float) -> float:
    """The variance of the total of what the units differ from the share by."""
    n = len(stratum.drawn)
    if n < 2:
        return 0.0
    rests = [hits - share * of for hits, of in stratum.drawn]
    mean = _mean(rests)
    spread = sum((rest - mean) ** 2 for rest in rests) / (n - 1)
    return stratum.units**2 * (1 - n / stratum.units) * spread / n


def _collapsed(strata: Sequence[Stratum]) -> list[Stratum]:
    """Strata of which several units were drawn, or all; the others together, a single one of them with the smallest."""
    whole = sorted((s for s in strata if len(s.drawn) > 1 or s.units == 1), key=lambda s: s.units)
    single = [s for s in strata if len(s.drawn) == 1 and s.units > 1]
    if len(single) == 1 and whole:
        single.append(whole.pop(0))
    if single:
        whole.append(Stratum(sum(s.units for s in single), tuple(pair for s in single for pair in s.drawn)))
    return whole
