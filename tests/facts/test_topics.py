import pytest

from zhibiao.facts.topics import find_topics
from zhibiao.labels import EntityLabel, SectionStatus
from zhibiao.records import Entity, Section


def topics(line: str, metric: str, title: str | None = None, before: tuple[str, ...] = ()) -> list[str]:
    start = line.index(metric)
    section = title and Section(1, "一、", title, 0, len(line), SectionStatus.OTHER)
    named = [Entity(number, EntityLabel.METRIC, 0, len(text), text) for number, text in enumerate(before)]
    entity = Entity(9, EntityLabel.METRIC, start, start + len(metric), metric)
    return find_topics(line, 0, section or None, entity, named)


@pytest.mark.parametrize(
    ("line", "metric", "found"),
    [
        ("3.专利：申请量687件，授权量401件", "授权量", ["专利"]),
        ("1.高新技术企业。2019年净增86家", "净增", ["高新技术企业"]),
        ("（二）科技特派员:新增30名", "新增", ["科技特派员"]),
        ("一是研发平台。新建5家", "新建", ["研发平台"]),
        ("——硕士以上人才：引进35人", "引进", ["硕士以上人才"]),
        # a whole clause is no topic, nor is what stands behind the metric
        ("今年以来，净增86家：其中", "净增", []),
        ("净增86家。", "净增", []),
    ],
)
def test_a_line_begins_with_what_it_is_about(line: str, metric: str, found: list[str]) -> None:
    assert topics(line, metric) == found


def test_a_heading_comes_behind_the_beginning_of_the_line() -> None:
    assert topics("专利：授权量5件", "授权量", title="成果与知识产权") == ["专利", "成果与知识产权"]
    assert topics("授权量5件", "授权量", title="坚持创新在现代化建设全局中的核心地位不动摇") == []


def test_only_what_ends_with_the_metric_is_named_again_by_it() -> None:
    assert topics("三镇的申请量分别为5件", "申请量", before=("专利申请量", "授权量")) == ["专利申请量"]
