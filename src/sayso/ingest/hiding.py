"""What a page holds and does not show: marked with the attribute ``hidden``, so that every later step has one thing to ask.

Not shown are: ``hidden``, ``display: none``, ``visibility: hidden``, ``opacity: 0``, letters of no size, letters in the colour of
what is behind them, and what is moved off the page, as far as inline styles and simple rules of the page itself say so.
``aria-hidden`` alone hides nothing from the eye.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from lxml import etree

from sayso.ingest.page import terms
from sayso.ingest.segments import Element
from sayso.ingest.styles import CLEAR, Colour, Declarations, Sheet, colour, declarations, hides, is_away, sheet_of

_WHITE = (255, 255, 255)
_ALIKE = 24  # sum over red, green and blue; #f7f7f7 on white is 24, and no reader sees it
_MOST = 0.5  # of the letters in paragraphs: what holds more is shown by a script once the page has loaded
_SOLID = {"html", "head", "body"}


@dataclass(frozen=True, slots=True)
class _Look:
    """How letters stand on the page at one place. ``paper`` is what is behind them, None where that is a picture or unknown."""

    ink: Colour | None = None
    paper: Colour | None = _WHITE
    sure: bool = False
    """Whether the ink is said at the element itself, or the paper is known."""
    faded: bool = False
    tiny: bool = False

    def unseen(self) -> bool:
        """Whether letters here cannot be seen."""
        if self.faded or self.tiny or self.ink == CLEAR:
            return True
        if self.ink is None or self.paper is None or not self.sure:
            return False
        return sum(abs(a - b) for a, b in zip(self.ink, self.paper, strict=True)) <= _ALIKE


class _Page:
    """A page with its rules, and how many letters of its paragraphs each element holds."""

    def __init__(self, root: Element) -> None:
        self.root = root

    @cached_property
    def sheet(self) -> Sheet:
        """The page's own rules."""
        return sheet_of(self.root)

    @cached_property
    def bare(self) -> bool:
        """Whether all styles stand in the page itself."""
        return not any("stylesheet" in (link.get("rel") or "").lower() for link in self.root.iter("link"))

    @cached_property
    def letters(self) -> dict[Element, int]:
        """Letters in paragraphs, by element; in one pass from the end to the start."""
        whole: dict[Element, int] = {}
        inside: dict[Element, int] = {}
        for element in reversed([e for e in self.root.iter() if isinstance(e.tag, str)]):
            size = whole.get(element, 0) + len(element.text or "")
            held = inside[element] = size if element.tag == "p" else inside.get(element, 0)
            above = element.getparent()
            if above is not None:
                whole[above] = whole.get(above, 0) + size + len(element.tail or "")
                inside[above] = inside.get(above, 0) + held
        return inside

    def is_main(self, element: Element) -> bool:
        """Whether an element holds most of the page's paragraphs."""
        return self.letters.get(element, 0) > _MOST * self.letters.get(self.root, 0)


def mark_hidden(root: Element) -> None:
    """Set the attribute ``hidden`` on all that the page does not show; letters without an element of their own get one."""
    page, looks = _Page(root), [_Look()]
    unseen: list[Element] = []
    loose: list[Element] = []
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            looks.pop()
            if element.tail and element.tail.strip() and looks[-1].unseen():
                loose.append(element)
            continue
        above = looks[-1]
        looks.append(above)
        if not isinstance(element.tag, str) or element.tag in terms().elements["unseen"]:
            walker.skip_subtree()
        elif _is_gone(element, page):
            element.set("hidden", "")
            walker.skip_subtree()
        else:
            looks[-1] = _look(element, above, page)
            if looks[-1].faded and "style" in element.attrib:
                del element.attrib["style"]  # the extractor would take what is shown again inside for hidden
            if element.text and element.text.strip() and looks[-1].unseen():
                unseen.append(element)
    for element in unseen:
        element.insert(0, _cover(element, element.text))
        element.text = None
    for element in loose:
        cover = _cover(element, element.tail)
        element.tail = None
        element.addnext(cover)


def _cover(beside: Element, text: str) -> Element:
    cover = beside.makeelement("span", {"hidden": ""})
    cover.text = text
    return cover


def _is_gone(element: Element, page: _Page) -> bool:
    """Whether an element and all in it is not shown. The page as a whole never is: scripts show it."""
    if element.tag in _SOLID:
        return False
    kept = element.get("hidden")
    if kept is not None:
        if kept != "until-found":
            return True
        del element.attrib["hidden"]
    inline = declarations(element.get("style") or "")
    if hides("display", inline.get("display", "")):
        return True
    style = {**page.sheet.of(element), **inline}
    gone = hides("display", style.get("display", "")) or hides("opacity", style.get("opacity", "")) or is_away(style)
    return gone and not page.is_main(element)


def _look(element: Element, above: _Look, page: _Page) -> _Look:
    """How letters stand in an element that is shown."""
    given = element.attrib
    ruled = page.sheet.of(element) if page.sheet.rules else {}
    inline = declarations(given["style"]) if "style" in given else {}
    link = element.tag == "a" and "href" in given
    if not (ruled or inline or link or "color" in given or "bgcolor" in given or "text" in given):
        return above
    style = {**ruled, **inline}
    ink, sure = (None, False) if link else (above.ink, above.sure)
    said = inline.get("color") or given.get("color") or (given.get("text") if element.tag == "body" else None)
    if said or "color" in ruled:
        ink, sure = colour((said or ruled["color"]).lower()), bool(said) or page.bare
    if ink == CLEAR and any("background-clip" in name for name in style):
        ink = None
    paper, known = _paper(style, given.get("bgcolor"), above)
    if element.tag in _SOLID:
        return replace(above, ink=ink, paper=paper, sure=sure or known)
    return _Look(
        ink,
        paper,
        sure or known,
        _now(style, "visibility", above.faded, ("visible",)),
        _now(style, "font-size", above.tiny, ()),
    )


def _paper(style: Declarations, attribute: str | None, above: _Look) -> tuple[Colour | None, bool]:
    """What is behind the letters, and whether the element itself says so."""
    said = style.get("background-color") or style.get("background") or attribute
    picture = (
        "url(" in (whole := f"{style.get('background', '')} {style.get('background-image', '')}") or "gradient" in whole
    )
    if picture:
        return None, False
    if not said or said in {"none", "inherit", "initial", "unset"}:
        return above.paper, False
    found = colour(said.lower())
    return (above.paper, False) if found == CLEAR else (found, found is not None)


def _now(style: Declarations, name: str, before: bool, shows: tuple[str, ...]) -> bool:
    """Whether an inherited way of hiding holds here: it is said here, or was said above and is not undone."""
    value = style.get(name, "")
    if not value or value in {"inherit", "unset"} or (before and name == "font-size" and value.endswith(("em", "%"))):
        return before
    return hides(name, value) or (before and bool(shows) and value not in shows)
