"""What one run of ``read`` did, counted: nothing of the readings themselves is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from sayso.records import Reading, Speaker, Statement, Unreadable

How = Literal["added", "same", "version", "reread", "forgotten", "unreadable"]
NAMELESS = ("anonymous", "group")
"""Kinds of speakers whose name is only the description that the page gives."""


@dataclass(slots=True)
class Tally:
    """Counts over a run. ``quoted`` counts statements by the speaker's name as each page has it.

    ``changes`` counts what pages that were read again differ in, as ``sayso diff`` names it; ``kept`` originals kept.
    ``lost`` counts people's decisions that found no place on what came in.
    """

    documents: Counter[str] = field(default_factory=Counter)
    unreadable: list[Unreadable] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    unnamed: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    quoted: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    kept: int = 0
    figures: int = 0
    named: set[str] = field(default_factory=set)

    @property
    def read(self) -> int:
        """Documents that were read in this run."""
        return self.documents["added"] + self.documents["version"] + self.documents["reread"]

    @property
    def safe(self) -> int:
        """Documents of this run that stand in the ledger, read now or before."""
        return self.read + self.documents["same"]

    def take(self, outcome: Reading | Unreadable | None, how: How) -> None:
        """Count one document: what came of it (None where it was not read again) and what the ledger did."""
        self.documents[how] += 1
        if isinstance(outcome, Unreadable):
            self.unreadable.append(outcome)
        elif outcome is not None and how not in ("same", "forgotten"):
            self._take_reading(outcome)

    def _take_reading(self, reading: Reading) -> None:
        speakers = {speaker.id: speaker for speaker in reading.speakers}
        statements = reading.statements + (reading.headline.statements if reading.headline else ())
        for statement in statements:
            self.acts[statement.act] += 1
            if statement.act == "say":
                self.kinds[statement.kind] += 1
                self._take_speaker(statement, speakers.get(statement.speaker or ""))
        self.named.update(speaker.name for speaker in reading.speakers if speaker.kind not in NAMELESS)
        self.figures += len(reading.figures) + (len(reading.headline.figures) if reading.headline else 0)
        self.findings.update(finding.code for finding in reading.findings)
        self.dropped.update(dropped.code for dropped in reading.dropped)

    def _take_speaker(self, statement: Statement, speaker: Speaker | None) -> None:
        if speaker is None:
            self.unnamed[statement.speaker_reason or "open"] += 1
        elif speaker.kind in NAMELESS:
            self.unnamed[speaker.kind] += 1
        else:
            self.quoted[speaker.name] += 1
