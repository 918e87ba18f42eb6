"""The house keeps its own rules: layers, what the package shows, what a user may need."""

import re
import subprocess
import sys
from pathlib import Path

import dateline
from dateline.reading import labels
from dateline.reading.model import default_folder

ROOT = Path(dateline.__file__).parent.parent.parent


def test_a_module_imports_only_from_rooms_to_its_left():
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_locks_hold_names_versions_and_digests_and_no_address():
    for lock in (ROOT / "locks").glob("*.lock"):
        body = lock.read_text(encoding="utf-8")
        assert not re.search(r"https?:|--index|--find-links", body), lock.name
        entries = re.findall(r"^[\w.-]+==\S+", body, re.MULTILINE)
        assert len(entries) == len(re.findall(r"^[\w.-]+==[^\n]*\\\n +--hash=sha256:", body, re.MULTILINE)), lock.name


def test_the_model_is_small_and_says_what_it_was_trained_on():
    folder = default_folder()
    assert sum(f.stat().st_size for f in folder.iterdir()) <= 40_000_000
    card = (ROOT / "docs" / "model-card.md").read_text(encoding="utf-8")
    meta = (folder / "model.json").read_text(encoding="utf-8")
    assert labels.digest() in meta
    digest = re.search(r'"corpus": "([0-9a-f]{64})"', meta)
    assert digest and digest[1] in card


def test_nothing_that_ships_needs_torch():
    body = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*.py"))
    assert not re.search(r"^\s*(import|from) (torch|transformers)", body, re.MULTILINE)


def test_every_make_target_of_the_readme_exists():
    targets = set(re.findall(r"make (\w+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert targets <= set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
