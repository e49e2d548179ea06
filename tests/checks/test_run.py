"""All checks together: on facts as they may come, and on a report and its successor."""

import typing
from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from zhibiao.checks import check_across, check_report, find_key
from zhibiao.labels import CheckKind, Verdict
from zhibiao.records import CheckFinding, Fact

MakeFact = Callable[..., Fact]
SENTENCES = [
    "高企总数由154家增至312家，增长98%，完成目标（120家）的75%。",
    "高企总数120家，其中高企总数130家。",
    "全年高企总数125家，比上年增加21家，增长25%。",
    "力争高企总数达2.8%以上，高企总数居全省第3位。",
]
FIGURES = ["154家", "312家", "98%", "120家", "75%", "130家", "125家", "21家", "25%", "2.8%以上", "全省第3位"]


@st.composite
def any_facts(draw: st.DrawFn) -> list[Fact]:
    """Facts whose words and fields fit one another only by chance."""
    hints = typing.get_type_hints(Fact)
    numbers = st.none() | st.sampled_from([Decimal(0), Decimal(-3), Decimal("12.5"), Decimal("1E+30"), Decimal(312)])
    made = []
    for _ in range(draw(st.integers(0, 6))):
        sentence = draw(st.sampled_from(SENTENCES))
        figure = draw(st.sampled_from([figure for figure in FIGURES if figure in sentence]))
        start, metric_start = sentence.index(figure), sentence.index("高企总数")
        values: dict[str, object] = {
            "fact_id": draw(st.uuids()).hex, "report_id": draw(st.sampled_from(["r0-0", "r1-0"])), "source": "a.txt",
            "part": 0, "metric": "高企总数", "figure": figure, "sentence": sentence, "metric_start": metric_start,
            "metric_end": metric_start + 4, "figure_start": start, "figure_end": start + len(figure),
            "metric_source_start": 0, "metric_source_end": 0, "figure_source_start": 0, "figure_source_end": 0,
            "value_low": draw(numbers), "value_high": draw(numbers), "rank_low": draw(st.none() | st.integers(1, 9)),
            "rank_high": None, "rank_from_bottom": None, "rank_tied": None, "scope": None, "scope_code": None, "scope_size": None,
                "score": 1.0,
            "unit": draw(st.sampled_from([None, "家", "percent", "percentage_point", "times"])),
            "indicator": draw(st.sampled_from([None, "hightech_enterprises", "rd_intensity"])),
            "period": draw(st.sampled_from([None, "2020", "2021"])), "holder": draw(st.sampled_from([None, "宁国市"])),
            "holder_code": draw(st.sampled_from([None, "341881"])),
        }  # fmt: skip
        for field in fields(Fact):
            if field.name not in values:
                kinds = typing.get_args(hints[field.name]) or (hints[field.name],)
                enum = next(kind for kind in kinds if kind is not type(None))
                values[field.name] = draw(st.sampled_from([*enum, *([None] if len(kinds) > 1 else [])]))
        made.append(Fact(**values))
    return made


@settings(max_examples=150, deadline=None)
@given(any_facts())
def test_checks_take_whatever_facts_there_are(facts: list[Fact]) -> None:
    for finding in [*check_report(facts), *check_across(facts)]:
        shown = [fact for fact in (finding.fact, finding.other, finding.base) if fact]
        # the facts of a finding are the facts that were given, not copies that say something else
        assert all(any(fact is given for given in facts) for fact in shown)
        assert "\n" not in finding.explanation
        assert finding.fact.figure in finding.explanation
        assert (
            (finding.verdict is Verdict.PAIR) == (finding.check is CheckKind.ATTAINMENT) == (finding.ratio is not None)
        )


@settings(max_examples=50, deadline=None)
@given(any_facts())
def test_checks_across_reports_name_two_at_least(facts: list[Fact]) -> None:
    for finding in check_across(facts):
        shown = [fact for fact in (finding.fact, finding.other, finding.base) if fact]
        assert len({fact.report_id for fact in shown}) > 1


@settings(max_examples=50, deadline=None)
@given(any_facts())
def test_no_single_fact_contradicts_itself(facts: list[Fact]) -> None:
    for fact in facts:
        assert all(finding.check in {CheckKind.UNIT, CheckKind.COMPLETION} for finding in check_report([fact]))


def test_a_plan_and_the_next_report_give_pair_and_notes(fact: MakeFact) -> None:
    plan = "2021年力争高企总数达140家以上，技术合同成交额达5亿元。"
    last = "2020年技术合同成交额4亿元。"
    now = "高企总数达143家，技术合同成交额4.8亿元，增长26%，完成目标的92%。"
    facts = [
        fact(last, "技术合同成交额", "4亿元", period="2020", report_id="r0-0"),
        fact(plan, "高企总数", "140家以上", "target", report_id="r0-0"),
        fact(plan, "技术合同成交额", "5亿元", "target", report_id="r0-0"),
        fact(now, "高企总数", "143家"),
        fact(now, "技术合同成交额", "4.8亿元"),
        fact(now, "技术合同成交额", "26%", "up"),
        fact(now, "技术合同成交额", "92%", "gap"),
    ]
    found: list[CheckFinding] = []
    for key in sorted({find_key(one) or "" for one in facts}):
        found += check_across(one for one in facts if find_key(one) == key)
    assert [(finding.check.value, finding.verdict.value, finding.explanation) for finding in found] == [
        ("attainment", "pair", "高企总数 2021: target 140家以上, actual 143家, 102.1 % of the target"),
        (
            "completion",
            "note",
            "技术合同成交额: the text says 92% of the target, but 4.8亿元 of 5亿元 is 95 to 97 %",
        ),
        ("attainment", "pair", "技术合同成交额 2021: target 5亿元, actual 4.8亿元, 96.0 % of the target"),
    ]
