"""HTML: the article's words as the page shows them, what it says about itself, and what is missing."""

from __future__ import annotations

from pathlib import Path

import ingest_pages as pages
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.ingest import Bounds, items, load
from sayso.ingest.extracted import Extracted
from sayso.ingest.html import extract_html
from sayso.records import Document


def read(page: str, encoding: str = "utf-8") -> Extracted:
    return extract_html(page.encode(encoding))


def outline(found: Extracted) -> list[tuple[str, str]]:
    return [(block.kind, found.text[block.span[0] : block.span[1]]) for block in found.blocks]


def codes(found: Extracted) -> list[str]:
    return [finding.code for finding in found.findings]


def article(*paragraphs: str, head: str = "", title: str = "Budget grows again") -> str:
    body = "".join(p if p.startswith("<") else f"<p>{p}</p>" for p in paragraphs)
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"
    )


SAID = [
    f"The council of ward {n} said on Monday that its budget had grown by {n} per cent, and its chair, Ida Falk, "
    f"warned a meeting in hall {n} that more would follow in the autumn."
    for n in range(40)
]


def test_weblog():
    found = read(pages.WORDPRESS)
    assert outline(found) == [
        ("title", "Harbour council delays bridge vote"),
        ("byline", "by Mara Ellwood"),
        ("dateline", "Posted on March 12, 2024"),
        ("caption", "The swing bridge at low tide on Monday. Photo: Ina Tolle"),
        (
            "paragraph",
            "The harbour council put off its vote on the new bridge on Monday after engineers said the price had risen "
            "to £41 million.",
        ),
        (
            "paragraph",
            "“We cannot sign a blank cheque,” said Anders Dole, who chairs the council’s finance committee. “Not this year.”",
        ),
        ("heading", "A long wait"),
        (
            "paragraph",
            "According to a report by the port authority, the old bridge was closed on 63 days in 2023.\n"
            "Ferries carried 4,200 people on those days.",
        ),
        ("quote", "The bridge is safe. It is merely old."),
        ("quote", "Port authority report"),
        ("list", "Closed days in 2022: 41"),
        ("list", "Closed days in 2023: 63"),
        ("table", "Year\tCost (£m)\n2021\t29\n2024\t41"),
        (
            "paragraph",
            "Residents of Low Quay told the Courier that they had been promised a decision “again and again”.",
        ),
        ("paragraph", "The next meeting is on 9 April."),
    ]
    assert (found.title, found.byline) == ("Harbour council delays bridge vote", "Mara Ellwood")
    assert (found.outlet, found.language) == ("The Norwick Courier", "en")
    assert found.url == "https://courier.example/2024/03/harbour-council-delays-bridge-vote/"
    assert found.published is not None
    assert (found.published.date, found.published.basis) == ("2024-03-12T08:41+00:00", "metadata")
    assert found.findings == ()


def test_mobile_page():
    found = read(pages.AMP)
    kinds = [kind for kind, _ in outline(found)]
    assert kinds == ["title", "heading", "byline", "dateline", "caption", *["paragraph"] * 5]
    assert found.text.startswith(
        "Ferry strike enters second week as talks collapse\n\nCrews reject pay offer of 3 per cent;"
    )
    assert found.text.endswith("“We have milk for two days,” said one, who asked not to be named.")
    assert "newsletter" not in found.text
    assert "Read more" not in found.text
    assert (found.byline, found.outlet) == ("Tomas Reyl, Ana Osei", "Lowland Post")
    assert found.published is not None
    assert found.published.date == "2023-07-04T05:00+02:00"
    assert found.findings == ()


def test_old_page():
    found = read(pages.TABLES, "cp1252")
    assert outline(found)[:3] == [
        ("title", "Mine owners deny gas warnings"),
        ("byline", "By Corin Maas, staff writer"),
        ("dateline", "Friday, November 8, 2002"),
    ]
    assert "“They knew,” said its secretary, Edda Roos." in found.text
    assert found.text.endswith("An inquiry opens in Eastmark on Monday.")
    assert len(found.blocks) == 8
    assert found.published is not None
    assert (found.published.date, found.published.basis) == ("2002-11-08", "dateline")
    assert found.published.span is not None
    assert found.text[slice(*found.published.span)] == "November 8, 2002"


