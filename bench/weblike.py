"""Web pages of any number out of the demo's texts: an article in the middle of what stands around one, in HTML."""

from __future__ import annotations

import html
from collections.abc import Iterator

from bench.pages import texts

BYTES = 100_000
"""Bytes of a page: of what news sites send, most is not the article."""
FOREIGN = (
    "Les vannes de la ville ont tenu toute la nuit, a déclaré la gardienne du port. Personne n’a été blessé. Le pont restera fermé "
    "jusqu’à mardi, et les habitants du quartier bas ont été logés dans l’école, selon la mairie."
)


def _page(n: int, paragraphs: list[str], language: str) -> bytes:
    links = "".join(f'<li><a href="/section/{k}">Section {k} of the site</a></li>' for k in range(60))
    article = "".join(f"<p>{html.escape(each)}</p>" for each in paragraphs)
    head = (
        f'<title>Page {n} of the pile</title><meta property="article:published_time" content="2031-03-{n % 28 + 1:02}">'
    )
    body = f"<header><nav><ul>{links}</ul></nav></header><article><h1>Page {n} of the pile</h1>{article}</article><footer>{links}</footer>"
    script = "var a=[" + "0.12345," * ((BYTES - len(article) - 2 * len(links)) // 8) + "0];"
    return f'<!DOCTYPE html><html lang="{language}"><head>{head}<script>{script}</script></head><body>{body}</body></html>'.encode()


def pages(count: int) -> Iterator[tuple[str, bytes]]:
    """``count`` English pages as name and bytes, each with a sentence of its own."""
    originals = texts()
    for n in range(count):
        paragraphs = [each for each in originals[n % len(originals)].split("\n\n") if each.strip()]
        own = f"The clerk of ward {n} said that {n + 3} sandbags had come."
        yield f"page-{n:06}.html", _page(n, [*paragraphs, own], "en")


def foreign(count: int) -> Iterator[tuple[str, bytes]]:
    """``count`` pages in another language."""
    for n in range(count):
        yield f"autre-{n:06}.html", _page(n, [f"{FOREIGN} {n}."] * 8, "fr")
