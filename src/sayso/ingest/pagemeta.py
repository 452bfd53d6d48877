"""What a page says about itself: JSON-LD, meta tags and microdata, in this order; the extractor's guesses come after."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sayso.errors import InputError
from sayso.ingest.fields import language_of, tidy
from sayso.ingest.jsonl import check_depth
from sayso.ingest.page import terms
from sayso.ingest.published import published_of
from sayso.ingest.segments import Element, key_of
from sayso.records import Published

_OPENINGS = ("<!--", "//", "/*", "<![CDATA[", "*/")
_CLOSINGS = ("-->", "//", "/*", "]]>", "*/", ";")
_WRAPPINGS = 8  # marks around a script that are taken off at either end; systems put up to four there
_TAGS = re.compile(r"<[a-zA-Z/][^<>]{0,500}>")
_BY = re.compile(r"^(?:by|written by|reported by)[:\s]+", re.I)
_SITE = re.compile(r"(?:\s[|\-–—»«·]|\s?::?)\s")
_SITE_WORDS = 5  # of an outlet's name; one word alone may be a section ("News")
_LONGEST = 500  # characters of a title or a list of authors; what is longer is the article in the wrong place

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PageMeta:
    """Metadata of one page; "" and None where the page does not give it. ``titles`` holds every wording of the title."""

    titles: tuple[str, ...] = ()
    byline: str = ""
    authors: tuple[str, ...] = ()
    outlet: str = ""
    url: str = ""
    language: str = ""
    published: Published | None = None
    description: str = ""
    body: str = ""
    """The article's text, where the page's JSON-LD carries it."""
    window: str = ""
    """What the browser's title bar shows, the site's name included."""


def page_meta(root: Element) -> PageMeta:
    """Everything that the page's head and its marked-up properties say. Broken parts are passed over."""
    tags = _meta_tags(root)
    canonical = _canonical(root)
    nodes = list(_nodes(root))
    article = _article(nodes, canonical or _first(tags, "url"))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    outlet = (
        _name(article.get("publisher"), by_id)
        or _first(tags, "outlet")
        or _name(article.get("sourceOrganization"), by_id)
    )
    authors = _authors(article, by_id) or _author_tags(tags) or _author_marks(root)
    return PageMeta(
        titles=_titles(root, tags, article, outlet),
        byline=", ".join(authors),
        authors=authors,
        outlet=outlet,
        url=canonical or _http(_first(tags, "url")) or _http(_url(article)),
        language=_language(root, tags, article),
        published=_published(root, tags, article),
        body=article["articleBody"] if isinstance(article.get("articleBody"), str) else "",
        window=next((tidy("".join(t.itertext())) for t in root.iter("title") if t.getparent().tag == "head"), "")[
            :_LONGEST
        ],
        description=_first(tags, "description") or _text(article.get("description")),
    )


# -- JSON-LD -----------------------------------------------------------------------------------------------------------


def _nodes(root: Element) -> Iterator[Json]:
    """The objects of all JSON-LD scripts: top level, lists, ``@graph`` and ``mainEntity``; not the lists of other articles."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            value = json.loads(_unwrapped(script.text or ""), strict=False)
            check_depth(value)
        except (ValueError, RecursionError, InputError):
            continue
        yield from _unpacked(value)


def _unwrapped(script: str) -> str:
    """The script without the comment or CDATA marks that some systems put around it."""
    script = script.strip()
    for _ in range(_WRAPPINGS):
        opening = next((mark for mark in _OPENINGS if script.startswith(mark)), "")
        script = script.removeprefix(opening).lstrip()
        closing = next((mark for mark in _CLOSINGS if script.endswith(mark)), "")
        script = script.removesuffix(closing).rstrip()
    return script


def _unpacked(value: object) -> Iterator[Json]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item
            for key in ("@graph", "mainEntity"):
                if isinstance(item.get(key), dict | list):
                    yield from _unpacked(item[key])


def _types(node: Json) -> set[str]:
    found = node.get("@type")
    return {t.rsplit("/", 1)[-1] for t in (found if isinstance(found, list) else [found]) if isinstance(t, str)}


def _article(nodes: list[Json], url: str) -> Json:
    """The node that is this article: the one whose address is the page's, else the first; ``{}`` where there is none."""
    for kind in ("article", "page"):
        found = [node for node in nodes if _types(node) & terms().schema[kind]]
        here = [node for node in found if url and _bare_url(_url(node)) == _bare_url(url)]
        if here or found:
            return (here or found)[0]
    return {}


def _url(node: Json) -> str:
    main = node.get("mainEntityOfPage")
    value = node.get("url") or (main.get("@id") or main.get("url") if isinstance(main, dict) else main)
    return value if isinstance(value, str) else ""


