"""What stands behind something that several pages say: pages, texts, outlets, originators."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.pile.independence import Stand, independence
from sayso.pile.origin import Originator


def by(name: str, rule: str = "speaker", sort: str = "body") -> Originator:
    return Originator(f"{sort} {name.casefold()}", sort, name, rule)  # type: ignore[arg-type]


def stand(n: int, outlet: str, origin: Originator, *, page: str = "", text: str = "") -> Stand:
    own = f"{n:032x}"
    return Stand(own, page or own, text or page or own, outlet, origin)


MINISTRY = by("Norland Ministry")
OFFICIALS = by("officials", "description", "description")
OPEN = Originator("open 1", "open", "", "open")
FULL = Originator("person mira halden", "person", "Mira Halden", "speaker", "", ("halden", "mira"))
OTHER = Originator("person tove halden", "person", "Tove Halden", "speaker", "", ("halden", "tove"))
BARE = Originator("surname halden of a", "person", "Halden", "speaker", "halden", may_be="surname halden")
BARE_TOO = Originator("surname halden of b", "person", "Halden", "speaker", "halden", may_be="surname halden")
OUTLETS = ("Varn Daily", "Tarn Courier", "Fell Post", "Pell Echo")

CASES = [
    ([stand(n, OUTLETS[n % 4], MINISTRY) for n in range(12)], "12 pages, 4 outlets, 1 originator", "ten outlets that quote one ministry"),
    ([stand(1, "Varn Daily", MINISTRY)], "1 page, 1 outlet, 1 originator", "one page"),
    ([stand(1, "Varn Daily", MINISTRY, page="p"), stand(2, "Varn Daily", MINISTRY, page="p")],
     "1 page, 1 outlet, 1 originator", "versions are one page"),
    ([stand(n, OUTLETS[n], MINISTRY, text="wire") for n in range(4)], "4 pages (1 text), 4 outlets, 1 originator", "copies are one text"),
    ([stand(1, "The Varn Daily", MINISTRY), stand(2, "VARN DAILY", MINISTRY)],
     "2 pages, 1 outlet, 1 originator", "one outlet in two spellings"),
    ([stand(1, "Varn Daily", MINISTRY), stand(2, "Tarn Courier", by("Ferry Guild"))],
     "2 pages, 2 outlets, 2 originators", "two who say it themselves"),
    ([stand(1, "Varn Daily", MINISTRY), stand(1, "Varn Daily", by("Ferry Guild"))],
     "1 page, 1 outlet, 2 originators", "one page that quotes two"),
    ([stand(1, "Varn Daily", MINISTRY), stand(2, "Tarn Courier", OPEN)],
     "2 pages, 2 outlets, 1 originator, 1 of unknown origin", "what is open is no originator"),
    ([stand(1, "Varn Daily", OPEN)], "1 page, 1 outlet, origin unknown", "nothing is known"),
    ([stand(1, "", MINISTRY)], "1 page, 1 originator", "no outlet is known"),
    ([stand(1, "Varn Daily", FULL), stand(2, "Tarn Courier", BARE)],
     "2 pages, 2 outlets, 1 originator", "a bare surname is whoever has it"),
    ([stand(1, "Varn Daily", FULL), stand(2, "Tarn Courier", BARE), stand(3, "Fell Post", OTHER)],
     "3 pages, 3 outlets, 3 originators", "a bare surname that two have is neither"),
    ([stand(1, "Varn Daily", BARE), stand(2, "Tarn Courier", BARE_TOO)],
     "2 pages, 2 outlets, 1 originator", "two bare surnames may be one"),
    ([stand(1, "Varn Daily", OFFICIALS), stand(2, "Tarn Courier", OFFICIALS)],
     "2 pages, 2 outlets, 1 originator", "one description is not two who are independent"),
    ([], "0 pages", "nowhere"),
]  # fmt: skip


@pytest.mark.parametrize(("stands", "told", "why"), CASES, ids=[row[2] for row in CASES])
def test_case(stands: list[Stand], told: str, why: str):
    assert str(independence(stands)) == told, why


def test_sources_have_their_pages_and_rules():
    spokesman = Originator(MINISTRY.key, "body", "Norland Ministry", "spokesperson")
    found = independence(
        [
            stand(1, "Varn Daily", MINISTRY),
            stand(2, "Tarn Courier", spokesman),
            stand(3, "Fell Post", by("Ferry Guild")),
        ]
    )
    first, second = found.originators
    assert first.originator.key == MINISTRY.key
    assert first.documents == (f"{1:032x}", f"{2:032x}")
    assert first.by == ("speaker", "spokesperson")
    assert second.originator.name == "Ferry Guild"
    assert found.outlets_unknown == 0


stands = st.builds(
    lambda n, outlet, origin, page, text: stand(n, outlet, origin, page=page, text=text),
    st.integers(0, 5), st.sampled_from((*OUTLETS, "")), st.sampled_from((MINISTRY, OPEN, FULL, OTHER, BARE)),
    st.sampled_from(("", "p")), st.sampled_from(("", "t")),
)  # fmt: skip


@given(st.lists(stands, max_size=10), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(every: list[Stand], rng: random.Random):
    expected = independence(every)
    assert independence(rng.sample(every, len(every))) == expected
    assert independence([*every, *every[:3]]) == expected


@given(st.lists(stands, max_size=10), stands)
def test_one_more_page_takes_nothing_away(every: list[Stand], more: Stand):
    """But for a bare surname, which a second namesake may set free, or a first one take in."""
    before, after = independence(every), independence([*every, more])
    assert after.pages >= before.pages
    assert after.outlets >= before.outlets
    assert len(after.originators) >= len(before.originators) or more.originator in (FULL, OTHER)
