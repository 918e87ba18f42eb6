from __future__ import annotations

import pytest

from dateline.resolving.status import settle


@pytest.mark.parametrize(
    "before, was, status",
    [
        ("They would agree to a truce only if regime backers ", "demanded", "conditional"),
        ("No talks unless the shelling stops, the roads open and the captives ", "demanded", "conditional"),
        ("If rebels attack, the army ", "happened", "happened"),
        ("Other ideas under consideration include ", "intended", "conditional"),
        ("There is no record of a coalition ", "happened", "negated"),
        ("The general showed no appetite for a negotiated ", "conditional", "negated"),
        ("Moscow vowed to continue its ", "happened", "intended"),
        ("The envoy stressed the importance of ", "happened", "demanded"),
        ("The army ", "happened", "happened"),
        ("The militia vowed to ", "conditional", "intended"),
        ("Plans under consideration include sending U.S. and Gen. Ba's troops to ", "demanded", "conditional"),
        ("Unless they are paid the miners vowed to ", "conditional", "conditional"),
        ("Peru threatened to ", "intended", "conditional"),
        ("Peru wants the rebels to ", "conditional", "demanded"),
        ("They will talk unless the army stops its ", "conditional", "conditional"),
        ("It stopped short of a promise if ", "cancelled", "cancelled"),
    ],
)
def test_words_before_a_trigger_settle_its_status(before: str, was: str, status: str) -> None:
    assert settle(before, was) == status


@pytest.mark.parametrize(
    "before, trigger, after, was, status",
    [
        ("Was it the army that carried out the ", "raid", ", or somebody else?", "happened", "conditional"),
        ("Smugglers may be subjected to a travel ", "ban", ".", "happened", "conditional"),
        ("The ", "ceasefire", " had not been implemented.", "demanded", "negated"),
        ("A ", "truce", " has proved elusive.", "happened", "negated"),
        ("She said a ", "ceasefire", " needed to be agreed soon.", "intended", "demanded"),
        ("Since the breakdown of a ", "ceasefire", " last month", "intended", "happened"),
        ("They are in the final stages of ", "preparing", " an assault.", "intended", "happened"),
        ("They will leave unless it stops its ", "assault", ".", "conditional", "happened"),
        ("The town will starve if the ", "bombardment", " goes on.", "conditional", "happened"),
        ("The town will starve if the ", "bombardment", " resumes.", "conditional", "conditional"),
        ("They ought to be ", "prepared", ".", "intended", "intended"),
        ("The two leaders were working to ", "urge", " both sides to stop.", "intended", "happened"),
        ("Plans for a foreign force to ", "intervene", " were dropped.", "conditional", "intended"),
        ("Seven men were charged with attempted ", "murder", ".", "happened", "negated"),
        ("Parliament refused to ", "ratify", " it.", "happened", "negated"),
        ("Aid was prevented from ", "reaching", " the town.", "happened", "negated"),
        ("Gunmen tried to ", "storm", " the base.", "happened", "intended"),
        ("They did not try to ", "storm", " it.", "happened", "happened"),
        ("The raid ", "began", ".", "happened", "happened"),
        ("The general would not rule out an ", "attack", ".", "negated", "conditional"),
        ("Chad has not ", "ruled out", " talks.", "happened", "negated"),
        ("Israel did not deny ", "bombing", " it.", "negated", "happened"),
        ("The group denied any part in the ", "raid", ".", "negated", "happened"),
        ("He dismissed reports that its troops had ", "looted", " the town.", "happened", "negated"),
        ("A ", "truce", " agreed in Minsk appeared to be holding.", "cancelled", "happened"),
        ("If a ", "truce", " holds, aid will come.", "conditional", "conditional"),
        ("The ", "ceasefire", " broke down within hours.", "happened", "cancelled"),
        ("US to ", "withdraw", " soldiers from Niger", "demanded", "intended"),
        ("Rebels tried to ", "storm", " the base but were repelled.", "intended", "negated"),
    ],
)
def test_words_around_a_trigger_settle_its_status(before: str, trigger: str, after: str, was: str, status: str) -> None:
    assert settle(before, was, trigger, after) == status
