"""The archive opens what is its own, and nothing else; the same on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import dateline.archive
from dateline.archive.engine import OLDEST_SQLITE, sqlite_driver
from dateline.archive.migrate import FOLDER, REVISIONS
from dateline.archive.tables import metadata
from dateline.errors import ArchiveError, MissingArchive, NewerArchive, NotAnArchive


def test_migrations_make_exactly_the_tables_of_the_schema(archive):
    with archive.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    assert [d for d in differences if "reports_fts" not in str(d)] == []


def test_every_revision_is_known_to_the_program():
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    found = [s.revision for s in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(found)) == REVISIONS


def test_every_table_and_column_is_documented():
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs" / "archive.md").read_text(encoding="utf-8")
    for table in metadata.tables.values():
        assert f"**`{table.name}`**" in page, table.name
        section = page.split(f"**`{table.name}`**", 1)[1].split("\n\n")[0]
        assert not [c.name for c in table.columns if c.name not in section], table.name


def test_opening_again_changes_nothing(archive, archive_name):
    with dateline.archive.open(archive_name, create=False) as again, again.reading() as connection:
        assert connection.execute(text("select count(*) from reports")).scalar_one() == 0


def test_a_newer_archive_is_refused_and_left_alone(archive, archive_name):
    with archive.writing() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(NewerArchive, match=r"DL-A02.*9999"):
        dateline.archive.open(archive_name)
    with archive.reading() as connection:
        assert connection.execute(text("select version_num from alembic_version")).scalar_one() == "9999"


def test_other_tables_are_no_archive(archive, archive_name):
    with archive.writing() as connection:
        connection.execute(text("drop table alembic_version"))
    with pytest.raises(NotAnArchive):
        dateline.archive.open(archive_name)


@pytest.mark.parametrize("name", ["mysql://host/x", "sqlite://", "http://x"])
def test_what_is_no_database_is_named(name):
    with pytest.raises(ArchiveError):
        dateline.archive.open(name)


def test_a_file_that_is_no_database(tmp_path):
    path = tmp_path / "x.db"
    path.write_bytes(b"It was a quiet night in Aleppo.\n" * 100)
    with pytest.raises(NotAnArchive):
        dateline.archive.open(str(path))
    assert path.read_bytes().startswith(b"It was")


def test_a_missing_archive_is_made_only_when_asked(sqlite_name):
    with pytest.raises(MissingArchive, match="dateline add"):
        dateline.archive.open(sqlite_name, create=False)


def test_a_server_that_does_not_answer_is_named():
    with pytest.raises(ArchiveError, match="cannot open"):
        dateline.archive.open("postgresql://dateline@127.0.0.1:1/none")


def test_sqlite_is_new_enough_and_keeps_a_write_ahead_log(sqlite_name):
    assert sqlite_driver().sqlite_version_info >= OLDEST_SQLITE
    with dateline.archive.open(sqlite_name) as archive, archive.reading() as connection:
        assert connection.execute(text("pragma journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("pragma synchronous")).scalar_one() == 2
        assert connection.execute(text("pragma foreign_keys")).scalar_one() == 1


def test_a_write_that_fails_is_undone(archive):
    with pytest.raises(ZeroDivisionError), archive.writing() as connection:
        connection.execute(text("insert into readers (version, model, knowledge) values ('1', 'm', 'k')"))
        raise ZeroDivisionError
    with archive.reading() as connection:
        assert connection.execute(text("select count(*) from readers")).scalar_one() == 0


def test_a_reader_goes_on_beside_a_writer(archive):
    with archive.writing() as writer:
        writer.execute(text("insert into readers (version, model, knowledge) values ('1', 'm', 'k')"))
        with archive.reading() as reader:
            assert reader.execute(text("select count(*) from readers")).scalar_one() == 0
