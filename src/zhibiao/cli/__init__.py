"""The command line: one sub-command per file of this package, each a thin layer over a function.

A new command is a module here with a function of the same name (or an app, for a group of commands), and its name in
:data:`COMMANDS`.
"""

from __future__ import annotations

import functools
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from types import FrameType
from typing import Annotated, Any, NoReturn

import typer

from zhibiao import __version__
from zhibiao.errors import ZhibiaoError

COMMANDS = ("extract", "show", "ingest", "preview", "corpus", "evaluate", "indicators", "weak", "annotate", "traps")

FAULT = 1
INTERRUPTED = 130


def main() -> None:
    """Run the command line."""
    # a batch system ends jobs with SIGTERM; let it end like Ctrl-C, with workers stopped and files closed
    signal.signal(signal.SIGTERM, _interrupt)
    make_app()()


def make_app() -> typer.Typer:
    """Put the commands together."""
    app = typer.Typer(
        name="zhibiao",
        help="Turns Chinese local-government work reports into a table of facts, each with its sentence.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_show_version)
    for name in COMMANDS:
        command = getattr(import_module(f"zhibiao.cli.{name}"), name)
        if isinstance(command, typer.Typer):
            for registered in command.registered_commands:
                if registered.callback is not None:
                    registered.callback = report_faults(registered.callback)
            app.add_typer(command, name=name)
        else:
            app.command(name)(report_faults(command))
    return app


def report_faults(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command end with one line on stderr, not a traceback, for what users can mend.

    Examples
    --------
    >>> @report_faults
    ... def fail() -> None:
    ...     raise ZhibiaoError("没有.txt: no such file")
    >>> try:
    ...     fail()
    ... except typer.Exit as end:
    ...     end.exit_code
    1
    """

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except ZhibiaoError as error:
            print(f"zhibiao: {error}", file=sys.stderr)
            raise typer.Exit(FAULT) from None
        except KeyboardInterrupt:
            print("zhibiao: interrupted; run the same command again to continue", file=sys.stderr)
            raise typer.Exit(INTERRUPTED) from None

    return run


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"zhibiao {__version__}")
        raise typer.Exit


def _show_version(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Hold the options that belong to no command."""
