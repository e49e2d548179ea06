"""Workers as processes of this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from zhibiao.errors import ZhibiaoError
from zhibiao.inference.scheduler import WorkerLostError
from zhibiao.inference.stages import Stages
from zhibiao.inference.tasks import LoadFailure, Outcome, PipelineIdentity, Task, load_reader

_SECONDS_TO_DIE = 5.0


@dataclass(eq=False, frozen=True, slots=True)
class ProcessWorker:
    """A process and the line to it."""

    process: SpawnProcess
    connection: Connection[Task, PipelineIdentity | LoadFailure | Outcome]


class ProcessCrew:
    """Starts each worker as a fresh process that loads its own pipeline.

    Processes are spawned, not forked: a fork would copy locks that threads of this process may hold.

    Parameters
    ----------
    stages
        The stages to work with.
    model
        Name or path of the pipeline; None asks for the best one there is.
    min_score
        Facts that the pipeline is less sure of are left out of the table.
    """

    def __init__(self, stages: Stages, model: str | None, min_score: float = 0.0) -> None:
        self._work = (stages, model, min_score)

    def hire(self) -> ProcessWorker:
        """Start a process; its first answer comes when its pipeline is loaded."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, *self._work), name="zhibiao-worker", daemon=True)
        try:
            with _holding_interrupts():
                process.start()
        except OSError as error:
            raise ZhibiaoError(f"no worker process can be started: {error.strerror or error}") from error
        # only the worker may hold its end, else its death would not be seen
        theirs.close()
        return ProcessWorker(process, ours)

    def give(self, worker: ProcessWorker, task: Task) -> None:
        """Give a file to a worker that has none."""
        with suppress(OSError):
            worker.connection.send(task)

    def wait(self, workers: Sequence[ProcessWorker], seconds: float) -> Collection[ProcessWorker]:
        """Wait until a worker has an answer or died, at most some seconds, and give those."""
        ready = set(wait([worker.connection for worker in workers], seconds))
        return [worker for worker in workers if worker.connection in ready]

    def take(self, worker: ProcessWorker) -> PipelineIdentity | LoadFailure | Outcome:
        """Take the answer of a worker.

        Raises
        ------
        WorkerLostError
            If the worker died.
        """
        try:
            return worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join(_SECONDS_TO_DIE)
            raise WorkerLostError(f"the worker process died ({describe_exit(worker.process.exitcode)})") from None

    def dismiss(self, worker: ProcessWorker) -> None:
        """Stop a worker at once, whatever it does."""
        worker.process.kill()
        worker.process.join()
        worker.process.close()
        worker.connection.close()

    def close(self) -> None:
        """Do nothing: processes are all that there is."""


def describe_exit(code: int | None) -> str:
    """Say in words how a process ended.

    Examples
    --------
    >>> describe_exit(-9), describe_exit(-11), describe_exit(3)
    ('SIGKILL, perhaps for want of memory', 'SIGSEGV', 'exit code 3')
    """
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return f"{name}, perhaps for want of memory" if name == "SIGKILL" else name


@contextmanager
def _holding_interrupts() -> Iterator[None]:
    """Let the process that is started here inherit a blocked SIGINT.

    Ctrl-C reaches every process of the terminal. A worker that is hit while it imports would print a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve(
    connection: Connection[PipelineIdentity | LoadFailure | Outcome, Task],
    stages: Stages,
    model: str | None,
    min_score: float,
) -> None:
    """Be a worker: load the pipeline, then answer each task, until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    # what a library prints must not end up among the results
    os.dup2(sys.stderr.fileno(), 1)
    # the workers share the cores: more threads in each make all of them slower
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    reader = load_reader(stages, model, min_score)
    with suppress(EOFError, OSError):
        connection.send(reader if isinstance(reader, LoadFailure) else reader.identity)
        while not isinstance(reader, LoadFailure):
            connection.send(reader.read(connection.recv()))


def _die_with_parent() -> None:
    """End this process when its parent is gone (kill -9), though it may be in the middle of a long file."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
