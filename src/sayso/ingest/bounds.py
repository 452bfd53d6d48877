"""Every limit that ingest keeps, in one place, each with its reason.

A document past a limit is one ``Unreadable`` and the others still come. The defaults are far above any news page and
far below what would stop a small machine.
"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits on size, depth, time, ratio and memory. Sizes in bytes, times in seconds, texts in characters."""

    # -- size ----------------------------------------------------------------------------------------------------------
    file_bytes: int = 64 * MIB
    """One file or standard input: a report in PDF with its pictures is 5 to 50 MB; more is an archive or a mistake."""
    html_bytes: int = 16 * MIB
    """One HTML page: pages saved with their pictures inlined reach 5 to 8 MB; extraction takes 75 times this in memory."""
    text_chars: int = 5_000_000
    """One text: about ten novels. What is longer is many documents in one file and must be split to be of use."""
    json_line_bytes: int = 32 * MIB
    """One line of JSONL: the longest text with every character escaped (six bytes each)."""
    json_array_bytes: int = 256 * MIB
    """One JSON file that is not line by line must be held whole; as JSON Lines there is no such limit."""
    sidecar_bytes: int = MIB
    """A ``NAME.meta.json``: a dozen short values."""
    table_bytes: int = 256 * MIB
    """A ``--meta`` table: a million rows of 250 bytes."""
    pdf_pages: int = 3_000
    """Pages of one PDF: the longest inquiry reports are split into volumes of about 1,000."""

    # -- depth ---------------------------------------------------------------------------------------------------------
    json_depth: int = 32
    """Nesting of one JSON object: metadata is 2 to 5 deep. The same on every interpreter, unlike its own limit."""
    html_depth: int = 1_000
    """Nesting of HTML elements: real pages are under 60, unclosed tags reach some hundreds; libxml2 stops at 2,048."""
    folder_depth: int = 64
    """Folders in folders: deeper is a loop made by mounts, or a mistake."""

    # -- time ----------------------------------------------------------------------------------------------------------
    html_seconds: float = 60.0
    """One page: a usual one takes 4 to 20 ms, each MB of article text 2 s (measured); the rest is for a busy machine."""
    pdf_seconds: float = 120.0
    """One PDF: some 10 ms a page, so 3,000 pages and a busy machine."""
    start_seconds: float = 60.0
    """Start of the extractor process: 0.5 s on a quiet machine (measured), more on a cold network disk."""

    # -- ratio ---------------------------------------------------------------------------------------------------------
    pdf_chars_per_byte: int = 100
    """Text out of a PDF per byte of the file: Flate makes text 3 to 10 times smaller; a hundred times is a bomb."""
    pdf_free_chars: int = 200_000
    """Text that a PDF may hold whatever its size, so that the ratio never strikes a tiny honest file."""

    # -- memory and wear -----------------------------------------------------------------------------------------------
    memory_bytes: int = 2 << 30
    """Address space of the extractor process: 0.2 GB when it starts, and 75 MB for each MB of HTML (measured)."""
    documents_per_process: int = 500
    """Documents before the extractor process is replaced, so that what its libraries leak stays small (start: 0.5 s)."""


BOUNDS = Bounds()
