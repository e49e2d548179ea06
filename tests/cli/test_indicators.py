import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from zhibiao.catalog.indicators import load_indicators
from zhibiao.cli import make_app

SAMPLE = Path(__file__).parents[1] / "data" / "report.txt"
GOLD = Path(__file__).parents[2] / "annotations" / "gold"
HEADER = "report_id,kind,metric,unit"


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(make_app(), ["indicators", *arguments])


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "facts.csv"
    rows = [
        "a,value,高企总数,家",
        "a,change,技术合同成交额,percent",
        "a,value,新建量子驿站,处",
        "b,value,'-量子驿站,处",
    ]
    path.write_text("\r\n".join([HEADER, *rows, "b,value,总数,家", "b,rank,研发投入,"]), encoding="utf-8-sig")
    return path


def test_list_prints_the_catalogue_as_csv_that_reads_back() -> None:
    result = invoke("list", "--format", "csv")
    rows = list(csv.DictReader(StringIO(result.stdout)))
    assert result.exit_code == 0
    assert [row["id"] for row in rows] == [one.id for one in load_indicators()]
    contracts = next(row for row in rows if row["id"] == "tech_contracts")
    assert "技术合同?" in contracts["aliases"].split("|")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--parent", "rd_expenditure"], ["enterprise_rd_expenditure", "basic_research_expenditure"]),
        (["--dimension", "concentration"], ["pm25"]),
        (["--parent", "gdp", "--dimension", "ratio"], []),
    ],
)
def test_list_chooses_by_dimension_and_parent(arguments: list[str], expected: list[str]) -> None:
    result = invoke("list", "--format", "json", *arguments)
    assert result.exit_code == 0
    assert [one["id"] for one in json.loads(result.stdout)] == expected


def test_list_prints_a_table_with_the_count_on_stderr() -> None:
    result = invoke("list", "--dimension", "concentration")
    assert "PM2.5平均浓度" in result.stdout
    assert result.stderr == "1 indicators\n"


@pytest.mark.parametrize(
    ("arguments", "verdict"),
    [
        (["高企总数"], "matched: hightech_enterprises, score 1.00: a listed wording (高企总数)"),
        (["全市新增高企", "--unit", "家"], "matched: hightech_enterprises, score 0.93: a listed wording, without"),
        (["研发投入", "--unit", "亿元"], "matched: rd_expenditure, score 1.00"),
        (["温室", "--unit", "平方米"], "matched: facility_agriculture_area, score 0.90"),
        (["研发投入", "--unit", "%"], "not matched: the unit percent contradicts rd_expenditure (CNY)"),
        (["技术合同"], "not matched: 技术合同 may be any of tech_contract_value (CNY), tech_contracts (项); a unit"),
        (["发明专利", "--unit", "件"], "not matched: 发明专利 may be any of invention_applications (件)"),
        (["绿皮火车"], "not matched: no listed wording is near enough"),
    ],
)
def test_search_says_what_is_matched_or_why_not(arguments: list[str], verdict: str) -> None:
    result = invoke("search", *arguments)
    assert result.exit_code == 0
    assert result.stdout.startswith(verdict)


def test_search_ranks_candidates_with_their_likeness() -> None:
    result = invoke("search", "R&D intensity", "--limit", "2")
    rows = [line.split() for line in result.stdout.splitlines() if line.strip().startswith(("0.", "1."))]
    assert rows[0][:2] == ["1.00", "rd_intensity"]
    assert len(rows) == 2


def test_show_prints_the_whole_row_and_the_parts() -> None:
    result = invoke("show", "rd_expenditure")
    assert result.exit_code == 0
    for text in ("研发经费投入", "R&D expenditure", "国统字〔2019〕47号", "enterprise_rd_expenditure"):
        assert text in result.stdout


def test_coverage_counts_a_fact_table(table: Path) -> None:
    result = invoke("coverage", str(table))
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "3 of 6 METRICs in 2 reports have an indicator (50.0%), of 3 kinds; the others: 2 unknown, 1 bare\n"
    )
    assert "量子驿站" in result.stdout