def test_divs():
    found = read(pages.SOUP)
    assert outline(found)[:3] == [
        ("title", "Water firm ‘sorry’ for brown taps"),
        ("byline", "Lena Fisk"),
        ("dateline", "12 May 2024"),
    ]
    assert "“Thirty pounds does not wash my curtains”, said Ivor Penn, 71." in found.text, "q shows quotation marks"
    assert (found.byline, found.outlet) == ("Lena Fisk", "Vale Today")
    assert codes(found) == ["hidden-text"]
    (finding,) = found.findings
    assert "9 words" in finding.message
    assert "SPONSORED insert click here" in finding.message
    assert "SPONSORED" not in found.text
    assert found.text[slice(*finding.spans[0])].startswith("Residents were not satisfied.")


def test_portal():
    found = read(pages.PORTAL)
    assert outline(found)[:5] == [
        ("title", "Minister resigns over grain deal"),
        ("paragraph", "The farm minister has stepped down after weeks of pressure."),
        ("byline", "BNN Staff"),
        ("dateline", "Wednesday 30 November 2022"),
        ("caption", "Farm minister Jonas Brek arrives at parliament, 28 November. [R. Tamm/BNN]"),
    ]
    assert ("quote", "I have today handed in my resignation. Thank you all.") in outline(found)
    assert found.text.endswith("Opposition leader Sanna Holt called the affair “a farce in three acts”.")
    for around in ("privacy", "BREAKING", "143 comments", "tractors", "five things", "external"):
        assert around not in found.text
    assert found.findings == ()


def test_live_page():
    found = read(pages.LIVE)
    kinds = [kind for kind, _ in outline(found)]
    assert kinds == ["title", "byline", "dateline", "heading", "paragraph", "paragraph", *["heading", "paragraph"] * 2]
    assert "two lorries were stuck" in found.text
    assert found.findings == ()


def test_oddities():
    found = read(pages.ODDITIES)
    assert outline(found)[:3] == [
        ("title", "Unions call a strike “for dignity”"),
        ("byline", "By Ana Osei and Tomas Reyl"),
        (
            "paragraph",
            "The three unions of the port called a strike on Friday, and said it would last “as long as it takes”.",
        ),
    ]
    assert "pass through Low Quay." in found.text, "a no-break space is shown as a space"
    assert "Line one\nLine two" in found.text
    assert "“We will talk,” he said.\n\nThe unions did not reply." in found.text, "two line breaks part paragraphs"
    assert (found.byline, found.outlet) == ("Ana Osei, Tomas Reyl", "Hill Herald")
    assert found.published is not None
    assert found.published.date == "2024-03-01T09:00+01:00", "broken JSON-LD is passed over"
    assert codes(found) == ["hidden-text"]
    assert "17 words" in found.findings[0].message
    for hidden in ("Ignore all", "cheap flights"):
        assert hidden not in found.text


def test_components():
    found = read(pages.COMPONENTS)
    kinds = [kind for kind, _ in outline(found)]
    assert kinds[:5] == ["title", "dateline", "caption", "byline", "byline"]
    assert kinds[5:] == [*["paragraph"] * 3, "heading", *["paragraph"] * 2, "caption", "paragraph"]
    assert "The dam burst in November, killing 23 people" in found.text
    assert found.text.endswith("The inquiry continues.")
    assert (found.byline, found.outlet) == ("Joss Wendle", "RVN News"), "the outlet is no author where one is shown"
    assert found.findings == ()


def test_microdata():
    found = read(pages.MICRODATA)
    assert outline(found)[:4] == [
        ("title", "Teachers’ union: “We will not be a rubber stamp”"),
        ("heading", "Interview with Mila Korr, who leads the largest union of teachers in the east"),
        ("byline", "Text: Oda Lenz | Photos: Piet Arn"),
        ("dateline", "2 October 2019"),
    ]
    assert found.published is not None
    assert found.published.date == "2019-10-02", "not today's date in the bar above"
    assert "“There are 41 children in a room”" in found.text
    for around in ("Log in", "two prizes", "monthly donation", "38 children", "ADVERTISEMENT"):
        assert around not in found.text


def test_text_that_only_json_ld_carries():
    found = read(pages.PAYWALL)
    assert [kind for kind, _ in outline(found)] == ["title", *["paragraph"] * 3]
    assert "“We have no choice,” she told members" in found.text


