"""Bombs of JSON, JSON Lines and metadata."""

# ruff: noqa: E501

from __future__ import annotations

import json

from inputs_shelf import (
    ANY,
    BAD_JSON,
    DEEP,
    LARGE,
    MB,
    READ_OR_LARGE,
    Bomb,
    many,
    nested,
    once,
    run,
)

OPEN = b'{"id": "x", "text": "The gates stay closed.", "more": '
BAD_OR_LARGE = BAD_JSON | LARGE


def data_bombs() -> list[Bomb]:
    """Every one of them."""
    return [*_sizes(), *_depths(), *_values(), *_lists(), *_metadata()]


def _sizes() -> list[Bomb]:
    text = b'{"text": "'
    return [
        Bomb("line.jsonl", "one line of 500 MB", run(b"a", text, b'"}\n{"text": "Yes."}\n'), 500 * MB, 0, READ_OR_LARGE),
        Bomb("line.json", "one object of 500 MB", run(b"a", text, b'"}'), 500 * MB, 0, LARGE),
        Bomb("many-lines.json", "one object of 300 MB over many lines", run(b'"a": 1,\n', b"{\n", b'"text": ""}'), 300 * MB, 0, LARGE),
        Bomb("bare-line.jsonl", "500 MB of JSON Lines with no line end and no JSON", run(b"a "), 500 * MB, 0, LARGE),
        Bomb("escaped.json", "every character escaped", run(b"\\u0041", text, b'"}'), 29 * MB, 30_000, READ_OR_LARGE),
        Bomb("nul-text.json", "a text of NULs", run(b"\\u0000", text, b'Yes."}'), 3 * MB, 30_000, READ_OR_LARGE),
        Bomb("unended.json", "a string that never ends", run(b"a", text), 30 * MB, 30_000, BAD_OR_LARGE),
        Bomb("backslashes.json", "a string of backslashes", run(b"\\\\", text, b'"}'), 4 * MB, 30_000, READ_OR_LARGE),
        Bomb("blank-lines.jsonl", "60 MB of empty lines", run(b"\n", b'{"text": "Yes."}\n', b'{"text": "No."}'), 60 * MB, 30_000, READ_OR_LARGE),
        Bomb("blanks.json", "60 MB of blanks before a brace", run(b" ", b"", b'{"text": "Yes."}'), 60 * MB, 3_000, READ_OR_LARGE),
    ]  # fmt: skip


def _depths() -> list[Bomb]:
    return [
        Bomb("lists.json", "a million lists in lists", nested(b"[", b"]", OPEN, b"", b"}"), MB, 2_000, DEEP | LARGE),
        Bomb("objects.json", "a million objects in objects", nested(b'{"a":', b"}", OPEN, b"1", b"}"), MB, 2_000, DEEP | LARGE),
        Bomb("lists.jsonl", "the same in a line", nested(b"[", b"]", OPEN, b"", b'}\n{"text": "Yes."}'), MB, 2_000, DEEP | READ_OR_LARGE),
        Bomb("unclosed.json", "a million lists that never close", nested(b"[", b"", OPEN), MB, 2_000, DEEP | BAD_OR_LARGE),
        Bomb("lists-first.json", "a list of a million lists in lists", nested(b"[", b"]", b"[{},"), MB, 2_000, DEEP | BAD_OR_LARGE),
        Bomb("list.txt", "a text that begins like a list", nested(b"[", b"]", b"[{},"), MB, 2_000, ANY),
    ]  # fmt: skip


def _values() -> list[Bomb]:
    return [
        Bomb("integer.json", "a number of a million digits", run(b"9", OPEN, b"}"), MB, 6_000, BAD_JSON | ANY),
        Bomb("exponent.json", "numbers past all bounds", once(OPEN + b"[1e999999999, -1e999999999, NaN, Infinity]}"), 0, 1, ANY | BAD_JSON),
        Bomb("decimals.json", "a number of a million decimals", run(b"9", OPEN + b"0.", b"}"), MB, 6_000, ANY),
        Bomb("twice.json", "one key very often", many('"text": "Gate {}.", ', "{", '"id": 1, "id": 2, "text": "No."}'), 200_000, 900, ANY),
        Bomb("keys.json", "very many keys", many('"k{}": 1, ', "{", '"text": "The gates stay closed."}'), 300_000, 900, READ_OR_LARGE),
        Bomb("values.json", "very many empty lists", run(b"[],", OPEN + b"[", b"1]}"), 30 * MB, 30_000, READ_OR_LARGE),
        Bomb("surrogates.json", "half pairs and separators", once(b'{"text": "a \\ud800 b \\udfff c \\u2028 d \\u2029 e \\u0000 f \\u202e"}'), 0, 1, ANY),
        Bomb("date.json", "a date past 64 bits", once(b'{"text": "Yes.", "date": 99999999999999999999999}'), 0, 1, ANY),
        Bomb("date-iso.json", "a date past all calendars", once(b'{"text": "Yes.", "date": "999999999999-99-99T99:99:99Z"}'), 0, 1, ANY),
        Bomb("date-float.json", "a date that is no number", once(b'{"text": "Yes.", "date": 1e400, "title": 7, "url": true}'), 0, 1, ANY),
        Bomb("title.json", "a title of a million marks", run(b"a: 'b' - ", b'{"text": "The gates stay closed.", "title": "', b'"}'), MB, 20_000, ANY),
        Bomb("byline.json", "a byline of a million words", run(b"and Ana, ", b'{"text": "The gates stay closed.", "byline": "By ', b'"}'), MB, 20_000, ANY),
        Bomb("outlet.json", "an outlet of a million words", run(b"The Ask ", b'{"text": "The gates stay closed.", "outlet": "', b'"}'), MB, 20_000, ANY),
        Bomb("language.json", "a language of a million parts", run(b"en-", b'{"text": "The gates stay closed.", "language": "', b'"}'), MB, 20_000, ANY),
        Bomb("id.json", "a name of a million letters", run(b"a/../", b'{"text": "The gates stay closed.", "id": "', b'"}'), MB, 20_000, ANY),
        Bomb("wide.json", "JSON in UTF-16, cut", once('{"text": "Yes."}'.encode("utf-16")[:-1]), 0, 1, BAD_JSON | ANY | {"bad-encoding"}),
        Bomb("wide-32.jsonl", "JSON Lines in UTF-32", once('{"text": "Yes."}\n{"text": "No."}'.encode("utf-32")), 0, 1, ANY),
    ]  # fmt: skip


