"""The interface to a doccano server: what the annotation loop asks of it, whichever way the question travels."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from zhibiao.annotation.doccano.answers import (
    Account,
    LabelType,
    MarkKind,
    Member,
    NotThereError,
    RelationMark,
    Remark,
    ServerDocument,
    ServerProject,
    SpanMark,
    UnexpectedAnswerError,
    parse_answer,
)


class Transport(ABC):
    """A session with a server.

    A way to reach it implements `ask` alone: a question by name, with arguments and an answer as JSON has them, the names
    and arguments being those of the methods here.

    Every method raises ``UnreachableError`` if nobody answers in time, ``RefusedError`` if the account may not do this,
    ``NotThereError`` if there is no such thing, and ``UnexpectedAnswerError`` if the server is another one than is
    known here.
    """

    name: str
    url: str

    @abstractmethod
    def ask(self, question: str, /, **arguments: Any) -> Any:
        """Put a question to the server."""

    @abstractmethod
    def close(self) -> None:
        """End the session."""

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the session."""
        self.close()

    def log_in(self, username: str, password: str) -> Account:
        """Log in; everything else needs it."""
        return parse_answer(Account, self.ask("log_in", username=username, password=password), asked="log in")

    def list_projects(self) -> list[ServerProject]:
        """List the projects the account is a member of, without those of other types."""
        answers = parse_answer(list[dict[str, Any]], self.ask("list_projects"), asked="list projects")
        return [
            parse_answer(ServerProject, answer, asked="list projects")
            for answer in answers
            if answer.get("project_type") == "SequenceLabeling"
        ]

    def create_project(self, name: str, description: str, guideline: str, *, allow_overlapping: bool) -> ServerProject:
        """Make a project for spans and relations in which all members see the same marks."""
        answer = self.ask(
            "create_project",
            name=name,
            description=description,
            guideline=guideline,
            allow_overlapping=allow_overlapping,
        )
        return parse_answer(ServerProject, answer, asked="create a project")

    def delete_project(self, project: int) -> None:
        """Delete a project with everything in it."""
        self.ask("delete_project", project=project)

    def list_label_types(self, project: int, kind: MarkKind) -> list[LabelType]:
        """List the span or relation types of a project."""
        answer = self.ask("list_label_types", project=project, kind=str(kind))
        return parse_answer(list[LabelType], answer, asked=f"list {kind} types")

    def create_label_type(
        self, project: int, kind: MarkKind, *, text: str, suffix_key: str, background_color: str, text_color: str
    ) -> LabelType:
        """Make a span or relation type."""
        answer = self.ask(
            "create_label_type",
            project=project,
            kind=str(kind),
            text=text,
            suffix_key=suffix_key,
            background_color=background_color,
            text_color=text_color,
        )
        return parse_answer(LabelType, answer, asked=f"create a {kind} type")

    def list_users(self) -> list[Account]:
        """List the accounts of the server."""
        return parse_answer(list[Account], self.ask("list_users"), asked="list users")

    def create_user(self, username: str, password: str) -> Account:
        """Make an account."""
        answer = self.ask("create_user", username=username, password=password)
        return parse_answer(Account, answer, asked="create a user")

    def list_members(self, project: int) -> list[Member]:
        """List who may work in a project."""
        return parse_answer(list[Member], self.ask("list_members", project=project), asked="list members")

    def add_annotator(self, project: int, username: str) -> None:
        """Let an account annotate in a project."""
        self.ask("add_annotator", project=project, username=username)

    def import_lines(self, project: int, lines: Sequence[str]) -> list[str]:
        """Import documents with their marks, lines of JSON in ASCII; give what the server says was wrong.

        Nothing said does not mean that everything arrived: doccano drops overlapping and empty spans without a word.
        """
        content = "".join(f"{line}\n" for line in lines)
        answer = parse_answer(
            dict[str, Any], self.ask("import_lines", project=project, content=content), asked="import"
        )
        if answer.get("error"):
            raise UnexpectedAnswerError(f"the import failed on the server: {_one_line(answer['error'])}")
        return [_one_line(error) for error in (answer.get("result") or {}).get("error", [])]

    def list_documents(self, project: int) -> list[ServerDocument]:
        """List all documents of a project, in the order in which they came."""
        answer = self.ask("list_documents", project=project)
        return parse_answer(list[ServerDocument], answer, asked="list documents")

    def find_document(self, project: int, document: int) -> ServerDocument | None:
        """Give a document, or None if it is not there."""
        try:
            answer = self.ask("find_document", project=project, document=document)
        except NotThereError:
            return None
        return parse_answer(ServerDocument, answer, asked="find a document")

    def set_score(self, project: int, document: int, score: float) -> None:
        """Set the number by which the list of documents can be sorted."""
        self.ask("set_score", project=project, document=document, score=score)

    def delete_document(self, project: int, document: int) -> None:
        """Delete a document with its marks; one that is gone already is no error."""
        try:
            self.ask("delete_document", project=project, document=document)
        except NotThereError:
            return

    def list_spans(self, project: int, document: int) -> list[SpanMark]:
        """List the spans of a document."""
        answer = self.ask("list_spans", project=project, document=document)
        return parse_answer(list[SpanMark], answer, asked="list spans")

    def list_relations(self, project: int, document: int) -> list[RelationMark]:
        """List the relations of a document."""
        answer = self.ask("list_relations", project=project, document=document)
        return parse_answer(list[RelationMark], answer, asked="list relations")

    def list_remarks(self, project: int) -> list[Remark]:
        """List the comments in a project."""
        return parse_answer(list[Remark], self.ask("list_remarks", project=project), asked="list comments")

    def add_remark(self, project: int, document: int, text: str) -> None:
        """Write a comment on a document."""
        self.ask("add_remark", project=project, document=document, text=text)


def _one_line(said: Any) -> str:
    """Make one short line of what a server says, which may be a page."""
    return re.sub(r"\s+", " ", str(said))[:300]
