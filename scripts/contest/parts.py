"""What only the contest's configs need: sentences for training, candidates for the span categoriser, and figures beside what it finds.

python -m spacy train training/configs/contest/ner.cfg --code scripts/contest/parts.py --output build/contest/ner
"""

from __future__ import annotations

import csv
import random
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.cluster import MiniBatchKMeans
from spacy import load
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import registry
from thinc.api import Ops, get_current_ops
from thinc.types import Ragged

from zhibiao.catalog.regions import find_regions
from zhibiao.corpus.examples import make_example, make_reference, read_gold_paths
from zhibiao.corpus.gold import GoldReport
from zhibiao.labels import FIGURES, EntityLabel
from zhibiao.pipes.components import mark_figures
from zhibiao.pipes.crf.clues import Clues
from zhibiao.pipes.crf.component import CrfTagger
from zhibiao.pipes.crf.words import Vocabulary, Word
from zhibiao.pipes.document import doc_spans, doc_text, make_doc, set_spans
from zhibiao.pipes.neural_words import tag_words
from zhibiao.rules.spans import LabelledSpan
from zhibiao.text.sentences import split_sentences

SPANS_KEY = "sc"
# How far a candidate's ends are moved, one at a time.
_MOVES = (-4, -3, -2, -1, 1, 2, 3, 4)


@registry.readers("contest.SentenceReader.v1")
def create_sentence_reader(
    path: Path, splits: Path, chosen: list[str], first: int | None = None
) -> Callable[[Language], Iterator[Example]]:
    """Create a reader of the first reports of gold that gives one example for each sentence: spaCy trains best on short texts."""

    def read(nlp: Language) -> Iterator[Example]:
        for gold in read_gold_paths([Path(path)], splits=Path(splits), chosen=chosen)[:first]:
            whole = make_reference(nlp, gold)
            for start, end in gold.report().sentences:
                doc = nlp.make_doc(gold.text[start:end])
                inside = [ent for ent in whole.ents if start <= ent.start and ent.end <= end]
                doc.set_ents([Span(doc, ent.start - start, ent.end - start, label=ent.label_) for ent in inside])
                doc.spans[SPANS_KEY] = list(doc.ents)
                yield Example(nlp.make_doc(doc.text), doc)

    return read


@Language.component("contest_beside_figures")
def mark_beside_figures(doc: Doc) -> Doc:
    """Keep ORG and METRIC where they do not overlap the figures of the number grammar, which every contestant is given."""
    found = [span for span in doc_spans(doc) if span.label not in FIGURES]
    mark_figures(doc)
    set_spans(doc, [*doc_spans(doc), *found])
    return doc


@Language.component("contest_categories")
def mark_categories(doc: Doc) -> Doc:
    """Make entities of the categorised spans, the surest first."""
    group = doc.spans.get(SPANS_KEY, [])
    scores = group.attrs.get("scores", []) if len(group) else []
    ordered = sorted(zip(group, scores, strict=True), key=lambda pair: -float(np.max(pair[1])))
    set_spans(doc, (LabelledSpan(span.start, span.end, EntityLabel(span.label_)) for span, _ in ordered))
    return doc


@registry.misc("contest.CandidateSuggester.v1")
def create_candidate_suggester() -> Callable[..., Ragged]:
    """Create a suggester of what the rules could take for a name or a metric, with each end moved by up to four characters."""

    def suggest(docs: Iterable[Doc], *, ops: Ops | None = None) -> Ragged:
        ops = ops or get_current_ops()
        found = [sorted(_candidates(doc)) for doc in docs]
        flat = np.array([span for spans in found for span in spans], dtype="i").reshape(-1, 2)
        return Ragged(ops.asarray(flat), ops.asarray1i([len(spans) for spans in found]))

    return suggest


