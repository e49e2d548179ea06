"""The words around figures that the checks go by, each pattern with the text it is for."""

from __future__ import annotations

import re
from typing import Final

# 高企总数[由]104家增至125家, [从2020年的]3.68万亿元增长到4.93万亿元: a value left behind.
LEFT_BEHIND: Final = re.compile(r"(?:由|从(?![业事而严此源重优快速宽紧]))[^，,。；;：:！？!?（(]*$")
# … to where it came: [增至], [增加到], [扩大为], [下降到].
_RISES: Final = "增加?|增长|提升|提高|上升|升|扩大|扩展|扩|发展|攀升|跃升|壮大|拓展|上涨|涨|跃"
_FALLS: Final = "下降|降低|降|减少|减|缩小|缩短|缩减|缩|压缩|压减|压|回落|收窄|下调"
CAME_TO: Final = re.compile(rf"(?:(?P<up>{_RISES})|(?P<down>{_FALLS})|调整|变|转)(?:了)?(?:至|到|为)")
# What stands between the value left behind and the one it came to: 104家[增至], 104家，[增加到2021年的].
CAME_TO_BETWEEN: Final = re.compile(rf"[^。；;！？!?\d]{{0,12}}{CAME_TO.pattern}[^，,。；;！？!?]{{0,14}}$")

# The value that it came to: [从47.5%提高到]51.5%.
HAS_COME: Final = re.compile(
    rf"{LEFT_BEHIND.pattern.removesuffix('*$')}+{CAME_TO.pattern}[^，,。；;：:！？!?（(]{{0,6}}$"
)

# Several years at once, or a mean of them: no figure of one year. [年均]增长5.7%, [五年]累计新增, [“十四五”以来].
SEVERAL_YEARS: Final = re.compile(
    r"年均|均增|平均|(?<![一-九〇零十])[两二三四五六七八九十]年(?!级|度)|[近过这前]\d{1,2}年|\d{1,2}年(?:来|间|共|累计)"
    r"|以来|期间|时期|累计|历年|连续|十[一二三四五]五"
)
# Growth that is no comparison with the same period of the year before: [环比]增长, 比[年初]增长, 较[2015年]增长.
OTHER_BASE: Final = re.compile(
    r"环比|年初|上月|上季|上半年|月底|[比较](?:\D{0,4}\d{4}年|[^上去，,；;]{0,8}末)|可比价|不变价|同口径|扣除|实际增|剔除|翻"
)
# A comparison with something that has to be found: [比上年]增加, [较全省平均]高.
COMPARED: Final = re.compile("[比较]|平均|全[国省市区县]")
# [同比]增长, [较上年]增长: a base of its own, whatever was said before.
SAME_TIME: Final = re.compile("同比|同期|上年|去年")
# Growth that statistics take at constant prices or over the same units, so that levels need not give it:
# 地区[生产总值], 规上工业[增加值], [固定资产投资].
CONSTANT_PRICES: Final = re.compile(
    r"增加值|生产总值|GDP|经济总量|总产值|规上|规模以上|限上|限额以上|固定资产投资|投资|社会消费品|零售|人均|居民|收入比"
)

# [完成全年目标的]57.3%, [为年度目标的]62%, [完成2027年目标（120家）的]80.8%, [占年度任务10亿元的]62%
COMPLETED: Final = re.compile(
    r"(?:完成|达到?|实现|为|占|是|超)了?[^，,。；;]{0,14}?(?:目标|任务|计划|指标|预算)(?:任务|值|数)?"
    r"[（(]?(?P<target>[^（()），,。；;的]{0,12})[）)]?的?$"
)
# [超额完成目标]16.3%, [超年度任务]12.4%: what lies above the target.
EXCEEDED: Final = re.compile(r"超(?:额?完成|过|出)?了?[^，,。；;]{0,10}(?:目标|任务|计划|指标|预算)(?:任务|值|数)?的?$")

# Names that end in growth, which percent measures as well: 亩均[增产]8%.
GROWS: Final = re.compile("[增减降涨跌]\\w?$")
# A share of something that is named: 不到全省[的]3%, [占]全区的8%.
SHARE_OF: Final = re.compile(r"(?:的|占[^，,。；;]{0,12})$")
# 高企120家，[其中]规上80家; not (硕士48人、博士3人)，[其中]医疗系统24人, where a bracket closes in between.
OF_WHICH: Final = re.compile("^[^（()）]*其中(?P<name>[^，,。；;！？!?]*)$")
# What parts one item from the next.
CLAUSE_END: Final = re.compile("[，,。；;！？!?]")

# Names of shares that 100 % is the limit of: 高新技术产业增加值[占]规上工业[比重], 研发机构[覆盖率].
SHARES: Final = re.compile("占|比重|覆盖率|合格率|优良率|达标率|参保率|普惠率")
# A count of one level of administration: [市级]重点实验室 is no whole of 省级重点实验室.
ONE_LEVEL: Final = re.compile("国家|[省部市厅区县州]级|自治区")
# A field of competitors: [在全县]30个样板村中.
IN_A_FIELD: Final = re.compile("在[^，,。；;]{0,12}$")
# Shares and rates by their names: 研发投入[占]比, 城镇化[率], 研发[强度].
NAMES_SHARE: Final = re.compile("占|比|率|强度|增速|增幅|增长")
# Averages and rates do not add up to a whole: [人均]可支配收入, [每]万人发明专利.
NOT_ADDED: Final = re.compile("均|每|万人|占|比重|率|强度|指数|密度")

# 倒数第六 counts from the other end.
FROM_BOTTOM: Final = re.compile("倒数|末|垫底")
# A rank or a growth of something else than the metric: 总量[增幅]居第2位.
OTHER_MEASURE: Final = re.compile("增速|增幅|增量|总量|占比|增长率|绝对额")
