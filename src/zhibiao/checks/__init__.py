"""The checks a careful reader makes on the figures of reports; no fact is ever changed by one.

Each finding names the check, its verdict, the facts it is about (with their sentences), what was expected and what was
found in numbers, and one line that says it in English with the figures as the text writes them.

=========== ============================================================================ ==========================
check       question                                                                     verdict
=========== ============================================================================ ==========================
unit        does the unit fit the indicator: 研发经费投入达2.8%                            note
whole       do parts stay within the whole: 高企120家，其中规上130家; shares below 100 %     contradiction
growth      does the stated growth fit the two levels: 由154家增至312家，增长98%; does      contradiction within a
            由a增至b rise; do level, increment and rate fit: 125家，增加21家，增长25%        report, note across
completion  does the rate fit value and target: 97家，完成目标（120家）的75%                contradiction, note
repeat      is a figure the same when told again: 总数达125家 … 总数126家                   contradiction, note
attainment  what became of a target: 力争140家 in a plan, 达143家 a year later             pair, with actual / target
=========== ============================================================================ ==========================

A **contradiction** is two figures of one report that cannot both hold. A **note** is for a reader's eye: figures of two
reports that differ (one may have been revised), or a unit that does not fit, which mostly shows a loose wording or a
figure that was read wrong. A **pair** is no fault.

Figures are compared by what they allow (:mod:`zhibiao.checks.written`): 2.41亿元 is anything that rounds to it, a last
digit may be rounded or cut off, 50余家 is fifty or more, 约1000人 is 800 to 1,200, 5000亿元 is a round number. Facts are
compared when holder, metric, unit, period, aspect and status are the same; figures of several years (年均, 五年来),
growth at constant prices (生产总值, 增加值, 投资) and the first value of 由a增至b are left out. The checks would rather miss
a fault than report one that is none: ``docs/checks.md`` lists what they found on real reports, finding by finding.

Within a report :func:`check_report` runs them all. Across reports, facts that share :func:`find_key` (the place's code
and the indicator) are compared by :func:`check_across`.
"""

from zhibiao.checks.keys import find_key
from zhibiao.checks.run import check_across, check_report

__all__ = ["check_across", "check_report", "find_key"]
