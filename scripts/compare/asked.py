"""Other tools asked in their own environments, and what they answered kept in files: the same question is asked once."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


class UnaskedError(Exception):
    """A tool whose environment was not given, and whose answer is on no file."""


def ask(
    cache: Path,
    name: str,
    question: Any,
    *,
    script: str,
    command: Sequence[str] | None,
    cwd: Path | None = None,
    state: str = "",
) -> Any:
    """Let a script of this folder answer a question, JSON to JSON.

    Parameters
    ----------
    cache, name
        The folder of answers, and what the tool is called there.
    script, command
        The script, and the interpreter that runs it with the arguments behind it; None if there is none.
    cwd, state
        Where it runs, and what else decides its answer, such as a hash of its model.

    Raises
    ------
    UnaskedError
        If the answer is on no file and there is no interpreter.
    """
    source = (HERE / script).read_text("utf-8")

    def answer(text: str) -> str:
        if command is None:
            raise UnaskedError(name)
        interpreter, *arguments = command
        call = [interpreter, "-X", "utf8", str(HERE / script), *arguments]
        done = subprocess.run(
            call, input=text, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True, cwd=cwd
        )
        return done.stdout

    return keep(cache, name, question, state=source + state, answer=answer)


def keep(cache: Path, name: str, question: Any, *, state: str, answer: Callable[[str], str]) -> Any:
    """Give the answer on file, or get it and put it there."""
    text = json.dumps(question, ensure_ascii=False)
    path = cache / f"{name}-{sha256((state + text).encode()).hexdigest()[:12]}.json"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(answer(text), encoding="utf-8")
    return json.loads(path.read_text("utf-8"))
