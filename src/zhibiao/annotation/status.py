"""How far a round has come: documents done, of how many, by annotator."""

from __future__ import annotations

from dataclasses import dataclass

from zhibiao.annotation.doccano.transport import Transport
from zhibiao.annotation.projects import name_project
from zhibiao.annotation.rounds import Round


@dataclass(frozen=True, slots=True)
class AnnotatorStatus:
    """Where an annotator stands; ``gone`` are documents that were sent and are not on the server, ``strays`` the reverse."""

    annotator: str
    url: str
    reports: int
    reports_done: int
    documents: int
    documents_done: int
    remarks: int
    gone: int
    strays: int


def read_status(transport: Transport, folder: Round) -> list[AnnotatorStatus]:
    """Ask the server how far each annotator is.

    An annotator whose project is not there has everything gone.
    """
    info = folder.read_info()
    there = {one.id: one.name for one in transport.list_projects()}
    rows: list[AnnotatorStatus] = []
    for annotator in info.annotators:
        sent = [one for one in folder.read_documents() if one.annotator == annotator.name]
        project = annotator.project
        known = project is not None and there.get(project) == name_project(info.name, annotator.name)
        documents = {one.id: one for one in transport.list_documents(project)} if known and project else {}
        open_reports = {
            one.report_id for one in sent if not (one.document in documents and documents[one.document].is_confirmed)
        }
        reports = {one.report_id for one in sent}
        rows.append(
            AnnotatorStatus(
                annotator=annotator.name,
                url=f"{transport.url}/projects/{project}/dataset",
                reports=len(reports),
                reports_done=len(reports - open_reports),
                documents=len(sent),
                documents_done=sum(one.document in documents and documents[one.document].is_confirmed for one in sent),
                remarks=len(transport.list_remarks(project)) if known and project else 0,
                gone=sum(one.document not in documents for one in sent),
                strays=len(documents.keys() - {one.document for one in sent}),
            )
        )
    return rows
