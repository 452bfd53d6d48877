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
    """One HTML page: pages saved with their pictures inlined reach 5 to 8 MB. What is dense text of that size meets the limit
    on memory first: extraction takes 75 times the text."""
    text_chars: int = 5_000_000
    """One text: about ten novels. What is longer is many documents in one file and must be split to be of use."""
    json_line_bytes: int = 32 * MIB
    """One line of JSONL: the longest text with every character escaped (six bytes each)."""
    json_array_bytes: int = 64 * MIB
    """One JSON file that is not line by line must be held whole, which takes up to six times this; JSON Lines need not."""
    json_values: int = 1_000_000
    """Values in one JSON object or list: each takes 60 to 230 bytes once it is read (measured); metadata are a dozen."""
    json_blank_lines: int = 1_000_000
    """Empty lines of one file of JSON Lines: no program writes them, and going past a million takes 0.5 s (measured)."""
    sidecar_bytes: int = MIB
    """A ``NAME.meta.json``: a dozen short values."""
    table_bytes: int = 64 * MIB
    """A ``--meta`` table: 300,000 rows of 200 bytes, which take 0.6 GB (measured)."""
    table_row_chars: int = MIB
    """One line of a ``--meta`` table: without a line end it is no table, and its cells would take 50 times this."""
    pdf_pages: int = 3_000
    """Pages of one PDF: the longest inquiry reports are split into volumes of about 1,000."""

    feed_bytes: int = 16 * MIB
    """One feed: the last hundred entries with their whole texts are 1 MB; archives of a blog reach 10."""
    feed_entries: int = 10_000
    """Entries of one feed: sites give 10 to 100, exports of a whole blog some thousands."""
    record_bytes: int = 32 * MIB
    """One record of a WARC with its headers: crawlers cut pages at 1 to 10 MB. A longer one is passed over, or told if a page."""
    record_head_bytes: int = 64 * 1024
    """The lines before a record's content: a dozen, with an address of up to 8,000 characters."""
    archive_faults: int = 1_000
    """Damaged records of one WARC that are each told and gone past; a file with more is not read to its end."""
    zip_members: int = 100_000
    """Files of one zip: a folder of pages has thousands; 64 MiB of a zip's own list of names can hold a million."""
    zip_list_bytes: int = 32 * MIB
    """That list as it lies at the end of a zip: 100,000 names of 200 bytes. It is held whole, at ten times its size."""

    # -- depth ---------------------------------------------------------------------------------------------------------
    json_depth: int = 32
    """Nesting of one JSON object: metadata is 2 to 5 deep. The same on every interpreter, unlike its own limit."""
    html_depth: int = 1_000
    """Nesting of HTML elements: real pages are under 60, unclosed tags reach some hundreds; libxml2 stops at 2,048."""
    folder_depth: int = 64
    """Folders in folders: deeper is a loop made by mounts, or a mistake."""

    container_depth: int = 3
    """Containers in containers: a WARC in gzip in a zip is three; zips in zips without end are a bomb."""

    # -- time ----------------------------------------------------------------------------------------------------------
    html_seconds: float = 15.0
    """One page: a usual one takes 4 to 20 ms, each MB of article text 2 s (measured). With the reading after it a hostile page
    stays under half a minute."""
    pdf_seconds: float = 15.0
    """One PDF: 2 to 10 ms a page (measured), so 1,500 pages and more."""
    feed_seconds: float = 15.0
    """One feed: 100 entries of 5,000 characters take 0.1 s (measured)."""
    start_seconds: float = 60.0
    """Start of the extractor process: 0.5 s on a quiet machine (measured), more on a cold network disk."""

    # -- ratio ---------------------------------------------------------------------------------------------------------
    pdf_chars_per_byte: int = 100
    """Text out of a PDF per byte of the file: Flate makes text 3 to 10 times smaller; a hundred times is a bomb."""
    pdf_free_chars: int = 200_000
    """Text that a PDF may hold whatever its size, so that the ratio never strikes a tiny honest file."""
    unpacked_ratio: int = 200
    """Bytes out of a gzip or zip file per byte of it, over the whole file: pages shrink 4 to 15 times, tables of numbers up to 60."""
    unpacked_free_bytes: int = 128 * MIB
    """What a gzip or zip file may hold whatever its size, so that the ratio never strikes a small honest one. A bomb of that size
    costs 0.1 s to unpack (measured)."""

    # -- memory and wear -----------------------------------------------------------------------------------------------
    memory_bytes: int = 800 * MIB
    """Address space of the extractor process: 0.2 GB when it starts, and 75 MB for each MB of HTML (measured). With the reading
    process beside it all stays under 1.2 GB."""
    documents_per_process: int = 500
    """Documents before the extractor process is replaced, so that what its libraries leak stays small (start: 0.5 s)."""


BOUNDS = Bounds()
