from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from zhibiao.errors import ModelError
from zhibiao.inference.scheduler import Scheduler, WorkerLostError
from zhibiao.inference.tasks import LoadFailure, Outcome, PipelineIdentity, Task

RULES = PipelineIdentity("rules", "0.1.0", "ab", "rules")


@dataclass
class ScriptedCrew:
    """A crew whose workers take a given time for a task, or die of it; time passes only while it waits."""

    fates: dict[int, float | str] = field(default_factory=dict)
    identities: list[PipelineIdentity | LoadFailure | str | float] = field(default_factory=list)
    now: float = 0.0
    hired: int = 0
    dismissed: list[int] = field(default_factory=list)
    most_at_once: int = 0
    due: dict[int, tuple[float, PipelineIdentity | LoadFailure | Outcome | str]] = field(default_factory=dict)

    def hire(self) -> int:
        self.hired += 1
        fate = self.identities.pop(0) if self.identities else RULES
        self.due[self.hired] = (self.now + fate, RULES) if isinstance(fate, float) else (self.now + 1, fate)
        return self.hired

    def give(self, worker: int, task: Task) -> None:
        fate = self.fates.get(task.position, 1.0)
        outcome = Outcome(task.position, task.name)
        self.due[worker] = (self.now + 1, fate) if isinstance(fate, str) else (self.now + fate, outcome)
        self.most_at_once = max(self.most_at_once, len(self.due))

    def wait(self, workers: Sequence[int], seconds: float) -> Collection[int]:
        first = min(self.due[worker][0] for worker in workers)
        self.now = min(first, self.now + seconds)
        return [worker for worker in workers if self.due[worker][0] <= self.now]

    def take(self, worker: int) -> PipelineIdentity | LoadFailure | Outcome:
        _, answer = self.due.pop(worker)
        if isinstance(answer, str):
            raise WorkerLostError(answer)
        return answer

    def dismiss(self, worker: int) -> None:
        self.due.pop(worker, None)
        self.dismissed.append(worker)

    def close(self) -> None:
        self.dismissed.append(0)

    def schedule(self) -> Scheduler[int]:
        return Scheduler(self, seconds_per_file=10, seconds_to_load=60, clock=lambda: self.now)


def make_tasks(number: int) -> Iterator[Task]:
    return (Task(position, Path(f"{position}.txt"), f"{position}.txt", None) for position in range(number))


def read_all(crew: ScriptedCrew, number: int, workers: int) -> dict[int, str | None]:
    outcomes = list(crew.schedule().run(make_tasks(number), workers=workers))
    assert len({outcome.position for outcome in outcomes}) == len(outcomes) == number
    return {outcome.position: outcome.reason for outcome in outcomes if outcome.reason}


def test_load_tells_which_pipeline_it_is_and_keeps_the_worker() -> None:
    crew = ScriptedCrew()
    scheduler = crew.schedule()
    assert scheduler.load() == RULES
    assert len(list(scheduler.run(make_tasks(3), workers=1))) == 3
    assert crew.hired == 1


@pytest.mark.parametrize("workers", [1, 2, 7])
@pytest.mark.parametrize("number", [0, 1, 2, 9])
def test_run_reads_every_file_with_no_more_workers_than_allowed(number: int, workers: int) -> None:
    crew = ScriptedCrew({0: 9.0, 4: 3.0})
    assert read_all(crew, number, workers) == {}
    assert crew.most_at_once <= workers
    assert crew.hired <= workers


def test_run_draws_no_more_tasks_than_it_can_hand_out() -> None:
    drawn: list[int] = []

    def draw() -> Iterator[Task]:
        for task in make_tasks(100):
            drawn.append(task.position)
            yield task

    run = ScriptedCrew().schedule().run(draw(), workers=2)
    next(run)
    assert len(drawn) <= 4


def test_run_loses_only_the_file_in_hand_when_a_worker_dies() -> None:
    crew = ScriptedCrew({1: "SIGSEGV", 3: "SIGKILL"})
    assert read_all(crew, 6, 2) == {1: "SIGSEGV", 3: "SIGKILL"}
    assert len(crew.dismissed) == 2


def test_run_rejects_a_file_that_takes_too_long_and_goes_on() -> None:
    crew = ScriptedCrew({0: 1e9, 2: 9.5})
    assert read_all(crew, 5, 2) == {0: "not done within the limit of 10 s"}
    assert crew.now < 60


def test_run_takes_an_answer_that_came_in_time_but_was_not_looked_at_in_time() -> None:
    crew = ScriptedCrew({0: 5.0, 1: 6.0})
    run = crew.schedule().run(make_tasks(2), workers=2)
    outcomes = [next(run)]
    crew.now += 1_000  # whoever takes the outcomes was slow
    outcomes += run
    assert [outcome.reason for outcome in outcomes] == [None, None]


@pytest.mark.parametrize(
    ("identities", "message"),
    [
        ([LoadFailure("there is no pipeline")], "there is no pipeline"),
        (["SIGKILL"], "a worker failed to load the pipeline: SIGKILL"),
        ([1e9], "a worker failed to load the pipeline: not done within the limit of 60 s"),
    ],
)
def test_load_says_why_there_is_no_pipeline(
    identities: list[PipelineIdentity | LoadFailure | str | float], message: str
) -> None:
    with pytest.raises(ModelError, match=message):
        ScriptedCrew(identities=identities).schedule().load()


def test_run_stops_when_the_model_changes_under_it() -> None:
    other = PipelineIdentity("rules", "0.1.0", "cd", "rules")
    crew = ScriptedCrew({0: "SIGKILL"}, identities=[RULES, other])
    with pytest.raises(ModelError, match="the model changed during the run"):
        list(crew.schedule().run(make_tasks(3), workers=1))


def test_close_dismisses_every_worker() -> None:
    crew = ScriptedCrew({1: 1e9})
    with crew.schedule() as scheduler:
        next(scheduler.run(make_tasks(9), workers=3))
    assert crew.dismissed == [1, 2, 3, 0] or sorted(crew.dismissed) == [0, 1, 2, 3]
