"""An annotator at work: log in, open a pre-annotated report, see spans and arcs, change some, and the change comes back."""

from __future__ import annotations

import importlib.util
import secrets
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from zhibiao.annotation.doccano.transport import Transport
from zhibiao.annotation.history import make_history
from zhibiao.annotation.pull import pull
from zhibiao.annotation.rounds import Round
from zhibiao.corpus.gold import GoldReport

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
# 𠮷 is one character for us and two for the browser; so is each half of the family.
MARKED = "𠮷林省⟦O1:全市⟧⟦M2:高企总数⟧达⟦A3:125家⟧，增长⟦A4:5%⟧。👨‍👩‍👧专利300件。\r\n⟦M5:技术合同⟧⟦A6:88项⟧。"
LINES = "\n====\nperiod 2021\nM2 A3 value\nM2 A4 change up\nM5 A6 value\nA3 O1 held"


@pytest.fixture(scope="module")
def editor() -> ModuleType:
    pytest.importorskip("playwright", reason="the browser is driven by playwright: pip install 'zhibiao[browser]'")
    spec = importlib.util.spec_from_file_location("editor", ROOT / "scripts" / "doccano" / "editor.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["editor"] = module
    spec.loader.exec_module(module)
    if module.find_chromium() is None:
        pytest.skip("no Chromium here: install the package chromium of the system")
    return module


def wait_for(check: Callable[[], bool]) -> None:
    for _ in range(100):
        if check():
            return
        time.sleep(0.1)
    raise TimeoutError("the server does not have what was done in the browser")


def test_what_is_done_in_the_browser_comes_back(
    editor: ModuleType,
    rest: Transport,
    server: Any,
    make_report: Callable[..., GoldReport],
    send: Callable[..., Any],
    tmp_path: Path,
) -> None:
    name = f"b{secrets.token_hex(3)}"
    folder = Round(tmp_path / f"浏览{secrets.token_hex(4)}")
    password = send(rest, make_report(MARKED + LINES), folder=folder.folder, shares=(name,)).passwords[name]
    (sent,) = folder.read_documents()
    with editor.Editor(server.url, name, password) as browser:
        browser.open(sent.project)
        assert {span.text for span in browser.spans()} == {"全市", "高企总数", "125家", "5%", "技术合同", "88项"}
        assert {span.color for span in browser.spans() if span.text in ("125家", "5%")} == {"#f0a000"}
        assert [browser.words(relation) for relation in ("HAS_VALUE", "HAS_CHANGE", "HELD_BY")] == [2, 1, 1]
        for key, text in (("m", "专利"), ("a", "300件")):
            browser.choose(key)
            browser.draw(text)
        browser.relabel("5%", "AMOUNT", "RANK")
        browser.page.keyboard.press("Enter")
        wait_for(lambda: rest.list_documents(sent.project)[0].is_confirmed)
        assert (browser.errors, browser.strange) == ([], [])
    (annotator,) = pull(rest, folder)
    (report,) = annotator.reports
    done = {(event.text, event.label, str(event.change)) for event in make_history(report) if event.kind == "span"}
    assert done >= {("专利", "METRIC", "added"), ("300件", "AMOUNT", "added"), ("5%", "RANK", "relabelled")}
    assert {event.trace.by for event in make_history(report) if event.change == "added" and event.trace} == {name}
    assert report.done
