"""Bombs of HTML and XML."""

# ruff: noqa: E501

from __future__ import annotations

from inputs_shelf import ANY, DEEP, LARGE, MB, READ_OR_EMPTY, TAKEN_APART, Bomb, Maker, many, nested, once, page, run

XML = frozenset({"unknown-format"})
LAUGHS = "".join(
    f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}{("&l" + str(n - 1) + ";") * 9 if n else ""}">'
    for n in range(12)
)


def _in_page(unit: bytes, head: bytes = b"", after: bytes = b"") -> Maker:
    before, end = page(b"", head)
    return run(unit, before, after + end)


def _many(form: str, before: str = "", after: str = "", head: str = "") -> Maker:
    start, end = page(before.encode(), head.encode())
    return many(form, start.decode(), after + end.decode())


def page_bombs() -> list[Bomb]:
    """Every one of them."""
    return [*_depths(), *_sizes(), *_counts(), *_heads(), *_entities(), *_empty()]


def _depths() -> list[Bomb]:
    start, end = page(b"")
    return [
        Bomb("divs.html", "a million elements in each other", nested(b"<div>", b"</div>", start, b"Yes.", end), MB, 4_000, DEEP | LARGE),
        Bomb("bold.html", "a million unclosed inline elements", nested(b"<b>", b"", start, b"Yes.", end), MB, 4_000, TAKEN_APART),
        Bomb("fonts.html", "unclosed inline elements over many paragraphs", run(b"<p><font><i>The gates stay closed, she said.", start, end), 2 * MB, 20_000, TAKEN_APART),
        Bomb("tables.html", "tables in tables", nested(b"<table><tr><td>", b"</table>", start, b"Yes.", end), 300_000, 2_000, TAKEN_APART),
        Bomb("lists.html", "lists in lists", nested(b"<ul><li>", b"", start, b"Yes.", end), 300_000, 2_000, TAKEN_APART),
        Bomb("quotes.html", "quotations in quotations", nested(b"<q>", b"</q>", start, b"Yes.", end), 300_000, 2_000, TAKEN_APART),
        Bomb("deep-under.html", "just under the limit, with text at each level", nested(b"<div>The gates stay closed today, said she.", b"</div>", start, b"", end), 900, 900, TAKEN_APART),
        Bomb("svg.html", "pictures in pictures", nested(b"<svg>", b"</svg>", start, b"", end), 300_000, 900, TAKEN_APART),
    ]  # fmt: skip


def _sizes() -> list[Bomb]:
    return [
        Bomb("line.html", "one line of 500 MB", _in_page(b"a"), 500 * MB, 0, LARGE),
        Bomb("word.html", "a word of 7 MB", _in_page(b"a"), 7 * MB, 90_000, TAKEN_APART),
        Bomb("blanks.html", "7 MB of blanks", _in_page(b" "), 7 * MB, 90_000, TAKEN_APART),
        Bomb("newlines.html", "7 MB of line feeds", _in_page(b"\n"), 7 * MB, 90_000, TAKEN_APART),
        Bomb("attribute.html", "an attribute of 7 MB", run(b"a", page(b'<div title="')[0], b'"></div>' + page(b"")[1]), 7 * MB, 90_000, TAKEN_APART),
        Bomb("open-attribute.html", "an attribute that never ends", run(b"a b=", page(b'<div title="')[0]), 7 * MB, 90_000, TAKEN_APART),
        Bomb("comment.html", "a comment that never ends", run(b"- -", page(b"<!--")[0]), 7 * MB, 90_000, TAKEN_APART),
        Bomb("angles.html", "7 MB of <", _in_page(b"<"), 7 * MB, 20_000, TAKEN_APART),
        Bomb("ends.html", "end tags of nothing", _in_page(b"</p></div></b>"), 7 * MB, 20_000, TAKEN_APART),
        Bomb("picture.html", "a picture of 7 MB inside the page", run(b"QUJD", page(b'<img src="data:image/png;base64,')[0], b'">' + page(b"")[1]), 7 * MB, 90_000, TAKEN_APART),
        Bomb("class.html", "a class of a million words", run(b"a b ", page(b'<p class="')[0], b'">Yes, the gates stay closed today.</p>' + page(b"")[1]), 4 * MB, 90_000, TAKEN_APART),
        Bomb("style.html", "a style of 4 MB", run(b"display:x;", page(b'<p style="')[0], b'">Yes, the gates stay closed today.</p>' + page(b"")[1]), 4 * MB, 90_000, TAKEN_APART),
        Bomb("blank-style.html", "a style of blanks", run(b" ", page(b'<p style="display:')[0], b'">Yes, the gates stay closed today.</p>' + page(b"")[1]), 4 * MB, 90_000, TAKEN_APART),
        Bomb("attributes.html", "very many attributes of one element", many(" a{}=1", page(b"<p")[0].decode(), ">Yes.</p>" + page(b"")[1].decode()), 200_000, 900, TAKEN_APART),
    ]  # fmt: skip


