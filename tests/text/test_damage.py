from pathlib import Path

import pytest

from zhibiao.text.cleaning import clean
from zhibiao.text.damage import find_damage

PREVIEW = Path(__file__).parents[2] / "corpus/raw/001_8ab899e49ca3ccd3.txt"


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("提高效率,确??萍加媱濏椖康捻樌麑施,开展检查", "??萍加媱濏椖康捻樌麑"),
        ("等涉??蒲谢氐闹С?,建成重点实验室", "??蒲谢氐闹С?"),
        ("贷款4.58亿元?！暗诹鶎弥袊鴮@?bull;宁波活动周", "?！暗诹鶎弥袊鴮@?bull;"),
        ("制作的锟斤拷锟斤拷课件", "锟斤拷锟斤拷"),
        ("高企\ufffd\ufffd家", "\ufffd\ufffd"),
        ("培训\ue123次", "\ue123"),
    ],
)
def test_broken_places_are_flagged_whole(text: str, broken: str) -> None:
    assert [text[flag.start : flag.end] for flag in find_damage(text)] == [broken]


@pytest.mark.parametrize(
    "text",
    [
        "上半年怎么样?材料都看了。",
        "问题在哪里??",
        "李喆、王祎副局长到埇桥区调研",
        "R&D经费、PM2.5、café、β射线、Ⅲ期",
        "烫伤急救、屯垦戍边",
    ],
)
def test_sound_text_is_not_flagged(text: str) -> None:
    assert find_damage(text) == ()


def test_the_broken_places_of_the_preview_are_kept_and_flagged() -> None:
    cleaned = clean(PREVIEW.read_text("utf-8"))
    broken = [cleaned.text[flag.start : flag.end] for flag in cleaned.flags]
    assert [piece[:3] for piece in broken] == ["??萍", "?!皟", "??蒲", "?!暗", "??萍"]
    assert {flag.kind for flag in cleaned.flags} == {"mojibake"}
