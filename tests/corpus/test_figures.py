from decimal import Decimal
from pathlib import Path

import pytest

from zhibiao.corpus.figures import StatedFigure, StatedFigures, read_stated_figures
from zhibiao.corpus.gold import read_gold
from zhibiao.errors import InputError
from zhibiao.labels import EntityLabel
from zhibiao.numbers.amounts import parse_amount
from zhibiao.numbers.ranks import parse_rank

ROOT = Path(__file__).parents[2]
STATED = read_stated_figures(ROOT / "annotations/figures.csv")


def test_every_figure_of_the_gold_has_a_stated_meaning() -> None:
    figures = {
        (entity.label, entity.text)
        for path in (ROOT / "annotations/gold").glob("*.jsonl")
        for entity in read_gold(path).entities
        if entity.label in (EntityLabel.AMOUNT, EntityLabel.RANK)
    }
    assert [figure for figure in sorted(figures) if STATED.meaning(*figure) is None] == []


def agrees(stated: StatedFigure) -> bool:
    """Tell whether our grammar reads a figure as people do; to five digits, since 三分之一 is 33.3333 for a person."""
    if stated.label is EntityLabel.RANK:
        rank = parse_rank(stated.text)
        # A place counted from the bottom is no place from the top.
        places = None if rank is None else (None, None) if rank.from_bottom else (rank.low, rank.high)
        return rank is not None and (places, rank.kind) == ((stated.low, stated.high), stated.rank_kind)
    amount = parse_amount(stated.text)
    if amount is None or (amount.unit, amount.approx) != (stated.unit, stated.approx):
        return False
    return all(
        one is other if one is None or other is None else abs(one - other) <= abs(one) * Decimal("1e-5")
        for one, other in ((stated.low, amount.low), (stated.high, amount.high))
    )


def test_the_grammar_reads_the_shapes_of_the_gold_as_people_do() -> None:
    wrong = [stated.text for stated in STATED.stated if not agrees(stated)]
    # 一周内, 三个多月, 十几家, 十来天, 四分之一强, 零下三十度 and their like: 11 of 1,069 when this was written.
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize(
    ("label", "text", "low", "high"),
    [
        (EntityLabel.AMOUNT, "5-12家", 5, 12),
        (EntityLabel.AMOUNT, "1,250家", 1250, 1250),
        (EntityLabel.AMOUNT, "0.5亿元", 50_000_000, 50_000_000),
        (EntityLabel.RANK, "第7位", 7, 7),
    ],
)
def test_what_differs_in_its_numbers_alone_follows_by_proportion(
    label: EntityLabel, text: str, low: int, high: int
) -> None:
    meaning = STATED.meaning(label, text)
    assert meaning is not None
    assert (meaning.low, meaning.high) == (low, high)


def test_a_field_in_front_of_a_rank_does_not_scale_it() -> None:
    stated = StatedFigure(EntityLabel.RANK, "15个城市第3位", Decimal(3), Decimal(3))
    meaning = StatedFigures((stated,)).meaning(EntityLabel.RANK, "103个城市第9位")
    assert meaning is not None and meaning.low == meaning.high == 9


def test_a_shape_that_nobody_stated_has_no_meaning() -> None:
    assert STATED.meaning(EntityLabel.AMOUNT, "4567京元") is None


def test_a_broken_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    with pytest.raises(InputError, match="no such file"):
        read_stated_figures(path)
    path.write_text("kind,figure,low,high,unit,approx_or_rank_kind,scope\namount,3家,drei,3,家,exact,\n", "utf-8")
    with pytest.raises(InputError, match="not a file of stated figures"):
        read_stated_figures(path)
