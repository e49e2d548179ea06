r"""zhibiao beside other systems on the same reports: figures, organisations, relations; one Markdown table per question.

    python3.11 -m venv build/figures
    build/figures/bin/pip install jionlp==1.5.31 recognizers-text-suite==1.0.2a2 'emoji<2' setuptools
    python3.11 -m venv build/cutword && build/cutword/bin/pip install cutword==0.1.1 torch numpy opencc pyahocorasick tqdm
    python3.11 -m venv build/fool && build/fool/bin/pip install --no-deps foolnltk==0.1.7
    build/fool/bin/pip install tensorflow-cpu
    # the folder tutorials/rel_component of github.com/explosion/projects to build/rel_component
    .venv/bin/python scripts/compare_systems.py --train-recipe 600 --recipe build/rel_component
    .venv/bin/python scripts/compare_systems.py --split test --pipeline models/zhibiao_zh_fast --pipeline models/zhibiao_zh_best \
        --figures build/figures/bin/python --cutword build/cutword/bin/python --fool build/fool/bin/python --recipe build/rel_component

None of them is a dependency. What a tool answered is kept under ``--cache``: with it the tables take the time that zhibiao's own
pipelines need. How each tool is spoken to, and what is mapped in its favour, stands at the top of the scripts in scripts/compare.

The recipe is taken as it is, but for two annotations in its scripts/rel_model.py that pydantic 2 asks for (``nO: Optional[int]``,
``nI: Optional[int]``).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from compare.figures import figure_lines
from compare.gold_texts import GoldText
from compare.organisations import organisation_lines
from compare.relations import relation_lines, train_recipe

from zhibiao.corpus.examples import read_gold_paths
from zhibiao.corpus.figures import read_stated_figures
from zhibiao.corpus.gold import GoldReport
from zhibiao.pipes.load import RULES, load_pipeline
from zhibiao.records import Annotation

GOLD, SPLITS, STATED = Path("annotations/gold"), Path("corpus/splits.toml"), Path("annotations/figures.csv")
SEEN = "All real reports were read while zhibiao's rules and number grammar were written; the recipe's stop and its second threshold were chosen on dev."


def main() -> None:
    """Print the tables, or train the recipe."""
    chosen = _arguments()
    if chosen.train_recipe:
        train_recipe(chosen.recipe, _read("train"), _read("dev", "authored_dev"), seconds=chosen.train_recipe)
        return
    reports = _read(*chosen.split)
    golds = [GoldText.of(gold) for gold in reports]
    annotated, given = _annotate(golds, [RULES, *chosen.pipeline])
    stated = read_stated_figures(STATED)
    pythons = {"cutword": chosen.cutword, "fool": chosen.fool}
    names = ", ".join(gold.report_id for gold in reports)
    lines = [f"{len(reports)} reports of {', '.join(chosen.split)}: {names}. {SEEN}", "", "## Figures", ""]
    lines += figure_lines(golds, annotated, stated, cache_folder=chosen.cache, python=chosen.figures)
    lines += ["", "## Organisations", ""]
    lines += organisation_lines(golds, annotated, cache_folder=chosen.cache, pythons=pythons)
    lines += ["", "## Relations", ""]
    lines += relation_lines(golds, annotated, given, cache_folder=chosen.cache, recipe=chosen.recipe)
    print("\n".join(lines))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", action="append", help="dev, authored_dev, test (default: dev and authored_dev)")
    parser.add_argument("--pipeline", action="append", default=[], help="a folder or package, besides the rules")
    parser.add_argument("--cache", type=Path, default=Path("build/compare"), help="folder of the answers")
    parser.add_argument("--figures", help="interpreter that has jionlp and recognizers-text-suite")
    parser.add_argument("--cutword", help="interpreter that has cutword")
    parser.add_argument("--fool", help="interpreter that has foolnltk")
    parser.add_argument("--recipe", type=Path, help="folder of the rel_component recipe")
    parser.add_argument("--train-recipe", type=int, metavar="SECONDS", help="train the recipe this long and stop")
    chosen = parser.parse_args()
    chosen.split = chosen.split or ["dev", "authored_dev"]
    if chosen.train_recipe and not chosen.recipe:
        parser.error("--train-recipe needs --recipe")
    return chosen


def _read(*splits: str) -> list[GoldReport]:
    return read_gold_paths([GOLD], splits=SPLITS, chosen=splits)


def _annotate(
    golds: list[GoldText], models: list[str]
) -> tuple[dict[str, list[Annotation]], dict[str, list[Annotation]]]:
    """Let each pipeline read the texts, and relate the gold entities."""
    reports, references = [gold.report for gold in golds], [gold.annotation for gold in golds]
    annotated, given = {}, {}
    for model in models:
        pipeline = load_pipeline(model)
        annotated[pipeline.name] = [read.annotation for read in pipeline.read(reports)]
        given[pipeline.name] = list(pipeline.relate(reports, references))
    return annotated, given


if __name__ == "__main__":
    main()
