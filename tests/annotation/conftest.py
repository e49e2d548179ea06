from __future__ import annotations

import importlib.util
import json
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from zhibiao.annotation.doccano.answers import NotThereError
from zhibiao.annotation.doccano.connect import Way, connect
from zhibiao.annotation.doccano.rest import Http
from zhibiao.annotation.doccano.transport import Transport
from zhibiao.annotation.projects import LabelSet, Setting, read_labels
from zhibiao.annotation.push import PushSummary, open_round, plan_round, push
from zhibiao.annotation.rounds import Round
from zhibiao.annotation.shares import Share
from zhibiao.annotation.suggestions import SuggestedReport, from_gold
from zhibiao.corpus.gold import GoldReport, make_gold
from zhibiao.corpus.marks import read_marked
from zhibiao.records import Annotation
from zhibiao.text.reports import make_text_report

ROOT = Path(__file__).parents[2]
PASSWORD = secrets.token_urlsafe(12)
TEXT = "⟦O1:全市⟧⟦M2:高企总数⟧达⟦A3:125家⟧，增长⟦A4:5%⟧。专利300件。\n⟦M5:技术合同⟧⟦A6:88项⟧。"
LINES = "\n====\nperiod 2021\nM2 A3 value\nM2 A4 change up\nM5 A6 value\nA3 O1 held"


@pytest.fixture(scope="session")
def labels() -> LabelSet:
    return read_labels(ROOT / "annotations" / "labels.json")


@pytest.fixture
def setting(labels: LabelSet) -> Setting:
    return Setting(labels, "指南")


@pytest.fixture
def make_report() -> Callable[..., GoldReport]:
    """Make gold of a marked text."""

    def make(marked: str = TEXT + LINES, *, report_id: str = "t-0") -> GoldReport:
        read = read_marked(marked)
        report = make_text_report(read.text, report_id=report_id, source=f"{report_id}.txt", part=0, known=None)
        return make_gold(
            report,
            report_id=report_id,
            origin="real",
            annotation=Annotation(read.entities, read.relations),
            facts=read.facts,
        )

    return make


@pytest.fixture
def send(labels: LabelSet, tmp_path: Path) -> Callable[..., PushSummary]:
    """Push reports to one annotator, or more, as a round of its own."""

    def run(
        transport: Transport,
        *reports: GoldReport | SuggestedReport,
        folder: Path | None = None,
        shares: tuple[str, ...] = ("anna",),
        **options: Any,
    ) -> PushSummary:
        round_ = Round(folder or tmp_path / f"round{secrets.token_hex(4)}")
        suggested = [from_gold(one) if isinstance(one, GoldReport) else one for one in reports]
        info, everyone = open_round(round_, transport.url, [Share(name) for name in shares], **options)
        plan = plan_round(round_, info, suggested, everyone)
        return push(transport, round_, round_.read_info(), plan, Setting(labels, "指南"))

    return run


