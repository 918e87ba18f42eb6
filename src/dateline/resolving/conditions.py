"""Which clauses are conditions? From the wording alone: what opens them, where they end, what they hang on.

"It would sign only if the army withdrew, its chief said" -> form only-if, condition "the army
withdrew", main clause "It would sign". The words are in `knowledge/terms/conditions.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.knowledge.terms import Asked, Opener, Wordings, load
from dateline.record import Span, TermForm

# A clause's first words: after these the main clause of a condition begins anew.
_BREAK = re.compile(r"[;:]|[,:.]\s[“\"](?=\w)|\s[–—-]\s|\b(?:but|while|whereas|although|though)\b", re.I)
# A condition stands first when nothing but these is before it.
_FIRST = re.compile(
    r"(?:^|[;:“(–—-]|[\s:,][\"'‘]|\b(?:that|but|said|says|added|adds|warned|so|then|insisted|declared|told \w+))\W*$",
    re.I,
)
# "It would go, its chief said, if …": then the promise stands before.
_INSERTED = re.compile(
    r",[”\"]? [^,;:.“”\"]{2,60}\b(?:said|says|added|adds|warned|insisted|declared|announced|told \w+)\b[^,;:.“”\"]{0,30},\W*$",
    re.I,
)
_LEADING = re.compile(r"[\s,]+")
_AND = re.compile(
    r",? and with |,? with (?=(?:\w+ ){0,2}(?:guarantee|mediat|monitor|observer))|,? and (?:that |to )?|,? or (?:that )?|, ",
    re.I,
)
# Its infinitive is still to come: "obliging A and B to stop".
_AWAITS_TO = re.compile(
    r"\b(?:oblig|forc|compel|requir|order|ask|urg|press|get)\w*\b(?!.*\bto\b)", re.IGNORECASE | re.DOTALL
)
_AUXILIARY = re.compile(r"(?:is|are|was|were|be|been|has|have|had)\b")
_ONLY = re.compile(r"\bonly\b[^,;]{0,40}$", re.I)
_GERUND = re.compile(r"\b[a-z]{3,}ing\b")
_OWN_ACT = re.compile(r"\w[’']s? (?:not )?[a-z]{2,}ing\b")  # "the army's leaving"
_DATELINE = re.compile(r"[A-Z][A-Z ,./’'-]+")
_SEVERAL = re.compile(r", (?:and|or|as well as|not)\b|, [^,.;:]{2,40}(?:,[^.;:]{0,40})? and\b")
_LIST = re.compile(r"\s*(?:and|or)\b")
_SERIES = re.compile(
    r"\s*[\w’'-]+(?: [\w’'-]+){0,2}(?:, [\w’' -]{2,30})*,? (?:and|or) [\w’' -]{2,40}? (?:is|are|was|were|be|has|have|had)\b"
)
_RELATIVE = re.compile(r"\s*(?:who|which|whose|whom)\b[^,]*,\s*\w", re.I)
_QUOTE = re.compile(r"[\"“”]")
_NOT = re.compile(r"\b(?:not|no|never|nor|neither|none|nobody|nothing|cannot|refus\w+|reject\w*)\b|n['’]t\b", re.I)
_SAYS_THAT = re.compile(r"\bthat\b|\b(?:said|says|replied|insisted|added)[:,]? ", re.I)
# How a subject begins.
_SUBJECT = re.compile(
    r"\b(?:(?:the|an?|its|their|his|her|our|no|all|every)\b(?: [A-Z]\w+)?|it|he|she|they|we|[A-Z]\w+)\b(?! of\b)"
)
_ELSE = re.compile(r",? (?:or else|otherwise|failing which)\b")
LONGEST = 320
QUOTED_WORD = 2
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition and what hangs on it; spans in the text."""

    form: TermForm
    opener: Span
    span: Span
    main: Span
    first: bool
    # Asked for in the main clause itself: then `main` is what must wait.
    wanted: bool = False
    # An item of a list that another clause or sentence announces (`listed.py`).
    listed: bool = False
    # Worded as nothing else is: the wording alone makes it a term.
    sure: bool = False


