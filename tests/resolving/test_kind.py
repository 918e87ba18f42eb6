from __future__ import annotations

import pytest

from dateline.record import Status
from dateline.resolving.kind import settle_type
from dateline.resolving.nominal import is_light


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
        ("The navy blockaded two ports.", "blockaded", "COERCE", "happened", ("ASSAULT", "happened")),
        ("Rebels violated the truce twice.", "violated", "COERCE", "happened", ("ASSAULT", "happened")),
        ("Peru summoned the Chilean ambassador.", "summoned", "REQUEST", "happened", ("ACCUSE", "happened")),
        ("Peru called for an independent inquiry.", "called", "REQUEST", "happened", ("ACCUSE", "happened")),
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
    assert settle_type(text, (0, len(text)), (at, at + len(trigger)), was, status) == becomes


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
