"""The vocabulary of the annotation standard: entity labels, relation labels, what may join what."""

from enum import StrEnum

# Of the annotation standard; raised whenever the same text may be annotated in another way.
STANDARD_VERSION = "2026-11"


class EntityLabel(StrEnum):
    """What a span is."""

    ORG = "ORG"
    METRIC = "METRIC"
    AMOUNT = "AMOUNT"
    RANK = "RANK"


# The spans of numbers; a METRIC names what they measure, an ORG holds them.
FIGURES = (EntityLabel.AMOUNT, EntityLabel.RANK)


class RelationLabel(StrEnum):
    """What joins two spans, head to child."""

    HAS_VALUE = "HAS_VALUE"
    HAS_CHANGE = "HAS_CHANGE"
    HAS_RANK = "HAS_RANK"
    HELD_BY = "HELD_BY"


LEGAL_PAIRS: dict[RelationLabel, frozenset[tuple[EntityLabel, EntityLabel]]] = {
    RelationLabel.HAS_VALUE: frozenset({(EntityLabel.METRIC, EntityLabel.AMOUNT)}),
    RelationLabel.HAS_CHANGE: frozenset({(EntityLabel.METRIC, EntityLabel.AMOUNT)}),
    RelationLabel.HAS_RANK: frozenset({(EntityLabel.METRIC, EntityLabel.RANK)}),
    RelationLabel.HELD_BY: frozenset({(EntityLabel.AMOUNT, EntityLabel.ORG), (EntityLabel.RANK, EntityLabel.ORG)}),
}


class SectionStatus(StrEnum):
    """What a section speaks of: what was done, what is planned, what is lacking."""

    REVIEW = "review"
    PLAN = "plan"
    PROBLEMS = "problems"
    OTHER = "other"


class FactKind(StrEnum):
    """Which relation a fact row stands for."""

    VALUE = "value"
    CHANGE = "change"
    RANK = "rank"


class Approx(StrEnum):
    """How far the number binds: 约 → about, 余 超 以上 → more, 不足 以下 → less."""

    EXACT = "exact"
    ABOUT = "about"
    MORE = "more"
    LESS = "less"


class Direction(StrEnum):
    """Where a change points; a gap is a distance to a reference."""

    UP = "up"
    DOWN = "down"
    GAP = "gap"


class RankKind(StrEnum):
    """An exact place, a place within a band (前列, 前三), or a record against the own past."""

    ORDINAL = "ordinal"
    BAND = "band"
    RECORD = "record"


class FactStatus(StrEnum):
    """Reached, planned, or expected."""

    ACTUAL = "actual"
    TARGET = "target"
    FORECAST = "forecast"


class Aspect(StrEnum):
    """Stock, addition, running total, or renewal."""

    LEVEL = "level"
    NEW = "new"
    CUMULATIVE = "cumulative"
    RENEWED = "renewed"


class CheckKind(StrEnum):
    """What a check looks at: one kind of question a careful reader asks of the figures."""

    UNIT = "unit"
    WHOLE = "whole"
    GROWTH = "growth"
    COMPLETION = "completion"
    REPEAT = "repeat"
    ATTAINMENT = "attainment"


class Verdict(StrEnum):
    """What a check says: two figures that cannot both hold, one a reader should look at, or a target beside its actual."""

    CONTRADICTION = "contradiction"
    NOTE = "note"
    PAIR = "pair"
