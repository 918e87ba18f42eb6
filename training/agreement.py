"""How well do two annotators agree? usage: python -m training.agreement [SECOND.jsonl | --parties | --terms | --relations]

The second annotation (by default of the forty passages of `training/second_annotation.jsonl`,
which were annotated without sight of the first) is paired with the corpus by `doc`, and scored against the first as a reader would be:
spans match when they overlap; actors match when a form of one is a form of the other.

`--parties`: every event of the test part, whose type, status and parties were annotated a second time without sight of the
first, given triggers and the list of actors (`training/second_parties.jsonl`: both answers, before a third decided).

`--terms`: the terms of every passage of the test part, likewise (`training/second_terms.jsonl`), scored as `quality.terms`
scores a reader: a leader may stand for his side, and a requirement is found where half of its words are.

`--relations`: the standing ties of the test part, annotated twice without sight of each other and of what stood before
(`training/second_relations.jsonl`).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from training.corpus import load
from training.targets import nth


def forms(a: dict[str, Any], name: str) -> set[str]:
    """Every surface form of an actor, lower case, without article."""
    v = a["actors"][name]
    words = [name, *v["aliases"], *(f"{r['text']}#{r.get('n', 1)}" for r in v.get("refs", []))]
    return {w.lower().removeprefix("the ").removeprefix("a ").removeprefix("an ") for w in words}


def same_actors(a: dict[str, Any], names: list[str], b: dict[str, Any], others: list[str]) -> bool:
    """Whether two lists of actors name the same ones."""
    hit = lambda x, y: bool(forms(a, x) & forms(b, y))  # noqa: E731
    return all(any(hit(x, y) for y in others) for x in names) and all(any(hit(x, y) for x in names) for y in others)


def matched(first: list[Any], second: list[Any], span: Any) -> list[tuple[Any, Any]]:
    """One-to-one pairs of overlapping spans, in order."""
    used: set[int] = set()
    out = []
    for x in first:
        s = span(x)
        for k, y in enumerate(second):
            t = span(y)
            if k not in used and s and t and s[0] < t[1] and t[0] < s[1]:
                used.add(k)
                out.append((x, y))
                break
    return out


def agreement(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> dict[str, float]:
    """Figures over passages that both annotated."""
    c: Counter[str] = Counter()
    by_doc = {b["doc"]: b for b in second}
    for a in first:
        b = by_doc.get(a["doc"])
        if b is None:
            continue
        c["passages"] += 1
        text = a["text"]
        at = lambda key: lambda x: nth(text, x[key], x.get("n", 1))  # noqa: E731, B023
        must = lambda d: [e for e in d["events"] if not e.get("optional")]  # noqa: E731
        pairs = matched(a["events"], b["events"], at("trigger"))
        # An event that one of the two calls optional costs nothing when the other leaves it out.
        c["ev"] += len(pairs)
        c["ev_a"] += len(pairs) + len([e for e in must(a) if not any(e is x for x, _ in pairs)])
        c["ev_b"] += len(pairs) + len([e for e in must(b) if not any(e is y for _, y in pairs)])
        for x, y in pairs:
            right = (
                bool({x["type"], *x["also"]} & {y["type"], *y["also"]}),
                x["status"] == y["status"],
                same_actors(a, x["actor"], b, y["actor"]),
                same_actors(a, x["recipient"], b, y["recipient"]),
            )
            for key, ok in zip(("type", "status", "actor", "recipient"), right, strict=True):
                c[key] += ok
            c["whole"] += all(right)
        said = matched(a["statements"], b["statements"], at("cue"))
        c["st"] += len(said)
        c["st_a"] += len(a["statements"])
        c["st_b"] += len(b["statements"])
        c["speaker"] += sum(same_actors(a, [x["speaker"]], b, [y["speaker"]]) for x, y in said)
        c["stance"] += sum(bool({x["stance"], *x["stance_also"]} & {y["stance"], *y["stance_also"]}) for x, y in said)
        figures = matched(a["figures"], b["figures"], at("text"))
        c["fg"] += len(figures)
        c["fg_a"] += len(a["figures"])
        c["fg_b"] += len(b["figures"])
        c["value"] += sum((x["low"], x["high"]) == (y["low"], y["high"]) for x, y in figures)
    f1 = lambda k: round(2 * c[k] / (c[k + "_a"] + c[k + "_b"]), 3)  # noqa: E731
    share = lambda k, of: round(c[k] / c[of], 3)  # noqa: E731
    return {
        "passages": c["passages"],
        "events_f1": f1("ev"),
        **{k: share(k, "ev") for k in ("type", "status", "actor", "recipient", "whole")},
        "statements_f1": f1("st"),
        "speaker": share("speaker", "st"),
        "stance": share("stance", "st"),
        "figures_f1": f1("fg"),
        "figure_value": share("value", "fg"),
    }


def parties(passages: list[dict[str, Any]]) -> dict[str, float]:
    """Shares of the events in which both answers are the same; an answer is type, status, actors, recipients, other types."""
    c: Counter[str] = Counter()
    for e in (e for a in passages for e in a["events"]):
        (type_a, status_a, *sides_a, also_a), (type_b, status_b, *sides_b, also_b) = e["first"], e["second"]
        right = [bool({type_a, *also_a} & {type_b, *also_b}), status_a == status_b]
        right += [set(x) == set(y) for x, y in zip(sides_a, sides_b, strict=True)]
        c.update(k for k, ok in zip(("type", "status", "actor", "recipient"), right, strict=True) if ok)
        c["whole"] += all(right)
        c["events"] += 1
    share = {k: round(c[k] / c["events"], 3) for k in ("type", "status", "actor", "recipient", "whole")}
    return {"passages": len(passages), "events": c["events"], **share}


def sides(a: dict[str, Any], party: str) -> set[str]:
    """A party, the persons who are part of it, and where it is a person the side that it is part of."""
    actor = a["actors"].get(party)
    if actor is None:  # whom only one of the two annotators has as an actor
        return {party}
    whole = actor.get("part_of") if actor["kind"] == "person" else None
    his = {n for n, v in a["actors"].items() if v["kind"] == "person" and v.get("part_of") == party}
    return {party} | his | ({whole} if whole else set())


def found(term: dict[str, Any] | None, words: str) -> bool:
    """Whether a requirement of a term holds at least half of the words."""
    wanted = set(words.lower().split())
    return any(2 * len(wanted & set(q.lower().split())) >= len(wanted) for q in (term["requires"] if term else ()))


def terms(passages: list[dict[str, Any]], second: list[dict[str, Any]]) -> dict[str, float]:
    """The second annotator's terms scored against the first's; both stand in `second`, the actors in the passages."""
    c: Counter[str] = Counter()
    by_doc = {a["doc"]: a for a in passages}
    for row in second:
        a = by_doc[row["doc"]]
        for form in (True, False):
            left = list(row["second"])
            for t in row["first"]:
                his = [u for u in left if u["party"] in sides(a, t["party"]) and (not form or u["form"] == t["form"])]
                near = max(his, key=lambda u: sum(found(u, w) for w in t["requires"]), default=None)
                if near is not None:
                    left.remove(near)
                c["same" if form else "any_form"] += near is not None
                c["found"] += 0 if form else sum(found(near, w) for w in t["requires"])
        c["asked"] += sum(len(t["requires"]) for t in row["first"])
        c["all"] += len(row["first"]) + len(row["second"])
        if not row["first"]:
            c["quiet"] += 1
            c["false"] += len(row["second"])
    return {
        "passages": len(second),
        "terms_f1": round(2 * c["same"] / c["all"], 3),
        "terms_f1_any_form": round(2 * c["any_form"] / c["all"], 3),
        "requirements_found": round(c["found"] / c["asked"], 3),
        "false_terms_per_text": round(c["false"] / c["quiet"], 3),
    }


def tie(x: dict[str, str]) -> tuple[str, ...]:
    """A tie's kind and ends; who fights or is allied with whom goes either way."""
    ends = (x["from"], x["to"])
    return (x["kind"], *(sorted(ends) if x["kind"] in ("fights", "allied") else ends))


