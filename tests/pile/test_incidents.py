"""Incidents: accounts of one event by place and date, ranges by originator, the names of the dead."""

from __future__ import annotations

from datetime import date

import pytest

from eval.series import day, read, told
from sayso.pile.incidents import Incident, incidents_of, victims_of

Page = tuple[str, str, str, str]
C, F, G, U = "Quay Courier", "Fell Gazette", "River Guard", "dockers' union"
FLOOD = [
    ("2031-04-09", C, G, "The flood in Haldermouth on Tuesday killed 35 people and injured 90."),
    ("2031-04-09", F, G, "In Haldermouth the flood on Tuesday killed 35 people."),
    ("2031-04-10", C, U, "The flood in Haldermouth on Tuesday killed 60 people."),
    ("2031-04-11", C, G, "The flood in Haldermouth on Tuesday killed 41 people. In Haldermouth 12 people are missing."),
]


def incidents(pages: list[Page]) -> list[Incident]:
    readings = [read(page, f"page {n}") for n, page in enumerate(pages)]
    return incidents_of(told(readings), {reading.id: victims_of(reading) for reading in readings})


def shown(found: list[Incident]) -> list[tuple[str, set[str], dict[str, str]]]:
    """Date, places and ranges of people at large."""
    return [
        (
            day(each.date),
            set(each.places),
            {c.event: f"{c.least:g}-{c.most:g} {c.originators}" for c in each.counts if not c.who},
        )
        for each in found
    ]


def test_one_flood_told_by_two():
    (found,) = incidents(FLOOD)
    assert shown([found]) == [
        ("2031-04-08", {"haldermouth"}, {"killed": "35-60 2", "injured": "90-90 1", "missing": "12-12 1"})
    ]
    killed = found.counts[0]
    assert {by.name: (by.least, by.most, by.pages) for by in killed.by} == {U: (60, 60, 1), G: (35, 41, 3)}
    assert {by.name: by.latest.low for by in killed.by} == {U: 60, G: 41}
    assert len(found.documents) == 4


