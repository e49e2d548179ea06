from pathlib import Path

import pytest

from zhibiao.corpus.sources import read_register
from zhibiao.errors import InputError

RAW = Path(__file__).parents[2] / "corpus" / "raw"
ENTRY = """
[[source]]
id = "a"
file = "a.txt"
sha256 = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
origin = "authored"
found = "written for a test"
rights = "ours"
[[source.report]]
title = "总结"
publisher = "某市科技局"
code = "341881"
"""


def test_register_of_the_raw_reports_holds() -> None:
    sources = read_register(RAW)
    assert {source.file for source in sources} == {path.name for path in RAW.glob("*.txt")}
    assert {source.origin for source in sources} == {"real"}


def test_register_of_the_authored_reports_holds() -> None:
    folder = RAW.parent / "authored"
    sources = read_register(folder)
    assert {source.file for source in sources} == {path.name for path in folder.glob("*.txt")}
    assert {source.origin for source in sources} == {"authored"}


@pytest.mark.parametrize(
    ("register", "reason"),
    [
        (None, "no SOURCES.toml"),
        ("[[source]", "not a TOML file"),
        (ENTRY.replace('code = "341881"', 'code = "34"'), "code"),
        (ENTRY.replace("ca978", "00000"), "differs from its sha256"),
        (ENTRY.replace("a.txt", "b.txt"), "b.txt is listed but missing"),
        (ENTRY.replace("a.txt", "../a.txt"), "file"),
        (ENTRY + ENTRY, "listed twice"),
        ("source = []", "not listed: a.txt"),
    ],
)
def test_read_register_refuses(tmp_path: Path, register: str | None, reason: str) -> None:
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    if register is not None:
        (tmp_path / "SOURCES.toml").write_text(register, encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        read_register(tmp_path)
