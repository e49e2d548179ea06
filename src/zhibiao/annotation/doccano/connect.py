"""Reaching a server: the way to it, and the login."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from zhibiao.annotation.doccano.client_process import ClientProcess
from zhibiao.annotation.doccano.rest import RestTransport
from zhibiao.annotation.doccano.transport import Transport

# Where ``make doccano`` puts doccano-client.
CLIENT_PYTHON = Path(".doccano/client/bin/python")


class Way(StrEnum):
    """How the server is reached."""

    REST = "rest"
    CLIENT = "client"


def connect(url: str, username: str, password: str, *, way: Way = Way.REST, python: Path = CLIENT_PYTHON) -> Transport:
    """Open a session and log in.

    Raises
    ------
    InputError
        If the address is none, or a password would travel in the clear.
    ServerError
        If nobody answers, or the account is refused.
    MissingExtraError
        If what the way needs is not installed.
    """
    transport: Transport = RestTransport(url) if way is Way.REST else ClientProcess(url, python)
    try:
        transport.log_in(username, password)
    except BaseException:
        transport.close()
        raise
    return transport
