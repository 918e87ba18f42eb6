"""The corpus holds what ANNOTATION asks: every span stands in its text, every name is declared."""

import itertools
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from dateline.reading.labels import MODES_OF
from training import corpus
from training.shorthand import FORMS, RELATIONS, STANCE, STATUS, TYPES, compile_text
from training.targets import actor_spans, nth

PASSAGES = corpus.load()
BY_FILE = sorted(corpus.FOLDER.glob("*.jsonl"))


def problems(a):
    text, names = a["text"], set(a["actors"])
    for e in a["events"]:
        if nth(text, e["trigger"], e.get("n", 1)) is None:
            yield f"trigger {e['trigger']!r}"
        if not {e["type"], *e["also"]} <= TYPES or e["status"] not in STATUS:
            yield f"type or status of {e['trigger']!r}"
        if e["mode"] and e["mode"] not in MODES_OF[e["type"]]:
            yield f"mode {e['mode']!r}"
        if not {*e["actor"], *e["recipient"], *e["said_by"]} <= names:
            yield f"actors of {e['trigger']!r}"
    for s in a["statements"]:
        if nth(text, s["cue"], s.get("n", 1)) is None or s["speaker"] not in names or s["stance"] not in STANCE:
            yield f"statement {s['cue']!r}"
    for t in a["terms"]:
        if t["party"] not in names or t["form"] not in FORMS or any(q not in text for q in t["requires"]):
            yield f"term of {t['party']!r}"
    for x in a["figures"] + a["places"] + a["dates"]:
        if nth(text, x["text"], x.get("n", 1)) is None:
            yield f"span {x['text']!r}"
    for r in a["relations"]:
        if not {r["from"], r["to"]} <= names or r["kind"] not in RELATIONS:
            yield f"relation {r}"
    for name, v in a["actors"].items():
        if any(x not in text for x in v["aliases"]) or any(
            nth(text, x["text"], x.get("n", 1)) is None for x in v.get("refs", [])
        ):
            yield f"forms of {name!r}"


@pytest.mark.parametrize("path", BY_FILE, ids=lambda p: p.stem)
def test_every_span_stands_in_its_text_and_every_name_is_declared(path: Path):
    found = [(a["doc"], p) for a in map(json.loads, path.read_text(encoding="utf-8").splitlines()) for p in problems(a)]
    assert not found


def test_ids_and_texts_are_unique():
    assert not [d for d, n in Counter(a["doc"] for a in PASSAGES).items() if n > 1]
    assert not [t for t, n in Counter(re.sub(r"\W+", " ", a["text"]) for a in PASSAGES).items() if n > 1]


def test_the_corpus_is_as_large_as_it_says():
    counts = corpus.counts(PASSAGES)
    assert counts["passages"] >= 3000 and counts["events"] >= 20000


def test_the_corpus_covers_what_there_is_to_say():
    events = [e for a in PASSAGES for e in a["events"]]
    types = Counter(e["type"] for e in events)
    assert set(types) == TYPES and min(types.values()) >= 40
    modes = Counter((e["type"], e["mode"]) for e in events if e["mode"])
    assert all(modes[(t, m)] >= 40 for t, of in MODES_OF.items() for m in of), modes
    cells = Counter((e["type"], e["status"]) for e in events)
    assert all(cells[(t, s)] >= 15 for t in TYPES for s in STATUS), cells
    regions = Counter(a["tags"][0] for a in PASSAGES if a["tags"])
    assert all(regions[r] >= 150 for r in ("africa", "americas", "asia", "europe", "mideast", "world")), regions
    relations = Counter(r["kind"] for a in PASSAGES for r in a["relations"])
    assert all(relations[kind] >= 100 for kind in RELATIONS), relations
    stances = Counter(s["stance"] for a in PASSAGES for s in a["statements"])
    assert all(stances[stance] >= 100 for stance in STANCE), stances
    assert sum(len(a["events"]) <= 1 for a in PASSAGES) >= 400
    assert sum(bool(a["terms"]) for a in PASSAGES) >= 250


def test_about_a_tenth_is_held_out():
    kept, held = corpus.split(PASSAGES)
    assert 0.07 < len(held) / len(PASSAGES) < 0.13
    assert not {a["doc"] for a in kept} & {a["doc"] for a in held}


def test_mentions_of_actors_do_not_overlap():
    for a in PASSAGES:
        spans = [(s.start, s.end) for s in actor_spans(a)]
        assert all(x[1] <= y[0] for x, y in itertools.pairwise(spans)), a["doc"]


GOOD = """== x-1 | 2019-11-02 | africa wire
KIDAL - The army said it had shelled rebels; they denied it.
--
A army | military | the army | ref: it#1
A rebels | rebel | rebels | ref: they
E shelled | ASSAULT/heavy-weapons | happened | army > rebels | @ KIDAL | by: army
S said | army | says | it had shelled rebels
P KIDAL | 18.44 1.41 | MLI
"""


def test_shorthand_compiles_to_the_annotation():
    docs, found = compile_text(GOOD.replace("the army |", "army |"))
    assert not found
    event = docs[0]["events"][0]
    assert (event["trigger"], event["mode"], event["actor"], event["recipient"]) == (
        "shelled",
        "heavy-weapons",
        ["army"],
        ["rebels"],
    )
    assert docs[0]["actors"]["army"]["refs"] == [{"text": "it"}]


@pytest.mark.parametrize(
    "bad, said",
    [
        ("E bombed | ASSAULT | happened | army > rebels", "not in the text"),
        ("E shelled | WAR | happened | army > rebels", "type 'WAR'"),
        ("E shelled | ASSAULT/phone | happened | army > rebels", "has the modes"),
        ("E shelled | ASSAULT | maybe | army > rebels", "status 'maybe'"),
        ("E shelled | ASSAULT | happened | navy > rebels", "is not an actor"),
        ("E it | ASSAULT | happened | army > rebels", "stands 2 times"),
        ("F nine | killed | 9", "not in the text"),
        ("Z what", "begins with one of"),
    ],
)
def test_shorthand_names_what_is_wrong(bad, said):
    _, found = compile_text(GOOD.replace("the army |", "army |") + bad + "\n")
    assert any(said in p for p in found), found
