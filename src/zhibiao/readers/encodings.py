"""Which encoding a Chinese text is in.

UTF-8 and byte-order marks speak for themselves. GB18030, Big5 and UTF-16 without a mark do not: nearly any bytes can
be read in each. The reading is kept whose characters look most like a Chinese report, measured on common characters.
A general detector was tried first: charset-normalizer 3.5.2 misread 20 of 60 GB18030 passages of twelve characters
(``scripts/compare_libraries.py``).
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from zhibiao.errors import InputError

# The most frequent characters of work reports, then the traditional forms of those that have one. They make up 72 to
# 77% of the ideographs of fourteen other reports, and 0 to 25% where those are read in a wrong encoding.
FREQUENT = frozenset(
    "业技的科年家企新一元工万人区中上个发高产全市成有项不增到术三研学创亿大以作在入建目是县分平省进资专化实投比件农地出级二长动位务要加利开点和第总达次局金行国设重我台力了同会于为员"
    "生经与标计用院四提度镇下占量数支面值展规公百能小方主率等均报前机对政五名收户心服推期办少亩派其体基特品引定来多园电明争培费月持强部两民额育由保过日制水才划积究理题得完十结型口申内"
    "里场现转改时州把低别安组乡商单评活每种社各城果步好备后子米联请自立权们半六条共校关南天这头至范问山奖江司突验约线统就落程质教干接施认破放村余效所本导限指材示构交集训队间抓普管广"
    "医银西任通取只列也及批还料外获营套近足造排信情首没核准参升底走团济今器门优居去补续系已试协调领物千织之融带看宁减向招说事选回打季老治财从道左右法再委求站清源当算稳性意受先覆盖价最"
    "策库考精况知惠食色议预群监测负零住降兴检围龙林震责难话将连风拥记手类智防车流域都审厅据可原配"
    "業萬區個發產項術學創億縣進資專實農級長動務開點總達國設臺會於爲為員經與標計鎮佔數規報機對戶辦畝體來園電爭費強兩額過劃積題結內裏裡場現轉時別組鄉單評種備後聯請權們條關這頭範問獎"
    "驗約線統質幹餘導構訓隊間廣醫銀還獲營沒準參團濟門優補續試協調領織帶寧減說選財從穩蓋價庫況議預羣監測負陽興檢圍龍責難話將連風擁記類車審廳據"
)
BIG5 = "big5hkscs"
SAMPLE_BYTES = 65536
LEAST_SCORE = 1.0
# One character in fifty may be broken: above that a reader can no longer trust the figures around it.
MOST_BROKEN_SHARE = 0.02
FEW_BROKEN = 2

_BINARY = "a binary file, not a text; give the report as txt, html, docx or pdf"
_NOT_CHINESE = "not Chinese text in UTF-8, GB18030, Big5 or UTF-16; save it as UTF-8"
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its first half
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = {
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "gb18030", "cp936", "x-gbk", "hz-gb-2312"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950", "x-x-big5", "big5hkscs"), BIG5),
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
}
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_ODD_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x19\x1c-\x1f]")
_IDEOGRAPH = re.compile(r"[\u2e80-\u9fff\uff01-\uff5e]")  # with the punctuation and spaces that go with them
# Half-open ranges of code points and what a character there says for the reading; the first that holds it counts.
# Punctuation, circled numbers and table rules speak for it; other scripts, rare and private characters against it.
_WEIGHTS = (
    (0x09, 0x0E, 0.0),
    (0x1A, 0x1B, 0.0),  # the end-of-file mark of DOS editors
    (0x00, 0x20, -4.0),
    (0x20, 0x7F, 2.0),
    (0xA0, 0xA1, 0.0),
    (0xB0, 0xB8, 1.0),
    (0xD7, 0xD8, 1.0),
    (0x2010, 0x2040, 1.0),
    (0x2103, 0x2104, 1.0),
    (0x2160, 0x2180, 1.0),
    (0x2190, 0x2200, 1.0),
    (0x2460, 0x2500, 1.0),
    (0x2500, 0x2600, 1.0),
    (0x2605, 0x2607, 1.0),
    (0x3000, 0x3020, 1.0),
    (0x3220, 0x3400, -1.0),
    (0x4E00, 0xA000, -0.5),
    (0xFF00, 0xFF5F, 1.0),
    (0xFFE0, 0xFFE7, 1.0),
    (0x80, 0xA0, -4.0),
    (0xA0, 0x590, -1.0),
    (0x3040, 0x3130, -1.0),
    (0xFFFD, 0xFFFE, -4.0),
)
_OTHER_WEIGHT = -3.0


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the name of the codec that ``bytes.decode(encoding, "replace")`` takes to give it again."""

    text: str
    encoding: str


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Read bytes as Chinese text.

    Tried in this order: a byte-order mark; UTF-8 without fault; then UTF-8 with faults, GB18030, Big5 and UTF-16, of
    which the most plausible wins. Broken bytes become U+FFFD as long as they are few.

    Parameters
    ----------
    data
        The bytes of a text or a web page.
    declared
        The encoding that a web page claims; it tips the scales between readings that are about equal, no more, since
        pages that claim gb2312 and are UTF-8 are common.

    Raises
    ------
    InputError
        If the bytes are binary, or no reading gives Chinese text, or more than 2% of the characters are broken.

    Examples
    --------
    >>> decode("科技局2021年工作总结".encode("gbk"))
    Decoded(text='科技局2021年工作总结', encoding='gb18030')
    >>> decode("科技局2021年工作總結".encode("big5")).encoding
    'cp950'
    >>> decode("高企总数125家".encode("utf-8")[:-1] + b"!").text
    '高企总数125�!'
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            decoded = _checked(data, encoding)
            if _chinese_score(decoded.text[:SAMPLE_BYTES], count_ascii=True) < LEAST_SCORE:
                raise InputError(_NOT_CHINESE)  # such as a page in GBK put together from pieces, one with a UTF-8 mark
            return decoded
    if b"\0" not in data:
        try:
            text = data.decode()
        except UnicodeDecodeError:
            pass
        else:
            # 「联通」 in GBK is well-formed UTF-8 for two letters of other scripts, and 「稳就业」 in UTF-16 is ASCII
            # with control characters: UTF-8 must show an ideograph or plain ASCII.
            if _IDEOGRAPH.search(text) or (data.isascii() and not _ODD_CONTROL.search(data)):
                return Decoded(text, "utf-8")
    return _checked(data, _likeliest_encoding(data, declared))


