"""Integer keys inside a ledger, and the id of a reading. Both follow from content, so that no row depends on order.

A key has 63 bits: 43 of a hash of the owner's id (document or reading), then 20 for the place inside it. All rows of
one reading lie together in every table, and the same pile gives the same keys in any order. Should two owners ever
share their 43 bits (about one chance in 1,700 for a pile of 100,000), the later one takes another hash; nothing public
depends on keys.
"""

from __future__ import annotations

import hashlib
import json

from sayso.records import MadeBy

PLACE_BITS = 20
PLACES = 1 << PLACE_BITS
"""How many rows of one kind a reading may have."""


def base_key(identity: str, attempt: int = 0) -> int:
    """The key of a document or reading; ``attempt`` counts collisions."""
    digest = hashlib.sha256(f"{attempt}:{identity}".encode("utf-8", "surrogatepass")).digest()
    return (int.from_bytes(digest[:6], "big") >> 5) << PLACE_BITS


def reading_id(document: str, made_by: MadeBy) -> str:
    """Hash of the document's id and of what made the reading."""
    made = [made_by.contract, made_by.sayso, made_by.model, made_by.runtime, made_by.extractor]
    made += [made_by.code] if made_by.code else []  # readings of an earlier Sayso have none
    return hashlib.sha256(json.dumps(["reading", document, *made]).encode("ascii")).hexdigest()[:32]
