"""Figures found in running text by JioNLP and Recognizers-Text, for scripts/compare_systems.py; runs in an environment of its own.

Reads from stdin, as JSON, sentences, our units (each with what may not stand behind it) and the pattern of our words before a number;
writes for each tool and sentence the figures found: start, end, low, high, unit, end exclusive. What was done to bring their conventions
to ours, always in their favour:

- JioNLP knows money alone (`jio.ner.extract_money`). Punctuation, 达, 仅, 只有 and 人民币 that it leaves at an end are cut off.
- Recognizers-Text, quantities: currency, percentage, dimension, temperature and age together, the longer where two overlap; ends are
  inclusive there. 百分点, which it reads as a per cent, is taken for what its text says; 位 is no bit, and a unit without a number nothing.
- Recognizers-Text, numbers too: also every bare number with a unit of **our** table behind it, unless the tool's own recognisers of ordinals
  or of dates and times claim it; two of these with a dash between them are one range. It has no measure words of its own.
- To all: the words that our standard takes into the span (约 近 超 … before, 余 多 以上 … behind) are added where they were left out.
"""

import json
import re
import sys
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from read_figures_elsewhere import CHINESE, DIMENSIONS, plain, read_jionlp  # noqa: E402 - the scripts are no package

BEHIND = re.compile(r"(?:以上|以下|以内|左右|余|多)")
NUMERAL = re.compile(r"[0-9０-９零〇一二两三四五六七八九十百千半几数]")
TIME = re.compile(r"[年月日号时点周季旬]")
BETWEEN = re.compile(r"\s*[-—–－~～至到]+\s*")
MORE = re.compile(r"[余多]?")
# between commas, but not within 1,250
CLAUSE = re.compile(r"(?:[^，,。；;]|,(?=[0-9]{3}))+")
EDGES = re.compile(r"^(?:[，,、。；;：:\s]|达到|达|仅|只有|人民币)+|[，,、。；;：:\s不]+$")


def find_jionlp(text):
    """Find money."""
    import jionlp  # noqa: PLC0415

    for one in jionlp.ner.extract_money(text):
        start, end = one["offset"]
        figure = text[start:end]
        # of 「元，约50亿元，达到」 the amount alone
        part = max(CLAUSE.finditer(figure), key=lambda part: len(part.group()), default=None)
        if part is not None:
            start, figure = start + part.start(), part.group()
        if edge := EDGES.match(figure):
            start, figure = start + edge.end(), figure[edge.end() :]
        figure = EDGES.sub("", figure)
        reading = read_jionlp(figure) if figure else None
        if reading:
            yield {"start": start, "end": start + len(figure), **reading}


def ask(recognize, text):
    """Ask one recogniser; the figures it finds as start, end, resolution."""
    try:
        found = recognize(text, CHINESE)
    except Exception:  # noqa: BLE001 - some inputs break its regular expressions
        return []
    return [(one.start, one.end + 1, one.resolution or {}) for one in found]


def find_quantities(text):
    """Find what Recognizers-Text knows with a unit."""
    from recognizers_number import recognize_percentage  # noqa: PLC0415
    from recognizers_number_with_unit import (  # noqa: PLC0415
        recognize_age,
        recognize_currency,
        recognize_dimension,
        recognize_temperature,
    )

    found = []
    for recognize in (
        recognize_currency,
        recognize_percentage,
        recognize_dimension,
        recognize_temperature,
        recognize_age,
    ):
        for start, end, resolution in ask(recognize, text):
            value, unit, factor = resolution.get("value"), resolution.get("isoCurrency") or resolution.get("unit"), 1
            if recognize is recognize_percentage:
                value, unit = (
                    (value or "").rstrip("%"),
                    "percentage_point" if text[start:end].endswith("点") else "percent",
                )
            elif recognize is recognize_dimension:
                if unit == "Bit":
                    continue
                unit, factor = DIMENSIONS.get(unit, (unit, 1))
            elif recognize is recognize_age:
                unit = "岁"
            try:
                value = plain(float(value) * factor)
            except (TypeError, ValueError):
                value = None
            if not NUMERAL.search(text, start, end):
                continue
            found.append({"start": start, "end": end, "low": value, "high": value, "unit": unit, "approx": "exact"})
    return flat(found)


def find_numbers(text, match_unit):
    """Find bare numbers with a unit behind them that are neither ordinals nor parts of a date."""
    from recognizers_date_time import recognize_datetime  # noqa: PLC0415
    from recognizers_number import recognize_number, recognize_ordinal  # noqa: PLC0415

    # it takes the 1550 of 不少于1550家 for a year
    times = [one for one in ask(recognize_datetime, text) if TIME.search(text, one[0], one[1])]
    claimed = [*ask(recognize_ordinal, text), *times]
    for start, end, resolution in ask(recognize_number, text):
        value = resolution.get("value")
        if value is None or any(start < other[1] and other[0] < end for other in claimed):
            continue
        unit_start = MORE.match(text, end).end()
        unit = match_unit(text, unit_start)
        try:
            value = plain(float(value))
        except ValueError:
            continue
        # a number that only begins a range keeps its place until the ranges are put together
        stop = unit_start + len(unit) if unit else end
        yield {"start": start, "end": stop, "low": value, "high": value, "unit": unit, "approx": "exact"}


def unit_matcher(units):
    """Make the function that finds the longest unit at a place."""
    known = {surface: re.compile(not_before) if not_before else None for surface, not_before in units}
    longest = max(map(len, known))

    def match_unit(text, start):
        for size in range(longest, 0, -1):
            word = text[start : start + size]
            if len(word) == size and word in known and not (known[word] and known[word].match(text, start + size)):
                return word
        return None

    return match_unit


def flat(found):
    """Keep the longer of two that overlap, in text order."""
    kept = []
    for one in sorted(found, key=lambda one: (one["start"] - one["end"], one["start"])):
        if all(one["end"] <= other["start"] or other["end"] <= one["start"] for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one["start"])


def joined(text, found):
    """Make one range of two figures with a dash between them: 10—15个."""
    kept = []
    for one in found:
        last = kept[-1] if kept else None
        if (
            last
            and one["unit"]
            and last["unit"] in (None, one["unit"])
            and BETWEEN.fullmatch(text, last["end"], one["start"])
        ):
            low, high = last["low"], one["high"]
            # read as 2 and -3
            kept[-1] = {**one, "start": last["start"], "low": low, "high": high and high.lstrip("-")}
        else:
            kept.append(one)
    return kept


def widened(text, found, before_number):
    """Add the words around a figure that belong to the span."""
    for one in found:
        before, behind = before_number.search(text[: one["start"]]), BEHIND.match(text, one["end"])
        yield {
            **one,
            "start": before.start() if before else one["start"],
            "end": behind.end() if behind else one["end"],
        }


def main():
    """Find the figures with every tool."""
    question = json.load(sys.stdin)
    match_unit, before_number = unit_matcher(question["units"]), re.compile(f"(?:{question['before']})$")
    stdout, sys.stdout = sys.stdout, sys.stderr  # JioNLP prints
    result = {"JioNLP": [], "Recognizers-Text, quantities": [], "Recognizers-Text, numbers too": []}
    for text in question["sentences"]:
        quantities = find_quantities(text)
        both = joined(text, flat([*quantities, *find_numbers(text, match_unit)]))
        counted = [one for one in both if one["unit"] is not None]
        for tool, found in zip(result, (find_jionlp(text), joined(text, quantities), counted), strict=True):
            result[tool].append(list(widened(text, found, before_number)))
    json.dump(result, stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