def conditions(text: str, sentence: Span, acts: Sequence[Span]) -> list[Condition]:
    """Conditions of one sentence in text order; `acts` are the marked acts (triggers) of the text."""
    words = load()
    found: list[Condition] = []
    taken: list[Span] = []
    # What few sentences hold is not looked for in the others.
    passing = words.sieve.passing(text[slice(*sentence)])
    for opener in (words.openers[i] for i in passing if i < len(words.openers)):
        for m in opener.words.finditer(text, *sentence):
            if any(a < m.end() and m.start() < b for a, b in taken):
                continue
            one = _condition(text, sentence, acts, opener, m.span(), words)
            if one is not None:
                if m.groupdict().get("who"):
                    one = _whoever(text, one, m.start("who"), words)
                taken.append((m.start(), one.span[1]) if one.first else m.span())
                found.append(one)
    asked = [words.asked[i - len(words.openers)] for i in passing if i >= len(words.openers)]
    demands = _demands(text, sentence, asked)
    # "The army must leave if talks are to resume": what waits is no condition.
    waits = [d.main for d in demands if d.sure]
    found = [f for f in found if not any(a <= f.span[0] and f.span[1] <= b for a, b in waits)]
    found += [d for d in demands if all(d.span[1] <= f.span[0] or f.span[1] <= d.span[0] for f in found)]
    return sorted(found, key=lambda c: c.opener)


def _whoever(text: str, c: Condition, start: int, words: Wordings) -> Condition:
    """What is asked of "any who return" is told with whom it is asked of, up to the promise that follows: "[whoever left] would go free"."""
    promise = words.will.search(text, c.opener[1] + 1, c.span[1])
    if promise is None or promise.start() - start < SHORTEST:
        return replace(c, span=(start, c.span[1]))
    end = start + len(text[start : promise.start()].rstrip(" ,"))
    return replace(c, span=(start, end), main=(promise.start(), c.span[1]), first=True)


def _demands(text: str, sentence: Span, rules: Sequence[Asked]) -> list[Condition]:
    """ "Insists that the siege be lifted first"; "gave them a week to leave or be bombed"."""
    out: list[Condition] = []
    for asked in rules:
        for m in asked.words.finditer(text, *sentence):
            span = m.span("wanted")
            main = m.span("else") if m.groupdict().get("else") else (sentence[0], m.start("wanted"))
            dash = text.rfind(" - ", sentence[0], span[1])  # "JUBA - The army must leave first": after the dateline
            span = (max(span[0], dash + 3 if dash >= 0 and _DATELINE.fullmatch(text, sentence[0], dash) else 0), said_after(text, span, load()))  # fmt: skip
            span = (span[0], span[0] + len(re.sub(r"[\s,]+(?:and|or)?[\s,]*$", "", text[slice(*span)])))
            if span[1] - span[0] >= SHORTEST and all(span[0] >= c.span[1] or c.span[0] >= span[1] for c in out):
                opener = (min(m.start(), span[0]), span[0])
                form = tied(text, span[1], asked.form)
                if form in ("demand", "until") and (cut := _ELSE.search(text, *span)):
                    form, span = "unless", (span[0], cut.start())
                out.append(Condition(form, opener, span, main, first=False, wanted=True, sure=asked.sure))
    return out


def tied(text: str, end: int, form: TermForm) -> TermForm:
    """The form of what is asked for: by what follows it where that ties it ("…, otherwise the truce is off"), else the one given."""
    if form not in ("demand", "until"):
        return form
    return next((f for f, words in load().tied.items() if words.match(text, end)), form)


def said_after(text: str, span: Span, words: Wordings) -> int:
    """Where a stretch ends: before ", its leader said"."""
    tails = (m.start() for m in re.finditer(",", text[slice(*span)]))
    return next(
        (span[0] + t for t in tails if words.end_after_comma.match(text[span[0] : span[1] + 40], t + 2)), span[1]
    )


