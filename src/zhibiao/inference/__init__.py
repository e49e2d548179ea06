"""Reading files in bulk."""

from zhibiao.errors import OutputError
from zhibiao.inference.batch import Engine, extract
from zhibiao.inference.stages import Stages
from zhibiao.inference.summary import RunSummary

__all__ = ["Engine", "OutputError", "RunSummary", "Stages", "extract"]
