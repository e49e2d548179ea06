import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from zhibiao.cli import make_app
from zhibiao.corpus.gold import read_gold, write_gold

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "annotations" / "gold"


@pytest.fixture(autouse=True)
def in_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for name in ("DOCCANO_URL", "DOCCANO_USER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DOCCANO_PASSWORD", "p")


def run(*arguments: object, typed: str = "") -> Result:
    return CliRunner().invoke(make_app(), ["annotate", *map(str, arguments)], input=typed)


@pytest.fixture
def pulled(tmp_path: Path) -> Path:
    """A round in which two annotators differ in one span of one report."""
    gold = read_gold(GOLD / "a001.jsonl")
    for name in ("anna", "bo"):
        folder = tmp_path / "r" / "pulled" / name / "candidates"
        folder.mkdir(parents=True)
        write_gold(gold, folder)
    org = next(entity for entity in gold.entities if entity.label == "ORG")
    relations = [one for one in gold.relations if org.id not in (one.from_id, one.to_id)]
    entities = [entity for entity in gold.entities if entity is not org]
    kept = {one.id for one in relations}
    facts = [fact for fact in gold.facts if fact.relation in kept]
    write_gold(gold.model_copy(update={"entities": entities, "relations": relations, "facts": facts}), folder)
    events = [
        {"change": "kept", "label": "METRIC", "was": None, "suggested_by": ["metric_rules"]},
        {"change": "removed", "label": "ORG", "was": None, "suggested_by": ["org_rules"]},
        {"change": "added", "label": "RANK", "was": None, "suggested_by": []},
    ]
    history = tmp_path / "r" / "pulled" / "anna" / "history.jsonl"
    history.write_text("".join(json.dumps(event) + "\n" for event in events))
    return tmp_path / "r"


def test_every_command_shows_an_example() -> None:
    for command in ("push", "pull", "status", "agree", "settle", "next", "diff"):
        assert f"Example: zhibiao annotate {command}" in " ".join(run(command, "--help").stdout.split())


def test_agree_shows_the_pair_and_its_alpha(pulled: Path) -> None:
    result = run("agree", pulled)
    assert result.exit_code == 0
    (row,) = [line for line in result.stdout.splitlines() if "│ ORG " in line]
    assert "anna, bo" in row
    assert "1.000" not in row
    assert any("│ METRIC " in line and line.count("1.000") == 3 for line in result.stdout.splitlines())


def test_settle_asks_and_writes_gold(pulled: Path, tmp_path: Path) -> None:
    left = run("settle", pulled, "--gold", tmp_path / "gold", typed="q\n")
    assert (left.exit_code, "1 open" in left.stderr) == (3, True)
    asked = run("settle", pulled, "--gold", tmp_path / "gold", typed="x\n" + "1\n" * 30)
    assert asked.exit_code == 0
    assert "1  anna: ORG" in asked.stdout
    assert read_gold(tmp_path / "gold" / "a001.jsonl").entities == read_gold(GOLD / "a001.jsonl").entities


def test_diff_counts_by_rule_and_label(pulled: Path) -> None:
    result = run("diff", pulled)
    rows = [line.split("│")[1:-1] for line in result.stdout.splitlines() if "_rules" in line]
    assert [[cell.strip() for cell in row] for row in rows] == [
        ["org_rules", "ORG", "1", "0", "0", "0", "1", "0.000"],
        ["metric_rules", "METRIC", "1", "1", "0", "0", "0", "1.000"],
    ]


def test_next_leaves_out_what_is_annotated_and_writes_the_queue(tmp_path: Path) -> None:
    files = [GOLD / f"{name}.jsonl" for name in ("a001", "a002", "a003")]
    queue = tmp_path / "queue.jsonl"
    result = run("next", *files, "--known", GOLD / "a002.jsonl", "--order", "novelty", "-o", queue)
    assert result.exit_code == 0
    assert {json.loads(line)["report_id"] for line in queue.read_text().splitlines()} == {"a001", "a003"}
    assert run("next", GOLD / "a001.jsonl", "--known", GOLD).exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("pull", "nowhere"), "begin one with zhibiao annotate push"),
        (("agree", "nowhere"), "push with --double"),
        (("settle", "nowhere"), "annotated by both"),
        (("diff", "nowhere"), "zhibiao annotate pull"),
        (("next", GOLD / "a001.jsonl", "--order", "best"), "an order is one of"),
        (("push", "nowhere"), "--annotator"),
        (("push", "nowhere", GOLD / "a001.jsonl", "--annotator", "a/b"), "no name of an account"),
        (("push", "nowhere", GOLD / "a001.jsonl", "--annotator", "a", "--way", "pigeon"), "a way is one of"),
        (("push", "nowhere", GOLD / "a001.jsonl", "--annotator", "a", "--url", "http://10.0.0.1"), "over https alone"),
        (
            ("push", "nowhere", GOLD / "a001.jsonl", "--annotator", "a", "--url", "http://127.0.0.1:9"),
            "is the server up",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(tmp_path: Path, arguments: tuple[object, ...], message: str) -> None:
    placed = [tmp_path / "nowhere" if one == "nowhere" else one for one in arguments]
    result = run(*placed)
    assert result.exit_code == 1
    assert message in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_push_lists_every_fault_before_it_asks_the_server(tmp_path: Path) -> None:
    gold = json.loads((GOLD / "a001.jsonl").read_text("utf-8"))
    gold["entities"][1]["end_offset"] = gold["entities"][2]["end_offset"]
    gold["relations"][0]["to_id"] = 9999
    (tmp_path / "a001.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    result = run("push", tmp_path / "r", tmp_path / "a001.jsonl", "--annotator", "anna")
    assert result.exit_code == 1
    assert [kind in result.stdout for kind in ("overlap", "other text", "missing span")] == [True] * 3
    assert "nothing was sent" in result.stderr
    assert not (tmp_path / "r" / "round.json").exists()
