from collections.abc import Callable, Sequence

import pytest

from zhibiao.alignment import AlignedText, Edit
from zhibiao.text import spacing

Step = Callable[[str], Sequence[Edit]]


@pytest.mark.parametrize(
    ("step", "text", "expected"),
    [
        (spacing.drop_indents, "\n\n  一、总结 \t\n\n  高企 达  \n", "一、总结\n\n高企 达"),
        (spacing.join_scattered, "全 市 高 新 技 术 企 业 达 1 2 5 家", "全市高新技术企业达125家"),
        (spacing.join_scattered, "全 市  高 新 技 术，R&D test ok", "全市高新技术，R&D test ok"),
        (spacing.join_scattered, "上海市市长 龚 正\n省长 王 小 明", "上海市市长 龚 正\n省长 王 小 明"),
        (spacing.join_scattered, "高企 5 7 9 3 4\nA B C D E", "高企 5 7 9 3 4\nA B C D E"),
        (spacing.join_numbers, "收入1 830.7 亿 元，增长8%", "收入1830.7亿元，增长8%"),
        (spacing.join_numbers, "达1 2 5家，新增1 2家", "达125家，新增1 2家"),
        (spacing.join_numbers, "增长 12.5 %，收入 18.3 亿元", "增长 12.5%，收入18.3亿元"),
        (spacing.join_numbers, "全省 100 个县，完成 3.5 亿元", "全省100个县，完成3.5亿元"),
        (
            spacing.join_numbers,
            "高企 125 139 家\n合计 125 较上年\n2021 125 家",
            "高企 125 139 家\n合计 125 较上年\n2021 125 家",
        ),
        (spacing.join_words, "高新技 术企业，新增5家。高新技术企业", "高新技术企业，新增5家。高新技术企业"),
        (spacing.join_words, "党建引领 科技争先，做好工作。", "党建引领 科技争先，做好工作。"),
        (spacing.drop_spaces_at_marks, "食品添加剂” 、“月球” ， 活力 。", "食品添加剂”、“月球”，活力。"),
        (spacing.drop_spaces_at_marks, "推动 “工业强省”，工作, 12月", "推动“工业强省”，工作, 12月"),
        (spacing.drop_spaces_at_marks, "“跟跑”转“并跑” 江城池州", "“跟跑”转“并跑” 江城池州"),
    ],
)
def test_strays_go_and_columns_stay(step: Step, text: str, expected: str) -> None:
    assert AlignedText.from_source(text).edited(step(text)).text == expected
