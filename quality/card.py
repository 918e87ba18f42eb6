"""Write docs/model-card.md from the model's own metadata and the figures measured. usage: python -m quality.card"""

from __future__ import annotations

import json
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from dateline.reading.model import default_folder
from quality.measure import FIGURES

HERE = Path(__file__).parent
CARD = HERE.parent / "docs" / "model-card.md"


def render() -> str:
    """The card as Markdown."""
    meta = json.loads((default_folder() / "model.json").read_text(encoding="utf-8"))
    sizes = {f: (default_folder() / f).stat().st_size for f in meta["files"]}
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    environment = Environment(loader=FileSystemLoader(HERE), trim_blocks=True, lstrip_blocks=True, autoescape=False)
    return environment.get_template("card.md.jinja").render(meta=meta, sizes=sizes, figures=figures) + "\n"


if __name__ == "__main__":
    CARD.write_text(render(), encoding="utf-8")