def _candidates(doc: Doc) -> set[tuple[int, int]]:
    text = doc_text(doc)
    bare = Doc(doc.vocab, words=[token.text for token in doc], spaces=[False] * len(doc))
    mark_figures(bare)
    clues = Clues(text, split_sentences(text), doc_spans(bare), bare._.periods)
    holders = (*clues.holders.organisations, *clues.holders.places)
    sides = [span for clue in clues.slots for span in (*clue.left, clue.right, clue.core) if span is not None]
    seeds = {*clues.metrics, *sides, *((span.start, span.end) for span in holders)}
    moved = {(start + move, end) for start, end in seeds for move in _MOVES}
    moved |= {(start, end + move) for start, end in seeds for move in _MOVES}
    return {(start, end) for start, end in seeds | moved if 0 <= start < end <= len(doc)}


class SegmentedTagger(CrfTagger):
    """The CRFs with words cut by spacy-pkuseg, for which its model is trained first: on train, as LAC cuts it."""

    def initialize(self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language) -> None:
        """Train the segmentation, then the CRFs."""
        self._segmenter = _train_segmenter([doc_text(example.reference) for example in get_examples()])
        super().initialize(get_examples, nlp=nlp)

    def _clues(self, doc: Doc) -> Clues:
        clues = super()._clues(doc)
        clues.vocabulary = self._segmenter
        return clues

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the CRFs, and the segmentation beside them."""
        super().to_disk(path, exclude=exclude)
        shutil.copytree(self._segmenter.folder, Path(path) / "pkuseg", dirs_exist_ok=True)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> CrfTagger:
        """Read both."""
        self._segmenter = Segmenter(Path(path) / "pkuseg")
        return super().from_disk(path, exclude=exclude)


Language.factory("contest_pkuseg_crf", default_config={"min_word_count": 10}, func=SegmentedTagger)


class Segmenter:
    """Cuts words with a model of spacy-pkuseg; it knows no parts of speech."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._cut = import_module("spacy_pkuseg").pkuseg(str(folder)).cut

    def cut(self, text: str, start: int, end: int) -> Iterator[Word]:
        """Cut a stretch of text into words that cover it: pkuseg drops white space, which stands among them character by character."""
        for word in [*self._cut(text[start:end]), ""]:
            begin = text.index(word, start, end) if word else end
            yield from (Word(place, place + 1, "x") for place in range(start, begin))
            start = begin + len(word)
            if word:
                yield Word(begin, start, "x")


class VectorTagger(CrfTagger):
    """The CRFs with static word vectors: each word of the vocabulary has its vector's cluster in place of its part of speech.

    The vectors are those of the package synonyms 3.10.2 (MIT), 100 wide, in the binary format of word2vec.
    """

    def __init__(
        self,
        nlp: Language,
        name: str,
        *,
        taggers: dict[str, dict[str, Any]],
        min_word_count: int,
        vectors: str,
        clusters: int,
    ) -> None:
        super().__init__(nlp, name, taggers=taggers, min_word_count=min_word_count)
        self._vectors, self._clusters = Path(vectors), clusters
        self._cluster_of: dict[str, str] = {}

    def initialize(self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language) -> None:
        """Cluster the vectors, then train the CRFs."""
        self._cluster_of = _cluster(read_vectors(self._vectors), self._clusters)
        super().initialize(get_examples, nlp=nlp)

    def _clues(self, doc: Doc) -> Clues:
        # The vocabulary is chosen before the first clues are asked for; a trained one has its clusters already.
        if self._cluster_of and self._vocabulary.words:
            words = self._vocabulary.words.items()
            self._vocabulary = Vocabulary({word: self._cluster_of.get(word, part) for word, part in words})
            self._cluster_of = {}
        return super()._clues(doc)


Language.factory(
    "contest_vector_crf", default_config={"min_word_count": 10, "vectors": "", "clusters": 500}, func=VectorTagger
)


def read_vectors(path: Path) -> tuple[list[str], npt.NDArray[np.float32]]:
    """Read words and vectors, ``(words, width)``, from word2vec's binary format."""
    content = path.read_bytes()
    header, _, _ = content.partition(b"\n")
    count, width = map(int, header.split())
    words, vectors = [], np.empty((count, width), np.float32)
    place = len(header) + 1
    for row in range(count):
        space = content.index(b" ", place)
        words.append(content[place:space].decode().strip())
        place = space + 1 + 4 * width
        vectors[row] = np.frombuffer(content, np.float32, width, space + 1)
    return words, vectors


