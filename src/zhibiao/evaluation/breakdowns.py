"""Where a system does well and where not: its counts by properties of the report, the sentence and the figure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence

from zhibiao.corpus.statistics import figure_shape
from zhibiao.evaluation.outcomes import ComparedReport, Item, Layer, Outcome, count_outcomes
from zhibiao.facts.context import section_at
from zhibiao.labels import EntityLabel, SectionStatus
from zhibiao.scoring.counts import Counts

BROKEN_DOWN = (Layer.ENTITIES, Layer.RELATIONS, Layer.FACTS)
LENGTHS = (30, 60, 120)
# Places mended per 1,000 characters.
DIRT = (1, 10)


class Surroundings:
    """What stands around a place of a gold report."""

    def __init__(self, compared: ComparedReport) -> None:
        self.gold, self.report = compared.gold, compared.report
        self._starts = [start for start, _ in self.report.sentences]
        self._figures = sorted(
            (entity.start_offset, entity.text, entity.label)
            for entity in self.gold.entities
            if entity.label in (EntityLabel.AMOUNT, EntityLabel.RANK)
        )

    def sentence(self, place: int) -> tuple[int, int]:
        """Give the sentence that holds a place."""
        number = bisect_right(self._starts, place) - 1
        return self.report.sentences[number] if number >= 0 else (0, len(self.report.text))

    def report_id(self, item: Item) -> str:
        """Name the report."""
        return self.gold.report_id

    def origin(self, item: Item) -> str:
        """Tell real from authored reports."""
        return self.gold.origin

    def section(self, item: Item) -> str:
        """Tell what the section speaks of."""
        section = section_at(self.report, item.place)
        return str(section.status if section else SectionStatus.OTHER)

    def figure(self, item: Item) -> str:
        """Name the shape of the item's figure; of an ORG or METRIC none."""
        if item.label in (EntityLabel.ORG, EntityLabel.METRIC):
            return "no figure"
        start, end = item.spans[0] if item.label == "HELD_BY" else item.spans[-1]
        ranks = {place for place, _, label in self._figures if label is EntityLabel.RANK}
        return (
            "rank"
            if item.label in ("RANK", "HAS_RANK", "rank") or start in ranks
            else figure_shape(self.report.text[start:end])
        )

    def list_shape(self, item: Item) -> str:
        """Tell how many figures the sentence holds, and whether 分别 or 均 shares them out."""
        start, end = self.sentence(item.place)
        text = self.report.text[start:end]
        if "分别" in text:
            return "分别"
        if "均" in text.replace("人均", "").replace("平均", "").replace("户均", ""):
            return "均"
        figures = sum(start <= place < end for place, _, _ in self._figures)
        return "4 figures or more" if figures > 3 else f"{figures} figure{'s' * (figures != 1)}"

    def sentence_length(self, item: Item) -> str:
        """Tell how long the sentence is, in characters."""
        start, end = self.sentence(item.place)
        return _band(end - start, LENGTHS)

    def noise(self, item: Item) -> str:
        """Tell how often cleaning had to mend the report, per 1,000 characters."""
        mended = self.gold.header.mended if self.gold.header else 0
        return _band(1000 * mended / len(self.gold.text), DIRT)


DIMENSIONS: Mapping[str, Callable[[Surroundings, Item], str]] = {
    "report": Surroundings.report_id,
    "origin": Surroundings.origin,
    "section": Surroundings.section,
    "figure": Surroundings.figure,
    "figures in the sentence": Surroundings.list_shape,
    "characters of the sentence": Surroundings.sentence_length,
    "places mended per 1,000 characters": Surroundings.noise,
}


def break_down(compared: Sequence[ComparedReport]) -> dict[str, dict[str, dict[Layer, Counts]]]:
    """Count spans, relations and facts by each dimension and category.

    Returns
    -------
    dict
        Dimension → category → layer → counts; the categories in order of their names.
    """
    outcomes: dict[str, dict[str, dict[Layer, list[Outcome]]]] = {dimension: {} for dimension in DIMENSIONS}
    for one in compared:
        around = Surroundings(one)
        for outcome in one.outcomes:
            if outcome.layer in BROKEN_DOWN:
                for dimension, name in DIMENSIONS.items():
                    layers = outcomes[dimension].setdefault(name(around, outcome.item), {})
                    layers.setdefault(outcome.layer, []).append(outcome)
    return {
        dimension: {
            category: {layer: count_outcomes(found) for layer, found in layers.items()}
            for category, layers in sorted(categories.items(), key=lambda item: _order(item[0]))
        }
        for dimension, categories in outcomes.items()
    }


def _band(number: float, limits: Iterable[int]) -> str:
    """Name the band a number falls in.

    Examples
    --------
    >>> [_band(number, (30, 60)) for number in (5, 30, 99)]
    ['under 30', '30 to 59', '60 or more']
    """
    low = 0
    for limit in limits:
        if number < limit:
            return f"under {limit}" if low == 0 else f"{low} to {limit - 1}"
        low = limit
    return f"{low} or more"


def _order(category: str) -> tuple[bool, int, str]:
    """Sort bands by where they begin, in front of names.

    Examples
    --------
    >>> sorted(["review", "60 or more", "30 to 59", "under 30"], key=_order)
    ['under 30', '30 to 59', '60 or more', 'review']
    """
    first = category.split(maxsplit=1)[0]
    band = first == "under" or first.isdigit()
    return (not band, int(first) if first.isdigit() else -1, category)
