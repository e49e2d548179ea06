import pytest

from zhibiao.facts.context import clause_start


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("全市高企125家,居第3位", "居第3位"),
        ("高企125家（其中新认定18家", "其中新认定18家"),
        ("主体:高企达125家", "高企达125家"),
        ("专利、高企达125家", "专利、高企达125家"),
        ("高企125家", "高企125家"),
    ],
)
def test_a_clause_begins_behind_the_last_stop(text: str, clause: str) -> None:
    assert text[clause_start(text, 0, len(text)) :] == clause


def test_a_clause_does_not_begin_before_its_sentence() -> None:
    assert clause_start("上句。下句高企5家", 3, 9) == 3


def test_a_text_without_stops_is_not_searched_to_its_start() -> None:
    assert clause_start("长" * 10_000, 0, 10_000) > 9_000