CASES: list[tuple[str, list[Page], list[tuple[str, set[str], dict[str, str]]]]] = [
    (
        "two days are two incidents",
        [("2031-04-09", C, G, "A fire in Vell on Monday killed 4 people."),
         ("2031-04-12", C, G, "A fire in Vell on Friday killed 2 people.")],
        [("2031-04-07", {"vell"}, {"killed": "4-4 1"}), ("2031-04-11", {"vell"}, {"killed": "2-2 1"})],
    ),
    (
        "two places are two incidents",
        [("2031-04-09", C, G, "A fire in Vell on Monday killed 4 people."),
         ("2031-04-09", C, G, "A fire in Orrin on Monday killed 2 people.")],
        [("2031-04-07", {"orrin"}, {"killed": "2-2 1"}), ("2031-04-07", {"vell"}, {"killed": "4-4 1"})],
    ),
    (
        "a district of that name is not told to be the town",
        [("2031-04-09", C, G, "The flood on Monday killed 4 people in Vell."),
         ("2031-04-09", C, G, "The flood on Monday killed 9 people in Vell district.")],
        [("2031-04-07", {"vell"}, {"killed": "4-4 1"}), ("2031-04-07", {"vell district"}, {"killed": "9-9 1"})],
    ),
    (
        "a date that nobody gives stays open",
        [("2031-04-09", C, G, "The fire in Vell killed 4 people."),
         ("2031-04-10", F, U, "The fire in Vell killed 6 people.")],
        [("-", {"vell"}, {"killed": "4-6 2"})],
    ),
    (
        "one page dates it, the other does not",
        [("2031-04-09", C, G, "The fire in Vell on Tuesday killed 4 people."),
         ("2031-04-10", F, U, "The fire in Vell killed 6 people.")],
        [("2031-04-08", {"vell"}, {"killed": "4-6 2"})],
    ),
    (
        "one originator in ten outlets is one",
        [("2031-04-09", f"Outlet {n}", G, "The fire in Vell on Tuesday killed 4 people.") for n in range(10)],
        [("2031-04-08", {"vell"}, {"killed": "4-4 1"})],
    ),
    (
        "a count of one day of a war is no incident",
        [("2031-04-09", C, G, "In the past 24 hours 18 people were killed in the war in Norland.")],
        [],
    ),
    (
        "casualties are neither killed nor injured",
        [("2031-04-09", C, G, "The blast in Orrin on Tuesday killed 12 people."),
         ("2031-04-09", F, U, "The blast in Orrin on Tuesday caused 40 casualties.")],
        [("2031-04-08", {"orrin"}, {"killed": "12-12 1", "casualties": "40-40 1"})],
    ),
    (
        "what is lost and is no person is no incident",
        [("2031-04-09", C, G, "After the storm in Orrin 40 boats are missing.")],
        [],
    ),
    (
        "detained and displaced are kept apart",
        [("2031-04-09", C, G, "At the protest in Tarn on Tuesday 45 people were arrested."),
         ("2031-04-09", F, G, "The protest in Tarn on Tuesday injured 9 people.")],
        [("2031-04-08", {"tarn"}, {"detained": "45-45 1", "injured": "9-9 1"})],
    ),
    (
        "who is not told counts as nobody known",
        [("2031-04-09", C, "?", "The fire in Vell on Tuesday killed 4 people.")],
        [("2031-04-08", {"vell"}, {"killed": "4-4 0"})],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("why", "pages", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_cases(why: str, pages: list[Page], wanted: list[tuple[str, set[str], dict[str, str]]]):
    assert shown(incidents(pages)) == wanted, why


def test_an_open_end_stays_open():
    (found,) = incidents([("2031-04-09", C, G, "At least 40 people were killed by the fire in Vell.")])
    assert (found.counts[0].low, found.counts[0].high, found.counts[0].most) == (40, None, 40)


def test_groups_are_told_apart():
    pages = [
        ("2031-04-09", C, G, "The fire in Vell killed 4 people."),
        ("2031-04-09", C, G, "The fire in Vell killed 2 children."),
    ]
    (found,) = incidents(pages)
    assert [(set(c.who), c.least) for c in found.counts] == [(set(), 4), ({"child"}, 2)]


def test_places_that_pages_tell_together_stand_beside_each_other():
    pages = [
        (
            "2031-04-09",
            C,
            G,
            "The flood on Monday killed 4 people in Vell. The flood on Monday killed 9 people in Orrin.",
        ),
        ("2031-04-10", C, G, "The flood on Monday killed 13 people in Vell and Orrin."),
    ]
    found = incidents(pages)
    assert {" ".join(sorted(each.places)) for each in found} == {"vell", "orrin", "orrin vell"}
    ids = {each.id for each in found}
    assert all(set(each.beside) == ids - {each.id} for each in found)


def test_order_does_not_matter():
    figures = told(read(page, f"page {n}") for n, page in enumerate(FLOOD))
    assert incidents_of(figures) == incidents_of(figures[::-1])


# --- names ---

NAMED: list[tuple[str, list[tuple[str, int | None]], str]] = [
    ("Odo Quill, 43, was killed in the fire.", [("Odo Quill", 43)], "a name, an age, what befell"),
    (
        "The dead were named as Odo Quill, 43, Mira Fenn and Ada Vell.",
        [("Odo Quill", 43), ("Mira Fenn", None), ("Ada Vell", None)],
        "named as",
    ),
    ("Police identified the victim as Ivo Brandt (19).", [("Ivo Brandt", 19)], "identified as"),
    ("Captain Ivo Brandt died in the blaze.", [("Ivo Brandt", None)], "a title is no part of the name"),
    ("Mayor Mira Halden said that nine people died.", [], "who speaks did not die"),
    ("Odo Quill was nearly killed.", [], "nearly"),
    ("The father of Odo Quill was killed.", [], "not he"),
    ("It was feared that Odo Quill was killed.", [], "feared"),
    ("The suspect was named as Odo Quill; nine people were killed.", [], "the suspect"),
    ("Nine People were killed.", [], "words with capitals are no name"),
    ("Twelve Northlanders were killed.", [], "nor is a number with a people"),
    ("The River Guard was founded when Odo Quill retired.", [], "nobody died"),
    ("Police named the street as Quill Lane, where two were killed years ago.", [], "years ago"),
    ("Quill died on Sunday.", [], "one name alone is too little"),
    ("The gunmen were named as Odo Quill and Mira Fenn, who killed six.", [], "those who killed"),
    ("The officer who killed them was identified as Odo Quill.", [], "who killed them is not who was killed"),
    ("Two people were killed and police named the driver as Odo Quill.", [], "who is named is no victim"),
    ("The man who died was named as Odo Quill.", [("Odo Quill", None)], "who died"),
    ("The two who were killed were identified as Odo Quill and Mira Fenn.", [("Odo Quill", None), ("Mira Fenn", None)], "who were killed"),
    ("The dead were named by the fire service as Odo Quill and Mira Fenn.", [("Odo Quill", None), ("Mira Fenn", None)], "by whom"),
    ("Those killed in the fire were identified as Odo Quill and Mira Fenn.", [("Odo Quill", None), ("Mira Fenn", None)], "those killed"),
    ("Officials said reports that Odo Quill was killed were untrue.", [], "untrue, behind the name"),
    ("Odo Quill, 43, was killed, the army said, but he called to say that he is alive.", [], "alive"),
    ("The army claimed that Odo Quill was killed.", [], "claimed"),
    ("Hopes that Odo Quill died easily.", [], "hopes"),
    ("Odo Quill died down yesterday.", [], "died down"),
    ("Odo Quill was killed off in the end.", [], "killed off"),
    ("Odo Quill was killedoff.", [], "a verb is a whole word"),
    ("Odo Quill died laughing at the joke.", [], "a manner of speaking"),
    ("On Tuesday the Mira Fenn was drowned.", [], "a ship"),
    ("Odo Quill was killed by gunmen on Tuesday.", [("Odo Quill", None)], "by whom he was killed says nothing against it"),
    ("Ana de la Vega drowned on Tuesday.", [("Ana de la Vega", None)], "small words in a name"),
]


@pytest.mark.parametrize(("text", "names", "why"), NAMED, ids=[row[2] for row in NAMED])
def test_names(text: str, names: list[tuple[str, int | None]], why: str):
    reading = read(("2031-04-09", C, "", text), "page a")
    found = victims_of(reading)
    assert [(v.name, v.age) for v in found] == names, why
    assert all(text[slice(*v.span)] == v.name for v in found)


def test_names_go_to_the_one_incident_of_their_page():
    text = "The fire in Vell on Tuesday killed 2 people. The dead were named as Odo Quill, 43, and Mira Fenn."
    (found,) = incidents([("2031-04-09", C, G, text)])
    assert [victim.name for _, victim in found.names] == ["Odo Quill", "Mira Fenn"]
    two = text + " On 1 March 2031 a storm killed 5 people in Orrin."
    assert all(not each.names for each in incidents([("2031-04-09", C, G, two)])), "of which the names are is not told"


def test_days_are_whole():
    assert day((date(2031, 4, 8).toordinal(),) * 2) == "2031-04-08"
