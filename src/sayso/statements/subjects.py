"""The subject of a cue that was taken for the first words said: "The draft, seen by the Lantern, mourns the loss of life".

Words said may stand around their cue ("The plan, said Voss, is good"), and then the source stands beside the cue. Where the
source stands further off and nothing but an aside between the first words and the cue, those words are who tells, a document
of that source, and not what is told.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.statements.drafts import Draft

_ASIDE = re.compile(r"\s*(?:,[^,“”\"\n]{1,80},)?\s*")
_SUBJECT = re.compile(r"(?i)(?:the|an?|this|that|its|his|her|their|our) [^,;:“”\"\n]{2,80}")


def with_subject(text: str, draft: Draft) -> Draft:
    """The draft without its subject among the words said; as it is where its first words are words said."""
    if len(draft.content) < 2 or not (draft.cue and draft.source) or draft.kind == "direct":
        return draft
    first, cue = draft.content[0], draft.cue[0]
    if not (first[1] <= cue[0] < draft.content[1][0]):
        return draft
    beside = any(first[0] < end and start < draft.content[1][0] for start, end in draft.source)
    if beside or not _ASIDE.fullmatch(text, first[1], cue[0]) or not _SUBJECT.fullmatch(text, *first):
        return draft
    return replace(draft, content=draft.content[1:])
