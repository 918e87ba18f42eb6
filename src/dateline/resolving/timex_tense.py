"""Does the clause around a time expression look back or ahead?

The cue nearest to the expression, left of it before right of it, within its sentence. Cues
are in `knowledge/times/words.toml`; a word in -ed counts as past, "to" with a verb as ahead,
unless its governor says that it was done ("managed to").
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from dateline.reading.graph import Span
from dateline.resolving.timex_rules import words

Tense = Literal["past", "future", "unknown"]

_WORD = re.compile(r"\d+|[A-Za-z]+(?:['’`]t)?|['’`]ll\b|[,;:\"“”]|\.\.\.")
_TURNED = re.compile(r"last|this|the|next|early|late", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’`]s?\b")
# Clause borders weigh like words that were passed over.
_BORDER_COST, _COMMA_COST = 6, 3
_RIGHT_COST = 3
_PURPOSE_COST = 8
_REACH = 25


@cache
def _cues(kind: str) -> frozenset[str]:
    return frozenset(words()["tense"][kind])


def tense_at(text: str, sentence: Span, span: Span) -> Tense:
    """Past or future by the nearest cue; unknown when the sentence has none in reach."""
    left = [m[0] for m in _WORD.finditer(text, sentence[0], span[0])]
    right = [m[0] for m in _WORD.finditer(text, span[1], sentence[1])]
    opened = bool(left) and left[-1].lower() in _cues("opens_ahead") and not _TURNED.match(text, *span)
    opened = opened and not _POSSESSIVE.match(text, span[1])  # "the toll from Wednesday's shelling"
    if opened and not (right and right[0].lower() in ("was", "were", "had")):
        return "future"
    best: tuple[int, Tense] = (_REACH, "unknown")
    for words_, order, cost in ((left, range(len(left) - 1, -1, -1), 0), (right, range(len(right)), _RIGHT_COST)):
        best = min(best, _nearest(words_, order, cost), key=lambda b: b[0])
    return best[1]


def _nearest(side: list[str], order: range, cost: int) -> tuple[int, Tense]:
    for i in order:
        word = side[i].lower()
        if word == "since" and side[i + 1 :]:
            continue  # "its first summit since 2012 on Sunday"
        cost += _BORDER_COST if word[0] in ';:"“”' else _COMMA_COST if word[0] == "," else 1
        if cost >= _REACH:
            break
        before = side[i - 1].lower() if i else ""
        if word in _cues("future") or (word in _cues("planned") and before in ("is", "are", "was", "were")):
            return (cost, "future")
        if word == "to" and _ahead(side, i):
            # "on Thursday to clear it": what the act is for; the verb before the day weighs more.
            return (cost + (0 if order.step < 0 else _PURPOSE_COST), "future")
        participle = len(word) > 4 and word.endswith("ed") and side[i].islower() and not _is_adjective(before)
        # "will be named", "when it is heard", "will hit": the auxiliary decides, and stands further left.
        if (word in _cues("past") or participle) and before not in _cues("auxiliary"):
            return (cost, "past")
    return (_REACH, "unknown")


def _is_adjective(before: str) -> bool:
    """Whether a word in -ed after this one is no verb: "some 200 wounded", "the besieged town"."""
    return before.isdigit() or before in ("the", "a", "an", "some", "of")


def _ahead(side: list[str], i: int) -> bool:
    """Whether the "to" at `i` opens an infinitive that lies ahead of its governor."""
    verb = side[i + 1] if i + 1 < len(side) else ""
    governor = side[i - 1].lower() if i else ""
    return verb.islower() and verb not in _cues("not_verbs") and governor not in _cues("achieved")