def _counts() -> list[Bomb]:
    same = b"<p>The harbour board said that the gates would stay closed.</p>"
    return [
        Bomb("same.html", "one paragraph 100,000 times", _in_page(same), 6_300_000, 20_000, TAKEN_APART),
        Bomb("short.html", "200,000 paragraphs of two letters", _in_page(b"<p>Ab.</p>"), 2 * MB, 20_000, TAKEN_APART),
        Bomb("paragraphs.html", "60,000 paragraphs, all different", _many("<p>Gate {} stayed closed for the whole of day {}, they said.</p>"), 60_000, 300, TAKEN_APART),
        Bomb("tiny.html", "300,000 tiny paragraphs, all different", _many("<p>a{}</p>"), 300_000, 900, TAKEN_APART),
        Bomb("breaks.html", "a million line breaks", _in_page(b"a<br>"), 4 * MB, 20_000, TAKEN_APART),
        Bomb("double-breaks.html", "paragraphs parted by breaks in one element", _many("The gates stay closed on day {}, she said.<br><br>"), 60_000, 300, TAKEN_APART),
        Bomb("spans.html", "a word cut into very many elements", _in_page(b"<span>a</span>"), 6 * MB, 20_000, TAKEN_APART),
        Bomb("colspan.html", "columns past 64 bits", _in_page(b"<table><tr><td colspan=9000000000000000 rowspan=9000000000000000>Yes<td>No</table>"), 50_000, 900, TAKEN_APART),
        Bomb("cells.html", "a table of half a million cells", _many("<tr><td>{}<td>b<td>c", "<table>", "</table>"), 150_000, 300, TAKEN_APART),
        Bomb("headings.html", "100,000 headings", _many("<h1>Gates stay closed on day {}</h1>"), 100_000, 300, TAKEN_APART),
        Bomb("links.html", "100,000 links", _many('<p><a href="/{}">Gates stay closed on day {} again</a></p>'), 60_000, 300, TAKEN_APART),
        Bomb("hidden.html", "100,000 hidden elements", _many('<p hidden>Gates stay closed on day {} again</p><p>Day {} was dry.</p>'), 60_000, 300, TAKEN_APART),
        Bomb("captions.html", "100,000 captions", _many("<figure><figcaption>Gate {} at low tide</figcaption></figure>"), 60_000, 300, TAKEN_APART),
        Bomb("aria.html", "elements that say that they are not shown", _in_page(b"<div aria-hidden=true><p>The gates stay closed.</p></div>"), 3 * MB, 20_000, TAKEN_APART),
        Bomb("furniture.html", "a page of furniture alone", run(b"<nav><ul><li><a href=/a>Home</a></li></ul></nav><footer>All rights reserved</footer>", b"<html><body>", b"</body></html>"), 2 * MB, 20_000, TAKEN_APART),
        Bomb("authors.html", "100,000 authors", _many('<a rel=author itemprop=author href="/{}">Ana B{}</a> '), 60_000, 300, TAKEN_APART),
    ]  # fmt: skip


