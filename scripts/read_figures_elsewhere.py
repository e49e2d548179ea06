"""Figures read by JioNLP, Recognizers-Text and cn2an, for scripts/compare_figures.py; runs in an environment of its own.

Reads a JSON list of figures from stdin, writes for each tool a list of readings: low, high, unit, approx; null where the tool finds
nothing. Each tool is asked with the function that its documentation names for the kind of figure, and given the benefit of the
doubt: units are mapped to ours, a list of two numbers is a range.
"""

import json
import re
import sys
import warnings

warnings.filterwarnings("ignore")

CHINESE = "zh-cn"
JIONLP_HEDGES = {"accurate": "exact", "blur": "about", "blur+": "more", "blur-": "less"}
DIMENSIONS = {
    "Square kilometer": ("km2", 1),
    "Square meter": ("m2", 1),
    "Kilometer": ("公里", 1),
    "Meter": ("米", 1),
    "Ton": ("吨", 1),
    "Metric ton": ("吨", 1),
    "Kilogram": ("公斤", 1),
    "Acre": ("亩", 1),
}
NUMERAL = re.compile(r"[0-9.,０-９零〇一二两三四五六七八九十百千万亿]+")


def plain(number):
    """Write a number as plain decimal digits."""
    return format(float(number), "f")


def read_jionlp(figure):
    """Ask JioNLP's money parser, its one reader of quantities."""
    import jionlp  # noqa: PLC0415

    try:
        found = jionlp.parse_money(figure)
    except Exception:  # noqa: BLE001 - it raises where it finds no money
        return None
    numbers = [one for one in (found["num"] if isinstance(found["num"], list) else [found["num"]]) if one is not None]
    if not numbers:
        return None
    approx = JIONLP_HEDGES.get(found["definition"], "exact")
    low, high = (plain(number) for number in (numbers[0], numbers[-1]))
    unit = "CNY" if found["case"] == "元" else found["case"]
    return {
        "low": None if approx == "less" else low,
        "high": None if approx == "more" else high,
        "unit": unit,
        "approx": approx,
    }


def read_recognizers(figure):
    """Ask Recognizers-Text for currency, percentage, dimension and number, in this order."""
    from recognizers_number import recognize_number, recognize_percentage  # noqa: PLC0415
    from recognizers_number_with_unit import recognize_currency, recognize_dimension  # noqa: PLC0415 - not in the project's environment

    for recognize in (recognize_currency, recognize_percentage, recognize_dimension, recognize_number):
        try:
            found = recognize(figure, CHINESE)
        except Exception:  # noqa: BLE001 - some inputs break its regular expressions
            continue
        values = [one.resolution.get("value") for one in found if one.resolution and one.resolution.get("value")]
        if not values:
            continue
        unit, factor = found[0].resolution.get("isoCurrency") or found[0].resolution.get("unit"), 1
        if recognize is recognize_percentage:
            values, unit = [value.rstrip("%") for value in values], "percent"
        elif recognize is recognize_dimension:
            unit, factor = DIMENSIONS.get(unit, (unit, 1))
        elif recognize is recognize_number:
            # it leaves the classifier to its user: what stands behind the number
            unit = figure[found[-1].end + 1 :].lstrip("余多").removesuffix("以上").removesuffix("以下") or None
        try:
            low, high = (plain(float(value) * factor) for value in (values[0], values[-1]))
        except ValueError:
            continue
        return {"low": low, "high": high, "unit": unit, "approx": "exact"}
    return None


def read_cn2an(figure):
    """Ask cn2an for the number that the figure begins with; units are none of its business."""
    import cn2an  # noqa: PLC0415 - not in the project's environment

    match = NUMERAL.search(figure)
    if match is None:
        return None
    try:
        number = plain(cn2an.cn2an(match.group(), "smart"))
    except Exception:  # noqa: BLE001 - it raises for what it does not know
        return None
    return {"low": number, "high": number, "unit": None, "approx": "exact"}


def main():
    """Read the figures with every tool."""
    figures = json.load(sys.stdin)
    stdout, sys.stdout = sys.stdout, sys.stderr  # JioNLP prints
    tools = {"JioNLP": read_jionlp, "Recognizers-Text": read_recognizers, "cn2an": read_cn2an}
    readings = {name: [read(figure) for figure in figures] for name, read in tools.items()}
    json.dump(readings, stdout)


if __name__ == "__main__":
    main()
