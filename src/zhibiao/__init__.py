"""zhibiao (指标): Chinese local-government work reports in, a table of facts out."""

from importlib.metadata import version

__version__ = version("zhibiao")
