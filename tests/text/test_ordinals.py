import pytest

from zhibiao.text.ordinals import read_ordinal


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1), ("十", 10), ("十九", 19), ("二十", 20), ("三十五", 35), ("7", 7), ("12", 12),
        ("①", 1), ("⑳", 20), ("⑴", 1), ("㈩", 10), ("0", None), ("百", None), ("", None), ("十百", None), ("四五", None),
    ],
)  # fmt: skip
def test_read_ordinal(text: str, number: int | None) -> None:
    assert read_ordinal(text) == number
