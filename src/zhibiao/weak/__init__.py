"""Weak supervision: many small labelling functions vote on spans and relations, and the votes become labels.

::

    functions   what a labelling function is; the registry of all of them
    views       what it sees: a sentence, or the spans of a sentence and the pairs they could form
    voters/     the functions themselves; data/*.toml and patterns, those that are rows of a file
    cases       runs a function's one-line examples
    words · wordings    words with their part of speech; the catalogue's names in running text
    apply       runs all functions on a report; a function that raises is reported, the others go on
    table       the votes as one table of items × functions, for spans and for pairs alike
    majority · generative · weighted    three ways to make probabilities of votes, behind aggregation
    decoding    flat spans and legal relations out of the probabilities
    labelling   fit and label: all of the above in one object
    analysis    which function is worth its keep
    silver      labels with confidence, votes and missing stretches, written and read
    job         files in, silver out
"""
