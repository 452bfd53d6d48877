"""What people decide about readings, and what a reading is once their decisions stand. Pure: files are the ledger's."""

from sayso.decisions.applying import Applied, State, applied
from sayso.decisions.making import Change, change_of, make, undoing
from sayso.decisions.records import ACTIONS, Action, Decision, Standing, Who, active, decision_json, decision_of

__all__ = [
    "ACTIONS",
    "Action",
    "Applied",
    "Change",
    "Decision",
    "Standing",
    "State",
    "Who",
    "active",
    "applied",
    "change_of",
    "decision_json",
    "decision_of",
    "make",
    "undoing",
]
