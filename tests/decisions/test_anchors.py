"""How a quotation finds its place again: in the same words, never in others, and in time."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sayso.decisions.anchors import ALONE, CONTEXT, MOST, Quote, place, place_all, places, quote, quotes, still_there

SENTENCE = "Rehn told the council that the ferry to Oriel would not run before the ice was gone."
AROUND = "It had rained for days in Varn, and the Ilse rose.", "Nobody from the harbour was there to answer him."
PAGE = f"{AROUND[0]}\n\n{SENTENCE}\n\n{AROUND[1]}"
FERRY = "the ferry to Oriel would not run"


def at(words: str, text: str = PAGE, nth: int = 0) -> Quote:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return quote(text, (start, start + len(words)))


def found(quoted: Quote, text: str, shift: int | None = None, toward: tuple[int, int] | None = None) -> str | None:
    span = place(quoted, text, shift, toward)
    return None if span is None else text[slice(*span)]


WHERE = [
    ("where it stood", FERRY, PAGE, FERRY),
    ("moved down", FERRY, "Before.\n\n" + PAGE, FERRY),
    ("alone on another page", FERRY, f"So {FERRY}!", FERRY),
    ("other white space", FERRY, PAGE.replace("ferry to", "ferry\n to"), "the ferry\n to Oriel would not run"),
    ("no-break spaces", FERRY, PAGE.replace("ferry to", "ferry\u00a0to"), "the ferry\u00a0to Oriel would not run"),
    ("torn by a hyphen", FERRY, PAGE.replace("Oriel", "Ori-\nel"), "the ferry to Ori-\nel would not run"),
    ("a soft hyphen", FERRY, PAGE.replace("Oriel", "Ori\u00adel"), "the ferry to Ori\u00adel would not run"),
    ("one word changed", FERRY, PAGE.replace("Oriel", "Quince"), None),
    ("one letter more at its end", "the ferry to Oriel would not ru", PAGE, "the ferry to Oriel would not ru"),
    ("a longer word at its end", FERRY, PAGE.replace("run before", "runs before"), None),
    ("a longer word at its beginning", "ferry to Oriel would not run", PAGE.replace("the ferry", "the superferry"), None),
    ("a possessive at its end", "told the council that the ferry", PAGE.replace("ferry to", "ferry’s to"), None),
    ("a compound at its end", "told the council that the ferry", PAGE.replace("ferry to", "ferry-boat to"), None),
    ("another case", FERRY, PAGE.replace("the ferry", "The ferry"), None),
    ("gone", FERRY, "\n\n".join(AROUND), None),
    ("an empty page", FERRY, "", None),
    ("short words in their context", "Rehn", "Some news.\n\n" + PAGE, "Rehn"),
    ("short words elsewhere", "Rehn", "Rehn came in late.", None),
    ("short words in a longer one", "not", PAGE.replace("would not run", "would note run"), None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "text", "want"), [row[1:] for row in WHERE], ids=[row[0] for row in WHERE])
def test_where_words_stand(words: str, text: str, want: str | None):
    assert found(at(words), text) == want

WORDS = [
    ("two words for one", "nowhere to go for the people", "now here to go for the people", False),
    ("one word for two", "now here to go for the people", "nowhere to go for the people", False),
    ("an article in a word", "the rapist of the play in the park", "therapist of the play in the park", False),
    ("two lines for one", "nowhere to go for the people", "nowhere\n to  go for the people", True),
    ("a hyphen at a line end", "nowhere to go for the people", "no-\nwhere to go for the people", True),
    ("such a one mended", "no-\nwhere to go for the people", "nowhere to go for the people", True),
    ("such a one kept", "the half-\nbuilt bridge at the Ilse", "the half-built bridge at the Ilse", True),
    ("a soft hyphen at a line end", "nowhere to go for the people", "no\u00ad\nwhere to go for the people", True),
    ("a place to break a word", "nowhere to go for the people", "no\u200bwhere to go for the people", True),
    ("a hyphen for a space", "the half built bridge at the Ilse", "the half-built bridge at the Ilse", False),
    ("white space at marks", "“Nowhere,” he said to the people", "“ Nowhere , ” he said to the people", True),
    ("a number in two", "rose by 3.5 crowns in the year", "rose by 3. 5 crowns in the year", False),
    ("two numbers for one", "rose by 1 000 crowns in the year", "rose by 1000 crowns in the year", False),
    ("a sign apart", "fell to -5 degrees in the night", "fell to - 5 degrees in the night", False),
]


@pytest.mark.parametrize(("words", "other", "same"), [row[1:] for row in WORDS], ids=[row[0] for row in WORDS])
def test_white_space_parts_words(words: str, other: str, same: bool):
    before, after = (f"They had {each}, and more." for each in (words, other))
    assert places(words, after) == ([(9, 9 + len(other))] if same else [])
    assert found(at(words, before), after) == (other if same else None)


FIGURES = [
    ("another sign", "fell to -5 degrees in the night", "fell to 5 degrees in the night"),
    ("another number", "took 10-20 people over the river", "took 1020 people over the river"),
]


@pytest.mark.parametrize(("words", "other"), [row[1:] for row in FIGURES], ids=[row[0] for row in FIGURES])
def test_signs_at_figures_are_words(words: str, other: str | None):
    before, after = (f"They say that it {each}, and more." for each in (words, other))
    assert found(at(words, before), after) is None
    assert found(at(words, before), "New. " + before) == words


@pytest.mark.parametrize(("words", "inside"), [("1,000 people were on the ferry", "21,000 people were on the ferry"),
                                               ("people on it, in all about 35", "people on it, in all about 35.7 or so")])  # fmt: skip
def test_a_figure_is_no_part_of_another(words: str, inside: str):
    assert found(at(words, f"Then {words} again."), f"Then {inside} again.") is None


def test_two_places_as_good_give_none():
    quoted = at(FERRY)
    assert place(quoted, f"A word.\n\n{PAGE}\n\n{PAGE}") is None
    assert place(quoted, f"{PAGE}\n\n{PAGE}") == quoted.span  # one of them is where it was, with all around it
    assert found(quoted, f"{FERRY}. {PAGE}") == FERRY
    assert place(quoted, f"{FERRY}. {PAGE}") != (0, len(FERRY))


def test_words_that_stood_twice_need_their_context():
    twice = f"{PAGE}\n\nHe said it again: {FERRY}, whatever came."
    quoted = at(FERRY, twice)
    assert not quoted.alone
    assert at(FERRY).alone
    assert place(quoted, f"He said it again: {FERRY}, whatever came.") is None
    assert found(quoted, f"A word. {twice}") == FERRY


def test_a_short_quotation_goes_with_the_long_one():
    text = f"Rehn was late. {PAGE}"
    long, name = at(FERRY), at("Rehn")
    span = place(long, text)
    assert span is not None
    shift = span[0] - long.span[0]
    assert place(name, text, shift, span) == (text.rindex("Rehn"), text.rindex("Rehn") + 4)
    renamed = text.replace("Rehn told", "Aho told")
    span = place(long, renamed)
    assert span is not None
    assert place(name, renamed, span[0] - long.span[0], span) is None


def test_fragments_keep_their_order():
    parts = [at("the ferry to Oriel"), at("before the ice was gone")]
    assert place_all(parts, "A word. " + PAGE) is not None
    turned = PAGE.replace("before the ice was gone", "X").replace("the ferry to Oriel", "before the ice was gone")
    turned = turned.replace("X", "the ferry to Oriel")
    assert place_all(parts, turned) is None
    assert place_all(parts, PAGE.replace("ice was gone", "ice went")) is None
    assert place_all((), PAGE) == ()


texts = st.lists(st.sampled_from(["ilse", "varn", "ferry", "the", "he", "said", "a", "tram-line", "…", "é", "“", ".", "\n\n"]),
                 min_size=1, max_size=60).map(" ".join)  # fmt: skip
few = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


@few
@given(texts, texts, texts, texts)
def test_it_is_found_whatever_stands_elsewhere(before: str, behind: str, above: str, below: str):
    """Other text put in, or taken out, further off than its context."""
    start = len(before) + 2 + PAGE.index(FERRY)
    quoted = quote(f"{before}\n\n{PAGE}\n\n{behind}", (start, start + len(FERRY)))
    for text in (f"{above}\n\n{PAGE}\n\n{below}", PAGE, f"{PAGE} {behind}", f"{above} {before} {PAGE}"):
        assert found(quoted, text) == FERRY


@few
@given(st.data(), texts)
def test_what_is_found_are_the_words(data: st.DataObject, text: str):
    """On any two texts: only the very words, white space and hyphens aside; and where it stood, it stands."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quoted = quote(text, (start, end))
    assert place(quoted, text) == (start, end)
    assert still_there([quoted], text)
    other = data.draw(texts | st.just(text).map(lambda t: t.replace("he", "she")) | st.just("x " + text))
    where = place(quoted, other)
    if where is not None:
        assert 0 <= where[0] <= where[1] <= len(other)
        bare = ["".join(each.split()).replace("-", "") for each in (other[slice(*where)], quoted.exact)]
        assert bare[0] == bare[1]


