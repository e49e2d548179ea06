from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhibiao.records import Report, Source
from zhibiao.text.cleaning import clean
from zhibiao.text.reports import make_reports

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parent / "data"
SAMPLES = sorted(path.name.removesuffix(".found.txt") for path in DATA.glob("*.found.txt"))
RAW = sorted((ROOT / "corpus/raw").glob("*.txt"))
AUTHORED = sorted((ROOT / "corpus/authored").glob("a???.txt"))


def source_of(path: Path) -> Source:
    data = path.read_bytes()
    return Source(path.name, sha256(data).hexdigest(), data.decode("utf-8"), "txt", "utf-8", len(data))


def written(report: Report) -> str:
    fields = (report.title, report.issuer, report.region_code, report.period, report.published, report.index_number)
    return f"=== {' | '.join(map(str, fields))}\n{report.text}\n"


@pytest.mark.parametrize("name", SAMPLES)
def test_dirty_page_gives_the_reports_in_it(name: str) -> None:
    reports = make_reports(source_of(DATA / f"{name}.found.txt"))
    assert "".join(map(written, reports)) == (DATA / f"{name}.expected.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("000", [("宁国市科技局", "341881", 2021, "2021", "2022-02-24", "113417020032559141/202202-00048", 0)]),
        ("001", [("六盘水市科技局", "520200", None, None, None, None, 1), ("宁波市科技局", "330200", None, None, None, None, 1),
                 ("安庆市科技局", "340800", None, None, None, None, 2)]),
        ("003", [("泰兴市科技局", "321283", 2020, "2020", "2022-04-11", None, 1)]),
        ("004", [("田家庵区科技局", "340403", 2022, "2022-01/2022-06", None, None, 0)]),
    ],
)  # fmt: skip
def test_found_reports_are_described(number: str, expected: list[tuple[object, ...]]) -> None:
    path = next(path for path in RAW if path.name.startswith(number))
    found = [
        (r.issuer, r.region_code, r.year, r.period, r.published, r.index_number, len(r.notes))
        for r in make_reports(source_of(path))
    ]
    assert found == expected


@pytest.mark.parametrize("path", [*RAW, *AUTHORED[::10]], ids=lambda path: path.name)
def test_reports_are_stable_and_fit_their_source(path: Path) -> None:
    source = source_of(path)
    for part, report in enumerate(make_reports(source)):
        assert report.report_id == f"{source.sha256[:12]}-{part}"
        assert clean(report.text).text == report.text
        assert len(report.aligned.starts) == len(report.aligned.ends) == len(report.text)
        assert report.text == report.text.strip() != ""
        assert "".join(report.text[a:b] for a, b in report.sentences).split() != []
        for section in report.sections:
            assert report.text[section.start : section.end].startswith(section.marker[:1])


def test_found_titles() -> None:
    titles = [report.title for path in RAW for report in make_reports(source_of(path))]
    assert titles == [
        "科技局2021年工作总结及2022年工作计划",
        "市科技局工作总结",
        "市科技局工作总结",
        "市科技局工作总结",
        "科技创新工作总结及2022年工作思路",
        "区科技局2022年上半年工作总结和下半年工作计划",
    ]


def test_a_cut_number_leads_back_to_both_halves_in_the_source() -> None:
    path = next(path for path in RAW if path.name.startswith("001"))
    source = source_of(path)
    report = make_reports(source)[1]
    start = report.text.index("53.06亿元")
    span = report.aligned.source_span(start, start + 7)
    assert source.text[slice(*span)] == "53.\n14、06億元"


@pytest.mark.parametrize("text", ["", " \n\t ", "\ufeff", "\u200b\n"])
def test_a_source_without_text_gives_no_report(text: str) -> None:
    assert make_reports(Source("a.txt", "0" * 64, text, "txt", "utf-8", 0)) == ()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="市县科技局工作总结(一)二、篇：。\n 2021年1.首页>來源責任", max_size=200))
def test_any_text_gives_stable_reports(text: str) -> None:
    for report in make_reports(Source("a.txt", "0" * 64, text, "txt", "utf-8", 0)):
        assert clean(report.text).text == report.text
