"""Numbers that are no figures and show it by their own form: marks, document numbers, codes, slogans, names."""

from __future__ import annotations

import re
from typing import Final

from zhibiao.numbers.mentions import Trap, TrapKind

_CN: Final = "一二三四五六七八九十"
_QUOTE_STOP: Final = "“”‘’\\n。；！？，;!?"

# 皖政〔2021〕15号, 国发[2016]28号
DOCUMENT = re.compile(r"[〔\[［【（(](?:19|20)[0-9]{2}[〕\]］】）)](?:第)?[0-9]{1,4}号?")
# （三）, (1)
BRACKET_MARK = re.compile(rf"[（(](?:[0-9]{{1,2}}|[{_CN}]{{1,3}})[）)]")
# 1.加大…, 2、…, 3）… at the start of a line or behind a stop
LINE_MARK = re.compile(r"[0-9０-９]{1,2}(?:[.．](?![0-9])|、|[）)]|[.．](?=(?:19|20)[0-9]{2}年)|[.．](?=[0-9]+[个家项名户]))")
LINE_FRONT = re.compile(r"(?:^|[。；！？;:：\n\r])[\s　]*$")
# 0556-5347712, 003021487/201301-00016, 13800138000
CODE = re.compile(r"0[0-9]{2,}(?:[-－/][0-9]+)*|1[3-9][0-9]{9}(?![0-9])|[0-9]{5,}(?:[-/][0-9]+)+")  # noqa: RUF001
# 1+N, 4+4+4, 5+20+50, 7×24
SLOGAN = re.compile(r"[0-9]+(?: ?[+＋×xX*·] ?(?:[0-9]+|[NnXxnN])(?![0-9]))+")
# 5G, 4A级, 3D, 12306
LETTERED = re.compile(r"[0-9]+(?:\.[0-9]+)?[A-Za-z]+(?:-[0-9]+)?")
# G60, T800, PM2.5, COVID-19, ISO9001
AFTER_LETTER = re.compile(r"[0-9]+(?:[.\-/][0-9]+)*[A-Za-z]*")
LETTER_FRONT = re.compile(r"[A-Za-z][-]?$")
# GDP2.9% is a figure: letters that name an indicator, with a unit behind the number.
INDICATOR_FRONT = re.compile(r"(?:GDP|CPI|PPI|R&D|R&D|PCT|FDI|GEP)$")
# 15号, 500强, 95后, 3000型, 2.0版, 4.0时代
NAME_TAIL = re.compile(r"号|强(?!度|化)|后(?!置)|型|版|级|代|时代|系列|工程|计划|行动|线|路")
# 附件2, 电话0556, 编号12
NAME_FRONT = re.compile(r"(?:附件|附表|表|图|专栏|编号|代码|编码|邮编|电话|热线|传真|房间|QQ|No\.?|NO\.?|第|个|文号|号|款|版|V|v|：\+)[:：]?$")  # noqa: RUF001
VERSION = re.compile(r"[1-9]\.0(?![0-9%％])")
YEAR_LIKE = re.compile(r"(?:19[5-9][0-9]|20[0-9]{2})(?![0-9.,%％])")
# “21条”, “三个建设年”: a short quotation without a stop is a name.
QUOTED: Final = {
    "“": re.compile(rf"“[^{_QUOTE_STOP}]{{1,16}}”"),
    "‘": re.compile(rf"‘[^{_QUOTE_STOP}]{{1,16}}’"),
    "「": re.compile(r"「[^「」\n。；！？，]{1,16}」"),
    '"': re.compile(r'"[^"\n。；！？，;,]{1,12}"'),
    "《": re.compile(r"《[^》\n]{1,60}》"),
}
# A quotation that gives a measure speaks, and is read on.
MEASURED = re.compile(r"[0-9][%％]|[万亿]元|百分点|增长|20[0-9]{2}年")
HAS_NUMBER = re.compile(rf"[0-9０-９{_CN}两百千万亿]")


def read_quotation(text: str, start: int) -> tuple[int, bool] | None:
    """Read a quotation that is a name; give its end, and whether it holds a number.

    Examples
    --------
    >>> read_quotation("“21条”等政策", 0)
    (5, True)
    >>> read_quotation("“增长5%以上”的目标", 0) is None
    True
    """
    match = QUOTED[text[start]].match(text, start)
    if match is None or (text[start] != "《" and MEASURED.search(match.group())):
        return None
    return match.end(), bool(HAS_NUMBER.search(match.group()))


def read_bracketed(text: str, start: int) -> Trap | None:
    """Read 〔2021〕15号 or （三） at a bracket.

    Examples
    --------
    >>> read_bracketed("皖政〔2021〕15号", 2).kind
    <TrapKind.DOCUMENT: 'document'>
    """
    document = DOCUMENT.match(text, start)
    if document and (document.group().endswith("号") or text[start] in "〔[［"):
        return Trap(start, document.end(), TrapKind.DOCUMENT)
    mark = BRACKET_MARK.match(text, start)
    return Trap(start, mark.end(), TrapKind.MARK) if mark else None


def read_formed(text: str, start: int) -> Trap | None:
    """Read a number that shows by its form that it is no figure: 1、 1+N, 0556-5347712, G60, 5G.

    Examples
    --------
    >>> [read_formed(text, at).kind.value for text, at in (("1+N", 0), ("G60科创", 1), ("5G基站", 0), ("1、搭建", 0))]
    ['name', 'name', 'name', 'mark']
    >>> read_formed("5.2km", 0) is None, read_formed("占GDP2.9%", 4) is None
    (True, True)
    """
    mark = LINE_MARK.match(text, start)
    if mark and LINE_FRONT.search(text, max(0, start - 8), start):
        return Trap(start, mark.end(), TrapKind.MARK)
    code = CODE.match(text, start)
    if code and not text.startswith((".", "．"), start + 1):
        return Trap(start, code.end(), TrapKind.CODE)
    slogan = SLOGAN.match(text, start)
    if slogan:
        return Trap(start, slogan.end(), TrapKind.NAME)
    return None


def read_lettered(text: str, start: int) -> Trap | None:
    """Read a number that letters make a name: G60, PM2.5, 5G.

    Examples
    --------
    >>> read_lettered("T800高牌号", 1).end
    4
    """
    if LETTER_FRONT.search(text, max(0, start - 2), start):
        tail = AFTER_LETTER.match(text, start)
        return Trap(start, tail.end(), TrapKind.NAME) if tail else None
    lettered = LETTERED.match(text, start)
    return Trap(start, lettered.end(), TrapKind.NAME) if lettered else None
