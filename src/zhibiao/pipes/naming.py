"""The name a trained pipeline bears in its files and as an installed package."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.util import registry

from zhibiao import __version__

# spaCy calls a package by language and name: zhibiao_zh_fast.
_FAMILY = "zhibiao"


@registry.callbacks("zhibiao.NamePipeline.v1")  # type: ignore[untyped-decorator]  # spaCy has no types here
def create_naming(name: str, description: str, extras: list[str]) -> Callable[[Language], Language]:
    """Create the callback that names a pipeline before it is saved.

    Parameters
    ----------
    name
        Of the pipeline, such as ``zh_fast``.
    description
        What it is, in a sentence.
    extras
        Extras of zhibiao that it needs where it runs.

    Examples
    --------
    >>> from zhibiao.pipes.document import blank_pipeline
    >>> pipeline_name(create_naming("zh_fast", "…", [])(blank_pipeline()))
    'zhibiao_zh_fast'
    """

    def name_pipeline(nlp: Language) -> Language:
        wanted = f"zhibiao[{','.join(extras)}]" if extras else "zhibiao"
        nlp.meta |= {
            "lang": _FAMILY,
            "name": name,
            "version": __version__,
            "description": description,
            "author": "The zhibiao developers",
            "license": "MIT",
            "requirements": [f"{wanted}=={__version__}"],
        }
        return nlp

    return name_pipeline


def pipeline_name(nlp: Language) -> str:
    """Give the whole name of a pipeline; one that nobody named is called by its language: ``zh_pipeline``."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']}"