def test_fragment():
    found = read("<p>The mayor said so.</p><p>“We have waited,” she said.</p><p>Nobody objected.</p>")
    assert found.text == "The mayor said so.\n\n“We have waited,” she said.\n\nNobody objected."
    assert (found.title, found.byline, found.outlet, found.url, found.language, found.published) == (
        "",
        "",
        "",
        "",
        "",
        None,
    )


LD = '<script type="application/ld+json">%s</script>'
HEADS = [
    (LD % '{"@type": "NewsArticle", "author": {"name": "Ana Osei"}}', "byline", "Ana Osei", "JSON-LD"),
    (
        LD % '<!-- {"@type": ["NewsArticle"], "author": ["Ana Osei", "Ana Osei"]} -->',
        "byline",
        "Ana Osei",
        "in a comment, said twice",
    ),
    (
        LD % '{"@type": "NewsArticle", "author": [{"name": "By Ana Osei"}, {"name": "Tom Reyl"}]}',
        "byline",
        "Ana Osei, Tom Reyl",
        "two",
    ),
    (
        LD % '[{"@type": "Person", "name": "No One"}, {"@type": "NewsArticle", "author": "Ana Osei"}]',
        "byline",
        "Ana Osei",
        "a list",
    ),
    (
        LD % '{"@type": "NewsArticle", "author": {"name": "admin"}}' + "<meta name=author content='Ana Osei'>",
        "byline",
        "Ana Osei",
        "admin is nobody",
    ),
    (
        LD % '{"@type": "NewsArticle", "author": "https://x.example/ana"}' + "<meta name=byl content='By Ana Osei'>",
        "byline",
        "Ana Osei",
        "an address is no name",
    ),
    (
        LD % '{"@type": "NewsArticle", "publisher": {"name": "The Vale &amp; Hill"}}',
        "outlet",
        "The Vale & Hill",
        "escaped twice",
    ),
    ("<meta property='og:site_name' content='The Vale'>", "outlet", "The Vale", "Open Graph"),
    (
        "<link rel=canonical href='https://vale.example/1'><meta property='og:url' content='https://vale.example/2'>",
        "url",
        "https://vale.example/1",
        "canonical first",
    ),
    (
        "<link rel=canonical href='/1'><meta property='og:url' content='https://vale.example/2'>",
        "url",
        "https://vale.example/2",
        "only whole addresses",
    ),
    ("<meta property='og:locale' content='de_AT'>", "language", "de", "Open Graph"),
    (
        LD % '{"@type": "NewsArticle", "inLanguage": "fr"}' + "<meta property='og:locale' content='de_AT'>",
        "language",
        "fr",
        "JSON-LD first",
    ),
    (LD % ("[" * 5000), "byline", "", "broken and deep JSON-LD is passed over"),
]


@pytest.mark.parametrize(("head", "field", "value", "reason"), HEADS, ids=[row[3] for row in HEADS])
def test_head(head: str, field: str, value: str, reason: str):
    assert getattr(read(article(*SAID[:3], head=head)), field) == value, reason


DATES = [
    (
        LD % '{"@type": "NewsArticle", "datePublished": "2024-05-12T10:00:00Z", "dateModified": "2024-06-01"}',
        "2024-05-12T10:00+00:00",
        "published, not modified",
    ),
    ("<meta property='article:published_time' content='2024-05-12'>", "2024-05-12", "Open Graph"),
    ("<meta itemprop=datePublished content='2024-05-12'>", "2024-05-12", "microdata in the head"),
    (
        "<meta name=date content='12/05/2024'><meta name=pubdate content='2024-05-12'>",
        "2024-05-12",
        "two days to two readers: the next one",
    ),
]


@pytest.mark.parametrize(("head", "date", "reason"), DATES, ids=[row[2] for row in DATES])
def test_date(head: str, date: str, reason: str):
    found = read(article(*SAID[:3], head=head)).published
    assert found is not None, reason
    assert (found.date, found.basis) == (date, "metadata"), reason


def test_article_is_told_from_others_by_its_address():
    other = '{"@type": "NewsArticle", "url": "https://vale.example/0", "headline": "Other", "author": "No One"}'
    own = '{"@type": "NewsArticle", "url": "http://www.vale.example/1/", "headline": "Own", "author": "Ana Osei"}'
    head = LD % f"[{other}, {own}]" + "<link rel=canonical href='https://vale.example/1'>"
    assert read(article(*SAID[:3], head=head)).byline == "Ana Osei"


