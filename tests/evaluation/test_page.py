import json
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256

import pytest
from lxml import html

from zhibiao.evaluation.page import Scale, render_page
from zhibiao.evaluation.record import Record

SENTENCES = "".join(f"⟦O{n}1:宁国市⟧⟦M{n}2:𠮷林高企总数⟧达⟦A{n}3:{n}25家⟧，居⟦R{n}4:第{n}⟧。" for n in range(1, 5))
RELATIONS = "".join(
    f"\nM{n}2 A{n}3 value =%d unit:家\nM{n}2 R{n}4 rank\nA{n}3 O{n}1 held" % (100 * n + 25) for n in range(1, 5)
)
GOLD = f"{SENTENCES}\n====\nperiod 2021{RELATIONS}"
# In each report a wrong boundary, a missed span with its relation, a wrong label, and a made-up span.
WORSE = (
    GOLD.replace("⟦M12:𠮷林高企总数⟧", "𠮷林⟦M12:高企总数⟧")
    .replace("⟦O21:宁国市⟧", "宁国市")
    .replace("\nA23 O21 held", "")
    .replace("⟦R34:第3⟧", "⟦A34:第3⟧")
    .replace("\nM32 R34 rank", "")
    .replace("居⟦R44:第4⟧", "⟦M45:居⟧⟦R44:第4⟧")
)
Element = html.HtmlElement
RecordOf = Callable[..., Record]


def read_page(record: Record) -> Element:
    return html.document_fromstring(render_page(record))


def data_of(page: Element) -> Record:
    return json.loads(page.get_element_by_id("data").text)


def cells(row: Element) -> list[str]:
    return [" ".join(cell.text_content().split()) for cell in row]


def line_of(page: Element, layer: str, label: str) -> Element:
    """Find a line of the tables of scores or differences."""
    (body,) = page.xpath(f"//section[@id='scores']//tbody[tr[@class='layer']/th/span='{layer}']")
    (row,) = body.xpath(f"tr[th='{label}']")
    return row


def test_every_score_stands_in_its_line_with_its_numbers(record_of: RecordOf) -> None:
    record = record_of(GOLD, WORSE, reports=7)
    page = read_page(record)
    assert cells(line_of(page, "entities, strict", "METRIC")) == [
        "METRIC",
        "0.667",
        "0.667 to 0.667",
        "",
        "0.600",
        "0.750",
        "28",
        "35",
    ]
    assert cells(line_of(page, "slots of facts", "value")) == ["value", "1.000", "1.000 to 1.000", "", "28", "28"]
    for score in record["scores"]:
        assert f"{score['f1']:.3f}" in cells(line_of(page, score["layer"], score["label"]))


def test_the_picture_shows_the_score_and_its_interval(record_of: RecordOf) -> None:
    record = record_of(GOLD, WORSE, reports=7)
    (score,) = [one for one in record["scores"] if (one["layer"], one["label"]) == ("entities, strict", "METRIC")]
    score["interval"] = {"low": 0.6, "high": 0.8, "level": 0.95}
    page = read_page(record)
    row = line_of(page, "entities, strict", "METRIC")
    ticks = page.xpath("(//table)[1]/thead//*[local-name()='text']")
    low, high = float(ticks[0].text), float(ticks[-1].text)
    (dot,), (whisker,) = row.xpath(".//*[@class='dot']"), row.xpath(".//*[@class='whisker']")
    ends = [dot.get("cx"), whisker.get("x1"), whisker.get("x2")]
    assert [low + (high - low) * float(end.rstrip("%")) / 100 for end in ends] == pytest.approx(
        [2 / 3, 0.6, 0.8], abs=0.001
    )


def test_few_items_have_counts_and_no_picture(record_of: RecordOf) -> None:
    row = line_of(read_page(record_of(GOLD, WORSE)), "entities, strict", "METRIC")
    assert cells(row) == ["METRIC", "3 of 4", "too few to say", "", "3 of 5", "3 of 4", "4", "5"]
    assert row.xpath(".//*[local-name()='circle']") == []


