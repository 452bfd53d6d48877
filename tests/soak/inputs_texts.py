"""Bombs of plain text, of encodings, and the worst strings for our own regular expressions."""

from __future__ import annotations

import gzip
import struct

from inputs_shelf import ANY, LARGE, MB, READ_OR_LARGE, Bomb, Maker, Parts, many, once, prose, run, words


def text_bombs() -> list[Bomb]:
    """Plain text."""
    yes, no = b"Yes.", b"No."
    rows: list[tuple[str, str, Maker, int, int, frozenset[str]]] = [
        ("line-500mb.txt", "one line of 500 MB", run(b"a"), 500 * MB, 0, LARGE),
        (
            "words-60mb.txt",
            "60 MB of words: under the limit of bytes, over that of characters",
            words,
            60 * MB,
            0,
            LARGE,
        ),
        (
            "words-5mb.txt",
            "as much junk as a text may hold: every word is new",
            words,
            4_900_000,
            30_000,
            READ_OR_LARGE,
        ),
        ("prose-5mb.txt", "as much news as a text may hold", prose, 4_900_000, 8_000, READ_OR_LARGE),
        ("blanks.txt", "10 MB of blanks", run(b" ", yes, no), 10 * MB, 100_000, READ_OR_LARGE),
        ("blanks-under.txt", "4.9 MB of blanks", run(b" ", yes, no), 4_900_000, 0, READ_OR_LARGE),
        ("letter.txt", "10 MB of one letter", run(b"a"), 10 * MB, 100_000, READ_OR_LARGE),
        ("letter-under.txt", "4.9 MB of one letter: one word", run(b"a"), 4_900_000, 0, READ_OR_LARGE),
        ("newlines.txt", "10 MB of line feeds", run(b"\n", yes, no), 10 * MB, 100_000, READ_OR_LARGE),
        ("newlines-under.txt", "4.9 MB of line feeds", run(b"\n", yes, no), 4_900_000, 0, READ_OR_LARGE),
        ("ampersands.txt", "10 MB of &", run(b"&"), 10 * MB, 20_000, READ_OR_LARGE),
        ("ampersands-under.txt", "4.9 million words of one mark", run(b"&"), 4_900_000, 0, READ_OR_LARGE),
        ("paragraphs.txt", "a million paragraphs of two letters", many("A.\n\n"), MB, 3_000, READ_OR_LARGE),
        ("lines.txt", "a million lines of a few words", many("so {}\n"), 600_000, 3_000, READ_OR_LARGE),
        ("marks-straight.txt", "a million straight quotation marks", run(b'"'), MB, 20_000, ANY),
        ("marks-open.txt", "a million opening marks", run("“".encode()), 3 * MB, 20_000, ANY),
        ("marks-words.txt", "a million short quotations", run("“a” ".encode()), 8 * MB, 20_000, READ_OR_LARGE),
        ("marks-mixed.txt", "marks of all kinds in no order", run("“‘\"'«»’”„` ".encode()), 2 * MB, 20_000, ANY),
        (
            "combining.txt",
            "100,000 combining marks on one letter",
            run("\u0301".encode(), b"Se", b" no."),
            200_000,
            40_000,
            ANY,
        ),
        (
            "nul.txt",
            "NULs between words, few enough to be text",
            run(b"word and more words to read here\0"),
            3 * MB,
            30_000,
            ANY,
        ),
        ("turns.txt", "a transcript of very many turns", many("Ana B: said {}\n"), 200_000, 2_000, READ_OR_LARGE),
        ("names.txt", "very many people, each named once", many("Bo Ax{} said no. "), 150_000, 300, READ_OR_LARGE),
        (
            "separators.txt",
            "lines that only some programs see",
            run("a\u2028b\x85c\u2029".encode()),
            2 * MB,
            20_000,
            ANY,
        ),
        (
            "overrides.txt",
            "bidirectional overrides that never close",
            run("\u202ea \u2066".encode()),
            2 * MB,
            20_000,
            ANY,
        ),
        (
            "escapes.txt",
            "commands to a terminal",
            run(b"\x1b[2J\x1b]0;x\x07 word "),
            MB,
            20_000,
            ANY | {"unknown-format"},
        ),
    ]
    return [Bomb(*row) for row in rows]


