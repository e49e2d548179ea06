"""What a config says of the relation model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from zhibiao.errors import ModelError
from zhibiao.pipes.relations.scorer import Schedule

ViewName = Literal["gold", "rules"]


class RelationOptions(BaseModel):
    """How the relation model is trained and how sure it must be.

    Parameters
    ----------
    members, rows, width, epochs, rate
        As in `Schedule`.
    views
        Whose spans it learns from: those of the reference, and those of the rules, which make the mistakes that spans have
        in use. (Components that were fitted on the same texts make none there.)
    folds
        Into how many parts the texts are parted to learn how far scores can be trusted; 0 to take them as they are.
    least_metric, least_holder
        How likely a METRIC and a holder must be to be chosen.
    seed
        Same texts and same seed, same model.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    members: int = Field(default=3, gt=0)
    rows: int = Field(default=2**13, gt=1)
    width: int = Field(default=32, gt=0)
    epochs: int = Field(default=6, gt=0)
    rate: float = Field(default=0.003, gt=0)
    views: tuple[ViewName, ...] = Field(default=("gold", "rules"), min_length=1)
    folds: int = Field(default=3, ge=0)
    least_metric: float = Field(default=0.45, ge=0, le=1)
    least_holder: float = Field(default=0.4, ge=0, le=1)
    seed: int = Field(default=0, ge=0)

    @property
    def schedule(self) -> Schedule:
        """How each of its scorers is trained."""
        return Schedule(self.members, self.rows, self.width, self.epochs, self.rate)


def read_options(given: Mapping[str, Any]) -> RelationOptions:
    """Check the options of a config.

    Raises
    ------
    ModelError
        If one is wrong; the message names it.

    Examples
    --------
    >>> read_options({"members": 1}).schedule.members
    1
    """
    try:
        return RelationOptions.model_validate(dict(given))
    except ValidationError as error:
        first = error.errors()[0]
        raise ModelError(f"zhibiao_relation_model, {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
