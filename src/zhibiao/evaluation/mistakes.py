"""What kind of mistake each disagreement with the gold is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhibiao.evaluation.outcomes import ComparedReport, Item, Layer, entity_item, fact_item
from zhibiao.labels import EntityLabel
from zhibiao.scoring.annotations import pair_spans
from zhibiao.scoring.facts import SLOTS
from zhibiao.scoring.matching import touch


class MistakeKind(StrEnum):
    """What went wrong with a span or a relation; a wrong slot of a fact is called ``wrong`` and its name."""

    MISSED = "missed"
    SPURIOUS = "spurious"
    WRONG_LABEL = "wrong label"
    LEFT = "boundary left"
    RIGHT = "boundary right"
    BOTH = "boundary left and right"
    WRONG_LINK = "wrong link"
    MISSED_LINK = "missed link"
    SPURIOUS_LINK = "spurious link"
    SPAN_LACKING = "link without its span"
    SPAN_MOVED = "link with a moved span"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One disagreement: its kind, the label it is counted under, where it is, and what each side has."""

    kind: str
    label: str
    report_id: str
    place: int
    reference: Item | None
    predicted: Item | None
    detail: str = ""


def find_mistakes(compared: ComparedReport) -> list[Mistake]:
    """List the mistakes of a report in text order."""
    found = [*_span_mistakes(compared), *_link_mistakes(compared), *_slot_mistakes(compared)]
    return sorted(found, key=lambda mistake: mistake.place)


def count_mistakes(mistakes: Sequence[Mistake]) -> list[tuple[str, str, int]]:
    """Count mistakes by kind and label, the commonest first."""
    counts = Counter((mistake.kind, mistake.label) for mistake in mistakes)
    return [(kind, label, number) for (kind, label), number in counts.most_common()]


def confuse_labels(compared: Sequence[ComparedReport]) -> dict[str, dict[str, int]]:
    """Count how spans of each gold label are labelled: gold label → predicted label → number.

    Spans that overlap are partners; one that has none is ``nothing`` on the other side.
    """
    table = {str(row): {str(column): 0 for column in (*EntityLabel, "nothing")} for row in (*EntityLabel, "nothing")}
    for one in compared:
        ours, theirs = one.gold.annotation().entities, one.prediction.annotation.entities
        for i, j in pair_spans(ours, theirs, overlap=True):
            table["nothing" if i is None else str(ours[i].label)]["nothing" if j is None else str(theirs[j].label)] += 1
    return table


def _span_mistakes(compared: ComparedReport) -> Iterator[Mistake]:
    ours, theirs = list(compared.gold.annotation().entities), list(compared.prediction.annotation.entities)
    right = {(span.start, span.end, span.label) for span in ours} & {
        (span.start, span.end, span.label) for span in theirs
    }
    ours, theirs = (
        [span for span in side if (span.start, span.end, span.label) not in right] for side in (ours, theirs)
    )
    report_id = compared.gold.report_id
    # Partners of the same label first: they differ in their ends alone.
    for label in EntityLabel:
        mine, others = ([span for span in side if span.label is label] for side in (ours, theirs))
        for i, j in pair_spans(mine, others, overlap=True):
            if i is not None and j is not None:
                item, other = entity_item(mine[i]), entity_item(others[j])
                yield Mistake(_boundary(item, other), item.label, report_id, item.place, item, other)
                ours.remove(mine[i])
                theirs.remove(others[j])
    for i, j in pair_spans(ours, theirs, overlap=True):
        reference = None if i is None else entity_item(ours[i])
        predicted = None if j is None else entity_item(theirs[j])
        if reference is not None:
            kind = MistakeKind.MISSED if predicted is None else MistakeKind.WRONG_LABEL
            detail = f"as {predicted.label}" if predicted else ""
            yield Mistake(kind, reference.label, report_id, reference.place, reference, predicted, detail)
        elif predicted is not None:
            yield Mistake(MistakeKind.SPURIOUS, predicted.label, report_id, predicted.place, None, predicted)


def _boundary(reference: Item, predicted: Item) -> MistakeKind:
    (start, end), (other_start, other_end) = reference.spans[0], predicted.spans[0]
    left, right = start != other_start, end != other_end
    return MistakeKind.BOTH if left and right else MistakeKind.LEFT if left else MistakeKind.RIGHT


def _link_mistakes(compared: ComparedReport) -> Iterator[Mistake]:
    """Tell why each relation that is not exactly right is not.

    A missed relation whose child the system links to another head is one wrong link, not a missed and a made-up one.
    """
    report_id = compared.gold.report_id
    relaxed = [one for one in compared.outcomes if one.layer is Layer.RELATIONS_RELAXED]
    spans = [((entity.start, entity.end), entity.label) for entity in compared.prediction.annotation.entities]
    spurious = [one.predicted for one in relaxed if one.reference is None and one.predicted is not None]
    for one in relaxed:
        item, partner = one.reference, one.predicted
        if item is None or (partner is not None and partner.spans == item.spans):
            continue
        if partner is not None:
            kind = MistakeKind.SPAN_MOVED
        elif not all(any(touch(span, other) for other, _ in spans) for span in item.spans):
            kind = MistakeKind.SPAN_LACKING
        else:
            partner = next((other for other in spurious if _shares_an_end(item, other)), None)
            kind = MistakeKind.MISSED_LINK if partner is None else MistakeKind.WRONG_LINK
            if partner is not None:
                spurious.remove(partner)
        renamed = partner is not None and partner.label != item.label
        detail = f"as {partner.label}" if partner and renamed else ""
        yield Mistake(kind, item.label, report_id, item.place, item, partner, detail)
    for predicted in spurious:
        yield Mistake(MistakeKind.SPURIOUS_LINK, predicted.label, report_id, predicted.place, None, predicted)


def _shares_an_end(item: Item, other: Item) -> bool:
    """Tell whether a made-up relation is what the system has in the place of a missed one: its figure is the same."""
    figure = 0 if item.label == "HELD_BY" else 1
    theirs = 0 if other.label == "HELD_BY" else 1
    same_kind = (item.label == "HELD_BY") == (other.label == "HELD_BY")
    return same_kind and touch(item.spans[figure], other.spans[theirs])


def _slot_mistakes(compared: ComparedReport) -> Iterator[Mistake]:
    for ours, theirs in compared.facts:
        for slot in SLOTS:
            if slot not in ours.checked or slot not in ours.slots or ours.slots[slot] == theirs.slots.get(slot):
                continue
            detail = f"{_say(ours.slots[slot])}, not {_say(theirs.slots.get(slot))}"
            items = fact_item(compared.report.text, ours), fact_item(compared.report.text, theirs)
            yield Mistake(f"wrong {slot}", str(ours.kind), compared.gold.report_id, ours.figure[0], *items, detail)


def _say(value: object) -> str:
    """Write a slot's value for a person.

    Examples
    --------
    >>> _say(None), _say((125, None)), _say("2021")
    ('nothing', '125 to open', '2021')
    """
    if isinstance(value, tuple):
        ends = ["open" if end is None else str(end) for end in value]
        return ends[0] if len(set(ends)) == 1 else " to ".join(ends)
    return "nothing" if value is None else str(value)
