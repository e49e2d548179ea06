"""Cutting Chinese into the pieces that the encoder has a vector for: the likeliest cut by their probabilities (a unigram model)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import srsly

from zhibiao.errors import ModelError

# Numbers of the special pieces; the others follow.
BEGIN, PAD, END, UNKNOWN = range(4)
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
# A character without a piece costs more than any piece does.
_UNKNOWN_SCORE = -30.0


class Pieces:
    """The pieces that can occur, each with its number.

    Parameters
    ----------
    scores
        Piece to the logarithm of its probability; the order gives the numbers, from 4 on.
    spellings
        What stands for single characters that have no piece: ％ is read as %.

    Examples
    --------
    >>> pieces = Pieces({"高": -9.0, "新": -8.0, "高新": -10.0, "企业": -7.0, "%": -6.0}, {"％": "%"})
    >>> pieces.cut("高新企业户％")
    [2, 2, 1, 1]
    >>> pieces.number("高新"), pieces.number("％"), pieces.number("户")
    (6, 8, 3)
    """

    def __init__(self, scores: Mapping[str, float], spellings: Mapping[str, str]) -> None:
        self.scores = scores
        self.spellings = spellings
        self._numbers = {piece: number for number, piece in enumerate(scores, len(SPECIAL))}
        self._longest = max(map(len, scores), default=1)
        self._table = {ord(char): spelling for char, spelling in spellings.items()}

    def __len__(self) -> int:
        """Count the pieces, the special ones included."""
        return len(self._numbers) + len(SPECIAL)

    def number(self, piece: str) -> int:
        """Give the number of a piece."""
        return self._numbers.get(piece.translate(self._table), UNKNOWN)

    def cut(self, text: str) -> list[int]:
        """Give the lengths of the pieces of a text."""
        written = text.translate(self._table)
        best, back = [0.0], [0]
        score_of, longest = self.scores.get, self._longest
        for end in range(1, len(written) + 1):
            score, size = best[end - 1] + score_of(written[end - 1], _UNKNOWN_SCORE), 1
            for length in range(2, min(end, longest) + 1):
                found = score_of(written[end - length : end])
                if found is not None and best[end - length] + found > score:
                    score, size = best[end - length] + found, length
            best.append(score)
            back.append(size)
        sizes: list[int] = []
        place = len(written)
        while place:
            sizes.append(back[place])
            place -= back[place]
        return sizes[::-1]

    def to_bytes(self) -> bytes:
        """Give the pieces as bytes."""
        packed: bytes = srsly.msgpack_dumps(
            {"pieces": list(self.scores), "scores": list(self.scores.values()), "spellings": dict(self.spellings)}
        )
        return packed

    @classmethod
    def from_bytes(cls, packed: bytes) -> Pieces:
        """Read what `to_bytes` gave.

        Raises
        ------
        ModelError
            If it is something else.
        """
        try:
            data: dict[str, Any] = srsly.msgpack_loads(packed)
            return cls(dict(zip(data["pieces"], data["scores"], strict=True)), data["spellings"])
        except (ValueError, TypeError, KeyError) as error:
            raise ModelError("the pieces of the encoder cannot be read; train it again or copy it anew") from error


def choose_pieces(pieces: Iterable[str]) -> list[int]:
    """Choose the pieces that a Chinese text can hold, by their places: characters and marks, and words of Chinese characters.

    Examples
    --------
    >>> choose_pieces([*SPECIAL, "高新", "▁the", "%", "é"])
    [0, 1, 2, 3, 4, 6]
    """
    return [place for place, piece in enumerate(pieces) if place < len(SPECIAL) or _can_occur(piece)]


def make_pieces(
    pieces: Sequence[str], scores: Sequence[float], spellings: Mapping[str, str], chosen: Iterable[int]
) -> Pieces:
    """Make the chosen pieces; of the spellings only those of one character for one are kept, so that no place moves."""
    kept = {pieces[place]: float(scores[place]) for place in chosen if place >= len(SPECIAL)}
    return Pieces(
        kept, {char: one for char, one in spellings.items() if _is_mark(char) and one in kept and len(one) == 1}
    )


def _can_occur(piece: str) -> bool:
    if len(piece) == 1:
        return piece.isascii() or _is_mark(piece)
    return bool(piece) and all("\u4e00" <= char <= "\u9fff" for char in piece)


def _is_mark(char: str) -> bool:
    """Tell whether a character is of East Asian or general punctuation, a Chinese character, or of full width."""
    return "\u2000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" or char in "·×"
