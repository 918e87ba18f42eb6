"""Which reports hold these words? FTS5 on SQLite, a tsvector on PostgreSQL; one language of questions for both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

# PostgreSQL holds at most 1 MiB of words for one report.
MOST_INDEXED = 250_000
_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r'(-?)"([^"]*)"|(-?)(\S+)')


def index(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Make reports findable. Rows are `{id, title, body}`; those of a report that is indexed already are replaced."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(
            text("insert or replace into reports_fts (rowid, title, body) values (:id, :title, :body)"), rows
        )
        return
    connection.execute(
        text(
            "insert into reports_fts (report_id, words) values (:id, setweight(to_tsvector('english', :title), 'A') "
            "|| to_tsvector('english', :body)) on conflict (report_id) do update set words = excluded.words"
        ),
        [
            {**r, "body": r["body"][:MOST_INDEXED].replace("\x00", " "), "title": r["title"].replace("\x00", " ")}
            for r in rows
        ],
    )


def forget(connection: Connection, ids: Sequence[int]) -> None:
    """Make reports not findable."""
    if not ids:
        return
    column = "rowid" if connection.dialect.name == "sqlite" else "report_id"
    connection.execute(text(f"delete from reports_fts where {column} = :id"), [{"id": i} for i in ids])


def find(connection: Connection, words: str, most: int) -> list[int]:
    """Ids of the reports that hold the words, the best first: `truce "car bomb" -syria`, `azaz or aleppo`."""
    match = fts5_query(words)
    if not match:
        return []
    if connection.dialect.name == "sqlite":
        query = "select rowid from reports_fts where reports_fts match :q order by bm25(reports_fts, 4.0, 1.0), rowid limit :n"
        return list(connection.execute(text(query), {"q": match, "n": most}).scalars())
    query = (
        "select report_id from reports_fts, websearch_to_tsquery('english', :q) q where words @@ q "
        "order by ts_rank_cd(words, q) desc, report_id limit :n"
    )
    return list(connection.execute(text(query), {"q": words.replace("\x00", " "), "n": most}).scalars())


def excerpt(body: str, words: str, around: int = 60) -> str:
    """The words of a text about the first of those that were asked for, whole words on one line."""
    asked = [
        w
        for dash, phrase, dash2, word in _TOKEN.findall(words)
        if not (dash or dash2)
        for w in _WORD.findall(phrase or word)
    ]
    # An ending may differ: both databases search for stems.
    stems = "|".join(re.escape(w[: max(4, len(w) - 3)]) for w in asked if w.lower() != "or")
    found = re.search(rf"\b(?:{stems})", body, re.IGNORECASE) if stems else None
    at = found.start() if found else 0
    start, end = max(0, at - around), min(len(body), at + around)
    while start and not body[start - 1].isspace():
        start -= 1
    while end < len(body) and not body[end].isspace():
        end += 1
    return f"{'… ' if start else ''}{' '.join(body[start:end].split())}{' …' if end < len(body) else ''}"


def fts5_query(words: str) -> str:
    """A question as PostgreSQL's `websearch_to_tsquery` takes it, for FTS5: never a syntax error, whatever is typed."""
    # What each group wants and does not want; `or` stands between groups.
    groups: list[tuple[list[str], list[str]]] = [([], [])]
    for dash, phrase, dash2, word in _TOKEN.findall(words):
        body = phrase or word.strip('"')
        if not phrase and word.lower() == "or":
            groups.append(([], []))
        elif re.search(r"\w", body):
            groups[-1][1 if dash or dash2 else 0].append('"' + re.sub(r'["\x00]', " ", body) + '"')
    return " OR ".join(
        f"(({' AND '.join(wanted)}) NOT ({' OR '.join(without)}))" if without else f"({' AND '.join(wanted)})"
        for wanted, without in groups
        if wanted
    )
