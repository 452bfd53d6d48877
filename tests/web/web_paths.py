"""The addresses of a room, found by asking it."""

from __future__ import annotations

from web_visitor import Visitor

TABLES = (
    "/pile", "/speakers", "/figures", "/series", "/series?all=1", "/findings", "/copies", "/matches", "/voices", "/who-speaks",
    "/who-speaks?by=role", "/who-speaks?by=kind&each_outlet=1", "/queue", "/decisions", "/incidents", "/queue/all", "/export",
)  # fmt: skip


def data(visitor: Visitor, path: str) -> dict:
    """The value of a page."""
    head, _, query = path.partition("?")
    answer = visitor.ask(f"{head}.json" + (f"?{query}" if query else ""))
    assert answer.status == 200, (path, answer.text)
    return answer.json["data"]


def followed(visitor: Visitor, path: str, rows: str) -> list[dict]:
    """All rows of a table, by its cursors."""
    found, cursor, join = [], "", "&" if "?" in path else "?"
    while True:
        here = data(visitor, path + (f"{join}after={cursor}" if cursor else ""))
        found += here[rows]
        cursor = here["next"]
        if not cursor:
            return found


def documents(visitor: Visitor, path: str = "/pile") -> list[str]:
    return [row["id"] for row in followed(visitor, path, "documents")]


def notes(visitor: Visitor, document: str) -> list[dict]:
    here = data(visitor, f"/page/{document}")
    parts = [*([here["headline"]] if here["headline"] else []), *here["parts"]]
    return [note for part in parts for note in part["notes"]]


def every_path(visitor: Visitor, pile: str = "/pile", *, switches: bool = True) -> list[str]:
    """One address of every kind, and those of every page that ``pile`` lists with some of its statements and a speaker."""
    paths = list(TABLES)
    paths += [f"/series/{row['id']}" for row in data(visitor, "/series?all=1")["series"][:3]]
    paths += [f"/incident/{row['id']}" for row in data(visitor, "/incidents?all=1")["incidents"][:3]]
    for document in documents(visitor, pile):
        held = notes(visitor, document)
        paths += [f"/page/{document}"]
        more = (f"/page/{document}?only=own&all=1", f"/page/{document}?direct=1", f"/copies/{document}")
        paths += more if switches else ()
        paths += [f"/statement/{note['id']}" for note in held[: 1 + switches]]
        paths += [f"/speaker/{note['speaker_id']}" for note in held[:1] if note["speaker_id"]]
    return list(dict.fromkeys(paths))
