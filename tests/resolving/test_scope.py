"""Words of plan, wish and fear bind what stands in their scope; the type fits what the act is done to."""

from __future__ import annotations

import pytest

from dateline.record import Status
from dateline.resolving.kind import settle_type
from dateline.resolving.no_act import is_none
from dateline.resolving.status import settle

# A sentence with the trigger in [brackets].
STATUS: tuple[tuple[str, Status, Status], ...] = (
    ("The militia will fire on the port unless the [shelling] of its camps stops.", "conditional", "happened"),
    ("The minister promised no let-up in the [bombing].", "negated", "happened"),
    ("The police said they had foiled a [coup] by colonels.", "happened", "negated"),
    ("It braced for an [offensive] that the army says it never planned.", "happened", "negated"),
    ("The king is considering calling off his [meeting] with the envoy.", "cancelled", "intended"),
    ("They signed the [ceasefire] due to begin at noon.", "happened", "intended"),
    ("A [ceasefire] due to begin at dusk was welcomed.", "demanded", "intended"),
    ("A ten-hour [pause] was to start on Friday.", "happened", "intended"),
    ("Convoys that Lima wanted [sent] to the border never left.", "happened", "demanded"),
    ("He wants the captain [freed].", "happened", "demanded"),
    ("He wanted men who had [killed] for him.", "happened", "happened"),
    ("The guards should be [tried], she said.", "happened", "demanded"),
    ("No talks until the general is dead or in [custody].", "happened", "conditional"),
    ("The general vowed to launch a new [offensive].", "happened", "intended"),
    ("He promised to end the [siege].", "happened", "happened"),
    ("He said that a [curfew] would be imposed.", "happened", "intended"),
    ("There are fears that the mayor had [fled].", "happened", "conditional"),
    ("They scorned an offer of a [truce].", "happened", "intended"),
    ("The panel recommended [banning] the party.", "happened", "demanded"),
)


@pytest.mark.parametrize(("sentence", "was", "status"), STATUS, ids=lambda x: x[:40])
def test_scope(sentence: str, was: Status, status: Status) -> None:
    before, _, rest = sentence.partition("[")
    trigger, _, after = rest.partition("]")
    assert settle(before, was, trigger, after) == status


TYPE: tuple[tuple[str, str, Status, str, Status], ...] = (
    ("The crew said it would not [obey].", "REJECT", "negated", "REJECT", "happened"),
    ("Planes [dropped] food and water on the valley.", "ASSAULT", "happened", "AID", "happened"),
    ("Planes [dropped] barrel bombs on the relief depot.", "ASSAULT", "happened", "ASSAULT", "happened"),
    ("Red Cross teams could not [enter] the camp.", "ASSAULT", "negated", "RETREAT", "negated"),
    ("Rebel tanks [entered] the camp.", "ASSAULT", "happened", "ASSAULT", "happened"),
    ("The president [fired] his interior minister.", "ASSAULT", "happened", "SANCTION", "happened"),
    ("Gunmen [fired] at the interior minister.", "ASSAULT", "happened", "ASSAULT", "happened"),
    ("Civil servants must return or be [fired], it said.", "ASSAULT", "conditional", "SANCTION", "conditional"),
    ("The wounded were [flown] to hospital in Lima.", "COERCE", "happened", "AID", "happened"),
    ("Students [marched] with banners on the palace.", "ASSAULT", "happened", "PROTEST", "happened"),
    ("Guerrillas [marched] on the palace.", "ASSAULT", "happened", "ASSAULT", "happened"),
    ("He said that the raid [violated] the peace treaty.", "ASSAULT", "happened", "REJECT", "happened"),
    ("The police [foiled] an attack.", "ASSAULT", "happened", "COERCE", "happened"),
    ("The column was [pressing] forward on the left bank.", "REQUEST", "happened", "ASSAULT", "happened"),
)


@pytest.mark.parametrize(("sentence", "was", "status", "type_", "becomes"), TYPE, ids=lambda x: x[:40])
def test_the_type_fits_its_object(sentence: str, was: str, status: Status, type_: str, becomes: Status) -> None:
    start, text = sentence.index("["), sentence.replace("[", "").replace("]", "")
    span = (start, sentence.index("]") - 1)
    assert settle_type(text, (0, len(text)), span, was, status)[:2] == (type_, becomes)


@pytest.mark.parametrize(
    ("sentence", "type_", "none"),
    [
        ("The office [lost] contact with the crew.", "ASSAULT", True),
        ("The rebels [lost] ten men.", "ASSAULT", False),
        ("It is a crisis [threatening] the whole region.", "THREATEN", True),
        ("The army is [threatening] the whole region.", "THREATEN", False),
        ("The warlord has [declared] the town fully captured.", "CONCEDE", True),
        ("The warlord has [declared] a truce.", "CONCEDE", False),
        ("The mayor is [pressing] ahead with the plan.", "REQUEST", True),
        ("There was no let-[up] in the shelling.", "ASSAULT", True),
        ("Hours after the [lapse] the guns spoke.", "ASSAULT", True),
    ],
)
def test_idioms_are_no_acts(sentence: str, type_: str, none: bool) -> None:
    start, text = sentence.index("["), sentence.replace("[", "").replace("]", "")
    assert is_none(text, (start, sentence.index("]") - 1), type_) is none
