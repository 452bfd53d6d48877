"""All mutants, and how a folder is made ready with one of them."""

from __future__ import annotations

from ledgers_base import Mutant
from ledgers_beside import BESIDE
from ledgers_bytes import BYTES
from ledgers_rows import ROWS
from ledgers_schema import SCHEMA

MUTANTS: tuple[Mutant, ...] = (*BYTES, *SCHEMA, *ROWS, *BESIDE)
NAMED = {mutant.name: mutant for mutant in MUTANTS}
