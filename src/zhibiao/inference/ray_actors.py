"""Workers as Ray actors, on this machine or on a cluster. Needs the extra ``ray``.

With ``RAY_ADDRESS`` set, or Ray already started by the caller, the work goes to that cluster, whose machines must see
the files under the same paths. Otherwise a Ray of our own is started on this machine and stopped at the end; it speaks
to itself over the loopback interface only, without dashboard and usage report.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from zhibiao.errors import MissingExtraError
from zhibiao.inference.scheduler import WorkerLostError
from zhibiao.inference.stages import Stages
from zhibiao.inference.tasks import FileReader, LoadFailure, Outcome, PipelineIdentity, Task, load_reader

logger = logging.getLogger(__name__)

_STORE_BYTES = 512 * 2**20
# Off: the usage report, a notice about GPUs, and (the odd one) listening on every interface. Ray reads this last name on
# Linux too: without it a Ray of our own would offer its ports to the network.
_PRIVATE_RAY = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
}


class ReaderActor:
    """What runs in a Ray worker: a reader, loaded when it is asked for its identity.

    Parameters
    ----------
    stages, model, min_score
        As for :class:`zhibiao.inference.tasks.FileReader`.
    folder
        The working folder of the caller, in which a relative name of a model is looked for.
    """

    def __init__(self, stages: Stages, model: str | None, min_score: float, folder: str) -> None:
        self._work = (stages, model, min_score)
        self._folder = folder
        self._reader: FileReader | None = None

    def load(self) -> PipelineIdentity | LoadFailure:
        """Load the pipeline and say which one it is."""
        with suppress(OSError):
            os.chdir(self._folder)
        reader = load_reader(*self._work)
        if isinstance(reader, LoadFailure):
            return reader
        self._reader = reader
        return reader.identity

    def read(self, task: Task) -> Outcome:
        """Read one file."""
        if self._reader is None:
            raise RuntimeError("an actor reads only after it loaded its pipeline")
        return self._reader.read(task)


@dataclass(eq=False, slots=True)
class RayWorker:
    """An actor, and the answer that is awaited from it."""

    actor: Any
    answer: Any


class RayCrew:
    """Starts each worker as a Ray actor that loads its own pipeline.

    Parameters
    ----------
    stages
        The stages to work with.
    model
        Name or path of the pipeline; None asks for the best one there is.
    min_score
        Facts that the pipeline is less sure of are left out of the table.
    workers
        How many CPUs a Ray of our own offers.
    """

    def __init__(self, stages: Stages, model: str | None, min_score: float = 0.0, *, workers: int) -> None:
        self._ray = _import_ray()
        self._ours = not self._ray.is_initialized()
        if self._ours:
            _start_ray(self._ray, workers)
        self._work = (stages, model, min_score)
        self._actor_class = self._ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(ReaderActor)

    def hire(self) -> RayWorker:
        """Start an actor; its first answer comes when its pipeline is loaded."""
        actor = self._actor_class.remote(*self._work, str(Path.cwd()))
        return RayWorker(actor, actor.load.remote())

    def give(self, worker: RayWorker, task: Task) -> None:
        """Give a file to a worker that has none."""
        worker.answer = worker.actor.read.remote(task)

    def wait(self, workers: Sequence[RayWorker], seconds: float) -> Collection[RayWorker]:
        """Wait until a worker has an answer or died, at most some seconds, and give those."""
        answers = [worker.answer for worker in workers]
        ready, _ = self._ray.wait(answers, num_returns=1, timeout=seconds)
        if ready:
            # the first one is there: whoever else has finished is taken along
            ready, _ = self._ray.wait(answers, num_returns=len(answers), timeout=0)
        return [worker for worker in workers if worker.answer in ready]

    def take(self, worker: RayWorker) -> PipelineIdentity | LoadFailure | Outcome:
        """Take the answer of a worker.

        Raises
        ------
        WorkerLostError
            If the worker died.
        """
        try:
            answer: PipelineIdentity | LoadFailure | Outcome = self._ray.get(worker.answer)
        except self._ray.exceptions.RayError as error:
            logger.debug("a Ray worker was lost", exc_info=True)
            raise WorkerLostError(f"the worker process died ({type(error).__name__})") from error
        return answer

    def dismiss(self, worker: RayWorker) -> None:
        """Stop a worker at once, whatever it does."""
        self._ray.kill(worker.actor, no_restart=True)

    def close(self) -> None:
        """Stop the Ray that this crew started."""
        if self._ours:
            self._ray.shutdown()


def _import_ray() -> Any:  # untyped: its decorators add methods that no type shows
    if not os.environ.get("RAY_ADDRESS"):
        for name, value in _PRIVATE_RAY.items():
            os.environ.setdefault(name, value)
    try:
        return import_module("ray")
    except ImportError:
        raise MissingExtraError("the engine ray needs ray: run pip install 'zhibiao[ray]', or choose local") from None


def _start_ray(ray: Any, workers: int) -> None:
    if os.environ.get("RAY_ADDRESS"):
        ray.init(configure_logging=False)
        return
    ray.init(
        address="local",
        num_cpus=workers,
        include_dashboard=False,
        log_to_driver=False,
        configure_logging=False,
        object_store_memory=_STORE_BYTES,
    )
