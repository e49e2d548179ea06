from pathlib import Path

import pytest

from zhibiao.alignment import AlignedText
from zhibiao.text.cleaning import clean
from zhibiao.text.pagemarks import (
    drop_glued_page_numbers,
    drop_page_cuts,
    drop_page_numbers,
    drop_running_headers,
    mend_form_feeds,
)

PREVIEW = Path(__file__).parents[2] / "corpus/raw/001_8ab899e49ca3ccd3.txt"

# Every page cut of the preview: its mark, what stood on its two sides, and how the text reads there now.
PAGE_CUTS = (
    ("1、", "市科技局工作总结(一)20年"),
    ("2、", "支柱产业振兴实施方案(2020"),
    ("3、", "0年共组织申报国家和省级项目"),
    ("4、", "年度市级科技计划,安排应用技"),
    ("5、", "资有限公司出资1000万元、"),
    ("6、", "的技术合作协议,我局安排20"),
    ("7、", "新支持力度、调动广大科技工作"),
    ("8、", "2.5万余元,共开展技术培训"),
    ("9、", "能力,提高国民整体科技素质,"),
    ("10、", "市直18个,各县(特区、区)"),
    ("11、", "传活动15次,发放宣传资料5"),
    ("12、", "进展和成效\n一是科技创新能力"),
    ("13、", "、省级企业技术中心69家)、"),
    ("14、", "费支出53.06亿元,占规上"),
    ("15、", "上科技服务业增加值40.3亿"),
    ("16、", "次获得优秀。组织编发宁波市创"),
    ("17、", "核要求。二、20年主要工作举"),
    ("18、", "施办法,研究起草了关于实施“"),
    ("19、", "措施。组织开展创新型城市建设"),
    ("20、", "持和完善市县党政领导科技进步"),
    ("21、", ",著力强化基础研究、前沿技术"),
    ("22、", "技术企业研发中心38家、省级"),
    ("23、", "转移机构和专利事务所推荐、申"),
    ("24、", "化运作,为天使投资人和初创企"),
    ("25、", "导,分区分批对相关企业开展科"),
    ("26、", "4亿元;有890多家企业享受"),
    ("27、", "动,有16项重大科技合作项目"),
    ("28、", "正式报科技部审批)。市科技局"),
    ("29、", "计划项目,深入推进国家技术创"),
    ("30、", "”项目列入国家“863”计划"),
    ("31、", "技术企业的跟踪管理,完成38"),
    ("32、", "动科技政策落实。贯彻实施国家"),
    ("33、", "%,申请发明专利169件,同"),
)


def test_every_page_cut_of_the_preview_is_mended() -> None:
    cleaned = clean(PREVIEW.read_text("utf-8"))
    marks = [removed for removed in cleaned.removed if removed.kind == "page_mark"]
    assert [mark.text for mark in marks] == [mark for mark, _ in PAGE_CUTS]
    starts = list(cleaned.aligned.starts)
    for mark, (_, around) in zip(marks, PAGE_CUTS, strict=True):
        behind = next(i for i, start in enumerate(starts) if start >= mark.end)
        assert around in cleaned.text[max(0, behind - 8) : behind + 14]


def test_numbered_headings_are_no_page_cuts() -> None:
    headings = "\n".join(f"{n}、搭建平台。" + "进一步深化协同创新机制,提升创新效率。" * 20 for n in range(1, 9))
    assert drop_page_cuts(headings) == []
    assert drop_page_cuts("一、安排\n" + headings.replace("。\n", "\n")) == []


def test_a_list_without_full_stops_is_no_row_of_page_cuts() -> None:
    assert drop_page_cuts("1、搭建科研平台\n2、增强综合自主创新能力\n3、实施乡村振兴战略\n4、落实招引工作") == []


def test_a_true_list_inside_the_pages_keeps_its_numbers() -> None:
    page = "全市科技工作围绕创新驱动,狠抓落实,取得新的进展。" * 12
    text = f"1、{page}主要\n1、抓平台。\n2、抓人才。\n{page}支出53.\n2、06亿元,{page}增长\n3、12%。"
    mended = AlignedText.from_source(text).edited(drop_page_cuts(text)).text
    assert "支出53.06亿元" in mended
    assert "增长12%" in mended
    assert "\n1、抓平台。\n2、抓人才。\n" in mended


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "全年申报高新技术企业125家,新增省级企\n- 3 -\n业研发中心。",
            "全年申报高新技术企业125家,新增省级企业研发中心。",
        ),
        (
            "全年申报高新技术企业125家,新增省级企\n\n— 3 —\n\n业研发中心。",
            "全年申报高新技术企业125家,新增省级企业研发中心。",
        ),
        ("高企达125家。\n第 3 页 共 12 页\n二、计划", "高企达125家。\n二、计划"),
        ("高企达125家。\n\n第3页/共12页\n\n二、计划", "高企达125家。\n\n二、计划"),
        ("一、工作总结\n-1-\n2021年,工作稳中有进。", "一、工作总结\n2021年,工作稳中有进。"),
        ("高企。\n3/12\n平台。\n4/12\n人才。", "高企。\n平台。\n人才。"),
        ("完成3/12\n3/12\n其他", "完成3/12\n3/12\n其他"),
        ("指标\n1\n2\n3\n4", "指标\n1\n2\n3\n4"),
        ("高企达125家。\nPage 3 of 12", "高企达125家。\n"),
    ],
)
def test_page_numbers_on_lines_of_their_own(text: str, expected: str) -> None:
    assert AlignedText.from_source(text).edited(drop_page_numbers(text)).text == expected


def test_running_header_beside_page_numbers_goes_but_for_the_title() -> None:
    page = "全县科技工作取得新的进展,高企达125家。"
    text = "\n".join(["某县工作总结", page, "- 1 -", "某县工作总结", page, "- 2 -", "某县工作总结", page])
    expected = "\n".join(["某县工作总结", page, page, page])
    assert AlignedText.from_source(text).edited(drop_page_numbers(text)).text == expected


def test_running_header_without_page_numbers_goes_where_it_cuts_a_sentence() -> None:
    text = "某县工作总结\n今年新增高新技术企业,总数达到\n某县工作总结\n21家。\n完成情况\n好。\n完成情况\n好。"
    expected = "某县工作总结\n今年新增高新技术企业,总数达到21家。\n完成情况\n好。\n完成情况\n好。"
    assert AlignedText.from_source(text).edited(drop_running_headers(text)).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新增省级企 第3页 共12页 业研发中心", "新增省级企业研发中心"),
        ("新增省级企— 3 —业" + "研发中心。" * 40 + "高新技— 4 —术", "新增省级企业" + "研发中心。" * 40 + "高新技术"),
        ("新增省级企— 3 —业研发中心", "新增省级企— 3 —业研发中心"),
        ("2021-12-31至2021-13-31，10—15—20个", "2021-12-31至2021-13-31，10—15—20个"),
    ],
)
def test_page_numbers_inside_a_line(text: str, expected: str) -> None:
    assert AlignedText.from_source(text).edited(drop_glued_page_numbers(text)).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全市高企总数达到125家，新增省级研发平\n\f台5家。", "全市高企总数达到125家，新增省级研发平台5家。"),
        ("高企达125家。\f二、计划", "高企达125家。\n二、计划"),
        ("高企达125家。\n\f\n二、计划", "高企达125家。\n二、计划"),
    ],
)
def test_form_feeds(text: str, expected: str) -> None:
    assert AlignedText.from_source(text).edited(mend_form_feeds(text)).text == expected
