"""doccano over HTTP, within this process."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from zhibiao.annotation.doccano.answers import (
    NotThereError,
    RefusedError,
    UnexpectedAnswerError,
    UnreachableError,
)
from zhibiao.annotation.doccano.transport import Transport
from zhibiao.errors import InputError, MissingExtraError

CONNECT_SECONDS = 5.0
# An import is done before its answer comes, where the server runs without a queue.
ANSWER_SECONDS = 120.0
IMPORT_SECONDS = 300.0
POLL_SECONDS = 0.2
PAGE = 100
BAD_REQUEST = 400
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def check_url(url: str) -> str:
    """Give the address of a server without a slash at its end.

    Raises
    ------
    InputError
        If it is none, or a password would travel in the clear to another machine.

    Examples
    --------
    >>> check_url("http://127.0.0.1:8000/")
    'http://127.0.0.1:8000'
    >>> check_url("http://doccano.example.org")
    Traceback (most recent call last):
    ...
    zhibiao.errors.InputError: http://doccano.example.org: passwords travel to other machines over https alone
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise InputError("expected an address such as http://127.0.0.1:8000", where=url)
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise InputError("passwords travel to other machines over https alone", where=url)
    return url.rstrip("/")


def _load_urllib3() -> ModuleType:
    try:
        import urllib3  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtraError(
            "an annotation server is reached with urllib3: pip install 'zhibiao[annotate]'"
        ) from None
    return urllib3


class Http:
    """Requests to the server's interface, with the token of a login."""

    def __init__(self, url: str) -> None:
        self._url = check_url(url)
        self._token: str | None = None
        urllib3 = self._library = _load_urllib3()
        # Reading may be repeated; what changes something is asked once, since nobody knows whether it was done.
        retries = urllib3.Retry(total=3, allowed_methods={"GET"}, status=0, redirect=0, backoff_factor=0.2)
        timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=ANSWER_SECONDS)
        self._pool = urllib3.PoolManager(maxsize=1, retries=retries, timeout=timeout)

    def close(self) -> None:
        """Close the connection."""
        self._pool.clear()

    def log_in(self, username: str, password: str) -> None:
        """Take a token for what follows."""
        try:
            answer = self.request("POST", "auth/login/", {"username": username, "password": password})
        except UnexpectedAnswerError as error:
            if error.status == BAD_REQUEST:
                raise RefusedError(
                    f"{self._url}: the server does not know this account and password ({username})"
                ) from None
            raise
        if not isinstance(answer, dict) or not isinstance(answer.get("key"), str):
            raise UnexpectedAnswerError(f"{self._url}: this is no doccano: its login gives no token")
        self._token = answer["key"]

    def request(self, method: str, path: str, body: Any = None) -> Any:
        """Send a request to ``/v1/PATH`` and give its answer, read as JSON; None where it is empty."""
        said = self._send(method, path, {} if body is None else {"json": body})
        try:
            return json.loads(said) if said else None
        except ValueError:
            raise UnexpectedAnswerError(
                f"{self._url}: {method} {path}: the answer is no JSON; is this a doccano?"
            ) from None

    def upload(self, path: str, name: str, content: bytes) -> str:
        """Send a file, and give the server's word for it."""
        return self._send("POST", path, {"fields": {"filepond": (name, content)}})

    def _send(self, method: str, path: str, content: dict[str, Any]) -> str:
        headers = {"Accept": "*/*"} | ({"Authorization": f"Token {self._token}"} if self._token else {})
        try:
            answer = self._pool.request(method, f"{self._url}/v1/{path}", headers=headers, redirect=False, **content)
        except self._library.exceptions.HTTPError as error:
            raise UnreachableError(
                f"{self._url}: no answer ({type(error).__name__}); is the server up? make doccano"
            ) from None
        said: str = answer.data.decode("utf-8", "replace")
        where = f"{self._url}: {method} {path.partition('?')[0]}"
        if answer.status in (401, 403):
            raise RefusedError(f"{where}: the account may not do this")
        if answer.status == 404:
            raise NotThereError(f"{where}: there is no such thing on the server")
        if answer.status >= 300:
            raise UnexpectedAnswerError(
                f"{where}: status {answer.status}: {' '.join(said.split())[:300]}", status=answer.status
            )
        return said

    def pages(self, path: str) -> list[Any]:
        """Give all entries of a list that comes in pages; the same entries once more would be too many."""
        found: dict[Any, Any] = {}
        expected = 1
        while len(found) < expected:
            address = f"{path}{'&' if '?' in path else '?'}{urlencode({'limit': PAGE, 'offset': len(found)})}"
            page = self.request("GET", address)
            if not isinstance(page, dict) or not {"count", "results"} <= page.keys():
                raise UnexpectedAnswerError(f"{self._url}: {path} does not come in pages; this is another doccano")
            expected = page["count"]
            fresh = {entry["id"]: entry for entry in page["results"] if entry["id"] not in found}
            if not fresh:
                break
            found |= fresh
        return list(found.values())


