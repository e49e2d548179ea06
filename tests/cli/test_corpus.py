import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from zhibiao.cli import make_app
from zhibiao.pipes.load import rules_pipeline

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def in_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_check_of_the_projects_gold_finds_nothing() -> None:
    result = CliRunner().invoke(make_app(), ["corpus", "check"])
    assert (result.exit_code, result.stdout) == (0, "")
    assert "0 findings" in result.stderr


def test_check_names_file_offset_and_remedy(tmp_path: Path) -> None:
    broken = (
        (ROOT / "annotations" / "gold" / "a001.jsonl")
        .read_text("utf-8")
        .replace('"label": "METRIC"', '"label": "ORG"', 1)
    )
    (tmp_path / "a001.jsonl").write_text(broken, encoding="utf-8")
    result = CliRunner().invoke(make_app(), ["corpus", "check", str(tmp_path)])
    assert result.exit_code == 1
    assert "a001, offset " in result.stdout
    assert "see the table of relations" in result.stdout


def test_build_writes_what_is_committed(tmp_path: Path) -> None:
    result = CliRunner().invoke(make_app(), ["corpus", "build", "--output", str(tmp_path)])
    assert result.exit_code == 0
    for path in (ROOT / "annotations" / "gold").glob("*.jsonl"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_agree_prints_a_table_of_labels_and_slots() -> None:
    folders = [str(ROOT / "annotations" / "agreement" / name) for name in "AB"]
    result = CliRunner().invoke(make_app(), ["corpus", "agree", *folders])
    assert result.exit_code == 0
    assert "6 texts" in result.stdout
    assert "METRIC" in result.stdout
    assert "period" in result.stdout


def test_agree_without_common_names_says_so(tmp_path: Path) -> None:
    result = CliRunner().invoke(make_app(), ["corpus", "agree", str(tmp_path), str(tmp_path)])
    assert result.exit_code == 1
    assert "no marked copies of the same name" in result.stderr


def test_statistics_count_per_split() -> None:
    result = CliRunner().invoke(make_app(), ["corpus", "statistics"])
    assert result.exit_code == 0
    assert "authored_dev" in result.stdout


def test_spacy_evaluates_a_docbin_by_the_same_scores(tmp_path: Path) -> None:
    gold, model, metrics = tmp_path / "dev.spacy", tmp_path / "model", tmp_path / "metrics.json"
    result = CliRunner().invoke(make_app(), ["corpus", "docbin", str(gold), "--split", "dev"])
    assert (result.exit_code, "3 reports" in result.stdout) == (0, True)
    rules_pipeline().to_disk(model)
    command = [sys.executable, "-m", "spacy", "evaluate", str(model), str(gold), "--output", str(metrics)]
    subprocess.run(command, check=True, capture_output=True)
    by_spacy = json.loads(metrics.read_text("utf-8"))
    assert (
        CliRunner()
        .invoke(make_app(), ["evaluate", "rules", "annotations/gold", "--split", "dev", "--output", str(tmp_path)])
        .exit_code
        == 0
    )
    ours = json.loads((tmp_path / "evaluation.json").read_text("utf-8"))["scores"]
    for layer, key in (("entities, strict", "ents_f"), ("relations, strict", "rels_f")):
        (f1,) = (score["f1"] for score in ours if (score["layer"], score["label"]) == (layer, "all"))
        # spaCy writes scores in thousandths
        assert by_spacy[key] == pytest.approx(f1, abs=0.002)
