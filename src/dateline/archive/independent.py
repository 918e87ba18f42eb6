"""Who is really behind a report? Copies of one text and stories credited to one agency are one source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dateline.archive.reprints import Copy, Group


def independent(copies: Iterable[Copy], groups: Iterable[Group]) -> Mapping[str, str]:
    """Report -> its source: an agency or outlet (`reuters`), `text:ID` of a copied text without either, `report:ID`."""
    by_id = {c.id: c for c in copies}
    of = {r: g for g in groups for r in g.reports}
    out: dict[str, str] = {}
    for id_, c in sorted(by_id.items()):
        group = of.get(id_)
        if group is None:
            out[id_] = _named(c) or f"report:{id_}"
        elif group.agency:
            out[id_] = _agency(group.agency)
        else:
            out[id_] = _named(by_id[group.origin]) or f"text:{group.origin}"
    return out


def _named(c: Copy) -> str | None:
    if c.agency:
        return _agency(c.agency)
    return " ".join(c.outlet.casefold().split()) if c.outlet else None


def _agency(name: str) -> str:
    return " ".join(name.casefold().split())