def declared_encoding(data: bytes) -> str | None:
    """Find the encoding that a web page or an XML file claims in its first 4,096 bytes.

    Examples
    --------
    >>> declared_encoding(b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">')
    'gb2312'
    """
    found = re.search(rb"(?i)(?:charset|encoding)\s*=\s*[\"']?\s*([a-z][a-z0-9_-]{2,40})", data[:4096])
    return found[1].decode("ascii").lower() if found else None


def _likeliest_encoding(data: bytes, declared: str | None) -> str:
    """Score a sample, from the first byte that is not ASCII on, in every candidate encoding."""
    wide = ("utf-16-le", "utf-16-be")
    candidates = wide if b"\0" in data else ("utf-8", "gb18030", BIG5, *wide)
    preferred = _DECLARED.get((declared or "").lower())
    first = _NOT_ASCII.search(data)
    start = first.start() if first and b"\0" not in data else 0

    def score(encoding: str) -> float:
        begin = start - start % 2 if encoding in wide else start
        sample = data[begin : begin + SAMPLE_BYTES]
        # An incremental decoder leaves out the character that the end of the sample cuts.
        text = codecs.getincrementaldecoder(encoding)("replace").decode(sample, len(data) <= begin + SAMPLE_BYTES)
        return _chinese_score(text, count_ascii=encoding in wide or data.isascii()) + (
            0.3 if encoding == preferred else 0.0
        )

    best = max(candidates, key=score)
    if score(best) < LEAST_SCORE:
        raise InputError(_BINARY if b"\0" in data else _NOT_CHINESE)
    if best == BIG5:
        # Hong Kong's Big5 fills the gaps of Windows' with Cantonese characters (嘅 咁), but reads symbols differently.
        return min("cp950", BIG5, key=lambda flavour: data.decode(flavour, "replace").count("\ufffd"))
    return best


def _checked(data: bytes, encoding: str) -> Decoded:
    """Decode in full and refuse what is broken too often."""
    text = data.decode(encoding, "replace")
    if "\0" in text:
        raise InputError(_BINARY)
    broken = text.count("\ufffd")
    if encoding.startswith("utf-8"):
        broken -= data.count(b"\xef\xbf\xbd")  # U+FFFD that the file itself holds, from a faulty conversion before
    if broken > max(FEW_BROKEN, MOST_BROKEN_SHARE * len(text)):
        name = encoding.removesuffix("-sig").upper()
        raise InputError(f"unreadable bytes: {broken} of {len(text)} characters are broken when read as {name}")
    return Decoded(text, encoding)


def _chinese_score(text: str, *, count_ascii: bool) -> float:
    """Average the weights of a text's characters; ASCII says something only where it is not the same in all readings.

    A report scores 2.1 to 2.7, the same report in a wrong encoding 0.1 or less.
    """
    total, counted = 0.0, 0
    for character, count in Counter(text).items():
        if count_ascii or not "\x1f" < character < "\x7f":
            weight = _weight(character)
            total += weight * count
            counted += count if weight else 0
    return total / counted if counted else 0.0


def _weight(character: str) -> float:
    if character in FREQUENT:
        return 3.0
    if character in _first_level():
        return 1.0
    point = ord(character)
    return next((weight for start, end, weight in _WEIGHTS if start <= point < end), _OTHER_WEIGHT)


@cache
def _first_level() -> frozenset[str]:
    """Give the characters that GB 2312 and Big5 put into their first, frequent level (3,755 and 5,401)."""
    simplified = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    cells = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = (bytes((row, cell)) for row in range(0xA4, 0xC7) for cell in cells)
    characters = [code.decode("gb2312", "ignore") for code in simplified]
    characters += [code.decode("cp950", "ignore") for code in traditional]
    return frozenset(character for character in characters if len(character) == 1)
