"""Whether a number with a unit counts an indicator, or speaks of the text, a slogan, a time or a single thing."""

from __future__ import annotations

import re
from typing import Final

from zhibiao.catalog.units import Counting, UnitKind
from zhibiao.numbers.mentions import Amount, TrapKind
from zhibiao.numbers.quantities import BOUNDARY, Reading

# 三个方面, 6个维度: nouns that name parts of the text.
_STRUCTURE = re.compile(
    r"方面|层面|维度|环节|步骤|部分|关键|要点|着力点|抓手|转变|确立|毫不动摇|角度|原则|字(?!号)|特点|亮点|思维|理念|主题|定位|百分百|"
    r"道理|层次|导向|意思|倍增|必须|坚持|确保(?!金)"
)
# 五个更加, 两个维护: what slogans count, always in Chinese numerals.
_SLOGAN = re.compile(
    r"要|维护|意识|自信|统筹|结合|面向|不|没有|围绕|聚焦|突出|强化|更|重要|着力|短板|关系|起来|到位|满意|自觉|善于|务必|提高|提升|全覆盖|翻番|一流|一批|"
    r"问题|难题|中心|大局|先行|健康|台阶|意见|字眼|优先|加快|深化|加强|推进|打造|坚决|带头|狠抓|到底"
)
# 3项指标 sums up a list; 20项民生实事 counts.
_ITEMS = re.compile(r"指标|工作|任务|目标|举措|措施|要求|制度|机制|内容|行动|领域|行业|方向|重点|硬任务|保障|产业|片区|城区|平台|主线")
_NEAR_ITEMS = re.compile(rf"[一-鿿]{{0,4}}?(?:{_ITEMS.pattern})")
# 三件实事, 跨过3个千亿元台阶, 十次、十一次全会
_IDIOM = re.compile(r"(?:件(?:大|实|好|小|要)?事|个[百千万亿]{1,2}元?(?:台阶|大关)|次(?:[、和至][一二三四五六七八九十]{1,3}次)+全会)")
_ITEM_UNITS: Final = frozenset("个项条类大点种件次")
_LISTING = re.compile(r"[、和及与][^，。；！？,;!?\n]{1,24}$")

# 上述3项, 这两家: the thing counted was named before. 省级以上8项 counts, so 以上 must open its clause.
_BACK = re.compile(rf"(?:上述|前述|(?:^|[{BOUNDARY}])以上|这|那|哪|某|每|任何)$")
# 分两批, 分3类
_SPLIT_UNITS: Final = frozenset(("批", "期", "类", "个", "批次", "组", "片", "级", "块", "条", "层", "次"))
# 目前5家 and 此前3家 count; 前10家企业 are the first of an order.
_BEFORE_NOW: Final = frozenset("目此之以提当面眼跟先")

# Verbs and adverbs that count: 新增两个, 各建三所. One character stands for itself only.
_COUNTED: Final = frozenset(
    "有达增建获设办派评等共计仅只约近超逾各为至到了减新余另及的于另用占少剩是聘投奖买修引签破另分"
) | frozenset(
    (
        "新增", "新建", "建成", "建立", "设立", "成立", "组建", "共建", "创建", "拥有", "现有", "已有", "达到", "突破", "增加", "增至", "净增", "减少", "引进",
        "引育", "招引", "获批", "获得", "荣获", "入选", "入围", "认定", "培育", "落户", "签约", "签订", "开工", "投产", "竣工", "完成", "实施", "承担", "举办",
        "开展", "组织", "召开", "申报", "立项", "转化", "推广", "发布", "出台", "印发", "制定", "编制", "办理", "登记", "受理", "查处", "解决", "化解", "整改",
        "培训", "选派", "派出", "走访", "帮扶", "惠及", "覆盖", "带动", "发放", "兑现", "争取", "实现", "合计", "累计", "总计", "共计", "分别", "其中", "不足",
        "牵头", "主持", "参与", "入库", "备案", "授权", "申请", "布局", "建设", "改造", "打造", "布设", "挂牌", "启用", "运营", "运行", "分设", "下设", "涵盖",
        "前移", "后移", "提升", "上升", "下降", "前进", "后退", "进位", "晋升", "跃升", "提高", "扩大", "增长", "缩短", "压缩", "提速", "提前", "落后", "高出",
    )
)  # fmt: skip
# What makes 一家 a count and not "a": verbs of founding and winning.
_FOUNDED: Final = frozenset(
    (
        "新增", "新建", "建成", "获批", "引进", "引育", "落户", "新引进", "认定", "净增", "增加", "建有", "投产", "投运", "创建", "获评", "入选", "新设", "设立",
        "各建", "新办", "荣获", "获得", "组建", "成立", "增设", "招引", "签约", "仅有", "只有", "提升", "前移", "前进", "后移", "上升", "下降", "进位", "后退",
        "各有", "各设", "共建", "仅", "各",
    )
)  # fmt: skip
_NEVER_SINGLE: Final = frozenset("批种类套支片")
_NEVER_SMALL: Final = frozenset("批期类轮层道块面届回")
# 一斤艾绒, 一亩地 tell a story.
_NARRATED: Final = frozenset((UnitKind.MASS, UnitKind.LENGTH, UnitKind.VOLUME, UnitKind.AREA))
_PLACES = re.compile("(?:国家级|省级|市级)?(?:以上)?(?:高新区|开发区|经开区|园区)|县|市(?!场)|区(?!别|域)|乡|镇|村|街|社区|国家(?!级)|省(?!力)|城市|州|旗(?!舰|帜)|地区|单位")
_NO_SINGLE: Final = frozenset("支套批种类片部份次件张轮本笔面条道层场期对双根队组单盘项位名人")
_SINGLE_PLACES: Final = frozenset("位名")
_CLOSED = re.compile(rf"[{BOUNDARY}]|$")
_OPEN_LEFT = re.compile(r"[一-鿿）)”]")
_THING_UNITS: Final = frozenset("家个所座处台辆名户项件本部篇册场")
# 由一件增至1.6件
_RISES = re.compile("增至|升至|降至|减至|增加到|提高到|上升到|减少到|增长到|扩大到|扩至")
_QUOTED_NEXT: Final = frozenset("“‘\"「0123456789")

