"""What in a sentence speaks of things to come, and what of things done: weights, patterns, an example of each."""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Sign(NamedTuple):
    """Words that speak for a plan (``weight`` above 0) or for a review (below), with one of them in the brackets of ``example``.

    ``where`` is a condition that stands behind each word in the pattern; ``%s`` is the word itself, for what has to stand
    in front of it.
    """

    weight: int
    words: str
    example: str
    where: str = ""


SIGNS: Final = (
    Sign(4, "力争 力促 争取 力求 务必 确保", "[力争]突破150家"),
    Sign(4, "不少于 不低于 不超过 控制在", "培训[不少于]20期"),
    Sign(4, "以内", "压缩到5个工作日[以内]", r"(?<=[\d家项个人元%吨亩次日]%s)"),
    Sign(4, "年底前 年末前 月前 月底前 月末前 季度前 季度末前 年内", "6[月底前]封顶"),
    Sign(3, "打算 谋划 必须 一律", "[谋划]重大项目"),
    Sign(3, "拟", "[拟]再兑现资金300万元", "(?=[新建引培申兑支安投实组举招推认再])"),
    Sign(3, "须", "[须]在11月底前开工", "(?<!也%s)(?<!必%s)(?=[在达于])"),
    Sign(
        3,
        "将",
        "我们[将]围绕",
        "(?=[以围坚继着重在把从力全进投加按立紧深对组新完实引建支推开突聚达大])(?!%s(?:军|以上))",
    ),
    Sign(2, "要", "全年[要]达到", "(?<![主重需纲概摘提紧首险简]%s)(?![求素点闻件塞务么])"),
    Sign(2, "以上", "新增10家[以上]", r"(?<=[\d家项个人元%吨亩次件名]%s)"),
    Sign(2, "左右 翻一番 突破 达到 提高到 扩大到 控制 跻身 冲刺 进入前 给予", "总数[达到]85家"),
    Sign(2, "支持 推动 引导 鼓励 培育 加快 完善 健全 深化", "[支持]企业申报"),
    Sign(2, "让", "[让]数据多跑路", "(?![利步])"),
    Sign(2, "再", "[再]增10家", "(?<![一不]%s)(?![次创生造度也现登])"),
    Sign(1, "- — – ~ ～ 至", "引进项目3[-]5个", r"(?<=\d%s)(?=\d)"),
    Sign(1, "每年 每月 每季度 每半年 逐步", "[每年]引进2家"),
    Sign(-3, "荣获 获评 获批 喜获 入选 受到 得到", "[获批]省级平台"),
    Sign(-3, "了", "建成[了]平台", "(?![解得不])"),
    Sign(-3, "已", "[已]建成9家", "(?!知)"),
    Sign(-3, "同比 上年 去年 年初 环比 同期 累计", "[同比]增长"),
    Sign(-3, "不到 不足 没有 仍 偏 短板 薄弱 流失 垫底 依然 还差 倒数", "[不足]两成"),
    Sign(-3, "仅", "[仅]19.6%", "(?<!不%s)(?!供)"),
    Sign(-3, "只", "[只]有4家", "(?=[有占完能是])"),
    Sign(-2, "截至 目前 现有 先后 首次 连续 分别 其中 发放 举办 现场 被 因 却 但", "[截至]6月底"),
    Sign(-1, "增至 并列 居 列 实现 完成 建成 获得 通过", "总数[增至]97家"),
    Sign(-1, "有 为 占 共 达", "培训班[共]12期", r"(?=[\d一两三])"),
)
# What a title of a document says is not what the sentence says: 按照《深化科技体制改革实施方案》.
_TITLED: Final = "《[^》\\n]{1,40}》"
# Every alternative begins with a fixed character, which lets the search skip fast.
_WRITTEN: Final = sorted(
    ((word, sign) for sign in SIGNS for word in sign.words.split()), key=lambda pair: -len(pair[0])
)
SIGN = re.compile("|".join([_TITLED, *(word + (sign.where.replace("%s", word)) for word, sign in _WRITTEN)]))
# The place in SIGNS of each word.
SIGN_OF: Final = {word: SIGNS.index(sign) for word, sign in _WRITTEN}

_MARK: Final = r"\s*(?:[一二三四五六七八九十]{1,2}[、是要]|[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．])?\s*"
# Where a text turns to what is to come.
TURN: Final = re.compile(
    _MARK
    + r"(?:(?:同志们|各位代表)[，,：:！])?(?:(?:最后)?(?:再)?(?:说|讲|看|谈)?(?:下一?步|下一阶段|下阶段|接下来|今后|明年|来年|新的一年|新年度|后[一两三]年半?|未来[一两三五]年|展望)"
    r"|(?:针对|对照|围绕)(?:上述|以上|这些|存在|问题)[^，。]{0,10})"
)
# A short line or sentence that announces it at its end: 「定调子，说明年。」, 「四、四季度安排」, 「建议如下：」.
ANNOUNCED: Final = re.compile(
    r"(?:明年|来年|下一?步|怎么[办干抓])[。：:]?$|(?:打算|安排|对策|举措|措施|建议|努力方向|思路|计划)(?:如下[。：:]?|是?[：:])?$"
)
ANNOUNCEMENT_LENGTH: Final = 22
# Where it turns back.
BACK: Final = re.compile(_MARK + r"(?:回顾|回首|总结|过去的?[一五]年|[一五]年来|这一年)")
# 「2022年，重点抓好…」; a date, and the year of a title, tell nothing.
YEAR_AHEAD: Final = re.compile(
    r"(?![^，,。；;：:\d]{0,8}[规计目距离与比较])[^，,。；;：:\d]{0,8}(20\d\d)年(?!\s*\d{1,2}\s*月\s*\d|[^，,。]{0,20}(?:报告|总结|讲话|述职|要点|计划|方案)(?:[（(]|$))"
)
# The words that a report on the first part of a year has for the part to come, by its months.
PARTS: Final[dict[str, tuple[str, ...]]] = {
    "04/06": ("二季度", "第二季度"),
    "07/09": ("三季度", "第三季度"),
    "07/12": ("下半年",),
    "10/12": ("四季度", "第四季度"),
}
