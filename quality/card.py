"""Write docs/model-card.md from the model's own metadata and the figures measured. usage: python -m quality.card"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from dateline.reading.model import default_folder
from quality.measure import FIGURES

HERE = Path(__file__).parent
CURVE = HERE / "learning_curve.json"
CARD = HERE.parent / "docs" / "model-card.md"


def render() -> str:
    """The card as Markdown."""
    meta = json.loads((default_folder() / "model.json").read_text(encoding="utf-8"))
    sizes = {f: (default_folder() / f).stat().st_size for f in meta["files"]}
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    curve = json.loads(CURVE.read_text(encoding="utf-8"))
    environment = Environment(loader=FileSystemLoader(HERE), trim_blocks=True, lstrip_blocks=True, autoescape=False)
    return environment.get_template("card.md.jinja").render(meta=meta, sizes=sizes, figures=figures, curve=curve) + "\n"


def diagram(reliability: dict[str, dict[str, Any]]) -> str:
    """The reliability diagram as SVG: what is said across, what is right up; the area of a dot is how many."""
    side, margin = 260, 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * (side + 2 * margin)} {side + 2 * margin}" font-family="sans-serif" font-size="11">'
    ]
    for n, (kind, name) in enumerate((("trigger", "events"), ("cue", "statements"))):
        left = margin + n * (side + 2 * margin)
        parts.append(f'<rect x="{left}" y="{margin}" width="{side}" height="{side}" fill="none" stroke="#999"/>')
        parts.append(f'<path d="M{left} {margin + side}l{side} {-side}" stroke="#bbb" stroke-dasharray="4"/>')
        parts.append(f'<text x="{left}" y="{margin - 12}">{name}: share right (up) by confidence (across)</text>')
        for tick in (0.0, 0.5, 1.0):
            parts.append(f'<text x="{left + tick * side - 6:.0f}" y="{margin + side + 16}">{tick}</text>')
            parts.append(f'<text x="{left - 22}" y="{margin + side - tick * side + 4:.0f}">{tick}</text>')
        total = sum(b["n"] for b in reliability[kind]["bins"])
        for b in reliability[kind]["bins"]:
            x, y = left + b["said"] * side, margin + side - b["right"] * side
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3 + 22 * (b["n"] / total) ** 0.5:.1f}" fill="#1f6f8b" fill-opacity=".55"><title>{b["n"]}: said {b["said"]}, right {b["right"]}</title></circle>'
            )
    return "\n".join([*parts, "</svg>"]) + "\n"


if __name__ == "__main__":
    reliability = json.loads((default_folder() / "model.json").read_text(encoding="utf-8"))["reliability"]
    (CARD.parent / "reliability.svg").write_text(diagram(reliability), encoding="utf-8")
    CARD.write_text(render(), encoding="utf-8")
