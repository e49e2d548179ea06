"""What a single table cell says: a figure, a unit, a name, a header's measure."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Units as headers write them; 家/万人 and 元/人 are put together from two.
_UNIT_NAMES = (
    "元 美元 欧元 港元 日元 人民币 人次 人 户次 户 家次 家 个百分点 百分点 个 件次 件 项次 项 篇 部 台套 台 套 辆 艘 架 "
    "吨标准煤 吨标煤 吨 公斤 千克 斤 克 亩次 亩 公顷 平方公里 平方千米 平方米 立方米 公里 千米 米 千瓦时 千瓦 兆瓦 度 名 位 "
    "所 座 处 间 床 张 条 次 场次 场 期 批次 批 份 册 本 种 类 宗 起 组 支 只 头 羽 株 棵 天 日 小时 分钟 岁 倍 成 分 标准箱 标箱 "
    "TEU m2 m² ㎡ km2 km² kW kWh MW GW t % ％ ‰"
)
_ONE_UNIT = "[十百千万亿]{0,3}(?:" + "|".join(re.escape(unit) for unit in _UNIT_NAMES.split()) + ")"
_UNIT = re.compile(rf"{_ONE_UNIT}(?:/{_ONE_UNIT})?|[十百千万亿]{{1,3}}")
# 产值（亿元） · 增长（±%） · 产值/亿元 · 产值，单位：亿元
_HEADER_UNIT = re.compile(
    r"(?P<name>.*?\S)\s*(?:[（(\[【]|[/／:：,，]|\s)\s*(?:单位\s*[:：]?\s*)?±?(?P<unit>[^（）()\s]{1,8}?)[)）\]】]?"
)
_PERCENT_UNIT = re.compile(r"(?P<name>.*?\w)\s*±?(?P<unit>[%％‰])")
_CAPTION_UNIT = re.compile(r".*?(?:计量)?单位\s*[:：]\s*(?P<unit>[^\s、,，;；（）()]{1,8})\s*[)）]?")
_LONGEST_MEASURE = 60

_NUMBER = r"[-+−－±↑↓]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?"
_RANGE = rf"{_NUMBER}(?:\s?[-－—–~～至/]\s?{_NUMBER})?"
# 125 · 1,830.7 · 约100 · 100余 · 10-15 · ≥2.8
_BARE = re.compile(rf"(?P<number>[约近超逾>≥<≤＞＜]?=?{_RANGE})(?P<after>余|多|以上|以下|左右)?")
# 125家 · 超过300家 · 全省第2 · 列第3位
_FIGURE = re.compile(
    rf"(?:[约近超逾共达列居>≥<≤＞＜]|超过|不少于|不低于|[全本][省市国区县])?第?=?{_RANGE}[^\d。；：,，]{{0,7}}"
)
# 2021年 · 2021-5 · 2021.05 · 12月底 · 1-5月 · 2季度 are dates, not figures; 2015.6 may be an amount.
_DATE = re.compile(
    r"(?:19|20)\d\d(?:年|[-/]\d{1,2}\b|\.(?:0\d|1[0-2]|\d{1,2}\.)(?!\d{2}))|\d{1,2}(?:[-—~～至]\d{1,2})?(?:月|季度|日|号|时)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOTHING = re.compile(r"[-—–―－/／\\…·.*×]*")
WIDE = "⺀-鿿豈-﫿、-〟＀-￯“”‘’"
_WIDE_BREAK = re.compile(rf"(?<=[{WIDE}])\n(?=[{WIDE}])")

# Names in the metadata tables of publication pages; nothing else marks them as names.
METADATA_NAMES = frozenset(
    (
        "索引号", "信息索引", "主题分类", "组配分类", "信息分类", "体裁分类", "服务对象", "发布机构", "发布单位",
        "发文机关", "发文单位", "责任部门", "成文日期", "生成日期", "生成时间", "发布日期", "发布时间", "发文日期",
        "名称", "信息名称", "标题", "文号", "发文字号", "有效性", "废止日期", "生效日期", "关键词", "主题词",
        "公开方式", "公开范围", "公开时限", "内容概述", "来源",
    )
)  # fmt: skip
SEQUENCE_HEADERS = frozenset({"序号", "编号", "序", "项次", "no.", "no", "#"})
UNIT_HEADERS = frozenset({"单位", "计量单位", "指标单位", "数据单位"})
# Headers that name no measure: the row's own name is the indicator.
EMPTY_HEADERS = frozenset(
    {"数值", "数据", "绝对值", "绝对数", "指标值", "值", "完成情况", "完成值", "完成数", "实际完成", "实绩"}
)
RANK_HEADER = re.compile(r"(?:排名|位次|名次|排位|位列|排序)$")
# Headers of tables without figures.
TEXT_HEADER = re.compile(
    r"(?:名称|姓名|单位|部门|内容|任务|事项|措施|目标|要求|时间|时限|日期|期限|责任人?|领导|备注|类[别型]|项目|情况|进[展度]|地点|级别|等级|"
    r"职[务称]|电话|方式|来源|奖项|称号|对象|阶段|依据|标准|指标|说明|成效|问题|结果)$"
)
# The unit of a row belongs to its amounts, not to shares, growth or places: 研发经费（亿元） 12.6 | 增速 11.4
_RATE_HEADER = re.compile(r"增[速幅长减]|同比|环比|比上年|较上年|占比|比重|完成率|达标率|进度|排名|位次|名次|排位")
VALUE_HEADER = re.compile(
    r"数|值|量|额|完成|指标|目标|增[速幅长]|同比|比重|占比|排名|位次|\d年|年度|季度|月|计划|实绩|情况|合计|总计"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A header or a row's name with the unit taken off it."""

    name: str
    unit: str | None = None

    def fits(self, unit: str | None) -> bool:
        """Tell whether a unit stated for a whole row or table is this measure's.

        Amounts in 亿元 say nothing about 增速, 占比 or 排名 beside them, nor about 企业数.
        """
        return not _RATE_HEADER.search(self.name) and not (
            bool(unit) and "元" in str(unit) and self.name.endswith("数")
        )


