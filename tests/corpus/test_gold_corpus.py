"""The gold corpus itself: it keeps the standard, stays apart by split, and is written without templates."""

from pathlib import Path

import pytest

from zhibiao.corpus.build import build_gold, source_of
from zhibiao.corpus.check import check_gold
from zhibiao.corpus.gold import GoldReport, read_gold
from zhibiao.corpus.splits import near_duplicates, read_splits, shared_with_others

ROOT = Path(__file__).parents[2]
GOLD, AUTHORED, RAW = ROOT / "annotations" / "gold", ROOT / "corpus" / "authored", ROOT / "corpus" / "raw"
# A report may share this much of its 12-grams with others: stock phrases of the genre, names of plans and indicators.
SHARED = 0.02


@pytest.fixture(scope="module")
def gold() -> dict[str, GoldReport]:
    return {path.stem: read_gold(path) for path in sorted(GOLD.glob("*.jsonl"))}


def test_every_gold_file_keeps_the_standard(gold: dict[str, GoldReport]) -> None:
    assert [str(finding) for report in gold.values() for finding in check_gold(report)] == []


def test_gold_is_what_the_marked_copies_say(gold: dict[str, GoldReport]) -> None:
    marked = [path for name in ("marked", "settled") for path in sorted((ROOT / "annotations" / name).glob("*.txt"))]
    assert {path.stem for path in marked} == gold.keys()
    for path in marked:
        assert build_gold(path, source_of(path, authored=AUTHORED, raw=RAW)) == gold[path.stem]


def test_every_report_stands_in_one_split_and_the_real_ones_never_train(gold: dict[str, GoldReport]) -> None:
    split_of = read_splits(ROOT / "corpus" / "splits.toml")
    assert split_of.keys() == gold.keys()
    assert all(split_of[name] == split_of[name.rstrip("d")] for name in gold if name.rstrip("d") in gold)
    for name, report in gold.items():
        assert (split_of[name] in ("dev", "test")) == (report.origin == "real")


def test_no_near_duplicate_stands_on_the_other_side(gold: dict[str, GoldReport]) -> None:
    split_of = read_splits(ROOT / "corpus" / "splits.toml")
    # A dirty twin (a010d) is its clean report once more, and stands beside it.
    pairs = list(near_duplicates({name: report.text for name, report in gold.items()}))
    assert [(a, b) for a, b, _ in pairs if split_of[a] != split_of[b]] == []
    assert [(a, b) for a, b, _ in pairs if a.rstrip("d") != b.rstrip("d")] == []


def test_authored_reports_share_no_sentences(gold: dict[str, GoldReport]) -> None:
    # A clean report and its dirty twin are one text.
    texts = {name.rstrip("d"): report.text for name, report in gold.items() if report.origin == "authored"}
    assert len(texts) >= 120
    shares = shared_with_others(texts)
    assert {name: share for name, share in shares.items() if share > SHARED} == {}


def test_a_fifth_is_dirty_and_half_of_it_has_a_clean_twin(gold: dict[str, GoldReport]) -> None:
    dirty = {name for name in gold if name.endswith("d")}
    assert len(dirty) == 42
    assert len({name for name in dirty if name.rstrip("d") in gold}) == 21
    for name in dirty & {f"{name}d" for name in gold}:
        clean, found = gold[name.rstrip("d")], gold[name]
        assert [entity.text for entity in clean.entities] == [entity.text for entity in found.entities]


def test_the_size_is_what_training_needs(gold: dict[str, GoldReport]) -> None:
    authored = [report for report in gold.values() if report.origin == "authored"]
    figures = sum(entity.label in ("AMOUNT", "RANK") for report in authored for entity in report.entities)
    assert sum(len(report.text) for report in authored) >= 150_000
    assert figures >= 6_000
    assert all(800 <= len(report.text) <= 3_300 for report in authored)