# 连续3个月, 每5天: stretches of time that no indicator reaches.
_RUNNING = re.compile(r"(?:连续|接连|持续|近|过去|未来|最近|今后|第|前|每|历时|为期|长达|时隔|全年|一年|全天|候)$")
_ROUND_THE_CLOCK = re.compile(r"(?:24|２４)小时|365天|7天")
_CIRCLE = re.compile(r"[一-鿿]{0,6}圈")
_LIMIT = re.compile(r"[至到在于少短缩过成为减用快需耗省仅达]$")


def find_trap(text: str, reading: Reading, floor: int) -> TrapKind | None:
    """Tell why a number with a unit is no figure, or None where it is one.

    ``floor`` is where the mention before it ended, so that 以上 behind an amount is not read as "the above".

    Examples
    --------
    >>> from zhibiao.numbers.quantities import read_amount
    >>> [find_trap(text, read_amount(text, 2), 0) for text in ("抓好三个方面", "新增三个平台", "三家5家企业")]
    [<TrapKind.STRUCTURE: 'structure'>, None, None]
    """
    unit, numeral, start = reading.unit, reading.numeral, reading.start
    if unit is None:
        return None
    left = text[max(floor, start - 4) : start]
    if _BACK.search(left) and not reading.qualified:
        return TrapKind.STRUCTURE
    if left.endswith("分") and unit.surface in _SPLIT_UNITS:
        return TrapKind.STRUCTURE
    if left.endswith("前") and left[-2:-1] not in _BEFORE_NOW:
        return TrapKind.ORDINAL
    if unit.kind is UnitKind.FOLD and "翻" not in left:
        return TrapKind.WORD
    if _IDIOM.match(text, reading.end - len(unit.surface)):
        return TrapKind.STRUCTURE
    if text.startswith("级", reading.end) and not text.startswith("级别", reading.end) and unit.surface != "分":
        return TrapKind.NAME
    if unit.kind is UnitKind.TIME and (trap := _time_trap(text, reading, left)):
        return trap
    if _is_structure(text, reading, left):
        return TrapKind.STRUCTURE
    if not numeral.chinese:
        return None
    return _chinese_trap(text, reading, left)


def _time_trap(text: str, reading: Reading, left: str) -> TrapKind | None:
    if reading.unit and reading.unit.surface == "年" and (reading.low is None or not reading.low % 1):
        # 3-5年 is a time, but 平均受教育年限11.7年 an indicator.
        return TrapKind.TIME
    if _RUNNING.search(left) or _CIRCLE.match(text, reading.end):
        return TrapKind.TIME
    if _ROUND_THE_CLOCK.match(text, reading.number_start) and not _LIMIT.search(left):
        return TrapKind.TIME
    return None


