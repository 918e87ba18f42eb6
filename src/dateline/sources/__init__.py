"""Sources: bytes -> Report.

Each reader answers one question: what reports does this file hold? `read_sources` takes
what the user named (files, folders, `-`), picks the reader by suffix and content, and
yields reports one by one, or, where one cannot be taken in, the error in its place, so that
a broken report never stops a batch.
"""

from dateline.sources.take_in import Taken, read_sources

__all__ = ["Taken", "read_sources"]