def _condition(
    text: str, sentence: Span, acts: Sequence[Span], opener: Opener, at: Span, words: Wordings
) -> Condition | None:
    if (
        words.never_before.search(text[sentence[0] : at[0]])
        and opener.form in ("if",)
        and "if" in text[at[0] : at[1]].lower()
    ):
        return None
    if words.never_after.match(text, at[1]) or words.question.search(text, sentence[0], at[0]):
        return None
    before = text[sentence[0] : at[0]]
    first = bool(_FIRST.search(before)) and (
        opener.what in ("clause", "any") or not before.strip(" \"“”'")
    ) and not _INSERTED.search(before)  # fmt: skip
    end = _end(text, sentence, at[1], first, acts, words)
    start = at[1]
    skipped = ' ,\n"”' if text[at[0] - 1] in '"“' else " ,\n"  # he would "as soon as" they left
    while start < end and text[start] in skipped:
        start += 1
    end = _noun_end(text, (start, end), first, opener, words)
    if not SHORTEST <= end - start <= LONGEST:
        return None
    if not _is_one(text, at, (start, end), acts, opener, words):
        return None
    main = _main(text, sentence, at[0], end, first) or _main(text, sentence, at[0], end, first=False)
    if main is None:
        return None
    said = text[slice(*main)]
    if first and text[slice(*at)].lower() == "before" and words.first.search(said):
        return None  # "Before any talks, the army must leave": what is asked for stands in the main clause
    # "It would talk, he told them, "now" if …": the promise may stand before a pause.
    if not _commits(said, opener, words) and (first or not _commits(text[sentence[0] : at[0]], opener, words)):
        return None
    wanted = (
        _wanted(text, main, at, words) if opener.form == "until" and "before" in text[at[0] : at[1]].lower() else None
    )
    if wanted:  # "insists that A leave before B": what is wanted is A's step
        return Condition("until", at, wanted, (start, end), first=False, wanted=True)
    only = opener.form == "if" and not first and _ONLY.search(said)  # "would only back it if …"
    otherwise = opener.form == "if" and words.tied["only-if"].match(text, end)  # "if they go, and not otherwise"
    return Condition("only-if" if only or otherwise else opener.form, at, (start, end), main, first)


def _noun_end(text: str, span: Span, first: bool, opener: Opener, words: Wordings) -> int:
    """Where a condition that is a noun ends: before what is said of it, and before the promise that hangs on it."""
    start, end = span
    comma = text.find(", ", start, end) if opener.what == "noun" else -1
    if comma > start and not _SEVERAL.match(text, comma):  # "in return for wages, their oil"
        end = comma
    promise = words.will.search(text, start + SHORTEST, end) if first and opener.what in ("noun", "pledge") else None
    # "Nothing short of his departure would do".
    return start + len(text[start : promise.start()].rstrip(" ,")) if promise else end


def _is_one(text: str, at: Span, span: Span, acts: Sequence[Span], opener: Opener, words: Wordings) -> bool:
    """Whether what stands behind the opener is what it asks for: a clause with its verb, or a noun that tells of an act."""
    body = text[slice(*span)]
    told = any(span[0] <= a < span[1] for a, _ in acts) or bool(words.verb.search(body))
    if opener.what == "clause" and not told:
        return False
    if opener.what == "pledge" and not (told or words.pledge.search(body) or _GERUND.search(body)):
        return False
    if opener.what == "any" and not (told or words.pledge.search(body) or _OWN_ACT.search(body)):
        return False
    # "Dropped its demand: it would talk if …": the condition is the one within.
    return not (text[at[1] - 1] == ":" and any(o.words.search(body) for o in words.openers if o.what == "clause"))


def _commits(main: str, opener: Opener, words: Wordings) -> bool:
    """Whether the clause that it hangs on promises, threatens or refuses as the opener needs, and does not tell of what might have been."""
    if words.past.search(main):
        return False
    will = bool(words.will.search(main))
    refused = bool(words.refusal.search(main))
    return {
        "any": True, "will": will, "not": refused, "on": refused or bool(words.goes_on.search(main)),
        "shall": bool(words.shall.search(main)), "none": bool(words.none.search(main)),
        "offer": bool(words.offer.search(main)),
    }[opener.main]  # fmt: skip


def _wanted(text: str, main: Span, at: Span, words: Wordings) -> Span | None:
    """What is wanted first, in the clause that stands before "before"."""
    end = at[0]
    while end > main[0] and text[end - 1] in " ,\n":
        end -= 1
    asked = [m.end() for m in words.demand.finditer(text, main[0], end)]
    if not asked and not _NOT.search(text, *main) and words.first.search(text, main[0], end):
        said = [m.end() for m in _SAYS_THAT.finditer(text, main[0], end)]
        asked = [said[-1] if said else main[0]]
    if not asked:
        return None
    start = asked[-1] + len(text[asked[-1] : end]) - len(text[asked[-1] : end].lstrip(' ,"“'))
    return (start, end) if end - start >= SHORTEST else None


