from pathlib import Path

import pytest

from zhibiao.corpus.splits import near_duplicates, read_splits, shared_with_others
from zhibiao.errors import InputError

TEXT = "全市新认定高新技术企业十八家，总数达到一百二十五家，居全省第三位。"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('[trian]\nreports = ["a001"]', "no split is called 'trian'"),
        ('[train]\nreports = ["a001"]\n[test]\nreports = ["a001"]', "a001 stands in train and in test"),
    ],
)
def test_read_splits_refuses(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "splits.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        read_splits(path)


def test_a_copy_with_a_changed_word_is_a_near_duplicate() -> None:
    pairs = list(
        near_duplicates(
            {"a": TEXT, "b": TEXT.replace("十八", "十九"), "c": "另一份报告讲的是农业和水利，与前两份毫无相同。"}
        )
    )
    assert [(one, other) for one, other, _ in pairs] == [("a", "b")]


def test_shared_with_others_is_a_share_of_each_text() -> None:
    shares = shared_with_others({"a": TEXT, "b": TEXT, "c": "另一份报告讲的是农业和水利，与前两份毫无相同。"})
    assert shares == {"a": 1.0, "b": 1.0, "c": 0.0}
