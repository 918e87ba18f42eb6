"""Write docs/record.md and docs/schema.json from the types, and the README's example. usage: python -m docs.generate"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from rich.console import Console

from dateline import record
from dateline.reader import Reader
from dateline.show import text
from dateline.sources import read_sources

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
EXAMPLE = HERE.parent / "examples" / "syria-2016.txt"
# The order in which a reader meets the parts.
PARTS = (
    record.Record, record.ReaderVersion, record.ReportInfo, record.ReportDateline, record.Actor, record.Place, record.Time, record.Event,
    record.Participant, record.Acled, record.Statement, record.Term, record.Commitment, record.Requirement, record.Figure, record.Relation, record.Note,
)  # fmt: skip


def schema() -> str:
    """JSON Schema of a record."""
    return json.dumps(record.Record.model_json_schema(by_alias=True), indent=2) + "\n"


def kind(field: dict[str, Any]) -> str:
    """The type of a field in words."""
    if "$ref" in field:
        return field["$ref"].rpartition("/")[2]
    if "anyOf" in field:
        return " or ".join(kind(x) for x in field["anyOf"])
    if "enum" in field:
        return " ".join(f"`{x}`" for x in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    if field.get("type") == "array":
        if "prefixItems" in field:
            return "span"
        return f"list of {kind(field['items'])}"
    return str(field.get("format") or field.get("type"))


def reference() -> str:
    """The record's reference as Markdown: one table a part."""
    lines = ["# The record", "", "Generated from `src/dateline/record.py` by `make docs`; do not edit.", ""]
    lines += [(record.__doc__ or "").strip(), ""]
    for part in PARTS:
        described = part.model_json_schema(by_alias=True)
        lines += [
            f"## {part.__name__}",
            "",
            (part.__doc__ or "").strip(),
            "",
            "| field | type | meaning |",
            "|---|---|---|",
        ]
        for name, field in described["properties"].items():
            lines.append(f"| `{name}` | {kind(field)} | {field.get('description', '')} |")
        lines.append("")
    return "\n".join(lines)


def example() -> str:
    """What `dateline show examples/syria-2016.txt` prints."""
    out = io.StringIO()
    console = Console(file=out, width=110, no_color=True)
    for taken in read_sources([str(EXAMPLE)]):
        assert taken.report, taken.error
        text.show(Reader().read(taken.report), console)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()).strip()


def main() -> None:
    body = README.read_text(encoding="utf-8")
    before, rest = body.split("<!-- example -->")
    after = rest.split("<!-- /example -->")[1]
    README.write_text(f"{before}<!-- example -->\n```\n{example()}\n```\n<!-- /example -->{after}", encoding="utf-8")
    (HERE / "record.md").write_text(reference(), encoding="utf-8")
    (HERE / "schema.json").write_text(schema(), encoding="utf-8")


if __name__ == "__main__":
    main()
