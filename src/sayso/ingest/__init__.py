"""Ingest: bytes → Document. Files, folders, JSON Lines, containers and standard input; plain text, HTML, PDF and JSON."""

from sayso.ingest.bounds import BOUNDS, Bounds
from sayso.ingest.extractor import close
from sayso.ingest.item import Inside, Item, inside_json, inside_of
from sayso.ingest.items import items
from sayso.ingest.load import data_of, load
from sayso.ingest.meta import Metadata

__all__ = [
    "BOUNDS",
    "Bounds",
    "Inside",
    "Item",
    "Metadata",
    "close",
    "data_of",
    "inside_json",
    "inside_of",
    "items",
    "load",
]
