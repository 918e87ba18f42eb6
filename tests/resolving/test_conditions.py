"""Conditions by their wording, and whose terms they make; no model."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from dateline.errors import KnowledgeError
from dateline.kinds import ActorKind
from dateline.knowledge.terms import load
from dateline.reading import sentences
from dateline.reading.graph import Graph, Link, Mark
from dateline.record import Actor, Event, Participant, Statement
from dateline.resolving import term_features
from dateline.resolving.conditions import conditions, requirements
from dateline.resolving.term_party import spoken_for
from dateline.resolving.terms import resolve_terms

# text, form, condition, what hangs on it begins with
CASES = (
    ("The rebels will sign only if the army leaves Kalma, their chief said.", "only-if", "the army leaves Kalma", "The rebels"),
    ("Mali refused to meet them unless they gave up Kidal.", "unless", "they gave up Kidal", "Mali refused"),
    ("The militia would hold the bridge until its captives were freed.", "until", "its captives were freed", "The militia"),
    ("If the convoy is let through, the guns will fall silent.", "if", "the convoy is let through", "the guns"),
    ("He warned that should the shelling go on, talks would be called off.", "if", "the shelling go on", "talks"),
    ("Juba would open the river once Riek's men had pulled back.", "if", "Riek's men had pulled back", "Juba"),
    ("There can be no truce without the siege being lifted.", "without", "the siege being lifted", "There"),
    ("They would talk, provided that the mediator was changed.", "if", "the mediator was changed", "They"),
    ("The front would only back it if the army left.", "only-if", "the army left", "The front"),
    ("The rebels gave the mayor until 5 a.m. on Sunday to leave town or face an assault.", "unless", "leave town", "face an assault"),
    ("The army must quit the port before the front talks to it.", "until", "The army must quit the port", "the front talks"),
    ("“No guarantees, no handover,” the militia said.", "without", "guarantees", "handover"),
    ("The rebels must quit the port if talks are to resume.", "only-if", "The rebels must quit the port", "talks are"),
    ("The envoy said on Friday that Juba has to free them if the truce is to hold.", "only-if", "Juba has to free them", "the truce"),
    ("In return the government is to free 300 captives.", "if", "the government is to free 300 captives", "In return"),
    ("Without an escort, the convoys would turn back.", "without", "an escort", "the convoys"),
    ("The front would come home if a settlement was reached.", "if", "a settlement was reached", "The front"),
    ("The emir will free them if the siege ends, U.S. envoy Ann Poe told reporters.", "if", "the siege ends", "The emir"),
    ("The junta insists that the airlift stop before it receives envoys.", "until", "the airlift stop", "it receives"),
    ("The junta insists that the airlift stop before any talks.", "until", "the airlift stop", "any talks"),
    ("Should the shelling go on, the front will leave the talks.", "if", "the shelling go on", "the front"),
    ("The front would disarm when the garrison had left, and not before.", "only-if", "the garrison had left", "The front"),
    ("The front would disarm when the garrison had left.", "if", "the garrison had left", "The front"),
    ("The emir ruled out any pause as long as one tank remained in the valley.", "until", "one tank remained in the valley", "The emir"),
    ("The front would come subject to the release of its leader.", "only-if", "the release of its leader", "The front"),
    ("Rabat made the pullout conditional on the return of its captives.", "only-if", "the return of its captives", "Rabat"),
    ("It offered an amnesty to anyone who handed in a rifle.", "if", "anyone who handed in a rifle", "It offered"),
    ("The bloc gave the officers ten days to free the president.", "unless", "free the president", "The bloc"),
    ("Pull the guns off the ridge or be bombed, the alliance told them.", "unless", "Pull the guns off the ridge", "be bombed"),
    ("The front asked for amnesty as the price of laying down its arms.", "demand", "amnesty", "laying down"),
    ("The emir tied the reopening of the road to the release of his brother.", "only-if", "the release of his brother", "the reopening"),
    ("The front will sign on one condition: that the army leave Kalma.", "if", "the army leave Kalma", "The front"),
    ("He called it possible but only after talks with the king, whose court will refuse.", "only-if", "talks with the king", "He called it"),
    ("The front would sign, its chief said, if the army left Kalma.", "if", "the army left Kalma", "The front"),
    ("Water flows if the dam is handed back.", "if", "the dam is handed back", "Water"),
    ('The front would come home "as soon as" its leader was free.', "if", "its leader was free", "The front"),
    ("The front wants the siege lifted first.", "until", "the siege lifted", "The front"),
    ("In return it wants the airport opened.", "if", "the airport opened", "In return"),
    ("The front will stay away unless water, power and telephones are restored.", "unless", "water, power and telephones are restored", "The front"),
    ("Lome will withdraw on condition that the sultan steps down.", "only-if", "the sultan steps down", "Lome"),
    ("The truce depends on the sultan's leaving Kalma.", "only-if", "the sultan's leaving Kalma", "The truce"),
    ("It would add a day for every ten captives set free.", "if", "ten captives set free", "It would"),
    ("The front would consider it were the army to leave Kalma.", "if", "the army to leave Kalma", "The front"),
    ("The sultan warned that any raid across the river would be answered.", "if", "any raid across the river", "would be"),
    ("The front asks in exchange that the arrests stop.", "if", "the arrests stop", "The front"),
    ("The emir's demand was that the fleet leave.", "demand", "the fleet leave", "The emir"),
    ("Before any talks, the junta must pull its guns back.", "until", "the junta must pull its guns back", "any talks"),
    ("The emir demanded their release on pain of sanctions.", "unless", "their release", "sanctions"),
    ("The front demanded that the army leave Kalma or else it would march.", "unless", "the army leave Kalma", "The front"),
    ("Nothing short of a withdrawal would satisfy the front.", "unless", "a withdrawal", "would satisfy"),
    ("Lome refused any meeting while guns were fired at its posts.", "until", "guns were fired at its posts", "Lome"),
    ("The sultan vowed to answer any raid across the river.", "if", "any raid across the river", "answer"),
    ("The junta said whoever left would go free.", "if", "whoever left", "would go free"),
    ("It would have to reconsider the truce if the raids went on.", "if", "the raids went on", "It would"),
    ("The front freed its captives in return for wages, their first in a year.", "if", "wages", "The front"),
    ("The front will sign on the understanding that the army leaves.", "only-if", "the army leaves", "The front"),
    ("The front would disarm if the garrison left, and not otherwise.", "only-if", "the garrison left", "The front"),
    ("Any deal must include the release of detainees, its leader said.", "demand", "the release of detainees", "Any deal"),
)  # fmt: skip
NONE = (
    "Reporters asked if the army would leave Kalma.",
    "It was not known if the convoy would be let through.",
    "The envoy waited until Monday.",
    "The fort fell without a shot.",
    "The general was once a teacher and would be one again.",
    "He would have signed if the guns had stopped.",
    "They will fire on the town again at once.",
    "The army stayed put hours before a deadline for it to leave.",
    "Villagers asked whether talks would go on if the army left.",
    "The general said he would go, while others called for his trial.",
)


@pytest.mark.parametrize(("text", "form", "condition", "main"), CASES, ids=lambda x: x[:30])
def test_a_condition_its_form_and_what_hangs_on_it(text: str, form: str, condition: str, main: str) -> None:
    (found,) = conditions(text, (0, len(text)), [])
    assert found.form == form
    assert text[slice(*found.span)] == condition
    assert text[slice(*found.main)].startswith(main)


@pytest.mark.parametrize("text", NONE, ids=lambda x: x[:30])
def test_questions_dates_and_what_might_have_been_are_none(text: str) -> None:
    assert conditions(text, (0, len(text)), []) == []


def test_requirements_joined_by_and_are_two_where_each_has_its_act() -> None:
    text = "the army leaves and the prisoners are freed"
    acts = [(9, 15), (38, 43)]
    assert [text[a:b] for a, b in requirements(text, (0, len(text)), acts)] == [
        "the army leaves",
        "the prisoners are freed",
    ]
    both = "the army and the police leave"
    assert len(requirements(both, (0, len(both)), [(24, 29)])) == 1
    awaited = "pledges obliging the army and the police to leave"
    assert len(requirements(awaited, (0, len(awaited)), [(0, 7), (44, 49)])) == 1


def _read(
    text: str,
    actors: dict[str, str],
    acts: dict[str, tuple[str, str]],
    kinds: Mapping[str, ActorKind] = MappingProxyType({}),
    marked: bool = False,
    chance: float = 0.5,
) -> list[tuple[str, str, list[str]]]:
    """Terms of a text as (party, form, requirements); `actors`: words -> id, `acts`: words -> (status, actor)."""
    marks = [Mark("actor", text.index(w), text.index(w) + len(w)) for w in actors]
    marks += [Mark("trigger", text.index(w), text.index(w) + len(w)) for w in acts]
    if marked:
        marks.append(Mark("requirement", len(text) - 12, len(text) - 1, labels={"form": "without"}))
    links = (Link("party", len(marks) - 1, 0, 0.9),) if marked else ()
    events = [
        Event(
            id=f"e{i}", type="RETREAT", status=status, trigger=(text.index(w), text.index(w) + len(w)), sentence=(0, len(text)),
            actor=[Participant(id=who, span=(0, 1))] if who else [], recipient=[], confidence=1,
        )
        for i, (w, (status, who)) in enumerate(acts.items(), 1)
    ]  # fmt: skip
    graph = Graph(text, tuple(sentences.split(text)), tuple(marks), links, (((0, len(text)), chance),))
    of_mark = {i: (who,) for i, who in enumerate(actors.values())}
    who = [Actor(id=i, key=None, name=i, kind=kind, mentions=[]) for i, kind in kinds.items()]  # type: ignore[call-arg]
    found = resolve_terms(graph, of_mark, events, (), who)
    return [(t.party or "", t.form, [q.action for q in t.requires]) for t in found]


def test_the_party_is_the_subject_of_the_promise() -> None:
    text = "Envoys told the junta that the rebels would disarm only if the army left."
    actors = {"the junta": "a1", "the rebels": "a2", "the army": "a3"}
    acts = {"disarm": ("conditional", "a2"), "left": ("conditional", "a3")}
    assert _read(text, actors, acts) == [("a2", "only-if", ["the army left"])]


def test_what_happened_makes_no_term_without_a_mark_of_the_model() -> None:
    text = "The rebels will mark the day if the army left."
    assert _read(text, {"The rebels": "a1"}, {"mark": ("happened", "a1"), "left": ("happened", "")}) == []


def test_what_was_done_until_something_happened_is_none() -> None:
    text = "Police fired until the crowd fled."
    assert _read(text, {"Police": "a1"}, {"fired": ("happened", "a1"), "fled": ("happened", "")}) == []


def test_what_is_about_the_weather_is_none() -> None:
    text = "The growers will not begin the harvest until the frost has passed."
    assert _read(text, {"The growers": "a1"}, {"begin": ("negated", "a1")}, {"a1": "other"}) == []


def test_the_model_may_speak_against_what_is_worded_as_a_condition() -> None:
    text = "Envoys told the junta that the rebels would disarm only if the army left."
    actors = {"the junta": "a1", "the rebels": "a2", "the army": "a3"}
    acts = {"disarm": ("conditional", "a2"), "left": ("conditional", "a3")}
    assert _read(text, actors, acts, chance=0.02) == []


def test_who_speaks_for_a_side_gives_way_to_it() -> None:
    text = "The front would disarm once the army had left Kalma, its spokesman said."
    actors = {"The front": "a1", "the army": "a2", "its spokesman": "a3"}
    acts = {"disarm": ("conditional", "a1"), "left": ("conditional", "a2")}
    assert _read(text, actors, acts, {"a1": "rebel", "a2": "military", "a3": "person"}) == [
        ("a1", "if", ["the army had left Kalma"])
    ]


def test_a_weight_that_is_no_number_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(term_features, "load_table", lambda path: {"term": {"bias": "much"}})
    term_features.weights.cache_clear()
    with pytest.raises(KnowledgeError, match="no number for bias"):
        term_features.weights("term")
    monkeypatch.undo()
    term_features.weights.cache_clear()


def test_an_analysts_guess_is_nobodys_term() -> None:
    text = "Analysts expect that the rebels would disarm if the army left."
    acts = {"disarm": ("conditional", "a2"), "left": ("conditional", "a3")}
    assert _read(text, {"the rebels": "a2", "the army": "a3"}, acts) == []


def test_a_mark_whose_form_does_not_stand_in_the_text_is_none() -> None:
    text = "The rebels said they would never lay down their arms, whatever is settled."
    assert _read(text, {"The rebels": "a1"}, {"lay down": ("negated", "a1")}, marked=True) == []


def test_the_wordings_load_and_every_form_has_an_opener() -> None:
    assert {o.form for o in load().openers} >= {"only-if", "if", "unless", "until", "without"}


def test_a_side_that_is_somebodys_is_not_its_owner() -> None:
    text = "Peru's opposition rose. Speaking for Peru's opposition, its head said it would talk only if the army left."
    owner, noun = text.index("Peru's opposition,"), text.index("opposition")
    head = text.index("its head")
    cue = text.index("said")
    marks = (
        Mark("actor", noun, noun + 10), Mark("actor", owner, owner + 4), Mark("actor", head, head + 8), Mark("cue", cue, cue + 4, 0.9, {"stance": "says"}),
    )  # fmt: skip
    graph = Graph(text, sentences.split(text), marks, ())
    said = Statement(
        id="s1", speaker="a3", speaker_span=(head, head + 8), cue=(cue, cue + 4), content=[(cue + 5, len(text) - 1)],
        quoted=False, stance="says", events=[], confidence=0.9,
    )  # fmt: skip
    assert spoken_for(graph, {0: ("a1",), 1: ("a2",), 2: ("a3",)}, (said,)) == {"a3": "a1"}


def test_who_is_asked_for_what_is_its_own_to_do_waits_for_nobody() -> None:
    text = "The front has ended talks, without leaving town."
    for doer, terms in (("a1", 0), ("a2", 1)):
        acts = {"ended": ("happened", "a1"), "leaving": ("conditional", doer)}
        assert len(_read(text, {"front": "a1"}, acts, marked=True)) == terms
