"""The words that tell a count from a number that only structures the text; the logic is in ``counting.py``."""

from __future__ import annotations

import re
from typing import Final

from zhibiao.catalog.units import UnitKind
from zhibiao.numbers.quantities import BOUNDARY

# 三个方面, 6个维度: nouns that name parts of the text.
STRUCTURE = re.compile(
    r"方面|层面|维度|环节|步骤|部分|关键|要点|着力点|抓手|转变|确立|毫不动摇|角度|原则|字(?!号)|特点|亮点|思维|理念|主题|定位|百分百|"
    r"道理|层次|导向|意思|倍增|必须|坚持|确保(?!金)"
)
# 五个更加, 两个维护: what slogans count, always in Chinese numerals.
SLOGAN = re.compile(
    r"要|维护|意识|自信|统筹|结合|面向|不|没有|围绕|聚焦|突出|强化|更|重要|着力|短板|关系|起来|到位|满意|自觉|善于|务必|提高|提升|全覆盖|翻番|一流|一批|"
    r"问题|难题|中心|大局|先行|健康|台阶|意见|字眼|优先|加快|深化|加强|推进|打造|坚决|带头|狠抓|到底"
)
# 3项指标 sums up a list; 20项民生实事 counts.
ITEMS = re.compile(r"指标|工作|任务|目标|举措|措施|要求|制度|机制|内容|行动|领域|方向|重点|硬任务|保障")
NEAR_ITEMS = re.compile(rf"[一-鿿]{{0,2}}?(?:{ITEMS.pattern})")
# 锂电、电子信息、食品饮料三个产业
LISTED_THINGS = re.compile(r"[一-鿿]{0,3}?(?:产业|行业|片区|城区|平台|主线|环节|板块)")
ITEM_UNITS: Final = frozenset("个项条类大点种件次")
LISTING = re.compile(r"[、和及与][^，。；！？,;!?\n]{1,24}$")
# 三件实事, 跨过3个千亿元台阶, 十次、十一次全会
IDIOM = re.compile(
    r"件(?:大|实|好|小|要)?事|个[百千万亿]{1,2}元?(?:台阶|大关)|次(?:[、和至][一二三四五六七八九十]{1,3}次)+全会"
)

# 上述3项, 这两家: the thing counted was named before. 省级以上8项 counts, so 以上 must open its clause.
BACKWARDS = re.compile(rf"(?:上述|前述|(?:^|[{BOUNDARY}])以上|这|那|哪|某|每|任何)$")
# 分两批, 分3类
SPLIT_UNITS: Final = frozenset(("批", "期", "类", "个", "批次", "组", "片", "级", "块", "条", "层", "次"))
# 目前5家 and 此前3家 count; 前10家企业 are the first of an order.
BEFORE_NOW: Final = frozenset("目此之以提当面眼跟先")
# 两个“50”, 五个100%
QUOTED_NEXT: Final = frozenset('“‘"「0123456789')

# Verbs and adverbs that count: 新增两个, 各建三所.
COUNTED = re.compile(
    r"(?:[有达增建获设办派评等共计仅只约近超逾各为至到了减新余另及的于用占少剩是聘投奖买修引签破由从]|"
    r"建立|成立|引育|招引|获得|荣获|入选|入围|认定|培育|落户|签订|开工|投产|竣工|完成|实施|承担|举办|开展|组织|召开|申报|立项|转化|推广|发布|出台|"
    r"印发|制定|编制|办理|登记|受理|查处|解决|化解|整改|培训|选派|派出|走访|帮扶|惠及|覆盖|带动|发放|兑现|争取|实现|合计|累计|总计|分别|其中|不足|"
    r"牵头|主持|参与|入库|备案|授权|申请|布局|建设|改造|布设|挂牌|启用|运营|运行|涵盖|前移|后移|提升|上升|下降|前进|后退|进位|晋升|跃升|提高|扩大|"
    r"增长|缩短|压缩|提速|提前|落后|高出|拥有|建成|引进|获批|签约|净增|增加|减少)$"
)
# What makes 一家 a count and not "a": verbs of founding and winning.
FOUNDED = re.compile(
    r"(?:[仅各]|新增|新建|建成|获批|引进|引育|落户|认定|净增|增加|建有|投产|投运|创建|获评|入选|新设|设立|各建|新办|荣获|获得|组建|成立|增设|招引|签约|"
    r"仅有|只有|提升|前移|前进|后移|上升|下降|进位|后退|各有|各设|共建)$"
)
# 建成一个现代化新广东
SOLE_ABSTRACT: Final = ("建成", "成立", "共建", "建有")
# 由一件增至1.6件
RISES = re.compile("增至|升至|降至|减至|增加到|提高到|上升到|减少到|增长到|扩大到|扩至")
# Things that a clause may end in: 建成智慧蔗园一座，. Of the others, 一 speaks of one as such (一支队伍, 一张网).
ALONE_UNITS: Final = frozenset("家个所座处台辆户项件部篇册场条幢栋间例宗口亩艘架枚颗株本")
PEOPLE_UNITS: Final = frozenset("位名")
NEVER_SINGLE: Final = frozenset("批种类套支片次份张轮本笔面道层期对双根队组盘人起")
# 加速器一座， ends in a count; 还有一件， does not.
SINGLE_END: Final = frozenset("座处所家台栋幢艘架部")
NEVER_SMALL: Final = frozenset("批期类轮层道块面届回")
# 一斤艾绒, 一亩地 tell a story.
STORY_UNITS: Final = frozenset((UnitKind.MASS, UnitKind.LENGTH, UnitKind.VOLUME, UnitKind.AREA))
# 八个县（市）, 五个国家级高新区
PLACES = re.compile(
    r"(?:国家级|省级|市级)?(?:以上)?(?:高新区|开发区|经开区|园区)|县|市(?!场)|区(?!别|域)|乡|镇|村|街|社区|国家(?!级)|省(?!力)|城市|州|旗(?!舰|帜)|地区|单位"
)
CLOSED = re.compile(rf"[{BOUNDARY}]|$")
OPEN_LEFT = re.compile(r"[一-鿿）)”]")

# 连续3个月, 每5天: stretches of time that no indicator reaches.
RUNNING = re.compile(r"(?:连续|接连|持续|近|过去|未来|最近|今后|第|前|每|历时|为期|长达|时隔|全年|一年|全天|候)$")
ROUND_THE_CLOCK = re.compile(r"(?:24|２４)小时|365天|7天")
CIRCLE = re.compile(r"[一-鿿]{0,6}圈")
LIMIT = re.compile(r"[至到在于少短缩过成为减用快需耗省仅达]$")

CLAUSE_FRONT: Final = frozenset(",，、；;：:（(")
NO_LISTING: Final = frozenset("批种类次方度点支套张")
SENTENCE_END = re.compile(r"[。！？\n]")
