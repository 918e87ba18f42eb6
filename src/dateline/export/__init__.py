"""Export: the record in the shapes that others work with. One module a format, `docs/exports.md` says what each cannot carry.

Each format gives rows of `Fact`s (`facts.py`): incidents where the archive has any, else events.
`write(archive, format, path)` writes one file whole, or leaves what was there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.export.formats import FORMATS, Written, write

__all__ = ["FORMATS", "Written", "write"]


def __getattr__(name: str) -> Any:
    # The formats are loaded by whoever writes one, not by a command that prints a table.
    if name in __all__:
        from dateline.export import formats

        return getattr(formats, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
