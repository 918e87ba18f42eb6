"""Which version is this database, and how does it become the newest?

Every released version has a migration in `migrations/versions/` and a file of its time in
`tests/archive/released/`, from which the way up is tested.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import DatabaseError, OperationalError

from dateline.archive.engine import APPLICATION_ID, take_turn
from dateline.errors import ArchiveError, NewerArchive, NotAnArchive

FOLDER = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


def newest() -> str:
    """The revision that this program writes."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def revision(connection: Connection) -> str | None:
    """The database's revision; None for an empty database. Raises `NotAnArchive`, `NewerArchive`."""
    found = MigrationContext.configure(connection).get_current_revision()
    if found is None:
        if inspect(connection).get_table_names():
            raise NotAnArchive(f"{_name(connection)} holds tables that are not Dateline's; give another database")
        return None
    if found not in {s.revision for s in ScriptDirectory.from_config(_config()).walk_revisions()}:
        raise NewerArchive(
            f"{_name(connection)} was written by a newer Dateline (its revision is {found}); upgrade the program"
        )
    return found


def bring_up(engine: Engine) -> None:
    """Make the database, or bring it to the newest revision, in one transaction.

    Raises `NewerArchive`, `NotAnArchive`, `ArchiveError` (the server cannot be reached, or the file is locked or damaged).
    """
    try:
        with engine.connect() as connection:
            if revision(connection) == newest():
                return
        if engine.dialect.name == "sqlite":
            _prepare_file(engine)
        with engine.connect().execution_options(dateline_writes=True) as connection, connection.begin():
            take_turn(connection)
            if revision(connection) != newest():
                config = _config()
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
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