def test_coverage_gives_everything_as_json(table: Path) -> None:
    result = invoke("coverage", str(table.parent), "--format", "json")
    found = json.loads(result.stdout)
    assert (found["reports"], found["mentions"], found["matched"], found["share"]) == (2, 6, 3, 0.5)
    assert found["indicators"] == {"hightech_enterprises": 1, "tech_contract_value": 1, "rd_expenditure": 1}
    assert found["missed"] == {"unknown": 2, "bare": 1}
    assert {one["head"] for one in found["worth_adding"]} == {"量子驿站", "-量子驿站"}


def test_coverage_reads_the_same_from_csv_and_jsonl(table: Path) -> None:
    rows = list(csv.DictReader(StringIO(table.read_text("utf-8-sig"))))
    lines = [
        json.dumps({**row, "metric": row["metric"].removeprefix("'"), "unit": row["unit"] or None}) for row in rows
    ]
    other = table.with_name("other.jsonl")
    other.write_text("\n".join(lines), encoding="utf-8")
    assert invoke("coverage", str(other)).stdout == invoke("coverage", str(table)).stdout


def test_coverage_reads_gold_files_and_tables_together(table: Path) -> None:
    gold = invoke("coverage", str(GOLD / "r000-0.jsonl"), "--format", "json")
    both = invoke("coverage", str(table), str(GOLD / "r000-0.jsonl"), "--format", "json")
    assert json.loads(gold.stdout)["reports"] == 1
    assert json.loads(both.stdout)["mentions"] == json.loads(gold.stdout)["mentions"] + 6


def test_coverage_of_an_empty_table_has_no_share(tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text("", encoding="utf-8")
    result = invoke("coverage", str(tmp_path))
    assert result.exit_code == 0
    assert result.stdout.startswith("0 of 0 METRICs in 0 reports have an indicator (–), of 0 kinds; the others: none")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "rd_intensty"], "rd_intensty: there is no indicator of this id; the nearest: rd_intensity"),
        (["list", "--parent", "x"], "x: there is no indicator of this id"),
        (["list", "--dimension", "x"], "x: no indicator has this dimension; choose one of area, "),
        (["search", "高企", "--unit", "xx"], "xx: no such unit"),
        (["coverage", "nowhere.csv"], "nowhere.csv: No such file or directory; give a fact table"),
        (["coverage", "{folder}"], "{folder}: neither a fact table nor gold files here"),
        (["coverage", "{folder}/parquet"], "{folder}/parquet: the fact table is neither csv nor jsonl; run extract"),
        (["coverage", "{folder}/notes.txt"], "{folder}/notes.txt: cannot be read"),
        (["coverage", "{folder}/bytes.csv"], "{folder}/bytes.csv: cannot be read"),
        (["coverage", "{folder}/other.csv"], "{folder}/other.csv: no fact table: a row has no 'kind'"),
        (["coverage", "{folder}/list.json"], "{folder}/list.json: no fact table: a row has no 'kind'"),
    ],
)
def test_what_users_can_mend_is_one_line(arguments: list[str], message: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("全市", encoding="utf-8")
    (tmp_path / "parquet").mkdir()
    (tmp_path / "parquet" / "run.json").write_text("{}", encoding="utf-8")
    (tmp_path / "bytes.csv").write_bytes(b"kind\n\xff\xfe")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")
    result = invoke(*(argument.format(folder=tmp_path) for argument in arguments))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"zhibiao: {message.format(folder=tmp_path)}")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["list", "search", "show", "coverage"])
def test_help_gives_an_example(command: str) -> None:
    assert f"Example: zhibiao indicators {command}" in invoke(command, "--help").stdout


def test_coverage_reads_what_extract_writes(tmp_path: Path) -> None:
    arguments = ["extract", str(SAMPLE), "--output", str(tmp_path), "--format", "csv", "--model", "rules", "-q"]
    assert CliRunner().invoke(make_app(), arguments).exit_code == 0
    found = json.loads(invoke("coverage", str(tmp_path), "--format", "json").stdout)
    assert (found["reports"], found["mentions"]) == (1, 20)
    assert found["matched"] >= 12
