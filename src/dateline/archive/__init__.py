"""Archive: many reports, one record of events.

`open(name)` gives the archive in a SQLite file or a PostgreSQL database, made or brought up to
date as needed. It keeps every report as it came, version by version, and every record as it was
read; nothing is overwritten. Above them stand incidents, each link with its reasons, each merge
to be undone. `docs/archive.md` names the tables and their columns.
"""

from dateline.archive.store import Archive, open_archive

open = open_archive

__all__ = ["Archive", "open", "open_archive"]
