"""Which events are disputed? A condition of SQL on rows of `events`."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_, select

from dateline.archive import tables
from dateline.archive.stances import ASSERTS, DISPUTES

e, es, s = (t.c for t in (tables.events, tables.event_statements, tables.statements))


def disputed() -> ColumnElement[bool]:
    """Denied, doubted or rejected by someone, and asserted by someone or by the report itself."""
    told = select(es.event_id).join(tables.statements, s.id == es.statement_id)
    against = e.id.in_(told.where(s.stance.in_(sorted(DISPUTES))))
    of_it = es.event_id == e.id
    by_someone = exists().where(of_it, es.statement_id == s.id, s.stance.in_(sorted(ASSERTS)))
    in_its_own_voice = ~exists().where(of_it, es.said_by_rank.is_not(None))
    return and_(against, or_(by_someone, in_its_own_voice))
