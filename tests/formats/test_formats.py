from pathlib import Path

import pytest

from zhibiao import formats
from zhibiao.errors import MissingExtraError
from zhibiao.formats import FACTS, TableFormat, require_format, write_table
from zhibiao.formats.tables import make_row
from zhibiao.records import Fact


@pytest.mark.parametrize("table_format", TableFormat)
def test_write_table_knows_every_format(facts: list[Fact], tmp_path: Path, table_format: TableFormat) -> None:
    path = tmp_path / f"facts.{table_format}"
    assert write_table(FACTS, map(make_row, facts), path, table_format) == 3
    assert path.stat().st_size > 0


@pytest.mark.parametrize("table_format", ["parquet", "xlsx"])
def test_require_format_names_the_missing_extra(table_format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=rf"pip install 'zhibiao\[{table_format}\]'"):
        require_format(TableFormat(table_format))


@pytest.mark.parametrize("table_format", ["csv", "jsonl", "sqlite"])
def test_require_format_needs_nothing_for_the_core_formats(table_format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    require_format(TableFormat(table_format))