def _is_structure(text: str, reading: Reading, left: str) -> bool:
    surface = reading.unit.surface if reading.unit else ""
    if surface not in _ITEM_UNITS or reading.high is None or reading.high > 30:
        return False
    small = reading.numeral.chinese and reading.high <= 10
    if small and not reading.qualified and (_NEAR_ITEMS.match(text, reading.end) or _SLOGAN.match(text, reading.end)):
        return True
    if text[reading.end : reading.end + 1] in _QUOTED_NEXT and small:
        # 两个“50”, 五个100%
        return True
    if _STRUCTURE.match(text, reading.end):
        return True
    if _ITEMS.match(text, reading.end):
        counted = _is_counted(left, _COUNTED) and not left.endswith("等")
        return not counted and bool(_LISTING.search(text, max(0, reading.start - 26), reading.start))
    return False


def _is_counted(left: str, words: frozenset[str]) -> bool:
    return any(left[-width:] in words for width in (3, 2, 1) if len(left) >= width)


def _chinese_trap(text: str, reading: Reading, left: str) -> TrapKind | None:
    """千家万户, 一批, 三个: Chinese numerals count only where something says so."""
    unit, numeral = reading.unit, reading.numeral
    if unit is None:
        return None
    if numeral.bare:
        licensed = reading.qualified or left.endswith(("达", "达到", "上", "过", "破"))
        return None if licensed else TrapKind.WORD
    single = reading.low == reading.high == 1
    small = reading.high is not None and reading.high <= 10
    if unit.surface == "届" or (single and unit.surface in _NEVER_SINGLE) or (small and unit.surface in _NEVER_SMALL):
        return TrapKind.WORD
    if small and text[reading.number_start] == "二" and unit.kind is UnitKind.COUNT:
        # 二人转, 二次: what is counted is 两.
        return TrapKind.WORD
    if unit.kind is UnitKind.TIME and small and not reading.qualified and not _LIMIT.search(left):
        return TrapKind.TIME
    if single and unit.kind in _NARRATED and not reading.qualified and not _CLOSED.match(text, reading.end):
        return TrapKind.WORD
    if unit.counting is Counting.FREE or reading.qualified or reading.high is None or reading.high > 10:
        return None
    closed = bool(_CLOSED.match(text, reading.end))
    ends_clause = closed and unit.surface in _THING_UNITS and bool(left) and bool(_OPEN_LEFT.match(left[-1]))
    if single:
        founded = _is_counted(left, _FOUNDED) and "没" not in left
        if unit.surface == "个" and left.endswith(("建成", "成立", "共建", "建有")):
            # 建成一个现代化新广东
            return TrapKind.WORD
        if unit.surface in _NO_SINGLE and not (unit.surface in _SINGLE_PLACES and founded):
            return TrapKind.WORD
        if _RISES.match(text, reading.end):
            return None
        return None if founded or (ends_clause and unit.counting is Counting.USUAL) else TrapKind.WORD
    if unit.surface == "条" and closed:
        # 问题主要有四条。
        return TrapKind.STRUCTURE
    if unit.counting is Counting.USUAL or ends_clause or _is_counted(left, _COUNTED):
        return None if unit.surface != "个" or not left.endswith("的") else TrapKind.WORD
    # 八个县（市）均达到要求 counts places; 碧湖、蓝田、步文三个街道 only sums them up.
    places = unit.surface == "个" and _PLACES.match(text, reading.end)
    return None if places and not _LISTING.search(text, max(0, reading.start - 20), reading.start) else TrapKind.WORD


_CLAUSE_FRONT: Final = frozenset(",，、；;：:（(")  # noqa: RUF001
_SENTENCE_END = re.compile(r"[。！？\n]")


def continues_a_listing(text: str, reading: Reading, previous: Amount) -> bool:
    """「2个项目建成投产,1个项目已完成厂房建设,一条生产线已安装调试」: a clause that opens with a count, after another.

    Examples
    --------
    >>> from zhibiao.numbers.mentions import Quantity
    >>> from zhibiao.numbers.quantities import read_amount
    >>> text = "，2个项目投产，一条生产线已安装"
    >>> continues_a_listing(text, read_amount(text, 8), Amount(1, 3, read_amount(text, 1).quantity()))
    True
    """
    start = reading.start
    if reading.unit is None or reading.unit.surface in _NO_LISTING:
        return False
    opens = text[start - 1 : start] in _CLAUSE_FRONT and text[previous.start - 1 : previous.start] in _CLAUSE_FRONT
    return opens and start - previous.end < 40 and not _SENTENCE_END.search(text, previous.end, start)


_NO_LISTING: Final = frozenset("批种类次方度点支套张")
