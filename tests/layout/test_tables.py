"""Tables are loaded, checked and refused; the shipped ones say what they must."""

from __future__ import annotations

from importlib import resources

import pytest

from sayso.errors import SaysoError
from sayso.layout.units import fold
from sayso.tables import load, parse

HEADER = "# what: a test\n# source: made up\n# date: 2031-05-09\n"
SHIPPED = sorted(
    entry.name.removesuffix(".toml")
    for entry in resources.files("sayso.tables").iterdir()
    if entry.name.endswith(".toml")
)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_tables_are_sound(name: str) -> None:
    assert load(name)
    assert load(name) is load(name), "read once"


# reason, content, word of the message
BAD = [
    ("not TOML", HEADER + "a = [", "not TOML"),
    ("not UTF-8", HEADER.encode() + b'a = "\xff"', "not TOML"),
    ("no header", 'a = ["x"]', "what"),
    ("a header without source", "# what: a\n# date: 2031-05-09\na = 1", "source"),
    ("a date that is none", "# what: a\n# source: b\n# date: May\na = 1", "date"),
    ("a doubled entry", HEADER + 'a = ["x", "y", "x"]', "twice"),
    ("a padded entry", HEADER + 'a = ["x "]', "padded"),
    ("a blank entry", HEADER + 'a = [""]', "blank"),
    ("a doubled entry further down", HEADER + '[a.b]\nc = ["x", "x"]', "a.b.c"),
]


@pytest.mark.parametrize(("reason", "content", "word"), BAD, ids=[row[0] for row in BAD])
def test_bad_tables_are_refused(reason: str, content: str | bytes, word: str) -> None:
    raw = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(SaysoError, match=word):
        parse("test", raw)


@pytest.mark.parametrize("name", ["no-such-table", "../pyproject", "Layout", ""])
def test_unknown_names_are_refused(name: str) -> None:
    with pytest.raises(SaysoError, match="table"):
        load(name)


def test_phrases_are_folded_as_pages_are() -> None:
    """A phrase that is not in folded form can never match."""
    table = load("furniture-rules")
    lists = [rule["phrases"] for rule in table["rule"]]
    lists += [
        table["tail"]["headings"],
        table["tail"]["starts"],
        table["filler"]["starts"],
        table["filler"]["parts"],
        table["picture"]["labels"],
    ]
    assert [phrase for phrases in lists for phrase in phrases if fold(phrase) != phrase] == []
    assert {rule["match"] for rule in table["rule"]} == {"line", "start", "label", "part"}


def test_words_are_in_lower_case() -> None:
    table = load("layout-words")
    assert [word for words in table.values() for word in words if word != word.casefold()] == []
