"""The projects of a round on the server: one for each annotator, with labels, keys, colours and guide."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from zhibiao.annotation.doccano.answers import LabelType, MarkKind, ServerProject, UnexpectedAnswerError
from zhibiao.annotation.doccano.transport import Transport
from zhibiao.errors import InputError
from zhibiao.labels import EntityLabel, RelationLabel

# doccano's limit
_LONGEST_NAME = 100
# An image of the guide lies beside it, and would be a broken one on the server.
_IMAGE = re.compile(r"^!\[[^\]\n]*\]\([^)\n]*\)[ \t]*$", re.MULTILINE)


class LabelLook(BaseModel):
    """A label with its key and colours."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    suffix_key: str
    background_color: str
    text_color: str


class LabelSet(BaseModel):
    """The content of ``annotations/labels.json``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    span_types: tuple[LabelLook, ...]
    relation_types: tuple[LabelLook, ...]

    def of(self, kind: MarkKind) -> tuple[LabelLook, ...]:
        """Give the types of a kind."""
        return self.span_types if kind is MarkKind.SPAN else self.relation_types


@dataclass(slots=True)
class Setting:
    """What the projects of a round look like, and what was made: passwords of new accounts, to be told once."""

    labels: LabelSet
    guideline: str
    passwords: dict[str, str] = field(default_factory=dict)


def read_labels(path: Path) -> LabelSet:
    """Read the labels' looks.

    Raises
    ------
    InputError
        If the file is missing or broken, or its labels are not those of the standard.
    """
    try:
        labels = LabelSet.model_validate_json(path.read_text("utf-8"))
    except FileNotFoundError:
        raise InputError("no file of labels", where=str(path)) from None
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}", where=str(path)) from None
    for kind, known in ((MarkKind.SPAN, EntityLabel), (MarkKind.RELATION, RelationLabel)):
        if {look.text for look in labels.of(kind)} != set(map(str, known)):
            raise InputError(f"the {kind} types are not those of the standard: {', '.join(known)}", where=str(path))
    return labels


def read_guideline(path: Path) -> str:
    """Read the annotators' guide as doccano can show it."""
    try:
        return _IMAGE.sub("", path.read_text("utf-8"))
    except (FileNotFoundError, UnicodeDecodeError):
        raise InputError("no guide for annotators in UTF-8", where=str(path)) from None


def name_project(round_name: str, annotator: str) -> str:
    """Name a project.

    Raises
    ------
    InputError
        If the name is too long for doccano.

    Examples
    --------
    >>> name_project("二轮", "安娜")
    '二轮 · 安娜'
    """
    name = f"{round_name} · {annotator}"
    if not round_name.strip() or len(name) > _LONGEST_NAME:
        raise InputError(f"a round's name has 1 to {_LONGEST_NAME - len(annotator) - 3} characters", where=round_name)
    return name


def ensure_project(
    transport: Transport, round_name: str, annotator: str, setting: Setting, *, allow_overlapping: bool
) -> ServerProject:
    """Find the project of an annotator, or make it; then its labels and its member.

    Two who do this at the same time come to the same project: the one with the lowest number.

    Raises
    ------
    InputError
        If somebody changed a setting of the project on which the round trip depends.
    """
    name = name_project(round_name, annotator)
    named = _find(transport, name)
    if not named:
        made = transport.create_project(
            name, f"zhibiao: {round_name}", setting.guideline, allow_overlapping=allow_overlapping
        )
        named = _find(transport, name) or [made]
        if named[0].id != made.id:
            transport.delete_project(made.id)
    project = named[0]
    wanted = {"collaborative_annotation": True, "use_relation": True, "grapheme_mode": False}
    for key, value in {**wanted, "allow_overlapping": allow_overlapping}.items():
        if getattr(project, key) is not value:
            raise InputError(f"set {key} of the project to {value}, or use another round", where=name)
    for kind in MarkKind:
        _ensure_labels(transport, project.id, kind, setting.labels)
    _ensure_member(transport, project.id, annotator, setting.passwords)
    return project


def _find(transport: Transport, name: str) -> list[ServerProject]:
    return sorted((one for one in transport.list_projects() if one.name == name), key=lambda one: one.id)


def _ensure_labels(transport: Transport, project: int, kind: MarkKind, labels: LabelSet) -> None:
    there = _by_text(transport.list_label_types(project, kind))
    for look in labels.of(kind):
        if look.text not in there:
            try:
                transport.create_label_type(project, kind, **look.model_dump())
            except UnexpectedAnswerError:
                # somebody else made it a moment ago, or it cannot be made
                if look.text not in _by_text(transport.list_label_types(project, kind)):
                    raise


def _by_text(types: list[LabelType]) -> Mapping[str, LabelType]:
    return {one.text: one for one in types}


def _ensure_member(transport: Transport, project: int, annotator: str, passwords: dict[str, str]) -> None:
    if annotator in {member.username for member in transport.list_members(project)}:
        return
    if annotator not in {account.username for account in transport.list_users()}:
        passwords[annotator] = secrets.token_urlsafe(12)
        transport.create_user(annotator, passwords[annotator])
    transport.add_annotator(project, annotator)
