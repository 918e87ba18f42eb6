"""Words around a trigger or cue that show that it is no act, no statement."""

from __future__ import annotations

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge import ontology
from dateline.reading.graph import Graph, Mark
from dateline.record import EventType
from dateline.resolving.no_act import CUES, is_none, rules
from dateline.resolving.what import resolve_events


@pytest.mark.parametrize(
    ("text", "trigger", "type_", "is_act"),
    [
        ("A spokesman did not answer a request for comment.", "request", "REQUEST", False),
        ("Mali made a request for more troops.", "request", "REQUEST", True),
        ("A truce followed the earthquake that killed 3,800 people.", "killed", "ASSAULT", False),
        ("Floods in Sindh have displaced thousands.", "displaced", "COERCE", False),
        ("After the earthquake, soldiers killed two looters.", "killed", "ASSAULT", True),
        ("Attack helicopters flew over the town.", "Attack", "ASSAULT", False),
        ("Gunmen made coordinated attacks on two bases.", "coordinated", "COOPERATE", False),
        ("The two armies coordinated patrols on the river.", "coordinated", "COOPERATE", True),
        ("Lima let it be known that it was ready.", "let", "RETREAT", False),
        ("Lima let the convoy in.", "let", "RETREAT", True),
        ("Both sides held their fire.", "fire", "ASSAULT", False),
        ("An official asked not to be named.", "asked", "REQUEST", False),
        ("The rebels asked not to be shelled.", "asked", "REQUEST", True),
        ("He feared a world war.", "war", "ASSAULT", False),
        ("They have shoulder-fired missiles.", "fired", "ASSAULT", False),
        ("The raids hurt the militia's financing.", "hurt", "ASSAULT", False),
        ("The raids hurt the militia's leader.", "hurt", "ASSAULT", True),
        ("The office that deals with refugees was shut.", "deals", "AGREE", False),
        ("Ba indignantly demanded a vote.", "indignantly", "REJECT", False),
        ("They rally opposed villages.", "rally", "PROTEST", True),
        ("An attack on the town killed two.", "attack", "ASSAULT", True),
        ("Howitzers stood behind the withdrawal lines.", "withdrawal", "RETREAT", False),
        ("The withdrawal of the guns began.", "withdrawal", "RETREAT", True),
        ("The rebels released photographs of the pilot.", "released", "RETREAT", False),
        ("The rebels released the pilot.", "released", "RETREAT", True),
        ("Two soldiers were returning from leave.", "returning", "RETREAT", False),
        ("Two battalions were returning from Zenda.", "returning", "RETREAT", True),
        ("The mission observed four tanks.", "observed", "ASSAULT", False),
        ("The mission observed the truce.", "observed", "RETREAT", True),
        ("They set the embassy on fire.", "fire", "ASSAULT", False),
        ("Their fire hit the embassy.", "fire", "ASSAULT", True),
        ("Rebels took full control of Zenda.", "control", "ASSAULT", False),
        ("Rebels fight for the control of Zenda.", "control", "ASSAULT", True),
        ("The militants held sermons in the mosque.", "held", "COERCE", False),
        ("The militants held two nuns in the mosque.", "held", "COERCE", True),
        ("Investors pulled away from bonds.", "pulled away", "RETREAT", False),
        ("The army pulled away from the ridge.", "pulled away", "RETREAT", True),
        ("Deserters shed their uniforms.", "shed", "COERCE", False),
        ("The rebels shed civilian blood.", "shed", "ASSAULT", True),
        ("A round-the-clock line takes calls.", "round", "CONSULT", False),
        ("It was a battle for Ruritanian hearts and minds.", "battle", "ASSAULT", False),
        ("The battle for Zenda began.", "battle", "ASSAULT", True),
        ("The war made a humanitarian emergency worse.", "emergency", "COERCE", False),
        ("The king declared an emergency.", "emergency", "COERCE", True),
    ],
)
def test_words_around_a_trigger(text: str, trigger: str, type_: EventType, is_act: bool) -> None:
    start = text.index(trigger)
    assert is_none(text, (start, start + len(trigger)), type_) is not is_act


