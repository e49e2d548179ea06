import sys
from pathlib import Path

import pytest

from zhibiao.annotation.doccano.answers import UnexpectedAnswerError, UnreachableError
from zhibiao.annotation.doccano.client_process import ClientProcess
from zhibiao.annotation.doccano.connect import Way, connect
from zhibiao.errors import InputError, MissingExtraError

URL = "http://127.0.0.1:9"


def test_without_its_environment_it_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(MissingExtraError, match="make doccano"):
        connect(URL, "admin", "p", way=Way.CLIENT, python=tmp_path / "python")


def test_what_fails_in_the_child_is_told_here() -> None:
    with (
        ClientProcess(URL, Path(sys.executable)) as session,
        pytest.raises(UnexpectedAnswerError, match="doccano_client"),
    ):
        session.log_in("admin", "p")


def test_a_child_that_dies_is_an_end_and_no_hang() -> None:
    with (
        ClientProcess(URL, Path("/bin/false")) as session,
        pytest.raises(UnreachableError, match="no answer to log_in"),
    ):
        session.log_in("admin", "p")


def test_no_password_to_another_machine_in_the_clear() -> None:
    with pytest.raises(InputError, match="over https alone"):
        ClientProcess("http://192.0.2.1", Path(sys.executable))
