import pytest

from zhibiao.annotation.remarks import apply_words, is_doubt, read_remark
from zhibiao.corpus.gold import GoldFact
from zhibiao.errors import InputError
from zhibiao.labels import Aspect, Direction, FactStatus, RelationLabel

FACT = GoldFact(relation=3, status=FactStatus.ACTUAL, aspect=Aspect.NEW, period="2024")


@pytest.mark.parametrize(
    ("words", "label", "changed"),
    [
        ("target 2025", RelationLabel.HAS_VALUE, {"status": "target", "period": "2025"}),
        ("null", RelationLabel.HAS_VALUE, {"period": None}),
        ("level", RelationLabel.HAS_RANK, {"aspect": "level"}),
        ("down", RelationLabel.HAS_CHANGE, {"direction": "down"}),
        ("=100.. unit:家 more", RelationLabel.HAS_VALUE, {"value_low": "100", "unit": "家", "approx": "more"}),
        (
            "#1-3 scope:全省",
            RelationLabel.HAS_RANK,
            {"rank_low": 1, "rank_high": 3, "rank_kind": "band", "scope": "全省"},
        ),
    ],
)
def test_words_change_what_they_name_and_nothing_else(words: str, label: RelationLabel, changed: dict) -> None:
    fact = FACT.model_copy(update={"direction": Direction.UP}) if label is RelationLabel.HAS_CHANGE else FACT
    after = apply_words(fact, label, words.split()).model_dump(mode="json")
    assert {name: value for name, value in after.items() if value != fact.model_dump(mode="json")[name]} == changed


def test_a_word_that_is_none_is_named() -> None:
    with pytest.raises(InputError, match="plan"):
        apply_words(FACT, RelationLabel.HAS_VALUE, ["plan"])


@pytest.mark.parametrize("text", ["这句看不懂", "？150家: target", "150家：是去年的吧", "http://a: b"])
def test_talk_and_doubts_are_no_decisions(text: str) -> None:
    assert [said for said in read_remark(text) if said.figure.endswith("家")] == []


def test_a_doubt_is_known_by_its_mark() -> None:
    assert [is_doubt(text) for text in ("? 句子", "好的\n？另一句", "150家: target")] == [True, True, False]
