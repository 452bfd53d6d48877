"""What nobody said: "she said nothing", "did not respond to a request for comment", "if she says next week that …".

The encoder marks such sentences as it marks statements, for their words are the same. But they attribute nothing: read as
statements they would put words into a mouth that the page says were not there.
"""

from __future__ import annotations

import re

from sayso.statements.drafts import Draft

_NOTHING = re.compile(
    r"(?i)nothing(?: (?:more|further|else|new|at all|publicly|so far|yet))?"
    r"(?: (?:about|on|of|to|regarding|concerning|when|as|during|after|before|in|at|for|until)\b"
    r"(?!.*\b(?:is|are|was|were|has|had|will|would)\b).*)?[.]?"
)
_SAYING = re.compile(r"(?i)\b(?:say|says|said|saying|tell|tells|told|telling)$")
_SILENT = re.compile(
    r"(?i)\b(?:declin|refus)\w+ (?:any |further |immediate |to (?:immediately )?)?comment\b"
    r"|(?:\bnot|n[’']t|\bnever) (?:\w+ly )?(?:respond|reply|comment)\b"
)
_REQUEST = re.compile(
    r"(?i)(?:to |any |an? |the |our |its |their |his |her |several |repeated |multiple |\w+[’']s )*"
    r"(?:requests?|calls?|e?-?mails?|messages?|questions?|inquir(?:y|ies)|enquir(?:y|ies))(?: \w+){0,4} (?:for|seeking)"
    r" (?:\w+ ){0,2}(?:comment|response|interview)\b.*"
)
_COMMENT = re.compile(
    r"(?i)(?:to )?(?:publicly |further |immediately )?(?:comment|respond|reply)(?: (?:publicly|further))?[.]?"
)
_REFUSED = re.compile(r"(?i)\b(?:declin|refus)\w+(?: to)?$|(?:\bnot|n[’']t|\bnever)(?: \w+ly)?$")
_SUPPOSED = re.compile(r"(?i)(?:^|[\s“\"(—–-])(?:if|unless|in case)\s+$")
_AWAITED = re.compile(r"(?i)(?:^|[\s“\"(—–-])(?:until|till|once)\s+$")
_ASKING = re.compile(r"(?i)\b(?:asked|questioned|interviewed|surveyed|polled|canvassed)$")
_MANY = re.compile(
    r"(?i)(?:(?:about|some|more than|over|nearly|almost|around|a total of|just over|at least) )*\d[\d,.]*(?: \w+)?? "
    r"(?:people|men|women|adults|\w+(?:ers|ors|ists|ians|ants|ents|ees|holds))\b"
    r"(?!(?:\W+\w+){0,6}\W+(?:if|whether|what|how|why|which|who|when|where|to)\b).*"
)
_COMPARED = re.compile(r"(?i)\bthan(?: what)?\W*$")  # "900,000 more than" X had estimated: X told of another number
_PRESENT = re.compile(r"(?i)\b(?!(?:was|has|is|does)\b)\w+[^s]s$")
_DEED = re.compile(r"(?i)\bcall(?:s|ed|ing)? off$")
_OBSERVED = re.compile(r"(?i)\b(?:observ(?:e|es|ed|ing)|held|hold|holds|holding|kept|keep|keeps|keeping)$")
_SILENCE = re.compile(
    r"(?i)(?:an?|the|\w+) (?:\w+ )?(?:minute|moment|second|hour)s?(?:[’']s?)?(?:-long)?(?: of)? silence\b.*"
)
BEFORE = 16  # characters before a source in which the word that makes it a supposition stands


def unsaid(text: str, draft: Draft) -> str:
    """Why nobody said the words of a draft; empty where somebody did. Spans are characters of ``text``."""
    if not (draft.cue and draft.content) or draft.kind == "direct":
        return ""
    cue = " ".join(text[slice(*span)] for span in draft.cue)
    content = " ".join(text[slice(*span)] for span in draft.content)
    if _SAYING.search(cue) and _NOTHING.fullmatch(content):
        return "says that nothing was said"
    silent = _SILENT.search(cue) or (_REFUSED.search(cue) and _COMMENT.fullmatch(content))
    if silent or _REQUEST.fullmatch(content):
        return "says that somebody did not comment"
    if _ASKING.search(cue) and _MANY.fullmatch(content):
        return "says how many were asked, and nothing of what"
    if draft.content[-1][1] <= draft.cue[0][0] and _COMPARED.search(content):
        return "compares with what somebody said, and does not tell it"
    if _DEED.search(cue) or (_OBSERVED.search(cue) and _SILENCE.fullmatch(content)):
        return "tells of a deed, not of words"
    if draft.source and draft.source[0][0] < draft.cue[0][0]:
        before = text[max(0, draft.source[0][0] - BEFORE) : draft.source[0][0]]
        if _SUPPOSED.search(before) or (_AWAITED.search(before) and _PRESENT.search(cue)):
            return "supposes that somebody says so, and does not report it"
    return ""
