import re
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from zhibiao.evaluation.markdown import escape, make_table, render_markdown
from zhibiao.evaluation.record import Record

SENTENCES = "".join(f"⟦O{n}1:宁国市⟧⟦M{n}2:高企总数⟧达⟦A{n}3:{n}25家⟧。" for n in range(1, 5))
RELATIONS = "".join(f"\nM{n}2 A{n}3 value =%d unit:家\nA{n}3 O{n}1 held" % (100 * n + 25) for n in range(1, 5))
GOLD = f"{SENTENCES}\n====\nperiod 2021{RELATIONS}"
# In each report a wrong boundary, and a missed span with its relation.
WORSE = GOLD.replace("⟦M12:高企总数⟧", "高企⟦M12:总数⟧").replace("⟦O21:宁国市⟧", "宁国市").replace("\nA23 O21 held", "")
RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])

RecordOf = Callable[..., Record]


def rows_of(markdown: str, heading: str) -> dict[str, list[str]]:
    """Read the first table behind a heading: first cell → the others."""
    lines = markdown[markdown.index(heading) :].split("\n\n")
    table = next(block for block in lines if block.startswith("|"))
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    return {row[0]: row[1:] for row in cells}


def test_scores_are_those_of_the_record(record_of: RecordOf) -> None:
    record = record_of(GOLD, WORSE, reports=7)
    markdown = render_markdown(record)
    assert record["signature"]["text"] in markdown
    assert rows_of(markdown, "**entities, strict**")["METRIC"] == [
        "28",
        "28",
        "0.750",
        "0.750",
        "0.750",
        "0.750 to 0.750",
    ]
    assert rows_of(markdown, "**entities, strict**")["ORG"][:5] == ["28", "21", "1.000", "0.750", "0.857"]
    assert rows_of(markdown, "**slots of facts**")["value"] == ["28", "28", "1.000", "1.000 to 1.000"]
    assert rows_of(markdown, "### F1 by report")["g3"][:2] == ["10 of 12", "12"]
    assert rows_of(markdown, "### Labels")["ORG"] == ["21", "0", "0", "0", "7"]
    assert rows_of(markdown, "four schemes")["type"] == ["1.000", "0.917", "0.957"]


def test_few_items_are_told_as_counts(record_of: RecordOf) -> None:
    markdown = render_markdown(record_of(GOLD, WORSE))
    assert rows_of(markdown, "**entities, strict**")["METRIC"] == [
        "4",
        "4",
        "3 of 4",
        "3 of 4",
        "3 of 4",
        "too few to say",
    ]


def test_a_mistake_shows_gold_against_predicted(record_of: RecordOf) -> None:
    markdown = render_markdown(record_of(GOLD, WORSE))
    examples = markdown[markdown.index("boundary left, METRIC: 1") :]
    assert "- gold: 宁国市⟦METRIC:高企总数⟧达125家。" in examples
    assert "- predicted: 宁国市高企⟦METRIC:总数⟧达125家。" in examples
    missed = markdown[markdown.index(" missed, ORG: 1") :]
    assert missed.splitlines()[2:5] == [
        "- g0, character 17",
        "  - gold: ⟦ORG:宁国市⟧高企总数达225家。",
        "  - predicted: nothing",
    ]


def test_examples_are_three_of_different_reports(record_of: RecordOf) -> None:
    markdown = render_markdown(record_of(GOLD, re.sub(r"⟦\w+:|⟧|\n.*", "", GOLD, flags=re.S), reports=4))
    examples = markdown[markdown.index(" missed, ORG: 16") :].split("\n\n")[1]
    assert re.findall(r"^- (\w+),", examples, flags=re.M) == ["g0", "g1", "g2"]


def test_a_second_system_is_compared(record_of: RecordOf) -> None:
    markdown = render_markdown(record_of(GOLD, WORSE, GOLD, reports=7))
    assert "system1 less F1 of" in markdown
    (row,) = [line for line in markdown.splitlines() if re.match(r"\| entities, strict +\| all ", line)]
    _, verdict, difference, *_ = [cell.strip() for cell in row.strip("| ").split("|")][1:]
    assert (verdict.endswith("system1 is better"), difference) == (True, "+0.130")


def test_what_was_not_marked_by_anybody_makes_a_report_too(record_of: RecordOf) -> None:
    markdown = render_markdown(record_of("今年没有数。", "今年没有数。"))
    assert "Neither the gold nor the system has anything." in markdown
    assert "### Mistakes\n\nNone." in markdown


def test_texts_cannot_become_markup(record_of: RecordOf) -> None:
    text = "⟦O1:<img src=x>局⟧|*有*⟦M2:</script>总数`⟧&lt;⟦A3:3家⟧𠮷_a_。"
    markdown = render_markdown(record_of(f"{text}\n====\nM2 A3 value", re.sub(r"⟦\w+:|⟧", "", text)))
    page = html.fromstring(RENDERER.render(markdown))
    assert page.xpath("//img | //script | //em") == []
    assert "gold: ⟦ORG:<img src=x>局⟧|*有*</script>总数`&lt;3家𠮷_a_。" in page.text_content()


def test_every_table_is_whole(record_of: RecordOf) -> None:
    markdown = render_markdown(record_of(GOLD, WORSE, GOLD))
    for block in markdown.split("\n\n"):
        if block.startswith("|"):
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1
    assert RENDERER.render(markdown).count("<table>") == len(re.findall(r"^\| ---", markdown, flags=re.M))


@given(st.text(alphabet="a高 _*`~<>/!?|[]()&#;\\\"'-=+1.:𠮷", min_size=1))
def test_an_escaped_text_shows_as_it_is(text: str) -> None:
    shown = html.fromstring(RENDERER.render(make_table(["head"], [[f"x {text} x"]]))).xpath("//td")[0].text_content()
    assert shown == " ".join(f"x {text} x".split())


def test_labels_stay_readable() -> None:
    assert escape("HAS_VALUE p < 0.001") == "HAS_VALUE p < 0.001"
