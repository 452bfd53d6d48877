"""Every error that Sayso raises, as one tree.

    SaysoError
    ├── UsageError            the call itself is wrong (exit code 2)
    ├── InputError            a document cannot be read; carries the code of the contract
    ├── ModelError            the shipped model is missing or not what its card says
    └── LedgerError           something about a ledger file
        ├── NotALedger        the file is no ledger, or one that must not be opened
        ├── LedgerTooNew      made by a newer version of Sayso
        ├── UnsoundReading    a reading holds what cannot be: a span outside its text, a reference to nothing
        ├── LedgerBusy        another process is writing; the message names it
        └── UnknownDocument   no document of that name or id

Messages name the thing, the place and the way out. Only the command line prints them or exits.
"""

from __future__ import annotations

from typing import Literal

InputCode = Literal[
    "too-large",
    "too-deep",
    "timeout",
    "encrypted",
    "no-text",
    "no-text-layer",
    "bad-json",
    "bad-encoding",
    "not-a-file",
    "unknown-format",
    "extractor-failed",
]


class SaysoError(Exception):
    """Base of every error raised on purpose."""


class UsageError(SaysoError):
    """The call is wrong: an unknown option, a path that does not exist, a contradiction between options."""


class InputError(SaysoError):
    """One document cannot be read. ``code`` is one of the contract's codes."""

    def __init__(self, code: InputCode, message: str) -> None:
        super().__init__(message)
        self.code: InputCode = code


class ModelError(SaysoError):
    """The model files are missing, damaged or of another version than the code expects."""


class LedgerError(SaysoError):
    """Something about a ledger file."""


class NotALedger(LedgerError):
    """The file is not a Sayso ledger or holds things a ledger may not hold."""


class LedgerTooNew(LedgerError):
    """The ledger was written by a newer version of Sayso."""


class LedgerBusy(LedgerError):
    """Another process holds the ledger; the message says which."""


class UnsoundReading(LedgerError):
    """A reading that may not enter a ledger; the message names the document and the fault."""


class UnknownDocument(LedgerError):
    """No document of that name or id stands in the ledger."""
