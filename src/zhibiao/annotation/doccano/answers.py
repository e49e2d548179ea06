"""What a doccano server tells: projects, documents, marks. A field that is missing means that the server is another one."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from zhibiao.errors import ZhibiaoError

# The version whose answers are described here.
DOCCANO_VERSION = "1.8.4"

T = TypeVar("T")


class ServerError(ZhibiaoError):
    """The annotation server did not do what was asked; the message says what to do."""


class UnreachableError(ServerError):
    """Nobody answers, or the answer did not come in time."""


class RefusedError(ServerError):
    """The account is unknown, its password is wrong, or it may not do this."""


class NotThereError(ServerError):
    """The server has no such thing."""


class UnexpectedAnswerError(ServerError):
    """The server answers in another form than doccano 1.8.4; ``status`` is that of HTTP, where it tells."""

    def __init__(self, message: str, *, status: int | None = None) -> None:
        self.status = status
        super().__init__(message)


class _Answer(BaseModel):
    """Fields that are not needed here may come and go."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class MarkKind(StrEnum):
    """The two kinds of label types and marks."""

    SPAN = "span"
    RELATION = "relation"


class Account(_Answer):
    """Who is logged in, or could be."""

    id: int
    username: str
    is_superuser: bool


class ServerProject(_Answer):
    """A project, with the settings on which a safe round trip depends."""

    id: int
    name: str
    project_type: str
    random_order: bool
    collaborative_annotation: bool
    allow_overlapping: bool
    grapheme_mode: bool
    use_relation: bool


class LabelType(_Answer):
    """A span or relation type of a project."""

    id: int
    text: str
    suffix_key: str | None = None
    background_color: str
    text_color: str


class Member(_Answer):
    """An account with a role in a project."""

    user: int
    username: str
    rolename: str


class ServerDocument(_Answer):
    """A document; ``is_confirmed`` is what its tick in the editor says."""

    id: int
    text: str
    meta: dict[str, Any]
    is_confirmed: bool
    score: float


class SpanMark(_Answer):
    """A span as doccano has it; offsets count UTF-16 code units, as its editor does."""

    id: int
    label: int
    start_offset: int
    end_offset: int
    user: int
    created_at: datetime
    updated_at: datetime


class RelationMark(_Answer):
    """A relation as doccano has it."""

    id: int
    type: int
    from_id: int
    to_id: int
    user: int
    created_at: datetime
    updated_at: datetime


class Remark(_Answer):
    """A comment on a document."""

    id: int
    example: int
    text: str
    username: str
    created_at: datetime


def parse_answer(kind: type[T], answer: Any, *, asked: str) -> T:
    """Read an answer of the server.

    Raises
    ------
    UnexpectedAnswerError
        If it has another form than that of doccano 1.8.4.

    Examples
    --------
    >>> parse_answer(Account, {"id": 1, "username": "安娜", "is_superuser": False, "is_staff": False}, asked="me").username
    '安娜'
    """
    try:
        return TypeAdapter(kind).validate_python(answer)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "answer"
        raise UnexpectedAnswerError(
            f"{asked}: {place}: {first['msg']}; the server is no doccano {DOCCANO_VERSION}: see docs/annotation-loop.md"
        ) from None
