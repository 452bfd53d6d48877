"""The ledger: what was read, kept in one SQLite file that any tool can open."""

from sayso.ledger.rows import (
    Checked,
    Counts,
    DocumentFilter,
    DocumentRow,
    DroppedFilter,
    DroppedRow,
    FindingFilter,
    FindingRow,
    SpeakerFilter,
    SpeakerRow,
    StatementFilter,
    StatementRow,
)
from sayso.ledger.store import Ledger

__all__ = [
    "Checked",
    "Counts",
    "DocumentFilter",
    "DocumentRow",
    "DroppedFilter",
    "DroppedRow",
    "FindingFilter",
    "FindingRow",
    "Ledger",
    "SpeakerFilter",
    "SpeakerRow",
    "StatementFilter",
    "StatementRow",
]