TITLES = [
    (
        "<title>Mine closes - The Vale</title><meta property='og:site_name' content='The Vale'>",
        "<h1>Mine closes</h1>",
        "Mine closes",
        "as shown",
    ),
    (
        "<title>Mine closes | The Vale</title><meta property='og:site_name' content='The Vale'>",
        "",
        "Mine closes",
        "without the outlet",
    ),
    (
        "<title>The Vale: Mine closes</title><meta property='og:site_name' content='The Vale'>",
        "",
        "Mine closes",
        "before it",
    ),
    (
        "<title>Mine closes</title>",
        "<h1>The Vale</h1><h1>Mine closes</h1>",
        "Mine closes",
        "the heading that is worded like it",
    ),
    (
        "<meta property='og:title' content='Mine at Harrow closes for good'>",
        "<h1>Harrow mine closes after blast</h1>",
        "Harrow mine closes after blast",
        "worded for another reader",
    ),
    ("", "<h1>Mine closes</h1>", "Mine closes", "nothing but the heading"),
    ("", "", "", "no title is no title"),
]


@pytest.mark.parametrize(("head", "heading", "title", "reason"), TITLES, ids=[row[3] for row in TITLES])
def test_title(head: str, heading: str, title: str, reason: str):
    found = read(f"<html><head>{head}</head><body>{heading}<div><p>{SAID[0]}</p><p>{SAID[1]}</p></div></body></html>")
    assert found.title == title, reason
    assert [words for kind, words in outline(found) if kind == "title"] == ([title] if title else [])
    assert found.text.count("Mine closes") <= 1


HIDDEN = [
    ("<p hidden>{0}</p>", True, "attribute"),
    ("<p style='color:red; DISPLAY : none'>{0}</p>", True, "style"),
    ("<div style='visibility:hidden'><p>{0}</p></div>", True, "around it"),
    ("<p>Yes. <span style='font-size:0px'>{0}</span></p>", True, "inside a paragraph"),
    ("<div aria-hidden=true>{0}</div>", False, "hidden from screen readers alone: the eye sees it"),
    ("<div aria-hidden=true style='display:none'>{0}</div>", True, "hidden from both"),
    ("<p style='opacity:0'>{0}</p>", True, "as clear as glass"),
    ("<p style='opacity: 0.01'>{0}</p>", True, "nearly so"),
    ("<p style='opacity:.6'>{0}</p>", False, "pale is not hidden"),
    ("<p style='font-size:1px'>{0}</p>", True, "dust"),
    (
        "<div style='font-size:0'><p style='font-size:16px'>{0}</p></div>",
        False,
        "a trick of layout: the letters have a size",
    ),
    ("<div style='font-size:0'><p>{0}</p></div>", True, "no size, handed down"),
    ("<div style='visibility:hidden'><p style='visibility:visible'>{0}</p></div>", False, "shown again inside"),
    ("<p style='color:#fff'>{0}</p>", True, "white on white"),
    ("<p><font color=white>{0}</font></p>", True, "white on white as pages did it once"),
    ("<p style='color: rgb(254, 254, 254)'>{0}</p>", True, "nearly white"),
    ("<p style='color:transparent'>{0}</p>", True, "no ink at all"),
    ("<div style='background:#123'><p style='color:#fff'>{0}</p></div>", False, "white on blue"),
    ("<div style='background:url(a.png)'><p style='color:#fff'>{0}</p></div>", False, "white on a picture"),
    ("<div style='background-color:black'><p style='color:#000'>{0}</p></div>", True, "black on black"),
    ("<table bgcolor=red><tr><td><font color=red>{0}</font></table>", True, "red on red"),
    ("<p style='color:#777'>{0}</p>", False, "grey can be read"),
    ("<p style='position:absolute;left:-9999px'>{0}</p>", True, "off the page"),
    ("<p style='text-indent:-9999px'>{0}</p>", True, "off the page by its first line"),
    ("<p style='position:relative;left:-9px'>{0}</p>", False, "moved a little"),
    ("<style>.w{{display:none}}</style><p class=w>{0}</p>", True, "a rule for a class"),
    ("<style>#w{{color:#fff}}</style><p id=w>{0}</p>", True, "a rule for an id"),
    ("<style>p.w, b{{font-size:0}}</style><p class='v w'>{0}</p>", True, "a rule for a class of one element"),
    ("<style>samp{{visibility:hidden}}</style><p>Yes. <samp>{0}</samp></p>", True, "a rule for an element"),
    ("<style>@media screen{{.w{{opacity:0}}}}</style><p class=w>{0}</p>", True, "a rule for every screen"),
    ("<style>/*.w{{display:none}}*/</style><p class=w>{0}</p>", False, "a rule that is a comment"),
    ("<style>@media print{{.w{{display:none}}}}</style><p class=w>{0}</p>", False, "hidden on paper alone"),
    ("<style>.w{{display:none}} .js .w{{display:block}}</style><p class=w>{0}</p>", False, "another rule may show it"),
    ("<style>.a .w{{display:none}}</style><p class=w>{0}</p>", False, "a rule that asks for more than is looked at"),
    (
        "<style>.w{{display:none}}</style><p class=w style='display:block'>{0}</p>",
        False,
        "its own style outranks the rule",
    ),
    ("<style>{{}}}}}}.w{{{{{{</style><p class=w>{0}</p>", False, "no sheet at all"),
    ("<p hidden=until-found>{0}</p>", False, "found by search: shown"),
    ("<p style='font-size:0.9em'>{0}</p>", False, "small is not hidden"),
    ("<p style='display:block'>{0}</p>", False, "shown"),
    ("<details><summary>More</summary><p>{0}</p></details>", False, "a click away"),
]


