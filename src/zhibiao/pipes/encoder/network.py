"""The encoder as a torch function of its weights, and its fitting. Needed for training alone; a trained one runs as ONNX."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from time import monotonic
from typing import Any

import numpy as np

from zhibiao.errors import MissingExtraError
from zhibiao.pipes.encoder.inputs import Places, Sentence
from zhibiao.pipes.encoder.packed import Floats
from zhibiao.pipes.encoder.pieces import PAD
from zhibiao.pipes.encoder.weights import HEAD_SIZE, REACH, Weights, depth_of

_LOG = logging.getLogger(__name__)
Tensors = Mapping[str, Any]
_EPSILON = 1e-12
# What stays as it was pretrained: 120 reports say too little of 18,000 pieces.
_FIXED = ("words", "places")
_WARMING, _DECAY, _LARGEST = 0.1, 0.01, 1.0


@cache
def _torch() -> Any:
    try:
        return import_module("torch")
    except ModuleNotFoundError as error:
        raise MissingExtraError("training an encoder needs torch: pip install 'zhibiao[train-best]'") from error


def _functions() -> Any:
    return _torch().nn.functional


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence with its answers: a column of tag numbers for each set of tags, -1 where nobody knows."""

    sentence: Sentence
    tags: Places


@dataclass(frozen=True, slots=True)
class Plan:
    """How an encoder is fitted.

    Parameters
    ----------
    epochs
        Passes over the texts.
    batch
        Pieces at a time.
    learn_rate, head_rate
        Largest steps for the pretrained weights, and for those that begin at random.
    dropout
        Share of numbers left out.
    seed
        For order and dropout.
    """

    epochs: int = 4
    batch: int = 768
    learn_rate: float = 0.00015
    head_rate: float = 0.001
    dropout: float = 0.1
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences side by side, padded; names and shapes as in `Sentence`."""

    pieces: Any
    piece_clues: Any
    pieces_of: Any
    clues: Any
    filled: Any
    tags: Any


def make_batch(lessons: Sequence[Lesson]) -> Batch:
    """Lay lessons side by side."""
    sentences = [lesson.sentence for lesson in lessons]
    return Batch(
        _pad([one.pieces for one in sentences], PAD),
        _pad([one.piece_clues() for one in sentences], 0),
        _pad([one.pieces_of for one in sentences], 0),
        _pad([one.clues for one in sentences], 0),
        _pad([np.ones((len(one.pieces_of), 1), np.float32) for one in sentences], 0),
        _pad([lesson.tags for lesson in lessons], -1),
    )


def _pad(arrays: Sequence[np.ndarray[Any, Any]], value: int) -> Any:
    longest = max(map(len, arrays))
    return _torch().from_numpy(
        np.stack(
            [
                np.pad(array, [(0, longest - len(array)), *[(0, 0)] * (array.ndim - 1)], constant_values=value)
                for array in arrays
            ]
        )
    )


def score_batch(weights: Tensors, batch: Batch, drop: Callable[[Any], Any]) -> Any:
    """Give the score of each tag at each element, of shape (sentences, elements, tags)."""
    length = batch.pieces.shape[1]
    state = _functions().embedding(batch.pieces, weights["words"]) + weights["places"][:length]
    state = drop(_norm(weights, "norm", state + batch.piece_clues @ weights["clues"]))
    mask = _torch().where(batch.pieces == PAD, -10000.0, 0.0)[:, None, None, :]
    for number in range(depth_of(weights)):
        state = _run_layer(weights, f"layer{number}", state, mask, drop)
    places = batch.pieces_of[..., None].expand(-1, -1, state.shape[2])
    return _run_head(weights, state.gather(1, places), batch, drop)


def _run_layer(weights: Tensors, name: str, state: Any, mask: Any, drop: Callable[[Any], Any]) -> Any:
    texts, length, size = state.shape
    parts = [
        (state @ weights[f"{name}.{part}"] + weights[f"{name}.{part}_bias"])
        .view(texts, length, size // HEAD_SIZE, HEAD_SIZE)
        .transpose(1, 2)
        for part in ("query", "key", "value")
    ]
    mixed = (
        _torch()
        .nn.functional.scaled_dot_product_attention(*parts, attn_mask=mask)
        .transpose(1, 2)
        .reshape(texts, length, size)
    )
    joined = mixed @ weights[f"{name}.joined"] + weights[f"{name}.joined_bias"]
    state = _norm(weights, f"{name}.middle", state + drop(joined))
    wide = _functions().gelu(state @ weights[f"{name}.wide"] + weights[f"{name}.wide_bias"])
    narrow = wide @ weights[f"{name}.narrow"] + weights[f"{name}.narrow_bias"]
    return _norm(weights, f"{name}.end", state + drop(narrow))


def _run_head(weights: Tensors, vectors: Any, batch: Batch, drop: Callable[[Any], Any]) -> Any:
    given = drop(vectors) @ weights["head.vectors"] + batch.clues @ weights["head.clues"] + weights["head.bias"]
    state = _functions().gelu(given) * batch.filled
    padded = _functions().pad(state, (0, 0, REACH, REACH))
    around = _torch().cat([padded[:, step : step + state.shape[1]] for step in range(2 * REACH + 1)], dim=2)
    state = state + _functions().gelu(around @ weights["head.window"] + weights["head.window_bias"])
    return drop(_norm(weights, "head.norm", state)) @ weights["head.tags"] + weights["head.tags_bias"]


def _norm(weights: Tensors, name: str, state: Any) -> Any:
    return _functions().layer_norm(state, state.shape[-1:], weights[f"{name}_scale"], weights[f"{name}_bias"], _EPSILON)


def fit_encoder(begin: Weights, lessons: Sequence[Lesson], sets: Sequence[int], plan: Plan) -> dict[str, Floats]:
    """Fit all weights but those of pieces and places, with AdamW; steps grow for a tenth of the time, then shrink to nothing.

    The same lessons and plan give the same weights on one machine: it keeps to one thread, since sums split among several
    come out otherwise in the last bit.

    Parameters
    ----------
    begin
        The weights to begin with.
    lessons
        What to learn from.
    sets
        How many tags each set has; the columns of a lesson's tags are the sets.
    plan
        How to fit.
    """
    _torch().manual_seed(plan.seed)
    _torch().set_num_threads(1)
    weights = {name: _torch().from_numpy(np.array(weight)) for name, weight in begin.items()}
    for name, weight in weights.items():
        weight.requires_grad_(name not in _FIXED)
    optimizer = _torch().optim.AdamW(_groups(weights, plan), weight_decay=_DECAY)
    order = random.Random(plan.seed)  # noqa: S311 - no secret
    epochs = [make_order(lessons, plan.batch, order) for _ in range(plan.epochs)]
    steps = sum(map(len, epochs))
    sizes = _torch().optim.lr_scheduler.LambdaLR(optimizer, lambda step: step_size(step, steps))
    begun = monotonic()
    for number, batches in enumerate(epochs, 1):
        lost = 0.0
        for chosen in batches:
            batch = make_batch([lessons[i] for i in chosen])
            scores = score_batch(weights, batch, lambda state: _functions().dropout(state, plan.dropout))
            loss = _loss(scores, batch.tags, sets)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            _torch().nn.utils.clip_grad_norm_(
                [weight for group in optimizer.param_groups for weight in group["params"]], _LARGEST
            )
            optimizer.step()
            sizes.step()
            lost += loss.item()
        _LOG.info("epoch %d: loss %.4f, %.0f s", number, lost / len(batches), monotonic() - begun)
    return {name: weight.detach().numpy() for name, weight in weights.items()}


def _groups(weights: Tensors, plan: Plan) -> list[dict[str, Any]]:
    new = [name for name in weights if name.startswith("head.") or name == "clues"]
    old = [name for name in weights if name not in new and name not in _FIXED]
    return [
        {"params": [weights[name] for name in names], "lr": rate}
        for names, rate in ((new, plan.head_rate), (old, plan.learn_rate))
    ]


def _loss(scores: Any, tags: Any, sets: Sequence[int]) -> Any:
    """Sum the cross entropies of the sets, for the mean element."""
    total, begin = 0.0, 0
    for column, size in enumerate(sets):
        part = scores[..., begin : begin + size].reshape(-1, size)
        total = total + _functions().cross_entropy(
            part, tags[..., column].reshape(-1), ignore_index=-1, reduction="sum"
        )
        begin += size
    return total / (tags >= 0).any(dim=-1).sum().clamp(min=1)


def step_size(step: int, steps: int) -> float:
    """Give the share of the largest step.

    Examples
    --------
    >>> [round(step_size(step, 20), 2) for step in (0, 1, 2, 10, 19)]
    [0.5, 1.0, 1.0, 0.56, 0.06]
    """
    return min((step + 1) / (_WARMING * steps), (steps - step) / ((1 - _WARMING) * steps), 1.0)


def make_order(lessons: Sequence[Lesson], size: int, order: random.Random) -> list[list[int]]:
    """Put lessons into batches of about so many pieces, of about one length each, in an order by chance."""
    numbers = list(range(len(lessons)))
    order.shuffle(numbers)
    batches = [batch for part in _parts(numbers) for batch in _batches(lessons, part, size)]
    order.shuffle(batches)
    return batches


def _parts(numbers: Sequence[int], size: int = 500) -> Iterator[Sequence[int]]:
    return (numbers[begin : begin + size] for begin in range(0, len(numbers), size))


def _batches(lessons: Sequence[Lesson], part: Sequence[int], size: int) -> Iterator[list[int]]:
    batch: list[int] = []
    for number in sorted(part, key=lambda number: len(lessons[number].sentence.pieces)):
        if batch and (len(batch) + 1) * len(lessons[number].sentence.pieces) > size:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch
