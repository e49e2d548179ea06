"""The configs of the released pipelines train, on a little gold, and give what the command line loads."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from spacy.cli.train import train
from spacy.util import load_config

from zhibiao.corpus.examples import read_gold_paths
from zhibiao.pipes.load import load_pipeline

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
CONFIGS = ROOT / "training" / "configs"
SMALL: dict[str, Any] = {
    "paths.gold": str(ROOT / "annotations" / "gold"),
    "paths.splits": str(ROOT / "corpus" / "splits.toml"),
    # Three reports, by their files: the test is of the way, not of the result.
    "corpora.train.path": [
        str(ROOT / "annotations" / "gold" / f"{name}.jsonl") for name in ("r000-0", "r001-0", "r001-2")
    ],
    "corpora.train.chosen": ["dev"],
    "corpora.dev.chosen": ["dev"],
    "components.zhibiao_crf.taggers.metric.max_iterations": 3,
    "components.zhibiao_crf.taggers.organisation.max_iterations": 3,
    "components.zhibiao_relation_model.members": 1,
    "components.zhibiao_relation_model.epochs": 1,
    "components.zhibiao_relation_model.folds": 0,
}


@pytest.mark.parametrize(
    ("config", "name", "more"),
    [
        ("fast.cfg", "zhibiao_zh_fast", {}),
        pytest.param(
            "best.cfg", "zhibiao_zh_best", {"components.zhibiao_encoder.epochs": 1, "components.zhibiao_encoder.depth": 1},
            marks=pytest.mark.skipif(not importlib.util.find_spec("torch"), reason="needs the extra train-best"),
        ),
    ],
)  # fmt: skip
def test_a_config_trains_to_a_pipeline_that_is_named_and_reads(
    config: str, name: str, more: dict[str, Any], tmp_path: Path
) -> None:
    train(CONFIGS / config, tmp_path / "model", overrides=SMALL | more)
    pipeline = load_pipeline(str(tmp_path / "model"))
    assert (pipeline.name, pipeline.kind) == (name, "trained")
    reports = [gold.report() for gold in read_gold_paths([ROOT / "annotations/gold/a001.jsonl"])]
    (read,) = pipeline.read(reports)
    assert read.facts
    assert any(0 < fact.score < 1 for fact in read.facts)
    assert [found.name for found in tmp_path.rglob("*.pkl")] == []


def test_no_config_trains_on_dev_or_test() -> None:
    for path in sorted(CONFIGS.rglob("*.cfg")):
        corpora = load_config(path)["corpora"]
        assert corpora["train"]["chosen"] == ["train"], path
        assert set(corpora["dev"]["chosen"]) == {"dev", "authored_dev"}, path
