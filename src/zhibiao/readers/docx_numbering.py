"""The marks of automatic numbering in Word: 一、 (一) 1. stand in no paragraph's text but in ``numbering.xml``.

A paragraph names a list and a level; the list says how each level counts and how its mark reads (``第%1章``,
``%1.%2``). Marks are counted here as Word counts them, since the sections of a report hang on them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from zhibiao.readers.xml_trees import Element

MAX_NUMBER = 9999
LEVELS = 9


@dataclass(frozen=True, slots=True)
class NumberLevel:
    """How one level counts (``numFmt``), how its mark reads, where it starts, whether upper levels read as digits."""

    count_as: str
    mark: str
    start: int = 1
    restarts: bool = True
    digits_only: bool = False


@dataclass(frozen=True, slots=True)
class _List:
    counter: str
    levels: dict[int, NumberLevel]
    restarted: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: dict[str, _List]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def next_mark(self, list_id: str, depth: int) -> str:
        """Count on and give the mark of the next paragraph of a list, empty for a bullet.

        Parameters
        ----------
        list_id, depth
            ``numId`` and ``ilvl`` of the paragraph.
        """
        found = self.lists.get(list_id)
        level = found.levels.get(depth) if found else None
        if found is None or level is None:
            return ""
        counts = self._counts.setdefault(found.counter, {})
        if depth in found.restarted and (list_id, depth) not in self._begun:
            counts[depth] = found.restarted[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self._begun.add((list_id, depth))
        for deeper in [other for other in counts if other > depth]:
            if (below := found.levels.get(deeper)) is None or below.restarts:
                del counts[deeper]
        return _read_mark(level, found.levels, counts)


def _read_mark(level: NumberLevel, levels: dict[int, NumberLevel], counts: dict[int, int]) -> str:
    if level.count_as in ("bullet", "none"):
        return ""
    mark = level.mark
    for depth in range(LEVELS):
        if f"%{depth + 1}" in mark:
            upper = levels.get(depth, level)
            number = counts.get(depth, upper.start)
            mark = mark.replace(
                f"%{depth + 1}", format_number(number, "decimal" if level.digits_only else upper.count_as)
            )
    return mark


def format_number(number: int, count_as: str) -> str:
    """Write a list number as Word's ``numFmt`` asks; unknown formats read as digits.

    Examples
    --------
    >>> [format_number(12, kind) for kind in ("chineseCounting", "decimalEnclosedCircle", "upperRoman", "decimal")]
    ['十二', '⑫', 'XII', '12']
    """
    return _FORMATS.get(count_as, str)(number) if 0 < number <= MAX_NUMBER else str(number)


def _chinese(
    number: int, digits: str = "零一二三四五六七八九", places: tuple[str, ...] = ("", "十", "百", "千")
) -> str:
    """Write up to 9999: 12 is 十二, 105 is 一百零五."""
    written = ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            written = digits[int(digit)] + places[place] + written
        elif written and not written.startswith(digits[0]):
            written = digits[0] + written
    return written.removeprefix("一") if 10 <= number < 20 else written


def _letters(number: int) -> str:
    """Count as Word does: z is followed by aa, bb."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _from_row(row: str) -> Callable[[int], str]:
    return lambda number: row[number - 1] if number <= len(row) else str(number)


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "japaneseCounting",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
        ),
        _chinese,
    ),
    "ideographDigital": lambda number: str(number).translate(str.maketrans("0123456789", "〇一二三四五六七八九")),
    "japaneseDigitalTenThousand": lambda number: str(number).translate(
        str.maketrans("0123456789", "〇一二三四五六七八九")
    ),
    "chineseLegalSimplified": lambda number: _chinese(number, "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")),
    "ideographTraditional": _from_row("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _from_row("子丑寅卯辰巳午未申酉戌亥"),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _from_row("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")),
    "decimalEnclosedParen": _from_row("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _from_row("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "decimalZero": "{:02}".format,
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
}


def read_numbering(root: Element | None) -> Numbering:
    """Read the lists of ``numbering.xml``; a document without that part has none."""
    if root is None:
        return Numbering({})
    kinds = {kind.get("abstractNumId", ""): _read_levels(kind) for kind in root.iter("abstractNum")}
    lists: dict[str, _List] = {}
    for item in root.iter("num"):
        counter = _value(item, "abstractNumId") or ""
        levels, restarted = dict(kinds.get(counter, {})), {}
        for override in item.iter("lvlOverride"):
            levels.update(_read_levels(override))
            if (start := _number(_value(override, "startOverride"))) is not None:
                restarted[_number(override.get("ilvl")) or 0] = start
        lists[item.get("numId", "")] = _List(counter, levels, restarted)
    return Numbering(lists)


def _read_levels(parent: Element) -> dict[int, NumberLevel]:
    levels = {}
    for level in parent.iter("lvl"):
        start = _number(_value(level, "start"))
        levels[_number(level.get("ilvl")) or 0] = NumberLevel(
            count_as=_value(level, "numFmt") or "decimal",
            mark=_value(level, "lvlText") or "",
            start=1 if start is None else start,
            restarts=_value(level, "lvlRestart") != "0",
            digits_only=level.find("isLgl") is not None,
        )
    return levels


def _value(parent: Element, name: str) -> str | None:
    child = parent.find(name)
    return child.get("val") if child is not None else None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None
