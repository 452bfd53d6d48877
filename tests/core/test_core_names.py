"""Names in the ways of many peoples: taken apart, compared, told from bodies. All people and bodies are invented."""

from __future__ import annotations

import pytest
from core_rows import rows
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.speakers.names import acronym, alike, covers, fold, gender, is_body, is_person, parse

# reason, name as a page has it, titles, parts
PARSED = [
    ("English: given name and surname", "Lia Renn", [], ["Lia", "Renn"]),
    ("English: a title", "Mrs Renn", ["Mrs"], ["Renn"]),
    ("English: titles with stops", "Rev. Dr. Tom Cole", ["Rev.", "Dr."], ["Tom", "Cole"]),
    ("English: a rank of two words", "Lt. Col. Ana Solt", ["Lt.", "Col."], ["Ana", "Solt"]),
    ("English: an office of two words", "Prime Minister Ana Solt", ["Prime", "Minister"], ["Ana", "Solt"]),
    ("English: a hyphened office", "Vice-President Ana Solt", ["Vice-President"], ["Ana", "Solt"]),
    ("English: an office that is past", "former mayor Ana Solt", ["former", "mayor"], ["Ana", "Solt"]),
    ("English: a knight", "Sir Tom Cole", ["Sir"], ["Tom", "Cole"]),
    ("English: a possessive goes", "Lia Renn’s", [], ["Lia", "Renn"]),
    ("English: and that of a name in s", "Tom Harris'", [], ["Tom", "Harris"]),
    ("English: son of the same name", "Tom Cole Jr.", [], ["Tom", "Cole", "Jr"]),
    ("English: initials keep their stops", "J. R. Cole", [], ["J.", "R.", "Cole"]),
    ("a king of one name keeps his title", "King Osric", [], ["King", "Osric"]),
    ("a king with a number does not need it", "King Osric III", ["King"], ["Osric", "III"]),
    ("a nun of one name keeps her title", "Sister Benedicta", [], ["Sister", "Benedicta"]),
    ("a title alone is a name", "President", [], ["President"]),
    ("Irish: a curly apostrophe inside", "Niamh O’Dalloran", [], ["Niamh", "O’Dalloran"]),
    ("Spanish: two surnames", "Gabriela Saltero Muñiz", [], ["Gabriela", "Saltero", "Muñiz"]),
    ("Spanish: a title with a tilde", "Señora Muñiz", ["Señora"], ["Muñiz"]),
    ("Portuguese: a particle", "Luís da Serreira", [], ["Luís", "da", "Serreira"]),
    ("Dutch: two particles", "Jan van der Molenaar", [], ["Jan", "van", "der", "Molenaar"]),
    ("German: Herr and a particle", "Herr von Altwasser", ["Herr"], ["von", "Altwasser"]),
    ("French: Monsieur", "Monsieur d’Orvenne", ["Monsieur"], ["d’Orvenne"]),
    ("Russian: a patronymic", "Ivan Petrovich Sorokin", [], ["Ivan", "Petrovich", "Sorokin"]),
    ("Arabic: an article with a hyphen", "Sheikh Omar al-Haddar", ["Sheikh"], ["Omar", "al-Haddar"]),
    ("Arabic: son of", "Salim bin Nasr al-Haddar", [], ["Salim", "bin", "Nasr", "al-Haddar"]),
    ("Arabic: a half ring written as a mark", "Sa‘ad al-Haddar", [], ["Sa‘ad", "al-Haddar"]),
    ("Hawaiian: the same mark inside a name", "Keli‘i Kahalewai", [], ["Keli‘i", "Kahalewai"]),
    ("Persian: a clerical title", "Ayatollah Mehran Kashfi", ["Ayatollah"], ["Mehran", "Kashfi"]),
    ("Hebrew: a hyphened Ben", "Rabbi Noam Ben-Shalev", ["Rabbi"], ["Noam", "Ben-Shalev"]),
    ("Hindi: Shri", "Shri Ramesh Kolvani", ["Shri"], ["Ramesh", "Kolvani"]),
    ("Hindi: Smt. with a stop", "Smt. Lata Kolvani", ["Smt."], ["Lata", "Kolvani"]),
    ("Tamil: initials in front", "M. K. Velarasu", [], ["M.", "K.", "Velarasu"]),
    ("Burmese: U is a title", "U Thein Maungzaw", ["U"], ["Thein", "Maungzaw"]),
    ("Burmese: so is Daw", "Daw Khin Maungzaw", ["Daw"], ["Khin", "Maungzaw"]),
    ("Malay: daughter of", "Datuk Aminah binti Sallehan", ["Datuk"], ["Aminah", "binti", "Sallehan"]),
    ("Malay: a title of two words", "Tan Sri Rahim Sallehan", ["Tan", "Sri"], ["Rahim", "Sallehan"]),
    ("Chinese: Tan is a surname", "Tan Wei Ling", [], ["Tan", "Wei", "Ling"]),
    ("Chinese: a surname in front", "Ouyang Liqin", [], ["Ouyang", "Liqin"]),
    ("Korean: a hyphened given name", "Kim Min-ji", [], ["Kim", "Min-ji"]),
    ("Indonesian: one name only", "Suharyanto", [], ["Suharyanto"]),
    ("Vietnamese: three words with marks", "Nguyễn Vân Hạ", [], ["Nguyễn", "Vân", "Hạ"]),
    ("Hausa: Alhaji", "Alhaji Musa Danlami", ["Alhaji"], ["Musa", "Danlami"]),
    ("Yoruba: two titles", "Chief Barrister Ife Adebanke", ["Chief", "Barrister"], ["Ife", "Adebanke"]),
    ("Icelandic: a patronymic", "Katrín Jónmundsdóttir", [], ["Katrín", "Jónmundsdóttir"]),
    ("Turkish: a given name in -man", "Osman Demirhan", [], ["Osman", "Demirhan"]),
    ("Ethiopian: a given name in -ist", "Tigist Alemaw", [], ["Tigist", "Alemaw"]),
    ("Greek letters", "Ελένη Παππά", [], ["Ελένη", "Παππά"]),
    ("nothing", "", [], []),
]
PARSED_KNOWN = {
    "Arabic: a half ring written as a mark": "the left single mark parts a name",
    "Hawaiian: the same mark inside a name": "the left single mark parts a name",
}