def _heads() -> list[Bomb]:
    script = '<script type="application/ld+json">'
    rules = "".join(f".c{n} p.d{n} > a{{color:#fff;background:#fff}}" for n in range(300))
    return [
        Bomb("title.html", "a title of 7 MB", run(b"a - b | ", b"<html><head><title>", b"</title></head><body><p>The gates stay closed today.</p>"), 7 * MB, 90_000, TAKEN_APART),
        Bomb("metas.html", "200,000 meta tags", _many("<p>x", head='<meta name=author content="Ana B"><meta property="og:title" content="Gates">' * 2_000), 60_000, 300, TAKEN_APART),
        Bomb("ld-deep.html", "JSON-LD nested very deep", nested(b"[", b"]", b"<html><head>" + script.encode(), b"", b"</script></head><body><p>The gates stay closed today."), MB, 4_000, TAKEN_APART),
        Bomb("ld-graph.html", "JSON-LD with graphs in graphs", nested(b'{"@graph":[', b"]}", b"<html><head>" + script.encode(), b"", b"</script></head><body><p>The gates stay closed today."), 30_000, 15, TAKEN_APART),
        Bomb("ld-large.html", "JSON-LD of 7 MB", run(b"[],", b"<html><head>" + script.encode() + b"[", b"1]</script></head><body><p>The gates stay closed today."), 7 * MB, 90_000, TAKEN_APART),
        Bomb("ld-number.html", "JSON-LD with a number of a million digits", run(b"9", b"<html><head>" + script.encode(), b"</script></head><body><p>The gates stay closed today."), MB, 9_000, TAKEN_APART),
        Bomb("ld-comments.html", "JSON-LD in comments in comments", run(b"/*", b"<html><head>" + script.encode(), b"</script></head><body><p>The gates stay closed today."), MB, 9_000, TAKEN_APART),
        Bomb("ld-body.html", "JSON-LD that holds another article", _many("Gate {} is shut. \\n", head=script + '{"@type": "NewsArticle", "articleBody": "', before='"}</script>'), 30_000, 300, TAKEN_APART),
        Bomb("ld-scripts.html", "100,000 scripts of JSON-LD", _many(script + '{"@type":"Article","headline":"Gate {}","author":[[[[{"name":"A"}]]]]}</script>'), 60_000, 300, TAKEN_APART),
        Bomb("rules.html", "style rules against very many elements", _many('<p class="c{} d{}">Day {} was dry, she said.</p>', head=f"<style>{rules}</style>"), 40_000, 300, TAKEN_APART),
        Bomb("sheet.html", "a style sheet of 7 MB", run(b".a{color:red}", b"<html><head><style>", b"</style></head><body><p class=a>The gates stay closed today."), 7 * MB, 90_000, TAKEN_APART),
        Bomb("open-sheet.html", "a style sheet of braces", run(b"{", b"<html><head><style>", b"</style></head><body><p class=a>The gates stay closed today."), 4 * MB, 90_000, TAKEN_APART),
        Bomb("open-rules.html", "comments in a style sheet that never end", run(b"/*a{*", b"<html><head><style>", b"</style></head><body><p class=a>The gates stay closed today."), 4 * MB, 90_000, TAKEN_APART),
    ]  # fmt: skip


def _entities() -> list[Bomb]:
    doctype = f"<!DOCTYPE html [{LAUGHS}]>"
    body = "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>The gates stay closed. &l11;</p></body></html>"
    return [
        Bomb("laughs.xhtml", "a billion laughs as XHTML", once(f"<?xml version='1.0'?>{doctype}{body}".encode()), 0, 1, TAKEN_APART | XML),
        Bomb("laughs.html", "a billion laughs as HTML", once(f"{doctype}{body}".encode()), 0, 1, TAKEN_APART | XML),
        Bomb("laughs.xml", "a billion laughs as XML", once(f"<?xml version='1.0'?><!DOCTYPE x [{LAUGHS}]><x>&l11;</x>".encode()), 0, 1, XML),
        Bomb("quadratic.xhtml", "one long entity very often", run(b"&a;", b'<!DOCTYPE html [<!ENTITY a "' + b"a" * 50_000 + b'">]><html><body><p>Yes, the gates stay closed. ', b"</p></body></html>"), 300_000, 3_000, TAKEN_APART | XML),
        Bomb("outside.xhtml", "an entity that is another file", once(b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/hostname">]><html><body><p>The gates stay closed. &a;</p></body></html>'), 0, 1, TAKEN_APART | XML),
        Bomb("entities.html", "very many entities", _in_page(b"&amp;&lt;&copy;&#x41;"), 6 * MB, 30_000, TAKEN_APART),
        Bomb("numbers.html", "entities past all characters", _in_page(b"&#99999999999999999999;&#x110000;&#xd800;&#0;"), 2 * MB, 9_000, TAKEN_APART),
        Bomb("open-entity.html", "an entity that never ends", _in_page(b"&a"), 7 * MB, 30_000, TAKEN_APART),
    ]  # fmt: skip


def _empty() -> list[Bomb]:
    return [
        Bomb("nothing.html", "a page with nothing in it", once(b"<html></html>"), 0, 1, READ_OR_EMPTY),
        Bomb("nul.html", "a page of NULs", run(b"\0", b"<html><body><p>Yes, the gates stay closed.</p>"), 4 * MB, 30_000, TAKEN_APART | {"bad-encoding"}),
        Bomb("frames.html", "a page of frames", run(b"<frame src=a>", b"<html><frameset>", b"</frameset></html>"), 4 * MB, 3_000, TAKEN_APART),
        Bomb("base.html", "a page whose address is a loop", once(b'<html><head><base href="//"><link rel=canonical href="http://[::1"></head><body><p>Yes, the gates stay closed.</p>'), 0, 1, ANY),
        Bomb("breakout.html", "a page that closes what it did not open", run(b"</body></html><p>The gates stay closed.</p>", b"<html><body>"), 500_000, 5_000, TAKEN_APART),
    ]  # fmt: skip
