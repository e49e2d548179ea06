"""Scores as pure functions on two annotations of one text, for agreement, training and evaluation alike.

``matching`` pairs items, ``annotations`` and ``facts`` say what is paired, ``counts`` make precision, recall and F1,
``intervals`` say how sure they are, ``semeval`` counts as others do. Misses are counted from the reference, on character
offsets; a score of nothing is None.
"""

# Raised whenever the same two annotations may come out with another score.
SCORER_VERSION = "1"