@pytest.mark.parametrize(("text", "titles", "parts"), rows(PARSED, PARSED_KNOWN))
def test_parse(text: str, titles: list[str], parts: list[str]):
    name = parse(text)
    assert (list(name.titles), list(name.parts)) == (titles, parts)


# reason, the full name, the shorter or other one, how it may name the same
COVERED = [
    ("the same without case", "Lia Renn", "LIA RENN", "equal"),
    ("the same without titles", "Mayor Lia Renn", "Lia Renn", "equal"),
    ("a surname", "Lia Renn", "Renn", "surname"),
    ("a given name", "Lia Renn", "Lia", "given"),
    ("somebody else", "Lia Renn", "Tom Cole", ""),
    ("a namesake by surname", "Lia Renn", "Tom Renn", ""),
    ("a namesake by given name", "Lia Renn", "Lia Cole", ""),
    ("more than the full name", "Renn", "Lia Renn", ""),
    ("an initial", "Lia Renn", "L. Renn", "spelling"),
    ("the wrong initial", "Lia Renn", "T. Renn", ""),
    ("a surname's initial is too little", "Lia Renn", "Lia R.", ""),
    ("Jr falls away", "Tom Cole Jr.", "Tom Cole", "spelling"),
    ("Jr and the surname alone", "Tom Cole Jr.", "Cole", "surname"),
    ("Irish: marks of both shapes", "Niamh O’Dalloran", "O'Dalloran", "surname"),
    ("Spanish: both surnames", "Gabriela Saltero Muñiz", "Saltero Muñiz", "surname"),
    ("Spanish: the first surname alone", "Gabriela Saltero Muñiz", "Saltero", "part"),
    ("Spanish: the second left out", "Gabriela Saltero Muñiz", "Gabriela Saltero", "spelling"),
    ("Spanish: without accents", "José Álvarín", "Jose Alvarin", "equal"),
    ("Portuguese: with its particle", "Luís da Serreira", "da Serreira", "surname"),
    ("Portuguese: without it", "Luís da Serreira", "Serreira", "surname"),
    ("Dutch: a particle with a capital", "Jan van der Molenaar", "Van der Molenaar", "surname"),
    ("German: ue for an umlaut", "Jutta Müllheim", "Jutta Muellheim", "spelling"),
    ("German: the same in a short name", "Jörg Altwasser", "Joerg Altwasser", "spelling"),
    ("Danish: o for a crossed o", "Jørn Havmand", "Jorn Havmand", "equal"),
    ("Polish: l for a crossed l", "Łoś", "Los", "equal"),
    ("Turkish: a dotless i", "Işık Demirhan", "Isik Demirhan", "equal"),
    ("Russian: without the patronymic", "Ivan Petrovich Sorokin", "Ivan Sorokin", "spelling"),
    ("Russian: two ways to end a name", "Dmitry Sorokin", "Dmitriy Sorokin", "spelling"),
    ("Russian: a patronymic is no surname", "Ivan Petrovich Sorokin", "Petrovich Sorokin", "surname"),
    ("Arabic: the article with the surname", "Omar al-Haddar", "al-Haddar", "surname"),
    ("Arabic: the article left out", "Omar al-Haddar", "Haddar", "surname"),
    ("Arabic: the article as a word", "Omar al-Haddar", "Omar Al Haddar", "spelling"),
    ("Arabic: one m or two", "Mohammed Haddar", "Mohamed Haddar", "spelling"),
    ("Arabic: u and a for o and e", "Mohammed Haddar", "Muhammad Haddar", "spelling"),
    ("Arabic: q and k, y and i", "Qasim Nasry", "Kasim Nasri", "spelling"),
    ("Arabic: father of", "Omar Abu Nasr", "Abu Nasr", "surname"),
    ("Persian: gh and q are not told alike", "Kashfi", "Kashmi Rad", ""),
    ("Hebrew: kh and h", "Noam Shekhter", "Noam Shehter", "spelling"),
    ("Korean: surname in front", "Kim Min-ji", "Kim", "surname"),
    ("Korean: with and without a hyphen", "Kim Min-ji", "Kim Minji", "equal"),
    ("Korean: the given name as two words", "Kim Min-ji", "Kim Min Ji", "spelling"),
    ("Vietnamese: called by the last word", "Nguyen Van Ha", "Ha", "surname"),
    ("Icelandic: called by the given name", "Katrín Jónmundsdóttir", "Katrín", "given"),
    ("Ethiopian: called by the given name", "Tigist Alemaw", "Tigist", "given"),
    ("Tamil: an initial in front left out", "M. K. Velarasu", "Velarasu", "surname"),
    ("Yoruba: a middle name", "Ife Adebanke Olusoji", "Adebanke", "part"),
    ("a short middle name is too little", "Ife Ada Olusoji", "Ada", ""),
    ("a nun without her title", "Sister Benedicta", "Benedicta", "equal"),
    ("nothing names nobody", "Lia Renn", "", ""),
]
COVERED_KNOWN = {
    "Spanish: the second left out": "a name of fewer words is only looked for at the end of the longer one",
    "Jr and the surname alone": "the last part is compared, not the surname: it counts as a middle name",
    "German: the same in a short name": "under five letters only equal spellings count",
    "Korean: the given name as two words": "a name of more parts is never the shorter one",
}


