"""What a page's own styles say of its elements: inline styles and simple rules of its ``<style>`` elements.

No browser: only rules for one element name, class or id count, and where any other rule may show again what such a rule hides,
it is taken as shown. Everything here is one pass over the characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sayso.ingest.page import terms

Declarations = dict[str, str]
Colour = tuple[int, int, int]
CLEAR = (-1, -1, -1)
"""The colour that shows what is behind it."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_BRACE = re.compile(r"[{}]")
_SELECTOR = re.compile(r"([a-z][a-z0-9]*|\*)?(?:([.#])([\w-]+))?")
_LAST = re.compile(r"[^\s>+~]+\s*$")
_NAME = re.compile(r"[.#]?[\w-]+")
_NUMBER = re.compile(r"[-+]?\d{0,6}(?:\.\d{0,6})?")
_RGB = re.compile(
    r"rgba?\(\s*(\d{1,3})(?:\.\d*)?[\s,]+(\d{1,3})(?:\.\d*)?[\s,]+(\d{1,3})(?:\.\d*)?(?:[\s,/]+([\d.]{1,8}))?(%)?\s*\)"
)
_HEX = re.compile(r"#([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b")
_WORD = re.compile(r"[a-z]{3,20}")
_GROUPS = re.compile(
    r"@(?:media\s+(?:screen|all)|supports\b.{0,200}|layer\b.{0,200})\s*", re.S
)  # that always hold, or nearly
_FAINT = 0.05  # opacity and alpha below which nothing is seen
_TINY = 1.0  # pixels or points; letters of that size are dust
_AWAY = -500.0  # pixels to the left or above the page; labels for screen readers stand at -999 to -10,000
_STYLED = ("display", "visibility", "opacity", "font-size", "color", "background", "position", "left", "top", "right",
           "bottom", "margin", "text-indent", "transform", "clip")  # fmt: skip


@dataclass(slots=True)
class Sheet:
    """Declarations by selector (``p``, ``.note``, ``p.note``, ``#top``), and what other rules may show again."""

    rules: dict[str, Declarations] = field(default_factory=dict)
    shown: set[tuple[str, str]] = field(default_factory=set)
    """Selector and kind of hiding (see :func:`hides`) that some rule undoes."""

    def of(self, element: Any) -> Declarations:
        """What the rules say of an element, the more special selector over the more general."""
        found: Declarations = {}
        if self.rules:
            for selector in _selectors(element):
                for name, value in self.rules.get(selector, {}).items():
                    if (selector, name) not in self.shown:
                        found[name] = value
        return found


def sheet_of(root: Any) -> Sheet:
    """The rules of all ``<style>`` elements of a page."""
    sheet = Sheet()
    for element in root.iter("style"):
        if element.get("media", "all").strip().lower() in {"all", "screen", ""}:
            for selectors, body, plain in _rules(_COMMENT.sub(" ", element.text or "")):
                if any(name in body for name in _STYLED):
                    _add(sheet, selectors, declarations(body), plain)
    return sheet


def declarations(style: str) -> Declarations:
    """Properties and values of a style, in lower case; the last of a name counts."""
    found: Declarations = {}
    for part in style.lower().split(";"):
        name, colon, value = part.partition(":")
        if colon and (name := name.strip()).startswith(_STYLED):
            found[name] = value.replace("!important", "").strip()
    return found


def hides(name: str, value: str) -> bool:
    """Whether one declaration by itself makes text unseen."""
    if name == "display":
        return value == "none"
    if name == "visibility":
        return value in {"hidden", "collapse"}
    if name == "opacity":
        number = _number(value)
        return number is not None and number <= (_FAINT * 100 if value.endswith("%") else _FAINT)
    if name == "font-size":
        number = _number(value)
        return number is not None and number <= (_TINY if value.endswith(("px", "pt")) else 0)
    if name in {"left", "top", "right", "bottom", "margin-left", "margin-top", "text-indent"}:
        number = _number(value)
        return number is not None and number <= _AWAY and (value.endswith("px") or number <= 10 * _AWAY)
    return False


def is_away(style: Declarations) -> bool:
    """Whether an element is moved off the page."""
    if any(hides(name, style.get(name, "")) for name in ("text-indent", "margin-left", "margin-top")):
        return True
    placed = style.get("position") in {"absolute", "fixed"}
    return placed and any(hides(side, style.get(side, "")) for side in ("left", "top", "right", "bottom"))


def colour(value: str) -> Colour | None:
    """The first colour in a value: ``#fff``, ``rgb(…)`` or a name; None where there is none that is known."""
    value = value[:200]
    if match := _RGB.search(value):
        alpha = (
            float(match[4]) / (100 if match[5] else 1)
            if match[4] and match[4].count(".") < 2 and match[4] != "."
            else 1.0
        )
        return CLEAR if alpha < _FAINT else (int(match[1]), int(match[2]), int(match[3]))
    if match := _HEX.search(value):
        digits = match[1] if len(match[1]) > 4 else "".join(2 * digit for digit in match[1])
        red, green, blue, *alpha_byte = bytes.fromhex(digits)
        return CLEAR if alpha_byte and alpha_byte[0] < 255 * _FAINT else (red, green, blue)
    for word in _WORD.findall(value):
        if word == "transparent":
            return CLEAR
        if word in terms().colours:
            return colour(terms().colours[word])
    return None


def _number(value: str) -> float | None:
    match = _NUMBER.match(value)
    try:
        return float(match[0]) if match else None
    except ValueError:
        return None


def _selectors(element: Any) -> Iterator[str]:
    """The selectors that may mean an element, general ones first."""
    tag = element.tag
    yield "*"
    yield tag
    for name in (element.get("class") or "").split():
        yield f".{name}"
        yield f"{tag}.{name}"
    if identity := element.get("id"):
        yield f"#{identity}"
        yield f"{tag}#{identity}"


def _rules(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """Selectors and body of each rule, and whether it holds on every screen."""
    groups: list[bool | None] = []  # the open braces: does what is inside always hold; None for a rule itself
    at = 0
    for match in _BRACE.finditer(sheet):
        before, at = sheet[at : match.start()], match.end()
        if match[0] == "{":
            prelude = before.rpartition(";")[2].strip()
            opened: bool | None = None
            if prelude.startswith("@"):
                opened = _GROUPS.fullmatch(prelude[:300].lower()) is not None
            groups.append(opened)
            selectors = prelude
        elif groups and groups.pop() is None and None not in groups:
            yield selectors, before, all(groups)


def _add(sheet: Sheet, selectors: str, style: Declarations, plain: bool) -> None:
    """Note one rule: what it says of the elements that it names, and what it shows again."""
    for raw in selectors.split(","):
        selector = raw.strip()
        match = _SELECTOR.fullmatch(selector)
        if match and plain and selector:
            key = f"{match[1] or ''}{match[2] or ''}{match[3] or ''}"
            sheet.rules.setdefault(key if match[1] != "*" or not match[2] else key[1:], {}).update(style)
        elif last := _LAST.search(selector[-400:]):
            names = _NAME.findall(last[0].partition(":")[0])
            sheet.shown.update((each, name) for each in _with_tags(names) for name in _undone(style))


def _with_tags(names: list[str]) -> Iterable[str]:
    """The names of a selector's last part, each alone and with the element's name before it."""
    yield from names
    if names and names[0][0] not in ".#":
        yield from (f"{names[0]}{name}" for name in names[1:])


def _undone(style: Declarations) -> Iterator[str]:
    return (name for name, value in style.items() if not hides(name, value))
