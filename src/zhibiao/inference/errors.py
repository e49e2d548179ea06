"""The error of the place where results are written."""

from zhibiao.errors import ZhibiaoError


class OutputError(ZhibiaoError):
    """The folder for the results cannot be used: what stands in the way and what to do."""