@pytest.mark.parametrize(("full", "short", "wanted"), rows(COVERED, COVERED_KNOWN))
def test_covers(full: str, short: str, wanted: str):
    assert covers(parse(full), parse(short)) == wanted


# reason, two words, whether they may be one name
ALIKE = [
    ("case", "RENN", "Renn", True),
    ("accents", "Muñiz", "Muniz", True),
    ("a doubled letter", "Kassab", "Kasab", True),
    ("oo and u", "Mahmood", "Mahmud", True),
    ("ph and f", "Stephan", "Stefan", True),
    ("one letter of eight", "Sorokina", "Sorokena", True),
    ("one letter of four", "Renn", "Rent", False),
    ("another first letter", "Barrow", "Harrow", False),
    ("two letters of six", "Marrin", "Morren", False),
    ("short and equal but for a swap", "Ali", "Aly", True),
    ("nothing in common", "Solt", "Cole", False),
    ("two letters changed places", "Alemaw", "Alemwa", True),
]


@pytest.mark.parametrize(("a", "b", "wanted"), rows(ALIKE))
def test_alike(a: str, b: str, wanted: bool):
    assert alike(a, b) is wanted
    assert alike(b, a) is wanted


# reason, name, whether it is a body's
BODIES = [
    ("a ministry", "Ministry of Works", True),
    ("a paper", "Harrow Times", True),
    ("a bank", "Bank of Orvenne", True),
    ("a union", "Harbour Workers Union", True),
    ("a company", "Aldo Holdings Ltd.", True),
    ("in capitals", "PORT AUTHORITY", True),
    ("a person", "Lia Renn", False),
    ("a place", "Haldermouth", False),
    ("a word that only begins like one", "Tom Unionist", False),
    ("nothing", "", False),
]


