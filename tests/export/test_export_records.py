"""Readings, entities, citations and graphs, each read by its own reader."""

from __future__ import annotations

import json
from datetime import date

import pytest
from export_pages import READINGS, loads, made, pages, statements, words_of

from sayso.contract import reading_of
from sayso.export.citations import _SIGNS

QUIET = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning", "ignore::ResourceWarning")


def lines(raw: bytes) -> list[dict]:
    return [json.loads(line) for line in raw.decode("utf-8").splitlines()]


# --- JSON Lines ---


def test_jsonl_is_the_readings():
    values = lines(made("jsonl"))
    assert [reading_of(value) for value in values] == sorted(READINGS, key=lambda r: r.document.name)
    assert {value["exported"]["ledger"] for value in values} == {"1e" * 32}


def test_jsonl_has_the_schema_of_a_reading():
    jsonschema = pytest.importorskip("jsonschema")
    from importlib import resources

    schema = json.loads(resources.files("sayso").joinpath("schemas/reading.schema.json").read_text(encoding="utf-8"))
    for words in (True, False):
        for value in lines(made("jsonl", words=words)):
            del value["exported"]
            jsonschema.validate(value, schema)


# --- FollowTheMoney ---


@QUIET
@pytest.mark.parametrize("words", [True, False], ids=["words", "no words"])
def test_ftm_by_its_own_model(words: bool):
    model = pytest.importorskip("followthemoney").model
    raw = lines(made("ftm", words=words))
    entities = {each["id"]: model.get_proxy(each, cleaned=False) for each in raw}
    assert len(entities) == len(raw), "two entities have one id"
    said = set()
    for each in raw:
        entity = entities[each["id"]]
        model.get(each["schema"]).validate(each)
        assert entity.to_dict()["properties"].keys() == each["properties"].keys(), "a value was refused"
        for prop, value in entity.itervalues():
            if prop.type.name == "entity":
                assert value in entities
        if each["id"].startswith("sayso-statement-"):
            identity = each["id"].removeprefix("sayso-statement-")
            said.add(identity)
            page, part, s = statements()[identity]
            told = f"{part} " + " ".join(f"{a}-{b}" for a, b in s.content)
            assert told in each["properties"]["description"][0]
            assert each["properties"].get("summary", []) == ([" … ".join(words_of(identity))] if words else [])
            known = {page.speaker(s.speaker).kind} if s.speaker else set()  # type: ignore[union-attr]
            assert each["schema"] == ("Documentation" if known & {"person", "organisation"} else "Note")
    assert said == set(statements())


# --- citations ---


@QUIET
def test_csl_by_citeproc():
    pytest.importorskip("citeproc")
    from citeproc import formatter
    from citeproc.source.json import CiteProcJSON

    items = loads(made("csl"))
    assert len(CiteProcJSON(items)) == 3
    assert formatter.plain
    by_title = {item["title"]: item for item in items}
    ferry = by_title["🚢 Ferry 👩‍👩‍👧 “stays in port” 🛟, says the guild"]
    assert ferry["issued"] == {"date-parts": [[2031, 4, 9]]}
    assert (ferry["author"], ferry["type"]) == ([{"literal": "Odo Quill"}], "article-newspaper")
    assert by_title["=2+2 & <b>{100%} of_it</b>"]["issued"] == {"date-parts": [[2031]]}
    assert ["issued" in item for item in items].count(False) == 1, "no year, no date"


def unescaped(value: str) -> str:
    """The text that LaTeX would set."""
    for sign, written in sorted(_SIGNS.items(), key=lambda each: -len(each[1])):
        value = value.replace(written, sign)
    return value


@QUIET
def test_bibtex_by_its_own_reader():
    bibtexparser = pytest.importorskip("bibtexparser")
    library = bibtexparser.parse_string(made("bibtex").decode("utf-8"))
    assert (len(library.entries), library.failed_blocks) == (3, [])
    titles = set()
    for entry in library.entries:
        fields = {field.key: field.value for field in entry.fields}
        titles.add(unescaped(fields["title"].removeprefix("{").removesuffix("}")))
        assert "\\_" not in fields.get("url", "")
    assert titles == {" ".join(r.document.title.split()) for r in READINGS}
    assert {entry.key for entry in library.entries} == {f"sayso-{r.id[:16]}" for r in READINGS}
    ferry = next(e for e in library.entries if any(f.key == "month" for f in e.fields))
    assert {f.key: f.value for f in ferry.fields}["month"].lower().startswith(("apr", "4"))
    assert date(2031, 4, 9).year == int({f.key: f.value for f in ferry.fields}["year"])


# --- who relays whom ---


@QUIET
def test_graphml_by_networkx():
    networkx = pytest.importorskip("networkx")
    graph = networkx.parse_graphml(made("graphml").decode("utf-8"))
    named = {(data["kind"], data["name"]): node for node, data in graph.nodes(data=True)}
    assert ("outlet", "Radio Fell") in named
    assert ("organisation", "Ivo “Brandt” & Sons") in named
    zoe, radio, paper = named["person", "Zoë̋ Ardalán"], named["outlet", "Radio Fell"], named["outlet", "Tarn Courier 📰"]
    assert graph.edges[zoe, radio]["weight"] == 1
    assert graph.edges[zoe, paper]["weight"] == 1
    assert graph.edges[radio, paper] == {"weight": 1, "pages": 1}
    assert graph.is_directed()
    said = sum(data["said"] for _, data in graph.nodes(data=True))
    assert said == sum((s.speaker is not None) + len(s.joint) for page in pages() for _, s in page.statements())
    assert json.loads(graph.graph["provenance"])["made_by"][0]["model"] == "ab" * 32
