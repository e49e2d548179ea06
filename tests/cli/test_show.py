import re
from pathlib import Path

from typer.testing import CliRunner

from zhibiao.cli import make_app

SAMPLE = Path(__file__).parents[1] / "data" / "report.txt"


def test_show_prints_text_and_facts() -> None:
    result = CliRunner().invoke(make_app(), ["show", str(SAMPLE), "--model", "rules"])
    assert result.exit_code == 0
    assert "旌德县科技局" in result.stdout
    assert "20 facts" in result.stdout


def test_show_writes_a_page_that_needs_nothing_from_outside(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    result = CliRunner().invoke(make_app(), ["show", str(SAMPLE), "--html", str(page), "--model", "rules"])
    assert result.exit_code == 0
    html = page.read_text("utf-8")
    assert html.count("<mark") == 36
    assert html.count('"HAS_VALUE"') == 11
    assert not re.search(r"""(?:src|href)=["']?(?!["'#])""", html)


def test_the_page_escapes_what_a_file_brings(tmp_path: Path) -> None:
    file, page = tmp_path / "evil.txt", tmp_path / "evil.html"
    file.write_text(
        "2021年工作总结\n全市<script>alert(1)</script>高企总数达125家，'引用'\"双引\"增长3%。", encoding="utf-8"
    )
    CliRunner().invoke(make_app(), ["show", str(file), "--html", str(page), "--model", "rules"])
    assert "<script>alert" not in page.read_text("utf-8")


def test_show_of_a_missing_file_is_one_line() -> None:
    result = CliRunner().invoke(make_app(), ["show", "nowhere.txt"])
    assert result.exit_code == 1
    assert result.stderr.startswith("zhibiao: nowhere.txt: ")
    assert "Traceback" not in result.stderr