@pytest.mark.parametrize(("mark", "hidden", "reason"), HIDDEN, ids=[row[2] for row in HIDDEN])
def test_hidden(mark: str, hidden: bool, reason: str):
    found = read(article(*SAID[:3], mark.format("The chair has resigned from her post, it was said here."), *SAID[3:6]))
    assert ("The chair has resigned" in found.text) is not hidden, reason
    assert codes(found) == (["hidden-text"] if hidden else []), reason


NOT_WORTH_SAYING = [
    ("<p hidden>Too short</p>", "a label"),
    ("<p>Yes.<span class='sr-only'>Opens in a new window of your browser</span></p>", "for screen readers"),
    ("<script>var text = 'The chair has resigned from her post';</script>", "no text at all"),
    ("<nav hidden><p>Home and news and sport and more of it</p></nav>", "a menu"),
]


@pytest.mark.parametrize(("mark", "reason"), NOT_WORTH_SAYING, ids=[row[1] for row in NOT_WORTH_SAYING])
def test_hidden_and_not_worth_saying(mark: str, reason: str):
    found = read(article(*SAID[:3], mark, *SAID[3:6]))
    assert codes(found) == [], reason
    assert "window" not in found.text


def test_page_saved_while_a_dialog_was_open():
    page = article(*SAID[:6]).replace("<body>", "<body><div aria-hidden='true'>").replace("</body>", "</div></body>")
    found = read(page)
    assert all(said in found.text for said in SAID[:6])


def test_page_that_its_script_shows():
    found = read(article(*SAID[:6]).replace("<body>", "<body style='display:none'>"))
    assert all(said in found.text for said in SAID[:6])


AROUND = ["comment", "sidebar", "widget", "related", "share", "nav", "author-bio", "footer"]


@pytest.mark.parametrize("name", AROUND)
def test_what_the_extractor_drops_from_inside_the_article_is_reported(name: str):
    inside = "".join(f"<p>{said}</p>" for said in SAID[5:10])
    found = read(article(*SAID[:5], f"<div class='{name}'>{inside}</div>", *SAID[10:12]))
    lost = [said for said in SAID[:12] if said not in found.text]
    assert lost == SAID[5:10], "the library keeps it now: choose another name, or be glad"
    assert codes(found) == ["text-lost"]
    assert "(5 paragraphs)" in found.findings[0].message
    assert "The council of ward 5 said" in found.findings[0].message
    assert [found.text[slice(*span)] for span in found.findings[0].spans] == [SAID[4]]


def test_promotions_inside_the_article_are_no_loss():
    promotion = (
        "<div class='newsletter-promo'><p>Sign up for our newsletter and get the best of the Vale every week.</p></div>"
    )
    teaser = (
        "<aside class=related><p><a href=/x>What the ministers signed in March, and who gains from it</a></p></aside>"
    )
    found = read(article(*SAID[:3], promotion, *SAID[3:6], teaser, *SAID[6:8]))
    assert codes(found) == []


