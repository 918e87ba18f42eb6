"""How many toponyms of war reports does the gazetteer put within 25 km?

    python -m quality.toponyms                     # the table that ships, against this installation
    python -m quality.toponyms --draw UCDP.csv     # draw the table anew from the corpus's test part and UCDP's places

Each row is one toponym with the words around it, its country and point. Passages of the
corpus are read whole (with the toponyms of the gold, so that choosing alone is measured);
UCDP's places stand in a line such as a monitor writes. Exit status 1 under the floor.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.knowledge import actors, places
from dateline.reading.sentences import split
from dateline.resolving.where import find_toponyms, resolve_places
from dateline.resolving.who_story import story_countries
from training import corpus

TABLE = Path(__file__).parent / "toponyms.csv"
FLOOR, WITHIN_KM = 0.85, 25.0
_WANTED = 400
_COLUMNS = ("text", "start", "end", "country", "lat", "lon", "from")
_SMALL = ("1", "2")


def rows() -> list[dict[str, str]]:
    """The table."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(x for x in lines if not x.startswith("#")))


def _of_corpus() -> Iterator[dict[str, Any]]:
    for passage in corpus.split(corpus.load())[1]:
        for p in passage.get("places", []):
            at = passage["text"].find(p["text"])
            settled = p.get("country") and p["lat"] is not None
            if at >= 0 and settled and p["text"][0].isupper() and not _is_wide(p["text"]):
                yield {
                    "text": passage["text"], "start": at, "end": at + len(p["text"]), "country": p["country"],
                    "lat": p["lat"], "lon": p["lon"], "from": passage["doc"],
                }  # fmt: skip


def _is_wide(name: str) -> bool:
    """The middle of a country is a matter of taste: not measured here."""
    return any(c.precision == "country" for c in places.load().exact(name)[:1])


def _of_ucdp(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for r in csv.DictReader(lines):
            codes = {x.split(".")[0].strip() for x in r["precision_codes"].split("|")}
            name = r["place"].removesuffix(" village").removesuffix(" town").removesuffix(" city")
            if codes <= set(_SMALL) and name[:1].isupper() and len(name.split()) <= 3 and r["country"] != name:
                text = f"Fighting was reported in {name}, {r['country'].split(' (')[0]}, on Friday."
                yield {
                    "text": text, "start": 25, "end": 25 + len(name), "country": r["country"],
                    "lat": r["latitude"], "lon": r["longitude"], "from": "UCDP GED",
                }  # fmt: skip


def draw(ucdp: Path) -> list[dict[str, Any]]:
    """`_WANTED` toponyms: half from the corpus, half from UCDP, by the digest of their words, no country over a tenth."""
    out: list[dict[str, Any]] = []
    for pool in (_of_corpus(), _of_ucdp(ucdp)):
        seen: dict[str, int] = {}
        half: list[dict[str, Any]] = []
        for r in sorted(pool, key=lambda r: hashlib.sha256(f"{r['text']}{r['start']}".encode()).digest()):
            if len(half) < _WANTED // 2 and seen.get(r["country"], 0) < _WANTED // 20:
                seen[r["country"]] = seen.get(r["country"], 0) + 1
                half.append(r)
        out += half
    return out


def measure() -> dict[str, float]:
    """Share within 25 km, of all and by origin; seconds for one toponym."""
    gazetteer, register = places.load(), actors.load_register()
    hit: dict[str, list[bool]] = {}
    spans: dict[str, list[tuple[int, int]]] = {}
    table = rows()
    for r in table:
        spans.setdefault(r["text"], []).append((int(r["start"]), int(r["end"])))
    began = time.perf_counter()
    for r in table:
        text, span = r["text"], (int(r["start"]), int(r["end"]))
        marked = [(s, 1.0) for s in _marked(text, spans[text])]
        found, _ = resolve_places(text, split(text), marked, gazetteer, country_hints=story_countries(text, register))
        place = next((p for p in found if any(s <= span[0] and span[1] <= e for s, e in p.mentions)), None)
        near = place is not None and place.lat is not None and place.lon is not None and (
            places.distance_km(place.lat, place.lon, float(r["lat"]), float(r["lon"])) <= WITHIN_KM
        )  # fmt: skip
        hit.setdefault("ucdp" if r["from"].startswith("UCDP") else "corpus", []).append(near)
        if not near:
            print(f"  {text[slice(*span)]} ({r['country']})", file=sys.stderr)
    every = [x for one in hit.values() for x in one]
    return {
        "toponyms": len(every), "within_25_km": round(sum(every) / len(every), 4),
        **{k: round(sum(v) / len(v), 4) for k, v in hit.items()},
        "ms_each": round(1000 * (time.perf_counter() - began) / len(every), 2),
    }  # fmt: skip


def _marked(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The toponyms of the gold and the countries that the text names."""
    found = [s for s, _ in find_toponyms(text, split(text), places.load())]
    return [*spans, *(f for f in found if not any(f[0] < e and s < f[1] for s, e in spans))]


def cost() -> dict[str, float]:
    """Seconds to open the gazetteer and answer, and the most memory it takes, in a process of its own (Linux).

    The peak is the process's own (`VmHWM`); `ru_maxrss` would be the parent's where that is larger. The table of
    divisions, the largest thing that is ever held, is loaded too.
    """
    code = (
        "import time; from dateline.knowledge import places; places.is_built() or places.load();"
        "peak = lambda: int(next(x for x in open('/proc/self/status') if x.startswith('VmHWM')).split()[1]) / 1024;"
        "m = peak(); t = time.perf_counter();"
        "g = places.load(); g.exact('Aleppo'); g.alike('Kweyris'); s = time.perf_counter() - t;"
        "[g.candidates(c.name) for n in ('Homs', 'Kidal') for c in g.exact(n)]; g.divisions([]);"
        "print(s, peak() - m)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, mebibytes = (float(x) for x in done.stdout.split())
    return {"load_s": round(seconds, 3), "memory_mib": round(mebibytes, 1)}


def main() -> int:
    """Draw or measure."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--draw", type=Path, metavar="UCDP.csv")
    given = ask.parse_args()
    if given.draw:
        with TABLE.open("w", encoding="utf-8", newline="") as out:
            out.write(
                "# Toponyms of war reports: passages of our corpus's test part, and places of UCDP GED (CC BY 4.0).\n"
            )
            sheet = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
            sheet.writeheader()
            sheet.writerows(draw(given.draw))
        return 0
    figures = measure() | cost()
    print(json.dumps(figures))
    return int(figures["within_25_km"] < FLOOR)


if __name__ == "__main__":
    sys.exit(main())
