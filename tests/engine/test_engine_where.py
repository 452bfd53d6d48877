"""The language of ``--where``: what it holds for, and what it says of an expression that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.engine.where import FIELDS, where
from sayso.errors import UsageError

ROW = {
    "outlet": "Varn Daily",
    "published": "2031-03-15T10:15+03:00",
    "url": "https://varn.example/sport/1",
    "name": "a (1).txt",
    "language": "en",
    "document": "ab12",
}

HOLDS = [
    ('outlet = "Varn Daily"', True, "the very name"),
    ("outlet = 'VARN daily'", True, "case does not count; either marks"),
    ("outlet = Varn", False, "all of it, not a part"),
    ("outlet ~ varn", True, "a part"),
    ("outlet != Varn", True, ""),
    ("outlet = ''", False, "an empty value is one"),
    ("published = 2031", True, "as far as the value goes"),
    ("published = 2031-03-15", True, ""),
    ("published <= 2031-03", True, "the middle of the month is in it"),
    ("published < 2031-03", False, ""),
    ("published > 2031-03-14", True, ""),
    ("published >= 2031-03-15T10:16", False, "to the minute, as it was given"),
    ("published != 2031-03", False, ""),
    ("name ~ '(1)'", True, "parentheses in marks"),
    ("id = AB12", True, "the document's id"),
    ("not url ~ sport", False, ""),
    ("not not url ~ sport", True, ""),
    ("language = en and outlet ~ post or url ~ sport", True, "and binds before or"),
    ("language = en and (outlet ~ post or url ~ opinion)", False, ""),
    ("LANGUAGE=en AND NOT(outlet~post)", True, "words of the language in any case, no blanks needed"),
    ("outlet = 'and' or name ~ 'a'", True, "a word of the language in marks is a value"),
]


@pytest.mark.parametrize(("expression", "holds", "reason"), HOLDS, ids=[row[0] for row in HOLDS])
def test_holds(expression: str, holds: bool, reason: str):
    assert where(expression)(ROW) is holds


@pytest.mark.parametrize("published", ["", None, "XXXX-03-15"])
def test_a_page_without_a_year_fits_no_date(published: str | None):
    row = {**ROW, "published": published}
    assert not any(where(f"published {sign} 2031-03")(row) for sign in ("=", "<", "<=", ">", ">="))
    assert where("published != 2031-03")(row)


COARSE = [
    ("<", "2031-03-15", False, "the page may be of the 20th"),
    ("<=", "2031-03-15", False, ""),
    (">", "2031-03-15", False, ""),
    (">=", "2031-03-15", False, ""),
    ("=", "2031-03-15", False, ""),
    ("!=", "2031-03-15", True, "as of a page without a date"),
    ("<", "2031-04-01", True, "whatever its day"),
    (">", "2031-02-28", True, "whatever its day"),
    (">=", "2031-03", True, "as far as both go"),
    ("<", "2031-03-01T00:00", False, "to the minute"),
    (">", "2030-12-31T23:59", True, "to the minute, the year before"),
]


@pytest.mark.parametrize(("sign", "value", "holds", "reason"), COARSE, ids=[f"{row[0]} {row[1]}" for row in COARSE])
def test_a_page_of_a_month_is_on_no_side_of_its_days(sign: str, value: str, holds: bool, reason: str):
    assert where(f"published {sign} {value}")({**ROW, "published": "2031-03"}) is holds, reason


FAULTS = [
    ("", "at “its end” (character 1) there must be one of outlet, published"),
    ("speaker = Fenn", "at “speaker = Fenn” (character 1) there must be one of"),
    ("outlet", "there must be one of = != ~"),
    ("outlet < Varn", "there must be one of = != ~"),
    ("published ~ 2031", "there must be one of = != < <= > >="),
    ("published > March", "there must be a date as 2031"),
    ("outlet = ", "there must be a value"),
    ("outlet = Varn Daily", "at “Daily” (character 15) there must be “and” or “or”"),
    ('outlet = "Varn', "there must be a quotation mark that closes"),
    ("(outlet = Varn", "at “its end” (character 15) there must be “)”"),
    ("outlet = Varn)", "at “)” (character 14)"),
    ("outlet = (", "there must be a value"),
    ("not " * 200 + "outlet = a", "less nesting"),
]


@pytest.mark.parametrize(("expression", "said"), FAULTS, ids=[row[0][:30] for row in FAULTS])
def test_faults_are_told(expression: str, said: str):
    with pytest.raises(UsageError) as error:
        where(expression)
    assert said in str(error.value)
    assert "An example" in str(error.value)


@given(st.text("()=~<>!'\" andorotulepbishd20-", max_size=40))
def test_anything_is_a_test_or_a_sentence(expression: str):
    try:
        test = where(expression)
    except UsageError:
        return
    assert test(ROW) in (True, False)


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=20).filter(lambda text: '"' not in text))
def test_any_value_may_stand_in_marks(field: str, value: str):
    if field != "published":
        row = {**ROW, FIELDS[field]: value}
        assert where(f'{field} = "{value}"')(row)
        assert not where(f'{field} != "{value}"')(row)