def test_an_undefined_score_is_no_zero(record_of: RecordOf) -> None:
    record = record_of(GOLD, WORSE, reports=7)
    for counts in (record["scores"][0], record["breakdowns"]["origin"]["authored"]["entities, strict"]):
        counts |= {"matched": 0, "reference": 0, "predicted": 0, "precision": None, "recall": None, "f1": None}
    record["scores"][0]["interval"] = None
    record["schemes"]["strict"]["f1"] = None
    page = read_page(record)
    assert cells(line_of(page, "entities, strict", "all")) == ["all", "–", "too few to say", "", "–", "–", "0", "0"]
    assert page.xpath("//tr[th='authored']/td[1]/span")[0].text == "–"
    assert cells(page.xpath("//tr[th='strict']")[0])[-1] == "–"


def test_every_mistake_has_its_sentence_with_the_marks_of_both_sides(record_of: RecordOf) -> None:
    record = record_of(GOLD, WORSE, reports=2)
    data = data_of(read_page(record))
    assert len(data["mistakes"]) == len(record["mistakes"]) == sum(one["number"] for one in record["mistake_counts"])
    for mistake in data["mistakes"]:
        sentence = data["sentences"][mistake["sentence"]]
        assert sentence["report_id"] == mistake["report_id"]
        assert sentence["start"] <= mistake["place"] < sentence["start"] + len(sentence["text"])
        for item, side in (("reference", "gold_spans"), ("predicted", "predicted_spans")):
            words = [sentence["text"][start:end] for start, end in mistake[side]]
            assert words == re.split(" [→=] ", mistake[item]) if mistake[item] else words == []
    assert {mistake["kind"] for mistake in data["mistakes"]} >= {"boundary left", "missed", "wrong label", "spurious"}


def test_classes_of_mistakes_are_counted_and_lead_to_the_list(record_of: RecordOf) -> None:
    record = record_of(GOLD, WORSE, reports=2)
    page = read_page(record)
    links = page.xpath("//ol[@class='classes']/li/a")
    assert [int(link.xpath("span[@class='n']")[0].text) for link in links] == [
        one["number"] for one in record["mistake_counts"]
    ]
    assert "#kind=boundary+left&label=METRIC" in [link.get("href") for link in links]
    options = {select.get("name"): select.xpath("option/text()")[1:] for select in page.xpath("//select")}
    # RANK is a span, rank the kind of a fact.
    assert set(options["label"]) == {mistake["label"] for mistake in record["mistakes"]} >= {"RANK", "METRIC"}
    assert set(options["kind"]) == {mistake["kind"] for mistake in record["mistakes"]}
    assert options["report"] == ["g0", "g1"]


def test_labels_that_differ_in_case_alone_stay_two(record_of: RecordOf) -> None:
    record = record_of(GOLD, WORSE)
    record["mistake_counts"] += [{"kind": "wrong period", "label": label, "number": 1} for label in ("RANK", "rank")]
    assert {"RANK", "rank"} <= set(read_page(record).xpath("//select[@name='label']/option/text()"))


def test_breakdowns_show_every_category(record_of: RecordOf) -> None:
    record = record_of(GOLD, WORSE, reports=2)
    page = read_page(record)
    for dimension, categories in record["breakdowns"].items():
        (table,) = page.xpath(f"//table[caption='F1 by {dimension}']")
        assert [row[0].text_content() for row in table.xpath("tbody/tr")] == list(categories)
    (metric,) = page.xpath("//table[caption='F1 by report']//tr[th='g1']/td[1]")
    assert cells(metric.getparent())[1] == "13 of 16"
    assert metric.xpath(".//*[@class='few']")[0].get("width") == f"{round(100 * 26 / 32, 1)}%"


def test_labels_confused_are_a_table_of_counts(record_of: RecordOf) -> None:
    page = read_page(record_of(GOLD, WORSE))
    rows = {row[0]: row[1:] for row in map(cells, page.xpath("//table[contains(@class, 'heat')]/tbody/tr"))}
    assert rows["RANK"] == ["0", "0", "1", "3", "0"]
    assert rows["nothing"] == ["0", "1", "0", "0", "–"]