@few
@given(st.data())
def test_changed_words_are_found_nowhere(data: st.DataObject):
    """A letter of the quotation changed, dropped or put in: there is no such place any more."""
    place_of = PAGE.index(FERRY)
    letters = [n for n in range(place_of, place_of + len(FERRY)) if PAGE[n].isalpha()]
    n = data.draw(st.sampled_from(letters))
    new = data.draw(st.sampled_from(["", "z", PAGE[n] * 2, "9"]))
    changed = PAGE[:n] + new + PAGE[n + 1 :]
    assume(changed != PAGE)
    assert place(at(FERRY), data.draw(st.sampled_from(["", "Before. "])) + changed) is None


@few
@given(texts, st.integers(0, 200))
def test_a_quotation_is_cut_from_its_text(text: str, n: int):
    n = min(n, len(text))
    quoted = quote(text, (n, len(text)))
    assert (quoted.exact, quoted.suffix) == (text[n:], "")
    assert quoted.prefix == text[max(0, n - CONTEXT) : n]


def test_nothing_is_found_nowhere():
    for blank in ("", "  ", "\n", "\u00ad"):
        assert places(blank, PAGE) == []
        assert place(Quote((3, 3 + len(blank)), blank, "x", "y"), PAGE) is None
    assert not still_there([Quote((10**9, 10**9), "", "", "")], PAGE)


