"""What a config says of one tagger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from zhibiao.errors import ModelError
from zhibiao.labels import EntityLabel


class TaggerOptions(BaseModel):
    """The labels of one CRF, where it looks, by what features, and how it is fitted.

    Parameters
    ----------
    labels
        What it finds. AMOUNT and RANK are given to it: they are the business of the number grammar.
    sentences
        ``figures``: it learns from and reads the sentences that hold a figure, no other; ``all``.
    features
        Groups of `zhibiao.pipes.crf.templates`.
    c1, c2
        L1 and L2 regularisation.
    max_iterations
        Rounds of L-BFGS.
    min_frequency
        How often a feature must stand in the texts to be used.
    encoder
        How much the scores of an encoder before it (`zhibiao.pipes.encoder`) count beside its own; 0 for not at all. The two are
        fitted apart from each other, and weighed together when spans are chosen.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    labels: tuple[Literal[EntityLabel.ORG, EntityLabel.METRIC], ...] = Field(min_length=1)
    sentences: Literal["all", "figures"] = "all"
    features: tuple[str, ...] = Field(min_length=1)
    c1: float = Field(default=0.03, ge=0)
    c2: float = Field(default=0.1, ge=0)
    max_iterations: int = Field(default=100, gt=0)
    min_frequency: int = Field(default=0, ge=0)
    encoder: float = Field(default=0.0, ge=0)

    @model_validator(mode="after")
    def _one_label_beside_an_encoder(self) -> Self:
        if self.encoder and len(self.labels) > 1:
            raise ValueError("an encoder scores the tags of one label; give each label a tagger of its own")
        return self


def read_options(taggers: Mapping[str, Mapping[str, Any]]) -> dict[str, TaggerOptions]:
    """Check the taggers of a config.

    Raises
    ------
    ModelError
        If there is none, a name is no plain word, a label stands in two, or an option is wrong; the message names it.

    Examples
    --------
    >>> read_options({"org": {"labels": ["ORG"], "features": ["characters"]}})["org"].sentences
    'all'
    """
    if not taggers:
        raise ModelError("zhibiao_crf needs at least one tagger: [components.NAME.taggers.TAGGER] in the config")
    found: dict[str, TaggerOptions] = {}
    labels: set[str] = set()
    for name, given in taggers.items():
        if not name.isidentifier():
            raise ModelError(f"a tagger cannot be called {name!r}: take letters, digits and _")
        try:
            found[name] = TaggerOptions.model_validate(dict(given))
        except ValidationError as error:
            first = error.errors()[0]
            raise ModelError(f"tagger {name}, {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
        if twice := labels.intersection(found[name].labels):
            raise ModelError(f"tagger {name}: {', '.join(sorted(twice))} is already found by another tagger")
        labels.update(found[name].labels)
    return found
