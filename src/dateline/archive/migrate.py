"""Which version is this database, and how does it become the newest?

Every released version has a migration in `migrations/versions/` and a file of its time in
`tests/archive/released/`, from which the way up is tested.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DatabaseError, OperationalError

from dateline.archive.engine import APPLICATION_ID, take_turn
from dateline.archive.tallies import recount
from dateline.errors import ArchiveError, NewerArchive, NotAnArchive

FOLDER = Path(__file__).parent / "migrations"
# Every revision there has been, the newest last; a test holds them to the files of `migrations/versions/`.
REVISIONS = ("0001", "0002", "0003", "0004", "0005")


def revision(connection: Connection) -> str | None:
    """The database's revision; None for an empty database. Raises `NotAnArchive`, `NewerArchive`."""
    names = inspect(connection).get_table_names()
    if "alembic_version" not in names:
        if names:
            raise NotAnArchive(f"{_name(connection)} holds tables that are not Dateline's; give another database")
        return None
    found = connection.execute(text("select version_num from alembic_version")).scalar_one_or_none()
    if found is not None and found not in REVISIONS:
        raise NewerArchive(
            f"{_name(connection)} was written by a newer Dateline (its revision is {found}); upgrade the program"
        )
    return found


def _upgrade(connection: Connection) -> None:
    # Alembic takes half a second to load, and is needed once in an archive's life.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    # What is counted may have changed with the revision.
    recount(connection)


def bring_up(engine: Engine) -> None:
    """Make the database, or bring it to the newest revision, in one transaction.

    Raises `NewerArchive`, `NotAnArchive`, `ArchiveError` (the server cannot be reached, or the file is locked or damaged).
    """
    try:
        with engine.connect() as connection:
            if revision(connection) == REVISIONS[-1]:
                return
        if engine.dialect.name == "sqlite":
            _prepare_file(engine)
        with engine.connect().execution_options(dateline_writes=True) as connection, connection.begin():
            take_turn(connection)
            if revision(connection) != REVISIONS[-1]:
                _upgrade(connection)
    except OperationalError as error:
        raise ArchiveError(f"cannot open {_name(engine)}: {_reason(error)}") from None
    except DatabaseError as error:
        raise NotAnArchive(f"{_name(engine)} is no archive: {_reason(error)}") from None


def _prepare_file(engine: Engine) -> None:
    """The settings that a SQLite file keeps for good."""
    raw = engine.raw_connection()
    try:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    finally:
        raw.close()


def _name(bind: Connection | Engine) -> str:
    url = bind.engine.url
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string()


def _reason(error: DatabaseError) -> str:
    return str(error.orig).strip().split("\n")[0]
