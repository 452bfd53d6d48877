"""Whatever is asked, the answer is a page, data, or an error in one shape; never a fault of the room itself."""

from __future__ import annotations

import random
from urllib.parse import quote, urlencode

from web_paths import documents, notes
from web_payloads import PAYLOADS
from web_visitor import Visitor

from sayso.web.asked import packed
from sayso.web.pages import KINDS

ROUNDS = 600
NAMES = ("q", "outlet", "month", "order", "after", "only", "speaker", "direct", "all", "done", "kind", "event", "unit", "own",
         "code", "state", "whose", "exact", "voice", "by", "each_outlet", "odd", "told", "least", "most", "document", "since",
         "until", "no_text", "back", "with")  # fmt: skip
VALUES = (
    "", "0", "1", "-1", "%", "*", '"', "a*", '"a b', "NEAR(a b)", "a OR b", "-a", "'; DROP TABLE documents; --", "\x00", "\ud800",
    "é" * 3000,
    "9" * 400, "1e999", "nan", "own", "newest", "name", "statements", "killed", "count", "stands", "lost", "same", "speaker", "role",
    "person", "The Civic Banner", "2025-03", "gates failed", "the gates failed as a spring tide ran up",
    packed((0,)), packed((50,)), packed((-5,)), packed((1 << 62,)), packed(("a",)), packed((0.5, "a")), packed(("2025", "a", "b")),
    packed((-3, "a", "b", "c")), packed(()), "WyJhIl0", "bnVsbA", "e30", "W1tdXQ", "....", *PAYLOADS[::9],
)  # fmt: skip


def test_no_question_is_a_fault_of_the_room(demo: Visitor):
    chance = random.Random(5)
    some = documents(demo)[:6]
    ids = [*some, *(note["id"] for i in some for note in notes(demo, i)[:2]), "a", "0" * 32, "x" * 500, *PAYLOADS[::7]]
    met: dict[int, int] = {}
    for _ in range(ROUNDS):
        kind = chance.choice(KINDS)
        path = kind.path.replace("{id}", quote(chance.choice(ids), safe="", errors="replace"))
        form = chance.choice(kind.forms)
        values = {chance.choice(NAMES): chance.choice(VALUES) for _ in range(chance.randrange(4))}
        address = f"{path}{'' if form == 'html' else '.' + form}?{urlencode(values, errors='replace')}"
        answer = demo.ask(address)
        met[answer.status] = met.get(answer.status, 0) + 1
        assert answer.status in (200, 400, 404), (address, answer.text[-400:])
        if answer.status != 200 and form == "json":
            assert set(answer.json) == {"error"}
            assert answer.json["error"]["message"]
        elif answer.status == 200 and form == "json":
            assert set(answer.json) == {"page", "address", "behind", "data"}
    assert all(met.get(status, 0) > 20 for status in (200, 400, 404)), met
