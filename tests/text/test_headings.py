import pytest

from zhibiao.text.headings import STYLES, Style, find_headings


def found(text: str) -> list[tuple[str, str]]:
    return [(text[h.start : h.mark_end], text[h.mark_end : h.title_end]) for h in find_headings(text)]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_style_finds_its_example_at_a_line_start(style: Style) -> None:
    assert find_headings(f"前言。\n{style.example}\n内容。")[0].style == style.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、总结\n(一)扎实推进,全力完成。围绕目标", [("一、", "总结"), ("(一)", "扎实推进,全力完成")]),
        # run in, with a colon, and straight behind another heading
        ("新的进展。一、完成情况:(一)出台意见。内容", [("一、", "完成情况"), ("(一)", "出台意见")]),
        ("要求。二、主要举措(一)深化改革。内容", [("二、", "主要举措"), ("(一)", "深化改革")]),
        # a run-in heading without an end of its own has no title
        (
            "进展。(一)出台工业强市战略实施意见,推动步伐研究制定了六盘水市科技发展规划,出台了关于贯彻落实战略的实施意见和方案",
            [("(一)", "")],
        ),
        # a quarter is no list where a chapter speaks of it
        ("四、四季度安排\n内容。", [("四、", "四季度安排")]),
        ("三、四季度工作打算\n内容。", [("三、", "四季度工作打算")]),
        ("一、三季度主要成绩\n内容。", [("一、", "三季度主要成绩")]),
        ("进展。三、三季度工作情况:内容", [("三、", "三季度工作情况")]),
        ("一是抓项目。二是抓人才;三是抓平台", [("一是", "抓项目"), ("二是", "抓人才"), ("三是", "抓平台")]),
        ("七)组织开展活动。内容", [("七)", "组织开展活动")]),
        ("第一章 总体判断\n【存在问题】\n少。", [("第一章 ", "总体判断"), ("【", "存在问题")]),
        ("前言。\n\n存在问题\n研发投入不足。", [("", "存在问题")]),
        ("前言。\n\n企业唱主角，老厂焕新颜\n研发投入增加。", [("", "企业唱主角，老厂焕新颜")]),
        ("正文。\n附件2\n名词解释\n1.四上企业：规模以上。", [("", "附件2"), ("", "名词解释"), ("1.", "四上企业")]),
    ],
)
def test_headings_and_their_titles(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "一、二、三产业增加值分别增长4.2%。",
        "一、二季度工业用电量持平。",
        "二、三产业增加值分别增长4.2%。",
        "三、四季度累计完成投资9亿元。",
        "依据第四条第(二)款执行，申报专利2.5万件。",
        "均居各县(市、区)第一,在四川省排第6位。",
        "正文。\n\n全社会研发经费:2.84亿元\n专利:9件",
        "正文。\n\n宁国市科技局\n2022年1月18日",
        "正文。\n\n各位领导、同志们：\n现在报告。",
        "2021年新增高企1.2万家。3.5亿元到位。",
    ],
)
def test_what_is_no_heading(text: str) -> None:
    assert found(text) == []
