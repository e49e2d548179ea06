"""The reports in a source: cleaned, split, described, with their sections and sentences."""

from __future__ import annotations

from dataclasses import replace

from zhibiao.alignment import AlignedText
from zhibiao.records import Report, Source
from zhibiao.text.cleaning import clean, settle
from zhibiao.text.damage import find_damage
from zhibiao.text.headings import find_headings
from zhibiao.text.lineshapes import ends_clause
from zhibiao.text.metadata import Metadata, PageFacts, describe, read_page
from zhibiao.text.sections import make_sections
from zhibiao.text.sentences import split_sentences
from zhibiao.text.splitting import split_reports


def make_reports(source: Source) -> tuple[Report, ...]:
    r"""Make the reports of one source.

    A source without any text gives no report.

    Examples
    --------
    >>> text = "索引号：003/2022 发布日期：2022-02-24\n宁国市科技局2021年工作总结\n一、总体情况\n高企达125家。"
    >>> report, = make_reports(Source("a.txt", "1d018a89c7aa" + "0" * 52, text, "txt", "utf-8", 120))
    >>> report.report_id, report.issuer, report.region_code, report.period, report.published
    ('1d018a89c7aa-0', '宁国市科技局', '341881', '2021', '2022-02-24')
    >>> report.text
    '宁国市科技局2021年工作总结\n一、总体情况\n高企达125家。'
    """
    cleaned = clean(source.text)
    page = read_page(cleaned.removed)
    previewed = any(removed.kind == "share_site" for removed in cleaned.removed)
    reports: list[Report] = []
    for part in split_reports(cleaned.text):
        whole = part.end - part.start == len(cleaned.aligned)
        aligned = cleaned.aligned if whole else settle(cleaned.aligned.part(part.start, part.end))[0]
        if aligned.text:
            reports.append(_make_report(source, len(reports), aligned, page, part.title))
    if reports and previewed and not ends_clause(reports[-1].text):
        note = "the text ends inside a sentence: the site shows a preview"
        reports[-1] = replace(reports[-1], notes=(*reports[-1].notes, note))
    return tuple(reports)


def make_text_report(text: str, *, report_id: str, source: str, part: int = 0, known: Metadata | None = None) -> Report:
    r"""Make the report of a text that is cleaned already, such as gold or a text without a file.

    Parameters
    ----------
    text
        The cleaned text.
    known
        What was known of the report where its file was read; None takes what the text itself says.

    Examples
    --------
    >>> report = make_text_report("宁国市科技局2021年工作总结\n高企达125家。", report_id="a-0", source="a.txt")
    >>> report.issuer, report.period, report.sentences
    ('宁国市科技局', '2021', ((0, 15), (16, 24)))
    """
    aligned = AlignedText.from_source(text)
    return _assemble(aligned, known, PageFacts(), None, report_id=report_id, source=source, part=part)


def _make_report(source: Source, number: int, aligned: AlignedText, page: PageFacts, title: str | None) -> Report:
    report_id = f"{source.sha256[:12]}-{number}"
    return _assemble(aligned, None, page, title, report_id=report_id, source=source.name, part=number)


def _assemble(
    aligned: AlignedText,
    known: Metadata | None,
    page: PageFacts,
    title: str | None,
    *,
    report_id: str,
    source: str,
    part: int,
) -> Report:
    text = aligned.text
    headings = find_headings(text)
    if known is None:
        names = [text[heading.mark_end : heading.title_end] for heading in headings]
        known = describe(text, page, given_title=title, headings=names)
    return Report(
        report_id=report_id,
        source=source,
        part=part,
        aligned=aligned,
        title=known.title,
        issuer=known.issuer,
        region_code=known.region_code,
        year=known.year,
        period=known.period,
        published=known.published,
        index_number=known.index_number,
        sections=make_sections(text, headings, title=known.title, year=known.year),
        sentences=split_sentences(text),
        flags=find_damage(text),
        notes=known.notes,
    )
