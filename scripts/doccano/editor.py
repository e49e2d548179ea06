"""doccano's editor in a browser: what an annotator sees and does, for tests, measurements and screenshots.

Needs playwright (``pip install 'zhibiao[browser]'``) and a Chromium of the system; nothing but the server is reachable from it.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WAIT = 60_000

# The text lines with the spans under them: where a bar begins and ends, in characters of its line.
_LINES = """() => [...document.querySelectorAll('#container svg g > text[id]')].map(text => ({
    start: parseInt(text.id), text: text.textContent,
    spans: [...text.parentElement.querySelectorAll('line')].map(bar => {
        const places = [...Array(text.textContent.length).keys()].map(i => text.getExtentOfChar(i))
        const begin = places.findIndex(box => Math.abs(box.x - bar.getAttribute('x1')) < 6)
        const end = places.findIndex(box => Math.abs(box.x + box.width - bar.getAttribute('x2')) < 6)
        return {start: begin, end: end + 1, color: bar.getAttribute('stroke')}
    })
}))"""
# The middle of the first and the last character of a stretch of text, on the screen.
_PLACE = """(wanted) => { for (const text of document.querySelectorAll('#container svg g > text[id]')) {
    const at = text.textContent.indexOf(wanted)
    if (at < 0) continue
    text.scrollIntoView({block: 'center'})
    const screen = text.getScreenCTM()
    const first = text.getExtentOfChar(at), last = text.getExtentOfChar(at + wanted.length - 1)
    const y = first.y + first.height / 2 + screen.f
    return [first.x + screen.e + 1, y, last.x + last.width + screen.e - 1, y]
} }"""
# The bars under the line that holds a text: lines far from the screen are not there at all.
_BARS_UNDER = """(wanted) => [...document.querySelectorAll('#container svg g > text[id]')]
    .filter(text => text.textContent.includes(wanted))
    .map(text => text.parentElement.querySelectorAll('line').length)[0]"""
_BARS = "document.querySelectorAll('#container svg line').length"


@dataclass(frozen=True)
class ShownSpan:
    """A span as it is drawn: the text above its bar, and the bar's colour."""

    text: str
    color: str


def find_chromium() -> str | None:
    """Find the browser of the system."""
    return next((found for name in CHROMIUM if (found := shutil.which(name))), None)


class Editor:
    """A browser with an annotator logged in."""

    def __init__(self, url: str, username: str, password: str, *, width: int = 1280, height: int = 800) -> None:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - an extra

        self._url = url
        self._playwright = sync_playwright().start()
        only_here = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        self._browser = self._playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu", only_here]
        )
        self.page = self._browser.new_page(viewport={"width": width, "height": height})
        self.page.set_default_timeout(WAIT)
        self.errors: list[str] = []
        self.strange: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._watch)
        self._log_in(username, password)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._browser.close()
        self._playwright.stop()

    def _watch(self, request: Any) -> None:
        if not request.url.startswith((self._url, "data:", "blob:")):
            self.strange.append(request.url)

    def _log_in(self, username: str, password: str) -> None:
        self.page.goto(f"{self._url}/auth")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", password)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_url("**/projects*")

    def open(self, project: int, number: int = 1) -> float:
        """Open the document of a number (from 1) and give the seconds until its spans are drawn."""
        begun = time.perf_counter()
        self.page.goto(f"{self._url}/projects/{project}/sequence-labeling?page={number}")
        self.page.wait_for_function(f"{_BARS} > 0")
        return time.perf_counter() - begun

    def spans(self) -> list[ShownSpan]:
        """List the spans that are drawn, in text order."""
        return [
            ShownSpan(
                line["text"].encode("utf-16-le")[2 * span["start"] : 2 * span["end"]].decode("utf-16-le"), span["color"]
            )
            for line in self.page.evaluate(_LINES)
            for span in line["spans"]
        ]

    def words(self, word: str) -> int:
        """Count how often a label or relation is written in the editor."""
        return self.page.locator("#container svg text", has_text=word).count()

    def choose(self, key: str) -> None:
        """Press a label's key: it stays chosen until its key is pressed again."""
        self.page.keyboard.press(key)

    def draw(self, text: str) -> float:
        """Drag over a text, and give the seconds until the span is drawn."""
        x1, y1, x2, y2 = self.page.evaluate(_PLACE, text)
        bars = self.page.evaluate(_BARS_UNDER, text)
        self.page.mouse.move(x1, y1)
        self.page.mouse.down()
        self.page.mouse.move(x2, y2, steps=4)
        begun = time.perf_counter()
        self.page.mouse.up()
        self.page.wait_for_function(f"([text, bars]) => ({_BARS_UNDER})(text) > bars", arg=[text, bars])
        return time.perf_counter() - begun

    def relabel(self, text: str, label: str, new: str) -> None:
        """Click the label word under a text, and choose another one in the menu."""
        x1, y1, _, _ = self.page.evaluate(_PLACE, text)
        boxes = [
            (box, word)
            for word in self.page.locator("#container svg text", has_text=label).all()
            if (box := word.bounding_box())
        ]
        _, word = min(boxes, key=lambda found: abs(found[0]["x"] - x1) + abs(found[0]["y"] - y1))
        word.click()
        self.page.locator(".v-menu__content.menuable__content__active >> text=" + new).first.click()

    def height(self) -> float:
        """Give the height of the text with its spans and arcs, in pixels."""
        return float(self.page.evaluate("document.querySelector('#container').getBoundingClientRect().height"))

    def shoot(self, path: Path) -> None:
        """Save what is on the screen, in few enough colours to be small."""
        from PIL import Image  # noqa: PLC0415 - an extra

        self.page.screenshot(path=path)
        Image.open(path).convert("RGB").quantize(64).save(path, optimize=True)
