import re
from collections.abc import Callable

import pytest

from zhibiao.corpus.marks import read_marked
from zhibiao.records import Annotation
from zhibiao.weak.functions import LabellingFunction, load_functions
from zhibiao.weak.labelling import VotedReport, vote
from zhibiao.weak.views import ReportView

# Four kinds of sentence, five times with other figures: enough to fit on.
SENTENCES = (
    "⟦O1:全市⟧⟦M2:高企总数⟧达⟦A3:{n}25家⟧，同比增长⟦A4:{n}.5%⟧。|M2 A3 value;M2 A4 change up;A3 O1 held;A4 O1 held",
    "新增⟦A1:{n}家⟧⟦M2:省级研发平台⟧。|M2 A1 value",
    "⟦M1:专利申请量⟧、⟦M2:授权量⟧分别达⟦A3:{n}7件⟧、⟦A4:{n}5件⟧。|M1 A3 value;M2 A4 value",
    "⟦O1:市科技局⟧支持企业与⟦O2:浙江大学⟧合作，⟦M3:技术合同成交额⟧居⟦R4:全省第{n}位⟧。|M3 R4 rank",
)


@pytest.fixture(scope="session")
def functions() -> tuple[LabellingFunction, ...]:
    return load_functions()


@pytest.fixture(scope="session")
def gold_reports(functions: tuple[LabellingFunction, ...]) -> list[VotedReport]:
    """Five reports with gold, each of the sentences above."""
    return [_read("\n".join(SENTENCES).replace("{n}", str(n)), functions) for n in range(2, 7)]


@pytest.fixture(scope="session")
def read_voted(functions: tuple[LabellingFunction, ...]) -> Callable[[str], VotedReport]:
    """Let all functions vote on a bare text."""
    return lambda text: vote(ReportView(text), functions)


def _read(lines: str, functions: tuple[LabellingFunction, ...]) -> VotedReport:
    bodies, arcs = [], []
    for number, line in enumerate(lines.splitlines(), 1):
        body, _, relations = line.partition("|")
        body = re.sub(r"⟦([OMAR])(\d):", rf"⟦\g<1>{number}\g<2>:", body)
        relations = re.sub(r"([OMAR])(\d)", rf"\g<1>{number}\g<2>", relations)
        bodies.append(body)
        arcs += relations.split(";")
    marked = read_marked("\n".join([*bodies, "====", "period 2021", *arcs]))
    return vote(ReportView(marked.text), functions, Annotation(marked.entities, marked.relations))