def test_a_difference_names_the_better_system(record_of: RecordOf) -> None:
    record = record_of(GOLD, WORSE, GOLD, reports=7)
    page = read_page(record)
    (first, second) = (record[side]["system"] for side in ("signature", "against"))
    assert page.xpath("//section[@id='differences']/h2")[0].text == f"F1 of {second} less F1 of {first}"
    rows = page.xpath("//section[@id='differences']//tbody/tr[not(@class='layer')]")
    assert len(rows) == len(record["differences"])
    p_value = f"{record['differences'][0]['p_value']:.3f}"
    assert cells(rows[0]) == ["all", "+0.188", "+0.188 to +0.188", "", p_value, f"{second} is better"]


def test_differences_are_absent_without_a_second_system(record_of: RecordOf) -> None:
    assert read_page(record_of(GOLD, WORSE)).xpath("//*[@id='differences']") == []


def test_what_was_not_marked_by_anybody_makes_a_page_too(record_of: RecordOf) -> None:
    page = read_page(record_of("今年没有数。", "今年没有数。"))
    assert "Neither the gold nor the system has anything." in page.text_content()
    assert page.xpath("//form") == []
    assert data_of(page) == {"mistakes": [], "sentences": []}


def test_texts_cannot_become_markup(record_of: RecordOf) -> None:
    text = "⟦O1:<img src=x>'局\"⟧</script><script>alert(1)</script><!--⟦M2:𠮷总数&lt;⟧⟦A3:3家⟧。"
    record = record_of(f"{text}\n====\nM2 A3 value", re.sub(r"⟦\w+:|⟧", "", text))
    record["signature"]["system"] = "<img src=y>"
    record["notes"] = ["<b>gone</b>"]
    page = read_page(record)
    assert len(page.xpath("//script")) == 2
    assert page.xpath("//img | //b") == []
    assert page.xpath("//h1")[0].text == "Evaluation of <img src=y>"
    assert page.xpath("//p[@class='note']")[0].text_content() == "Note <b>gone</b>"
    assert "<" not in page.get_element_by_id("data").text
    # ! ends a sentence.
    assert "".join(one["text"] for one in data_of(page)["sentences"]).endswith(re.sub(r"⟦\w+:|⟧", "", text))


def test_notes_stand_in_the_head(record_of: RecordOf) -> None:
    page = read_page(record_of(GOLD, WORSE) | {"notes": ["no annotation for 2 reports"]})
    assert page.xpath("//header/p[@class='note']")[0].text_content() == "Note no annotation for 2 reports"


def test_only_the_pages_own_script_may_run_and_nothing_is_loaded(record_of: RecordOf) -> None:
    page = read_page(record_of(GOLD, WORSE))
    (script,) = page.xpath("//script[not(@type)]")
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert f"'sha256-{b64encode(sha256(script.text.encode()).digest()).decode()}'" in policy
    assert all(link.startswith("#") for link in page.xpath("//@href | //@src"))


def test_tables_have_captions_and_links_within_the_page_arrive(record_of: RecordOf) -> None:
    page = read_page(record_of(GOLD, WORSE, GOLD))
    assert all(table.xpath("caption") for table in page.xpath("//table"))
    targets = {link[1:] for link in page.xpath("//@href") if "=" not in link}
    assert targets == {"scores", "differences", "breakdowns", "confusion", "mistakes"}
    assert targets <= set(page.xpath("//@id"))


@pytest.mark.parametrize(
    ("value", "expected"), [(-0.2, 0.0), (-0.1, 0.0), (0.0, 50.0), (0.05, 75.0), (0.1, 100.0), (3, 100.0)]
)
def test_a_scale_keeps_within_its_ends(value: float, expected: float) -> None:
    assert Scale(-0.1, 0.1, 0.1).at(value) == expected
