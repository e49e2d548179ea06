import pytest

from zhibiao.text.titles import read_head

BODY = "2021年，全市科技工作稳中有进，主要指标位居全省前列，各项任务较好完成，现将有关情况总结如下。\n一、总体情况"


@pytest.mark.parametrize(
    ("lines", "title", "beside"),
    [
        (["科技局2021年工作总结"], "科技局2021年工作总结", ()),
        (["2018年全市科技工作要点", "巴彦淖尔市科学技术局"], "2018年全市科技工作要点", ("巴彦淖尔市科学技术局",)),
        (["垫江科技创新跑出加速度", "——垫江县2023年工作综述"], "垫江科技创新跑出加速度", ("——垫江县2023年工作综述",)),
        (["述职报告", "——白山市教育局局长2024年度述职"], "述职报告", ("——白山市教育局局长2024年度述职",)),
        (["科技创新工作总结 科技创新工作总结及2022年思路"], "科技创新工作总结及2022年思路", ()),
        (["稳外贸 扩内需 优招商"], "稳外贸 扩内需 优招商", ()),
        (["各位代表："], None, ("各位代表：",)),
        ([], None, ()),
    ],
)
def test_title_and_the_lines_beside_it(lines: list[str], title: str | None, beside: tuple[str, ...]) -> None:
    head = read_head("\n".join([*lines, BODY]))
    assert (head.title, head.lines) == (title, beside)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("宁国市科技局2024年工作要点2024年是关键一年，我局紧扣三个方向。", "宁国市科技局2024年工作要点"),
        (
            "宁国市科委2014年度工作总结暨2015年工作设想一年来，我委抓住机遇。",
            "宁国市科委2014年度工作总结暨2015年工作设想",
        ),
        (
            "述职报告——宁国市教育局局长2024年度述职各位领导：这一年，我抓落实。",
            "述职报告——宁国市教育局局长2024年度述职",
        ),
        (
            "2021年宁国市科技局工作总结宁国市科技局一、科技投入1.研发经费:4,865万元,增长5%,占比0.7%。",
            "2021年宁国市科技局工作总结",
        ),
        ("在全市科技工作会议上的讲话（2023年2月23日）同志们：会议很重要，我很受启发。", "在全市科技工作会议上的讲话"),
        # a sentence that speaks of a report is no title
        ("根据2021年工作总结，2022年全市科技工作将继续推进，各项任务已经分解。", None),
        ("2021年，全市科技工作稳中有进，2022年上半年更好，各项任务较好完成，现将有关情况总结如下。", None),
        ("本局按照工作方案扎实推进各项重点任务落地见效取得明显成绩现将情况报告如下，请审议，谢谢大家。", None),
    ],
)
def test_a_title_may_run_on_into_the_text(text: str, title: str | None) -> None:
    assert read_head(f"{text}\n一、总体情况，很多，很好。").title == title


def test_the_date_behind_a_title_that_runs_on_is_beside_it() -> None:
    head = read_head(
        "在全省科技工作会议上的讲话（2023年2月23日）同志们：会议开到现在，大家作了发言，我谈三点意见，供参考。"
    )
    assert (head.title, head.lines) == ("在全省科技工作会议上的讲话", ("（2023年2月23日）",))


def test_a_given_title_is_kept_and_its_line_is_not_beside_it() -> None:
    head = read_head("甲县科技局工作总结\n" + BODY, given_title="甲县科技局工作总结")
    assert (head.title, head.lines) == ("甲县科技局工作总结", ())


def test_the_foot_holds_the_signature() -> None:
    assert read_head(f"工作总结\n{BODY}\n内容，很多，很好。\n宁国市科技局\n2022年1月18日").foot[-2:] == (
        "宁国市科技局",
        "2022年1月18日",
    )