@pytest.mark.parametrize("depth", [100, 250, 300, 900])
def test_deep_pages_are_whole(depth: int):
    """libxml2 by itself drops everything past 256 levels, what comes after included, and says nothing."""
    page = article(SAID[0], "<div>" * depth, SAID[1], SAID[2], "</div>" * depth, SAID[3])
    found = read(page)
    assert all(said in found.text for said in SAID[:4])


@pytest.mark.parametrize("depth", [1_000, 2_500, 50_000])
def test_too_deep(depth: int):
    with pytest.raises(InputError) as caught:
        read(article(SAID[0], "<div>" * depth, SAID[1], "</div>" * depth))
    assert caught.value.code == "too-deep"


def test_depth_is_a_bound():
    with pytest.raises(InputError) as caught:
        extract_html(article("<div>" * 50, SAID[0]).encode(), Bounds(html_depth=40))
    assert caught.value.code == "too-deep"
    assert "40" in str(caught.value)


NOTHING = [
    "",
    "<html></html>",
    "<html><body><nav><a href=/>Home</a></nav></body></html>",
    "<!-- only -->",
    "<p></p>",
    "<script>x()</script>",
]


@pytest.mark.parametrize("page", NOTHING)
def test_nothing_to_read(page: str):
    with pytest.raises(InputError) as caught:
        read(page)
    assert caught.value.code == "no-text"


def test_one_page_of_one_form():
    """Some systems put the whole page into one form element."""
    found = read(
        article(*SAID[:5]).replace("<body>", "<body><form action=/ method=post>").replace("</body>", "</form></body>")
    )
    assert all(said in found.text for said in SAID[:5])
    assert found.text.startswith("Budget grows again")


def test_loaded_page_keeps_its_blocks(tmp_path: Path):
    (tmp_path / "old.html").write_bytes(pages.TABLES.encode("cp1252"))
    (item,) = items([str(tmp_path / "old.html")])
    document = load(item)
    assert isinstance(document, Document)
    found = read(pages.TABLES, "cp1252")
    assert (document.text, document.blocks, document.published) == (found.text, found.blocks, found.published)
    assert (document.title, document.byline, document.extractor) == (found.title, found.byline, found.extractor)


WRAPPERS = [
    "<div class='article__body'>{}</div>",
    "<main><section>{}</section></main>",
    "<table width=760><tr><td>{}</td></tr></table>",
    "<div><div><div>{}</div></div></div>",
    "<div id=content class='post has-sidebar'>{}</div>",
    "<center><font>{}</font></center>",
]


@given(
    numbers=st.lists(st.integers(0, 39), min_size=3, max_size=12, unique=True),
    wrapper=st.sampled_from(WRAPPERS),
    parts=st.lists(
        st.sampled_from(["<p>{}</p>", "<p class=x>{}", "{}<br><br>", "<div>{}</div>", "<blockquote>{}</blockquote>"]),
        min_size=1,
        max_size=3,
    ),
    middle=st.sampled_from(["", "<h2>Ward by ward</h2>", "<div class=ad>Advertisement</div>", "<img src=x>", "<hr>"]),
)
@settings(max_examples=40, deadline=None)
def test_no_paragraph_is_lost_in_silence(numbers: list[int], wrapper: str, parts: list[str], middle: str):
    said = [SAID[n] for n in numbers]
    body = middle.join(parts[i % len(parts)].format(text) for i, text in enumerate(said))
    menu = "<nav><ul><li><a href=/a>Home</a></li><li><a href=/b>Sport</a></li></ul></nav>"
    found = read(
        f"<html><head><title>Budgets</title></head><body>{menu}<h1>Budgets</h1>{wrapper.format(body)}<p>© The Vale</p></body></html>"
    )
    missing = [text for text in said if text not in found.text]
    assert not missing or "text-lost" in codes(found)
    places = [found.text.index(text) for text in said if text in found.text]
    assert places == sorted(places), "in the order of the page"
    for block, following in zip(found.blocks, found.blocks[1:], strict=False):
        assert found.text[block.span[1] : following.span[0]] == "\n\n"


@given(st.binary(max_size=300))
@settings(max_examples=40, deadline=None)
def test_any_bytes_are_read_or_named(data: bytes):
    try:
        found = extract_html(b"<html><body><p>" + data)
    except InputError:
        return
    assert found.text.strip()
