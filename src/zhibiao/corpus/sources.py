"""The register of sources: ``SOURCES.toml`` beside the files it describes."""

from __future__ import annotations

import datetime
import hashlib
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from zhibiao.errors import InputError

REGISTER = "SOURCES.toml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceReport(_Strict):
    """What is known of one report in a file, independently of what the reader finds."""

    title: str
    publisher: str
    code: str = Field(pattern=r"^\d{6}$")
    period: str | None = None


class SourceFile(_Strict):
    """One file: where it was found, on which ground it is used, and the reports in it."""

    id: str = Field(pattern=r"^[\w-]+$")
    file: str = Field(pattern=r"^[^/\\]+$")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    origin: Literal["real", "authored"]
    found: str
    rights: str
    date: datetime.date | None = None
    report: list[SourceReport] = Field(min_length=1)


class _Register(_Strict):
    source: list[SourceFile]


def read_register(folder: Path) -> list[SourceFile]:
    """Read a folder's register and check it against the files beside it.

    Raises
    ------
    InputError
        If the register breaks its form, names a file twice or one that is missing or changed, or leaves a text file out.
    """
    path = folder / REGISTER
    try:
        register = _Register.model_validate(tomllib.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        raise InputError(f"no {REGISTER} in this folder: describe each file there", where=str(folder)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"not a TOML file: {error}", where=str(path)) from None
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}", where=str(path)) from None
    for source in register.source:
        file = folder / source.file
        if not file.is_file():
            raise InputError(f"{source.file} is listed but missing", where=str(path))
        if hashlib.sha256(file.read_bytes()).hexdigest() != source.sha256:
            raise InputError(f"{source.file} differs from its sha256: restore the file as found", where=str(path))
    listed = [source.file for source in register.source]
    if doubles := sorted({name for name in listed if listed.count(name) > 1}):
        raise InputError(f"listed twice: {', '.join(doubles)}", where=str(path))
    if missing := sorted({file.name for file in folder.glob("*.txt")} - set(listed)):
        raise InputError(f"not listed: {', '.join(missing)}", where=str(path))
    return register.source
