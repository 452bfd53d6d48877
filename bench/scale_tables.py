"""The tables of docs/scale.md: arithmetic on measured rates, and nothing else."""

from __future__ import annotations

from typing import Any

Rates = dict[str, Any]

MONTH = 11_000_000
"""Pages of CC-NEWS in a month, about."""
PILES = {"a day": round(MONTH / 30.4), "a month": MONTH, "all of CC-NEWS": 123 * MONTH}
"""From August 2016 to October 2026 are 123 months; every one is taken to be as large as one of today, so this is an upper bound."""
CORES = (2, 16, 64, 640)
DAY = 24.0


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(each) for each in cells) + " |"


def _table(*rows: tuple[object, ...]) -> list[str]:
    head, *rest = rows
    return [_row(*head), _row("---", *["---:"] * (len(head) - 1)), *(_row(*each) for each in rest), ""]


def hours(value: float) -> str:
    """A time given in hours, as people say it."""
    if value < 1:
        return f"{max(1, round(60 * value))} min"
    if value < 2 * DAY:
        return f"{value:.0f} h" if value >= 10 else f"{value:.1f} h"
    if value < 1000 * DAY:
        return f"{value / DAY:,.0f} days"
    return f"{value / DAY / 365:,.0f} years"


def size(kib: float) -> str:
    """A size given in KiB, in powers of ten."""
    value, unit = kib * 1024 / 1e9, "GB"
    if value >= 1000:
        value, unit = value / 1000, "TB"
    return f"{value:,.1f} {unit}" if value < 10 else f"{value:,.0f} {unit}"


def page_ms(rates: Rates) -> float:
    """Processor time that a page takes from file to Parquet."""
    return float(rates["one"]["ms"])


def _hours(pages: int, ms: float) -> float:
    return pages * ms / 3_600_000


def where_time_goes(rates: Rates) -> list[str]:
    """The steps of a page."""
    s = rates["stages"]
    steps = (
        ("walking, hashing, spooling", s["walk"]),
        ("text out of HTML", s["extract"]),
        ("the encoder", s["encoder"]),
        ("the rest of the reading", s["read"] - s["encoder"]),
        ("JSON, flat tables, Parquet", s["write"]),
    )
    total = sum(ms for _, ms in steps)
    rows = [(name, f"{ms:.1f}", f"{100 * ms / total:.0f} %") for name, ms in steps]
    return _table(("step", "ms a page", "share"), *rows, ("all, step by step", f"{total:.1f}", "100 %"))


def costs(rates: Rates) -> list[str]:
    """Core hours and wall time of three piles."""
    ms, rows = page_ms(rates), []
    for name, pages in PILES.items():
        spent = _hours(pages, ms)
        rows.append(
            (
                name,
                f"{pages:,}",
                f"{spent:,.0f}",
                *(hours(spent / cores) for cores in CORES),
                size(pages * rates["one"]["kib"]),
            )
        )
    heads = (f"on {cores} cores" for cores in CORES)
    return _table(("pile", "pages", "core hours", *heads, "Parquet"), *rows)


def behind(rates: Rates) -> list[str]:
    """What comes after the reading: ledger and pile, one writer each."""
    (_, large), (_, pile) = (list(rates[what].items())[-1] for what in ("gather", "pile"))
    rows = []
    for name, pages in PILES.items():
        both = (
            hours(_hours(pages, large["ms"])),
            size(pages * large["kib"]),
            hours(_hours(pages, pile["ms"])),
            size(pages * pile["kib"]),
        )
        rows.append((name, *both))
    return _table(("pile", "`gather`, one core", "ledger", "across the pile, one core", "pile file"), *rows)


def levers(rates: Rates) -> list[str]:
    """What each lever can save at most."""
    s = rates["stages"]
    ms = sum(s[step] for step in ("walk", "extract", "read", "write"))
    encoder, copies = 100 * s["encoder"] / ms, 100 * s["read"] / ms
    rows = (
        (
            "pages in other languages are told and not read",
            f"{100 * (1 - s['foreign'] / ms):.0f} % of each such page",
            "done",
        ),
        ("near-copies read once, spans copied by alignment", f"{copies:.0f} % of each copy", "not built"),
        (
            "blocks passed over that surely hold no statement",
            f"{encoder:.0f} % of each such block",
            "not built: needs a measured recall",
        ),
        ("static quantisation, windows in batches", f"a part of {encoder:.0f} %", "not built"),
        ("an encoder that costs nothing (the bound of all faster ones)", f"{encoder:.0f} %", ""),
    )
    return _table(("lever", "saves at most", "state"), *rows)


def tenfold(rates: Rates) -> list[str]:
    """What grows with the pile, at a day, ten days, a hundred."""
    day, kib = PILES["a day"], list(rates["gather"].values())[-1]["kib"]
    statements = rates["stages"]["statements"]
    first, last = (list(rates["pile"].items())[n] for n in (0, -1))
    growth = last[1]["ms"] / first[1]["ms"]
    rows: list[tuple[object, ...]] = [("", "a day", "ten days", "a hundred")]
    sizes = [day, 10 * day, 100 * day]
    rows.append(("memory of the plan (24 bytes a page)", *(f"{pages * 24 / 1e6:,.0f} MB" for pages in sizes)))
    rows.append(
        ("parts, seven files each", *(f"{1 << max(0, -(-pages // 1024) - 1).bit_length():,}" for pages in sizes))
    )
    rows.append(("ledger of all of it", *(size(pages * kib) for pages in sizes)))
    rows.append(
        (
            "statements (50 million are where the Parquet takes over)",
            *(f"{pages * statements / 1e6:,.0f} M" for pages in sizes),
        )
    )
    grew = f"From {int(first[0]):,} to {int(last[0]):,} pages the time that a page takes across the pile grew {growth:.2f} times."
    return [*_table(*rows), grew]


def tables(rates: Rates) -> list[str]:
    """The whole generated part, line by line."""
    s, one, two = rates["stages"], rates["one"], rates["two"]
    said = next(iter(rates["gather"].values()))["statements"]
    gathers = ", ".join(
        f"{r['ms']:.2f} ms a page at {int(n):,} pages (peak {r['peak_mib']:.0f} MiB)"
        for n, r in rates["gather"].items()
    )
    piles = ", ".join(
        f"{r['ms']:.2f} ms at {int(n):,} (peak {r['peak_mib']:.0f} MiB)" for n, r in rates["pile"].items()
    )
    return [
        f"Measured on a machine of {rates['cores']} cores with a load of {rates['load']} (other work ran on it), processor time, one "
        f"thread: {rates['pages']} web pages of 100 KB, {s['words']:.0f} words of article and {s['statements']:.0f} statements each.",
        "",
        f"- `read --to`: {one['ms']:.0f} ms a page with one process, {two['ms']:.0f} ms with two; the largest process took "
        f"{one['peak_mib']:.0f} and {two['peak_mib']:.0f} MiB. A page in another language: {s['foreign']:.0f} ms.",
        f"- `gather`, of invented readings of {said:.0f} statements each: {gathers}.",
        f"- across the pile (copies, matches, people, series), from nothing: {piles}.",
        "",
        "### Where the time goes",
        "",
        *where_time_goes(rates),
        "### What reading costs",
        "",
        *costs(rates),
        "### What comes after",
        "",
        *behind(rates),
        "### What each lever saves",
        "",
        *levers(rates),
        "### What grows",
        "",
        *tenfold(rates),
    ]