HOSTILE = {
    "a a a": ("a " * 500_000, "a a a"), "long a a a": ("a " * 500_000, "a " * 10_000),
    "a a a b": ("a " * 500_000, "a " * 10_000 + "b"), "b a a a": ("a " * 500_000, "b" + " a" * 10_000),
    "white": (" \n" * 500_000, " \n" * 500), "hyphens": ("a-" * 500_000, "a-" * 5_000 + "b"),
    "ten thousand words": (" ".join(f"w{n}" for n in range(200_000)), " ".join(f"w{n}" for n in range(90_000, 100_000))),
    "gone": ("\n".join(f"w{n}" for n in range(200_000)), " ".join(f"w{n}" for n in range(90_000, 100_000)) + " not"),
}  # fmt: skip


@pytest.mark.timeout(30)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_take_no_longer(name: str):
    """A megabyte of anything, and a quotation of ten thousand words: each is a moment, not a minute."""
    text, words = HOSTILE[name]
    quoted = Quote((7, 7 + len(words)), words, "x " * 16, "y " * 16)
    for _ in range(10):
        span = place(quoted, text)
        assert place_all([quoted, quoted], text, 3) is None or span is not None
    assert len(places(words, text)) <= MOST + 1
    assert (span is not None) == (name == "ten thousand words")
    assert quotes(text, ((0, ALONE), (40, 400_000)))[1].exact
