import pytest

from zhibiao.text.cleaning import clean
from zhibiao.text.metadata import PageFacts, describe, read_page

REPORT = "某县科技局2021年工作总结\n2021年,县科技局坚持创新驱动,较好地完成了各项目标任务。\n一、总体情况\n高企达125家。"


@pytest.mark.parametrize(
    ("frame", "published", "index_number", "publishers"),
    [
        ("索引号: 1134/2022-00048 组配分类: 规划计划\n发布机构: 宁国市科技局 主题分类: 科技\n生成日期: 2022-02-20 发布日期: 2022-02-24",
         "2022-02-24", "1134/2022-00048", ("宁国市科技局",)),
        ("索 引 号\n003021487/2022\n发布机构\n霍山县科技局\n生成日期\n2022-01-18\n文号\n无", "2022-01-18", "003021487/2022", ("霍山县科技局",)),
        ("发布时间：2022年2月4日 17:34 来源：泾县科技局 浏览次数：12", "2022-02-04", None, ("泾县科技局",)),
        ("来源：\n吉林日报\n2026-02-03 09:02:33", "2026-02-03", None, ("吉林日报",)),
        ("时间:2022-04-11 10:05:02 来源:网友投稿", "2022-04-11", None, ("网友投稿",)),
        ("索引号：无 发布日期：2022-13-40", None, "无", ()),
        ("", None, None, ()),
    ],
)  # fmt: skip
def test_what_a_page_says(
    frame: str, published: str | None, index_number: str | None, publishers: tuple[str, ...]
) -> None:
    page = read_page(clean(f"{frame}\n{REPORT}").removed)
    assert (page.published, page.index_number, page.publishers) == (published, index_number, publishers)


def test_the_name_in_the_table_stands_in_for_a_lost_title() -> None:
    text = "各位代表：\n2021年，全县科技工作坚持创新驱动，较好地完成了各项目标任务。"
    known = describe(text, PageFacts(name="泾县科技局2021年工作总结"), given_title=None, headings=())
    assert (known.title, known.year) == ("泾县科技局2021年工作总结", 2021)
