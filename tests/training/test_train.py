"""Training: batches, what is asked of a network, and learning from another."""

# ruff: noqa: E402 (torch comes with the training extra, and tests without it leave these out)

from __future__ import annotations

import json
import random
from dataclasses import fields
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

from training.corpus import load
from training.distil import apart
from training.feed import Feed, plain_tokenizer
from training.losses import CLS, MASK, SEP, Batch, answer, hide, losses
from training.network import DISTANCES, distances, of_config
from training.start import start_from
from training.targets import examples, joined, passage
from training.train import AVERAGE_OVER, Plan, towards, train, trained

WEIGHTS = Path(__file__).parents[2] / "src/dateline/reading/weights"
SMALL = {
    "model_type": "bert", "hidden_size": 24, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32,
    "max_position_embeddings": 512, "layer_norm_eps": 1e-12, "vocab_size": 30522,
}  # fmt: skip


def feed(n: int = 12, workers: int = 0) -> Feed:
    passages = random.Random(3).sample(load(), n)
    return Feed([(a, 1.0) for a in passages], plain_tokenizer(WEIGHTS), 600, 1, workers)


def same(a: Batch, b: Batch) -> bool:
    left: list[torch.Tensor] = []
    right: list[torch.Tensor] = []
    a.map(left.append)
    b.map(right.append)
    return len(left) == len(right) > len(fields(Batch)) and all(
        torch.equal(x, y) for x, y in zip(left, right, strict=True)
    )


