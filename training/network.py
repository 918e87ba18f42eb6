"""The network: one small encoder, and heads for spans and for links between them.

Two graphs are exported. `Encoder`: word pieces [b, t] -> states [b, t, d] and tag logits
[b, t, 3 * kinds]. `Heads`: states [n, d], spans [s, 2] and pairs [p, 2] -> labels and links.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from dateline.reading.labels import LABEL_HEADS, PAIRS, TAGGED
from dateline.reading.windows import FEATURES, SHAPES


class Mixed(torch.autograd.Function):
    """Attention without padding, for the export: one operator of onnxruntime, which never writes down the scores."""

    @staticmethod
    def forward(_: Any, q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
        b, t, d = q.shape
        q, k, v = (x.reshape(b, t, heads, d // heads).transpose(1, 2) for x in (q, k, v))
        return F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, t, d)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, heads: int) -> Any:
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=heads).setType(q.type())


class Layer(nn.Module):
    """One transformer layer, post-norm, as in BERT."""

    def __init__(self, d: int, heads: int, inner: int, dropout: float, eps: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d, 3 * d)
        self.out = nn.Linear(d, d)
        self.norm1 = nn.LayerNorm(d, eps=eps)
        self.up = nn.Linear(d, inner)
        self.down = nn.Linear(inner, d)
        self.norm2 = nn.LayerNorm(d, eps=eps)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        b, t, d = x.shape
        if bias is None:
            mixed = Mixed.apply(*self.qkv(x).split(d, -1), self.heads)
        else:
            q, k, v = self.qkv(x).reshape(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
            scores = q @ k.transpose(-1, -2) / (d // self.heads) ** 0.5 + bias
            mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(b, t, d)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


# Distances between tokens share a weight: each near one its own, farther ones by the logarithm (mpnet, after T5).
DISTANCES = 32
FARTHEST = 128


def distances(t: int, device: torch.device) -> Tensor:
    """[t, t]: the class of the distance from each token (row) to each token (column)."""
    place = torch.arange(t, device=device)
    away = place[:, None] - place[None, :]
    side, far = DISTANCES // 2, away.abs()
    near = side // 2
    classed = near + (torch.log(far.clamp(min=1).float() / near) / math.log(FARTHEST / near) * (side - near)).long()
    return (away < 0).long() * side + torch.where(far < near, far, classed.clamp(max=side - 1))


class Encoder(nn.Module):
    """Word pieces and their shapes -> states and tag logits."""

    def __init__(
        self,
        vocab: int,
        d: int,
        layers: int,
        heads: int,
        inner: int,
        positions: int,
        dropout: float = 0.1,
        eps: float = 1e-12,
        relative: bool = False,
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(vocab, d)
        self.places = nn.Embedding(positions, d)
        self.shapes = nn.Embedding(SHAPES, d)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(d, eps=eps)
        self.layers = nn.ModuleList(Layer(d, heads, inner, dropout, eps) for _ in range(layers))
        self.relative = nn.Embedding(DISTANCES, heads) if relative else None
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(d, 3 * len(TAGGED))
        self.full = False

    def forward(self, ids: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor]:
        """ids, shapes [b, t]; padding is id 0, of which there may be none where the encoder is `full`."""
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.words(ids) + self.places(place) + self.shapes(shapes)))
        bias = None if self.full else (ids == 0)[:, None, None, :].to(x.dtype) * -1e4
        if self.relative is not None:
            near = self.relative(distances(ids.shape[1], ids.device)).permute(2, 0, 1)[None]
            bias = near if bias is None else bias + near
        for layer in self.layers:
            x = layer(x, bias)
        return x, self.tags(x)


def take(x: Tensor, rows: Tensor) -> Tensor:
    """Rows of x [n, d], each as often as it is named; learning through it adds at once and does not sort first, as x[rows] does."""
    return x.index_select(0, rows)


def running(x: Tensor) -> Tensor:
    """[n, d] -> [n + 1, d]: the sum of the rows before each; a graphics card sums along the last dimension only in parallel."""
    total = x.t().cumsum(1).t() if x.is_cuda else x.cumsum(0)
    return F.pad(total, (0, 0, 1, 0))


# How many tokens before the first and after the last of two spans a link looks at.
AROUND = 5


class PairHead(nn.Module):
    """Scores a link from one span to another from both states, their product, where they stand, and the words about them."""

    def __init__(self, d: int, hidden: int, outputs: int, dropout: float) -> None:
        super().__init__()
        self.source = nn.Linear(d, hidden)
        self.target = nn.Linear(d, hidden)
        self.product = nn.Linear(hidden, hidden)
        self.word = nn.Linear(d, hidden, bias=False)
        # Of the words between, before and after: put on each token, not on each pair, of which there are ten times as many.
        self.around = nn.ModuleList(nn.Linear(hidden, hidden, bias=False) for _ in range(3))
        for weights in self.around:
            nn.init.zeros_(weights.weight)
        self.features = nn.ModuleList(nn.Embedding(n, hidden) for n in FEATURES)
        for e in self.features:
            nn.init.normal_(e.weight, std=0.02)
        self.dropout = nn.Dropout(dropout)
        self.middle = nn.Linear(hidden, hidden)
        self.out = nn.Linear(hidden, outputs)
        nn.init.constant_(self.out.bias, -3.0)  # most pairs are not linked

    def forward(self, z: Tensor, states: Tensor, spans: Tensor, pairs: Tensor, features: Tensor) -> Tensor:
        a, b = self.source(z), self.target(z)
        # Bent before they are paired: there are ten times as many pairs as spans.
        bent = take(torch.tanh(a), pairs[:, 0]) * take(torch.tanh(b), pairs[:, 1])
        x = take(a, pairs[:, 0]) + take(b, pairs[:, 1]) + self.product(bent)
        x = x + self.words_about(states, take(spans, pairs[:, 0]), take(spans, pairs[:, 1]))
        for i, e in enumerate(self.features):
            x = x + e(features[:, i])
        x = F.gelu(self.middle(self.dropout(F.gelu(x))))
        return self.out(self.dropout(x))

    def words_about(self, states: Tensor, a: Tensor, b: Tensor) -> Tensor:
        """states [n, d], spans [p, 2] of sources and targets -> [p, hidden]: the words between, before and after, weighed."""
        words = F.gelu(self.word(self.dropout(states)))
        sums = [running(weights(words)) for weights in self.around]
        low, high = torch.minimum(a[:, 1], b[:, 1]), torch.maximum(a[:, 0], b[:, 0])
        first, last = torch.minimum(a[:, 0], b[:, 0]), torch.maximum(a[:, 1], b[:, 1])
        high = torch.maximum(low, high)  # spans may overlap
        between = (take(sums[0], high) - take(sums[0], low)) / (high - low).clamp(min=1)[:, None].to(states.dtype)
        before = (take(sums[1], first) - take(sums[1], (first - AROUND).clamp(min=0))) / AROUND
        end = torch.minimum(last + AROUND, torch.full_like(last, 1) * states.shape[0])
        after = (take(sums[2], end) - take(sums[2], last)) / AROUND
        return between + before + after


class Heads(nn.Module):
    """Labels of spans, links between spans, and the stretch that a cue attributes."""

    def __init__(self, d: int, hidden: int = 192, dropout: float = 0.2) -> None:
        super().__init__()
        self.pool = nn.Linear(3 * d, d)
        self.labels = nn.ModuleDict(
            {
                f"label_{k}": nn.Sequential(
                    nn.Dropout(dropout), nn.Linear(d, hidden), nn.GELU(), nn.Dropout(dropout), nn.Linear(hidden, len(v))
                )
                for k, v in LABEL_HEADS.items()
            }
        )
        self.pairs = nn.ModuleDict({name: PairHead(d, hidden, len(outputs), dropout) for name, _, _, outputs in PAIRS})
        self.content_query = nn.Linear(d, 2 * hidden)
        self.content_key = nn.Linear(d, 2 * hidden)
        self.hidden = hidden

    def spans(self, states: Tensor, spans: Tensor) -> Tensor:
        """states [n, d], spans [s, 2] half-open in n -> [s, d]: mean, first and last state."""
        total = running(states)
        mean = (take(total, spans[:, 1]) - take(total, spans[:, 0])) / (spans[:, 1] - spans[:, 0])[:, None].to(
            states.dtype
        )
        return F.gelu(self.pool(torch.cat([mean, take(states, spans[:, 0]), take(states, spans[:, 1] - 1)], -1)))

    def content(self, z: Tensor, states: Tensor) -> tuple[Tensor, Tensor]:
        """Spans [s, d] against states [n, d] -> logits [s, n] of the first and of the last token."""
        q, k = self.content_query(z), self.content_key(states)
        h = self.hidden
        return q[:, :h] @ k[:, :h].T / h**0.5, q[:, h:] @ k[:, h:].T / h**0.5

    def forward(self, states: Tensor, spans: Tensor, *pairs_and_features: Tensor) -> tuple[Tensor, ...]:
        """Export order: labels as LABEL_HEADS, pairs as PAIRS, content first, content last."""
        z = self.spans(states, spans)
        out = [head(z) for head in self.labels.values()]
        for i, head in enumerate(self.pairs.values()):
            out.append(head(z, states, spans, pairs_and_features[2 * i], pairs_and_features[2 * i + 1]))
        return (*out, *self.content(z, states))


class Network(nn.Module):
    """Encoder and heads together, as trained."""

    def __init__(self, encoder: Encoder, d: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = Heads(d)


# Names of a layer's parts: ours, BERT's, mpnet's.
NAMES = (
    ("out", "attention.output.dense", "attention.attn.o"),
    ("norm1", "attention.output.LayerNorm", "attention.LayerNorm"),
    ("up", "intermediate.dense", "intermediate.dense"),
    ("down", "output.dense", "output.dense"),
    ("norm2", "output.LayerNorm", "output.LayerNorm"),
)
# mpnet puts four word pieces before BERT's, and the hidden one after them: BERT's number -> mpnet's of the special ones.
BEFORE = 4
SPECIAL = {0: 1, 101: 0, 102: 2, 103: 30526}
VOCABULARY = 30522


def of_config(config: dict[str, Any]) -> Network:
    """A network of the shape that an encoder's config.json tells; word pieces are numbered as BERT's."""
    mpnet = config["model_type"] == "mpnet"
    encoder = Encoder(
        VOCABULARY,
        config["hidden_size"],
        config["num_hidden_layers"],
        config["num_attention_heads"],
        config["intermediate_size"],
        config["max_position_embeddings"] - 2 * mpnet,
        eps=config["layer_norm_eps"],
        relative=mpnet,
    )
    return Network(encoder, config["hidden_size"])


def from_pretrained(folder: Path) -> Network:
    """Load a checkpoint shaped as BERT or mpnet (config.json, model.safetensors) into the encoder."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    mpnet = config["model_type"] == "mpnet"
    network = of_config(config)
    w = {k.removeprefix("bert."): v.float() for k, v in load_file(folder / "model.safetensors").items()}
    words, places = w["embeddings.word_embeddings.weight"], w["embeddings.position_embeddings.weight"]
    state = {"norm.weight": w["embeddings.LayerNorm.weight"], "norm.bias": w["embeddings.LayerNorm.bias"]}
    if mpnet:
        state["words.weight"] = words[BEFORE : BEFORE + VOCABULARY].clone()
        state["words.weight"][list(SPECIAL)] = words[list(SPECIAL.values())]
        state["places.weight"] = places[2:]
        state["relative.weight"] = w["encoder.relative_attention_bias.weight"]
    else:
        state["words.weight"] = words
        state["places.weight"] = places + w["embeddings.token_type_embeddings.weight"][0]
    queries = "attention.attn.{}" if mpnet else "attention.self.{}"
    for i in range(config["num_hidden_layers"]):
        layer = f"encoder.layer.{i}"
        for part in ("weight", "bias"):
            qkv = [w[f"{layer}.{queries.format(x[0] if mpnet else x)}.{part}"] for x in ("query", "key", "value")]
            state[f"layers.{i}.qkv.{part}"] = torch.cat(qkv)
            for ours, *theirs in NAMES:
                state[f"layers.{i}.{ours}.{part}"] = w[f"{layer}.{theirs[mpnet]}.{part}"]
    missing, unexpected = network.encoder.load_state_dict(state, strict=False)
    assert not unexpected and all(m.startswith(("shapes", "tags")) for m in missing), (missing, unexpected)
    return network
