"""spaCy's part of `quality.speed`, run by the interpreter that has spaCy: python speed_spacy.py MODEL

First line in: the texts, a JSON list. For each further line all texts are parsed once, one after another as
`quality.speed` reads them; out comes a JSON line {"wall_s", "cpu_s"}. The first line out names the pipeline.
"""

from __future__ import annotations

import importlib
import json
import sys
import time


def main() -> None:
    spacy = importlib.import_module("spacy")
    nlp = spacy.load(sys.argv[1])
    texts = json.loads(sys.stdin.readline())
    nlp(texts[0])
    what = f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']} ({', '.join(nlp.pipe_names)}), spaCy {spacy.__version__}"
    print(json.dumps(what), flush=True)
    for _ in sys.stdin:
        wall, cpu = time.perf_counter(), time.process_time()
        for text in texts:
            nlp(text)
        took = {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu}
        print(json.dumps(took), flush=True)


if __name__ == "__main__":
    main()
