import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from zhibiao.alignment import AlignedText
from zhibiao.cli import make_app
from zhibiao.corpus.ingest import ingest, make_runs
from zhibiao.corpus.sources import read_register

RAW = Path(__file__).parents[2] / "corpus" / "raw"


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean")
    result = CliRunner().invoke(make_app(), ["ingest", str(RAW), "--output", str(folder)])
    assert result.exit_code == 0
    return folder


def test_reports_are_those_the_register_describes(clean: Path) -> None:
    described = {
        (source.file, part): report for source in read_register(RAW) for part, report in enumerate(source.report)
    }
    written = {(record["source"], record["part"]): record for record in map(json.loads, _texts(clean, "json"))}
    assert written.keys() == described.keys()
    for key, report in described.items():
        assert written[key]["issuer"] == report.publisher
        assert written[key]["region_code"] == report.code
        assert written[key]["period"] == report.period


def test_runs_lead_from_each_character_back_to_the_source(clean: Path) -> None:
    for path in clean.glob("*.json"):
        record = json.loads(path.read_text("utf-8"))
        text = path.with_suffix(".txt").read_text("utf-8")
        source = (RAW / record["source"]).read_text("utf-8")
        assert sum(length for _, length, _, _ in record["runs"]) == len(text)
        for start, length, source_start, source_end in record["runs"]:
            assert length == 1 or source_end - source_start == length
            digits = [char for char in text[start : start + length] if char.isascii() and char.isdigit()]
            assert all(char in source[source_start:source_end] for char in digits)


def test_ingest_twice_gives_the_same_files(tmp_path: Path) -> None:
    (tmp_path / "stale.txt").write_text("stale", encoding="utf-8")
    ingest(RAW, tmp_path)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    ingest(RAW, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    assert "stale.txt" not in first


def test_runs_of_nothing_are_none() -> None:
    assert list(make_runs(AlignedText.from_source(""))) == []


def _texts(folder: Path, suffix: str) -> list[str]:
    return [path.read_text("utf-8") for path in sorted(folder.glob(f"*.{suffix}"))]
