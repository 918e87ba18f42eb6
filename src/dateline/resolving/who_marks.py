"""Which words of an actor's mark name the actor, and which marks name nobody?

The model's marks end in the middle of a word or run on into a relative clause ("two men who had not").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dateline.knowledge.actors import Patterns
from dateline.reading.graph import Graph
from dateline.record import Span
from dateline.resolving.who_counted import is_number
from dateline.resolving.who_names import is_nobody, straight

_CLAUSE = re.compile(r",?\s(?:who|whom|whose|which|that (?:has|have|had|was|were|is|are|they|he|she|it))\b")
# A mark that begins with its clause is the pronoun alone: "who were supposed to leave".
_PRONOUN = re.compile(r"(?:who|whom|which)(?=\s)")
# What a name or noun goes on with: "New" of "New York", "go" of "go-between", "commander" of "commander-in-chief".
_FIRST = frozenset(("New", "San", "Santa", "Saint", "Port", "Fort", "Tel", "Abu", "Los"))
_SECOND = re.compile(r" [A-Z][\w’'-]*\w")
_HYPHENED = re.compile(r"-(?:betweens?|in-chief|general|elect|minister)\b")
# What a count begins with: "At least nine".
_AT = re.compile(r"\bat (?=(?:least|most) \w)", re.IGNORECASE)
# A mark that begins with what leads to it: "on peacekeepers", "of its Burundian troops".
_LED_BY = re.compile(r"(?:on|of|by|against|from|with|to|at|upon|between)\s+(?=\w)")
# What joins a mark to the next one, or leads to it, and a participle whose "by" follows: "JNIM and/or", "rebels led",
# "fighters supported" by soldiers.
_LOOSE = re.compile(r"(?:,|\s(?:and/or|and|or|led|headed|commanded|by|of|to|in|from))+$|\sbetween\s(?:(?!\sand\s).)*$")
_AGENT = re.compile(r"\s(?:supported|backed|accompanied|assisted|aided|escorted|joined)$")


# What a mark stops short of: the other of two states, the coalition that a state leads, the craft that a name is the name of.
_RUNS_ON = re.compile(
    r"(?<=[A-Za-z.])-[A-Z]\w+(?![\w-])"
    r"|-led (?:[\w-]+ )?(?:coalition|alliance|forces?|troops|mission)\b"
    r"|(?<=\bWorld) (?:powers|leaders)\b"
    r"| (?:attack )?(?:helicopters?|gunships?|warplanes?|(?:fighter )?jets?|bombers?|drones?|aircraft|gunboats?|frigates?)\b"
)
# "A coalition press release" is the coalition's, whether the mark ends with the press or with its release.
_PRESS = re.compile(r"\spress(?:\s(?:releases?|statements?|conferences?|briefings?|communiqu[eé]s?|notices?))?$")
# "The Iraqi Army's Liberation" (Campaign) is the army, whose operation has a name.
_OPERATION = re.compile(
    r"['’]s? (?:Operation|Liberation(?! (?:Front|Army|Movement|Organi|Party|Forces))|Campaign|Offensive|Spring|Summer|Winter|Dawn|Storm)\b"
)


def whole(graph: Graph, i: int) -> Span:
    """The span of a mark, to the end of its last word or name, without a clause or a conjunction that it runs on into."""
    start, end = graph.marks[i].span
    text = graph.text
    if (led := _LED_BY.match(text, start, end)) is not None:
        start = led.end()
    if _AT.match(text, start - 3, end):
        start -= 3
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    if (more := _HYPHENED.match(text, end)) is not None:
        end = more.end()
    elif text[max(start, end - 5) : end].split(" ")[-1] in _FIRST and (second := _SECOND.match(text, end)) is not None:
        end = second.end()
    elif (on := _runs_on(graph, start, end)) is not None:
        end = on
    elif (press := _PRESS.search(text, start + 1, end)) is not None and text[start:end].count(" ") < 4:
        end = press.start()
    elif (operation := _OPERATION.search(text, start + 1, end)) is not None:
        end = operation.start()
    if (pronoun := _PRONOUN.match(text, start, end)) is not None:
        return start, pronoun.end()
    clause = _CLAUSE.search(text, start + 1, end)
    end = clause.start() if clause else end
    loose = _LOOSE.search(text, start + 1, end)
    end = loose.start() if loose else end
    agent = _AGENT.search(text, start + 1, end) if text.startswith(" by ", end) else None
    return start, agent.start() if agent else end


def _runs_on(graph: Graph, start: int, end: int) -> int | None:
    """The end of what a capitalised mark stops short of, where no other actor begins there: "US" of "US-Russian"."""
    more = _RUNS_ON.match(graph.text, end)
    last = graph.text[start:end].rpartition(" ")[2]
    if more is None or not last[:1].isupper():
        return None
    taken = any(end <= m.start < more.end() for _, m in graph.of("actor"))
    return None if taken else more.end()


def named_marks(graph: Graph, patterns: Patterns) -> Mapping[int, str]:
    """The actor marks that name somebody, by index, with their words."""
    words = {
        i: _article(graph, i, patterns) + straight(graph.text[slice(*whole(graph, i))]) for i, _ in graph.of("actor")
    }
    return {
        i: text
        for i, text in words.items()
        if not is_nobody(text, patterns) and not _titles(graph, i, text, patterns) and not _of_things(graph, i, text)
    }


# "Shot down 89 (of them)": drones, not people.
_DOWNED = re.compile(
    r"\b(?:shot down|shoot down|shooting down|down(?:ed|ing)|intercept(?:ed|ing)|brought down|destroy(?:ed|ing)|launch(?:ed|ing)|fir(?:ed|ing))"
    r"(?: (?:at least|some|about|all|another|more than|nearly|around))? $"
)


def _of_things(graph: Graph, i: int, words: str) -> bool:
    """Whether a mark is the number of what was shot down or fired."""
    start = graph.marks[i].start
    return is_number(words) and _DOWNED.search(graph.text, max(0, start - 40), start) is not None


_THE = re.compile(r"(?<![\w-])the $", re.IGNORECASE)


def _article(graph: Graph, i: int, patterns: Patterns) -> str:
    """The definite article before a mark that a group may be called by: "the militia" is one that was named."""
    start, end = graph.marks[i].span
    return (
        "the "
        if graph.text[start:end] in patterns.generic and _THE.search(graph.text, max(0, start - 5), start)
        else ""
    )


def _titles(graph: Graph, i: int, words: str, patterns: Patterns) -> bool:
    """Whether a mark is but the title of those named next: "Presidents" of "Presidents Felix Tshisekedi and Paul Kagame"."""
    then = graph.marks[i].end + 1
    return (
        words.endswith("s")
        and words.lower().removesuffix("s") in patterns.titles
        and any(m.start == then for _, m in graph.of("actor"))
    )
