"""Any file: a source, or an InputError with one line for its owner."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhibiao import registry
from zhibiao.errors import InputError, MissingExtraError
from zhibiao.readers import Extracted, ReadLimits, read_source, walk_paths

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
MHT = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\nContent-Type: text/html\r\n\r\n"
    b"<p>\xe9\xab\x98\xe4\xbc\x81125\r\n--B--\r\n"
)
FILES = {path.suffix: path.read_bytes() for path in sorted(SAMPLES.iterdir())} | {".mht": MHT}


def read_or_refuse(path: Path) -> str | None:
    """Read a file; anything but a source or a fault told in one line fails."""
    try:
        source = read_source(path, name="名.x")
    except InputError as error:
        assert error.where == "名.x"
        assert "\n" not in error.reason
        return None
    assert source.text.encode()
    assert "\0" not in source.text
    return source.text


def test_read_source_describes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "宁国.TXT"
    data = "高企总数125家\r\n".encode("gbk")
    path.write_bytes(data)
    source = read_source(path)
    assert (source.name, source.text, source.kind) == ("宁国.TXT", "高企总数125家\r\n", "txt")
    assert (source.encoding, source.size, source.sha256) == ("gb18030", len(data), hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize(
    ("name", "kind", "encoding", "passages"),
    [
        ("wangjiang.docx", "docx", None, ["一、2023年工作总结", "（二）研发投入", "技术合同成交额：2023年9.8亿元，同比25.6%，全市排名第2位"]),
        ("qingtian.pdf", "pdf", None, ["青田县经济和信息化局2022年上半年工作总结\n", "\f（三）节能降耗"]),
        ("zhushan.html", "html", "gb18030", ["索引号：360203-2022-00017\n", "同比增长1.8%。", "竟成镇：2021年农业产值12,600万元，2021年增速6.1%"]),
        ("pingtan_big5.txt", "txt", "cp950", ["平潭縣衛生健康局2020年工作總結\r\n"]),
        ("danzhai_utf16.txt", "txt", "utf-16", ["丹寨县文体广电旅游局2024年上半年工作总结和下半年工作计划\n"]),
    ],
)  # fmt: skip
def test_read_source_reads_each_sample(name: str, kind: str, encoding: str | None, passages: list[str]) -> None:
    source = read_source(SAMPLES / name)
    assert (source.kind, source.encoding) == (kind, encoding)
    for passage in passages:
        assert passage in source.text


def test_read_source_leaves_the_corpus_as_it_is(corpus: dict[str, str]) -> None:
    folder = Path(__file__).parents[2] / "corpus" / "raw"
    found = {file.name: read_source(file.path).text for file in walk_paths([folder]) if file.path.suffix == ".txt"}
    assert found == corpus


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", " \n　\t\ufeff".encode(), "holds no text"),
        ("a.html", b"<html><body><script>x</script></body></html>", "holds no text"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "save it as .docx"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "an image"),
        ("a.exe", b"MZ\x90\0\3\0\0\0\4", "a binary file"),
        ("a.txt", "高企总数一百家".encode() * 2, "more than 10 characters"),
    ],
)
def test_read_source_tells_the_owner_what_is_wrong(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=reason) as caught:
        read_source(path, limits=ReadLimits(max_characters=10))
    assert caught.value.where == name


def test_read_source_tries_a_file_of_unknown_suffix(tmp_path: Path) -> None:
    path = tmp_path / "总结.bak"
    path.write_bytes("<html><p>高企总数125家".encode("gbk"))
    assert read_source(path).kind == "html"


@pytest.mark.parametrize(
    ("library", "extra", "sample"), [("pypdfium2", "pdf", "qingtian.pdf"), ("lxml", "html", "zhushan.html")]
)
def test_read_source_names_the_extra_that_is_missing(
    monkeypatch: pytest.MonkeyPatch, library: str, extra: str, sample: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, f"zhibiao.readers.{extra}", raising=False)
    with pytest.raises(MissingExtraError, match=rf"the library {library}: pip install 'zhibiao\[{extra}\]'"):
        read_source(SAMPLES / sample)


def test_another_package_s_reader_goes_before_the_look_at_the_bytes(tmp_path: Path) -> None:
    def read_rtf(data: bytes, limits: ReadLimits) -> Extracted:
        return Extracted("高企", "rtf")

    registry.readers.register("rtftest", func=read_rtf)
    path = tmp_path / "a.rtftest"
    path.write_bytes(b"{\\rtf1")
    assert read_source(path).kind == "rtf"
    assert [file.skip for file in walk_paths([tmp_path])] == [None]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.binary(max_size=200), suffix=st.sampled_from([".txt", ".html", ".docx", ".pdf", ".mht", ".x"]))
def test_read_source_raises_nothing_else_over_any_bytes(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    for head in (b"", FILES[suffix][:80] if suffix in FILES else b"PK\x03\x04"):
        path.write_bytes(head + data)
        read_or_refuse(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    suffix=st.sampled_from(sorted(FILES)),
    start=st.floats(0, 1),
    length=st.integers(0, 400),
    content=st.binary(max_size=12),
)
def test_read_source_raises_nothing_else_over_damaged_files(
    tmp_path: Path, suffix: str, start: float, length: int, content: bytes
) -> None:
    data = FILES[suffix]
    place = int(start * len(data))
    path = tmp_path / f"a{suffix}"
    for damaged in (data[:place] + content + data[place + length :], data[:place] + content):
        path.write_bytes(damaged)
        read_or_refuse(path)


WORD_PIECES = (
    "w:p",
    "w:r",
    "w:tbl",
    "w:tr",
    "w:tc",
    "w:t",
    "w:numPr",
    "w:numId",
    "w:ilvl",
    "w:val",
    "w:pPr",
    "w:sectPr",
)
OTHER_PIECES = (*WORD_PIECES, "w:sdt", "w:txbxContent", "w:gridSpan", "w:vMerge", "mc:AlternateContent", "w:ins", "w:x")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(old=st.sampled_from(WORD_PIECES), new=st.sampled_from(OTHER_PIECES), at=st.integers(0, 2**16))
def test_read_source_raises_nothing_else_over_word_files_built_wrongly(
    tmp_path: Path, old: str, new: str, at: int
) -> None:
    import zipfile  # noqa: PLC0415  only here

    path = tmp_path / "a.docx"
    with zipfile.ZipFile(SAMPLES / "wangjiang.docx") as sample, zipfile.ZipFile(path, "w") as damaged:
        for name in sample.namelist():
            content = sample.read(name)
            if name in ("word/document.xml", "word/numbering.xml"):
                content = content.replace(old.encode(), new.encode(), at % 7 or -1)
                content = content.replace(b'xmlns:w="', b'xmlns:mc="urn:mc" xmlns:w="', 1)
            damaged.writestr(name, content)
    read_or_refuse(path)
