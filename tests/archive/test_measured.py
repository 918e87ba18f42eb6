"""Small versions of what `quality/archive` measures in earnest: kills, a crowd, hostile input."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.archive.made import record

ROOT = Path(__file__).parents[2]


def measured(command, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", f"quality.archive.{command}", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "records.jsonl"
    made = [record(f"r{n:04}", killed=n) for n in range(500)]
    # Some come twice, and some are corrected.
    made += [record(f"r{n:04}", killed=n + n % 2) for n in range(0, 200)]
    path.write_text("".join(r.to_json() + "\n" for r in made), encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["sqlite_name", "postgres_name"])
def test_killed_at_any_moment_nothing_is_lost_or_doubled(request, source, kind):
    found = measured("kill", source, "--times", 6, "--db", request.getfixturevalue(kind))
    assert found["kills"] == 6 and found["lost"] == found["exports_that_differ"] == found["broken_files"] == 0


@pytest.mark.parametrize("kind", ["sqlite_name", "postgres_name"])
def test_readers_go_on_beside_writers(request, source, kind):
    found = measured("crowd", source, "--seconds", 3, "--db", request.getfixturevalue(kind))
    assert found["errors"] == found["lost_or_doubled"] == 0 and found["asked"] > 30 and found["added"] > 8


def test_hostile_input_costs_nothing_but_itself():
    found = measured("hostile", "--every", 6)
    assert found["inputs"] > 30 and found["crashes"] == found["good_lost"] == found["canary_words"] == 0
    assert found["requests_to_the_canary"] == 0 and found["connections"] == {} and found["files_opened_outside"] == {}
    assert found["memory_above_mb"] <= 200
