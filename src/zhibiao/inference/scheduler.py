"""Hands files to workers one by one, and outlives their deaths.

A worker holds one file at a time. If it dies, only that file is lost: it is rejected with the reason, and a new worker
takes the place. (A shared pool such as ``concurrent.futures`` breaks as a whole when one process dies, and cannot say
which file did it.) The same scheduler drives local processes and Ray actors, through the few calls of :class:`Crew`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

from zhibiao.errors import ModelError
from zhibiao.inference.tasks import LoadFailure, Outcome, PipelineIdentity, Task

WorkerT = TypeVar("WorkerT")


class WorkerLostError(Exception):
    """A worker died; the message says how."""


class Crew(Protocol[WorkerT]):
    """A kind of worker: how one is started, spoken to and stopped."""

    def hire(self) -> WorkerT:
        """Start a worker; its first answer comes when its pipeline is loaded."""

    def give(self, worker: WorkerT, task: Task) -> None:
        """Give a file to a worker that has none; one that died shows it when it is asked for the answer."""

    def wait(self, workers: Sequence[WorkerT], seconds: float) -> Collection[WorkerT]:
        """Wait until a worker has an answer or died, at most some seconds, and give those."""

    def take(self, worker: WorkerT) -> PipelineIdentity | LoadFailure | Outcome:
        """Take the answer of a worker that :meth:`wait` gave; raise :class:`WorkerLostError` if it died."""

    def dismiss(self, worker: WorkerT) -> None:
        """Stop a worker at once, whatever it does."""

    def close(self) -> None:
        """Give back what the crew as a whole holds."""


@dataclass(eq=False, slots=True)
class _Post(Generic[WorkerT]):
    """A worker that is waited for, with the file in its hand; None while it loads its pipeline."""

    worker: WorkerT
    task: Task | None
    started: float
    deadline: float


class Scheduler(Generic[WorkerT]):
    """Reads files with a crew.

    Parameters
    ----------
    crew
        Starts and stops the workers.
    seconds_per_file, seconds_to_load
        How long a worker may take for a file, and to load its pipeline.
    clock
        Tells the time in seconds.
    """

    def __init__(
        self,
        crew: Crew[WorkerT],
        *,
        seconds_per_file: float,
        seconds_to_load: float = 600.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._crew = crew
        self._seconds_per_file = seconds_per_file
        self._seconds_to_load = seconds_to_load
        self._clock = clock
        self._posts: list[_Post[WorkerT]] = []
        self._idle: list[WorkerT] = []
        self._identity: PipelineIdentity | None = None

    def __enter__(self) -> Self:
        """Close the scheduler when the block ends."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop all workers."""
        self.close()

    def load(self) -> PipelineIdentity:
        """Start the first worker and say which pipeline it loaded.

        Raises
        ------
        ModelError
            If it cannot load one.
        """
        if self._identity is None:
            self._hire()
        while self._identity is None:
            self._collect()
        return self._identity

    def run(self, tasks: Iterable[Task], *, workers: int) -> Iterator[Outcome]:
        """Read files; the outcomes come as they are ready, in no fixed order, one for each task.

        At most ``workers`` work at the same time, and no more tasks are drawn than they can take.

        Raises
        ------
        ModelError
            If a worker cannot load the pipeline, or loads another one than the first did.
        """
        queue = iter(tasks)
        upcoming = next(queue, None)
        while upcoming is not None or any(post.task for post in self._posts):
            while upcoming is not None and self._idle:
                self._give(self._idle.pop(), upcoming)
                upcoming = next(queue, None)
            while upcoming is not None and len(self._posts) < workers:
                self._hire()
            yield from self._collect()

    def close(self) -> None:
        """Stop all workers, whatever they do."""
        for worker in [*self._idle, *(post.worker for post in self._posts)]:
            self._crew.dismiss(worker)
        self._idle.clear()
        self._posts.clear()
        self._crew.close()

    def _hire(self) -> None:
        now = self._clock()
        self._posts.append(_Post(self._crew.hire(), None, now, now + self._seconds_to_load))

    def _give(self, worker: WorkerT, task: Task) -> None:
        now = self._clock()
        self._crew.give(worker, task)
        self._posts.append(_Post(worker, task, now, now + self._seconds_per_file))

    def _collect(self) -> list[Outcome]:
        """Wait for at least one answer, death or deadline."""
        patience = min(post.deadline for post in self._posts) - self._clock()
        ready = self._crew.wait([post.worker for post in self._posts], max(0.0, patience))
        now = self._clock()
        outcomes: list[Outcome] = []
        for post in list(self._posts):
            if post.worker in ready:
                outcomes += self._take(post)
            elif post.deadline <= now:
                outcomes.append(self._lose(post, f"not done within the limit of {post.deadline - post.started:g} s"))
        return outcomes

    def _take(self, post: _Post[WorkerT]) -> list[Outcome]:
        try:
            answer = self._crew.take(post.worker)
        except WorkerLostError as error:
            return [self._lose(post, str(error))]
        self._posts.remove(post)
        self._idle.append(post.worker)
        if isinstance(answer, Outcome):
            return [answer]
        if isinstance(answer, LoadFailure):
            raise ModelError(answer.message)
        # a model that is trained anew under the run would mix two models in one table
        if self._identity not in {None, answer}:
            raise ModelError("the model changed during the run; run the same command again")
        self._identity = answer
        return []

    def _lose(self, post: _Post[WorkerT], reason: str) -> Outcome:
        self._posts.remove(post)
        self._crew.dismiss(post.worker)
        if post.task is None:
            raise ModelError(f"a worker failed to load the pipeline: {reason}")
        return Outcome(post.task.position, post.task.name, reason, seconds=self._clock() - post.started)
