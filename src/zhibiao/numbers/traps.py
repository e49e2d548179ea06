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
LINE_MARK = re.compile(
    r"[0-9０-９]{1,2}(?:[.．](?![0-9])|、|[）)]|[.．](?=(?:19|20)[0-9]{2}年)|[.．](?=[0-9]+[个家项名户]))"
)
LINE_FRONT = re.compile(r"(?:^|[。；！？;:：\n\r])[\s　]*$")
# 0556-5347712, 003021487/201301-00016, 13800138000
CODE = re.compile(r"0[0-9]{2,}(?:[-－/][0-9]+)*|1[3-9][0-9]{9}(?![0-9])|[0-9]{5,}(?:[-/][0-9]+)+")
# 1+N, 4+4+4, 5+20+50, 7×24
SLOGAN = re.compile(r"[0-9]+(?: ?[+＋×xX*·] ?(?:[0-9]+|[NnXxnN])(?![0-9]))+")
# 5G, 4A级, 3D, 12306
LETTERED = re.compile(r"[0-9]+(?:\.[0-9]+)?[A-Za-z]+(?:-[0-9]+)?")
# G60, T800, PM2.5, COVID-19, ISO9001
AFTER_LETTER = re.compile(r"[0-9]+(?:[.\-/][0-9]+)*[A-Za-z]*")
LETTER_FRONT = re.compile(r"[A-Za-z][A-Za-z.]*-?$")
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
    """Read a number that shows by its form that it is no figure: 1、 1+N, 0556-5347712.

    Examples
    --------
    >>> [read_formed(text, 0).kind.value for text in ("1+N专班", "0556-5347712", "1、搭建平台")]
    ['name', 'code', 'mark']
    >>> read_formed("125家", 0) is None
    True
    """
    mark = LINE_MARK.match(text, start)
    if mark and LINE_FRONT.search(text, max(0, start - 8), start):
        return Trap(start, mark.end(), TrapKind.MARK)
    code = CODE.match(text, start)
    if code:
        return Trap(start, code.end(), TrapKind.CODE)
    slogan = SLOGAN.match(text, start)
    return Trap(start, slogan.end(), TrapKind.NAME) if slogan else None


def read_lettered(text: str, start: int, floor: int) -> Trap | None:
    """Read a number that letters make a name, with the letters: G60, PM2.5, 5G.

    Examples
    --------
    >>> read_lettered("T800高牌号", 1, 0)
    Trap(start=0, end=4, kind=<TrapKind.NAME: 'name'>)
    """
    front = LETTER_FRONT.search(text, max(floor, start - 12), start)
    match = (AFTER_LETTER if front else LETTERED).match(text, start)
    return Trap(front.start() if front else start, match.end(), TrapKind.NAME) if match else None