HOSTILE_RUNS: tuple[tuple[str, str], ...] = (
    ("layout.furniture _ADDRESS", "@" * 780 + "\n\n"),
    ("layout.furniture _ADDRESS with dots", "a@a." * 190 + "\n\n"),
    ("layout.furniture _ADDRESS, digits", "1 " * 15 + "(" * 700 + "\n\n"),
    ("layout.furniture _SEPARATOR", "read" + " " * 55 + "–" * 200 + "\n\n"),
    ("layout.furniture _CRUMBS", "Home" + " > a" * 35 + "\n\n"),
    ("layout.furniture _COUNT", "1" + ",1" * 300 + " comments\n\n"),
    ("layout.furniture _RIGHTS", "\u00a9" + "©" * 300 + "\n\n"),
    ("layout.furniture _FOLLOW", "Follow " + "a " * 28 + "\n\n"),
    ("layout.stamps _AGENCY", "(" * 60 + ")" * 60 + " -- \n\n"),
    ("layout.stamps _DASH", "OLD - " * 20 + "\n\n"),
    ("layout.stamps _PART", "By A" + " " * 90 + "B" + " |" * 50 + "\n\n"),
    ("layout.stamps _CLOCK_ALONE", "." * 60 + "1" + "." * 59 + "\n\n"),
    ("layout.lines _PAGE", "page " + " " * 8 + "-\n\n"),
    ("layout.lines _LOWER", "a" * 39 + "\n"),
    ("layout.lines _running_heads", "Norwick 1\n\f"),
    ("layout.turns _NAME", "A.A.A. A.A.A. Aa-'.-' Aa-'.- : yes we did so\n"),
    ("layout.turns dash", "Q – a\nA – b\n"),
    ("layout.view hyphens", "a-\nb-\nc"),
    ("layout.view soft hyphens", "a\u00ad\n\u00adb\u200b"),
    ("layout.blocks _ABBREVIATION", "A.A.A.A.A.A.A.A.A.A.\n\n"),
    ("layout.blocks _CREDITED", "Credit: " * 8 + "(Photo" * 10 + "\n\n"),
    ("layout.blocks _CAPTION", "photo " * 30 + "\n\n"),
    ("quotes n-mark", "rock 'n' roll 'n' ’n’ ‘n‘ "),
    ("quotes nested", "“‘“‘“‘ a ’”’”’” "),
    ("quotes over paragraphs", "“The gates stay closed today\n\n"),
    ("statements SENTENCE", "Ana Venn said" + "." * 700 + "“a”" + "…" * 90 + " "),
    ("statements SIGNED", "“We will not go back there.” — " + "A b van der " * 9 + "\n\n"),
    ("statements headlines", "Venn: gates " * 4 + ": a" + " " * 60 + "\n\n"),
    ("speakers _STOP", "Ana Venn said.”’)]" + "”’)]" * 150 + " no. "),
    ("speakers _STOP blanks", "Ana Venn said no.\t\t \u00a0\u3000" * 3 + "x "),
    ("speakers _SHORT", "Mr. Dr. St. Sen. A. B. said so. "),
    ("speakers _APPOSITION", "Ana Venn, who is " + "the former " * 9 + ", said no. "),
    ("speakers _TOKEN", "A.B.C.D.E.F.G.a-a-a-a’a´a "),
    ("speakers names possessive", "Ana Venn’s’s’s said. "),
    ("speakers source joined", "Ana, Bo, Cy & Di & Ed and Flo, Gus, Hal and Ivy said no. "),
    ("statements _PASSIVE", "it was is were been being is was noted that no. "),
    ("findings _DATED", "may " * 40 + "\n\n"),
    ("encoder WORD", ".a-b_c/d\\e" * 20 + " "),
    ("numbers", "1,000,000.5% of £5.5m in 2031-04-09T10:10:10Z "),
    ("says", "said says told said that he said "),
)
"""The worst strings for our own regular expressions, each named by the module and pattern that it is written against."""


