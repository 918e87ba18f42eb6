"""What does an archive answer? The same on both databases."""

from datetime import date

import pytest

from dateline.archive import ask
from dateline.archive.ask import Question
from dateline.archive.link import link
from dateline.errors import BadQuestion, UnknownActor, UnknownPlace
from tests.archive.asked import STORIES, fill

SHELLINGS = ["r3 e1", "r2 e1", "r1 e1"]
CASES = {
    "everything, the latest first, undated last": (Question(), [*SHELLINGS, "r1 e2", "r2 e2", "r3 e2"]),
    "an actor with what the record has as part of it": (Question(actors=("Turkey",)), ["r1 e1", "r1 e2"]),
    "an actor alone": (Question(actors=("Turkey",), alone=True), ["r1 e1"]),
    "an actor by its key": (Question(actors=("state:RUS",), alone=True), ["r2 e1"]),
    "an actor by its seat of government": (Question(actors=("Ankara",), alone=True), ["r1 e1"]),
    "a movement with its wings in the register": (Question(actors=("SDF",), alone=False, types=("ASSAULT",)), ["r3 e1"]),
    "either of two actors": (Question(actors=("Turkey", "Russia"), alone=True), ["r2 e1", "r1 e1"]),
    "an actor that only the archive knows": (Question(actors=("PEOPLE",)), SHELLINGS),
    "in a role": (Question(actors=("people",), role="actor"), []),
    "two actors in one event": (Question(actors=("Turkey",), with_actors=("people",)), ["r1 e1"]),
    "a country": (Question(country="Syria"), SHELLINGS),
    "a country by name, with what lies in it": (Question(place="Syria"), SHELLINGS),
    "a town": (Question(place="Azaz"), ["r1 e1"]),
    "within kilometres of a town": (Question(place="Azaz", km=25), ["r3 e1", "r1 e1"]),
    "within kilometres of a point": (Question(point=(35.13, 36.75), km=5), ["r2 e1"]),
    "just out of reach": (Question(point=(35.13, 36.75), km=0.5), []),
    "days of the event": (Question(since=date(2016, 2, 21), until=date(2016, 2, 28)), ["r2 e1"]),
    "days of the report": (Question(since=date(2016, 2, 24), reported=True, types=("ASSAULT",)), ["r3 e1", "r2 e1"]),
    "a type": (Question(types=("RETREAT",)), ["r1 e2", "r2 e2", "r3 e2"]),
    "a mode": (Question(modes=("heavy-weapons",)), SHELLINGS),
    "a status": (Question(statuses=("conditional",)), ["r1 e2", "r2 e2", "r3 e2"]),
    "an outlet": (Question(source="wire"), ["r2 e1", "r2 e2"]),
    "a report": (Question(source="r3"), ["r3 e1", "r3 e2"]),
    "on whose word": (Question(said_by="Observatory"), SHELLINGS),
    "not on the word of who denies it": (Question(said_by="army"), []),
    "disputed": (Question(disputed=True), SHELLINGS),
    "undisputed": (Question(disputed=False), ["r1 e2", "r2 e2", "r3 e2"]),
}  # fmt: skip


def test_questions_are_answered(archive):
    fill(archive)
    wrong = {}
    for name, (question, expected) in CASES.items():
        found = [f"{x.report} {x.event}" for x in ask.events(archive, question)]
        if found != expected:
            wrong[name] = found
    assert wrong == {}
    assert [x.report for x in ask.events(archive, most=2)] == ["r3", "r2"]


def test_a_line_has_who_where_how_many_and_on_whose_word(archive):
    fill(archive)
    x = next(ask.events(archive, Question(source="r2", types=("ASSAULT",))))
    assert (x.actors, x.recipients, x.place, x.killed_low, x.killed_high) == ("Russia", "people", "Hama", 30, 30)
    assert (x.said_by, x.denied_by, x.disputed) == ("Observatory", "army", True)
    text = STORIES[1].report.text
    assert text[x.trigger_start : x.trigger_end] == "shelled" and x.words in text


