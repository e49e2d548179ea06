from pathlib import Path

from typer.testing import CliRunner

from zhibiao.cli import make_app


def test_preview_says_where_the_table_is(tmp_path: Path) -> None:
    columns = "holder,metric,kind,figure,value_low,unit,status,period"
    (tmp_path / "facts.csv").write_text(
        f"\ufeff{columns}\n宁国市,高企总数,value,125家,125,家,actual,2021\n", encoding="utf-8"
    )
    (tmp_path / "run.json").write_text('{"counts": {"facts": {"value": 1}}}', encoding="utf-8")
    result = CliRunner().invoke(make_app(), ["preview", str(tmp_path)])
    assert result.exit_code == 0
    assert "The first 1 of 1 facts" in result.stdout
    assert str(tmp_path / "facts.csv") in result.stdout.replace("\n", "")


def test_preview_without_a_run_says_what_to_do(tmp_path: Path) -> None:
    result = CliRunner().invoke(make_app(), ["preview", str(tmp_path)])
    assert result.exit_code == 1
    assert "run `zhibiao extract" in result.stderr