def _cluster(listed: tuple[list[str], npt.NDArray[np.float32]], clusters: int) -> dict[str, str]:
    words, vectors = listed
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    numbers = MiniBatchKMeans(clusters, random_state=0, n_init=1, batch_size=4096).fit_predict(vectors)
    return {word: f"c{number}" for word, number in zip(words, numbers.tolist(), strict=True)}


def _train_segmenter(texts: list[str]) -> Segmenter:
    folder = Path(tempfile.mkdtemp(prefix="pkuseg"))
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    segmented = [
        " ".join(line[s:e] for s, e, _ in tag_words(line, 0, len(line)) if line[s:e].strip()) for line in lines
    ]
    for name in ("train", "test"):
        (folder / f"{name}.txt").write_text("\n".join(segmented[:: 1 if name == "train" else 50]) + "\n", "utf-8")
    import_module("spacy_pkuseg").train(
        str(folder / "train.txt"), str(folder / "test.txt"), str(folder / "model"), train_iter=8
    )
    return Segmenter(folder / "model")


@registry.readers("contest.AugmentedReader.v1")
def create_augmented_reader(
    path: Path, splits: Path, chosen: list[str], first: int, seed: int = 0
) -> Callable[[Language], Iterator[Example]]:
    """Create a reader of the first reports of gold that gives every one twice: as it is, and with each place called like another of its grade."""

    def read(nlp: Language) -> Iterator[Example]:
        chance = random.Random(seed)
        names: dict[str, list[str]] = {}
        with (files("zhibiao.catalog") / "data" / "regions.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                names.setdefault(row["name"][-1], []).append(row["name"])
        for gold in read_gold_paths([Path(path)], splits=Path(splits), chosen=chosen)[:first]:
            yield make_example(nlp, gold)
            reference = _renamed(make_reference(nlp, gold), names, chance, nlp)
            yield Example(nlp.make_doc(reference.text), reference)

    return read


def _renamed(doc: Doc, names: dict[str, list[str]], chance: random.Random, nlp: Language) -> Doc:
    """Write every place name of a text anew, the same one alike wherever it stands, and move the spans along."""
    text, new = doc.text, {}
    pieces, moved, done = [], [0] * (len(text) + 1), 0
    shift = 0
    for mention in find_regions(text):
        name = text[mention.start : mention.end]
        cut = any(mention.start < end < mention.end for ent in doc.ents for end in (ent.start, ent.end))
        if mention.start < done or name[-1] not in names or cut:
            continue
        other = new.setdefault(name, chance.choice(names[name[-1]]))
        pieces += [text[done : mention.start], other]
        for place in range(done, mention.end):
            moved[place] = place + shift
        shift += len(other) - len(name)
        done = mention.end
    for place in range(done, len(text) + 1):
        moved[place] = place + shift
    changed = nlp.make_doc("".join([*pieces, text[done:]]))
    changed.set_ents([Span(changed, moved[ent.start], moved[ent.end], label=ent.label_) for ent in doc.ents])
    return changed


@registry.readers("contest.TaughtReader.v1")
def create_taught_reader(
    path: Path, splits: Path, chosen: list[str], *, first: int, taught: int = 0, teacher: str = ""
) -> Callable[[Language], Iterator[Example]]:
    """Create a reader of the first reports of gold that gives so many more as a trained pipeline reads them, its teacher."""

    def read(nlp: Language) -> Iterator[Example]:
        gold = read_gold_paths([Path(path)], splits=Path(splits), chosen=chosen)
        for one in gold[:first]:
            yield make_example(nlp, one)
        if others := gold[first : first + taught]:
            for one, read_by_teacher in zip(others, read_reports(teacher, others), strict=True):
                reference = make_doc(nlp, one.report())
                set_spans(reference, read_by_teacher)
                yield Example(make_example(nlp, one).predicted, reference)

    return read


def read_reports(pipeline: str, gold: list[GoldReport]) -> Iterator[list[LabelledSpan]]:
    """Give the spans that a trained pipeline finds in each report."""
    nlp = load(pipeline)
    for doc in nlp.pipe([make_doc(nlp, one.report()) for one in gold]):
        yield doc_spans(doc)
