import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from zhibiao.cli import make_app
from zhibiao.evaluation.trap_rates import read_rates

CASES = """\
== ranks: places
ranks-01 ⟦M1:专利申请量⟧居⟦R1:全省第3位⟧。
  M1 R1 rank #3 scope:全省
ranks-02 ⟦M1:专利⟧申请量居⟦R1:全省第3位⟧。
  M1 R1 rank
ranks-03 ⟦M1:专利申请量⟧居⟦R1:全省第3位⟧。
  M1 R1 rank target
== orgs: who is one
orgs-01 ⟦O1:市委⟧高度重视。
"""


@pytest.fixture
def cases(tmp_path: Path) -> str:
    path = tmp_path / "traps.txt"
    path.write_text(CASES, encoding="utf-8")
    return str(path)


def test_classes_are_counted_with_their_intervals(cases: str) -> None:
    result = CliRunner().invoke(make_app(), ["traps", "rules", "--cases", cases])
    assert result.exit_code == 0, result.stderr
    lines = [[cell.strip() for cell in line.split("│")[1:-1]] for line in result.stdout.splitlines()]
    rows = {cells[0]: cells[1:] for cells in lines if cells}
    assert rows["ranks"] == ["3", "3", "2", "2", "1", "0.33", "0.06 to 0.79"]
    assert rows["all"][:5] == ["4", "4", "3", "3", "2"]
    assert "gold" not in result.stdout


def test_failed_cases_are_shown_as_marked_and_as_found(cases: str) -> None:
    result = CliRunner().invoke(make_app(), ["traps", "rules", "--cases", cases, "--failed"])
    assert "gold   ⟦M1:专利⟧申请量居⟦R1:全省第3位⟧。" in result.stdout
    assert "found  ⟦M1:专利申请量⟧居⟦R1:全省第3位⟧。" in result.stdout
    assert "专利申请量 = 全省第3位: status should be target, not actual" in result.stdout
    assert "ranks-01" not in result.stdout


def test_json_holds_rates_and_failed_cases(cases: str) -> None:
    result = CliRunner().invoke(make_app(), ["traps", "rules", "--cases", cases, "--json"])
    record = json.loads(result.stdout)
    assert record["system"] == "rules"
    assert [(one["class"], one["passed"], one["cases"]) for one in record["rates"]] == [
        ("ranks", 1, 3),
        ("orgs", 1, 1),
        ("all", 2, 4),
    ]
    assert [one["id"] for one in record["failed"]] == ["ranks-02", "ranks-03"]


def test_rates_are_recorded_on_request_alone(cases: str, tmp_path: Path) -> None:
    rates = tmp_path / "rates.toml"
    command = ["traps", "rules", "--cases", cases, "--rates", str(rates)]
    CliRunner().invoke(make_app(), command)
    assert not rates.exists()
    assert CliRunner().invoke(make_app(), [*command, "--record"]).exit_code == 0
    assert read_rates(rates) == {"rules": {"ranks": (1, 3), "orgs": (1, 1)}}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["rules", "--cases", "no/such.txt"], "no trap cases here"), (["nothing"], "no pipeline 'nothing'")],
)
def test_what_cannot_be_used_is_named(arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(make_app(), ["traps", *arguments])
    assert result.exit_code == 1
    assert message in result.stderr
