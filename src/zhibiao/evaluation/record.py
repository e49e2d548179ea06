"""An evaluation as plain data: what the JSON file holds, and what Markdown and the web page are made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from zhibiao.evaluation.breakdowns import Surroundings
from zhibiao.evaluation.harness import Difference, Evaluation, Score
from zhibiao.evaluation.mistakes import Mistake, count_mistakes
from zhibiao.evaluation.outcomes import ComparedReport, Item, entity_item, relation_item
from zhibiao.records import Annotation
from zhibiao.scoring.annotations import resolve
from zhibiao.scoring.calibration import calibration_error
from zhibiao.scoring.counts import Counts

Record = dict[str, Any]


def make_record(
    evaluation: Evaluation, against: Evaluation | None = None, differences: Sequence[Difference] = ()
) -> Record:
    """Put an evaluation into plain data, every number unrounded.

    Returns
    -------
    dict
        ``signature``, ``reports`` (ids), ``notes``, ``scores`` (layer, label, counts, precision, recall, f1, interval, per report),
        ``schemes``, ``reliability`` (layer, label, expected calibration error, bins), ``breakdowns``, ``confusion``, ``mistake_counts``, ``mistakes`` (each with the number of its sentence, and the spans of what
        each side has by offsets into it) and
        ``sentences`` (text, and the marks of both sides by offsets into it); with a second system also ``against`` (its
        signature) and ``differences``.
    """
    sentences = _Sentences(evaluation.compared)
    mistakes = [_mistake(mistake, sentences) for mistake in evaluation.mistakes]
    record: Record = {
        "signature": _signature(evaluation),
        "reports": list(evaluation.reports),
        "notes": list(evaluation.notes),
        "scores": [_score(score) for score in evaluation.scores],
        "schemes": {scheme: asdict(score) for scheme, score in evaluation.schemes.items()},
        "reliability": [
            {
                "layer": one.layer,
                "label": one.label,
                "error": calibration_error(one.bins),
                "number": sum(found.number for found in one.bins),
                "bins": [asdict(found) for found in one.bins],
            }
            for one in evaluation.reliability
        ],
        "breakdowns": {
            dimension: {
                category: {layer: _counts(counts) for layer, counts in layers.items()}
                for category, layers in categories.items()
            }
            for dimension, categories in evaluation.breakdowns.items()
        },
        "confusion": evaluation.confusion,
        "mistake_counts": [
            {"kind": kind, "label": label, "number": number}
            for kind, label, number in count_mistakes(evaluation.mistakes)
        ],
        "mistakes": mistakes,
        "sentences": sentences.records,
    }
    if against is not None:
        record["against"] = _signature(against)
        record["differences"] = [
            {"layer": one.layer, "label": one.label, **asdict(one.comparison)} for one in differences
        ]
    return record


def _signature(evaluation: Evaluation) -> Record:
    return {**asdict(evaluation.signature), "text": str(evaluation.signature)}


def _score(score: Score) -> Record:
    return {
        "layer": score.layer,
        "label": score.label,
        **_counts(score.counts),
        "interval": asdict(score.interval) if score.interval else None,
        "holding": sum(counts.reference > 0 for counts in score.reports),
        "per_report": [[counts.matched, counts.reference, counts.predicted] for counts in score.reports],
    }


def _counts(counts: Counts) -> Record:
    return {
        **asdict(counts),
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
    }


def _mistake(mistake: Mistake, sentences: _Sentences) -> Record:
    number = sentences.number_of(mistake)
    start = sentences.records[number]["start"]
    return {
        "kind": str(mistake.kind),
        "label": mistake.label,
        "report_id": mistake.report_id,
        "place": mistake.place,
        "reference": mistake.reference.text if mistake.reference else None,
        "predicted": mistake.predicted.text if mistake.predicted else None,
        "gold_spans": _spans(mistake.reference, start),
        "predicted_spans": _spans(mistake.predicted, start),
        "detail": mistake.detail,
        "sentence": number,
    }


class _Sentences:
    """The sentences that hold a mistake, each once, with the marks of both sides."""

    def __init__(self, compared: Sequence[ComparedReport]) -> None:
        self.records: list[Record] = []
        self._reports = {one.gold.report_id: (one, Surroundings(one)) for one in compared}
        self._numbers: dict[tuple[str, int], int] = {}

    def number_of(self, mistake: Mistake) -> int:
        """Give the number of the sentence that holds a mistake."""
        one, around = self._reports[mistake.report_id]
        start, end = around.sentence(mistake.place)
        number = self._numbers.setdefault((mistake.report_id, start), len(self.records))
        if number == len(self.records):
            self.records.append(
                {
                    "report_id": mistake.report_id,
                    "start": start,
                    "text": one.report.text[start:end],
                    "gold": _marks(one.gold.annotation(), start, end),
                    "predicted": _marks(one.prediction.annotation, start, end),
                }
            )
        return number


def _marks(annotation: Annotation, start: int, end: int) -> Record:
    """Give the spans and relations of a sentence, by offsets into it."""
    spans = [entity_item(entity) for entity in annotation.entities]
    pairs = zip(annotation.relations, resolve(annotation, annotation.relations), strict=True)
    links = [relation_item(relation.label, *pair) for relation, pair in pairs]
    return {
        "spans": [_mark(item, start) for item in spans if start <= item.place < end],
        "links": [_mark(item, start) for item in links if start <= item.place < end],
    }


def _mark(item: Item, start: int) -> Record:
    return {"label": item.label, "spans": _spans(item, start), "text": item.text}


def _spans(item: Item | None, start: int) -> list[list[int]]:
    return [[one - start, other - start] for one, other in item.spans] if item else []
