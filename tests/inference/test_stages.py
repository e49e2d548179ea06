import csv
import json
from pathlib import Path

import pytest

from zhibiao.inference import Stages, extract

REPORTS = Path(__file__).parents[2] / "corpus" / "raw"


@pytest.mark.slow
def test_the_stages_of_the_project_read_its_reports(tmp_path: Path) -> None:
    stages = Stages()
    for get in (stages.get_walk_paths, stages.get_read_source, stages.get_make_reports, stages.get_load_pipeline):
        assert callable(get())
    summary = extract([REPORTS], tmp_path / "two", model="rules", workers=2)
    extract([REPORTS], tmp_path / "one", model="rules", format="jsonl")
    assert (summary.pipeline.name, summary.pipeline.kind, summary.rejected) == ("rules", "rules", 0)
    assert (tmp_path / "two" / "spans.jsonl").read_bytes() == (tmp_path / "one" / "spans.jsonl").read_bytes()
    with (tmp_path / "two" / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    facts = [json.loads(line) for line in (tmp_path / "one" / "facts.jsonl").read_text("utf-8").splitlines()]
    assert [row["fact_id"] for row in rows] == [fact["fact_id"] for fact in facts]
    assert len(rows) == sum(summary.facts.values()) > 0
    reports = map(json.loads, (tmp_path / "one" / "spans.jsonl").read_text("utf-8").splitlines())
    texts = {report["report_id"]: report["text"] for report in reports}
    for fact in facts:
        text = texts[fact["report_id"]]
        assert text[fact["metric_start"] : fact["metric_end"]] == fact["metric"]
        assert text[fact["figure_start"] : fact["figure_end"]] == fact["figure"]
