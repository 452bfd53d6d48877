"""Ingest: bytes → Document. Files, folders, JSON Lines and standard input; plain text, HTML, PDF and JSON."""

from sayso.ingest.bounds import BOUNDS, Bounds
from sayso.ingest.extractor import close
from sayso.ingest.items import Item, items
from sayso.ingest.load import data_of, load
from sayso.ingest.meta import Metadata

__all__ = ["BOUNDS", "Bounds", "Item", "Metadata", "close", "data_of", "items", "load"]