def _lists() -> list[Bomb]:
    return [
        Bomb("commas.json", "a list of commas", run(b",", b'[{"text": "Yes."}', b"]"), 30 * MB, 30_000, BAD_OR_LARGE | ANY),
        Bomb("empty.json", "a list of empty objects", run(b"{},", b"[", b"{}]"), 30_000, 3_000, BAD_JSON),
        Bomb("empty.jsonl", "lines of empty objects", run(b"{}\n"), 30_000, 3_000, BAD_JSON),
        Bomb("long-list.json", "a list past what is held whole", run(b'{"text": "Yes."},', b"[", b"{}]"), 300 * MB, 0, LARGE),
        Bomb("list-of-lists.txt", "a text that begins like a list of objects", run(b"{},[],", b"[", b"1] said Ana."), 30 * MB, 30_000, READ_OR_LARGE),
        Bomb("log.jsonl", "lines that are no JSON", many('{"gate": {}\n'), 5_000, 300, BAD_JSON),
    ]  # fmt: skip


def _metadata() -> list[Bomb]:
    yes = once(b"The gates stay closed, said Ana Venn.\n")
    deep = nested(b"[", b"]", b'{"a": ', b"", b"}")
    fields = {
        "title": "T" * 400_000,
        "byline": "and B " * 60_000,
        "date": "9" * 4_000,
        "url": "http://a/" + "b" * 400_000,
    }
    refused = BAD_JSON | DEEP | LARGE
    table = frozenset({"usage"})
    return [
        Bomb("deep.txt", "metadata nested a million deep", yes, 400_000, 2_000, refused, (("deep.txt.meta.json", deep),)),
        Bomb("large.txt", "metadata of 100 MB", yes, 100 * MB, 2 * MB, refused, (("large.meta.json", run(b" ", b"{", b"}")),)),
        Bomb("fields.txt", "metadata with fields of 400,000 letters", yes, 0, 1, ANY | LARGE, (("fields.txt.meta.json", once(json.dumps(fields).encode())),)),
        Bomb("number.txt", "metadata with a number of 900,000 digits", yes, 900_000, 6_000, refused, (("number.txt.meta.json", run(b"9", b'{"a": ', b"}")),)),
        Bomb("columns.txt", "a table of a million columns", yes, MB, 3_000, ANY | table, (("t.csv", many(",c{}", "name", "\ncolumns.txt,a\n")),), "t.csv"),
        Bomb("cell.txt", "a table with a cell of 60 MB", yes, 60 * MB, 300_000, ANY | table, (("t.csv", run(b"a", b'name,title\ncell.txt,"', b'"\n')),), "t.csv"),
        Bomb("quote.txt", "a table with a quotation mark that never closes", yes, 20 * MB, 300_000, ANY | table, (("t.csv", run(b"a,b\n", b'name,title\nquote.txt,"')),), "t.csv"),
        Bomb("rows.txt", "a table of very many rows", yes, 400_000, 900, ANY | table, (("t.csv", many("n{},Outlet {},2031-04-09,x{}\n", "name,outlet,date,own\n")),), "t.csv"),
        Bomb("long-table.txt", "a table of 300 MB", yes, 300 * MB, 0, table, (("t.csv", run(b"a,b\n", b"name,title\n")),), "t.csv"),
        Bomb("nul.csv.txt", "a table with NULs and escapes", yes, 3_000, 30, ANY | table, (("t.csv", run(b"nul.csv.txt,\x1b[2J\0\n", b"name,title\n")),), "t.csv"),
        Bomb("day.txt", "a table with dates past all calendars", yes, 0, 1, table, (("t.csv", once(b"name,date\nday.txt,99999999999999999999\n")),), "t.csv"),
    ]  # fmt: skip
