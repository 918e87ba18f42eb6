from __future__ import annotations

from typing import cast

import pytest

from dateline.record import Status
from dateline.resolving.kind import settle_type
from dateline.resolving.nominal import is_lead_in, is_light


@pytest.mark.parametrize(
    "text, trigger, was, status, becomes",
    [
        ("Nigeria deployed 230 peacekeepers to Liberia.", "deployed", "MOBILIZE", "happened", ("AID", "happened")),
        ("Russia deployed 230 tanks on the border.", "deployed", "MOBILIZE", "happened", ("MOBILIZE", "happened")),
        ("Gunmen attacked a peacekeeping patrol.", "attacked", "ASSAULT", "happened", ("ASSAULT", "happened")),
        ("The rebels said they will release ten soldiers.", "release", "RETREAT", "intended", ("AGREE", "intended")),
        ("Peru urged the rebels to release ten soldiers.", "release", "RETREAT", "demanded", ("RETREAT", "demanded")),
        ("The rebels will shell the town.", "shell", "ASSAULT", "intended", ("ASSAULT", "intended")),
        ("Peru will not lift the curfew.", "lift", "CONCEDE", "negated", ("REJECT", "happened")),
        ("Peru did not lift the curfew.", "lift", "CONCEDE", "negated", ("CONCEDE", "negated")),
        ("The party said it would boycott the vote.", "boycott", "PROTEST", "intended", ("THREATEN", "happened")),
        ("The union will hold a sit-in on Friday.", "sit-in", "PROTEST", "intended", ("THREATEN", "happened")),
        ("The party boycotted the vote.", "boycotted", "PROTEST", "happened", ("PROTEST", "happened")),
        (
            "He said lifting the ban on imports is out of the question.",
            "lifting",
            "CONCEDE",
            "conditional",
            ("REJECT", "happened"),
        ),
        ("The city did not give permission for it.", "give permission", "CONCEDE", "happened", ("REJECT", "happened")),
        ("The envoys failed to reach a deal.", "reach", "CONSULT", "negated", ("REJECT", "happened")),
        ("The front called off its 14-month truce.", "called off", "CONCEDE", "happened", ("REJECT", "happened")),
        ("The front called off its boycott.", "called off", "CONCEDE", "happened", ("CONCEDE", "happened")),
        ("Police stormed the camp.", "stormed", "COERCE", "happened", ("ASSAULT", "happened")),
        ("The navy imposed a naval blockade.", "blockade", "COERCE", "happened", ("ASSAULT", "happened")),
        ("The blockade of two ports went on.", "blockade", "COERCE", "happened", ("COERCE", "happened")),
        ("Rebels violated the truce twice.", "violated", "COERCE", "happened", ("ASSAULT", "happened")),
        ("Peru summoned the Chilean ambassador.", "summoned", "REQUEST", "happened", ("ACCUSE", "happened")),
        ("Peru ordered an independent inquiry.", "ordered", "REQUEST", "happened", ("ACCUSE", "happened")),
        ("Peru called for an independent inquiry.", "called", "REQUEST", "happened", ("REQUEST", "happened")),
        ("Peru sent 40 election observers.", "sent", "MOBILIZE", "happened", ("AID", "happened")),
        ("Peru sent troops to the line.", "sent", "MOBILIZE", "happened", ("MOBILIZE", "happened")),
        ("Peru will host the summit.", "host", "CONSULT", "intended", ("AGREE", "intended")),
        ("The summit will be held.", "held", "CONSULT", "intended", ("CONSULT", "intended")),
        ("The army said it would pull back.", "pull back", "RETREAT", "intended", ("RETREAT", "intended")),
        ("Ba said he would not resign.", "resign", "RETREAT", "negated", ("RETREAT", "negated")),
        ("Ba will not be released.", "released", "RETREAT", "negated", ("RETREAT", "negated")),
        ("Peru violated the embargo.", "violated", "ACCUSE", "happened", ("REJECT", "happened")),
        ("Miners will not end the strike.", "end", "RETREAT", "negated", ("REJECT", "happened")),
        ("Peru refused to lift the ban.", "lift", "CONCEDE", "negated", ("REJECT", "happened")),
        ("Peru refused to receive him.", "receive", "CONSULT", "negated", ("CONSULT", "negated")),
        ("Peru will not begin talks until it ends.", "talks", "CONSULT", "conditional", ("REJECT", "happened")),
        ("Peru and Chile failed to reach a deal.", "deal", "AGREE", "negated", ("REJECT", "happened")),
        ("The mayor did not give permission.", "give", "CONCEDE", "negated", ("REJECT", "happened")),
        ("Peru gave them a three-day deadline.", "gave", "CONCEDE", "happened", ("THREATEN", "happened")),
        ("Peru launched legal action against Chile.", "action", "SANCTION", "happened", ("ACCUSE", "happened")),
        ("Ba launched a scathing attack on Sow.", "attack", "ASSAULT", "happened", ("ACCUSE", "happened")),
        ("Ba launched a mortar attack on Sow.", "attack", "ASSAULT", "happened", ("ASSAULT", "happened")),
        ("Peru eased the night curfew.", "eased", "COERCE", "happened", ("CONCEDE", "happened")),
        ("Peru gave the airline permission to land.", "gave", "AGREE", "happened", ("CONCEDE", "happened")),
        ("The minister approved a request for help.", "approved", "SUPPORT", "happened", ("CONCEDE", "happened")),
        ("Two jets forced the airliner to land.", "forced", "ASSAULT", "happened", ("COERCE", "happened")),
        ("Two jets forced the rebels out.", "forced", "ASSAULT", "happened", ("ASSAULT", "happened")),
        ("Peru suspended publication of El Sol.", "suspended", "SANCTION", "happened", ("COERCE", "happened")),
        ("A judge ordered the arrest of Ba.", "ordered", "REQUEST", "happened", ("COERCE", "happened")),
        ("The president ordered the arrest of Ba.", "ordered", "REQUEST", "happened", ("REQUEST", "happened")),
        ("Peru passed intelligence to Chile.", "passed", "AID", "happened", ("COOPERATE", "happened")),
        ("Peru opened its borders to refugees.", "opened", "CONCEDE", "happened", ("AID", "happened")),
        ("Peru opened its borders to trade.", "opened", "CONCEDE", "happened", ("CONCEDE", "happened")),
        ("Teachers on strike marched.", "strike", "ASSAULT", "happened", ("PROTEST", "happened")),
        ("The rebels would hold their fire.", "hold", "ASSAULT", "intended", ("RETREAT", "intended")),
        ("Talks will resume in Lima.", "resume", "RETREAT", "intended", ("CONSULT", "intended")),
        ("Unions called off their strike.", "called off", "REJECT", "happened", ("CONCEDE", "happened")),
        ("Joint drills began off Lima.", "drills", "MOBILIZE", "happened", ("COOPERATE", "happened")),
        ("The militia vowed to avenge them.", "vowed", "AGREE", "happened", ("THREATEN", "happened")),
        ("Both armies are guilty of violating the truce.", "guilty", "ACCUSE", "happened", ("ASSAULT", "happened")),
        ("They were found guilty of murder.", "guilty", "SANCTION", "happened", ("SANCTION", "happened")),
        ("Ba signed a decree freeing 200 rebels.", "signed", "SUPPORT", "happened", ("CONCEDE", "happened")),
        ("Ba signed a decree on martial law.", "signed", "SUPPORT", "happened", ("SUPPORT", "happened")),
        ("Troops were sent to retake Zenda.", "retake", "RETREAT", "intended", ("ASSAULT", "intended")),
        ("Two of the inmates were recaptured.", "recaptured", "COERCE", "happened", ("COERCE", "happened")),
        ("Peru sponsored talks in Lima.", "sponsored", "AID", "happened", ("CONSULT", "happened")),
        ("Peru violated the arms ban.", "violated", "SANCTION", "happened", ("REJECT", "happened")),
        ("Peru returned the stolen masks.", "returned", "AID", "happened", ("RETREAT", "happened")),
        ("Peru will not lift the ban until they pay.", "lift", "CONCEDE", "conditional", ("REJECT", "happened")),
        ("Peru will lift the ban once they pay.", "lift", "CONCEDE", "conditional", ("CONCEDE", "conditional")),
        ("Peru and Chile reached a border agreement.", "reached", "AGREE", "happened", ("SUPPORT", "happened")),
        ("Peru and Chile reached a border agreement.", "agreement", "AGREE", "happened", ("SUPPORT", "happened")),
        ("Peru and Chile agreed a trade deal.", "agreed", "AGREE", "happened", ("SUPPORT", "happened")),
        ("Peru agreed to a meeting on the deal.", "agreed", "AGREE", "happened", ("AGREE", "happened")),
        (
            "Peru established diplomatic ties with Tonga.",
            "established",
            "COOPERATE",
            "happened",
            ("SUPPORT", "happened"),
        ),
        ("Peru pledged its full support for Chile.", "pledged", "AGREE", "happened", ("SUPPORT", "happened")),
        ("Peru pledged to support Chile.", "pledged", "AGREE", "happened", ("AGREE", "happened")),
        ("Some 300 miners sought refuge in Chile.", "refuge", "AID", "happened", ("REQUEST", "happened")),
        ("Peru gave them a three-day deadline.", "gave", "REQUEST", "happened", ("THREATEN", "happened")),
        ("Two parties boycotted the vote.", "boycotted", "REJECT", "happened", ("PROTEST", "happened")),
        (
            "Some 60 nurses in Arequipa protested on Monday over pay.",
            "protested",
            "ACCUSE",
            "happened",
            ("PROTEST", "happened"),
        ),
        ("Peru protested to Chile on Monday.", "protested", "ACCUSE", "happened", ("ACCUSE", "happened")),
        (
            "The minister said people were angry and protested.",
            "protested",
            "ACCUSE",
            "happened",
            ("PROTEST", "happened"),
        ),
        ("Peru accepted the strikers' demands.", "accepted", "AGREE", "happened", ("CONCEDE", "happened")),
        (
            "President Ba called Adama Sow on Friday to offer help.",
            "called",
            "ACCUSE",
            "happened",
            ("CONSULT", "happened"),
        ),
        ("The opposition called Adama Sow a thief.", "called", "ACCUSE", "happened", ("ACCUSE", "happened")),
        ("A delegation called on Mrs Sow to discuss water.", "called", "REQUEST", "happened", ("CONSULT", "happened")),
        ("The union called on Mrs Sow to discuss wages.", "called", "REQUEST", "happened", ("REQUEST", "happened")),
        ("Peru withdrew its peacekeepers.", "withdrew", "RETREAT", "happened", ("SANCTION", "happened")),
        ("Peru withdrew its tanks.", "withdrew", "RETREAT", "happened", ("RETREAT", "happened")),
        ("Peru ordered a suspension of flights.", "suspension", "RETREAT", "intended", ("SANCTION", "intended")),
        ("They asked it to halt Peruvian air strikes.", "halt", "SANCTION", "demanded", ("RETREAT", "demanded")),
        ("They asked it to halt Peruvian imports.", "halt", "SANCTION", "demanded", ("SANCTION", "demanded")),
        ("Peru ordered El Sol to suspend publication.", "ordered", "REQUEST", "happened", ("COERCE", "happened")),
        ("Peru ordered El Sol to leave.", "ordered", "REQUEST", "happened", ("REQUEST", "happened")),
        ("Peru prolonged the arms embargo.", "prolonged", "RETREAT", "happened", ("SANCTION", "happened")),
        ("Peru prolonged the truce.", "prolonged", "RETREAT", "happened", ("RETREAT", "happened")),
        ("Peru will extend the curfew.", "extend", "COOPERATE", "intended", ("THREATEN", "happened")),
        ("Peru ended its mediation.", "ended", "REJECT", "happened", ("SANCTION", "happened")),
        ("Peru accepted 200 Haitian refugees.", "accepted", "RETREAT", "happened", ("AID", "happened")),
        ("Peru pushed for a truce.", "pushed", "REJECT", "happened", ("REQUEST", "happened")),
        ("Peru beefed up its troop presence.", "beefed", "COOPERATE", "happened", ("MOBILIZE", "happened")),
        ("Hundreds of miners protested the arrests.", "protested", "ACCUSE", "happened", ("PROTEST", "happened")),
        ("The minister protested the arrests.", "protested", "ACCUSE", "happened", ("ACCUSE", "happened")),
    ],
)
def test_the_words_settle_the_type(text: str, trigger: str, was: str, status: Status, becomes: tuple[str, str]) -> None:
    at = text.index(trigger)
    assert settle_type(text, (0, len(text)), (at, at + len(trigger)), was, status)[:2] == becomes


