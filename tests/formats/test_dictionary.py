from pathlib import Path

import pytest

from zhibiao.formats import CHECKS, FACTS, Table
from zhibiao.formats.dictionary import make_dictionary

DICTIONARY = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_the_dictionary_in_docs_is_up_to_date() -> None:
    assert DICTIONARY.read_text("utf-8") == make_dictionary(), "run: python scripts/make_dictionary.py"


@pytest.mark.parametrize("table", [FACTS, CHECKS], ids=lambda table: table.name)
def test_the_dictionary_lists_every_column_once(table: Table) -> None:
    part = make_dictionary().split(f"## `{table.name}`\n")[1].split("\n## ")[0]
    listed = [line.split("`")[1] for line in part.splitlines() if line.startswith("| `")]
    assert listed == list(table.column_names)
