"""Where an export came from: what every format carries with it, so that it can be traced and made again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sayso.contract import CONTRACT
from sayso.export.pages import ALL, Filters, Page
from sayso.version import __version__

Json = dict[str, Any]
NAMESPACE = "urn:sayso:"
"""Names of things that have no address of their own: an id behind it is an id of the contract."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What an export was made from: the SHA-256 over the content of the ledger, and what was asked for.

    No time is in it: the same ledger and the same question give the same bytes.
    """

    ledger: str
    filters: Filters = ALL
    words: bool = True
    sayso: str = __version__
    contract: int = CONTRACT

    def json(self) -> Json:
        """As JSON: ``sayso, contract, ledger, words, filters`` (those that were given)."""
        given = {key: value for key, value in asdict(self.filters).items() if value}
        return {
            "sayso": self.sayso, "contract": self.contract, "ledger": self.ledger, "words": self.words, "filters": given,
        }  # fmt: skip

    def line(self) -> str:
        """In one line of words, for formats that have a place for a note only."""
        words = "" if self.words else "; without words"
        return f"Sayso {self.sayso}, contract {self.contract}, ledger {self.ledger}{words}"


def made_json(page: Page) -> Json:
    """What read a page: version, digests of model and code, runtime, extractor."""
    made = page.reading.made_by
    return {
        "sayso": made.sayso, "contract": made.contract, "model": made.model, "code": made.code,
        "runtime": made.runtime, "extractor": made.extractor,
    }  # fmt: skip


class Makers:
    """What read the pages that went by: collected while they are written, told at the end."""

    __slots__ = ("_seen",)

    def __init__(self) -> None:
        self._seen: set[tuple[tuple[str, Any], ...]] = set()

    def note(self, page: Page) -> None:
        """Remember what read this page."""
        self._seen.add(tuple(made_json(page).items()))

    def json(self) -> list[Json]:
        """All that was noted, in a fixed order."""
        return [dict(each) for each in sorted(self._seen, key=str)]


def urn(kind: str, identity: str) -> str:
    """A name for a thing of the contract: ``urn:sayso:statement:…``."""
    return f"{NAMESPACE}{kind}:{identity}"
