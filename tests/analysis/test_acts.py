"""Words and the act that they name."""

import tomllib
from pathlib import Path

import pytest

from dateline.analysis import acts
from dateline.errors import KnowledgeError

CASES = tomllib.loads((Path(__file__).parent / "acts.toml").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[c["words"] for c in CASES])
def test_words_name_an_act(case):
    assert acts.load().named(case["words"]) == case["act"]


def test_a_guarantee_holds_what_is_guaranteed():
    named = [a for a, _, _ in acts.load().all_named("guarantees obliging the army to stop fighting")]
    assert named[:2] == ["guarantee", "halt-attacks"]


def test_a_threat_is_no_act_of_peace():
    words = acts.load()
    assert words.is_hostile("retaliate")
    assert not words.is_hostile("halt its attacks")
    assert words.is_hostile("expand the operation to the port")
    assert words.is_hostile("reach the port", threatened=True)
    assert not words.is_hostile("release the prisoners", threatened=True)


def test_a_vocabulary_with_faults_names_them_all(tmp_path):
    file = tmp_path / "acts.toml"
    file.write_text('[disarm]\ntitle = "disarm"\nwords = ["("]\nholds = ["nothing"]\nmeets = [["SING", ""]]\n')
    with pytest.raises(KnowledgeError) as error:
        acts.load(file)
    for fault in ("disarm.words", "nothing", "SING", "hostile: missing", "words.going_on: missing"):
        assert fault in str(error.value)


def test_what_is_not_searched_would_not_be_found():
    from quality.scenarios import measure

    words = acts.load()
    texts = [c["words"] for c in CASES] + [a["text"] for n in measure.names() for a in measure.annotations(n)]
    for text in texts:
        stems = {w[: acts.STEM] for w in acts._WORD.findall(text.lower())}
        for act in words.acts.values():
            assert not act.words.search(text) or not act.stems.isdisjoint(stems), (act.key, text)
