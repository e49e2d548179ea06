"""The libraries that were left, measured: the figures of docs/dependencies.md.

    .venv/bin/pip install selectolax==1.0.2 charset-normalizer==3.5.2
    .venv/bin/python scripts/compare_libraries.py

Neither is a dependency; the script is no part of `make bench`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import spacy
from charset_normalizer import from_bytes
from selectolax.lexbor import LexborHTMLParser
from spacy.vocab import Vocab

from zhibiao.pipes.document import CodePointTokenizer
from zhibiao.readers.encodings import decode
from zhibiao.readers.html import page_text

RAW = Path("corpus/raw")
LENGTH = 12
PASSAGES = 60


def seconds(work: Callable[[], object]) -> float:
    """Give the wall-clock seconds of one run."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def count_misread(decoded: Callable[[bytes], str], passages: list[str]) -> int:
    """Count the passages that do not come back from GB18030 as they were."""
    return sum(decoded(passage.encode("gb18030")) != passage for passage in passages)


def main() -> None:
    """Measure and print."""
    text = "".join(path.read_text("utf-8") for path in sorted(RAW.glob("00[034]*.txt")))
    step = len(text) // PASSAGES
    passages = [text[start : start + LENGTH] for start in range(0, step * PASSAGES, step)]
    print(f"GB18030, {len(passages)} passages of {LENGTH} characters, misread:")
    print(f"  charset-normalizer {count_misread(lambda data: str(from_bytes(data).best()), passages)}")
    print(f"  zhibiao {count_misread(lambda data: decode(data).text, passages)}")
    for name, page in (
        ("<p><font> without end tags", "".join(f"<p><font size={number}>高企" for number in range(4_000))),
        ("<div> without end tags", "<div>" * 40_000 + "高企"),
    ):
        lexbor = seconds(lambda page=page: LexborHTMLParser(page).text())
        ours = seconds(lambda page=page: page_text(page))
        print(f"{name}, {len(page) / 1000:.0f} kB: selectolax {lexbor:.2f} s, zhibiao (lxml) {ours:.2f} s")
    by_spacy, by_us = spacy.blank("zh"), CodePointTokenizer(Vocab())
    by_spacy.make_doc(text), by_us(text)
    slow, fast = seconds(lambda: by_spacy.make_doc(text)), seconds(lambda: by_us(text))
    print(
        f"tokens, {len(text):,} characters: spaCy {len(text) / slow:,.0f}/s, code points {len(text) / fast:,.0f}/s, {slow / fast:.0f} times"
    )


if __name__ == "__main__":
    main()
