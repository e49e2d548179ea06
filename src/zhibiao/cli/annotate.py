"""``zhibiao annotate``: the annotation loop with doccano: push, pull, status, agree, settle, next, diff."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from zhibiao.annotation.doccano.transport import Transport
    from zhibiao.annotation.rounds import Round
    from zhibiao.annotation.settle import Choice, Difference
    from zhibiao.annotation.suggestions import SuggestedReport

annotate = typer.Typer(help="The annotation loop: suggestions to doccano, people's work back, agreement, settlement.")

# Some of the work has to be looked at; the rest is done.
REJECTED = 3
PASSWORD = "DOCCANO_PASSWORD"  # noqa: S105 - the name of a variable
LABELS = Path("annotations/labels.json")
GUIDELINES = Path("annotations/GUIDELINES.md")
GOLD = Path("annotations/gold")

RoundFolder = Annotated[Path, typer.Argument(help="Folder of the round, such as annotations/rounds/2026-11.")]
Url = Annotated[str, typer.Option(envvar="DOCCANO_URL", help="The doccano server.")]
User = Annotated[
    str, typer.Option(envvar="DOCCANO_USER", help="Account; its password comes from DOCCANO_PASSWORD or is asked for.")
]
Way = Annotated[str, typer.Option(help="rest, or client for doccano-client in its own environment.")]
URL, USER, WAY = "http://127.0.0.1:8000", "admin", "rest"


@annotate.command()
def push(
    folder: RoundFolder,
    suggestions: Annotated[
        list[Path] | None, typer.Argument(help="Gold, silver or spans.jsonl; none continues a broken-off push.")
    ] = None,
    *,
    annotator: Annotated[
        list[str] | None, typer.Option(help="NAME or NAME=WEIGHT; repeat for each. New accounts are made.")
    ] = None,
    double: Annotated[float | None, typer.Option(min=0, max=1, help="Part of the reports that two annotate.")] = None,
    queue: Annotated[Path | None, typer.Option(help="Of zhibiao annotate next: which reports, in which order.")] = None,
    count: Annotated[int | None, typer.Option(min=1, help="At most so many reports.")] = None,
    size: Annotated[int | None, typer.Option(min=200, help="Characters in a document.")] = None,
    labels: Annotated[Path, typer.Option(help="Labels, keys, colours.")] = LABELS,
    guidelines: Annotated[Path, typer.Option(help="The guide that annotators see.")] = GUIDELINES,
    url: Url = URL,
    user: User = USER,
    way: Way = WAY,
) -> None:
    """Send reports with suggested annotation to annotators, one project each; check everything first.

    Example: zhibiao annotate push annotations/rounds/2026-11 output/silver.jsonl --annotator anna=2 --annotator bo --double 0.2
    """
    from zhibiao.annotation.projects import Setting, read_guideline, read_labels
    from zhibiao.annotation.push import check_reports, open_round, plan_round
    from zhibiao.annotation.push import push as send
    from zhibiao.annotation.queue_files import doccano_score, read_queue
    from zhibiao.annotation.rounds import Round
    from zhibiao.annotation.shares import parse_share
    from zhibiao.annotation.suggestions import read_suggestions
    from zhibiao.errors import InputError

    setting = Setting(read_labels(labels), read_guideline(guidelines))
    reports = read_suggestions(suggestions) if suggestions else []
    items = read_queue(queue) if queue else []
    if items:
        by_id = {report.report_id: report for report in reports}
        reports = [by_id[item.report_id] for item in items if item.report_id in by_id]
    reports = reports[:count]
    round_ = Round(folder)
    if faults := check_reports(reports):
        for fault in faults:
            typer.echo(str(fault))
        raise InputError(f"{len(faults)} faults in the suggestions, nothing was sent")
    with round_.alone():
        shares = [parse_share(told) for told in annotator or ()]
        info, shares = open_round(round_, url, shares, size=size, double=double, empty=not reports)
        with _log_in(url, user, way) as transport, _progress("sending") as progress:
            plan = plan_round(round_, info, reports, shares)
            scores = {item.report_id: doccano_score(item) for item in items}
            try:
                summary = send(transport, round_, round_.read_info(), plan, setting, scores=scores, progress=progress)
            finally:  # an account that was made before the line went dead has its password from here alone
                _tell_passwords(setting.passwords)
    for name, documents in plan.items():
        typer.echo(f"{name}: {len({one.report.report_id for one in documents})} reports, {len(documents)} documents")
    typer.echo(f"{summary.sent} documents sent, {summary.there} were there, {len(summary.repaired)} repaired", err=True)
    _end_with_faults([str(fault) for fault in summary.faults])


@annotate.command()
def pull(
    folder: RoundFolder,
    *,
    annotator: Annotated[list[str] | None, typer.Option(help="Only this annotator; may be repeated.")] = None,
    unfinished: Annotated[bool, typer.Option(help="Also reports that are not marked as done.")] = False,
    url: Url = URL,
    user: User = USER,
    way: Way = WAY,
) -> None:
    """Fetch what annotators did: gold candidates, and everything that was lost, moved or illegal.

    Example: zhibiao annotate pull annotations/rounds/2026-11
    """
    from zhibiao.annotation.pull import pull as fetch
    from zhibiao.annotation.results import write_pulled
    from zhibiao.annotation.rounds import Round

    round_ = Round(folder)
    round_.read_info()
    with round_.alone(), _log_in(url, user, way) as transport, _progress("reading") as progress:
        pulled = fetch(transport, round_, annotators=annotator or (), progress=progress)
        summaries = [write_pulled(round_, one, unfinished=unfinished) for one in pulled]
    faults: list[str] = []
    for one in summaries:
        counts = f"{len(one.candidates)} candidates, {len(one.in_work)} in work, {len(one.quarantined)} in quarantine"
        typer.echo(f"{one.annotator}: {counts}, {len(one.doubts)} doubts")
        faults += [f"{one.annotator}: {fault}" for fault in one.faults]
    typer.echo(f"written: {folder / 'pulled'}", err=True)
    _end_with_faults(faults)


@annotate.command()
def status(folder: RoundFolder, url: Url = URL, user: User = USER, way: Way = WAY) -> None:
    """Say how far the annotators are.

    Example: zhibiao annotate status annotations/rounds/2026-11
    """
    from rich.table import Table

    from zhibiao.annotation.rounds import Round
    from zhibiao.annotation.status import read_status

    with _log_in(url, user, way) as transport:
        rows = read_status(transport, Round(folder))
    table = Table("annotator", "reports done", "documents done", "comments", "gone", "not ours", "where")
    for row in rows:
        reports, documents = f"{row.reports_done}/{row.reports}", f"{row.documents_done}/{row.documents}"
        table.add_row(row.annotator, reports, documents, str(row.remarks), str(row.gone), str(row.strays), row.url)
    _print(table)


@annotate.command()
def agree(folder: RoundFolder) -> None:
    """Measure how far annotators agree on the reports that two of them did, after a pull.

    Example: zhibiao annotate agree annotations/rounds/2026-11
    """
    from rich.table import Table

    from zhibiao.annotation.panel import measure_panel
    from zhibiao.annotation.results import read_candidates
    from zhibiao.annotation.rounds import Round

    table = Table("pair", "reports", "label", "first", "second", "F1 strict", "F1 overlap", "alpha")
    pair = None
    for row in measure_panel(read_candidates(Round(folder))):
        if (row.first, row.second) != pair:
            table.add_section()
            pair = (row.first, row.second)
        numbers = (row.strict, row.overlap, row.alpha)
        table.add_row(
            f"{row.first}, {row.second}", str(row.reports), row.label, *map(str, row.counts), *map(_share, numbers)
        )
    _print(table)


@annotate.command()
def settle(
    folder: RoundFolder,
    *,
    first: Annotated[str | None, typer.Option(help="One annotator; without it the two with most in common.")] = None,
    second: Annotated[str | None, typer.Option(help="The other.")] = None,
    gold: Annotated[Path | None, typer.Option(help="Folder for the settled gold; ROUND/settled without it.")] = None,
    doccano: Annotated[
        Path | None, typer.Option(help="Make a round of the differences in this folder instead.")
    ] = None,
    annotator: Annotated[list[str] | None, typer.Option(help="Who settles that round.")] = None,
    url: Url = URL,
    user: User = USER,
    way: Way = WAY,
) -> None:
    """Settle what two annotators differ in, question by question, or as a round in doccano; the result is gold.

    Example: zhibiao annotate settle annotations/rounds/2026-11 --gold annotations/approved
    """
    from zhibiao.annotation.dialogue import choose_pair, settle_round
    from zhibiao.annotation.results import read_candidates
    from zhibiao.annotation.rounds import Round

    annotated = read_candidates(Round(folder))
    pair = choose_pair(annotated, first, second)
    if doccano is not None:
        _settle_in_doccano(Round(folder), Round(doccano), pair, annotator or [], (url, user, way))
        return
    summary = settle_round(Round(folder), annotated, pair, gold or folder / "settled", _ask)
    for path in summary.gold:
        typer.echo(str(path))
    typer.echo(f"{len(summary.gold)} reports settled, {len(summary.open)} open", err=True)
    if summary.open:
        typer.echo("the same command goes on with what is open", err=True)
        raise typer.Exit(REJECTED)


def _ask(question: str, difference: Difference) -> Choice | None:
    from zhibiao.annotation.dialogue import Stopped
    from zhibiao.annotation.settle import Choice

    keys = {"1": Choice.FIRST, "2": Choice.SECOND, "b": Choice.BOTH, "n": Choice.NEITHER}
    allowed = {key: choice for key, choice in keys.items() if choice in difference.choices}
    hint = ", ".join(f"{key} {choice}" for key, choice in allowed.items())
    typer.echo(f"\n{question}")
    while True:
        answer = typer.prompt(f"{hint}, Enter later, q quit", default="", show_default=False).strip().lower()
        if answer == "q":
            raise Stopped
        if not answer:
            return None
        if answer in allowed:
            return allowed[answer]


def _settle_in_doccano(
    folder: Round, target: Round, pair: tuple[str, str], annotators: Sequence[str], server: tuple[str, str, str]
) -> None:
    from zhibiao.annotation.projects import Setting, read_guideline, read_labels
    from zhibiao.annotation.push import open_round
    from zhibiao.annotation.results import read_candidates
    from zhibiao.annotation.settle_round import push_differences, unite
    from zhibiao.annotation.shares import parse_share
    from zhibiao.errors import InputError

    annotated, of = read_candidates(folder), folder.read_info()
    first, second = annotated[pair[0]], annotated[pair[1]]
    unions = [unite(first[name], second[name], pair) for name in sorted(first.keys() & second.keys())]
    unions = [union for union in unions if union.differences or union.contested]
    if not unions:
        raise InputError("the two do not differ: zhibiao annotate settle without --doccano writes the gold")
    shares = [parse_share(told) for told in annotators]
    info, _ = open_round(target, server[0], shares, size=of.size, settles=of.name)
    setting = Setting(read_labels(LABELS), read_guideline(GUIDELINES))
    with _log_in(*server) as transport:
        try:
            _, written = push_differences(transport, target, info, unions, names=pair, setting=setting)
        finally:
            _tell_passwords(setting.passwords)
    typer.echo(f"{len(unions)} reports that differ, {written} comments; then: zhibiao annotate pull {target.folder}")


@annotate.command("next")
def next_(
    suggestions: Annotated[list[Path], typer.Argument(help="Silver or spans.jsonl of the reports to choose from.")],
    *,
    voter: Annotated[
        list[Path] | None, typer.Option(help="What another system suggests for them; may be repeated.")
    ] = None,
    known: Annotated[list[Path] | None, typer.Option(help="Gold that there is already.")] = None,
    order: Annotated[str, typer.Option(help="uncertainty, disagreement, novelty, mixed or random.")] = "mixed",
    count: Annotated[int, typer.Option(min=1, help="How many to show.")] = 20,
    seed: Annotated[int, typer.Option(help="Of the random order.")] = 0,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the whole queue, for push --queue.")
    ] = None,
) -> None:
    """Put reports into the order in which they are worth annotating.

    Example: zhibiao annotate next output/silver.jsonl --voter output/spans.jsonl --known annotations/gold -o output/queue.jsonl
    """
    from rich.table import Table

    from zhibiao.annotation.queue import Order, rank_reports
    from zhibiao.annotation.queue_files import write_queue
    from zhibiao.annotation.suggestions import read_suggestions
    from zhibiao.errors import InputError

    if order not in set(Order):
        raise InputError(f"an order is one of {', '.join(Order)}", where=order)
    voters = [read_suggestions(suggestions), *(read_suggestions([path]) for path in voter or ())]
    done = read_suggestions(known) if known else []
    ids = {report.report_id for report in done}
    by_id: list[dict[str, SuggestedReport]] = [{one.report_id: one for one in found} for found in voters]
    by_id[0] = {name: report for name, report in by_id[0].items() if name not in ids}
    if not by_id[0]:
        raise InputError("every report is annotated already")
    items = rank_reports(by_id, [report.text for report in done], order=Order(order), seed=seed)
    table = Table(
        "report", "place", "uncertainty", "disagreement", "novelty", title=f"the first of {len(items)}, {order}"
    )
    for item in items[:count]:
        table.add_row(item.report_id, *map(_share, (item.value, item.uncertainty, item.disagreement, item.novelty)))
    _print(table)
    if output is not None:
        write_queue(items, output)
        typer.echo(f"written: {output}", err=True)


@annotate.command()
def diff(folder: RoundFolder) -> None:
    """Count what people changed in the suggestions, by rule and label, after a pull.

    Example: zhibiao annotate diff annotations/rounds/2026-11
    """
    from rich.table import Table

    from zhibiao.annotation.diff import count_changes
    from zhibiao.annotation.results import read_history
    from zhibiao.annotation.rounds import Round
    from zhibiao.errors import InputError

    history = read_history(Round(folder))
    if not history:
        raise InputError("nothing was pulled yet: zhibiao annotate pull", where=str(folder))
    changes = count_changes(history)
    table = Table("rule", "label", "suggested", "kept", "moved", "relabelled", "removed", "share kept")
    for row in changes.rules:
        counts = (row.suggested, row.kept, row.moved, row.relabelled, row.removed)
        table.add_row(row.rule, row.label, *map(str, counts), _share(row.share_kept))
    _print(table)
    added = Table("label", "added")
    for label, number in sorted(changes.added.items()):
        added.add_row(label, str(number))
    _print(added)


def _log_in(url: str, user: str, way: str) -> Transport:
    from zhibiao.annotation.doccano.connect import Way as Ways
    from zhibiao.annotation.doccano.connect import connect
    from zhibiao.errors import InputError

    if way not in set(Ways):
        raise InputError(f"a way is one of {', '.join(Ways)}", where=way)
    password = os.environ.get(PASSWORD) or typer.prompt(f"password of {user}", hide_input=True, err=True)
    return connect(url, user, password, way=Ways(way))


@contextmanager
def _progress(what: str) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar for each annotator on a terminal, nothing elsewhere."""
    from rich.console import Console
    from rich.progress import Progress, TaskID

    console = Console(stderr=True)
    tasks: dict[str, TaskID] = {}
    with Progress(console=console, disable=not console.is_terminal) as bar:

        def tell(annotator: str, done: int, of: int) -> None:
            if annotator not in tasks:
                tasks[annotator] = bar.add_task(f"{what} {annotator}", total=of)
            bar.update(tasks[annotator], completed=done)

        yield tell


def _print(table: Table) -> None:
    from rich.console import Console

    console = Console()
    if not console.is_terminal:
        console.width = 140
    console.print(table)


def _tell_passwords(passwords: Mapping[str, str]) -> None:
    for name, password in passwords.items():
        typer.echo(f"new account: {name}, password: {password}   (told this once)")


def _end_with_faults(faults: Sequence[str]) -> None:
    for fault in faults:
        typer.echo(fault)
    if faults:
        typer.echo(f"{len(faults)} faults", err=True)
        raise typer.Exit(REJECTED)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
