"""A file is put in place when it is whole, or what was there stays."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline.errors import ExportError


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A new file beside a path, put in its place when the block ends, and removed when it fails. Raises `ExportError`."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}") from None
    made = Path(name)
    try:
        yield made
        made.chmod(0o644)
        made.replace(path)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}") from None
    finally:
        made.unlink(missing_ok=True)