def _end(text: str, sentence: Span, start: int, first: bool, acts: Sequence[Span], words: Wordings) -> int:
    """Where the condition ends: a condition that stands first ends at the comma before its main clause."""
    end = sentence[1]
    for pattern in (words.end_plain, words.not_else):
        stop = pattern.search(text, start + 1, end)
        end = stop.start() if stop else end
    if len(_QUOTE.findall(text, sentence[0], start)) % 2:  # within a quotation: it ends there
        closing = _QUOTE.search(
            text, start + QUOTED_WORD, end
        )  # not that of the opener: he would "as soon as" they left
        end = closing.start() if closing else end
    for m in re.finditer(r",", text[start:end]):
        at = start + m.start()
        after = text[at + 1 : end]
        lead = len(after) - len(after.lstrip())
        bare = not any(start <= a < at for a, _ in acts) and not words.verb.search(text, start, at)
        if bare and not first and _SERIES.match(after):  # "unless banking, power and telephones are restored"
            continue
        if bare and not first and _RELATIVE.match(after):  # "if the rebels, who hold the port, leave"
            continue
        if words.end_after_comma.match(after, lead) or (bare and _LIST.match(after) and words.verb.search(after)):
            end = at
            break
        if first and re.search(r"\w", after) and words.will.search(after) and not re.match(r"\s*(?:and|or)\b", after):
            # The main clause is the stretch after the last comma before the promise.
            promise = words.will.search(after)
            assert promise
            inner = after[: promise.start()].rfind(",")
            end = at if inner < 0 or inner > 80 else at + 1 + inner
            break
    else:
        if first:
            end = _run_on(text, start, end, words)
    while end > start and text[end - 1] in " .,\n!?":
        end -= 1
    return end


def _run_on(text: str, start: int, end: int, words: Wordings) -> int:
    """ "If the talks fail the tunnels will be blown up": no comma parts them, so the promise's subject does."""
    promise = words.will.search(text, start + 1, end)
    subjects = [m for m in _SUBJECT.finditer(text, start + 1, promise.start())] if promise else []
    return subjects[-1].start() if subjects and words.verb.search(text, start, subjects[-1].start()) else end


_HIS_CLAUSE = re.compile(r"\s*(?:whose|which|who|whom|where)\b")


def _main(text: str, sentence: Span, opener: int, end: int, first: bool) -> Span | None:
    """The clause that the condition hangs on: after it where the condition stands first, else before it."""
    if first:
        after = _LEADING.match(text, end, sentence[1])
        start = after.end() if after else end
        if _HIS_CLAUSE.match(text, start):  # "after talks with Kabila, whose government refused": that is his clause
            return None
        if start < sentence[1] - SHORTEST:
            stop = _BREAK.search(text, start + 1, sentence[1])
            return (start, stop.start() if stop else sentence[1])
        return None
    start = sentence[0]
    for m in _BREAK.finditer(text, sentence[0], opener):
        if opener - m.end() > 12:
            start = m.end()
    return (start, opener) if opener - start > SHORTEST else None


def requirements(text: str, span: Span, acts: Sequence[Span]) -> list[Span]:
    """A condition's parts: "A stops and B leaves" asks for two things, "A and B stop" for one."""
    words = load()
    cuts = [m for m in _AND.finditer(text, *span)]
    out: list[Span] = []
    start = span[0]
    for m in cuts:
        nexts = [c.start() for c in cuts if c.start() >= m.end()]
        # After ", and" the next part may have commas of its own: "and prisoners, women first, are freed".
        whole = span[1] if m.group().startswith(", and") else nexts[0] if nexts else span[1]
        right = (m.end(), whole)
        if _AUXILIARY.match(text, m.end()) or (
            _AWAITS_TO.search(text, start, m.start()) and " to " in text[slice(*right)]
        ):
            continue
        joined = "with " in m.group() or _whole(text, right, acts, words)
        if joined and ("and with" in m.group() or _whole(text, (start, m.start()), acts, words)):
            out.append((start, m.start()))
            start = m.end()
    return [*out, (start, span[1])]


def _whole(text: str, span: Span, acts: Sequence[Span], words: Wordings) -> bool:
    """Whether a stretch tells of an act by itself: a marked act of its own and a verb, or both of one word."""
    inside = [a for a in acts if span[0] <= a[0] and a[1] <= span[1]]
    return bool(inside) and bool(words.verb.search(text, *span))
