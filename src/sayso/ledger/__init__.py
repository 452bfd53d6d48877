"""The ledger: what was read, kept in one SQLite file that any tool can open."""

from sayso.ledger.rows import (
    Checked,
    Counts,
    DecisionFilter,
    DecisionRow,
    DiffRow,
    DocumentFilter,
    DocumentRow,
    DroppedFilter,
    DroppedRow,
    FindingFilter,
    FindingRow,
    Forgotten,
    SpeakerFilter,
    SpeakerRow,
    StatementFilter,
    StatementRow,
)
from sayso.ledger.store import Ledger

__all__ = [
    "Checked",
    "Counts",
    "DecisionFilter",
    "DecisionRow",
    "DiffRow",
    "DocumentFilter",
    "DocumentRow",
    "DroppedFilter",
    "DroppedRow",
    "FindingFilter",
    "FindingRow",
    "Forgotten",
    "Ledger",
    "SpeakerFilter",
    "SpeakerRow",
    "StatementFilter",
    "StatementRow",
]
