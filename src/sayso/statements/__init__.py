"""Statements: from the encoder's annotations to who-said-what before the who is known."""

from sayso.statements.build import statements_of
from sayso.statements.drafts import Draft, Drafts, Left, act_of, joined, kind_of, overlap
from sayso.statements.nesting import nested
from sayso.statements.polls import polled
from sayso.statements.stance import stance_of, withheld

__all__ = [
    "Draft",
    "Drafts",
    "Left",
    "act_of",
    "joined",
    "kind_of",
    "nested",
    "overlap",
    "polled",
    "stance_of",
    "statements_of",
    "withheld",
]
