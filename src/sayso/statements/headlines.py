"""Headlines: a name before or after a colon or dash says whose words they are, without a verb.

Renn: gates will hold            gates will hold: minister            ‘Nobody warned us’ – families
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.records import Span
from sayso.tables import load

_BEFORE = re.compile(r"([^:“”\"‘\n]{2,60})(:)\s+(\S.{11,})$")
_AFTER = re.compile(r"(.{12,}?)\s*(:)\s+([^:“”\"\n]{2,40})$")
_DASH = re.compile(r"([“\"‘'].{6,}[”\"’'])\s*([–—-])\s*(.{3,60})$")
_WORD = re.compile(r"[^\W\d_]+")
LONGEST = 7  # words of a source in a headline


def _is_source(text: str, names: Sequence[Span], span: Span) -> bool:
    """Whether the words beside the colon are somebody: mostly a name the encoder knows, or a noun for a person."""
    found = _WORD.findall(text[slice(*span)])
    if not 0 < len(found) <= LONGEST:
        return False
    table = load("speakers")
    last = found[-1].casefold()
    if last in table["kickers"]:
        return False
    named = sum(max(0, min(e, span[1]) - max(s, span[0])) for s, e in names)
    if 2 * named >= span[1] - span[0]:
        return True
    return last in table["person_nouns"] or last in table["body_nouns"] or last in table["groups"]


def headline(text: str, paragraph: Span, names: Sequence[Span]) -> tuple[Span, Span, Span] | None:
    """Source, cue and content of a headline that attributes its words by a colon or a dash; None where it does not.

    ``names``: spans of the persons and bodies that the encoder marked.
    """
    for pattern, source, content in ((_BEFORE, 1, 3), (_DASH, 3, 1), (_AFTER, 3, 1)):
        m = pattern.match(text, *paragraph)
        if m and _is_source(text, names, m.span(source)):
            return m.span(source), m.span(2), m.span(content)
    return None
