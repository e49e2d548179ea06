"""The signature of a score: what must be the same for two numbers to be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from zhibiao.corpus.gold import GoldReport
from zhibiao.errors import InputError
from zhibiao.labels import STANDARD_VERSION
from zhibiao.scoring import SCORER_VERSION

SHORT = 12


@dataclass(frozen=True, slots=True)
class Signature:
    """What a score was made with; see `sign`.

    Examples
    --------
    >>> str(Signature("2026-11", "1", "ab12", 3, "rules", "cd34", 2000, 0))
    'standard:2026-11|scorer:1|gold:ab12|reports:3|system:rules|model:cd34|samples:2000|seed:0'
    """

    standard: str
    scorer: str
    gold: str
    reports: int
    system: str
    model: str
    samples: int
    seed: int

    def __str__(self) -> str:
        """Write it as one line."""
        return "|".join(f"{name}:{getattr(self, name)}" for name in self.__slots__)


def sign(gold: Sequence[GoldReport], *, system: str, model: str, samples: int, seed: int) -> Signature:
    """Make the signature of an evaluation.

    Parameters
    ----------
    gold
        The reports, in any order; texts, annotation and headers count.
    system, model
        The system's name, and the hash of all that decides its output.
    samples, seed
        Of the bootstrap.
    """
    digest = sha256()
    for report in sorted(gold, key=lambda one: one.report_id):
        digest.update(report.model_dump_json().encode())
    return Signature(
        STANDARD_VERSION, SCORER_VERSION, digest.hexdigest()[:SHORT], len(gold), system, model[:SHORT], samples, seed
    )


def require_comparable(one: Signature, other: Signature) -> None:
    """Refuse to compare scores that were made by another standard, another scorer or on other gold.

    Raises
    ------
    InputError
        If they were; the message names what differs.
    """
    differing = [
        f"{name} ({getattr(one, name)}, {getattr(other, name)})"
        for name in ("standard", "scorer", "gold", "reports")
        if getattr(one, name) != getattr(other, name)
    ]
    if differing:
        raise InputError(f"these scores cannot be compared; they differ in {', '.join(differing)}")