def test_totals_by_period_and_split(archive):
    fill(archive)
    happened = Question(types=("ASSAULT",))

    def found(by, split=None, question=happened):
        return [(t.period, t.split, t.count) for t in ask.totals(archive, question, by, split)]

    assert found("day") == [("2016-02-20", None, 1), ("2016-02-23", None, 1), ("2016-03-01", None, 1)]
    assert found("week") == [("2016-W07", None, 1), ("2016-W08", None, 1), ("2016-W09", None, 1)]
    assert found("month", "outlet") == [("2016-02", "Desk", 1), ("2016-02", "Wire", 1), ("2016-03", "Desk", 1)]
    assert found("year", "actor") == [("2016", n, 1) for n in ("group:YPG", "state:RUS", "state:TUR")]
    assert found("year", "disputed", Question()) == [("2016", "disputed", 3), (None, "undisputed", 3)]
    assert sum(t[2] for t in found("day", question=Question())) == 6


def test_what_stands_beside_events(archive):
    fill(archive)
    actors = {a.name: (a.as_actor, a.as_recipient) for a in ask.actors(archive)}
    assert actors["people"] == (0, 3) and actors["Turkey"] == (1, 0) and actors["army"] == (3, 0)
    assert {a.name for a in ask.actors(archive, Question(actors=("Turkey",)))} == {"Turkey", "army"}
    assert [(p.name, p.events) for p in ask.places(archive, Question(place="Azaz", km=25))] == [
        ("Azaz", 1),
        ("Marea", 1),
    ]
    assert [(f.low, f.words, f.place) for f in ask.figures(archive, Question(measures=("killed",)))] == [
        (3, "3", "Marea"),
        (30, "30", "Hama"),
        (12, "12", "Azaz"),
    ]
    assert [f.low for f in ask.figures(archive, Question(place="Azaz"))] == [12]
    term = next(ask.terms(archive, Question(actors=("Turkey",))))
    assert (term.party, term.form, term.commitment, term.requires, term.by) == (
        "army",
        "only-if",
        "stop",
        "left",
        "rebels",
    )
    said = list(ask.statements(archive, Question(actors=("army",), source="r1")))
    assert [(s.speaker, s.stance) for s in said] == [("army", "denies")]


def test_incidents_are_asked_by_what_tells_of_them(archive):
    fill(archive)
    link(archive)
    everything = list(ask.incidents(archive))
    assert [x.start for x in everything[:3]] == [date(2016, 3, 1), date(2016, 2, 23), date(2016, 2, 20)]
    turkish = [x for x in ask.incidents(archive, Question(actors=("Turkey",), types=("ASSAULT",)))]
    assert [(x.place, x.killed_low, x.denied_by, x.disputed) for x in turkish] == [("Azaz", 12, "army", True)]
    found = ask.totals(archive, Question(types=("ASSAULT",)), "month", of="incidents")
    assert [(t.period, t.count, t.killed_low) for t in found] == [("2016-02", 2, 42), ("2016-03", 1, 3)]
    assert next(ask.events(archive, Question(source="r1", types=("ASSAULT",)))).incident == turkish[0].incident


@pytest.mark.parametrize(
    ("question", "error"),
    [
        (Question(actors=("Nobody of that name",)), UnknownActor),
        (Question(said_by="Nobody of that name"), UnknownActor),
        (Question(place="Nowhere of that name"), UnknownPlace),
        (Question(country="Nowhere of that name"), UnknownPlace),
        (Question(place="Nowhere of that name", km=5), UnknownPlace),
    ],
)
def test_an_unknown_name_is_told_not_guessed(archive, question, error):
    fill(archive)
    with pytest.raises(error, match="of that name"):
        list(ask.events(archive, question))


def test_all_that_is_wrong_with_a_question_is_told_at_once():
    with pytest.raises(BadQuestion, match=r"'WAR'.*'maybe'.*after.*km needs"):
        Question(types=("WAR",), statuses=("maybe",), since=date(2016, 2, 2), until=date(2016, 2, 1), km=3)
    with pytest.raises(BadQuestion, match="degrees north"):
        Question(point=(120.0, 4.0), km=3)
