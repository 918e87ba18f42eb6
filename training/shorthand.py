"""Compile passages written in shorthand to the annotation format, with checks.

usage: python -m training.shorthand DRAFT.txt [--output FILE.jsonl]

Shorthand is what a person types; the JSON that comes out is the one form that the corpus,
the gold and a correction share. `training/WRITING.md` teaches it. Every problem of a file
is reported at once, with its line; nothing is written while one is left.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import get_args

from dateline.reading import labels
from dateline.record import ActorKind

TYPES = frozenset(labels.TYPES)
STATUS = frozenset(labels.STATUSES)
STANCE = frozenset(labels.STANCES)
FORMS = frozenset(labels.FORMS)
RELATIONS = frozenset(labels.RELATIONS)
MEASURES = frozenset(labels.MEASURES)
# "terrorist" is a register's word, not an annotator's.
KINDS = frozenset(get_args(ActorKind)) - {"terrorist"}
TIMEX = re.compile(r"^(-?\d{4}|XXXX|PRESENT_REF|PAST_REF|FUTURE_REF|P(T)?\d|PX|PTX|\d{3}$|\d\d$)[\w:./+-]*$")


def occurrences(text: str, phrase: str) -> list[int]:
    """Starts of `phrase` in `text` where it stands as whole words."""
    left = r"(?<!\w)" if phrase[:1].isalnum() else ""
    right = r"(?!\w)" if phrase[-1:].isalnum() else ""
    return [m.start() for m in re.finditer(left + re.escape(phrase) + right, text)]


def raw_n(text: str, phrase: str, start: int) -> int:
    """Which plain `str.find` occurrence of `phrase` begins at `start`, counted from 1."""
    n, i = 0, -1
    while True:
        i = text.find(phrase, i + 1)
        n += 1
        if i == start:
            return n


class Passage:
    """One passage being compiled; collects problems instead of stopping at the first."""

    def __init__(self, head: str, text: str, lines: list[tuple[int, str]]) -> None:
        self.problems: list[str] = []
        parts = [p.strip() for p in head.split("|")]
        self.text = text
        self.out: dict = {
            "doc": parts[0],
            "published": parts[1] if len(parts) > 1 and parts[1] not in ("", "-") else None,
            "tags": [t for t in (parts[2].split() if len(parts) > 2 else [])],
            "text": text,
            "actors": {},
            "events": [],
            "statements": [],
            "terms": [],
            "figures": [],
            "relations": [],
            "places": [],
            "dates": [],
        }
        if self.out["published"] and not re.fullmatch(r"\d{4}-\d\d-\d\d", self.out["published"]):
            self.bad(0, f"published must be YYYY-MM-DD or -: {self.out['published']}")
        compilers = {
            "A": self.actor,
            "E": self.event,
            "S": self.statement,
            "T": self.term,
            "F": self.figure,
            "R": self.relation,
            "P": self.place,
            "D": self.date,
        }
        for number, line in lines:
            letter, _, body = line.partition(" ")
            if letter not in compilers:
                self.bad(number, f"a line begins with one of A E S T F R P D: {line[:60]}")
                continue
            try:
                compilers[letter](number, [p.strip() for p in body.split("|")])
            except (IndexError, ValueError) as error:
                self.bad(number, f"cannot read {line[:80]!r}: {error}")
        self.check_references()

    def bad(self, line: int, what: str) -> None:
        self.problems.append(f"{self.out['doc']}: line {line}: {what}")

    def span(self, line: int, phrase: str) -> dict:
        """`words#2` -> {"text": "words", "n": raw occurrence}."""
        m = re.fullmatch(r"(.*?)(?:#(\d+))?", phrase.strip(), re.S)
        assert m
        words, nth = m[1].strip(), int(m[2] or 1)
        found = occurrences(self.text, words) if words else []
        if not found:
            self.bad(line, f"not in the text as whole words: {words!r}")
            return {"text": words}
        if len(found) > 1 and not m[2]:
            self.bad(line, f"{words!r} stands {len(found)} times: write #1 … #{len(found)}")
        if nth > len(found):
            self.bad(line, f"{words!r} stands only {len(found)} times")
            return {"text": words}
        n = raw_n(self.text, words, found[nth - 1])
        return {"text": words} if n == 1 else {"text": words, "n": n}

    @staticmethod
    def keyed(fields: list[str]) -> dict[str, str]:
        out: dict[str, str] = {}
        for f in fields:
            if not f:
                continue
            if f.startswith("@"):
                out["at"] = f[1:].strip()
            elif ":" in f and re.match(r"^[a-z]+:", f):
                key, _, value = f.partition(":")
                out[key] = value.strip()
            else:
                out[f] = ""
        return out

    @staticmethod
    def names(value: str) -> list[str]:
        return [x.strip() for x in value.split(";") if x.strip()]

    def actor(self, line: int, f: list[str]) -> None:
        name, kind, aliases = f[0], f[1], self.names(f[2]) if len(f) > 2 else []
        k = self.keyed(f[3:])
        if kind not in KINDS:
            self.bad(line, f"kind {kind!r} is none of {' '.join(sorted(KINDS))}")
        if occurrences(self.text, name) and name not in aliases:
            aliases.append(name)
        for a in aliases:
            if not occurrences(self.text, a):
                self.bad(line, f"alias not in the text: {a!r}")
        refs = [self.span(line, r) for r in self.names(k.pop("ref", ""))]
        if not aliases and not refs:
            self.bad(line, f"{name!r} has no alias in the text and no ref")
        entry: dict = {"aliases": aliases, "kind": kind}
        if "of" in k:
            entry["part_of"] = k.pop("of")
        if refs:
            entry["refs"] = refs
        self.leftover(line, k)
        if name in self.out["actors"]:
            self.bad(line, f"{name!r} is declared twice")
        self.out["actors"][name] = entry

    def leftover(self, line: int, k: dict[str, str]) -> None:
        for key in k:
            self.bad(line, f"unknown field {key!r}")

    def event(self, line: int, f: list[str]) -> None:
        at = self.span(line, f[0])
        type_, _, mode = f[1].partition("/")
        status = f[2]
        if type_ not in TYPES:
            self.bad(line, f"type {type_!r}")
        elif mode and mode not in labels.MODES_OF.get(type_, ()):
            self.bad(line, f"{type_} has the modes: {' '.join(labels.MODES_OF.get(type_, ('none',)))}")
        if status not in STATUS:
            self.bad(line, f"status {status!r}")
        actor, _, recipient = f[3].partition(">")
        k = self.keyed(f[4:])
        time: list[str] | None = None
        if "t" in k:
            t = k.pop("t")
            start, _, end = t.partition("..")
            time = [start.strip(), (end or start).strip()]
            if not all(re.fullmatch(r"\d{4}-\d\d-\d\d", x) for x in time):
                self.bad(line, f"t: is YYYY-MM-DD or YYYY-MM-DD..YYYY-MM-DD: {t}")
        also = [x.strip() for x in k.pop("also", "").replace(";", ",").split(",") if x.strip()]
        for x in also:
            if x not in TYPES:
                self.bad(line, f"also {x!r}")
        self.out["events"].append(
            {
                "trigger": at["text"],
                **({"n": at["n"]} if "n" in at else {}),
                "type": type_,
                "also": also,
                "mode": mode or None,
                "status": status,
                "actor": self.names(actor),
                "recipient": self.names(recipient),
                "places": self.names(k.pop("at", "")),
                "time": time,
                "said_by": self.names(k.pop("by", "")),
                "optional": k.pop("opt", None) is not None,
            }
        )
        self.leftover(line, k)

    def statement(self, line: int, f: list[str]) -> None:
        at = self.span(line, f[0])
        stance, *also = [x.strip() for x in f[2].split(",")]
        for x in [stance, *also]:
            if x not in STANCE:
                self.bad(line, f"stance {x!r}")
        content = f[3] if len(f) > 3 else ""
        if content:
            start, dots, end = content.partition("…")
            i = self.text.find(start.strip())
            if i < 0 or (dots and self.text.find(end.strip(), i) < 0):
                self.bad(line, f"content not in the text: {content!r}")
        k = self.keyed(f[4:])
        for speaker in self.names(f[1]):
            self.out["statements"].append(
                {
                    "cue": at["text"],
                    **({"n": at["n"]} if "n" in at else {}),
                    "speaker": speaker,
                    "stance": stance,
                    "stance_also": also,
                    "quoted": "q" in k,
                    "content": content,
                }
            )
        k.pop("q", None)
        self.leftover(line, k)

    def term(self, line: int, f: list[str]) -> None:
        party, form, commitment = f[0], f[1], f[2]
        requires = self.names(f[3])
        if form not in FORMS:
            self.bad(line, f"form {form!r}")
        for q in [*requires, *([commitment] if commitment else [])]:
            if q not in self.text:
                self.bad(line, f"not in the text: {q!r}")
        self.out["terms"].append({"party": party, "commitment": commitment, "requires": requires, "form": form})

    def figure(self, line: int, f: list[str]) -> None:
        at = self.span(line, f[0])
        measure = f[1]
        low, dots, high = f[2].partition("..")
        k = self.keyed(f[3:])
        if measure not in MEASURES:
            self.bad(line, f"measure {measure!r} is none of {' '.join(sorted(MEASURES))}")
        number = lambda s: None if not s.strip() else float(s) if "." in s else int(s)  # noqa: E731
        lo, hi = number(low), number(high) if dots else number(low)
        self.out["figures"].append(
            {
                **at,
                "low": lo,
                "high": hi,
                "measure": measure,
                "cumulative": k.pop("cum", None) is not None,
                "approx": k.pop("approx", None) is not None,
            }
        )
        self.leftover(line, k)

    def relation(self, line: int, f: list[str]) -> None:
        a, _, b = f[1].partition(">")
        if f[0] not in RELATIONS:
            self.bad(line, f"relation {f[0]!r}")
        self.out["relations"].append({"kind": f[0], "from": a.strip(), "to": b.strip()})

    def place(self, line: int, f: list[str]) -> None:
        name, _, nth = f[0].partition("#")
        where = re.split(r"[ ,]+", f[1]) if len(f) > 1 and f[1] else []
        country = f[2] if len(f) > 2 and f[2] else None
        lat, lon = (float(where[0]), float(where[1])) if len(where) == 2 else (None, None)
        found = occurrences(self.text, name.strip())
        if not found:
            self.bad(line, f"place not in the text: {name!r}")
        if country and not re.fullmatch(r"[A-Z]{3}", country):
            self.bad(line, f"country is ISO alpha-3: {country!r}")
        picked = [found[int(n) - 1] for n in nth.split(",") if int(n) <= len(found)] if nth else found
        for start in picked:  # without #n: every occurrence
            n = raw_n(self.text, name.strip(), start)
            self.out["places"].append(
                {"text": name.strip(), **({"n": n} if n > 1 else {}), "lat": lat, "lon": lon, "country": country}
            )

    def date(self, line: int, f: list[str]) -> None:
        at = self.span(line, f[0])
        value = f[1] if len(f) > 1 and f[1] not in ("", "-") else None
        if value and not TIMEX.match(value):
            self.bad(line, f"not a TIMEX3 value: {value!r}")
        self.out["dates"].append({**at, "value": value})

    def check_references(self) -> None:
        o, actors = self.out, self.out["actors"]
        for e in o["events"]:
            for role in ("actor", "recipient", "said_by"):
                for x in e[role]:
                    if x not in actors:
                        self.bad(0, f"{role} of {e['trigger']!r} is not an actor: {x!r}")
            for p in e["places"]:
                if p not in self.text:
                    self.bad(0, f"place of {e['trigger']!r} not in the text: {p!r}")
        for what, names in (
            ("speaker", [s["speaker"] for s in o["statements"]]),
            ("party", [t["party"] for t in o["terms"]]),
            ("relation", [r[x] for r in o["relations"] for x in ("from", "to")]),
            ("part_of", [a["part_of"] for a in actors.values() if "part_of" in a]),
        ):
            for name in names:
                if name not in actors and what != "part_of":
                    self.bad(0, f"{what} is not an actor: {name!r}")
        seen: dict[str, str] = {}
        for name, a in actors.items():
            for alias in a["aliases"]:
                if alias in seen:
                    self.bad(0, f"alias {alias!r} belongs to both {seen[alias]!r} and {name!r}")
                seen[alias] = name
        at = [(e["trigger"], e.get("n", 1), e["type"]) for e in o["events"]]
        for x in {x for x in at if at.count(x) > 1}:
            self.bad(0, f"event given twice: {x}")


def compile_text(body: str) -> tuple[list[dict], list[str]]:
    """Shorthand text -> (annotations, problems)."""
    passages: list[Passage] = []
    head, text, lines, state = "", [], [], "none"

    def close() -> None:
        if head:
            passages.append(Passage(head, "\n".join(text).strip(), lines))

    for number, line in enumerate(body.splitlines(), 1):
        if line.startswith("== "):
            close()
            head, text, lines, state = line[3:], [], [], "text"
        elif state == "text" and line.strip() == "--":
            state = "lines"
        elif state == "text":
            text.append(line.rstrip())
        elif state == "lines" and line.strip():
            lines.append((number, line.strip()))
    close()
    problems = [p for passage in passages for p in passage.problems]
    docs = [p.out["doc"] for p in passages]
    problems += [f"{d}: the id is used twice" for d in sorted({d for d in docs if docs.count(d) > 1})]
    return [p.out for p in passages], problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drafts", nargs="+", type=Path)
    parser.add_argument("--output", type=Path, help="write JSON Lines here when there is no problem")
    args = parser.parse_args()
    out: list[dict] = []
    failed = 0
    for path in args.drafts:
        docs, problems = compile_text(path.read_text(encoding="utf8"))
        for p in problems:
            print(f"{path.name}: {p}")
        failed += len(problems)
        out += docs
    n = sum(len(d["events"]) for d in out)
    print(f"{len(out)} passages, {n} events, {failed} problems")
    if args.output and not failed:
        args.output.write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in out), encoding="utf8")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
