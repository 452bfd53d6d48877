"""Stamps: what can be read in one way is read, with the granularity it has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ingest.published import published_of

READ = [
    ("2025-02-21 20:29:42+00:00", "2025-02-21T20:29+00:00", "minute", "as databases print it"),
    ("2025-02-21T20:29:42Z", "2025-02-21T20:29+00:00", "minute", "Z is UTC"),
    ("2025-02-21T20:29:42.123456+0330", "2025-02-21T20:29+03:30", "minute", "the offset stays as given"),
    ("2025-02-21T20:29", "2025-02-21T20:29", "minute", "no offset, none invented"),
    ("2025-02-21T20:29-05", "2025-02-21T20:29-05:00", "minute", "hours alone"),
    ("20250221T202942Z", "2025-02-21T20:29+00:00", "minute", "basic form"),
    ("2025-02-21", "2025-02-21", "day", "a day"),
    ("2025-2-1", "2025-02-01", "day", "without zeros"),
    ("20250221", "2025-02-21", "day", "basic form"),
    ("2025-02-21 00:00:00", "2025-02-21", "day", "midnight to the second is how tables write a day"),
    ("2025-02-21T00:00:00+00:00", "2025-02-21", "day", "in UTC too"),
    ("2025-02-21T00:00:00+03:00", "2025-02-21T00:00+03:00", "minute", "an offset of its own: somebody set a clock"),
    ("2025-02-21T00:05:00Z", "2025-02-21T00:05+00:00", "minute", "five past is a time"),
    ("2025-02", "2025-02", "month", "a month"),
    ("2025", "2025", "year", "a year"),
    ("XXXX-11-03", "XXXX-11-03", "day", "no year is given"),
    ("XXXX-02-29", "XXXX-02-29", "day", "there is a year with that day"),
    ("21 February 2025", "2025-02-21", "day", "in words"),
    ("Friday, February 21st, 2025", "2025-02-21", "day", "weekday, ordinal"),
    ("Feb. 21, 2025", "2025-02-21", "day", "short"),
    ("Fri, 21 Feb 2025 20:29:42 GMT", "2025-02-21T20:29+00:00", "minute", "RFC 2822"),
    ("21 Feb 2025, 20:29", "2025-02-21T20:29", "minute", "with a clock"),
    ("February 21, 2025 at 8:29 p.m. EST", "2025-02-21", "day", "a clock that is not understood leaves the day"),
    ("February 2025", "2025-02", "month", "month in words"),
    ("1740169782", "2025-02-21T20:29+00:00", "minute", "seconds since 1970"),
    ("1740169782000", "2025-02-21T20:29+00:00", "minute", "milliseconds"),
]


@pytest.mark.parametrize(("value", "date", "granularity", "reason"), READ, ids=[row[0] for row in READ])
def test_read(value: str, date: str, granularity: str, reason: str):
    found = published_of(value)
    assert found is not None, reason
    assert (found.date, found.granularity, found.basis) == (date, granularity, "metadata"), reason


LEFT = [
    ("", "nothing"),
    ("09/10/2023", "two days to two readers"),
    ("2023-13-01", "no such month"),
    ("2023-02-29", "no such day"),
    ("2023-02-28T25:00", "no such hour"),
    ("XXXX-11", "no year and no day"),
    ("XXXX", "nothing at all"),
    ("Monday", "which one?"),
    ("yesterday", "of which day?"),
    ("31 June 2024", "no such day"),
    ("12", "a number"),
    ("2023-10-09 or so", "words after it"),
    ("2" * 500, "too long to be a stamp"),
]


@pytest.mark.parametrize(("value", "reason"), LEFT, ids=[row[0][:20] or "empty" for row in LEFT])
def test_left_alone(value: str, reason: str):
    assert published_of(value) is None, reason


@given(st.datetimes(), st.sampled_from(["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y%m%dT%H%M"]))
def test_every_moment_is_read(moment, form):
    stamp = (
        moment.strftime(form) if moment.year >= 1000 else f"{moment.year:04}" + moment.strftime(form.removeprefix("%Y"))
    )
    found = published_of(stamp)
    assert found is not None
    assert found.date.startswith(f"{moment.year:04}-{moment.month:02}-{moment.day:02}")


@given(st.text(max_size=60))
def test_never_raises(text: str):
    published_of(text)
