"""The reports that systems are compared on, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhibiao.corpus.gold import GoldReport
from zhibiao.records import Annotation, Report

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GoldText:
    """A gold report with its annotation, read once."""

    report: Report
    annotation: Annotation

    @classmethod
    def of(cls, gold: GoldReport) -> GoldText:
        """Read a gold report."""
        return cls(gold.report(), gold.annotation())

    @property
    def sentences(self) -> Sequence[Span]:
        """Give the sentences' ends in the text."""
        return self.report.sentences


# System to what it annotated, report by report.
Annotated = Mapping[str, Sequence[Annotation]]


def sentence_texts(golds: Sequence[GoldText]) -> list[str]:
    """List the sentences of all reports."""
    return [gold.report.text[start:end] for gold in golds for start, end in gold.sentences]


def by_report(golds: Sequence[GoldText], answers: Sequence[Sequence[Any]]) -> list[list[tuple[int, Any]]]:
    """Put what was found in sentences back to reports, each with where its sentence begins."""
    rest = iter(answers)
    return [[(start, one) for start, _ in gold.sentences for one in next(rest)] for gold in golds]
