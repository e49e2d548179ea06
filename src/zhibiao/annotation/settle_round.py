"""Differences as a round of their own: a project in which both annotations show, and each difference is a comment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhibiao.annotation.doccano.transport import Transport
from zhibiao.annotation.projects import Setting
from zhibiao.annotation.push import PushSummary, plan_round, push
from zhibiao.annotation.rounds import ContestedFacts, Round, RoundInfo
from zhibiao.annotation.settle import Difference, settle_report
from zhibiao.annotation.shares import Share
from zhibiao.annotation.suggestions import SuggestedRelation, SuggestedReport, SuggestedSpan
from zhibiao.corpus.gold import GoldFact, GoldReport
from zhibiao.labels import EntityLabel, RelationLabel
from zhibiao.scoring.annotations import RelationKey

_SpanKey = tuple[int, int, EntityLabel]


@dataclass(frozen=True, slots=True)
class Union:
    """Both annotations of a report in one, what they differ in, and the facts of which they say different things."""

    report: SuggestedReport
    differences: tuple[Difference, ...]
    contested: tuple[RelationKey, ...]


def unite(first: GoldReport, second: GoldReport, names: tuple[str, str]) -> Union:
    """Put two annotations into one, in which spans may overlap.

    Parameters
    ----------
    first, second
        The annotations of one text.
    names
        Who made them; they stand behind each mark as ``by``.
    """
    spans: dict[_SpanKey, list[str]] = {}
    relations: dict[tuple[_SpanKey, _SpanKey, RelationLabel], list[str]] = {}
    facts: dict[tuple[_SpanKey, _SpanKey, RelationLabel], list[GoldFact]] = {}
    for gold, name in zip((first, second), names, strict=True):
        by_id: dict[int, _SpanKey] = {e.id: (e.start_offset, e.end_offset, e.label) for e in gold.entities}
        told = {fact.relation: fact for fact in gold.facts}
        for span in by_id.values():
            spans.setdefault(span, []).append(name)
        for relation in gold.relations:
            ends = (by_id[relation.from_id], by_id[relation.to_id], relation.type)
            relations.setdefault(ends, []).append(name)
            if relation.id in told:
                facts.setdefault(ends, []).append(told[relation.id])
    number = {span: i for i, span in enumerate(sorted(spans))}
    ids = {ends: i for i, ends in enumerate(relations)}
    agreed = {ends: said[0] for ends, said in facts.items() if len({_key(fact) for fact in said}) == 1}
    report = SuggestedReport(
        report_id=first.report_id,
        origin=first.origin,
        source=first.source,
        part=first.part,
        header=first.header,
        text=first.text,
        spans=tuple(
            SuggestedSpan(id=i, label=s[2], start=s[0], end=s[1], text=first.text[s[0] : s[1]], by=tuple(spans[s]))
            for s, i in number.items()
        ),
        relations=tuple(
            SuggestedRelation(id=ids[ends], head=number[ends[0]], child=number[ends[1]], label=ends[2], by=tuple(by))
            for ends, by in relations.items()
        ),
        facts=tuple(fact.model_copy(update={"relation": ids[ends]}) for ends, fact in agreed.items()),
    )
    contested = tuple((*ends[0][:2], *ends[1][:2]) for ends in facts if ends not in agreed)
    return Union(report, settle_report(first, second, {}).open, contested)


def _key(fact: GoldFact) -> str:
    return fact.model_dump_json(exclude={"relation"})


def remark_differences(transport: Transport, folder: Round, unions: Sequence[Union], names: tuple[str, str]) -> int:
    """Write each difference as a comment on its document, unless it stands there; give how many were written."""
    by_report = {one.report.report_id: one for one in unions}
    written = 0
    for project in {document.project for document in folder.read_documents()}:
        there = {(remark.example, remark.text) for remark in transport.list_remarks(project)}
        for document in folder.read_documents():
            if document.project != project or document.report_id not in by_report:
                continue
            for difference in by_report[document.report_id].differences:
                text = describe(difference, names)
                if document.start <= difference.start < document.end and (document.document, text) not in there:
                    transport.add_remark(project, document.document, text)
                    written += 1
    return written


def push_differences(
    transport: Transport,
    target: Round,
    info: RoundInfo,
    unions: Sequence[Union],
    *,
    names: tuple[str, str],
    setting: Setting,
) -> tuple[PushSummary, int]:
    """Send both annotations of each report to the annotators of a settling round; give the push and the comments written.

    Repeated, it sends and writes what is missing.
    """
    shares = [Share(annotator.name, annotator.weight) for annotator in info.annotators]
    with target.alone():
        if target.exists:
            info = target.read_info()
        plan = plan_round(target, info, [union.report for union in unions], shares)
        target.write_contested(
            ContestedFacts(report_id=one.report.report_id, facts=one.contested) for one in unions if one.contested
        )
        summary = push(transport, target, target.read_info(), plan, setting)
        return summary, remark_differences(transport, target, unions, names)


def describe(difference: Difference, names: tuple[str, str]) -> str:
    """Say a difference in one line; it begins like a doubt, so that nobody takes it for a decision.

    Examples
    --------
    >>> describe(Difference("a-0", "span", "", 0, 4, ("METRIC 高企总数",), (), ()), ("安娜", "波"))
    '? 安娜: METRIC 高企总数 | 波: –'
    """
    sides = zip(names, (difference.first, difference.second), strict=True)
    return "? " + " | ".join(f"{name}: {', '.join(said) or '–'}" for name, said in sides)
