"""Where on the page the article stands: elements, what is around them, and which look alike."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.ingest.page import terms
from sayso.ingest.segments import Element, Segment

_MOST = 0.8  # of the article's letters stand in its region; the rest are a lead or a last line outside the main element
_LEAVES = frozenset({"p", "li", "dd", "dt", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption"})


def region_of(kept: Iterable[Segment]) -> Element | None:
    """Find the smallest block that holds most of the letters of the kept segments and is no paragraph itself."""
    weight: dict[Element, int] = {}
    blocks, total = terms().elements["block"] - _LEAVES, 0
    for segment in kept:
        total += len(segment.key)
        for element in upwards(segment.element):
            if element.tag in blocks:
                weight[element] = weight.get(element, 0) + len(segment.key)
    best = [element for element, size in weight.items() if size >= _MOST * total]
    return max(best, key=lambda e: sum(1 for _ in e.iterancestors()), default=None)


def upwards(element: Element) -> list[Element]:
    """List the element and all that it stands in, innermost first."""
    return [element, *element.iterancestors()]


def is_in(element: Element, region: Element) -> bool:
    """Whether an element is the region or stands in it."""
    return element is region or any(above is region for above in element.iterancestors())


def block_above(element: Element) -> Element | None:
    """Return the block element around an element."""
    blocks = terms().elements["block"]
    return next((above for above in element.iterancestors() if above.tag in blocks), None)