def _bare_url(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[#?].*$", "", url).rstrip("/").lower()


def _name(value: object, by_id: dict[str, Json]) -> str:
    """The name of a person or organisation, however it is given."""
    if isinstance(value, list):
        return next((name for item in value if (name := _name(item, by_id))), "")
    if isinstance(value, dict):
        node = by_id.get(value.get("@id", "")) if isinstance(value.get("@id"), str) else None
        return _text(value.get("name")) or _text((node or {}).get("name"))
    return "" if _http(_text(value)) else _text(value)


def _authors(article: Json, by_id: dict[str, Json]) -> tuple[str, ...]:
    for key in ("author", "creator"):
        value = article.get(key)
        if value:
            return _people(_name(item, by_id) for item in (value if isinstance(value, list) else [value]))
    return ()


def _text(value: object) -> str:
    """A string of JSON-LD as words: unescaped once more, without tags, on one line; "" where it is none or too long."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value")
    if not isinstance(value, str) or len(value) > 20 * _LONGEST:
        return ""
    text = tidy(_TAGS.sub("", html.unescape(value)))
    return text if len(text) <= _LONGEST else ""


# -- meta tags and microdata -------------------------------------------------------------------------------------------


def _meta_tags(root: Element) -> dict[str, list[str]]:
    """Contents of meta tags by name (property, name, itemprop or http-equiv), in lower case."""
    tags: dict[str, list[str]] = {}
    for tag in root.iter("meta"):
        content = tidy(html.unescape(tag.get("content") or ""))
        if content and len(content) <= _LONGEST:
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                for name in (tag.get(attribute) or "").lower().split():
                    tags.setdefault(name, []).append(content)
    return tags


def _first(tags: dict[str, list[str]], what: str) -> str:
    names = terms().meta.get(what) or ("description", "og:description")
    return next((tags[name][0] for name in names if name in tags), "")


def _author_tags(tags: dict[str, list[str]]) -> tuple[str, ...]:
    for name in terms().meta["byline"]:
        people = _people(value for value in tags.get(name, ()) if not _http(value) and not value.startswith("@"))
        if people:
            return people
    return ()


def _author_marks(root: Element) -> tuple[str, ...]:
    """Authors by microdata or link relation, where they stand in the page itself."""
    marks = root.xpath("//*[@itemprop='author' or @rel='author' or @itemprop='creator']")
    return _people(_mark(mark) for mark in marks[:20])


def _mark(mark: Element) -> str:
    names = mark.xpath(".//*[@itemprop='name']")
    return tidy(" ".join((names[0] if names else mark).itertext()))


def _people(names: Iterable[str]) -> tuple[str, ...]:
    """Names without "By", without repetitions and without those that stand for nobody."""
    found: dict[str, str] = {}
    for name in names:
        bare = _BY.sub("", tidy(name)).strip(" ,;|")
        key = key_of(bare)
        if key and len(bare) <= 200 and key not in terms().schema["nobody"] and not _http(bare):
            found.setdefault(key, bare)
    return tuple(found.values())


def _canonical(root: Element) -> str:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (url := _http(link.get("href") or "")):
            return url
    return ""


def _http(url: str) -> str:
    url = url.strip()
    return url if re.match(r"https?://[^\s/]", url, re.I) and not re.search(r"\s", url) else ""


def _language(root: Element, tags: dict[str, list[str]], article: Json) -> str:
    given = (_text(article.get("inLanguage")), root.get("lang") or root.get("xml:lang") or "", _first(tags, "language"))
    return next((code for value in given if (code := language_of(value))), "")


def _published(root: Element, tags: dict[str, list[str]], article: Json) -> Published | None:
    """The date of publication: JSON-LD, meta tags, then microdata and ``<time>`` that say they are it."""
    given = [_text(article.get("datePublished")), _text(article.get("dateCreated"))]
    given += [value for name in terms().meta["date"] for value in tags.get(name, ())]
    marked = root.xpath("//*[@itemprop='datePublished'] | //time[@pubdate] | //time[contains(@class, 'published')]")
    for mark in marked[:5]:
        given += [mark.get("datetime") or mark.get("content") or "", tidy(" ".join(mark.itertext()))]
    return next((stamp for value in given if value and (stamp := published_of(value))), None)


def _titles(root: Element, tags: dict[str, list[str]], article: Json, outlet: str) -> tuple[str, ...]:
    """Every wording of the title, the article's own first, each without the outlet's name after it."""
    given = [_text(article.get("headline")) or _text(article.get("name"))]
    given += [value for name in terms().meta["title"] for value in tags.get(name, ())[:1]]
    given += [_text("".join(title.itertext())) for title in root.iter("title") if title.getparent().tag == "head"][:1]
    found: dict[str, str] = {}
    for title in given:
        bare = _without_site(title, outlet)
        if key_of(bare):
            found.setdefault(key_of(bare), bare)
    return tuple(found.values())


def _without_site(title: str, outlet: str) -> str:
    """A title without " - The Example Times" after it or before it."""
    parts = _SITE.split(title)
    if len(parts) < 2 or not outlet:
        return title
    last, first = (title.rfind(parts[-1]), title.find(parts[1], len(parts[0])))
    if _same_site(parts[-1], outlet):
        return title[:last].rstrip(" |-–—»«·:")
    return title[first:] if _same_site(parts[0], outlet) else title


def site_of(window: str, title: str, url: str) -> str:
    """The outlet's name where the window's title is the page's title and a name after it; "" where that may be a section."""
    parts = _SITE.split(window)
    if len(parts) != 2 or key_of(parts[0]) != key_of(title):
        return ""
    host = key_of(re.sub(r"^https?://(?:www\.)?|/.*$", "", url))
    words = len(parts[1].split())
    return parts[1] if 2 <= words <= _SITE_WORDS or (words == 1 and host.startswith(key_of(parts[1]))) else ""


def _same_site(part: str, outlet: str) -> bool:
    a, b = key_of(part).removeprefix("the"), key_of(outlet).removeprefix("the")
    return bool(a) and (a == b or (len(a) > 4 and (a in b or b in a)))
