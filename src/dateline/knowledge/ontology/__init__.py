"""What are events called elsewhere? CAMEO codes, ACLED types and PLOVER contexts, from data files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dateline.errors import KnowledgeError
from dateline.knowledge.sieve import Sieve
from dateline.knowledge.table import load_table
from dateline.record import Acled

# An intended or demanded act is coded under the words that carry it; CAMEO has codes for
# expressed intent (03x) and demands (10x), not for what did not happen.
NOT_CODED = frozenset(("negated", "conditional", "cancelled"))


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the ACLED crosswalk; empty conditions hold always."""

    type: str
    event: str
    sub: str
    mode: frozenset[str]
    actor: frozenset[str]
    recipient: frozenset[str]
    words: re.Pattern[str] | None
    actor_words: re.Pattern[str] | None
    trigger: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Ontology:
    """The crosswalks, loaded."""

    cameo_codes: Mapping[str, Mapping[str, str]]
    rules: tuple[Rule, ...]
    armed_words: re.Pattern[str]
    context_words: Mapping[str, re.Pattern[str]]
    context_sieve: Sieve

    def cameo(self, type_: str, mode: str | None, status: str) -> str | None:
        """CAMEO code as a string (leading zero kept); None for what did not come to pass."""
        if status in NOT_CODED:
            return None
        codes = self.cameo_codes[type_]
        return codes.get(mode or "", codes[""])

    def acled(
        self,
        type_: str,
        mode: str | None,
        status: str,
        actors: Sequence[tuple[str, str]],
        recipients: Sequence[tuple[str, str]],
        trigger: str,
        sentence: str,
    ) -> Acled:
        """ACLED's terms for an event that happened; actors and recipients are (kind, words) pairs."""
        if status != "happened":
            return Acled()
        # One soldier is a person to the record, a combatant to ACLED.
        recipients = [("military" if self.armed_words.search(w) else k, w) for k, w in recipients]
        for r in self.rules:
            if r.type == type_ and _fits(r, mode, actors, recipients, trigger, sentence):
                return Acled(event_type=r.event, sub_event_type=r.sub)
        return Acled()

    def contexts(self, sentence: str) -> list[str]:
        """PLOVER contexts whose words stand in the sentence, in the file's order."""
        words = list(self.context_words.items())
        return [words[i][0] for i in self.context_sieve.passing(sentence) if words[i][1].search(sentence)]


def _fits(
    r: Rule,
    mode: str | None,
    actors: Sequence[tuple[str, str]],
    recipients: Sequence[tuple[str, str]],
    trigger: str,
    sentence: str,
) -> bool:
    kinds = {k for k, _ in recipients} or {"none"}
    return (
        (not r.mode or (mode or "") in r.mode)
        and (r.trigger is None or bool(r.trigger.search(trigger)))
        and (not r.actor or any(k in r.actor for k, _ in actors))
        and (not r.recipient or bool(kinds & r.recipient))
        and (r.words is None or bool(r.words.search(sentence)))
        and (r.actor_words is None or any(r.actor_words.search(w) for _, w in actors))
    )


def _words(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(w)}" for w in words), re.IGNORECASE)


@cache
def load() -> Ontology:
    """Read and validate the three files; `KnowledgeError` names every bad entry."""
    cameo, acled, contexts = (load_table(f"ontology/{name}.toml") for name in ("cameo", "acled", "contexts"))
    bad = [
        f"cameo.toml: {t}/{m}: {c!r}"
        for t, codes in cameo.items()
        for m, c in codes.items()
        if not re.fullmatch(r"\d{3,4}", str(c))
    ]
    bad += [f"cameo.toml: {t} has no code for an unknown mode" for t, codes in cameo.items() if "" not in codes]
    groups_in_order = {k: v for k, v in acled.items() if isinstance(v, list) and k != "rule"}
    groups = {k: frozenset(v) for k, v in acled.items() if isinstance(v, list) and k != "rule"}

    def words(value: str | Sequence[str] | None) -> re.Pattern[str] | None:
        """A list of words, or the name of one of the file's groups."""
        return None if value is None else _words(groups_in_order[value] if isinstance(value, str) else value)

    def kinds(names: Sequence[str]) -> frozenset[str]:
        return frozenset(x for n in names for x in groups.get(n, frozenset((n,))))

    rules: list[Rule] = []
    for i, r in enumerate(acled["rule"]):
        if not {"type", "event", "sub"} <= set(r):
            bad.append(f"acled.toml: rule {i + 1} lacks one of type, event, sub")
            continue
        rules.append(
            Rule(
                r["type"], r["event"], r["sub"], frozenset(r.get("mode", ())), kinds(r.get("actor", ())), kinds(r.get("recipient", ())),
                words(r.get("words")), words(r.get("actor_words")), words(r.get("trigger")),            )
        )  # fmt: skip
    if bad:
        raise KnowledgeError("; ".join(bad))
    context_words = {k: _words(v) for k, v in contexts.items()}
    return Ontology(
        cameo, tuple(rules), _words(groups_in_order["armed_words"]), context_words, Sieve(list(context_words.values()))
    )
