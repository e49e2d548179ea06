"""Run doccano on loopback: one process, SQLite, its own folder; started by ``control.py``, or as it is in a container.

The account ``admin`` is made if it is not there. Its password is the first line of standard input, else ``DOCCANO_PASSWORD``, else a random
one. A line of JSON on standard output tells the port, and the random password, when the server answers.
"""

# ruff: noqa: PLC0415 - what belongs to doccano is imported when its folder and key are known
from __future__ import annotations

import argparse
import json
import os
import secrets
import socket
import sys
from contextlib import redirect_stdout
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

ADMIN = "admin"
# SQLite takes one writer at a time: with one thread nobody ever finds the database locked.
THREADS = 1


def main() -> None:
    """Prepare the folder and the database, and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000, help="0 takes any free port")
    arguments = parser.parse_args()
    os.umask(0o077)
    with socket.socket() as probe:  # a port that is taken is told at once, not after the database is made
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((arguments.host, arguments.port))
    prepare(arguments.folder)
    with redirect_stdout(sys.stderr):  # standard output is for the line that control.py waits for
        set_up_django()
        chosen = sys.stdin.readline().rstrip("\n") or os.environ.pop("DOCCANO_PASSWORD", "")
        told = make_admin(chosen)
    serve(arguments.host, arguments.port, told)


def prepare(folder: Path) -> None:
    """Make the folder and its secret key, and point Django at them."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = folder / "secret_key"
    if not key.exists():
        descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    for name in ("media", "uploads"):
        (folder / name).mkdir(exist_ok=True)
    backend = Path(find_spec("backend").submodule_search_locations[0])
    sys.path[:0] = [str(Path(__file__).resolve().parent), str(backend)]
    os.environ |= {
        "ANNOTATION_FOLDER": str(folder.resolve()),
        "SECRET_KEY": key.read_text(),
        "DJANGO_SETTINGS_MODULE": "annotation_settings",
        "STANDALONE": "True",
    }


def set_up_django() -> None:
    """Load doccano, and bring the database to its form."""
    import config.celery  # noqa: F401 - the application that runs imports
    import django

    django.setup()
    from django.core import management
    from django.db import connection

    if not connection.introspection.table_names():
        # of an empty database nothing can be lost: half the time of the first start was waiting for the disk
        connection.cursor().execute("PRAGMA synchronous=OFF")
    management.call_command("migrate", verbosity=0)
    management.call_command("create_roles", verbosity=0)
    connection.close()


def make_admin(chosen: str) -> dict[str, object]:
    """Make the account ``admin`` if it is not there; tell whether it was made, and the password unless it was chosen."""
    from django.contrib.auth import get_user_model

    users = get_user_model().objects
    if users.filter(username=ADMIN).exists():
        return {"admin_made": False}
    password = chosen or secrets.token_urlsafe(12)
    users.create_superuser(ADMIN, email="", password=password)
    return {"admin_made": True} | ({} if chosen else {"password": password})


def serve(host: str, port: int, told: dict[str, object]) -> None:
    """Answer requests until the process is ended."""
    from config.wsgi import application
    from waitress import create_server

    server = create_server(application, host=host, port=port, threads=THREADS, ident="doccano")
    print(json.dumps({"port": int(server.effective_port), "doccano": version("doccano"), **told}), flush=True)
    server.run()


if __name__ == "__main__":
    main()
