import pytest

from zhibiao.numbers.figures import find_figures
from zhibiao.numbers.mentions import TrapKind

ROWS = [
    ("（三）强化服务", "（三）", TrapKind.MARK),
    ("1.加大培育", "1.", TrapKind.MARK),
    ("2、推进平台", "2、", TrapKind.MARK),
    ("参加第十届大赛", "第十届", TrapKind.ORDINAL),
    ("派驻第一书记", "第一书记", TrapKind.ORDINAL),
    ("前10家企业", "10家", TrapKind.ORDINAL),
    ("皖政〔2021〕15号", "〔2021〕15号", TrapKind.DOCUMENT),
    ("国发[2016]28号", "[2016]28号", TrapKind.DOCUMENT),
    ("地铁2号线", "2", TrapKind.DOCUMENT),
    ("电话0556-5347712", "0556-5347712", TrapKind.CODE),
    ("索引号003021487/201301-00016", "003021487/201301-00016", TrapKind.CODE),
    ("G60科创走廊", "G60", TrapKind.NAME),
    ("PM2.5浓度", "PM2.5", TrapKind.NAME),
    ("COVID-19疫情", "COVID-19", TrapKind.NAME),
    ("ISO9001认证", "ISO9001", TrapKind.NAME),
    ("5G基站", "5G", TrapKind.NAME),
    ("争创5A级景区", "5A", TrapKind.NAME),
    ("1+N团队", "1+N", TrapKind.NAME),
    ("“5+20+50”特派员", "“5+20+50”", TrapKind.NAME),
    ("承接863计划", "863", TrapKind.NAME),
    ("世界500强", "500", TrapKind.NAME),
    ("拨打12345", "12345", TrapKind.NAME),
    ("智谷2.0", "2.0", TrapKind.NAME),
    ("《2021年工作要点》", "《2021年工作要点》", TrapKind.NAME),
    ("三个方面工作", "三个", TrapKind.STRUCTURE),
    ("上述3项，", "3项", TrapKind.STRUCTURE),
    ("分两批推进", "两批", TrapKind.STRUCTURE),
    ("投入、专利和高企3项指标", "3项", TrapKind.STRUCTURE),
    ("24小时在线", "24小时", TrapKind.TIME),
    ("连续3个月下降", "3个月", TrapKind.TIME),
    ("2025中国足协杯", "2025", TrapKind.TIME),
    ("涌现一批典型", "一批", TrapKind.WORD),
    ("走进千家", "千家", TrapKind.WORD),
    ("115产业创新团队", "115", TrapKind.NAME),
    ("昇腾384超节点", "384", TrapKind.LOOSE),
]


@pytest.mark.parametrize(("text", "span", "kind"), ROWS)
def test_numbers_that_are_no_figures_say_why(text, span, kind):
    figures = find_figures(text)
    assert [(text[trap.start : trap.end], trap.kind) for trap in figures.traps] == [(span, kind)]
    assert (figures.amounts, figures.ranks) == ((), ())
