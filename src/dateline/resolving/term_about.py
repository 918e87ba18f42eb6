"""Is a condition about war, peace or power? Others have terms too: growers wait for rain, insurers for a verdict."""

from __future__ import annotations

from dateline.knowledge.terms import load
from dateline.resolving.term_features import Seen, rest

# Who wages wars and makes peace; others have terms only where they speak of it.
_PUBLIC = frozenset(("state", "government", "military", "police", "militia", "rebel", "party", "igo"))


def concerns_us(s: Seen, party: str, marked: bool) -> bool:
    """Whether it is about war, peace or power: neither an onlooker's guess nor growers who wait for the frost to pass.

    `marked`: the model is sure of it; then only what speaks of other things alone is none.
    """
    words, c, text = load(), s.condition, s.graph.text
    if not marked and words.guess.search(rest(s)) and words.onlooker.search(rest(s)):
        return False
    kind = s.actors[party].kind if party in s.actors else "state"
    if kind in _PUBLIC:
        return True
    spans = [m.span for i, m in s.graph.of("actor") if party in s.of_mark.get(i, ())]
    topic = any(words.topic.search(text, *span) for span in (c.main, c.span))
    aside = any(words.aside.search(text, *span) for span in (c.main, c.span, *spans))
    if marked or kind == "person":
        return topic or not aside
    return topic and not aside and not any(words.onlooker.search(text, *span) for span in spans)
