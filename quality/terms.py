"""Terms on the held-back passages: party and form, requirements, the act asked for and who must do it.

usage: python -m quality.terms [--train] [--errors N]

`terms.jsonl` holds, for each requirement of a held-back passage, its act in the words of
`analysis/acts.toml` (several where an annotator could take either) and the actors who may be meant,
`third` for a mediator or guarantor, `nobody` where the passage names none. It was written from
the passages alone, before any reading of them was looked at.

Whose term it is: a leader or spokesman speaks for the side that the passage's annotation makes him part of, and either may be
named ("Barack Obama would strike" / "the United States would"): of fifteen terms that two annotators gave, in
`training/second_annotation.jsonl`, they differ in two by that alone. `terms_f1` allows both, `terms_f1_exact_party` only the one
that was annotated; `terms_f1_any_form` is `terms_f1` without the form, in which the two annotators differ in three (if, until and
only-if for "once", "when" and "in return for"). `--train` measures terms and false
terms on the training passages instead, which may be tuned on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dateline.analysis.acts import load as vocabulary
from dateline.analysis.needs import needs
from dateline.analysis.parties import THIRD, UNKNOWN, Parties, gather
from dateline.reader import Reader
from dateline.record import Record, Requirement, Term
from dateline.report import Report
from quality.own import f1, gold_actors, ratio
from training.agreement import sides
from training.corpus import load, split

GOLD = Path(__file__).parent / "terms.jsonl"
NOBODY = "nobody"


def gold() -> dict[tuple[str, int, str], dict[str, Any]]:
    """(passage, number of the term, words of the requirement) -> its act and obliged party."""
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return {(r["doc"], r["term"], r["words"]): r for r in rows}


def digest() -> str:
    """Of what the figures are measured on: the acts, and the held-back passages."""
    held = json.dumps(split(load())[1], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(GOLD.read_bytes() + held.encode()).hexdigest()[:16]


def measure(reader: Reader, train: bool = False, errors: int = 0) -> dict[str, float | None]:
    """Read the passages with terms and those without, and score them."""
    c: Counter[str] = Counter()
    known = gold()
    for a in split(load())[0 if train else 1]:
        day = date.fromisoformat(a["published"]) if a.get("published") else None
        record = reader.read(Report(id=a["doc"], text=a["text"], published=day))
        told = _score(a, record, known, c)
        if told and c["shown"] < errors:
            c["shown"] += 1
            print("\n".join([f"## {a['doc']} {a['text']}", *told]))
    return {
        "passages": float(c["texts"]), "terms_f1": f1(c["term"], c["read"], c["gold"]),
        "terms_f1_exact_party": f1(c["exact"], c["read"], c["gold"]), "terms_f1_any_form": f1(c["formless"], c["read"], c["gold"]), "requirements_found": ratio(c["found"], c["asked"]),
        "act_and_obliged_party": ratio(c["both"], c["judged"]), "act": ratio(c["act"], c["judged"]), "obliged_party": ratio(c["by"], c["judged"]),
        "false_terms_per_text": ratio(c["false"], c["quiet"]),
    }  # fmt: skip


def _score(a: dict[str, Any], r: Record, known: dict[tuple[str, int, str], dict[str, Any]], c: Counter[str]) -> list[str]:  # fmt: skip
    """Count one passage; what was wrong, in lines."""
    told: list[str] = []
    c["texts"] += 1
    c["gold"] += len(a["terms"])
    c["read"] += len(r.terms)
    if not a["terms"]:
        c["quiet"] += 1
        c["false"] += len(r.terms)
        return [f"   false {_words(r, t)}" for t in r.terms]
    of, parties = gold_actors(a, r), gather([r])
    left = list(r.terms)
    pairs = _paired(a, r, of)
    c["exact"] += sum(x is not None and x.form == t["form"] and t["party"] in of.get(x.party or "", ()) for t, x in zip(a["terms"], pairs, strict=True))  # fmt: skip
    c["formless"] += sum(x is not None for x in pairs)
    for n, (t, near) in enumerate(zip(a["terms"], pairs, strict=True)):
        mine = near if near is not None and near.form == t["form"] else None
        c["term"] += mine is not None
        c["asked"] += len(t["requires"])
        if mine is None:
            told.append(f"   missed {t['party']} {t['form']}: {t['requires']}")
        else:
            left.remove(mine)
        for words in t["requires"]:
            q = _found(near, words)
            c["found"] += q is not None
            row = known.get((a["doc"], n, words))
            if near is None or q is None or row is None:
                told += [f"   requirement missed: {words}"] if q is None else []
                continue
            act, who = _step(r, near, q, parties)
            right = act in row["act"], _obliged(who, row["by"], r, parties, of)
            c["judged"] += 1
            c["act"] += right[0]
            c["by"] += right[1]
            c["both"] += all(right)
            if not all(right):
                told.append(
                    f"   {words}: {row['act']} by {row['by']}, read as {act} by {[parties.name(k) for k in who]}"
                )
    return told + [f"   read too {_words(r, t)}" for t in left]


def _paired(a: dict[str, Any], r: Record, of: dict[str, set[str]]) -> list[Term | None]:
    """The read term of each annotated one: of the same party and form, else of the same party; the party itself before who speaks for it."""
    out: list[Term | None] = [None] * len(a["terms"])
    left = list(r.terms)
    for exact, form in ((True, True), (False, True), (True, False), (False, False)):
        for n, t in enumerate(a["terms"]):
            meant = {t["party"]} if exact else sides(a, t["party"])
            his = [x for x in left if meant & of.get(x.party or "", set()) and (x.form == t["form"] or not form)]
            if out[n] is None and his:
                near = max(his, key=lambda x: sum(_found(x, w) is not None for w in t["requires"]))
                out[n] = near
                left.remove(near)
    return out


def _words(r: Record, t: Term) -> str:
    name = next((x.name for x in r.actors if x.id == t.party), "-")
    return f"{name} {t.form}: {[q.action for q in t.requires]}, would {t.commitment.action if t.commitment else '-'}"


def _found(t: Term | None, words: str) -> Requirement | None:
    """The requirement that holds at least half of the gold's words."""
    wanted = set(words.lower().split())
    return next((q for q in (t.requires if t else ()) if 2 * len(wanted & set(q.action.lower().split())) >= len(wanted)), None)  # fmt: skip


def _step(r: Record, t: Term, q: Requirement, parties: Parties) -> tuple[str, Sequence[str]]:
    """The act that a requirement was read as, and the parties that must do it."""
    need = next((n for n in needs(r, t, parties) if n.evidence.span == q.span), None)
    if need is None:
        return vocabulary().named(q.action), ()
    return need.steps[0].act, [s.doer for s in need.steps if s.act == need.steps[0].act and s.doer != UNKNOWN]


def _obliged(who: Sequence[str], wanted: Sequence[str], r: Record, parties: Parties, of: dict[str, set[str]]) -> bool:
    """Whether somebody is named and all who are may be meant; nobody where nobody is."""
    if not who:
        return NOBODY in wanted

    def meant(key: str) -> bool:
        names = {n for a in r.actors if parties.key(r, a.id) == key for n in of.get(a.id, ())}
        return bool(names & set(wanted)) or (THIRD in wanted and (key == THIRD or not parties.is_side(key)))

    return all(meant(k) for k in who)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", action="store_true", help="the training passages, which may be tuned on")
    parser.add_argument(
        "--errors", type=int, default=0, help="print the faults of so many passages (with --train only)"
    )
    args = parser.parse_args()
    print(json.dumps(measure(Reader(), args.train, args.errors if args.train else 0)))


if __name__ == "__main__":
    main()
