"""Which act do the words of a term ask for? A small vocabulary, so that the words of two parties can meet."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, get_args

from dateline.errors import KnowledgeError
from dateline.kinds import EventType

FILE = Path(__file__).parent / "acts.toml"
# An act that the vocabulary does not have; its words stand for it.
OTHER = "other"
HOSTILE = "hostile"
# Letters of a word that are looked at before patterns are tried.
STEM = 3
_WORD = re.compile(r"[^\W\d_]{3,}")
_CODES = re.compile(r"\\[a-zA-Z]|\[[^\]]*\]")
# Too common to tell a text in which a pattern can be found; no pattern is made of these alone.
_COMMON = frozenset(("the", "and", "for", "its", "his", "her"))
DOERS = ("opponent", "third")
TESTS = ("going_on", "supplying", "refusing", "giving", "strict", "at_once")


@dataclass(frozen=True, slots=True)
class Sign:
    """A kind of event that meets or breaks an act, and the words that its sentence must hold."""

    type: str
    mode: str | None
    words: re.Pattern[str]

    def fits(self, type_: str, mode: str | None, sentence: str) -> bool:
        """Whether an event is of the kind."""
        return (
            self.type == type_
            and (self.mode is None or self.mode == mode)
            and (not self.words.pattern or bool(self.words.search(sentence)))
        )


@dataclass(frozen=True, slots=True)
class Act:
    """One act: how it is worded, what it holds, what shows that it was done."""

    key: str
    title: str
    words: re.Pattern[str]
    # First letters of the words that its patterns are made of: a text with none of them is not searched.
    stems: frozenset[str]
    object: re.Pattern[str] | None
    holds: tuple[str, ...]
    doer: str
    lasting: bool
    meets: tuple[Sign, ...]
    breaks: tuple[Sign, ...]
    ends: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The acts in the order in which words are tried, and the words that colour them."""

    acts: Mapping[str, Act]
    exclusive: frozenset[frozenset[str]]
    tests: Mapping[str, re.Pattern[str]]

    def named(self, words: str) -> str:
        """The act that the words name first in the order of the vocabulary, or `other`."""
        return next(iter(self.all_named(words)), (OTHER, 0, 0))[0]

    def all_named(self, words: str) -> tuple[tuple[str, int, int], ...]:
        """Acts that the words name with the stretch that names them, the leading one first.

        An act whose words lie within those of one before it is not named apart.
        """
        return _all_named(self, words)

    def is_hostile(self, words: str, threatened: bool = False) -> bool:
        """Whether the words threaten force and promise no act of peace; words in a threat need not name force."""
        return (threatened or bool(self.acts[HOSTILE].words.search(words))) and self.named(words) in (OTHER, "talk")

    def says(self, test: str, words: str) -> bool:
        """Whether the words hold one of a list, such as `going_on`."""
        return bool(self.tests[test].search(words))

    def title(self, key: str) -> str:
        """The act for people."""
        return self.acts[key].title if key in self.acts else key

    def done_with(self, key: str) -> tuple[str, ...]:
        """The act and all acts that are done when it is."""
        return (key, *(self.acts[key].holds if key in self.acts else ()))


@lru_cache(maxsize=1 << 14)  # parties repeat themselves
def _all_named(vocabulary: Vocabulary, words: str) -> tuple[tuple[str, int, int], ...]:
    stems = _stems(words)
    out: list[tuple[str, int, int]] = []
    for act in vocabulary.acts.values():
        if act.key == HOSTILE or act.stems.isdisjoint(stems):
            continue
        found = act.words.search(words)
        if found and not any(a < found.end() and found.start() < b for _, a, b in out):
            out.append((act.key, found.start(), found.end()))
    return tuple(out)


def _stems(words: str) -> frozenset[str]:
    return frozenset(w[:STEM] for w in _WORD.findall(words.lower())) - _COMMON


@cache
def load(path: Path = FILE) -> Vocabulary:
    """The vocabulary. Raises `KnowledgeError` with every bad field."""
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    problems: list[str] = []
    words = data.pop("words", {})
    acts = {key: _act(key, entry, problems) for key, entry in data.items()}
    tests = {name: _pattern(words.get(name, ""), f"words.{name}", problems) for name in TESTS}
    problems += [f"words.{name}: missing" for name in TESTS if not words.get(name)]
    pairs = [frozenset(p) for p in words.get("exclusive", [])]
    problems += [f"exclusive: {sorted(p)}" for p in pairs if len(p) != 2 or not p <= set(acts)]
    problems += [f"{a.key}.holds: {h}" for a in acts.values() for h in a.holds if h not in acts]
    if HOSTILE not in acts:
        problems.append("hostile: missing")
    if problems:
        raise KnowledgeError(f"{path.name}: " + "; ".join(problems))
    return Vocabulary(acts, frozenset(pairs), tests)


def _act(key: str, entry: Mapping[str, Any], problems: list[str]) -> Act:
    known = {"title", "words", "object", "holds", "doer", "lasting", "meets", "breaks", "ends"}
    problems += [f"{key}.{k}: unknown" for k in entry.keys() - known]
    if not entry.get("words") or not entry.get("title"):
        problems.append(f"{key}: needs title and words")
    doer = entry.get("doer", "opponent")
    if doer not in DOERS:
        problems.append(f"{key}.doer: {doer}")
    return Act(
        key=key, title=entry.get("title", key),
words=_pattern("|".join(f"(?:{w})" for w in entry.get("words", [])), f"{key}.words", problems),
        stems=_stems(_CODES.sub(" ", " ".join(entry.get("words", [])))),
        object=_pattern(entry["object"], f"{key}.object", problems) if "object" in entry else None,
        holds=tuple(entry.get("holds", [])), doer=doer, lasting=bool(entry.get("lasting")),
        meets=tuple(_sign(s, f"{key}.meets", problems) for s in entry.get("meets", [])),
        breaks=tuple(_sign(s, f"{key}.breaks", problems) for s in entry.get("breaks", [])),
        ends=tuple(_sign(s, f"{key}.ends", problems) for s in entry.get("ends", [])),
    )  # fmt: skip


def _sign(pair: list[str], where: str, problems: list[str]) -> Sign:
    type_, _, mode = pair[0].partition("/")
    if len(pair) != 2 or type_ not in get_args(EventType):
        problems.append(f"{where}: {pair}")
    return Sign(type_, mode or None, _pattern(pair[-1], where, problems))


def _pattern(words: str, where: str, problems: list[str]) -> re.Pattern[str]:
    try:
        return re.compile(words, re.IGNORECASE)
    except re.error as error:
        problems.append(f"{where}: {words}: {error}")
        return re.compile("")
