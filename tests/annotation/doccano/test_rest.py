import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from zhibiao.annotation.doccano.answers import MarkKind, NotThereError, RefusedError, UnexpectedAnswerError
from zhibiao.annotation.doccano.rest import Http, RestTransport, check_url
from zhibiao.errors import InputError


class Pages(http.server.BaseHTTPRequestHandler):
    """A list of 250 entries in pages, one of which repeats entries of the one before, and a task that takes its time."""

    asked: list[tuple[str, str | None]]
    polls: int = 0

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        type(self).asked.append((path, self.headers.get("Authorization")))
        status, answer = self.find(path, query)
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def find(self, path: str, query: str) -> tuple[int, Any]:
        parameters = dict(part.split("=") for part in query.split("&") if part)
        match path.removeprefix("/v1/"):
            case "auth/login/":
                return 200, {"key": "k"}
            case "me":
                return 200, {"id": 1, "username": "admin", "is_superuser": True}
            case "projects/1/comments":
                offset = int(parameters["offset"])
                first = max(0, offset - (3 if offset else 0))  # a document that was deleted moves the pages
                return 200, {"count": 250, "results": [{"id": i} for i in range(first, min(first + 100, 250))]}
            case "tasks/status/t":
                type(self).polls += 1
                return 200, {"ready": type(self).polls > 2, "result": {"error": ["line 3"]}, "error": None}
            case "fp/process/":
                return 200, "upload"
            case "projects/1/upload":
                return 200, {"task_id": "t"}
            case "projects/2/span-types":
                return 403, {"detail": "no"}
            case "projects/3/span-types":
                return 500, {"detail": "oops"}
        return 404, {"detail": "Not found."}

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[tuple[str, type[Pages]]]:
    handler = type("Handler", (Pages,), {"asked": [], "polls": 0})
    started = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=started.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{started.server_address[1]}", handler
    started.shutdown()
    started.server_close()


def test_pages_that_shift_give_every_entry_once(server: tuple[str, type[Pages]]) -> None:
    http_ = Http(server[0])
    assert sorted(entry["id"] for entry in http_.pages("projects/1/comments")) == list(range(250))
    http_.close()


def test_the_token_of_the_login_goes_with_every_question(server: tuple[str, type[Pages]]) -> None:
    with RestTransport(server[0]) as session:
        assert session.log_in("admin", "p").username == "admin"
    assert server[1].asked == [("/v1/auth/login/", None), ("/v1/me", "Token k")]


def test_an_import_is_waited_for_and_its_errors_are_given(server: tuple[str, type[Pages]]) -> None:
    slept: list[float] = []
    with RestTransport(server[0], sleep=slept.append) as session:
        assert session.import_lines(1, ['{"text": "a"}']) == ["line 3"]
    assert len(slept) == 2


@pytest.mark.parametrize(("project", "error"), [(2, RefusedError), (3, UnexpectedAnswerError), (4, NotThereError)])
def test_what_the_server_says_no_to(server: tuple[str, type[Pages]], project: int, error: type[Exception]) -> None:
    with RestTransport(server[0]) as session, pytest.raises(error):
        session.list_label_types(project, MarkKind.SPAN)


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:8000",
        "ftp://127.0.0.1",
        "http://a:b@127.0.0.1",
        "http://127.0.0.1/?x=1",
        "http://127.0.0.1.evil.example",
    ],
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(InputError):
        check_url(url)
