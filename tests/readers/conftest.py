"""Makers of files: Word packages from bare XML, PDFs, folders."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).parents[2]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "tests" / "data" / "samples"


@pytest.fixture(scope="session")
def corpus() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus" / "raw").glob("*.txt"))}


def build_docx(body: str, parts: Mapping[str, str] | None = None, *, namespace: str = WORD, **changed: bytes) -> bytes:
    """Make a Word package of a body's XML; ``parts`` are numbering, styles, footnotes by name."""
    parts = dict(parts or {})
    links = "".join(f'<Relationship Id="r{n}" Type="{OFFICE}/{n}" Target="{n}.xml"/>' for n in parts)
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{links}'
        f'<Relationship Id="r99" Type="{OFFICE}/image" Target="../NULL"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{namespace}" xmlns:mc="urn:mc" xmlns:v="urn:v" xmlns:m="urn:m">'
        f"<w:body>{body}</w:body></w:document>",
    }
    members |= {f"word/{name}.xml": f'<w:{name} xmlns:w="{namespace}">{xml}</w:{name}>' for name, xml in parts.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (members | changed).items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.fixture(scope="session")
def make_docx() -> Callable[..., bytes]:
    return build_docx


def build_pdf(
    *pages: tuple[str, ...], password: str | None = None, image_height: float = 0, spread: bool = False
) -> bytes:
    """Make a PDF; ``spread`` places every character by itself, as many programs do."""
    registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    protection: Any = StandardEncryption(password) if password is not None else None
    canvas = Canvas(stream, encrypt=protection, invariant=1, pagesize=(400, 800))
    for lines in pages:
        if image_height:
            canvas.drawImage(ImageReader(_grey_image()), 0, 0, 400, image_height)
        for row, line in enumerate(lines):
            for place, piece in enumerate(line if spread else [line]):
                canvas.setFont("STSong-Light", 12)
                canvas.drawString(60 + 12 * place, 700 - 20 * row, piece)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _grey_image() -> io.BytesIO:
    from PIL import Image  # noqa: PLC0415  comes with reportlab, and only these tests need it

    stream = io.BytesIO()
    Image.new("L", (40, 80), 128).save(stream, "png")
    stream.seek(0)
    return stream


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., bytes]:
    return build_pdf
