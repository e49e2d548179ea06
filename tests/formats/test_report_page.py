from dataclasses import replace

import pytest
from lxml import html

from zhibiao.alignment import AlignedText
from zhibiao.formats.report_page import COLUMNS, render_page
from zhibiao.labels import RankKind
from zhibiao.records import Annotation, Fact, ReadReport, Report


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"rank_low": 3, "rank_high": 3}, "3"),
        ({"rank_low": 1, "rank_high": 3, "rank_kind": RankKind.BAND}, "1–3"),
        ({"rank_low": 57, "rank_high": 57, "rank_from_bottom": 3, "scope_size": 59, "rank_tied": True}, "57 / 59 ="),
        ({"rank_low": None, "rank_high": None, "rank_from_bottom": 2, "rank_kind": RankKind.ORDINAL}, "倒数 2"),
        ({"rank_low": None, "rank_high": None, "rank_from_bottom": 1, "rank_kind": RankKind.RECORD}, "record"),
        ({"rank_low": None, "rank_high": None, "rank_kind": RankKind.BAND}, "band"),
    ],
)
def test_the_page_shows_a_place_with_what_is_known_of_it(
    facts: list[Fact], fields: dict[str, object], shown: str
) -> None:
    fact = replace(facts[2], **{"scope_size": None, **fields})
    report = Report("r", "r.txt", 0, AlignedText.from_source("增加值位居全省第三。"), sentences=((0, 10),))
    page = html.document_fromstring(render_page("r.txt", [ReadReport(report, Annotation(), (fact,))], "rules"))
    (row,) = page.xpath("//tr[td]")
    assert row.xpath("td")[COLUMNS.index("rank")].text_content().strip() == shown
