"""The round trip and its faults against a doccano that runs."""

from __future__ import annotations

import http.server
import json
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from zhibiao.annotation.candidates import make_candidate
from zhibiao.annotation.doccano.answers import (
    MarkKind,
    NotThereError,
    RefusedError,
    ServerError,
    UnexpectedAnswerError,
    UnreachableError,
)
from zhibiao.annotation.doccano.connect import Way, connect
from zhibiao.annotation.doccano.rest import Http
from zhibiao.annotation.doccano.transport import Transport
from zhibiao.annotation.documents import cut_report, make_line
from zhibiao.annotation.faults import FaultKind
from zhibiao.annotation.history import make_history
from zhibiao.annotation.pull import PulledAnnotator, pull
from zhibiao.annotation.results import read_candidates, write_pulled
from zhibiao.annotation.rounds import Round
from zhibiao.annotation.status import read_status
from zhibiao.annotation.suggestions import SuggestedReport, from_gold
from zhibiao.cli import make_app
from zhibiao.corpus.gold import GoldReport, read_gold
from zhibiao.errors import InputError

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "annotations" / "gold"
Make, Send = Callable[..., GoldReport], Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A round whose name nobody else on the server has."""
    return tmp_path / f"轮{secrets.token_hex(4)}"


class Pushed:
    """A report on the server, and what people do to it."""

    def __init__(self, admin: Http, transport: Transport, folder: Path) -> None:
        self.admin, self.transport, self.round = admin, transport, Round(folder)
        self.sent = self.round.read_documents()[0]
        self.base = f"projects/{self.sent.project}/examples/{self.sent.document}"
        self.numbers = {suggestion: number for number, suggestion in self.sent.spans}

    def type(self, kind: MarkKind, text: str) -> int:
        types = self.transport.list_label_types(self.sent.project, kind)
        return next(one.id for one in types if one.text == text)

    def span(self, label: str, start: int, end: int) -> Any:
        body = {"label": self.type(MarkKind.SPAN, label), "start_offset": start, "end_offset": end}
        return self.admin.request("POST", f"{self.base}/spans", {**body, "prob": 0})

    def relate(self, label: str, head: int, child: int) -> Any:
        body = {"type": self.type(MarkKind.RELATION, label), "from_id": head, "to_id": child, "prob": 0}
        return self.admin.request("POST", f"{self.base}/relations", body)

    def confirm(self) -> None:
        self.admin.request("POST", f"{self.base}/states", {})

    def pull(self) -> PulledAnnotator:
        (annotator,) = pull(self.transport, self.round)
        return annotator

    def kinds(self) -> set[FaultKind]:
        """Pull, and see that nothing became a candidate where something is wrong."""
        annotator = self.pull()
        summary = write_pulled(self.round, annotator, unfinished=True)
        assert not (summary.faults and summary.candidates and not annotator.strays)
        return {fault.kind for fault in summary.faults}


@pytest.fixture
def pushed(admin: Http, rest: Transport, make_report: Make, send: Send, folder: Path) -> Pushed:
    send(rest, make_report(), folder=folder)
    return Pushed(admin, rest, folder)


def test_all_gold_comes_back_equal(transport: Transport, send: Send, folder: Path) -> None:
    gold = [read_gold(path) for path in sorted(GOLD.glob("*.jsonl"))]
    send(transport, *gold, folder=folder, shares=("anna", "bo"))
    came = {one.report.report_id: one for annotator in pull(transport, Round(folder)) for one in annotator.reports}
    assert [fault for one in came.values() for fault in one.faults] == []
    different = [one.report_id for one in gold if make_candidate(came[one.report_id]).gold != one]
    assert (len(came), different) == (len(gold), [])


RARE = [
    ("crlf", "全市\r\n⟦M1:高企总数⟧达⟦A2:125家⟧。\r\n⟦M3:专利⟧⟦A4:300件⟧"),
    ("beyond the basic plane", "𠮷林省😀⟦M1:高企总数⟧达⟦A2:125家⟧，👨‍👩‍👧⟦M3:𠮷利⟧⟦A4:300件⟧"),
    ("wide and zero-width", "\u3000\u3000全市\u200b⟦M1:e\u0301企⟧达\ufeff⟦A2:125家⟧；\xa0⟦M3:专利⟧⟦A4:300件⟧"),
    ("quotes and slashes", '"全市"\\n⟦M1:“高企\\t”总数⟧达⟦A2:125家⟧<b>&amp;⟦M3:专利⟧⟦A4:300件⟧\u2028'),
]


@pytest.mark.parametrize(("name", "marked"), RARE, ids=[case[0] for case in RARE])
def test_rare_characters_come_back_with_their_offsets(
    transport: Transport, make_report: Make, send: Send, folder: Path, name: str, marked: str
) -> None:
    gold = make_report(f"{marked}\n====\nperiod 2021\nM1 A2 value\nM3 A4 value")
    send(transport, gold, folder=folder)
    (annotator,) = pull(transport, Round(folder))
    assert make_candidate(annotator.reports[0]).gold == gold
    sent = Round(folder).read_documents()[0]
    spans = transport.list_spans(sent.project, sent.document)
    units = gold.text.strip().encode("utf-16-le")
    cut = {units[2 * span.start_offset : 2 * span.end_offset].decode("utf-16-le") for span in spans}
    assert cut == {entity.text for entity in gold.entities}


def test_people_change_and_the_change_is_found_with_its_author(
    admin: Http, transport: Transport, make_report: Make, send: Send, folder: Path, server: Any
) -> None:
    passwords = send(transport, make_report(), folder=folder, shares=(f"y{secrets.token_hex(3)}",)).passwords
    work = Pushed(admin, transport, folder)
    ((name, password),) = passwords.items()
    annotator = Http(server.url)
    annotator.log_in(name, password)
    work.admin = annotator
    annotator.request("PATCH", f"{work.base}/spans/{work.numbers[3]}", {"label": work.type(MarkKind.SPAN, "RANK")})
    annotator.request("DELETE", f"{work.base}/spans/{work.numbers[5]}")
    metric = work.span("METRIC", 17, 19)
    figure = work.span("AMOUNT", 19, 23)
    work.relate("HAS_VALUE", metric["id"], figure["id"])
    annotator.request(
        "POST", f"projects/{work.sent.project}/comments?example={work.sent.document}", {"text": "300件: target 2022"}
    )
    work.confirm()
    pulled = work.pull()
    found = Counter(
        (event.kind, str(event.change), event.trace and event.trace.by) for event in make_history(pulled.reports[0])
    )
    assert found == {
        ("span", "kept", "admin"): 4, ("span", "relabelled", "admin"): 1, ("span", "removed", None): 1,
        ("span", "added", name): 2, ("relation", "kept", "admin"): 3, ("relation", "removed", None): 1,
        ("relation", "added", name): 1,
    }  # fmt: skip
    # the relabelled figure has a relation that an AMOUNT may have and a RANK may not
    assert {fault.kind for fault in pulled.reports[0].faults} == {FaultKind.ILLEGAL_PAIR}
    annotator.request("PATCH", f"{work.base}/spans/{work.numbers[3]}", {"label": work.type(MarkKind.SPAN, "AMOUNT")})
    assert write_pulled(work.round, work.pull()).candidates == ("t-0",)
    facts = read_candidates(work.round)[name]["t-0"].facts
    assert [(fact.status.value, fact.period) for fact in facts][-1] == ("target", "2022")
    assert [(row.documents_done, row.remarks, row.gone) for row in read_status(transport, work.round)] == [(1, 1, 0)]
    annotator.close()


def spoilt(report: SuggestedReport, field: str, number: int, **update: Any) -> SuggestedReport:
    items = list(getattr(report, field))
    items[number] = items[number].model_copy(update=update)
    return report.model_copy(update={field: tuple(items)})


BEFORE = [
    ("overlap", "spans", 1, {"start": 0, "text": "全市高企总数"}),
    ("zero length", "spans", 1, {"start": 6, "end": 6, "text": ""}),
    ("beyond the end", "spans", 5, {"end": 999}),
    ("relation to a missing span", "relations", 0, {"child": 77}),
    ("double id", "spans", 1, {"id": 0}),
    ("other text", "spans", 1, {"text": "高企"}),
]


@pytest.mark.parametrize(("name", "field", "number", "update"), BEFORE, ids=[case[0] for case in BEFORE])
def test_a_fault_in_a_suggestion_leaves_the_server_untouched(
    rest: Transport,
    make_report: Make,
    send: Send,
    folder: Path,
    name: str,
    field: str,
    number: int,
    update: dict[str, Any],
) -> None:
    before = len(rest.list_projects())
    with pytest.raises(InputError, match="nothing was sent"):
        send(
            rest, make_report(), spoilt(from_gold(make_report(report_id="t-1")), field, number, **update), folder=folder
        )
    assert len(rest.list_projects()) == before
    assert not Round(folder).exists


def test_doccano_refuses_an_empty_span_and_one_that_overlaps(pushed: Pushed) -> None:
    for start, end in ((29, 29), (0, 4)):
        with pytest.raises(UnexpectedAnswerError):
            pushed.span("ORG", start, end)
    assert pushed.kinds() == set()


def allow_overlap(work: Pushed) -> None:
    body = {"allow_overlapping": True, "resourcetype": "SequenceLabelingProject"}
    work.admin.request("PATCH", f"projects/{work.sent.project}", body)
    work.span("ORG", 0, 4)


def add_label(work: Pushed) -> None:
    look = {"text": "PLACE", "suffix_key": "p", "background_color": "#000000", "text_color": "#ffffff"}
    work.admin.request("POST", f"projects/{work.sent.project}/span-types", look)
    work.span("PLACE", 17, 19)


ON_SERVER: list[tuple[str, Callable[[Pushed], Any], FaultKind]] = [
    ("overlap, once somebody allows it", allow_overlap, FaultKind.OVERLAP),
    ("beyond the end", lambda work: work.span("AMOUNT", 32, 40), FaultKind.OUTSIDE),
    ("space at an edge", lambda work: work.span("AMOUNT", 23, 25), FaultKind.EDGE),
    ("label of another standard", add_label, FaultKind.UNKNOWN_LABEL),
    ("edited text", lambda work: work.admin.request("PATCH", work.base, {"text": "改过的"}), FaultKind.EDITED_TEXT),
    ("deleted document", lambda work: work.admin.request("DELETE", work.base), FaultKind.DELETED_DOCUMENT),
    (
        "relation drawn twice",
        lambda work: work.relate("HAS_VALUE", work.numbers[1], work.numbers[2]),
        FaultKind.DOUBLE_RELATION,
    ),
    (
        "relation out of its sentence",
        lambda work: work.relate("HAS_VALUE", work.numbers[1], work.numbers[5]),
        FaultKind.CROSSES_SENTENCE,
    ),
    (
        "relation the wrong way round",
        lambda work: work.relate("HAS_VALUE", work.numbers[2], work.numbers[1]),
        FaultKind.ILLEGAL_PAIR,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spoil", "kind"), ON_SERVER, ids=[case[0] for case in ON_SERVER])
def test_a_fault_on_the_server_is_found(
    pushed: Pushed, name: str, spoil: Callable[[Pushed], Any], kind: FaultKind
) -> None:
    spoil(pushed)
    assert kind in pushed.kinds()


def test_a_span_that_cuts_a_character_is_found(
    admin: Http, rest: Transport, make_report: Make, send: Send, folder: Path
) -> None:
    send(rest, make_report("𠮷利⟦M1:高企⟧⟦A2:5家⟧\n====\nperiod 2021\nM1 A2 value"), folder=folder)
    work = Pushed(admin, rest, folder)
    work.span("ORG", 1, 3)
    assert work.kinds() == {FaultKind.CUT_CHARACTER}


def test_a_span_that_is_deleted_takes_its_relations_and_both_are_listed(pushed: Pushed) -> None:
    pushed.admin.request("DELETE", f"{pushed.base}/spans/{pushed.numbers[1]}")
    events = make_history(pushed.pull().reports[0])
    assert Counter(event.kind for event in events if event.change == "removed") == {"span": 1, "relation": 2}


def test_a_document_imported_by_hand_is_found(pushed: Pushed, make_report: Make) -> None:
    document = cut_report(from_gold(make_report()))[0]
    line = make_line(document, {})
    other = json.dumps({**json.loads(line), "document": "别的#1"})
    pushed.transport.import_lines(pushed.sent.project, [line, other])
    assert [fault.kind for fault in pushed.pull().strays] == [FaultKind.DOUBLE_DOCUMENT, FaultKind.FOREIGN_DOCUMENT]


def test_two_admins_at_once_come_to_one_document_each(
    server: Any, admin_password: str, make_report: Make, send: Send, folder: Path
) -> None:
    reports = [make_report(report_id=f"t-{i}") for i in range(8)]
    errors: list[ServerError] = []

    def work(where: Path) -> None:
        try:
            with connect(server.url, "admin", admin_password) as transport:
                send(transport, *reports, folder=where)
        except ServerError as error:
            errors.append(error)

    folders = [folder.parent / name / folder.name for name in ("one", "other")]
    threads = [threading.Thread(target=work, args=(where,)) for where in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    # One may find what the other just took away; who comes second repeats the command, as the message says.
    assert len(errors) < 2
    with connect(server.url, "admin", admin_password) as transport:
        for where in folders:
            send(transport, *reports, folder=where)
        rounds = [Round(where) for where in folders]
        assert [one.document for one in rounds[0].read_documents()] == [
            one.document for one in rounds[1].read_documents()
        ]
        named = [one for one in transport.list_projects() if one.name == f"{folder.name} · anna"]
        assert [len(transport.list_documents(one.id)) for one in named] == [8]


def test_a_push_that_is_broken_off_and_repeated_makes_no_doubles(
    rest: Transport, make_report: Make, send: Send, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = [make_report(report_id=f"t-{i}") for i in range(3)]
    whole = type(rest).import_lines

    def import_and_break(self: Transport, project: int, lines: Any) -> Any:
        whole(self, project, lines)
        raise UnreachableError("the line is cut before the answer comes")

    with monkeypatch.context() as patch:
        patch.setattr(type(rest), "import_lines", import_and_break)
        with pytest.raises(UnreachableError):
            send(rest, *reports, folder=folder)
    assert Round(folder).read_documents() == []
    summary = send(rest, *reports, folder=folder)
    assert (summary.sent, summary.there, len(Round(folder).read_documents())) == (0, 3, 3)
    assert len(rest.list_documents(Round(folder).read_documents()[0].project)) == 3


def test_documents_that_came_without_their_marks_are_sent_again(
    admin: Http, rest: Transport, make_report: Make, send: Send, folder: Path
) -> None:
    send(rest, make_report(), make_report(report_id="t-1"), folder=folder)
    first, second = Round(folder).read_documents()
    for sent, marks in ((first, "spans"), (second, "relations")):
        admin.request("DELETE", f"projects/{sent.project}/examples/{sent.document}/{marks}")
    (folder / "documents.jsonl").unlink()  # as if the push had been broken off before it looked
    summary = send(rest, make_report(), make_report(report_id="t-1"), folder=folder)
    assert (summary.sent, len(summary.repaired), len(rest.list_documents(first.project))) == (2, 2, 2)
    assert [one.faults for annotator in pull(rest, Round(folder)) for one in annotator.reports] == [(), ()]


@pytest.mark.parametrize("way", list(Way))
def test_a_wrong_password_is_refused(server: Any, doccano_home: Path, way: Way) -> None:
    with pytest.raises(RefusedError):
        connect(server.url, "admin", "falsch", way=way, python=doccano_home / "client" / "bin" / "python")


def test_an_annotator_may_not_push(server: Any, rest: Transport, make_report: Make, send: Send, folder: Path) -> None:
    name = f"x{secrets.token_hex(3)}"
    password = send(rest, make_report(), folder=folder, shares=(name,)).passwords[name]
    with connect(server.url, name, password) as annotator, pytest.raises(ServerError):
        send(annotator, make_report(), folder=folder.parent / "others")


def test_a_project_that_was_deleted_is_named(pushed: Pushed) -> None:
    pushed.transport.delete_project(pushed.sent.project)
    with pytest.raises(InputError, match="is this the server it was pushed to"):
        pushed.pull()


def test_another_project_under_the_round_is_refused(
    admin: Http, rest: Transport, make_report: Make, send: Send, folder: Path
) -> None:
    send(rest, make_report(), folder=folder)
    project = Round(folder).read_documents()[0].project
    admin.request("PATCH", f"projects/{project}", {"name": "别的", "resourcetype": "SequenceLabelingProject"})
    with pytest.raises(InputError, match="别的"):
        pull(rest, Round(folder))


class OtherServer(http.server.BaseHTTPRequestHandler):
    """Something that answers, but is no doccano 1.8.4."""

    answers: dict[str, tuple[int, Any]]

    def do_GET(self) -> None:
        status, answer = self.answers.get(self.path.partition("?")[0], (404, "Not found"))
        body = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def other_server() -> Iterator[Callable[[dict[str, tuple[int, Any]]], str]]:
    started: list[http.server.ThreadingHTTPServer] = []

    def start(answers: dict[str, tuple[int, Any]]) -> str:
        handler = type("Handler", (OtherServer,), {"answers": answers})
        one = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=one.serve_forever, daemon=True).start()
        started.append(one)
        return f"http://127.0.0.1:{one.server_address[1]}"

    yield start
    for one in started:
        one.shutdown()
        one.server_close()


LOGIN = {"/v1/auth/login/": (200, {"key": "k"})}
OLD_PROJECT = {"id": 1, "name": "p", "project_type": "SequenceLabeling", "use_relation": True}
OTHERS = [
    ("page of a web site", {"/v1/auth/login/": (200, "<html>")}),
    ("login without a token", {"/v1/auth/login/": (200, {"token": "k"})}),
    ("server error", {"/v1/auth/login/": (500, "oops")}),
    ("redirect", {"/v1/auth/login/": (302, "")}),
    ("other account", {**LOGIN, "/v1/me": (200, {"id": 1, "name": "admin"})}),
    ("no such interface", {}),
]


@pytest.mark.parametrize(("name", "answers"), OTHERS, ids=[case[0] for case in OTHERS])
def test_another_server_is_known_at_the_login(
    other_server: Callable[..., str], name: str, answers: dict[str, tuple[int, Any]]
) -> None:
    with pytest.raises((UnexpectedAnswerError, NotThereError)):
        connect(other_server(answers), "admin", "p")


def test_another_version_is_known_before_anything_is_made(
    other_server: Callable[..., str], make_report: Make, send: Send, folder: Path
) -> None:
    me = {"/v1/me": (200, {"id": 1, "username": "admin", "is_superuser": True})}
    projects = {"/v1/projects": (200, {"count": 1, "results": [OLD_PROJECT]})}
    url = other_server({**LOGIN, **me, **projects})
    with connect(url, "admin", "p") as transport, pytest.raises(UnexpectedAnswerError, match=r"no doccano 1\.8\.4"):
        send(transport, make_report(), folder=folder)


def test_the_commands_go_round(
    server: Any, admin_password: str, rest: Transport, folder: Path, monkeypatch: pytest.MonkeyPatch, admin: Http
) -> None:
    monkeypatch.chdir(ROOT)
    for name, value in (("DOCCANO_PASSWORD", admin_password), ("DOCCANO_URL", server.url)):
        monkeypatch.setenv(name, value)

    def run(*arguments: object) -> tuple[int, str]:
        result = CliRunner().invoke(make_app(), ["annotate", *map(str, arguments)])
        return result.exit_code, result.stdout

    queue = folder.with_suffix(".jsonl")
    gold = [GOLD / f"{name}.jsonl" for name in ("a001", "a002", "a003")]
    names = (f"p{secrets.token_hex(3)}", f"q{secrets.token_hex(3)}")
    assert run("next", *gold, "--known", GOLD / "a004.jsonl", "--order", "novelty", "-o", queue)[0] == 0
    people = [part for name in names for part in ("--annotator", name)]
    code, told = run("push", folder, *gold, "--queue", queue, "--count", 2, "--double", 1, *people)
    assert (code, [line.split(":")[0] for line in told.splitlines()].count("new account")) == (0, 2)
    documents = Round(folder).read_documents()
    scores = {one.score for sent in documents for one in rest.list_documents(sent.project)}
    assert min(scores) == 0.0 < max(scores)
    for sent in documents:
        admin.request("POST", f"projects/{sent.project}/examples/{sent.document}/states", {})
    code, told = run("status", folder)
    assert (code, told.count("2/2")) == (0, 4)
    assert run("pull", folder)[0] == 0
    assert run("agree", folder)[0] == 0
    assert "gold" in run("diff", folder)[1]
    assert run("settle", folder, "--gold", folder / "gold")[0] == 0
    for path in (folder / "gold").glob("*.jsonl"):
        assert read_gold(path) == read_gold(GOLD / path.name)
    span = rest.list_spans(documents[0].project, documents[0].document)[0]
    admin.request("DELETE", f"projects/{documents[0].project}/examples/{documents[0].document}/spans/{span.id}")
    assert run("pull", folder)[0] == 0
    code, told = run("settle", folder, "--doccano", folder.with_suffix(".s"), "--annotator", names[0])
    assert (code, "1 reports that differ" in told) == (0, True)
    admin.request("DELETE", f"projects/{documents[0].project}/examples/{documents[0].document}")
    assert run("pull", folder)[0] == 3
