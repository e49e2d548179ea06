"""How many trap cases of each class a pipeline passes, and the recorded rates that it may not fall below."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhibiao.errors import InputError
from zhibiao.evaluation.traps import TrapResult
from zhibiao.formats.atomic import replacing
from zhibiao.scoring.intervals import Interval

# Of the normal distribution: a two-sided interval of 95 %.
_Z = 1.959964
_HEADER = """\
# How many trap cases of each class the released pipelines pass: a test fails when a share falls below.
# Written by `zhibiao traps SYSTEM --record`.
"""


@dataclass(frozen=True, slots=True)
class TrapRate:
    """How many cases of a class are right, in four ways from soft to strict; see `TrapResult`."""

    group: str
    cases: int
    overlap: int
    spans: int
    relations: int
    passed: int

    @property
    def share(self) -> float:
        """The share passed."""
        return self.passed / self.cases

    @property
    def interval(self) -> Interval:
        """The 95 % interval of the share passed."""
        return wilson_interval(self.passed, self.cases)


def count_traps(results: Sequence[TrapResult]) -> list[TrapRate]:
    """Count the results of each class, in the order of the file."""
    groups = dict.fromkeys(result.trap.group for result in results)
    return [_count(group, [result for result in results if result.trap.group == group]) for group in groups]


def add_rates(rates: Sequence[TrapRate]) -> TrapRate:
    """Count all classes together.

    Examples
    --------
    >>> add_rates([TrapRate("ranks", 20, 19, 18, 17, 16), TrapRate("plans", 20, 15, 14, 13, 12)])
    TrapRate(group='all', cases=40, overlap=34, spans=32, relations=30, passed=28)
    """
    names = ("cases", "overlap", "spans", "relations", "passed")
    return TrapRate("all", *(sum(getattr(rate, name) for rate in rates) for name in names))


def _count(group: str, results: Sequence[TrapResult]) -> TrapRate:
    return TrapRate(
        group,
        len(results),
        sum(one.overlap for one in results),
        sum(one.spans for one in results),
        sum(one.spans and one.relations for one in results),
        sum(one.passed for one in results),
    )


def wilson_interval(passed: int, cases: int) -> Interval:
    """Give the 95 % score interval of a share.

    E. B. Wilson, *Probable inference, the law of succession, and statistical inference* (1927). It holds for handfuls of cases too, and
    for none or all passed.

    Examples
    --------
    >>> interval = wilson_interval(18, 20)
    >>> round(interval.low, 3), round(interval.high, 3)
    (0.699, 0.972)
    >>> wilson_interval(20, 20).high
    1.0
    """
    share, spread = passed / cases, _Z**2 / cases
    middle = share + spread / 2
    half = math.sqrt(spread * share * (1 - share) + spread**2 / 4)
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    # Rounding alone would keep the ends from 0 and 1.
    return Interval(0.0 if passed == 0 else low, 1.0 if passed == cases else high)


def find_falls(rates: Sequence[TrapRate], recorded: Mapping[str, tuple[int, int]]) -> list[str]:
    """Name the classes whose share fell below the recorded one, or has none on record.

    Examples
    --------
    >>> find_falls([TrapRate("ranks", 20, 19, 18, 17, 16)], {"ranks": (17, 20)})
    ['ranks: 16 of 20 pass, recorded are 17 of 20']
    >>> find_falls([TrapRate("ranks", 20, 19, 18, 17, 16)], {"ranks": (15, 20)})
    []
    """
    falls = []
    for rate in rates:
        now = f"{rate.group}: {rate.passed} of {rate.cases} pass"
        if rate.group not in recorded:
            falls.append(f"{now}, none is recorded")
            continue
        passed, cases = recorded[rate.group]
        # In whole numbers: 7 of 9 and 14 of 18 are the same share.
        if rate.passed * cases < passed * rate.cases:
            falls.append(f"{now}, recorded are {passed} of {cases}")
    return falls


def read_rates(path: Path) -> dict[str, dict[str, tuple[int, int]]]:
    """Read the recorded rates: of each system and class, how many passed of how many cases; nothing where there is no file.

    Raises
    ------
    InputError
        If the file is no TOML, or a rate is not two numbers.
    """
    if not path.exists():
        return {}
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        return {
            system: {group: (int(rate["passed"]), int(rate["cases"])) for group, rate in groups.items()}
            for system, groups in data.items()
        }
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"not a file of recorded rates: {error}", where=str(path)) from None


def record_rates(system: str, rates: Sequence[TrapRate], path: Path) -> None:
    """Write a system's rates into the file of recorded ones, in place of its earlier ones.

    Raises
    ------
    InputError
        If there is such a file and it cannot be read.
    """
    recorded = read_rates(path)
    recorded[system] = {rate.group: (rate.passed, rate.cases) for rate in rates}
    lines = [_HEADER]
    for name, groups in sorted(recorded.items()):
        lines.append(f'["{name}"]')
        lines += [f"{group} = {{ passed = {passed}, cases = {cases} }}" for group, (passed, cases) in groups.items()]
        lines.append("")
    with replacing(path) as temporary:
        temporary.write_text("\n".join(lines), encoding="utf-8", newline="\n")
