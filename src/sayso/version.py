"""The version of the package and the digest of its code: what readings are stamped with."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

__version__ = "0.1.0"

_PARTS = (
    "chains", "dates", "encoder", "figures", "findings", "identity.py", "ingest", "language.py", "layout", "quotes.py",
    "reach.py", "reading.py", "records.py", "sentences.py", "speakers", "statements", "tables", "voices.py",
)  # fmt: skip
"""What shapes a reading. The model has a digest of its own; commands, ledger and engines change no reading."""


@cache
def code_digest() -> str:
    """The first 12 hexadecimal digits of SHA-256 over code and tables that shape a reading, in the order of their paths.

    So a reading made by other rules is told apart under one version too. Ends of lines do not count.
    """
    home = Path(__file__).parent
    files = [path for part in _PARTS for path in ([home / part] if part.endswith(".py") else (home / part).rglob("*"))]
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.suffix in (".py", ".toml") and path.is_file()):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(home).as_posix()}:{len(content)}:".encode() + content)
    return digest.hexdigest()[:12]
