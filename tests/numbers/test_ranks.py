import pytest

from zhibiao.labels import RankKind
from zhibiao.numbers.mentions import RankValue
from zhibiao.numbers.ranks import find_ranks, parse_rank

ORDINAL, BAND, RECORD = RankKind.ORDINAL, RankKind.BAND, RankKind.RECORD

VALUES = [
    ("全省第2位", RankValue(2, 2, ORDINAL, "全省")),
    ("宣城市第1", RankValue(1, 1, ORDINAL, "宣城市")),
    ("15个副省级城市第一", RankValue(1, 1, ORDINAL, "15个副省级城市", 15)),
    ("全省16个市第3位", RankValue(3, 3, ORDINAL, "全省16个市", 16)),
    ("88个县（市）第5", RankValue(5, 5, ORDINAL, "88个县（市）", 88)),
    ("皖北首位", RankValue(1, 1, ORDINAL, "皖北")),
    ("全省前列", RankValue(None, None, BAND, "全省")),
    ("全国前十", RankValue(1, 10, BAND, "全国")),
    ("前三", RankValue(1, 3, BAND)),
    ("前20名", RankValue(1, 20, BAND)),
    ("成长组第一名", RankValue(1, 1, ORDINAL, "成长组")),
    ("全市排名第二", RankValue(2, 2, ORDINAL, "全市")),
    ("全省综合排名第12位", RankValue(12, 12, ORDINAL, "全省")),
    ("全市排位靠前", RankValue(None, None, BAND, "全市")),
    ("全国第一方阵", RankValue(None, None, BAND, "全国")),
    ("历年之最", RankValue(None, None, RECORD)),
    ("历史新高", RankValue(None, None, RECORD)),
    ("历史最好水平", RankValue(None, None, RECORD)),
    ("历史最低", RankValue(None, None, RECORD, from_bottom=True)),
    ("建区以来新高", RankValue(None, None, RECORD)),
    ("新高", RankValue(None, None, RECORD)),
    ("首位", RankValue(1, 1, ORDINAL)),
    ("榜首", RankValue(1, 1, ORDINAL)),
    ("末位", RankValue(1, 1, ORDINAL, from_bottom=True)),
    ("垫底", RankValue(1, 1, ORDINAL, from_bottom=True)),
    ("倒数第六", RankValue(6, 6, ORDINAL, from_bottom=True)),
    ("最后一名", RankValue(1, 1, ORDINAL, from_bottom=True)),
    ("全国后五位", RankValue(1, 5, BAND, "全国", from_bottom=True)),
    ("并列第三", RankValue(3, 3, ORDINAL, tied=True)),
    ("并列全县末位", RankValue(1, 1, ORDINAL, "全县", from_bottom=True, tied=True)),
    ("第二位次", RankValue(2, 2, ORDINAL)),
    ("第1-3位", RankValue(1, 3, ORDINAL)),
    ("全省第２位", RankValue(2, 2, ORDINAL, "全省")),
    ("位居全省第2位", RankValue(2, 2, ORDINAL, "全省")),
    ("百名开外", RankValue(100, None, BAND)),
    ("全国50名之外", RankValue(50, None, BAND, "全国")),
]


@pytest.mark.parametrize(("span", "value"), VALUES)
def test_parse_rank_reads_place_kind_and_scope(span, value):
    assert parse_rank(span) == value


@pytest.mark.parametrize("text", ["", "125家", "首批", "全省", "二等奖", "率先"])
def test_parse_rank_gives_none_where_there_is_no_place(text):
    assert parse_rank(text) is None


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("位列全省第2位,全国第46位。", ["全省第2位", "全国第46位"]),
        ("在全省排名由第8位升至第5位。", ["第8位", "第5位"]),
        ("总数连续3年居酒泉各县（市、区）第一；", ["酒泉各县（市、区）第一"]),
        ("列全省15个县第3", ["全省15个县第3"]),
        ("在28个单位中排第21位", ["第21位"]),
        ("确保增速全区前列，", ["全区前列"]),
        ("在西部与陕西并列第一的格局", ["并列第一"]),
        ("由去年的第8位升至今年第4位", ["第8位", "第4位"]),
        ("分别居全国第二、第七、第九。", ["全国第二", "第七", "第九"]),
        ("走在全国前列，走在前列，", ["全国前列"]),
        ("把稳就业摆在发展的第一位,放在首位", []),
        ("建设创新高地,第十届,第三产业,第一时间", []),
    ],
)
def test_find_ranks_takes_the_scope_that_stands_beside_the_place(text, spans):
    assert [text[found.start : found.end] for found in find_ranks(text)] == spans


def test_find_ranks_takes_the_number_of_competitors_out_of_the_amounts():
    (found,) = find_ranks("均位居15个副省级城市第一,")
    assert found.rank.field_size == 15
