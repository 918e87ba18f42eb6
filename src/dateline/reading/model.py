"""Text -> Graph: runs the encoder and the heads, and decodes their answers.

The model decides spans, labels and links; what they mean is `resolving`'s question. Two
ONNX graphs: the encoder reads each token once; the heads read its states at the spans.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

from dateline.errors import ModelError
from dateline.reading import labels, sentences
from dateline.reading.decode import decode_tags
from dateline.reading.graph import ASKED_FLOOR, Graph, Link, LinkKind, Mark, MarkKind, Span
from dateline.reading.windows import REACH, Setting, Tokens, Window, cut, leads, pair_features, tokenize

CLS, SEP = 101, 102
# A link is kept from here on; `resolving` decides with the score. A tie needs more.
LINK_FLOOR = 0.15
TIE_FLOOR = 0.5
# Below this a cue's content is not known.
LEAST_CONTENT = 0.003

# Kind of mark -> points [p, 2]: raw score, share of marks with it that are right.
Calibration = Mapping[str, np.ndarray]


def default_folder() -> Path:
    """Folder of the model that ships with the package."""
    return Path(str(files("dateline.reading").joinpath("weights")))


class Model:
    """A loaded model. Loading checks the digest of every file."""

    def __init__(self, folder: Path | None = None, threads: int = 0) -> None:
        folder = folder or default_folder()
        try:
            card = (folder / "model.json").read_bytes()
        except FileNotFoundError:
            raise ModelError(f"no model in {folder}; run `make train`, or install the package again") from None
        self.meta: dict[str, Any] = json.loads(card)
        if self.meta["labels"] != labels.digest():
            raise ModelError("the model was trained for another set of labels; run `make train`")
        for name, expected in self.meta["files"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected:
                raise ModelError(f"{name} is damaged (its digest is not that of model.json); install the package again")
        self._encoder = _session(folder / "encoder.onnx", threads)
        # Its matrices are small: a second thread costs more in waiting than it saves.
        self._heads = _session(folder / "heads.onnx", 1)
        self._asked = ort.RunOptions()
        self._asked.only_execute_path_to_fetches = True
        # A model that was trained before a feature was added reads those that it knows.
        self._features = min(i.shape[1] for i in self._heads.get_inputs() if i.name.endswith("_features"))
        self._outputs = [o.name for o in self._heads.get_outputs()]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._calibration: Calibration = {k: np.array(v) for k, v in self.meta.get("calibration", {}).items()}
        self.name = "dateline-minilm-" + hashlib.sha256(card).hexdigest()[:12]

    def read(self, text: str) -> Graph:
        """Spans, labels and links of a (clean) text."""
        parts = sentences.split(text)
        tokens = tokenize(text, parts, self._tokenizer)
        if not len(tokens.ids):
            return Graph(text, parts, (), ())
        windows = cut(tokens)
        states, tags = self._encode(tokens, windows)
        marks, where = decode_tags(text, tokens, tags)
        links: list[Link] = []
        order = np.argsort([w[0] for w in where], kind="stable")
        marks, where = [marks[i] for i in order], [where[i] for i in order]
        labelled = dict(enumerate(marks))
        contents: list[tuple[int, Mark]] = []
        lead = leads(text, tokens)
        for window, state in zip(windows, states, strict=True):
            self._read_window(text, window, state, tokens, lead, where, labelled, links, contents)
        final = [labelled[i] for i in range(len(marks))]
        for cue, mark in contents:
            links.append(Link("content", cue, len(final), mark.score))
            final.append(mark)
        ordered = tuple(sorted(links, key=lambda x: (x.source, x.target, x.kind)))
        return Graph(text, parts, tuple(final), ordered, _asked(tokens, tags))

    def _encode(self, tokens: Tokens, windows: Sequence[Window]) -> tuple[list[np.ndarray], np.ndarray]:
        """States of each window [t, d], and tag probabilities of every token [n, kinds, 3], each from its owner."""
        states: list[np.ndarray] = []
        tags = np.zeros((len(tokens.ids), len(labels.TAGGED), 3), dtype=np.float32)
        # One by one: the encoder knows no padding (`training.network.Mixed`), and a window alone keeps two cores busy.
        for w in windows:
            ids = np.array([[CLS, *tokens.ids[w.start : w.end], SEP]], dtype=np.int64)
            shapes = np.zeros_like(ids)
            shapes[0, 1:-1] = tokens.shapes[w.start : w.end]
            out, logits = self._encoder.run(["states", "tags"], {"ids": ids, "shapes": shapes})
            states.append(out[0, 1:-1])
            own = logits[0, 1 + w.own_start - w.start : 1 + w.own_end - w.start]
            tags[w.own_start : w.own_end] = softmax(own.reshape(len(own), len(labels.TAGGED), 3))
        return states, tags

    def _read_window(
        self,
        text: str, w: Window, state: np.ndarray, tokens: Tokens, lead: np.ndarray, where: list[Span], marks: dict[int, Mark],
        links: list[Link], contents: list[tuple[int, Mark]],
    ) -> None:  # fmt: skip
        """Label the marks that the window owns, and link them to the marks that it sees."""
        seen = [i for i, (a, b) in enumerate(where) if w.start <= a and b <= w.end]
        if not seen:
            return
        owned = {i for i in seen if w.own_start <= where[i][0] < w.own_end}
        spans = [(where[i][0] - w.start, where[i][1] - w.start) for i in seen]
        feed: dict[str, np.ndarray] = {"states": np.ascontiguousarray(state), "spans": np.array(spans, dtype=np.int64)}
        triggers = [a for (a, _), i in zip(spans, seen, strict=True) if marks[i].kind == "trigger"]
        setting = Setting(tokens.sentence[w.start : w.end], lead[w.start : w.end], triggers)
        pairs_of: dict[str, np.ndarray] = {}
        starts = feed["spans"][:, 0]
        for head, source, target, _ in labels.PAIRS:
            sources = np.array(
                [k for k, i in enumerate(seen) if i in owned and marks[i].kind == source], dtype=np.int64
            )
            targets = np.array([k for k, i in enumerate(seen) if marks[i].kind == target], dtype=np.int64)
            near = np.abs(starts[sources][:, None] - starts[targets]) <= REACH
            rows = np.argwhere(near & (sources[:, None] != targets))
            pairs = np.column_stack((sources[rows[:, 0]], targets[rows[:, 1]]))
            feed[f"{head}_pairs"] = pairs
            rows[:, 0] = pairs[:, 0]
            features = pair_features(spans, [spans[t] for t in targets], rows, setting)
            feed[f"{head}_features"] = features[:, : self._features]
            pairs_of[head] = pairs
        answer = self._answer(feed, {marks[i].kind for i in owned}, {h for h, pairs in pairs_of.items() if len(pairs)})
        for k, i in enumerate(seen):
            if i in owned:
                marks[i] = _label(marks[i], k, answer, self._calibration)
                if marks[i].kind == "cue":
                    content = _content(k, answer, text, tokens, w)
                    if content:
                        contents.append((i, content))
        for head, _, _, outputs in labels.PAIRS:
            if head in answer:
                links.extend(_links(head, outputs, pairs_of[head], answer[head], seen, where))

    def _answer(self, feed: dict[str, np.ndarray], kinds: set[MarkKind], paired: set[str]) -> dict[str, np.ndarray]:
        """What the heads say of marks (probabilities) and pairs (logits), each run only where there is one that it answers for."""
        wanted = paired | {head for kind in kinds for head in labels.HEADS_OF.get(kind, ())}
        wanted |= {"content_first", "content_last"} if "cue" in kinds else set()
        outputs = [o for o in self._outputs if o in wanted]
        if not outputs:
            return {}
        found = zip(outputs, self._heads.run(outputs, feed, self._asked), strict=True)
        return {o: x if o in paired else softmax(x) for o, x in found}


def _session(path: Path, threads: int) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _asked(tokens: Tokens, tags: np.ndarray) -> tuple[tuple[Span, float], ...]:
    """Word pieces with a chance to be part of a requirement, however small a mark would take."""
    chance = 1.0 - tags[:, labels.TAGGED.index("requirement"), 0]
    return tuple(
        ((int(tokens.starts[i]), int(tokens.ends[i])), round(float(chance[i]), 3))
        for i in np.flatnonzero(chance >= ASKED_FLOOR)
    )


def softmax(x: np.ndarray) -> np.ndarray:
    """Over the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    result: np.ndarray = e / e.sum(-1, keepdims=True)
    return result


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Elementwise."""
    result: np.ndarray = 1.0 / (1.0 + np.exp(-np.clip(x, -30, 30)))
    return result


@cache
def _modes(type_: str) -> tuple[int, ...]:
    """The outputs of the head for modes that a type may have: none, and its own."""
    return (0, *(i for i, m in enumerate(labels.LABEL_HEADS["mode"]) if m.startswith(type_ + "/")))


def _label(mark: Mark, k: int, answer: dict[str, np.ndarray], calibration: Calibration) -> Mark:
    found: dict[str, str] = {}
    score = mark.score
    for head in labels.HEADS_OF.get(mark.kind, ()):
        names = labels.LABEL_HEADS[head]
        p = answer[head][k]
        if head == "mode":
            best = max(_modes(found["type"]), key=lambda i: float(p[i]))
            found["mode"] = "" if best == 0 else names[best].partition("/")[2]
        else:
            best = int(p.argmax())
            found[head] = names[best]
            if head in ("type", "stance"):
                score *= float(p[best])
            elif head == "optional":
                # A mention that a careful coder might leave out counts for less.
                score *= 1.0 - 0.5 * float(p[1])
    if not found:
        return mark
    points = calibration.get(mark.kind)
    sure = score if points is None else float(np.interp(score, points[:, 0], points[:, 1]))
    return Mark(mark.kind, mark.start, mark.end, round(sure, 3), found, round(score, 4))


def _content(k: int, answer: dict[str, np.ndarray], text: str, tokens: Tokens, w: Window) -> Mark | None:
    """The stretch that a cue attributes: the best first and last token.

    Unquoted content ends with its sentence; quoted content may run on to the end of its paragraph.
    """
    first, last = answer["content_first"][k], answer["content_last"][k]
    best, at = 0.0, (0, 0)
    for i in np.argsort(-first)[:5]:
        stop = _content_limit(text, tokens, w, int(i))
        j = int(i) + int(last[i:stop].argmax())
        p = float(first[i] * last[j])
        if p > best:
            best, at = p, (int(i), j)
    if best < LEAST_CONTENT:
        return None
    return Mark("content", int(tokens.starts[w.start + at[0]]), int(tokens.ends[w.start + at[1]]), round(best, 3))


def _content_limit(text: str, tokens: Tokens, w: Window, i: int) -> int:
    """One past the last token, in the window, at which content that begins at token i may end."""
    begin = int(tokens.starts[w.start + i])
    if '"' in text[max(0, begin - 1) : begin + 1]:
        edge = text.find("\n", begin)
        edge = len(text) if edge < 0 else edge
        return max(i + 1, int(np.searchsorted(tokens.starts[w.start : w.end], edge)))
    later = np.flatnonzero(tokens.sentence[w.start + i : w.end] > tokens.sentence[w.start + i])
    return i + int(later[0]) if len(later) else w.end - w.start


def _links(
    head: str,
    outputs: Sequence[str],
    pairs: np.ndarray,
    scores: np.ndarray,
    seen: Sequence[int],
    where: Sequence[Span],
) -> Iterator[Link]:
    p = sigmoid(scores)
    if head == "actor_actor":
        yield from _antecedents(pairs, scores[:, 0], seen, where)
    for o, name in enumerate(outputs):
        if name == "same":
            continue
        kind: LinkKind = name  # type: ignore[assignment]
        floor = TIE_FLOOR if head == "actor_actor" else LINK_FLOOR
        for row in np.flatnonzero(p[:, o] >= floor):
            s, t = pairs[row]
            yield Link(kind, seen[s], seen[t], round(float(p[row, o]), 3))


def _antecedents(pairs: np.ndarray, scores: np.ndarray, seen: Sequence[int], where: Sequence[Span]) -> Iterator[Link]:
    """For each mention, the earlier mentions that it may stand for: a softmax with "none" at 0."""
    rows: dict[int, list[int]] = {}
    for row, (s, t) in enumerate(pairs.tolist()):
        if where[seen[t]][0] < where[seen[s]][0]:
            rows.setdefault(s, []).append(row)
    for s, candidates in rows.items():
        p = softmax(np.append(scores[candidates], 0.0)).tolist()
        for row, q in zip(candidates, p, strict=False):
            if q >= LINK_FLOOR:
                yield Link("same", seen[s], seen[pairs[row][1]], round(float(q), 3))