@pytest.mark.parametrize(
    ("text", "cue", "stance", "reports"),
    [
        ("By Amina Said in Zenda", "Said", "says", False),
        ("Nobody expected it, Said the general on Monday.", "Said", "says", True),
        ("He spoke of a pause, referring to the accord of May.", "referring", "says", False),
        ("Guns will leave according to the timetable of May.", "according", "says", False),
        ("Guns will leave, according to the ministry.", "according", "says", True),
        ("Police held the alleged bombers.", "alleged", "accuses", False),
        ("Mayor Ba, asked in Zenda about the toll, said it was high.", "asked", "demands", False),
        ("Mayor Ba, who was in Zenda, asked about the toll.", "asked", "demands", True),
        ("Asked by reporters about his criticism of the king, he fled.", "criticism", "condemns", False),
        ("Its criticism of the king was sharp.", "criticism", "condemns", True),
        ("The junta declared a state of emergency.", "declared", "says", False),
        ("The front declared a truce.", "declared", "pledges", True),
        ("A judge condemned him to hang.", "condemned", "condemns", False),
        ("A judge condemned the raid.", "condemned", "condemns", True),
        ("The minister tendered his resignation.", "tendered", "welcomes", False),
        ("Ruritania declined to join.", "declined", "rejects", False),
        ("Ruritania expressed deep regret.", "regret", "says", False),
        ("The clerk's stance is known.", "stance", "rejects", False),
        ("Officials had considered an airlift.", "considered", "says", False),
        ("Callers were asked to call and report shelling.", "report", "accuses", False),
        ("Officials report shelling.", "report", "says", True),
        ("Callers have been encouraged to ring.", "encouraged", "demands", False),
    ],
)
def test_words_around_a_cue(text: str, cue: str, stance: str, reports: bool) -> None:
    start = text.index(cue)
    assert is_none(text, (start, start + len(cue)), stance, CUES) is not reports


def test_ids_are_counted_through() -> None:
    text = "After a request for comment the army shelled Ada."
    labels = {"status": "happened", "mode": ""}
    marks = tuple(
        Mark("trigger", text.index(w), text.index(w) + len(w), 0.9, {"type": t, **labels})
        for w, t in (("request", "REQUEST"), ("shelled", "ASSAULT"))
    )
    left = resolve_events(Graph(text, ((0, len(text)),), marks, ()), {}, (), (), ontology.load())
    assert [(e.id, e.type) for e in left] == [("e1", "ASSAULT")]


def test_a_table_with_faults_names_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "dateline.resolving.no_act.load_table", lambda _: {"rule": [{"why": "x"}, {"before": "a", "types": ["SING"]}]}
    )
    with pytest.raises(KnowledgeError) as error:
        rules.__wrapped__()
    assert "rule 1" in str(error.value) and "SING" in str(error.value)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Two hotels are fighting over the best views of the bay.", "fighting"),
        ("The glider is fired from a catapult on the roof.", "fired"),
        ("Copper came under attack from Chinese selling.", "attack"),
        ("The horn was blown at noon.", "blown"),
        ("The launch struck a sunken barge near the mole.", "struck"),
    ],
)
def test_figures_of_speech_and_accidents_are_no_attacks(text: str, trigger: str) -> None:
    at = text.index(trigger)
    assert is_none(text, (at, at + len(trigger)), "ASSAULT")


@pytest.mark.parametrize(
    ("text", "trigger", "type_", "none"),
    [
        ("The drought puts two million people at risk of hunger.", "hunger", "ASSAULT", True),
        ("Refugees are arriving in the camp.", "arriving", "AID", True),
        ("A convoy of flour arriving in the camp was cheered.", "arriving", "AID", False),
        ("The firm is diverting its own tankers.", "diverting", "COERCE", True),
        ("The navy had lost contact with the boat.", "contact", "CONSULT", True),
        ("The envoys had contact in Oslo.", "contact", "CONSULT", False),
        ("Police must establish who fired.", "establish", "MOBILIZE", True),
        ("The outbreak of measles left nine infants dead.", "dead", "ASSAULT", True),
        ("The outbreak of war left nine infants dead.", "dead", "ASSAULT", False),
        ("Planes dropped more water on the ridge.", "dropped", "ASSAULT", True),
        ("Planes dropped barrel bombs on the ridge.", "dropped", "ASSAULT", False),
        ("Resistance to drugs grew.", "Resistance", "ASSAULT", True),
        ("He broke his jaw in a clash of heads.", "clash", "ASSAULT", True),
        ("They died in a clash of militias.", "clash", "ASSAULT", False),
        ("A last offensive against the pests began.", "offensive", "ASSAULT", True),
        ("She was struck on the ankle by a slap shot.", "struck", "ASSAULT", True),
        ("She was struck on the ankle by a soldier.", "struck", "ASSAULT", False),
        ("The town was bombed with droppings.", "bombed", "ASSAULT", True),
    ],
)
def test_what_befalls_people_is_done_by_nobody(text: str, trigger: str, type_: EventType, none: bool) -> None:
    at = text.index(trigger)
    assert is_none(text, (at, at + len(trigger)), type_) is none


def test_what_is_left_of_a_verb_is_no_cue() -> None:
    text = "Ba hit out at Borduria."
    assert is_none(text, (7, 10), "denies", CUES)


def test_an_adverb_is_no_cue() -> None:
    text = "Ba defiantly pledged to fight on."
    assert is_none(text, (3, 12), "pledges", CUES)
    assert not is_none(text, (13, 20), "pledges", CUES)