class RestTransport(Transport):
    """doccano over HTTP."""

    name = "rest"

    def __init__(self, url: str, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self.url = check_url(url)
        self._http = Http(url)
        self._sleep = sleep

    def close(self) -> None:
        """End the session."""
        self._http.close()

    def ask(self, question: str, /, **arguments: Any) -> Any:
        """Put a question to the server."""
        return getattr(self, f"_{question}")(**arguments)

    def _log_in(self, username: str, password: str) -> Any:
        self._http.log_in(username, password)
        return self._http.request("GET", "me")

    def _list_projects(self) -> Any:
        return self._http.pages("projects")

    def _create_project(self, **fields: Any) -> Any:
        return self._http.request(
            "POST",
            "projects",
            {
                **fields,
                "resourcetype": "SequenceLabelingProject",
                "project_type": "SequenceLabeling",
                "collaborative_annotation": True,
                "use_relation": True,
                "grapheme_mode": False,
                "random_order": False,
                "single_class_classification": False,
                "allow_member_to_create_label_type": False,
                "tags": [],
            },
        )

    def _delete_project(self, project: int) -> Any:
        return self._http.request("DELETE", f"projects/{project}")

    def _list_label_types(self, project: int, kind: str) -> Any:
        return self._http.request("GET", f"projects/{project}/{kind}-types")

    def _create_label_type(self, project: int, kind: str, **fields: Any) -> Any:
        return self._http.request("POST", f"projects/{project}/{kind}-types", {**fields, "prefix_key": None})

    def _list_users(self) -> Any:
        return self._http.request("GET", "users")

    def _create_user(self, username: str, password: str) -> Any:
        body = {"username": username, "password1": password, "password2": password}
        return self._http.request("POST", "users/create", body)

    def _list_members(self, project: int) -> Any:
        return self._http.request("GET", f"projects/{project}/members")

    def _add_annotator(self, project: int, username: str) -> Any:
        users = self._http.request("GET", f"users?q={quote(username)}")
        roles = self._http.request("GET", "roles")
        user = next((one["id"] for one in users if one["username"] == username), None)
        role = next((one["id"] for one in roles if one["name"] == "annotator"), None)
        if user is None or role is None:
            raise NotThereError(f"{self.url}: no account {username}, or no role annotator")
        return self._http.request("POST", f"projects/{project}/members", {"user": user, "role": role})

    def _import_lines(self, project: int, content: str) -> Any:
        upload = self._http.upload("fp/process/", "documents.jsonl", content.encode("ascii"))
        body = {"uploadIds": [upload], "format": "JSONL", "task": "RelationExtraction", "encoding": "utf_8"}
        task = self._http.request("POST", f"projects/{project}/upload", body)["task_id"]
        for _ in self._moments(IMPORT_SECONDS):
            status = self._http.request("GET", f"tasks/status/{task}")
            if status["ready"]:
                return status
        raise UnreachableError(
            f"{self.url}: the import has not ended after {IMPORT_SECONDS:.0f} s; is its queue alive?"
        )

    def _moments(self, seconds: float) -> Iterator[None]:
        """Give a moment to look, again and again, for so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            yield
            self._sleep(POLL_SECONDS)

    def _list_documents(self, project: int) -> Any:
        return self._http.pages(f"projects/{project}/examples")

    def _find_document(self, project: int, document: int) -> Any:
        return self._http.request("GET", f"projects/{project}/examples/{document}")

    def _set_score(self, project: int, document: int, score: float) -> Any:
        return self._http.request("PATCH", f"projects/{project}/examples/{document}", {"score": score})

    def _delete_document(self, project: int, document: int) -> Any:
        return self._http.request("DELETE", f"projects/{project}/examples/{document}")

    def _list_spans(self, project: int, document: int) -> Any:
        return self._http.request("GET", f"projects/{project}/examples/{document}/spans")

    def _list_relations(self, project: int, document: int) -> Any:
        return self._http.request("GET", f"projects/{project}/examples/{document}/relations")

    def _list_remarks(self, project: int) -> Any:
        return self._http.pages(f"projects/{project}/comments")

    def _add_remark(self, project: int, document: int, text: str) -> Any:
        return self._http.request("POST", f"projects/{project}/comments?example={document}", {"text": text})
