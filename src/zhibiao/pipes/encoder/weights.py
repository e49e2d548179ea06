"""The numbers that an encoder begins with: the first layers of multilingual-e5-small, and a head drawn at random.

They are named by what they do; `zhibiao.pipes.encoder.network` fits them, `zhibiao.pipes.encoder.graph` writes them as ONNX.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from zhibiao.pipes.encoder.packed import Floats, Packed

Weights = Mapping[str, Floats]

# The longest text, in pieces, that the encoder has learned places for.
_PLACES = 512
# How far to either side the head looks.
REACH = 2
# Every head of the model is this wide.
HEAD_SIZE = 32
# Columns for ORG and METRIC: O, B, I, E, S each.
_TAGS = 10


def begin_weights(
    packed: Packed, keep: Sequence[int], *, depth: int, clues: int, width: int, seed: int
) -> dict[str, Floats]:
    """Give the weights to begin with.

    Parameters
    ----------
    packed
        The pretrained weights.
    keep
        The pieces to keep, in the order of their new numbers.
    depth
        Layers to keep, from below.
    clues
        Number of clues.
    width
        Of the head.
    seed
        For the head, which is drawn; the clues begin at zero, so that the encoder begins as it was.
    """
    size = packed.width
    words = packed.read("emb.word", packed.size("emb.word") // size, size)
    weights = {
        "words": words[list(keep)],
        "places": packed.read("emb.pos", _PLACES, size) + packed.read("emb.type", 2, size)[0],
        "clues": np.zeros((clues, size), np.float32),
        **_norm(packed, "emb.ln", "norm"),
    }
    for layer in range(depth):
        weights.update(_layer(packed, f"l{layer}", f"layer{layer}"))
    draw = np.random.default_rng(seed)
    around = width * (2 * REACH + 1)
    for name, rows, columns, inputs in (
        ("head.vectors", size, width, size + clues),
        ("head.clues", clues, width, size + clues),
        ("head.window", around, width, around),
        ("head.tags", width, _TAGS, width),
    ):
        weights[name] = draw.uniform(-1, 1, (rows, columns)).astype(np.float32) / np.float32(inputs**0.5)
    for name in ("head.bias", "head.window_bias", "head.norm_bias"):
        weights[name] = np.zeros(width, np.float32)
    weights["head.norm_scale"] = np.ones(width, np.float32)
    weights["head.tags_bias"] = np.zeros(_TAGS, np.float32)
    return weights


def depth_of(weights: Iterable[str]) -> int:
    """Count the layers."""
    return sum(name.endswith(".wide") for name in weights)


def _norm(packed: Packed, name: str, new: str) -> dict[str, Floats]:
    return {
        f"{new}_scale": packed.read(f"{name}.w", packed.width),
        f"{new}_bias": packed.read(f"{name}.b", packed.width),
    }


def _layer(packed: Packed, name: str, new: str) -> dict[str, Floats]:
    size, inner = packed.width, packed.size(f"{name}.fi.b")
    found = {**_norm(packed, f"{name}.aln", f"{new}.middle"), **_norm(packed, f"{name}.oln", f"{new}.end")}
    for part, rows, columns, word in (
        ("q", size, size, "query"),
        ("k", size, size, "key"),
        ("v", size, size, "value"),
        ("ao", size, size, "joined"),
        ("fi", inner, size, "wide"),
        ("fo", size, inner, "narrow"),
    ):
        found[f"{new}.{word}"] = np.ascontiguousarray(packed.read(f"{name}.{part}.w", rows, columns).T)
        found[f"{new}.{word}_bias"] = packed.read(f"{name}.{part}.b", rows)
    return found