@pytest.mark.parametrize(
    "text, trigger, was, mode",
    [
        ("A judge ordered the arrest of Ba.", "ordered", "REQUEST", "arrest"),
        ("Miners refused to lift the ban.", "lift", "CONCEDE", "yield"),
        ("Peru pledged its full support for Chile.", "pledged", "AGREE", None),
        ("The army shelled the town.", "shelled", "ASSAULT", None),
    ],
)
def test_the_words_may_tell_the_mode_too(text: str, trigger: str, was: str, mode: str | None) -> None:
    at, status = text.index(trigger), "negated" if trigger == "lift" else "happened"
    assert settle_type(text, (0, len(text)), (at, at + len(trigger)), was, cast(Status, status))[2] == mode


@pytest.mark.parametrize(
    "verb, between, light",
    [
        ("launched", " an ", True),
        ("voiced", " his full ", True),
        ("launched", " rockets at the ", True),
        ("shelled", " the ", False),
        ("pledged", " to ", False),
    ],
)
def test_a_light_verb_carries_its_noun(verb: str, between: str, light: bool) -> None:
    assert is_light(verb, between) is light


@pytest.mark.parametrize(
    "text, trigger, opens",
    [
        ("During the visit, Ba signed a pact.", "visit", True),
        ("In a meeting in Lima with Sow, Ba agreed to leave.", "meeting", True),
        ("After talks with rebels who fled, and a truce, he left.", "talks", False),
        ("Ba met Sow during the visit, officials said.", "visit", False),
    ],
)
def test_what_opens_a_sentence_is_not_its_act(text: str, trigger: str, opens: bool) -> None:
    at = text.index(trigger)
    assert is_lead_in(text, (0, len(text)), (at, at + len(trigger))) is opens
