"""What holds for every text: numbers written out are read back, spans lie inside, neighbours change nothing."""

from __future__ import annotations

import pytest
from figure_rows import read, rows
from hypothesis import given
from hypothesis import strategies as st

from sayso.dates import dates_of
from sayso.figures import figures_of
from sayso.records import Figure

SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"))


def below_thousand(n: int, join: str) -> str:
    words = []
    if n >= 100:
        words += [SMALL[n // 100], "hundred"]
        n %= 100
        words += ["and"] if n and join else []
    if n >= 20:
        words.append(TENS[n // 10] + (f"-{SMALL[n % 10]}" if n % 10 else ""))
    elif n or not words:
        words.append(SMALL[n])
    return " ".join(words)


def in_words(n: int, join: str = "and") -> str:
    """A whole number below a thousand billion in English words."""
    words = []
    for size, name in SCALES:
        if n >= size:
            words.append(f"{below_thousand(n // size, join)} {name}")
            n %= size
    if n or not words:
        words.append(below_thousand(n, join))
    return " ".join(words)


def grouped(n: int, mark: str) -> str:
    return f"{n:,}".replace(",", mark)


def indian(n: int) -> str:
    head, tail = divmod(n, 1000)
    if not head:
        return str(tail)
    pairs = []
    while head:
        head, pair = divmod(head, 100)
        pairs.append(f"{pair:02d}" if head else str(pair))
    return ",".join([*reversed(pairs), f"{tail:03d}"])


def only(text: str) -> tuple[str, Figure]:
    shown, figures = read(text)
    assert len(figures) == 1, [shown[slice(*f.span)] for f in figures]
    return shown, figures[0]


counts = st.integers(2, 999_999_999_999)


@given(counts, st.sampled_from(["and", ""]))
def test_words(n: int, join: str):
    """A number in words is read as that number."""
    text, figure = only(f"They printed {in_words(n, join)} ballots.")
    assert (figure.low, figure.high) == (n, n)
    assert text[slice(*figure.span)] == f"{in_words(n, join)} ballots"


@given(st.integers(10_000, 999_999_999_999), st.sampled_from([",", "\u202f", "\u00a0", " ", "’", "'"]))
def test_groups_of_three(n: int, mark: str):
    """Digits grouped with a comma, a blank of any width or an apostrophe."""
    _, figure = only(f"They printed {grouped(n, mark)} ballots.")
    assert (figure.low, figure.high) == (n, n)


@given(st.integers(1_000_000, 999_999_999))
def test_groups_with_full_stops(n: int):
    """Two full stops group; one on the same page does too."""
    _, figures = read(f"They printed {grouped(n, '.')} ballots and {grouped(n // 1000, '.')} forms.")
    assert [figure.low for figure in figures] == [n, n // 1000]


@given(st.integers(100_000, 99_99_99_999))
def test_indian_groups(n: int):
    _, figure = only(f"They printed {indian(n)} ballots.")
    assert figure.low == n


@given(
    st.integers(1, 9999),
    st.integers(1, 9),
    st.sampled_from([("million", 10**6), ("crore", 10**7), ("bn", 10**9), ("lakh", 10**5)]),
)
def test_decimals_with_scales(whole: int, tenth: int, scale: tuple[str, int]):
    _, figure = only(f"The fund holds £{whole}.{tenth} {scale[0]}.")
    assert figure.low == figure.high == (whole * 10 + tenth) * scale[1] / 10
    assert (figure.unit, figure.currency) == ("money", "GBP")


QUALIFIERS = {
    "": (1, 1), "at least ": (1, 0), "more than ": (1, 0), "no fewer than ": (1, 0), "just over ": (1, 0), "up to ": (0, 1),
    "fewer than ": (0, 1), "no more than ": (0, 1), "as many as ": (0, 1), "about ": (1, 1), "nearly ": (1, 1), "only ": (1, 1),
    "an estimated ": (1, 1), "well over ": (1, 0), "well under ": (0, 1), "only about ": (1, 1), "at most ": (0, 1),
}  # fmt: skip
NUMBERS = {
    "40": 40,
    "forty": 40,
    "3,200": 3200,
    "2.5 million": 2_500_000,
    "a dozen": 12,
    "two hundred": 200,
    "5m": 5_000_000,
}
NOUNS = ("boats", "wooden boats", "people", "young fishermen")


@given(
    st.sampled_from(sorted(QUALIFIERS)), st.sampled_from(sorted(NUMBERS)), st.sampled_from(NOUNS),
    st.sampled_from(["They saw {}.", "{} were counted in Orrin.", "“We saw {},” he said.", "Ana Holt saw {} and left."]),
)  # fmt: skip
def test_qualifiers(qualifier: str, number: str, noun: str, frame: str):
    """Every qualifier with every number and noun, anywhere in a sentence: bounds, words and span."""
    phrase = f"{qualifier}{number} {noun}"
    text, figure = only(frame.format(phrase))
    least, most = QUALIFIERS[qualifier]
    value = NUMBERS[number]
    assert (figure.low, figure.high) == (value if least else None, value if most else None)
    assert figure.qualifier == qualifier.strip()
    assert text[slice(*figure.span)] == phrase


@given(
    st.integers(2, 400), st.integers(1, 400), st.sampled_from(["{}-{} {}", "{} to {} {}", "between {} and {} {}", "{}–{} {}"]),
    st.sampled_from(["boats", "per cent", "hours", "kilometres", "pounds"]), st.sampled_from(["", "about ", "some "]),
)  # fmt: skip
def test_ranges(low: int, more: int, shape: str, noun: str, qualifier: str):
    """A range in every shape is one figure with both bounds."""
    if "between" in shape:
        qualifier = ""
    text, figure = only(f"They lost {qualifier}{shape.format(low, low + more, noun)}.")
    assert (figure.low, figure.high) == (low, low + more)
    assert figure.qualifier == qualifier.strip()
    assert text[slice(*figure.span)] == text.removeprefix("They lost ").removesuffix(".")


def check(text: str, figures: tuple[Figure, ...]) -> None:
    last = 0
    for figure in figures:
        start, end = figure.span
        assert last <= start < end <= len(text)
        last = end
        assert (figure.id, figure.statement) == ("", None)
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        for words, span in ((figure.qualifier, figure.qualifier_span), (figure.counted, figure.counted_span)):
            assert words == (text[slice(*span)] if span else "")
        if figure.qualifier_span:
            assert start <= figure.qualifier_span[0] < figure.qualifier_span[1] <= end
        assert bool(figure.as_of) == (figure.as_of_span is not None)
        assert figure.unit in ("count", "percent", "money", "duration", "other")


PIECES = st.sampled_from(
    [
        "5",
        "11,000",
        "1.2.3",
        "£",
        "$",
        "%",
        "-",
        "–",
        "/",
        ".",
        ",",
        ";",
        ":",
        "(",
        ")",
        "“",
        "”",
        '"',
        "one",
        "two",
        "dozen",
        "hundred",
        "million",
        "half",
        "third",
        "of",
        "a",
        "an",
        "few",
        "several",
        "dozens",
        "to",
        "and",
        "or",
        "between",
        "from",
        "in",
        "at",
        "least",
        "more",
        "than",
        "over",
        "about",
        "people",
        "killed",
        "injured",
        "boats",
        "not",
        "no",
        "per",
        "cent",
        "years",
        "May",
        "2031",
        "Orrin",
        "said",
        "minus",
        "+",
        "#",
        "@",
        "1/2",
        "½",
        "st",
        "th",
        "m",
        "bn",
        "km",
        "£5m",
        "10:30",
        "7pm",
        "twice",
        "none",
        "since",
        "on",
        "Friday",
        "\n\n",
        "İ",
        "ﬁ",
        "🌊",
        "\xa0",
    ]
)


@given(st.lists(PIECES, max_size=60).map(" ".join) | st.text(max_size=120))
def test_any_text(text: str):
    """Whatever stands in a text: no fault, spans in order and inside, words as in the text."""
    spans, start = [], 0
    for piece in text.split("\n\n"):
        spans.append((start, start + len(piece)))
        start += len(piece) + 2
    check(text, figures_of(text, spans, dates_of(text, spans, None)))


def moved(figure: Figure, by: int) -> tuple[object, ...]:
    def shift(span: tuple[int, int] | None) -> tuple[int, int] | None:
        return None if span is None else (span[0] + by, span[1] + by)

    spans = (figure.span, figure.qualifier_span, figure.counted_span, figure.as_of_span)
    rest = (
        figure.low,
        figure.high,
        figure.unit,
        figure.currency,
        figure.event,
        figure.who,
        figure.place,
        figure.period,
    )
    return (*map(shift, spans), *rest, figure.since, figure.as_of, figure.share_of)


SURROUNDINGS = ("The gate was shut. Nobody saw 3 boats, or £5m.", "Rain fell for six hours and no one left the hall.")


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_alone_or_among_others(row):
    """A paragraph has the same figures alone and between others."""
    text = row["text"].replace("\n", " ")
    before, after = SURROUNDINGS
    whole = f"{before}\n\n{text}\n\n{after}"
    start = len(before) + 2
    spans = [(0, len(before)), (start, start + len(text)), (len(whole) - len(after), len(whole))]
    alone = figures_of(text, [(0, len(text))], dates_of(text, [(0, len(text))], None))
    among = figures_of(whole, spans, dates_of(whole, spans, None))
    mine = [f for f in among if start <= f.span[0] < start + len(text)]
    assert [moved(f, start) for f in alone] == [moved(f, 0) for f in mine]
