"""The question that the README asks of the table, asked as it stands there."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from zhibiao.formats import CHECKS, FACTS, TableFormat, write_table
from zhibiao.formats.checks import make_check_row
from zhibiao.formats.tables import make_row
from zhibiao.labels import Approx, CheckKind, FactKind, FactStatus, Verdict
from zhibiao.records import CheckFinding, Fact

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


@pytest.fixture
def intensities(facts: list[Fact]) -> list[Fact]:
    """Give R&D intensities: place, code, status, period, lower and upper bound."""
    told = [
        ("宁国市科技局", "341881", FactStatus.ACTUAL, "2020", "2.3", "2.3"),
        ("宁国市", "341881", FactStatus.ACTUAL, "2021", "2.65", "2.65"),
        ("宁国市", "341881", FactStatus.TARGET, "2025", "3.2", "3.2"),
        ("宁国市科技局", "341881", FactStatus.TARGET, "2022", "2.8", None),
        ("上海市", "310000", FactStatus.ACTUAL, "2021", "4.5", "4.5"),
        ("海南省", "460000", FactStatus.TARGET, "2022", None, "1.8"),
        ("某研究院", None, FactStatus.ACTUAL, "2021", "9.9", "9.9"),
    ]
    return [
        replace(
            facts[0], kind=FactKind.VALUE, indicator="rd_intensity", unit="percent", approx=Approx.EXACT, holder=holder,
            holder_code=code, status=status, period=period, value_low=low and Decimal(low), value_high=high and Decimal(high),
        )
        for holder, code, status, period, low, high in told
    ]  # fmt: skip


def ask(sql: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    monkeypatch.chdir(folder)
    with duckdb.connect() as connection:
        return connection.execute(sql).fetchall()


def test_the_command_of_the_readme_gives_the_table_of_places(
    facts: list[Fact], intensities: list[Fact], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "results").mkdir()
    rows = map(make_row, [*facts, *intensities])
    write_table(FACTS, rows, tmp_path / "results" / "facts.parquet", TableFormat.PARQUET)
    (command,) = re.findall(r"duckdb <<'SQL'\n(.*?)\nSQL\n", README, re.DOTALL)
    assert ask(command, tmp_path, monkeypatch) == [
        ("上海市", "2021", Decimal("4.50"), None, None, None),
        ("宁国市", "2021", Decimal("2.65"), "2022", Decimal("2.80"), Decimal("0.15")),
        ("海南省", None, None, "2022", Decimal("1.80"), None),
    ]


def test_the_pairs_of_the_readme_are_there(facts: list[Fact], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "results").mkdir()
    target, actual, _ = facts
    pair = CheckFinding(CheckKind.ATTAINMENT, Verdict.PAIR, "高企", target, actual, ratio=Decimal("1.0214"))
    note = CheckFinding(CheckKind.UNIT, Verdict.NOTE, "高企", target)
    rows = map(make_check_row, [note, pair])
    write_table(CHECKS, rows, tmp_path / "results" / "checks.parquet", TableFormat.PARQUET)
    (query,) = re.findall(r"`(SELECT [^`]*checks\.parquet[^`]*)`", README)
    assert ask(query, tmp_path, monkeypatch) == [
        (target.holder, target.metric, target.period, target.figure, actual.figure, Decimal("1.0214"))
    ]