@pytest.mark.parametrize(("name", "wanted"), rows(BODIES))
def test_is_body(name: str, wanted: bool):
    assert is_body(name) is wanted


# reason, name, its acronym
ACRONYMS = [
    ("all words with capitals", "Harbour Workers Union", "HWU"),
    ("small words do not count", "Union of Harbour Workers", "UHW"),
    ("one word", "Lantern", "L"),
    ("no capitals, no acronym", "the harbour board", ""),
    ("a hyphened word counts once", "Inter-Delta Relief Fund", "IRF"),
]


@pytest.mark.parametrize(("name", "wanted"), rows(ACRONYMS))
def test_acronym(name: str, wanted: str):
    assert acronym(name) == wanted


# reason, titles, he, she or open
GENDERS = [
    ("Mr", ["Mr"], "he"),
    ("Mrs with a stop", ["Mrs."], "she"),
    ("a doctor may be either", ["Dr"], ""),
    ("an office and an address", ["President", "Mr"], "he"),
    ("two that gainsay each other", ["Mr", "chairwoman"], ""),
    ("Hausa: Hajiya", ["Hajiya"], "she"),
    ("Hindi: Smt.", ["Smt."], "she"),
    ("German: Frau", ["Frau"], "she"),
    ("Spanish: Señor", ["Señor"], "he"),
    ("no title", [], ""),
]
GENDERS_KNOWN: dict[str, str] = {}


@pytest.mark.parametrize(("titles", "wanted"), rows(GENDERS, GENDERS_KNOWN))
def test_gender(titles: list[str], wanted: str):
    assert gender(tuple(titles)) == wanted


# reason, noun, whether it stands for one person
PERSONS = [
    ("in the table", "spokeswoman", True),
    ("by its ending", "botanist", True),
    ("by another", "seedsman", True),
    ("a body is none", "ministry", False),
    ("a thing is none", "letter", False),
]


@pytest.mark.parametrize(("noun", "wanted"), rows(PERSONS))
def test_is_person(noun: str, wanted: bool):
    assert is_person(noun) is wanted


def test_the_tables_cover_fifteen_traditions():
    tables = (PARSED, COVERED, ALIKE, BODIES, ACRONYMS, GENDERS)
    told = {row[0].split(":")[0] for table in tables for row in table if ": " in row[0]}
    assert len(told) >= 15
    assert sum(map(len, tables)) >= 60


# --- what holds on any name --------------------------------------------------------------------------------------------
NAME = st.lists(
    st.sampled_from(["Lia", "Renn", "Tom", "Cole", "Mr", "Dr.", "al-Haddar", "van", "O’Dalloran", "J.", "Jr", "Muñiz"]),
    max_size=5,
).map(" ".join)


@settings(deadline=None)
@given(NAME)
def test_a_name_covers_itself(text: str):
    name = parse(text)
    assert covers(name, name) == ("equal" if name.parts else "")


@settings(deadline=None)
@given(NAME)
def test_taking_apart_loses_nothing(text: str):
    name = parse(text)
    assert [fold(w) for w in (*name.titles, *name.parts)] == [fold(w) for w in text.split()]


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_is_too_odd_to_be_a_name(text: str):
    name = parse(text)
    assert covers(name, parse("Lia Renn")) in ("equal", "spelling", "surname", "given", "part", "")
    assert isinstance(is_body(text), bool)


@settings(deadline=None)
@given(st.text(max_size=12), st.text(max_size=12))
def test_alike_is_the_same_from_both_sides(a: str, b: str):
    assert alike(a, b) == alike(b, a)
    assert alike(a, a)