def read_measure(text: str) -> Measure:
    """Take the unit off a header.

    Examples
    --------
    >>> read_measure("产值（亿元）"), read_measure("同比±%"), read_measure("产值（含税）")
    (Measure(name='产值', unit='亿元'), Measure(name='同比', unit='%'), Measure(name='产值（含税）', unit=None))
    """
    for pattern in (_HEADER_UNIT, _PERCENT_UNIT) if len(text) <= _LONGEST_MEASURE else ():
        found = pattern.fullmatch(text)
        if found and (unit := read_unit(found["unit"])):
            return Measure(found["name"].rstrip(":：,，/／ "), unit)
    return Measure(f"{text}年" if is_year(text) else text)


def read_unit(text: str) -> str | None:
    """Give the unit that a cell holds and nothing else.

    Examples
    --------
    >>> read_unit("万元"), read_unit("宁国市科技局")
    ('万元', None)
    """
    text = text.strip("±")
    return text if _UNIT.fullmatch(text) else None


def caption_unit(text: str) -> str | None:
    """Give the one unit that a caption states for a whole table.

    Examples
    --------
    >>> caption_unit("表1 高新技术产业情况（单位：亿元）"), caption_unit("单位：家、亿元")
    ('亿元', None)
    """
    found = _CAPTION_UNIT.fullmatch(text) if len(text) <= _LONGEST_MEASURE else None
    return read_unit(found["unit"]) if found else None


def is_blank(text: str) -> bool:
    """Tell whether a cell says nothing: empty, or a dash."""
    return bool(_NOTHING.fullmatch(text))


def is_figure(text: str) -> bool:
    """Tell whether a cell is a number, with or without a unit, and no date.

    Examples
    --------
    >>> [is_figure(text) for text in ("1,830.7", "约125家", "第2位", "2021年", "3家企业获奖并已入库")]
    [True, True, True, False, False]
    """
    return len(text) <= 24 and bool(_FIGURE.fullmatch(text)) and not _DATE.match(text)


def is_year(text: str) -> bool:
    """Tell whether a cell is a bare year, 2021."""
    return bool(_YEAR.fullmatch(text))


def with_unit(figure: str, unit: str | None) -> str:
    """Put a unit behind the number of a cell that has none, before 余 or 以上.

    Examples
    --------
    >>> with_unit("12.6", "亿元"), with_unit("100以上", "家"), with_unit("125家", "个")
    ('12.6亿元', '100家以上', '125家')
    """
    found = _BARE.fullmatch(figure)
    if not found or not unit:
        return figure
    if found["after"] in ("余", "多"):
        return figure + unit
    return found["number"] + unit + (found["after"] or "")


def with_place(figure: str) -> str:
    """Write a bare place as a rank.

    Examples
    --------
    >>> with_place("2"), with_place("第2"), with_place("2/9")
    ('第2位', '第2', '2/9')
    """
    return f"第{figure}位" if figure.isdecimal() else figure


def unwrapped(lines: tuple[str, ...]) -> str:
    """Join the lines of a cell: nothing between two wide characters, else a space.

    Examples
    --------
    >>> unwrapped(("高新技术", "产业增加值")), unwrapped(("R&D", "Intensity"))
    ('高新技术产业增加值', 'R&D Intensity')
    """
    return lines[0] if len(lines) == 1 else _WIDE_BREAK.sub("", "\n".join(lines)).replace("\n", " ")
