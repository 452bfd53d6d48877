"""What people decide about readings, and what a reading is once their decisions stand. Pure: files are the ledger's."""

from sayso.decisions.applying import Applied, State, applied, speaker_of
from sayso.decisions.making import Change, across, change_of, make, undoing
from sayso.decisions.records import (
    ACROSS,
    ACTIONS,
    Across,
    Action,
    Decision,
    Standing,
    Who,
    active,
    decision_json,
    decision_of,
)

__all__ = [
    "ACROSS",
    "ACTIONS",
    "Across",
    "Action",
    "Applied",
    "Change",
    "Decision",
    "Standing",
    "State",
    "Who",
    "across",
    "active",
    "applied",
    "change_of",
    "decision_json",
    "decision_of",
    "make",
    "speaker_of",
    "undoing",
]