class FakeDoccano(Transport):
    """What doccano does, in memory: new numbers, no word of what it drops."""

    name = "fake"
    url = "http://127.0.0.1:9"

    def __init__(self) -> None:
        self.tables: dict[str, dict[int, dict[str, Any]]] = {}
        self.add("users", username="admin", password="", is_superuser=True)
        self.asked: list[str] = []

    def close(self) -> None:
        self.tables = {}

    def ask(self, question: str, /, **arguments: Any) -> Any:
        self.asked.append(question)
        return getattr(self, f"_{question}")(**arguments)

    def add(self, table: str, **fields: Any) -> dict[str, Any]:
        rows = self.tables.setdefault(table, {})
        number = max(rows, default=0) + 1
        now = datetime(2026, 11, 22, tzinfo=UTC).isoformat()
        rows[number] = {"id": number, "user": 1, "created_at": now, "updated_at": now, **fields}
        return rows[number]

    def rows(self, table: str, **fields: Any) -> list[dict[str, Any]]:
        return [row for row in self.tables.get(table, {}).values() if all(row[k] == v for k, v in fields.items())]

    def _list_projects(self) -> Any:
        return self.rows("projects")

    def _create_project(self, name: str, description: str, guideline: str, allow_overlapping: bool) -> Any:
        return self.add(
            "projects", name=name, project_type="SequenceLabeling", random_order=False, collaborative_annotation=True,
            allow_overlapping=allow_overlapping, grapheme_mode=False, use_relation=True,
        )  # fmt: skip

    def _list_label_types(self, project: int, kind: str) -> Any:
        return self.rows("types", project=project, kind=kind)

    def _create_label_type(self, project: int, kind: str, **look: str) -> Any:
        return self.add("types", project=project, kind=kind, **look)

    def _list_users(self) -> Any:
        return self.rows("users")

    def _create_user(self, username: str, password: str) -> Any:
        return self.add("users", username=username, password=password, is_superuser=False)

    def _list_members(self, project: int) -> Any:
        return self.rows("members", project=project)

    def _add_annotator(self, project: int, username: str) -> None:
        user = next(row["id"] for row in self.rows("users", username=username))
        self.add("members", project=project, user=user, username=username, rolename="annotator")

    def _import_lines(self, project: int, content: str) -> Any:
        for line in content.splitlines():
            record = json.loads(line)
            meta = {key: value for key, value in record.items() if key not in ("text", "entities", "relations")}
            document = self.add(
                "documents", project=project, text=record["text"], meta=meta, is_confirmed=False, score=100.0
            )
            ids = {}
            types = {row["text"]: row["id"] for row in self.rows("types", project=project)}
            for span in record["entities"]:
                ends = {"start_offset": span["start_offset"], "end_offset": span["end_offset"]}
                ids[span["id"]] = self.add("spans", document=document["id"], label=types[span["label"]], **ends)["id"]
            for one in record["relations"]:
                ends = {"from_id": ids[one["from_id"]], "to_id": ids[one["to_id"]]}
                self.add("relations", document=document["id"], type=types[one["type"]], **ends)
        return {"ready": True, "result": {"error": []}, "error": None}

    def _list_documents(self, project: int) -> Any:
        return self.rows("documents", project=project)

    def _find_document(self, project: int, document: int) -> Any:
        if document not in self.tables["documents"]:
            raise NotThereError("no such document")
        return self.tables["documents"][document]

    def _set_score(self, project: int, document: int, score: float) -> None:
        self.tables["documents"][document]["score"] = score

    def _delete_document(self, project: int, document: int) -> None:
        del self.tables["documents"][document]

    def _list_spans(self, project: int, document: int) -> Any:
        return self.rows("spans", document=document)

    def _list_relations(self, project: int, document: int) -> Any:
        return self.rows("relations", document=document)

    def _list_remarks(self, project: int) -> Any:
        return self.rows("remarks", project=project)

    def _add_remark(self, project: int, document: int, text: str) -> None:
        self.add("remarks", project=project, example=document, text=text, username="anna")


@pytest.fixture
def fake() -> FakeDoccano:
    return FakeDoccano()


@pytest.fixture(scope="session")
def control() -> ModuleType:
    """The script that starts and stops the server."""
    spec = importlib.util.spec_from_file_location("control", ROOT / "scripts" / "doccano" / "control.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["control"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def doccano_home(control: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the environments of server and client, and data of its own."""
    home = tmp_path_factory.mktemp("doccano")
    for name in ("server", "client"):
        try:
            control.build(control.HOME, name)
        except (control.ControlError, OSError) as error:
            pytest.skip(f"the environment of doccano cannot be made here: {error}")
        (home / name).symlink_to(control.HOME / name)
    return home


@pytest.fixture(scope="session")
def server(control: ModuleType, doccano_home: Path) -> Iterator[Any]:
    """A doccano that runs, on a free port of loopback."""
    try:
        running, _ = control.up(doccano_home, 0, PASSWORD)
        yield running
    finally:
        control.down(doccano_home)


@pytest.fixture(params=[Way.REST, Way.CLIENT])
def transport(request: pytest.FixtureRequest, server: Any, doccano_home: Path) -> Iterator[Transport]:
    """A session by either way."""
    python = doccano_home / "client" / "bin" / "python"
    with connect(server.url, "admin", PASSWORD, way=request.param, python=python) as session:
        yield session


@pytest.fixture
def rest(server: Any) -> Iterator[Transport]:
    with connect(server.url, "admin", PASSWORD) as session:
        yield session


@pytest.fixture
def admin(server: Any) -> Iterator[Http]:
    """The server's interface itself, for what only people do."""
    http = Http(server.url)
    http.log_in("admin", PASSWORD)
    yield http
    http.close()


@pytest.fixture
def admin_password() -> str:
    return PASSWORD


@pytest.fixture(autouse=True)
def no_password_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("DOCCANO_")]:
        monkeypatch.delenv(name)
