"""Running an encoder's ONNX file."""

from __future__ import annotations

from typing import Any

from zhibiao.errors import MissingExtraError, ModelError
from zhibiao.pipes.encoder.inputs import Sentence
from zhibiao.pipes.encoder.packed import Floats


class Session:
    """An ONNX file ready to run, in one thread: processes side by side are the faster way to more of them.

    Raises
    ------
    MissingExtraError
        If onnxruntime is not installed.
    ModelError
        If the bytes are no ONNX file.
    """

    def __init__(self, graph: bytes) -> None:
        try:
            import onnxruntime  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415 - the fast one runs without
        except ImportError as error:
            raise MissingExtraError("the encoder needs onnxruntime: pip install 'zhibiao[best]'") from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session: Any = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # its exceptions have no nearer common parent
            raise ModelError("the encoder of this pipeline cannot be read; train it again or copy it anew") from error

    def score(self, sentence: Sentence) -> Floats:
        """Give the score of each tag at each element of a sentence, of shape (elements, tags)."""
        inputs = {
            "pieces": sentence.pieces,
            "piece_clues": sentence.piece_clues(),
            "pieces_of": sentence.pieces_of,
            "clues": sentence.clues,
        }
        found: Floats = self._session.run(["scores"], inputs)[0]
        return found
