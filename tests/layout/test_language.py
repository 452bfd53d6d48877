"""Which language: of a text, of a document, of one block in it."""

from __future__ import annotations

import pytest

from sayso.language import code_of, detect, has_english, looks_english
from sayso.layout import lay_out
from sayso.records import Document

LEAD = "The harbour board of Oldtown will spend more on its pier next year, the mayor said on Tuesday."
FRENCH = (
    "Le conseil du port de Villevieille va dépenser davantage pour sa jetée l'an prochain, a déclaré mardi la maire, "
    "et les travaux commenceront au printemps si le temps le permet."
)
GERMAN = (
    "Der Hafenrat von Altstadt will im kommenden Jahr mehr für seine Mole ausgeben, sagte die Bürgermeisterin, "
    "und die Arbeiten beginnen im Frühjahr, wenn das Wetter es zulässt."
)
RUSSIAN = (
    "Портовый совет Старого города в следующем году потратит больше денег на причал, заявила во вторник мэр, "
    "и работы начнутся весной, если позволит погода."
)
DANISH = (
    "Havnerådet i Gammelby vil bruge flere penge på sin mole til næste år, sagde borgmesteren, og at byen over for "
    "havnen skal have mere tid for at bygge den."
)
FOREIGN = [("fr", FRENCH), ("de", GERMAN), ("ru", RUSSIAN), ("da", DANISH)]


@pytest.mark.parametrize(("code", "text"), FOREIGN, ids=[code for code, _ in FOREIGN])
def test_detect(code: str, text: str) -> None:
    found, sure = detect(text)
    assert found == code
    assert 0.5 < sure <= 1.0
    assert not looks_english(text)
    assert not has_english(text)


@pytest.mark.parametrize("text", ["", "No.", "12345 67890 12345 67890", "——— ... ———"])
def test_too_short_to_tell(text: str) -> None:
    assert detect(text) == ("", 0.0)


def test_english() -> None:
    assert detect(LEAD)[0] == "en"
    assert looks_english(LEAD)
    assert has_english(LEAD)


CODES = [
    ("en", "en"),
    ("en-GB", "en"),
    ("EN_us", "en"),
    ("eng", "en"),
    ("English", "en"),
    ("fr-CA", "fr"),
    ("Farsi", "fa"),
    ("", ""),
    ("xx", ""),
    ("klingon", ""),
    ("e", ""),
]


@pytest.mark.parametrize(("given", "code"), CODES, ids=[given or "nothing" for given, _ in CODES])
def test_code_of(given: str, code: str) -> None:
    assert code_of(given) == code


# reason, language of the metadata, page, language of the page, number of dropped blocks, whether anything is read
PAGES: list[tuple[str, str, str, str, int, bool]] = [
    ("an English page", "", f"Pier to be rebuilt\n\n{LEAD}", "en", 0, True),
    ("a French page is not read", "", f"La jetée sera reconstruite\n\n{FRENCH}\n\n{FRENCH}", "fr", 3, False),
    ("the metadata says another language", "fr", f"Pier to be rebuilt\n\n{LEAD}", "fr", 2, False),
    ("the metadata says English", "en-GB", f"Pier to be rebuilt\n\n{LEAD}", "en", 0, True),
    ("the metadata says nothing plausible", "zxq", f"Pier to be rebuilt\n\n{LEAD}", "en", 0, True),
    ("one foreign block in an English page", "", f"Pier to be rebuilt\n\n{LEAD}\n\n{GERMAN}\n\n{LEAD}", "en", 1, True),
    ("one block in another script", "", f"Pier to be rebuilt\n\n{LEAD}\n\n{RUSSIAN}\n\n{LEAD}", "en", 1, True),
    ("a page half in English is read where it is English", "", f"{LEAD}\n\n{FRENCH}\n\n{LEAD}", "en", 1, True),
    (
        "a short foreign line stays",
        "",
        f"Pier to be rebuilt\n\n{LEAD}\n\nVive la jetée de la ville!\n\n{LEAD}",
        "en",
        0,
        True,
    ),
    (
        "foreign names do not make a foreign block",
        "",
        (
            f"{LEAD}\n\nAmong the members are Jan Kowalczyk, Zdeněk Dvořák, Şükrü Öztürk, Nguyễn Văn An, João "
            "Gonçalves, Mañuel Núñez and Đorđe Đurić of Northland."
        ),
        "en",
        0,
        True,
    ),
    ("too short to tell is read", "", "No. 5", "", 0, True),
    ("an empty page", "", "", "", 0, False),
]


@pytest.mark.parametrize(
    ("reason", "given", "text", "language", "dropped", "read"), PAGES, ids=[row[0] for row in PAGES]
)
def test_language_of_a_page(reason: str, given: str, text: str, language: str, dropped: int, read: bool) -> None:
    page = lay_out(Document("page", text, language=given))
    assert page.document.language == language, reason
    assert len(page.dropped) == dropped
    assert bool(page.view.text) is read
    assert [f.code for f in page.findings] == (["language-unsupported"] if dropped else [])
    assert all(d.code == "language-unsupported" and text[d.span[0] : d.span[1]].strip() for d in page.dropped)


def test_a_dropped_block_is_not_in_the_view() -> None:
    page = lay_out(Document("page", f"{LEAD}\n\n{GERMAN}\n\n{LEAD}"))
    assert page.view.text == f"{LEAD}\n\n{LEAD}"
    assert len(page.document.blocks) == 3, "it is still a block of the document"
