from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibiao.text.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新认定18家;重新认定24家。高企达125家", ["新认定18家;重新认定24家。", "高企达125家"]),
        ("占比2.5%,No.1在列。1.加大投入", ["占比2.5%,No.1在列。", "1.加大投入"]),
        ("他说:“真好!”大家笑了。", ["他说:“真好!”", "大家笑了。"]),
        ("(其中省级5家。市级3家。)共8家。", ["(其中省级5家。市级3家。)共8家。"]),
        ("加强设计;\n9月8日,研究工作;\n\n  一、总结", ["加强设计;", "9月8日,研究工作;", "一、总结"]),
        ("真的吗?!是的……好。", ["真的吗?!", "是的……好。"]),
        ("确??萍加媱濏椖康捻樌麑施,完成9家。", ["确??萍加媱濏椖康捻樌麑施,完成9家。"]),
        (" \n ", []),
    ],
)
def test_sentence_ends(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == expected


@given(st.text(alphabet="一二高企，。！？!?；“”（）() \n125.%??皟濏椖"))
def test_sentences_cover_all_but_white_space_in_order(text: str) -> None:
    ranges = split_sentences(text)
    covered = "".join(text[start:end] for start, end in ranges)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() and start < end for start, end in ranges)
    assert all(first[1] <= second[0] for first, second in pairwise(ranges))
