"""doccano-client as a child process: a question a line on standard input, an answer a line on standard output.

Run by the Python of doccano-client's own environment, which has neither zhibiao nor its dependencies; only the standard library and
doccano-client are used here. A question is ``{"question": NAME, "arguments": {…}}``, an answer ``{"answer": …}`` or
``{"error": KIND, "message": …}``.
"""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

ANSWER_SECONDS = (5.0, 120.0)
PAGE = 100
BAD_REQUEST = 400


def main() -> None:
    """Answer questions until standard input ends."""
    answers, sys.stdout = sys.stdout, sys.stderr  # what a library prints must not end up between the answers
    asker: _Asker | None = None
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            if asker is None:
                asker = _Asker(sys.argv[1])
            told = {"answer": getattr(asker, asked["question"])(**asked["arguments"])}
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in here is told to the parent
            told = {"error": _kind_of(error), "message": f"{type(error).__name__}: {error}"[:400]}
        print(json.dumps(told, default=str), file=answers, flush=True)


class _RefusedError(Exception):
    """The server does not know this account and password."""


def _status_of(error: Exception) -> int | None:
    status = getattr(getattr(error, "response", None), "status_code", None)
    return status if isinstance(status, int) else None


def _kind_of(error: Exception) -> str:
    if isinstance(error, _RefusedError) or _status_of(error) in (401, 403):
        return "refused"
    if _status_of(error) == 404:
        return "not_there"
    if type(error).__name__ in ("ConnectionError", "ConnectTimeout", "ReadTimeout", "Timeout", "TimeoutError"):
        return "unreachable"
    return "unexpected"


class _Asker:
    """The questions of `zhibiao.annotation.doccano.transport.Transport`, put through doccano-client."""

    def __init__(self, url: str) -> None:
        from doccano_client import DoccanoClient  # type: ignore[import-not-found]  # noqa: PLC0415 - not in this environment

        self.client = DoccanoClient(url)
        # The client's models leave out who made a mark when; its session is asked for these.
        self.session = self.client._base_repository
        request = self.session._session.request
        self.session._session.request = lambda *args, **options: request(
            *args, **{"timeout": ANSWER_SECONDS, **options}
        )

    def _pages(self, resource: str) -> list[Any]:
        found: dict[int, Any] = {}
        expected = 1
        while len(found) < expected:
            page = self.session.get(resource, params={"limit": PAGE, "offset": len(found)}).json()
            expected = page["count"]
            fresh = {entry["id"]: entry for entry in page["results"] if entry["id"] not in found}
            if not fresh:
                break
            found |= fresh
        return list(found.values())

    def log_in(self, username: str, password: str) -> Any:
        try:
            self.client.login(username, password)
        except Exception as error:
            if _status_of(error) == BAD_REQUEST:  # what doccano says to a wrong password
                raise _RefusedError(str(error)) from None
            raise
        return _plain(self.client.get_profile())

    def list_projects(self) -> Any:
        return self._pages("projects")

    def create_project(self, name: str, description: str, guideline: str, allow_overlapping: bool) -> Any:
        made = self.client.create_project(
            name=name,
            project_type="SequenceLabeling",
            description=description,
            guideline=guideline,
            collaborative_annotation=True,
            allow_overlapping=allow_overlapping,
            use_relation=True,
        )
        return self.session.get(f"projects/{made.id}").json()

    def delete_project(self, project: int) -> None:
        self.client.delete_project(project)

    def list_label_types(self, project: int, kind: str) -> Any:
        return [_plain(one) for one in self.client.list_label_types(project, kind)]

    def create_label_type(self, project: int, kind: str, **look: str) -> Any:
        # its create_label_type() has no colour for the text
        with _file(json.dumps([look]), ".json") as path:
            self.client.upload_label_type(project, str(path), kind)
        return next(one for one in self.list_label_types(project, kind) if one["text"] == look["text"])

    def list_users(self) -> Any:
        return [_plain(one) for one in self.client.search_users()]

    def create_user(self, username: str, password: str) -> Any:
        return _plain(self.client.create_user(username, password))

    def list_members(self, project: int) -> Any:
        return [_plain(one) for one in self.client.list_members(project)]

    def add_annotator(self, project: int, username: str) -> None:
        self.client.add_member(project, username, "annotator")

    def import_lines(self, project: int, content: str) -> Any:
        with _file(content, ".jsonl") as path:
            return _plain(self.client.upload(project, [str(path)], "RelationExtraction", "JSONL"))

    def list_documents(self, project: int) -> Any:
        return self._pages(f"projects/{project}/examples")

    def find_document(self, project: int, document: int) -> Any:
        return _plain(self.client.find_example_by_id(project, document))

    def set_score(self, project: int, document: int, score: float) -> None:
        self.client.update_example(project, document, score=score)

    def delete_document(self, project: int, document: int) -> None:
        self.client.delete_example(project, document)

    def list_spans(self, project: int, document: int) -> Any:
        return self.session.get(f"projects/{project}/examples/{document}/spans").json()

    def list_relations(self, project: int, document: int) -> Any:
        return self.session.get(f"projects/{project}/examples/{document}/relations").json()

    def list_remarks(self, project: int) -> Any:
        return self._pages(f"projects/{project}/comments")

    def add_remark(self, project: int, document: int, text: str) -> None:
        self.client.create_comment(project, document, text)


def _plain(model: Any) -> Any:
    """Give a model of doccano-client, which are those of pydantic 1, as JSON has it."""
    return json.loads(model.json())


@contextlib.contextmanager
def _file(content: str, suffix: str) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"documents{suffix}")
        path.write_text(content, encoding="ascii")
        yield path


if __name__ == "__main__":
    main()
