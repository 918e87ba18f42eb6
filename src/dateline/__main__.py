"""`python -m dateline`, and the program `dateline`: the commands of `dateline.cli`, started quickly."""

from __future__ import annotations

import gc


def main() -> None:
    """Run a command. Python looks for cycles less often: what a command loads is many small objects that stay."""
    gc.set_threshold(100_000, 20, 100)
    from dateline.cli import app

    app()


if __name__ == "__main__":
    main()
