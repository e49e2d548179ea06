import pytest

from zhibiao.facts.places import count_from_bottom, count_from_top, find_size, is_tied
from zhibiao.numbers.mentions import RankValue
from zhibiao.numbers.ranks import parse_rank


def rank_of(marked: str) -> tuple[RankValue, str, int, int]:
    """Read the rank in brackets, and give the text without them with the place of the rank."""
    front, _, rest = marked.partition("[")
    figure, _, behind = rest.partition("]")
    rank = parse_rank(figure)
    assert rank is not None
    return rank, front + figure + behind, len(front), len(front) + len(figure)


@pytest.mark.parametrize(
    ("figure", "size", "places"),
    [
        ("第4位", None, (4, 4)),
        ("前三", 16, (1, 3)),
        ("倒数第四", 22, (19, 19)),
        ("末位", 13, (13, 13)),
        ("后五位", 20, (16, 20)),
        # where nobody says how many compete, the place from the top is unknown
        ("倒数第四", None, (None, None)),
        ("垫底", None, (None, None)),
        ("前列", None, (None, None)),
    ],
)
def test_places_are_counted_from_the_top(figure: str, size: int | None, places: tuple[int | None, int | None]) -> None:
    rank = parse_rank(figure)
    assert rank is not None
    assert count_from_top(rank, size) == places


@pytest.mark.parametrize(
    ("figure", "place"),
    [
        ("倒数第二", 2),
        ("末位", 1),
        ("垫底", 1),
        ("最后一名", 1),
        ("并列倒数第三", 3),
        # a band: within the last five
        ("后五位", 5),
        ("末两位", 2),
        # the lowest ever, and the highest
        ("历史新低", 1),
        ("历史新高", None),
        ("第4位", None),
        ("前三", None),
        ("前列", None),
    ],
)
def test_places_are_counted_from_the_bottom_where_the_text_does(figure: str, place: int | None) -> None:
    assert count_from_bottom(rank_of(f"[{figure}]")[0]) == place


@pytest.mark.parametrize(
    ("marked", "told", "size"),
    [
        ("[第4位]", 16, 16),
        ("居[第3位]（共16个市）", None, 16),
        ("居[第三]（全省共十六个市），增长", None, 16),
        ("居[第3位]（前移2位）", None, None),
        ("居[第3位]（其中2个县）", None, None),
        # what is smaller than the place counts something else
        ("在3个方面排[第4位]", 3, None),
        ("[倒数第四]", 3, None),
        ("[前列]", 12, 12),
    ],
)
def test_the_number_that_compete(marked: str, told: int | None, size: int | None) -> None:
    rank, text, _, end = rank_of(marked)
    assert find_size(rank, told, text, end) == size


@pytest.mark.parametrize(
    ("marked", "tied"),
    [
        ("与平川区[并列倒数第一]，", True),
        ("与绩溪县并列居[全省第3位]，", True),
        ("两县同居[全市第五]。", True),
        ("排[第5位]（并列）。", True),
        ("排[第5位]，与花岩镇并列；", True),
        ("由去年的[第8位]升至第5位", False),
        ("排[第8位]，与南山区并列第一", False),
        ("排[第8位]，与花岩镇相差2分", False),
    ],
)
def test_a_place_may_be_shared(marked: str, tied: bool) -> None:
    assert is_tied(*rank_of(marked)) is tied
