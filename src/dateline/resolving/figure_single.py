"""Who was the one? A single victim that no number names: "killing a soldier", "the mayor was shot dead"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.record import Measure
from dateline.resolving.figure_find import Count
from dateline.resolving.figure_measure import Reading, Sentence, harm_at, object_verb
from dateline.resolving.figure_words import figure_words

_COUNTED: frozenset[Measure] = frozenset(("killed", "injured", "abducted", "detained"))
_ARTICLES = frozenset(("a", "an", "another"))
_DEFINITE = frozenset(("the", "his", "her", "their", "its"))
_DETERMINERS = _ARTICLES | _DEFINITE
_SINGULAR_AUX = re.compile(r"(?:was|is|has been|had been|gets|got|being)(?: \w+ly| \w+day| later)?$")
_STOP = re.compile(r"^(?:and|or|in|on|at|by|with|who|of|from|near|as|that|when|while|after|for|to|[.,;:()\"])$")


def find_singles(s: Sentence, counted: Sequence[tuple[int, Measure]]) -> list[tuple[Count, Reading]]:
    """Counts of one with their measures, in text order.

    `counted` holds the token and measure of each number already read in the sentence: its
    phrase is no single, and a single listed after it is of its measure.
    """
    out: list[tuple[Count, Reading]] = []
    taken = {token for token, _ in counted}
    chain: list[tuple[int, Measure]] = []
    waiting = list(counted)
    for j in range(len(s.tokens)):
        while waiting and waiting[0][0] < j:
            chain.append(waiting.pop(0))
        hit = _object(s, j, taken) or _subject(s, j, taken) or _listed_after(s, j, taken, chain)
        if hit is None:
            continue
        first, last, measure = hit
        start, end = s.spans[first][0], s.spans[last][1]
        if out and start < out[-1][0].end:
            continue
        chain.append((last, measure))
        out.append((Count(start, end, (start, end), 1.0, 1.0, False), Reading(measure, "people", 0.75)))
    return out


def _listed_after(
    s: Sentence, j: int, taken: set[int], chain: Sequence[tuple[int, Measure]]
) -> tuple[int, int, Measure] | None:
    """ "… and a child", "… and his son", where what comes before has a measure."""
    if s.tokens[j] not in _DETERMINERS or s.tokens[j - 1 : j] != ("and",):
        return None
    before = [(token, m) for token, m in reversed(chain[-8:]) if j - 6 <= token < j and m in _COUNTED]
    if not before:
        return None
    token, measure = before[0]
    w = figure_words()
    if any(
        t in w.active or t in w.grammar["be"] or t in w.grammar["prepositions"] - {"and"}
        for t in s.tokens[token + 1 : j]
    ):
        return None
    last = _phrase_end(s, j)
    follows = s.tokens[last + 1 : last + 2]
    if last == j or taken & set(range(j, last + 1)) or not _is_person(s, j, last) or set(follows) & w.grammar["clause"]:
        return None
    return (j, last, measure)


def _object(s: Sentence, j: int, taken: set[int]) -> tuple[int, int, Measure] | None:
    """ "killed a forest guide", "the death of a boy", and what is listed after: "… and a nurse"."""
    if s.tokens[j] not in _DETERMINERS:
        return None
    w = figure_words()
    measure, verb = object_verb(s, j), s.tokens[j - 1] if j else ""
    if measure not in _COUNTED or not ((verb in w.active and verb not in w.grammar["idiom"]) or _close(s, j)):
        return None
    last = _phrase_end(s, j)
    if last == j or taken & set(range(j, last + 1)) or not _is_person(s, j, last):
        return None
    return (j, last, measure)


def _close(s: Sentence, j: int) -> bool:
    """Whether token `j` follows a verb of several words, or "the death of", at once."""
    left = " ".join(s.tokens[max(0, j - 3) : j])
    return left.endswith((" death of", " killing of", " murder of", *figure_words().phrases))


def _phrase_end(s: Sentence, j: int) -> int:
    last = j
    clause = figure_words().grammar["clause"]
    while last + 1 < len(s.tokens) and last - j < 5 and not _STOP.match(s.tokens[last + 1]):
        if s.tokens[last + 1] in clause:
            break
        last += 1
    return last


def _is_person(s: Sentence, first: int, last: int) -> bool:
    head = s.tokens[last]
    w = figure_words()
    thing = w.heads.get(head, "people") not in ("people", "fighters", "troops", "refugees")
    if head in w.nouns_of or (head.endswith("ing") and head in w.active):
        return False  # "and the wounding of 12"
    plural = head.endswith("s") and not head.endswith(("ss", "us", "is", "'s", "’s"))
    return not (plural or thing or head in w.grammar["not_one"] or set(s.tokens[first : last + 1]) & w.grammar["aux"])


def _subject(s: Sentence, j: int, taken: set[int]) -> tuple[int, int, Measure] | None:
    """ "the mayor was shot dead", "one policeman wounded" has a number and is not ours."""
    found = harm_at(s.tokens, j)
    if found is None or found[0] not in _COUNTED:
        return None
    w = figure_words()
    left = " ".join(s.tokens[max(0, j - 3) : j])
    aux = _SINGULAR_AUX.search(left)
    alone = s.tokens[j] in ("died", "succumbed")
    if not aux and not alone:
        # "five killed and another seriously injured"
        other = next((k for k in range(j - 1, max(-1, j - 4), -1) if s.tokens[k] == "another"), None)
        return (other, j - 1, found[0]) if other is not None and not taken & set(range(other, j)) else None
    last = j - 1 - (len(aux[0].split()) if aux else 0)
    if last > 2 and s.tokens[last] == "," and "," in s.tokens[max(0, last - 16) : last]:
        # "Name, a director at the ministry, was killed".
        last = max(k for k in range(last) if s.tokens[k] == ",") - 1
    first = last
    while first > 0 and last - first < 5 and not _STOP.match(s.tokens[first - 1]):
        if s.tokens[first - 1] in w.grammar["clause"] - w.grammar["not_yet"]:
            break  # "Police said Umar was killed"
        if s.tokens[first - 1] in w.grammar["not_yet"]:
            return None
        first -= 1
        if s.tokens[first] in _DETERMINERS:
            break
    if last < 0 or taken & set(range(first, last + 1)) or not _is_person(s, first, last):
        return None
    if first > 0 and s.tokens[first - 1] in w.grammar["prepositions"] and not aux:
        return None
    known = s.tokens[first] in _DETERMINERS | w.grammar["pronouns"] or s.printed[last][:1].isupper()
    return (first, last, found[0]) if known and not _STOP.match(s.tokens[last]) else None
