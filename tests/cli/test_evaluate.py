import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from zhibiao.cli import make_app

ROOT = Path(__file__).parents[2]
DEV = ["annotations/gold", "--split", "dev"]


@pytest.fixture(autouse=True)
def in_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_scores_are_printed_with_their_signature() -> None:
    result = CliRunner().invoke(make_app(), ["evaluate", "rules", *DEV])
    assert result.exit_code == 0, result.stderr
    assert "rules on 3 reports" in result.stdout
    assert "too few to say" in result.stdout
    assert "|reports:3|system:rules|" in result.stdout


def test_two_systems_are_compared_and_written(tmp_path: Path) -> None:
    command = ["evaluate", "annotations/agreement/A", *DEV, "--against", "rules", "--output", str(tmp_path)]
    result = CliRunner().invoke(make_app(), command)
    assert result.exit_code == 0, result.stderr
    record = json.loads((tmp_path / "evaluation.json").read_text("utf-8"))
    assert record["against"]["system"] == "rules"
    first = next(one for one in record["differences"] if (one["layer"], one["label"]) == ("entities, strict", "METRIC"))
    assert first["difference"] < 0
    assert (tmp_path / "evaluation.md").read_text("utf-8").startswith("#")
    assert "<html" in (tmp_path / "evaluation.html").read_text("utf-8")


def test_worse_than_released_fails_and_names_the_scores(tmp_path: Path) -> None:
    released = tmp_path / "released.json"
    authored = ["annotations/gold", "--split", "authored_dev"]
    assert CliRunner().invoke(make_app(), ["evaluate", "rules", *authored, "--release", str(released)]).exit_code == 0
    passed = CliRunner().invoke(make_app(), ["evaluate", "rules", *authored, "--released", str(released)])
    assert (passed.exit_code, "0 scores worse" in passed.stderr) == (0, True)
    scores = json.loads(released.read_text("utf-8"))
    for score in scores["rules"]["scores"]:
        if score["interval"]:
            score["interval"], score["f1"] = [1.0, 1.0], 1.0
    released.write_text(json.dumps(scores), encoding="utf-8")
    failed = CliRunner().invoke(make_app(), ["evaluate", "rules", *authored, "--released", str(released)])
    assert failed.exit_code == 1
    assert "worse than released: entities, strict, METRIC" in failed.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothing", *DEV], "no pipeline 'nothing'"),
        (["rules", "annotations/gold", "--split", "devv"], "no report stands in split devv"),
        (["rules", "no/such/place"], "no such gold file"),
        (["README.md", *DEV], "no JSON"),
        (["rules", *DEV, "--released", "no.json"], "no released scores here"),
    ],
)
def test_a_users_mistake_is_one_line(arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(make_app(), ["evaluate", *arguments])
    assert result.exit_code == 1
    assert message in result.stderr
    assert "Traceback" not in result.stderr
