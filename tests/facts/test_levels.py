import pytest

from zhibiao.facts.levels import is_origin


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("高企由[154家]增至[312家]", [True, False]),
        ("科技型企业由2018年的[150家]增至[320家]", [True, False]),
        ("占比从[58.1%]提高到[61.4%]", [True, False]),
        ("排名由[第11位]升至[第6位]", [True, False]),
        ("柏梓镇由去年的[第8位]升至[第5位]", [True, False]),
        ("科技计划由过去的[14类]整合为[6类]", [True, False]),
        ("名次从[倒数第三]追到[并列第五]", [True, False]),
        ("覆盖率从不足[两成]提高到[25%]", [True, False]),
        ("目标由[60家]上调至[75家]", [True, False]),
        ("企业由[五家]增加到[八家]", [True, False]),
        # nothing moves
        ("从[150家]企业中遴选[30家]到省里参评", [False, False]),
        ("由[3家]企业牵头，投资达到[5亿元]", [False, False]),
        ("比上年增加[21家]，达到[126家]", [False, False]),
    ],
)
def test_the_level_left_behind_is_told_from_the_one_reached(text: str, origins: list[bool]) -> None:
    plain, spans = "", []
    for piece in text.split("["):
        figure, closed, rest = piece.partition("]")
        if closed:
            spans.append((len(plain), len(plain) + len(figure)))
        plain += figure + rest
    assert [is_origin(plain, start, end) for start, end in spans] == origins
