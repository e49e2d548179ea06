import re

import pytest

from zhibiao.facts import outlook_patterns as patterns
from zhibiao.facts.calendar import read_calendar
from zhibiao.facts.outlook import find_outlook
from zhibiao.text.reports import make_text_report

DONE = ["全年新增高企3家，同比增长8%。", "举办了培训12期。", "建成平台5个，居全省第3位。"]
PLANNED = ["新增高企5家以上，力争突破100家。", "培训不少于20期。", "研发投入强度达到3%左右。"]


def outlook_of(*lines: str) -> list[tuple[str, bool]]:
    text = "\n".join(lines)
    report = make_text_report(text, report_id="r", source="r.txt")
    course = find_outlook(report, read_calendar(report))
    assert len(course) == len(report.sentences)
    return [(text[start:end], ahead) for (start, end), ahead in zip(report.sentences, course, strict=True)]


def planned(*lines: str) -> list[str]:
    return [sentence for sentence, ahead in outlook_of(*lines) if ahead]


def test_a_report_without_plans_looks_back() -> None:
    assert planned("县科技局2021年工作总结", *DONE) == []


def test_a_plan_looks_ahead() -> None:
    assert planned("县科技局2022年工作要点", *PLANNED)[-3:] == PLANNED


@pytest.mark.parametrize(
    "turn",
    [
        "下一步，我们重点抓好以下工作。",
        "2022年，县科技局抓好以下工作。",
        "明年的事，我归纳成三句话。",
        "好话说完，定调子，说明年。",
        "针对上述问题，我们不绕弯子。",
        "四、四季度安排",
    ],
)
def test_a_turn_of_speech_opens_the_plan(turn: str) -> None:
    found = planned(
        "县科技局2021年前三季度工作总结" if "季度" in turn else "县科技局2021年工作总结", *DONE, turn, *PLANNED
    )
    assert found[-3:] == PLANNED
    assert not set(DONE) & set(found)


@pytest.mark.parametrize(
    "line",
    [
        "——2022年1月26日在县第十六届人民代表大会第四次会议上",
        "技术好不好，要看来年的枝头。",
        "规划提出2025年每万人发明专利8.5件。",
        "按照《关于力争明年加快推进创新的实施方案》，下放审批权限6项。",
    ],
)
def test_what_only_names_a_later_time_opens_no_plan(line: str) -> None:
    found = planned("县科技局2021年工作总结", *DONE, line, *DONE)
    assert not set(DONE) & set(found)


def test_a_heading_outweighs_single_sentences() -> None:
    lines = (
        "县科技局2021年工作总结",
        "一、工作回顾",
        DONE[0],
        PLANNED[0],
        DONE[1],
        "二、2022年计划",
        PLANNED[1],
        DONE[2],
        PLANNED[2],
    )
    found = planned(*lines)
    assert PLANNED[0] not in found
    assert DONE[2] in found


def test_an_item_that_ends_with_its_next_step_does_not_carry_into_the_next_item() -> None:
    lines = (
        "县科技局2021年工作总结",
        "一、工作回顾",
        "(一)培育企业",
        DONE[0],
        "下一步，新增高企5家以上。",
        "(二)举办培训",
        DONE[1],
        DONE[2],
    )
    found = planned(*lines)
    assert found == ["下一步，新增高企5家以上。"]


def test_the_words_decide_where_no_heading_does() -> None:
    lines = ("在全县科技工作会议上的讲话", "第一，家底不薄", *DONE, "第二，目标不低", *PLANNED)
    assert set(PLANNED) <= set(planned(*lines))


def test_an_empty_report_has_no_outlook() -> None:
    report = make_text_report("", report_id="r", source="r.txt")
    assert find_outlook(report, read_calendar(report)) == []


@pytest.mark.parametrize("sign", patterns.SIGNS, ids=lambda sign: sign.example)
def test_each_sign_is_found_in_its_example(sign: patterns.Sign) -> None:
    front, word, _ = re.split(r"[\[\]]", sign.example)
    plain = sign.example.replace("[", "").replace("]", "")
    found = [match for match in patterns.SIGN.finditer(plain) if match.start() == len(front)]
    assert [match.group() for match in found] == [word]
    assert patterns.SIGNS[patterns.SIGN_OF[word]] == sign


@pytest.mark.parametrize("text", ["主要指标", "需要", "将军山", "了解情况", "不仅如此", "再次获评", "让利", "已知"])
def test_no_sign_is_found_in_other_words(text: str) -> None:
    assert not [m for m in patterns.SIGN.finditer(text) if m.group() in {"要", "将", "了", "仅", "再", "让", "已"}]
