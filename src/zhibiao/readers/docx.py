"""Word documents (.docx, and .docm and .dotx, which are built alike).

The package is read with the standard library. python-docx was tried: it refuses files that Word opens, such as those
with a relation to a part that is not there (its issue 797), with macros, or in ISO strict form, and it does not give
automatic numbers, text boxes and footnotes.
"""

from __future__ import annotations

import posixpath
import zipfile

from zhibiao.errors import InputError
from zhibiao.readers.archive import check_archive, open_archive, read_member
from zhibiao.readers.docx_body import BodyReader, read_styles
from zhibiao.readers.docx_numbering import read_numbering
from zhibiao.readers.extracted import Extracted, ReadLimits
from zhibiao.readers.xml_trees import Element, parse_xml

NOTE_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read_docx(data: bytes, limits: ReadLimits) -> Extracted:
    """Read a Word document: body, tables and text boxes in order, then footnotes and endnotes.

    Headers, footers, comments, deleted and hidden text are left out. Automatic numbers are written out.

    Raises
    ------
    InputError
        If the file is damaged, protected, unpacks beyond the limits, or holds no document.
    """
    with open_archive(data) as archive:
        check_archive(archive, limits)
        main = _main_part(archive, limits)
        root = _part(archive, main, limits)
        if root is None or (body := root.find("body")) is None:
            raise InputError("holds no Word document; open it in Word and save it as .docx")
        related = _relations(archive, main, limits)
        styles, numbers = (_part(archive, related.get(kind), limits) for kind in ("styles", "numbering"))
        notes = [_part(archive, related.get(kind), limits) for kind in ("footnotes", "endnotes")]
    reader = BodyReader(read_styles(styles), read_numbering(numbers))
    lines = reader.lines(body)
    for part in notes:
        for note in part if part is not None else ():
            if note.get("type") not in NOTE_SEPARATORS:
                lines += reader.lines(note)
    return Extracted("\n".join(lines), "docx")


def _main_part(archive: zipfile.ZipFile, limits: ReadLimits) -> str:
    """Find the document's part, which online editors call document2.xml."""
    return _relations(archive, "", limits).get("officeDocument", "word/document.xml")


def _relations(archive: zipfile.ZipFile, part: str, limits: ReadLimits) -> dict[str, str]:
    """Map the kind of each relation of a part to the part it points to."""
    folder, name = posixpath.split(part)
    root = _part(archive, posixpath.join(folder, "_rels", f"{name}.rels"), limits)
    relations: dict[str, str] = {}
    for relation in root if root is not None else ():
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
        relations.setdefault(relation.get("Type", "").rpartition("/")[2], target.lstrip("/"))
    return relations


def _part(archive: zipfile.ZipFile, name: str | None, limits: ReadLimits) -> Element | None:
    content = read_member(archive, name, max_size=limits.max_xml) if name else None
    return parse_xml(content) if content else None
