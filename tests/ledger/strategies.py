"""Any sound reading, with odd characters in every string, for property tests."""

from __future__ import annotations

from factory import seal
from hypothesis import strategies as st

from sayso.records import (
    Block,
    DateMention,
    Document,
    Dropped,
    Finding,
    Hop,
    MadeBy,
    Published,
    Reading,
    Role,
    SourceFile,
    Span,
    Spans,
)

ODD = "\0\ud800\udfff\udc80\u2028\u2029\x85\ufdd0\u2400\ue000\ufffd\ufeff\U0001f600\U0010ffff e\u0301'\"\n\r\t%_*→…\x1f"
words = st.text(st.one_of(st.sampled_from(ODD), st.characters(codec=None), st.sampled_from("abc ")), max_size=12)
chances = st.integers(0, 100).map(lambda n: n / 100)
bounds = st.none() | st.floats(allow_nan=False) | st.integers(-(2**63), 2**63 - 1)


def spans(end: int) -> st.SearchStrategy[Span]:
    return st.tuples(st.integers(0, end), st.integers(0, end)).map(lambda pair: (min(pair), max(pair)))


def some(end: int, least: int = 0) -> st.SearchStrategy[Spans]:
    return st.lists(spans(end), min_size=least, max_size=3).map(tuple)


def optional(end: int) -> st.SearchStrategy[Span | None]:
    return st.none() | spans(end)


def find(end: int) -> st.SearchStrategy[tuple[Finding, ...]]:
    one = st.builds(Finding, st.sampled_from(["furniture", "text-lost"]), words, some(end))
    return st.lists(one, max_size=3).map(tuple)


def statement_list(end: int, speakers: int, known: int, size: int) -> st.SearchStrategy[list[dict]]:
    who = st.integers(0, speakers - 1) if speakers else st.nothing()
    around = st.integers(0, known - 1) if known else st.nothing()
    hops = st.builds(Hop, words, st.sampled_from(["outlet", "platform", "document", "occasion"]), spans(end))
    one = st.fixed_dictionaries({
        "kind": st.sampled_from(["direct", "indirect", "mixed"]), "act": st.sampled_from(["say", "think", "want"]),
        "source": some(end), "cue": some(end), "content": some(end, 1), "speaker": st.none() | who,
        "joint": st.lists(who, max_size=2).map(tuple) if speakers else st.just(()), "speaker_reason": words,
        "stance": st.none() | words, "chain": st.lists(hops, max_size=2).map(tuple),
        "within": st.none() | around, "confidence": chances, "speaker_confidence": chances,
    })  # fmt: skip
    return st.lists(one, min_size=size, max_size=size, unique_by=lambda s: (s["content"], s["source"]))


def figure_list(end: int, known: int) -> st.SearchStrategy[list[dict]]:
    names = ("qualifier", "counted", "unit", "currency", "event", "who", "place", "period", "since", "as_of")
    one = st.fixed_dictionaries({
        "span": spans(end), "low": bounds, "high": bounds, **dict.fromkeys(names, words),
        "qualifier_span": optional(end), "counted_span": optional(end), "as_of_span": optional(end),
        "share_of": st.none() | words, "statement": st.none() | (st.integers(0, known - 1) if known else st.nothing()),
    })  # fmt: skip
    return st.lists(one, max_size=3)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(st.lists(words, max_size=6).map(" ".join))
    end = len(text)
    published = st.builds(
        Published, words, st.sampled_from(["minute", "day", "month", "year"]),
        st.sampled_from(["metadata", "dateline", "text", "inferred"]), optional(end),
    )  # fmt: skip
    files = st.builds(SourceFile, words, words, st.integers(0, 2**60), words)
    blocks = st.builds(Block, st.sampled_from(["title", "paragraph", "turn", "furniture"]), spans(end))
    return Document(
        name=draw(words), text=text, title=draw(words), outlet=draw(words), byline=draw(words), url=draw(words),
        language=draw(words), published=draw(st.none() | published), file=draw(st.none() | files),
        blocks=tuple(draw(st.lists(blocks, max_size=3))), findings=draw(find(end)),
        extra=tuple(draw(st.lists(st.tuples(words, words), max_size=3))), extractor=draw(words),
    )  # fmt: skip


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any sound reading, with odd characters in every string."""
    document = draw(documents())
    end = len(document.text)
    speakers = draw(st.lists(
        st.fixed_dictionaries({
            "name": words,
            "kind": st.sampled_from(["person", "organisation", "group", "anonymous", "document", "author"]),
            "mentions": some(end, 1), "roles": st.lists(st.builds(Role, words, spans(end)), max_size=2).map(tuple),
        }),
        max_size=3, unique_by=lambda s: s["mentions"][0],
    ))  # fmt: skip
    sizes = draw(st.tuples(st.integers(0, 3), st.integers(0, 2)))
    head_text = draw(st.none() | words) if sizes[1] == 0 else draw(words)
    statements = draw(statement_list(end, len(speakers), sum(sizes), sizes[0]))
    headline = None
    if head_text is not None:
        inside = draw(statement_list(len(head_text), len(speakers), sum(sizes), sizes[1]))
        headline = (head_text, inside, draw(figure_list(len(head_text), sum(sizes))))
    made_by = draw(st.builds(MadeBy, words, words, words, words, st.integers(1, 9)))
    read = draw(find(end))
    return seal(
        document, made_by=made_by, statements=statements, speakers=speakers, headline=headline,
        figures=draw(figure_list(end, sum(sizes))),
        findings=draw(st.sampled_from([read, read + document.findings, document.findings + document.findings])),
        dates=tuple(draw(st.lists(st.builds(DateMention, spans(end), words, words), max_size=2))),
        dropped=tuple(draw(st.lists(st.builds(Dropped, words, spans(end), words), max_size=2))),
        voices=tuple(draw(st.lists(st.tuples(st.sampled_from(["own", "quoted", "unsure"]), spans(end)), max_size=3))),
    )  # fmt: skip
