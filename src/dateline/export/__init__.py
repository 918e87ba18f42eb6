"""Export: the record in the shapes that others work with. One module a format, `docs/exports.md` says what each cannot carry.

Each format gives rows of `Fact`s (`facts.py`): incidents where the archive has any, else events.
`write(archive, format, path)` writes one file whole, or leaves what was there.
"""

from dateline.export.write import FORMATS, Written, write

__all__ = ["FORMATS", "Written", "write"]
