import csv
import json
from pathlib import Path

import pytest
from lxml import html
from typer.testing import CliRunner

from zhibiao.annotation.suggestions import read_suggestions
from zhibiao.cli import make_app
from zhibiao.corpus.gold import GoldEntity, GoldRelation, GoldReport, write_gold
from zhibiao.corpus.marks import read_marked
from zhibiao.weak.silver import read_silver

LINES = (
    "⟦O1:全市⟧⟦M2:高企总数⟧达⟦A3:125家⟧，同比增长⟦A4:12.5%⟧。新增⟦A5:5家⟧⟦M6:省级研发平台⟧。\n====\nperiod 2021\n"
    "M2 A3 value\nM2 A4 change up\nA3 O1 held\nA4 O1 held\nM6 A5 value"
)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    marked = read_marked(LINES)
    folder = tmp_path / "gold"
    folder.mkdir()
    for name in ("a001", "a002"):
        report = GoldReport(
            report_id=name,
            origin="authored",
            source=f"{name}.txt",
            part=0,
            text_sha256="",
            text=marked.text,
            entities=[
                GoldEntity(id=e.id, start_offset=e.start, end_offset=e.end, label=e.label, text=e.text)
                for e in marked.entities
            ],
            relations=[
                GoldRelation(id=i, from_id=r.head, to_id=r.child, type=r.label) for i, r in enumerate(marked.relations)
            ],
            facts=[],
        )
        write_gold(report, folder)
    return folder


@pytest.fixture
def splits(tmp_path: Path) -> Path:
    path = tmp_path / "splits.toml"
    path.write_text('[train]\nreports = ["a001"]\n[dev]\nreports = ["a002"]\n', "utf-8")
    return path


def run(*args: object) -> tuple[int, str, str]:
    found = CliRunner().invoke(make_app(), ["weak", *map(str, args)])
    return found.exit_code, found.stdout, found.stderr


def test_analyse_shows_a_row_for_each_function_and_writes_csv_json_and_html(gold: Path, tmp_path: Path) -> None:
    table, data, page = tmp_path / "t.csv", tmp_path / "t.json", tmp_path / "t.html"
    code, shown, _ = run("analyse", gold, "--aggregation", "majority", "--csv", table, "--json", data, "--html", page)
    assert code == 0
    assert "amount_grammar" in shown
    rows = {row["function"]: row for row in csv.DictReader(table.read_text("utf-8").splitlines())}
    assert rows["amount_grammar"]["precision"] == "1.0000"
    assert [row["function"] for row in json.loads(data.read_text("utf-8"))] == list(rows)
    lines = html.document_fromstring(page.read_text("utf-8")).xpath("//tbody/tr/@id")
    assert sorted(lines) == sorted(rows)


def test_analyse_looks_at_one_split(gold: Path, splits: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    code, _, _ = run("analyse", gold, "--split", "dev", "--splits", splits, "-a", "majority", "--csv", table)
    rows = {row["function"]: row for row in csv.DictReader(table.read_text("utf-8").splitlines())}
    assert code == 0
    assert rows["amount_grammar"]["votes"] == "3"


def test_analyse_reads_reports_without_gold(tmp_path: Path) -> None:
    report, table = tmp_path / "r.txt", tmp_path / "t.csv"
    report.write_text("全市高企总数达125家。", "utf-8")
    code, _, _ = run("analyse", report, "-a", "majority", "--csv", table)
    rows = {row["function"]: row for row in csv.DictReader(table.read_text("utf-8").splitlines())}
    assert code == 0
    assert (rows["amount_grammar"]["votes"], rows["amount_grammar"]["precision"]) == ("1", "")


def test_label_writes_silver_and_ends_with_3_for_a_rejected_file(gold: Path, splits: Path, tmp_path: Path) -> None:
    inputs, output = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    (inputs / "a.txt").write_text("宁国市科技局2021年工作总结\n全市高企总数达130家。", "utf-8")
    (inputs / "b.txt").write_bytes(b"")
    code, shown, _ = run(
        "label", inputs, "-o", output, "-a", "weighted", "--gold", gold, "--split", "train", "--splits", splits
    )
    assert code == 3
    assert "1 done, 1 rejected" in shown
    (line,) = map(json.loads, (output / "silver.jsonl").read_text("utf-8").splitlines())
    assert "130家" in [entity["text"] for entity in line["entities"]]
    assert line["silver"]["aggregation"] == "weighted"
    assert (line["header"]["issuer"], line["header"]["period"]) == ("宁国市科技局", "2021")
    assert read_suggestions([output])[0].header == next(read_silver(output / "silver.jsonl")).header


def test_label_takes_patterns_from_a_file_and_names_a_wrong_one(tmp_path: Path) -> None:
    report, rows = tmp_path / "r.txt", tmp_path / "rows.toml"
    report.write_text("研究站七号投用。", "utf-8")
    rows.write_text(
        '[org_station]\nlabel = "ORG"\npattern = "研究站七号"\nmatch = "⟦研究站七号⟧"\nabstain = "研究站"\n', "utf-8"
    )
    code, _, _ = run("label", report, "-o", tmp_path / "out", "-a", "majority", "--patterns", rows)
    (line,) = map(json.loads, (tmp_path / "out" / "silver.jsonl").read_text("utf-8").splitlines())
    assert code == 0
    assert [entity["text"] for entity in line["entities"]] == ["研究站七号"]
    rows.write_text("[x]\n", "utf-8")
    code, _, said = run("label", report, "-o", tmp_path / "out", "--patterns", rows)
    assert code == 1
    assert "rows.toml: x" in said


def test_an_unknown_aggregation_is_named(gold: Path) -> None:
    code, _, said = run("analyse", gold, "-a", "vote")
    assert code == 1
    assert "majority, generative, weighted" in said
