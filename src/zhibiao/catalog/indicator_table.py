"""The rows of ``data/indicators.csv``: what an indicator is, read and checked.

``id``, ``name_zh``, ``name_en``, ``definition``
    A stable English id, the usual names, and one sentence.
``unit``
    The base unit it is usually given in (see `zhibiao.catalog.units`); empty for an index.
``dimension``
    What is counted or measured: money, ratio, growth, count, people, events, intensity, index, area, mass, …
``parent``
    The id of the indicator it is a part of.
``aliases``
    Other wordings, parted by ``|``. A wording that several rows have is marked in each of them by ``?``: 技术合同? is
    a number or a sum, and only a unit can tell; 发明专利? may be applied for, granted or in force, and nothing can.
``source``
    The yearbook, regulation or standard that defines it; empty for what only reports define, by their use.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from zhibiao.catalog.indicator_wording import normalise_wording
from zhibiao.errors import CatalogError

_SHARED = "?"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of the catalogue; see the module for the fields.

    ``aliases`` are its own wordings, ``shared`` those that other rows have too.
    """

    id: str
    name_zh: str
    name_en: str
    definition: str
    unit: str
    dimension: str
    parent: str | None
    aliases: tuple[str, ...]
    shared: tuple[str, ...]
    source: str

    @property
    def wordings(self) -> tuple[str, ...]:
        """Its name and all its other wordings."""
        return (self.name_zh, *self.aliases, *self.shared)


@cache
def load_indicators() -> tuple[Indicator, ...]:
    """Read the catalogue, in its own order.

    Raises
    ------
    CatalogError
        If an id is listed twice, a parent is unknown, a field is missing, or a wording points at two indicators without
        a mark.

    Examples
    --------
    >>> next(one for one in load_indicators() if one.id == "rd_intensity").name_zh
    '研发经费投入强度'
    """
    table = (files(__package__) / "data/indicators.csv").read_text(encoding="utf-8")
    return parse_indicators(csv.DictReader(table.splitlines()))


def get_indicator(name: str) -> Indicator:
    """Look up an indicator by its id.

    Raises
    ------
    KeyError
        If there is none of this id.

    Examples
    --------
    >>> get_indicator("rd_intensity").unit
    'percent'
    """
    return _by_id()[name]


@cache
def _by_id() -> dict[str, Indicator]:
    return {one.id: one for one in load_indicators()}


def parse_indicators(rows: Iterable[dict[str, str]]) -> tuple[Indicator, ...]:
    """Check rows of the catalogue and give them as records.

    Raises
    ------
    CatalogError
        As `load_indicators`, naming the row.
    """
    found: dict[str, Indicator] = {}
    forms: dict[str, str] = {}
    shared: dict[str, set[str]] = {}
    for row in rows:
        one = _read_row(row)
        if one.id in found:
            raise CatalogError(f"indicators.csv: {one.id} is listed twice")
        found[one.id] = one
        for wording in (one.name_zh, *one.aliases):
            other = forms.setdefault(normalise_wording(wording), one.id)
            if other != one.id:
                raise CatalogError(
                    f"indicators.csv: {wording} of {one.id} already means {other}; keep it in one row, or mark it with"
                    f" {_SHARED} in both"
                )
        for wording in one.shared:
            shared.setdefault(normalise_wording(wording), set()).add(one.id)
    _check_shared(shared, forms)
    for one in found.values():
        if one.parent is not None and one.parent not in found:
            raise CatalogError(f"indicators.csv: {one.id} has an unknown parent {one.parent}")
    return tuple(found.values())


def _check_shared(shared: dict[str, set[str]], forms: dict[str, str]) -> None:
    for form, holders in shared.items():
        names = ", ".join(sorted(holders))
        if form in forms:
            raise CatalogError(f"indicators.csv: {form} is marked in {names}, but {forms[form]} has it without a mark")
        if len(holders) == 1:
            raise CatalogError(f"indicators.csv: {form} is marked as shared, but only {names} has it; drop the mark")


def _read_row(row: dict[str, str]) -> Indicator:
    try:
        wordings = list(filter(None, row["aliases"].split("|")))
        one = Indicator(
            id=row["id"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            definition=row["definition"],
            unit=row["unit"],
            dimension=row["dimension"],
            parent=row["parent"] or None,
            aliases=tuple(wording for wording in wordings if not wording.endswith(_SHARED)),
            shared=tuple(wording.removesuffix(_SHARED) for wording in wordings if wording.endswith(_SHARED)),
            source=row["source"],
        )
    except (KeyError, AttributeError) as error:
        raise CatalogError(f"indicators.csv: row {row} lacks a field ({error})") from error
    if not (re.fullmatch(r"[a-z][a-z0-9_]*", one.id) and one.name_zh and one.name_en and one.definition):
        raise CatalogError(f"indicators.csv: row {one.id!r} needs an id in snake_case, two names and a definition")
    return one