def test_other_processes_make_the_same_batches() -> None:
    alone = [batch for epoch in feed().epochs(2) for batch in epoch]
    together = [batch for epoch in feed(workers=2).epochs(2) for batch in epoch]
    assert len(alone) > 3
    assert len(alone) == len(together)
    assert all(same(a, b) for a, b in zip(alone, together, strict=True))
    assert not same(alone[0], alone[len(alone) // 2])


def test_only_words_are_hidden() -> None:
    batch = feed().hand(0, 0)[0]
    given = hide(batch).ids
    changed = given != batch.ids
    assert 0 < changed.sum() < 0.2 * (batch.ids > 0).sum()
    assert set(given[changed].tolist()) == {MASK}
    assert not set(batch.ids[changed].tolist()) & {0, CLS, SEP}


def test_nearest_when_the_student_says_what_its_teacher_says() -> None:
    torch.manual_seed(1)
    one, other = of_config(SMALL).eval(), of_config(SMALL | {"model_type": "mpnet", "hidden_size": 36}).eval()
    for batch in feed().hand(0, 0):
        mine, theirs = answer(one, batch), answer(other, batch)
        itself, away = apart(mine, [mine], batch), apart(mine, [theirs], batch)
        assert set(away) == set(itself) >= {"as_tags", "as_type", "as_event_actor"}
        entropy = apart(theirs, [theirs], batch)  # the least that any student can reach
        assert all(away[k] >= entropy[k] - 1e-4 for k in away), (away, entropy)


def test_a_trained_folder_holds_what_was_trained(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps(SMALL), encoding="utf-8")
    given = feed().annotations
    teacher = train(of_config(SMALL), WEIGHTS, given, Plan(2, rate=1e-3), tmp_path)
    read = trained(tmp_path)
    batch = feed().hand(0, 0)[0]
    assert torch.equal(answer(teacher, batch).tags, answer(read, batch).tags)
    torch.manual_seed(2)
    untaught = of_config(SMALL).eval()
    before = sum(losses(answer(untaught, batch), batch).values())
    student = train(untaught, WEIGHTS, given, Plan(2, rate=1e-3, teachers=[read]), tmp_path)
    assert sum(losses(answer(student.eval(), batch), batch).values()) < before
    assert (tmp_path / "log.txt").read_text(encoding="utf-8").count("epoch") == 4


def test_training_ends_by_the_clock(tmp_path: Path) -> None:
    train(of_config(SMALL), WEIGHTS, feed().annotations, Plan(500, seconds=1.0), tmp_path)
    assert (tmp_path / "log.txt").read_text(encoding="utf-8").count("epoch") < 200


def test_distances_have_a_side_and_end_somewhere() -> None:
    d = distances(300, torch.device("cpu"))
    assert d.min() == 0
    assert d.max() == DISTANCES - 1
    assert (d.diagonal() == 0).all()
    assert (d.tril(-1)[1:, 0] == d[1:, 0]).all()
    assert not set(d[150, :150].tolist()) & set(d[150, 151:].tolist())


def test_the_shipped_model_can_be_gone_on_from() -> None:
    pytest.importorskip("onnx")
    config = {
        "model_type": "bert", "hidden_size": 384, "num_hidden_layers": 6, "num_attention_heads": 12,
        "intermediate_size": 1536, "max_position_embeddings": 512, "layer_norm_eps": 1e-12,
    }  # fmt: skip
    network = of_config(config).eval()
    assert start_from(network, WEIGHTS) == []
    right = 0.0
    for batch in (batches := feed(30).hand(0, 0)):
        said = answer(network, batch)
        right += (said.labels["type"].argmax(-1) == batch.labels["type"][1].argmax(-1)).float().mean()
    assert right / len(batches) > 0.7


def test_one_passage_after_another_asks_what_each_asked() -> None:
    found = [passage(a) for a in load()[:40]]
    tokenizer = plain_tokenizer(WEIGHTS)
    for a, b in zip(found[::2], found[1::2], strict=True):
        both = joined(a, b)
        for p, first in ((a, 0), (b, len(a.spans))):
            for i, span in enumerate(p.spans):
                moved = both.spans[first + i]
                assert both.text[moved.start : moved.end] == p.text[span.start : span.end]
        apart = [x for p in (a, b) for x in examples(p, tokenizer, random.Random(1), 0.0)]
        (whole,) = examples(both, tokenizer, random.Random(1), 0.0)
        assert len(whole.spans) == sum(len(x.spans) for x in apart)
        assert (whole.tag_weight == 0).sum() == sum((x.tag_weight == 0).sum() for x in apart)
        linked = sum(len(x.groups["cue_actor"]) for x in apart)
        assert len(whole.groups["cue_actor"]) == linked


def test_the_mean_of_the_weights_forgets_what_was_before_learning() -> None:
    mean, now = [torch.zeros(3)], [torch.ones(3)]
    for n in range(1, 200):
        towards(mean, now, n)
    assert mean[0].min() > 0.99
    before = mean[0].clone()
    towards(mean, [torch.zeros(3)], 100_000)  # later a single step moves it little
    assert torch.allclose(mean[0], before * AVERAGE_OVER)


@pytest.mark.filterwarnings("ignore")
def test_without_padding_attention_is_one_operator_that_answers_alike(tmp_path: Path) -> None:
    encoder = of_config(SMALL).encoder.eval()
    ids = torch.randint(5, 1000, (1, 40))
    shapes = torch.ones_like(ids)
    with torch.no_grad():
        wanted = encoder(ids, shapes)
        encoder.full = True
        for one, other in zip(encoder(ids, shapes), wanted, strict=True):
            torch.testing.assert_close(one, other)
        file = tmp_path / "encoder.onnx"
        torch.onnx.export(
            encoder, (ids, shapes), str(file), dynamo=False, opset_version=17, input_names=["ids", "shapes"]
        )
    kinds = [n.op_type for n in onnx.load(str(file)).graph.node]
    assert kinds.count("MultiHeadAttention") == SMALL["num_hidden_layers"]
    assert "Softmax" not in kinds
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    found = session.run(None, {"ids": ids.numpy(), "shapes": shapes.numpy()})
    for got, other in zip(found, wanted, strict=True):
        torch.testing.assert_close(torch.from_numpy(got), other, atol=1e-4, rtol=1e-4)
