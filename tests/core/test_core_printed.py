"""Names of speakers as the page prints them."""

from __future__ import annotations

import pytest
from core_rows import rows

from sayso.reading import read_text

# reason, text, names of the speakers with their kinds
NAMES = [
    ("a plural's apostrophe", "The Dockhands' Union said it would strike.", [("Dockhands' Union", "organisation")]),
    ("another apostrophe", "The Dockhands’ Union said it would strike.", [("Dockhands' Union", "organisation")]),
    ("an ampersand", "Lodd & Marrin said the crane was sound.", [("Lodd & Marrin", "organisation")]),
    (
        "a possessive is no part",
        "Karrowe Council's report said the crane was sound. Karrowe Council said so too.",
        [("Karrowe Council", "organisation")],
    ),
    ("a coastguard is a body", "Karrowe Coastguard said the boat was safe.", [("Karrowe Coastguard", "organisation")]),
    (
        "a relative clause cut short",
        "The boat was safe, according to a person with knowledge of the inspection, who.",
        [("person with knowledge of the inspection", "anonymous")],
    ),
]


@pytest.mark.parametrize(("text", "names"), rows(NAMES))
def test_names_as_printed(text: str, names: list[tuple[str, str]]):
    assert [(s.name, s.kind) for s in read_text(text).speakers] == names