def relations(second: list[dict[str, Any]]) -> dict[str, float]:
    """F1 of two annotators' ties, and of what stood before against each."""
    c: Counter[str] = Counter()
    for row in second:
        of = {who: {tie(x) for x in row[who]} for who in ("before", "first", "second")}
        c.update({who: len(ties) for who, ties in of.items()})
        c["both"] += len(of["first"] & of["second"])
        c["old"] += len(of["before"] & (of["first"] | of["second"]))
    return {
        "passages": len(second),
        "ties": c["first"],
        "ties_second": c["second"],
        "relations_f1": round(2 * c["both"] / (c["first"] + c["second"]), 3),
        "ties_before": c["before"],
        "before_confirmed": round(c["old"] / c["before"], 3),
    }


SECOND = Path(__file__).parent / "second_annotation.jsonl"
PARTIES = SECOND.with_name("second_parties.jsonl")
TERMS = SECOND.with_name("second_terms.jsonl")
RELATIONS = SECOND.with_name("second_relations.jsonl")


def main() -> None:
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    path = {"--parties": PARTIES, "--terms": TERMS, "--relations": RELATIONS}.get(asked, Path(asked or SECOND))
    second = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    of = {PARTIES: lambda: parties(second), TERMS: lambda: terms(load(), second), RELATIONS: lambda: relations(second)}
    print(json.dumps(of.get(path, lambda: agreement(load(), second))()))


if __name__ == "__main__":
    main()
