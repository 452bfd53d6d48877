"""Incidents: all accounts of one event by place and date, with what each originator tells of those hit. Nothing is summed."""

from sayso.pile.incidents.incidents import ByOriginator, Count, Incident, incidents_of
from sayso.pile.incidents.victims import Victim, victims_of

__all__ = ["ByOriginator", "Count", "Incident", "Victim", "incidents_of", "victims_of"]
