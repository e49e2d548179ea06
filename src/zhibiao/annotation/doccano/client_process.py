"""doccano through doccano-client, which needs an environment of its own: spoken to as a child process."""

from __future__ import annotations

import json
import select
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from zhibiao.annotation.doccano.answers import (
    NotThereError,
    RefusedError,
    ServerError,
    UnexpectedAnswerError,
    UnreachableError,
)
from zhibiao.annotation.doccano.rest import check_url
from zhibiao.annotation.doccano.transport import Transport
from zhibiao.errors import MissingExtraError

# An import may take as long as the server's queue; doccano-client asks once a second.
ANSWER_SECONDS = 330.0
END_SECONDS = 5.0
_ERRORS: dict[str, type[ServerError]] = {
    "refused": RefusedError,
    "not_there": NotThereError,
    "unreachable": UnreachableError,
    "unexpected": UnexpectedAnswerError,
}


class ClientProcess(Transport):
    """doccano through doccano-client.

    Parameters
    ----------
    url
        The server.
    python
        The interpreter of the environment with doccano-client (``make doccano`` makes ``.doccano/client``).

    Raises
    ------
    MissingExtraError
        If there is no such interpreter.
    """

    name = "client"

    def __init__(self, url: str, python: Path) -> None:
        self.url = check_url(url)
        if not python.is_file():
            raise MissingExtraError(f"{python}: no environment of doccano-client; make it with make doccano")
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the session
        self._child = subprocess.Popen(
            [python, "-I", Path(__file__).with_name("client_child.py"), self.url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
        )

    def close(self) -> None:
        """End the child."""
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                with suppress(OSError):  # a question that a dead child never read
                    stream.close()
        try:
            self._child.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._said.close()

    def ask(self, question: str, /, **arguments: Any) -> Any:
        """Put a question to the server."""
        assert self._child.stdin is not None and self._child.stdout is not None  # noqa: S101 - opened as pipes
        try:
            self._child.stdin.write(json.dumps({"question": question, "arguments": arguments}).encode() + b"\n")
            self._child.stdin.flush()
            ready, _, _ = select.select([self._child.stdout], [], [], ANSWER_SECONDS)
            line = self._child.stdout.readline() if ready else b""
        except (BrokenPipeError, ValueError):
            line = b""
        if not line:
            raise UnreachableError(f"doccano-client gave no answer to {question}: {self._last_words()}")
        told = json.loads(line)
        if "error" in told:
            raise _ERRORS[told["error"]](f"{self.url}: {question}: {told['message']}")
        return told["answer"]

    def _last_words(self) -> str:
        """Give the end of what the child wrote to its standard error, and end it: its answers may come late."""
        self._child.kill()
        self._child.wait()
        if self._said.closed:
            return "the session was ended"
        self._said.seek(0)
        return " ".join(self._said.read().decode("utf-8", "replace").split())[-300:] or "it is gone"