def run_bombs() -> list[Bomb]:
    """One text for each hostile run: at 60,000 characters what is not linear shows, and what is takes seconds."""
    return [
        Bomb(f"run-{n:02}.txt", why, run(text.encode()), 60_000, 1_500, READ_OR_LARGE)
        for n, (why, text) in enumerate(HOSTILE_RUNS)
    ]


def coded_bombs() -> list[Bomb]:
    """Encodings and containers."""
    wide = "Yes, the gates stay closed. " * 40
    bad = frozenset({"bad-encoding", "unknown-format", "document", "no-text"})

    def packed(size: int) -> Parts:
        yield gzip.compress(bytes(size), 9)

    return [
        Bomb("bomb.gz", "a gzip file of zeros", packed, 200 * MB, MB, LARGE | {"unknown-format"}),
        Bomb("gzip.txt", "the same under the name of a text", packed, 200 * MB, MB, LARGE | {"unknown-format"}),
        Bomb("gzip.html", "the same under the name of a page", packed, 200 * MB, MB, LARGE | {"unknown-format"}),
        Bomb("odd-16.txt", "UTF-16 with half a character at its end", once(wide.encode("utf-16")[:-1]), 0, 1, bad),
        Bomb("odd-32.txt", "UTF-32 with three bytes at its end", once(wide.encode("utf-32")[:-1]), 0, 1, bad),
        Bomb("odd-bare.txt", "UTF-16 without a mark, cut", once(wide.encode("utf-16-le")[:-1]), 0, 1, bad),
        Bomb(
            "out-of-range.txt",
            "UTF-32 past the last character",
            once(b"\xff\xfe\0\0" + struct.pack("<I", 0x7FFFFFFF) * 9),
            0,
            1,
            bad,
        ),
        Bomb("lone-16.txt", "half pairs in UTF-16", once(b"\xff\xfe" + b"\x00\xd8a\0 \0" * 30), 0, 1, bad),
        Bomb("marks-only.txt", "byte order marks and nothing else", run(b"\xef\xbb\xbf"), 3 * MB, 3_000, bad),
        Bomb(
            "two-marks.txt",
            "a mark of UTF-8 before one of UTF-16",
            once(b"\xef\xbb\xbf" + wide.encode("utf-16")),
            0,
            1,
            bad,
        ),
        Bomb("mark-32-or-16.txt", "a mark that two encodings begin with", once(b"\xff\xfe\0\0a\0b\0"), 0, 1, bad),
        Bomb("overlong.txt", "a slash in two bytes where one would do", run(b"word \xc0\xaf "), 3 * MB, 3_000, bad),
        Bomb(
            "legacy.txt",
            "19 MB that may be in any old encoding",
            run(b"caf\xe9 \x93so\x94 \xb3x\xa4 "),
            19 * MB,
            30_000,
            bad | LARGE,
        ),
        Bomb(
            "broken-utf-8.txt",
            "UTF-8 broken at the end of 19 MB",
            run("čaj ".encode(), b"", b"\xff"),
            19 * MB,
            30_000,
            bad | LARGE,
        ),
        Bomb(
            "page-16.html",
            "a page that says UTF-16 and is not",
            once(b'<html><meta charset="utf-16"><p>Yes, the gates stay closed.</p>'),
            0,
            1,
            bad,
        ),
        Bomb(
            "page-7.html",
            "a page that says UTF-7",
            once(b'<html><meta charset="utf-7"><p>+ADw-script+AD4- the gates stay closed today.</p>\xff'),
            0,
            1,
            bad,
        ),
    ]
